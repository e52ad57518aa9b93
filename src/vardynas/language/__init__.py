"""vardynas.language."""
