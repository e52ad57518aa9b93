"""Which mentions a profile lets be edited, and which of them come first in their text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from vardynas.model import Entry, Mention
from vardynas.render.profile import Profile
from vardynas.text.quotes import speech
from vardynas.text.silences import silences

__all__ = ["first_mentions", "in_scope"]


def in_scope(
    mentions: Sequence[Mention],
    entries: Sequence[Entry],
    text: str,
    profile: Profile,
    silent: Sequence[tuple[int, int]] = (),
) -> frozenset[int]:
    """The numbers of the `mentions` that may be edited: covered by the profile, in no passage that
    is to be left alone: `silent`, or by a remark in the text.
    """  # noqa: D205
    spans = [*silences(text), *silent]
    if profile.quotations == "leave":
        spans += speech(text)
    inside = _Spans(spans)
    return frozenset(
        at
        for at, (mention, entry) in enumerate(zip(mentions, entries, strict=True))
        if profile.covers(entry.id, entry.type) and not inside.touches(mention.start, mention.end)
    )


def first_mentions(entries: Sequence[Entry], scope: frozenset[int]) -> frozenset[int]:
    """The numbers of the mentions in `scope` that are the first of their entry."""
    first: dict[str, int] = {}
    for at in sorted(scope):
        first.setdefault(entries[at].id, at)
    return frozenset(first.values())


class _Spans:
    """Spans of a text, joined where they overlap."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Whether a span has any of the signs from `start` to `end`."""
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self._ends[at] > start
