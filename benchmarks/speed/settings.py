"""What a run is made of: how much text, how many names, how many rounds."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.speed.texts import DENSITY

__all__ = ["MAIN", "SIZES", "Settings", "Size"]


class Size(NamedTuple):
    """A glossary: entries, and how many names each is asked to list."""

    entries: int
    names_per_entry: int


MAIN = Size(10_000, 4)
"""The glossary of most tables: an entry lists about four names, as editors do."""

SIZES = {
    "1k": Size(100, 12),
    "10k": Size(1_000, 12),
    "100k": Size(10_000, 12),
    "1M": Size(100_000, 12),
}
"""The glossaries of the growth curves, by names listed: about ten an entry."""


class Settings(NamedTuple):
    """The options of a run that its parts need; `main` is the glossary of most parts."""

    megabytes: float = 20.0
    rounds: int = 5
    names: tuple[str, ...] = tuple(SIZES)
    density: int = DENSITY
    main: Size = MAIN
    peers: bool = True

    @property
    def sizes(self) -> dict[str, Size]:
        """The sizes asked for, small ones first."""
        return {name: size for name, size in SIZES.items() if name in self.names}
