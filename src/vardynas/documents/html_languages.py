"""The language at a place of a page: that of the nearest element around it that says one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from vardynas.documents.languages import language_said

__all__ = ["Languages"]


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_CELLS, _LISTS = frozenset({"td", "th"}), frozenset({"ul", "ol", "menu"})
_CLOSES = {
    "li": (frozenset({"li"}), _LISTS),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (_CELLS, frozenset({"tr", "table"})),
    "th": (_CELLS, frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
"""What ends when an element begins though nobody wrote its end, and where that is not looked for
further (HTML standard, 13.1.2.4, optional tags)."""

_AFTER_P = _names("""
    address article aside blockquote details dialog dir div dl fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section table td th tr ul
    """)
"""Elements that end a paragraph when they begin."""

_PARAGRAPH = frozenset({"p"}), frozenset({"button", "table", "td", "th", "caption"})


class Languages:
    """The elements that are open, each with the language that holds in it."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str | None]] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)

    @property
    def now(self) -> str | None:
        """The language here; None where no element says one that is known."""
        return self._open[-1][1] if self._open else None

    def opened(self, name: str, said: str | None, has_content: bool) -> str | None:
        """The language from the start tag of `name` on, whose `lang` is `said` (None: it has none).

        >>> page = Languages()
        >>> page.opened("p", "be", True), page.opened("p", None, True), page.closed("p")
        ('be', None, None)
        """
        if name in _AFTER_P:
            self._end(*_PARAGRAPH)
        if name in _CLOSES:
            self._end(*_CLOSES[name])
        if has_content:
            language = self.now if said is None else language_said(said)
            self._places[name].append(len(self._open))
            self._open.append((name, language))
        return self.now

    def closed(self, name: str) -> str | None:
        """The language behind the end tag of `name`."""
        self._end(frozenset({name}), frozenset())
        return self.now

    def _end(self, names: frozenset[str], border: frozenset[str]) -> None:
        """End the innermost open element of `names`, and all in it, unless a border is around it."""
        number = self._innermost(names)
        if number < 0 or number < self._innermost(border):
            return
        while len(self._open) > number:
            name, _ = self._open.pop()
            self._places[name].pop()

    def _innermost(self, names: Iterable[str]) -> int:
        """The place of the innermost open element with one of the names; -1 when there is none."""
        places = (self._places[name][-1] for name in names if self._places.get(name))
        return max(places, default=-1)
