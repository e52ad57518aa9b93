"""vardynas.editorial."""
