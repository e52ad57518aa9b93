"""How fast vardynas is, beside the tools that people use otherwise, on the same names and texts.

Texts and names are made here, the same for the same seed. In each round every tool does its share
once, in an order that turns from round to round; tables show medians, and ratios within one run.
"""
