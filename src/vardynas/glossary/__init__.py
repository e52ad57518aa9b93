"""vardynas.glossary."""
