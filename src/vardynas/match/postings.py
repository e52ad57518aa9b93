"""Parts with a key and the names in which a part stands, by numbers and as columns of the index.

A given name stands in thousands of names of a big glossary; `Index.postings` makes a value of each.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from weakref import WeakKeyDictionary

from vardynas.index.columns import Columns
from vardynas.index.tables import Index

__all__ = ["Postings", "postings_of"]


class Postings:
    """The columns `entries`, `names` and `roles`, in which the rows of a part follow each other.

    They are in the order of the parts, then of the entries, then of the names.
    """

    def __init__(self, index: Index) -> None:
        numbers = Columns(index.data, checked=True).numbers
        self._parts = numbers("post.part")
        self.entries, self.names = numbers("post.entry"), numbers("post.name")
        self.roles = numbers("post.role")
        self._of_key, self._first = numbers("key.part"), numbers("key.first")

    def rows(self, part: int) -> range:
        """Where the rows of a part are; empty when it stands in no name."""
        return range(bisect_left(self._parts, part), bisect_right(self._parts, part))

    def parts(self, key: int) -> list[int]:
        """The parts with a comparison key, which is given by its place in `Index.key_texts`."""
        first, last = self._first[key : key + 2]
        return self._of_key[first:last].tolist()


_known: WeakKeyDictionary[Index, Postings] = WeakKeyDictionary()


def postings_of(index: Index) -> Postings:
    """The postings of an index; the same for all that ask."""
    found = _known.get(index)
    if found is None:
        found = _known[index] = Postings(index)
    return found
