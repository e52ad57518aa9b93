"""What the stretches of many documents tell each other, joined in arrays.

The answers are those of `vardynas.match.rest`, which puts one document together; a test holds both
equal. Here all questions of a batch of documents meet all that is told in it at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vardynas.match.outcome_columns import (
    BEARER,
    FAMILY,
    FIRM,
    FULL,
    KINDS,
    Columns,
    Placed,
    spread,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Hit", "firm_places", "joined"]

_KEY_BITS = 40
"""Bits of a key; the number of the document stands above them."""


class Hit(NamedTuple):
    """A question of a stretch to which the rest of the document says something.

    `firm` and `full` say whether the entry stands so elsewhere; `place` is where the nearest full name
    before the stretch stands and `owner` whose it is, -1 and None where there is none. `own` and
    `rival` say whether full names of the entry, and of others with its family name, stand before.
    """

    stretch: int
    question: int
    firm: bool
    full: bool
    place: int
    owner: int | None
    own: bool
    rival: bool


class _Told(NamedTuple):
    """What is told, by key and then in the order of the documents."""

    keys: NDArray[np.int64]
    stretches: NDArray[np.int64]
    places: NDArray[np.int64]
    owners: NDArray[np.int64]


def joined(columns: Columns, placed: Placed) -> Iterator[Hit]:
    """Every question that the rest of its document says something about, by stretch and question."""
    import numpy as np

    asking, at = spread(columns.wanted, placed.numbers)
    if not len(asking):
        return
    keys = (placed.documents[asking] << _KEY_BITS) | columns.wanted_key[at]
    told = _told(columns, placed)
    if not len(told.keys):
        return
    left = np.searchsorted(told.keys, keys, side="left")
    right = np.searchsorted(told.keys, keys, side="right")
    met = np.flatnonzero(left < right)
    if not len(met):
        return
    asking, left, right = asking[met], left[met], right[met]
    kind = columns.wanted_key[at[met]] % KINDS
    ids, which = np.unique((asking << 32) | columns.question[at[met]], return_inverse=True)
    elsewhere = (told.stretches[left] != asking) | (told.stretches[right - 1] != asking)
    firm, full = np.zeros(len(ids), np.bool_), np.zeros(len(ids), np.bool_)
    firm[which[elsewhere & (kind == FIRM)]] = True
    full[which[elsewhere & (kind == FULL)]] = True
    near = np.full(len(ids), -1, np.int64)
    own, rival = np.zeros(len(ids), np.bool_), np.zeros(len(ids), np.bool_)
    named = np.flatnonzero(kind > FULL)
    left, kind, which = left[named], kind[named], which[named]
    before = _before(told, left, asking[named])
    np.maximum.at(near, which, _nearest(told, left, before))
    same, other = _bearers(told, left, before, columns.wanted_entry[at[met[named]]])
    own[which[same & (kind == BEARER)]] = True
    rival[which[other & (kind == FAMILY)]] = True
    some = np.flatnonzero(firm | full | (near >= 0) | own | rival)
    said = zip(*(column[some].tolist() for column in (firm, full, own, rival)), strict=True)
    for id_, place, (f, u, o, r) in zip(ids[some].tolist(), near[some].tolist(), said, strict=True):
        owner = (place & 0xFFFFFFFF) - 1 if place >= 0 else None
        yield Hit(id_ >> 32, id_ & 0xFFFFFFFF, f, u, place >> 32, owner, o, r)


def _told(columns: Columns, placed: Placed) -> _Told:
    import numpy as np

    telling, at = spread(columns.told, placed.numbers)
    keys = (placed.documents[telling] << _KEY_BITS) | columns.told_key[at]
    order = np.argsort(keys, kind="stable")
    telling, at = telling[order], at[order]
    return _Told(
        keys[order], telling, placed.starts[telling] + columns.told_at[at], columns.told_owner[at]
    )


def _before(told: _Told, left: NDArray[np.int64], asking: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where that ends which earlier stretches told of each key; `left` is where it begins."""
    import numpy as np

    first = np.searchsorted(told.keys, told.keys, side="left")
    size = 1 + max(told.stretches.max(), asking.max(initial=0))
    order = first * size + told.stretches
    found: NDArray[np.int64] = np.searchsorted(order, left * size + asking, side="left")
    return found


def _bearers(
    told: _Told, left: NDArray[np.int64], before: NDArray[np.int64], entry: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the rows from `left` to `before` have full names of `entry`, and of anybody else.

    Rows of a key that name somebody are few, and of few people: one is looked at for each change.
    """
    import numpy as np

    rows = np.flatnonzero(told.owners >= 0)
    owners = told.owners[rows]
    turns = np.ones(len(rows), np.bool_)
    turns[1:] = (np.diff(owners) != 0) | (np.diff(told.keys[rows]) != 0)
    places, owners = rows[turns], owners[turns]
    first, last = np.searchsorted(places, left), np.searchsorted(places, before)
    same, other = np.zeros(len(left), np.bool_), np.zeros(len(left), np.bool_)
    deepest = int((last - first).max(initial=0))
    for step in range(deepest):
        asked = np.flatnonzero((first + step < last) & ~(same & other))
        if not len(asked):
            break
        found = owners[first[asked] + step] == entry[asked]
        same[asked] |= found
        other[asked] |= ~found
    return same, other


def _nearest(told: _Told, left: NDArray[np.int64], before: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place and owner of the last row from `left` to `before`, in one number; -1 without any."""
    import numpy as np

    last = np.maximum(before - 1, 0)
    found = (told.places[last] << 32) | (told.owners[last] + 1)
    return np.where(before > left, found, -1)


def firm_places(
    columns: Columns, placed: Placed, document: int
) -> dict[int, list[tuple[int, int]]]:
    """The entries that stand firmly in one document: the stretch and the place of each."""
    import numpy as np

    first, last = np.searchsorted(placed.documents, (document, document + 1))
    telling, at = spread(columns.told, placed.numbers[first:last])
    found: dict[int, list[tuple[int, int]]] = {}
    for stretch, key, place in zip(
        (telling + first).tolist(),
        columns.told_key[at].tolist(),
        (placed.starts[telling + first] + columns.told_at[at]).tolist(),
        strict=True,
    ):
        if key % KINDS == FIRM:
            found.setdefault(key // KINDS, []).append((stretch, place))
    return found
