"""vardynas."""
