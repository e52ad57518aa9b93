"""vardynas in other people's tools: one module for each, loaded when it is used.

`arrow` is the seam for columns of texts: an iterator of record batches becomes another one. `pandas`,
`polars`, `duckdb` and `spark` hand their engine's columns to it. `spacy` is a
component for pipelines of spaCy.
"""
