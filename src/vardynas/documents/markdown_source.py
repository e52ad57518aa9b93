"""What has to change in Markdown besides a name: emphasis left empty, and labels of links."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vardynas.documents.marked import Splice

__all__ = ["Label", "Wrapper", "amended"]

_no_word = re.compile(r"[^\w\\*_~`\[\]<>&]+")


class Wrapper(NamedTuple):
    """Emphasis: ``source[start:inner]`` opens it, ``source[after:end]`` closes it."""

    start: int
    inner: int
    after: int
    end: int


class Label(NamedTuple):
    """The text of a link, ``source[start:after]``, which is its label too.

    ``source[end:rest]`` is the place of a label of its own.
    """

    start: int
    after: int
    end: int
    rest: int


def amended(
    source: str, splices: list[Splice], wrappers: Sequence[Wrapper], labels: Sequence[Label]
) -> list[Splice]:
    """`splices`, in order, and what follows from them.

    >>> amended("Łuka**szenki** x", [Splice(0, 4, "Lukašenkos"), Splice(6, 12, "")],
    ...     [Wrapper(4, 6, 12, 14)], [])
    [Splice(start=0, end=4, text='Lukašenkos'), Splice(start=4, end=14, text='')]
    >>> amended("[Wilno]", [Splice(1, 6, "Vilnius")], [], [Label(1, 6, 7, 7)])
    [Splice(start=1, end=6, text='Vilnius'), Splice(start=7, end=7, text='[Wilno]')]
    """
    found = splices
    for wrapper in sorted(wrappers, key=_length):
        found = _mended(source, found, wrapper)
    return sorted([*found, *_labelled(source, splices, labels)])


def _length(wrapper: Wrapper) -> int:
    return wrapper.end - wrapper.start


def _within(splices: Sequence[Splice], start: int, end: int) -> tuple[int, int]:
    """The numbers, first and after the last, of the splices in ``source[start:end]``."""
    first = bisect_left(splices, (start,))
    after = bisect_left(splices, (end,), lo=first)
    return first, after


def _mended(source: str, splices: list[Splice], wrapper: Wrapper) -> list[Splice]:
    """`splices`, by which emphasis does not become empty and does not begin with a space.

    ``****`` and ``** and**`` are asterisks. What would begin it moves before it.
    """
    first, after = _within(splices, wrapper.inner, wrapper.after)
    at = wrapper.inner
    number = first
    while number < after and splices[number].start == at and not splices[number].text:
        at = splices[number].end
        number += 1
    if number == first:
        return splices
    moved = _no_word.match(source, at, splices[number].start if number < after else wrapper.after)
    kept = moved.group() if moved else ""
    at += len(kept)
    if at == wrapper.after:
        gone = [Splice(wrapper.start, wrapper.end, kept)]
    else:
        gone = [Splice(wrapper.start, wrapper.start, kept)] if kept else []
        gone.append(Splice(wrapper.inner, at, ""))
    return [*splices[:first], *gone, *splices[number:]]


def _labelled(source: str, splices: Sequence[Splice], labels: Sequence[Label]) -> Iterator[Splice]:
    """The labels that edited texts of links were themselves before."""
    for label in labels:
        first, after = _within(splices, label.start, label.after)
        if any(source[one.start : one.end] != one.text for one in splices[first:after]):
            yield Splice(label.end, label.rest, f"[{source[label.start : label.after]}]")
