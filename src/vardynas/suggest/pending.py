"""What of the suggestions is still to be judged: not what the glossary says already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from vardynas.model import Entry
from vardynas.suggest.proposals import Suggestion
from vardynas.suggest.rejected import Rejections
from vardynas.suggest.written import single

__all__ = ["pending", "unjudged"]


def pending(
    found: Iterable[Suggestion], entries: Mapping[str, Entry], rejections: Rejections
) -> tuple[Suggestion, ...]:
    """The suggestions to be judged one by one, those that were skipped before behind the others.

    Left out is what was rejected, what one entry lists whole, and spellings that an entry is `not`.

    >>> one = Suggestion("nida", False, None, None, {"lt": ("Nida",)}, 2, (), ())
    >>> pending([one], {"nida": Entry(id="nida", names={"lt": ["Nida"]})}, Rejections())
    ()
    """
    singles = [piece for one in found for piece in single(one)]
    owners = _owners(singles, entries)
    todo = [
        one
        for one in singles
        if not rejections.covers(one) and not _is_settled(one, entries, owners)
    ]
    return tuple(sorted(todo, key=rejections.skips))


def unjudged(
    found: Iterable[Suggestion], entries: Mapping[str, Entry], rejections: Rejections
) -> Iterator[Suggestion]:
    """The suggestions without what was rejected, and without spellings that an entry is `not`.

    >>> one = Suggestion("mir", True, None, None, {"pl": ("Mirr", "Miir")}, 0, (), ())
    >>> [left.names for left in unjudged([one], {"mir": Entry("mir", {}, not_=("Mirr",))}, Rejections())]
    [{'pl': ('Miir',)}]
    """
    for one in found:
        pieces = list(single(one))
        left = [
            piece
            for piece in pieces
            if not rejections.covers(piece) and not _is_not(piece, entries)
        ]
        if left:
            yield one if len(left) == len(pieces) else _together(left)


def _together(pieces: Sequence[Suggestion]) -> Suggestion:
    """Spellings of one entry as one suggestion again."""
    names: dict[str, tuple[str, ...]] = {}
    for piece in pieces:
        for tag, found in piece.names.items():
            names[tag] = names.get(tag, ()) + found
    return replace(
        pieces[0],
        names=names,
        count=sum(piece.count for piece in pieces),
        forms=tuple(form for piece in pieces for form in piece.forms),
        contexts=tuple(dict.fromkeys(place for piece in pieces for place in piece.contexts)),
    )


_Owners = Mapping[tuple[str, str], set[str]]


def _owners(found: Iterable[Suggestion], entries: Mapping[str, Entry]) -> _Owners:
    """The entries that list each of the suggested names."""
    wanted = {name for one in found for name in _names(one)}
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id_, entry in entries.items():
        for tag, names in entry.names.items():
            for name in names:
                if (tag, name.form) in wanted:
                    owners[tag, name.form].add(id_)
    return owners


def _is_settled(one: Suggestion, entries: Mapping[str, Entry], owners: _Owners) -> bool:
    if _is_not(one, entries):
        return True
    return bool(set.intersection(*(owners.get(name, set()) for name in _names(one))))


def _is_not(one: Suggestion, entries: Mapping[str, Entry]) -> bool:
    """Whether an entry says of all these spellings that they do not mean it."""
    if not one.extends or one.id not in entries:
        return False
    not_ = entries[one.id].not_
    return all(name in not_ for _, name in _names(one))


def _names(one: Suggestion) -> list[tuple[str, str]]:
    return [(tag, name) for tag, found in one.names.items() for name in found]
