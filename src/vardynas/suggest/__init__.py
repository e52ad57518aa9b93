"""From a folder of texts: names that a glossary lacks, and spellings of its names that it lacks."""

from __future__ import annotations

from vardynas.suggest.harvest import Harvest
from vardynas.suggest.proposals import Suggestion, suggestions

__all__ = ["Harvest", "Suggestion", "suggestions"]
