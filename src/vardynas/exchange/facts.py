"""The tables about other people's formats: YAML files in ``data``, each with its authority."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["facts"]


@cache
def facts(name: str) -> dict[str, Any]:
    """The table of that name; shared, so read it and never change it.

    >>> facts("wikidata")["types"]["Q5"]
    'person'
    """
    import yaml

    path = Path(__file__).with_name("data") / f"{name}.yaml"
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table
