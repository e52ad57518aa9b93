"""What the stretches of many documents tell each other, joined in arrays.

The answers are those of `vardynas.match.rest`, which puts one document together; a test holds both
equal. Here all questions of a batch of documents meet all that is told in it at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vardynas.match.outcome_columns import FIRM, FULL, KINDS, Columns, Placed, spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Hit", "firm_places", "joined"]

_KEY_BITS = 40
"""Bits of a key; the number of the document stands above them."""


class Hit(NamedTuple):
    """A question of a stretch to which the rest of the document says something.

    `firm` and `full` say whether the entry stands so elsewhere; `place` is where the nearest full name
    before the stretch stands and `owner` whose it is, -1 and None where there is none.
    """

    stretch: int
    question: int
    firm: bool
    full: bool
    place: int
    owner: int | None


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
    named = np.flatnonzero(kind > FULL)
    np.maximum.at(near, which[named], _nearest(told, left[named], asking[named]))
    some = np.flatnonzero(firm | full | (near >= 0))
    for id_, is_firm, is_full, place in zip(
        *(column[some].tolist() for column in (ids, firm, full, near)), strict=True
    ):
        owner = (place & 0xFFFFFFFF) - 1 if place >= 0 else None
        yield Hit(id_ >> 32, id_ & 0xFFFFFFFF, is_firm, is_full, place >> 32, owner)


def _told(columns: Columns, placed: Placed) -> _Told:
    import numpy as np

    telling, at = spread(columns.told, placed.numbers)
    keys = (placed.documents[telling] << _KEY_BITS) | columns.told_key[at]
    order = np.argsort(keys, kind="stable")
    telling, at = telling[order], at[order]
    return _Told(
        keys[order], telling, placed.starts[telling] + columns.told_at[at], columns.told_owner[at]
    )


def _nearest(told: _Told, left: NDArray[np.int64], asking: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place and owner of the last that an earlier stretch told of each key, in one number.

    `left` is where what was told of the key begins; -1 where no earlier stretch told anything.
    """
    import numpy as np

    first = np.searchsorted(told.keys, told.keys, side="left")
    size = 1 + max(told.stretches.max(), asking.max(initial=0))
    before = np.searchsorted(first * size + told.stretches, left * size + asking, side="left")
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
