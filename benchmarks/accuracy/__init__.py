"""How often vardynas is right: names looked up, inflected forms, running text, calibration.

Run as ``python -m benchmarks.accuracy``. Every experiment compares vardynas with string similarity
on the same index and the same queries. The data is split by a hash of the group, lemma or document:
the part `fit` may be looked at while the rules are written, the part `report` is only reported.
"""
