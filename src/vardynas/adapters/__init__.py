"""vardynas in other people's tools: one module for each, loaded when it is used."""
