"""vardynas.match."""
