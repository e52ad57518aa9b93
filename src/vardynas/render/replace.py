"""Making edits in a text."""

from __future__ import annotations

from collections.abc import Sequence

from vardynas.model import Edit

__all__ = ["apply"]


def apply(text: str, edits: Sequence[Edit]) -> str:
    """`text` with every edit made; text outside the edits is untouched.

    >>> apply("Wilno leży", [Edit(0, 5, "Wilno", "Vilnius", "vilnius")])
    'Vilnius leży'
    """
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*pieces, text[at:]])
