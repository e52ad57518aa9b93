"""Which languages the tables know, and in which of them names can be written."""

from __future__ import annotations

from vardynas.language import tables

__all__ = ["tabled", "written"]


@tables.cached
def tabled() -> tuple[str, ...]:
    """The languages that a text can be identified as.

    >>> "be" in tabled(), "by" in tabled()
    (True, False)
    """
    return tuple(tables.load("languages")["languages"])


@tables.cached
def written() -> tuple[str, ...]:
    """The languages that names can be written in: those that decline, or that a system writes."""
    from vardynas.language.systems import system

    rows = tables.load("transliteration")["systems"]
    targets = {system(row["id"]).target for row in rows}
    declined = tables.load("inflection")["languages"]
    return tuple(one for one in tabled() if one in targets or one in declined)
