"""vardynas.index."""
