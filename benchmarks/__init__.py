"""Measurements: how right vardynas is, beside simple baselines on the same data."""
