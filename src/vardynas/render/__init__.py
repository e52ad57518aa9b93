"""vardynas.render."""
