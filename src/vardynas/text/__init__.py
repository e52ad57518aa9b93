"""vardynas.text."""
