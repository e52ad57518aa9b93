"""What all values have: `to_dict`; and the cell of a paradigm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, NamedTuple

__all__ = ["Slot", "Value"]


class Slot(NamedTuple):
    """A cell of a paradigm: case (nom gen dat acc ins loc voc), number (sg pl), gender (m f n x)."""

    case: str
    number: str
    gender: str


def _plain(value: object) -> object:
    """`value` as JSON types: tuples as lists, values by their `to_dict`."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return list(value)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return value.to_dict() if hasattr(value, "to_dict") else value


class Value:
    """`to_dict` for dataclasses."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The value as JSON types."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]
