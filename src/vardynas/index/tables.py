"""An opened index: what a token can be, which names a part stands in, where a sequence leads."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from vardynas.index.codes import WEIGHTS, edge_end, edge_key
from vardynas.index.columns import Columns
from vardynas.index.entry_json import read_entry
from vardynas.index.hashing import digest, initial_u, prefix_digests
from vardynas.index.hits import Hit, Posting
from vardynas.index.presence import Presence
from vardynas.model import Entry, Slot
from vardynas.text.fold import plain

__all__ = ["Index"]


class Index:
    """The tables of a glossary (or of the given names), over the bytes that `build` made.

    Raises `vardynas.index.columns.ForeignFile` when the bytes are none of ours.
    """

    def __init__(self, data: memoryview | bytes) -> None:
        columns = Columns(data)
        self.data = data
        self.meta = columns.meta
        self._columns = columns
        numbers = columns.numbers
        self._stem_hash = numbers("stem.hash")
        self._stem_spelling = numbers("stem.spelling")
        self._stem_endings = numbers("stem.endings")
        self._stem_text = numbers("stem.text")
        self._stem_paradigm = numbers("stem.paradigm")
        self._stem_prior = numbers("stem.prior")
        self._spelling = [
            numbers(f"spelling.{c}")
            for c in ("part", "text", "language", "chain", "status", "weight")
        ]
        self._post = [numbers(f"post.{c}") for c in ("part", "entry", "name", "role", "position")]
        self._edge_key, self._edge_child = numbers("edge.key"), numbers("edge.child")
        self._end_node, self._end_name = numbers("end.node"), numbers("end.name")
        self.name_entry, self._name_text = numbers("name.entry"), numbers("name.text")
        self._name_language, self.name_flags = numbers("name.language"), numbers("name.flags")
        self._family = numbers("name.family"), numbers("name.count")
        self.entry_type = numbers("entry.type")
        self.entry_hidden = numbers("entry.hidden")
        self.entry_ids = columns.strings("entry.id")
        self._texts = columns.strings("text")
        self._ending_cache: dict[int, dict[str, list[tuple[str, tuple[Slot, ...]]]]] = {}
        self._children: dict[int, dict[tuple[int, int], int]] = {}
        self._info: dict[int, tuple[str, str, frozenset[str]]] = {}

    # ------------------------------------------------------------ readings

    def hits(self, form: str, bare: str) -> list[Hit]:
        """Every reading of a folded token (`bare` is the same without diacritics)."""
        found: list[Hit] = []
        endings = self._endings
        hashes = self._stem_hash
        digests = prefix_digests(bare)
        longest = max(0, len(bare) - self._longest_ending)
        for cut in range(len(bare), longest - 1, -1):
            if bare[cut:] not in endings:
                continue
            key = digests[cut]
            row = bisect_left(hashes, key)
            while row < len(hashes) and hashes[row] == key:
                self._read(row, bare[:cut], bare[cut:], form, found)
                row += 1
        return found

    def _read(self, row: int, bare: str, ending: str, form: str, found: list[Hit]) -> None:
        matches = self._ending_set(self._stem_endings[row]).get(ending)
        if not matches:
            return
        stem = self._texts[self._stem_text[row]]
        if initial_u(plain(stem)) != initial_u(bare):  # another stem with the same hash
            return
        right = [m for m in matches if stem + m[0] == form]
        slots = tuple(slot for m in (right or matches) for slot in m[1])
        spelling = self._stem_spelling[row]
        part, text, language, chain, status, weight = (c[spelling] for c in self._spelling)
        found.append(
            Hit(
                part,
                self._texts[text],
                self._languages[language],
                self._chains[chain],
                self._statuses[status],
                self._paradigms[self._stem_paradigm[row]],
                slots,
                bool(right),
                weight * self._stem_prior[row] / WEIGHTS**2,
            )
        )

    def may_hit(self, words: Sequence[str]) -> list[bool]:
        """For each folded word without diacritics, False only where `hits` is surely empty.

        Meant for all distinct words of long texts: some ten times as fast as asking for each.
        """
        return self._presence(words)

    @cached_property
    def _presence(self) -> Presence:
        return Presence(self._stem_hash, self._stem_endings, self._plain_endings)

    @property
    def _plain_endings(self) -> list[frozenset[str]]:
        """The endings of each set, without diacritics."""
        count = len(self._columns.strings("endings"))
        return [frozenset(self._ending_set(number)) for number in range(count)]

    def _ending_set(self, number: int) -> dict[str, list[tuple[str, tuple[Slot, ...]]]]:
        known = self._ending_cache.get(number)
        if known is None:
            raw = json.loads(self._columns.strings("endings")[number])
            known = {
                ending: [(row[0], tuple(Slot(*s.split(" ")) for s in row[1:])) for row in rows]
                for ending, rows in raw.items()
            }
            self._ending_cache[number] = known
        return known

    @cached_property
    def _endings(self) -> frozenset[str]:
        return frozenset({""}).union(*self._plain_endings)

    @cached_property
    def _longest_ending(self) -> int:
        return max(map(len, self._endings))

    @cached_property
    def _languages(self) -> list[str]:
        return list(self._columns.strings("language"))

    @cached_property
    def _chains(self) -> list[str]:
        return list(self._columns.strings("chain"))

    @cached_property
    def _statuses(self) -> list[str]:
        return list(self._columns.strings("status"))

    @cached_property
    def _paradigms(self) -> list[str]:
        return list(self._columns.strings("paradigm"))

    # ------------------------------------------------------------ names

    def postings(self, part: int) -> list[Posting]:
        """The names of people in which `part` stands."""
        parts, entry, name, role, position = self._post
        first, last = bisect_left(parts, part), bisect_right(parts, part)
        return [Posting(entry[i], name[i], role[i], position[i]) for i in range(first, last)]

    def all_postings(self) -> Iterator[tuple[int, Posting]]:
        """Every posting with its part."""
        for part, *row in zip(*self._post, strict=True):
            yield part, Posting(*row)

    def letters(self, part: int) -> frozenset[str]:
        """The first letters, without diacritics, of all spellings of a part."""
        parts, texts = self._spelling[:2]
        rows = range(bisect_left(parts, part), bisect_right(parts, part))
        return frozenset(plain(self._texts[texts[row]])[:1] for row in rows)

    def step(self, node: int, part: int, gap: int) -> int:
        """The node behind `part`; -1 when no name goes on like that. The root is 0."""
        key = edge_key(node, part, gap)
        at = bisect_left(self._edge_key, key)
        if at < len(self._edge_key) and self._edge_key[at] == key:
            return int(self._edge_child[at])
        return -1

    def children(self, node: int) -> dict[tuple[int, int], int]:
        """The steps from a node that is not the root: (part, gap) → node; kept once asked for."""
        known = self._children.get(node)
        if known is None:
            first = bisect_left(self._edge_key, edge_key(node, 0, 0))
            last = bisect_left(self._edge_key, edge_key(node + 1, 0, 0))
            known = {
                edge_end(self._edge_key[i]): int(self._edge_child[i]) for i in range(first, last)
            }
            self._children[node] = known
        return known

    def ends(self, node: int) -> list[int]:
        """The names that end at `node`."""
        first, last = bisect_left(self._end_node, node), bisect_right(self._end_node, node)
        return [self._end_name[i] for i in range(first, last)]

    def name_text(self, name: int) -> str:
        """The listed form."""
        return self._texts[self._name_text[name]]  # type: ignore[no-any-return]

    def forms(self, entry: int) -> list[str]:
        """The listed forms of an entry; names stand in the order of their entries."""
        first, last = bisect_left(self.name_entry, entry), bisect_right(self.name_entry, entry)
        return [self.name_text(name) for name in range(first, last)]

    def family(self, name: int) -> tuple[int, int]:
        """Position and number of the words of the family name; (0, 0) in names of other kinds."""
        return self._family[0][name], self._family[1][name]

    def name_language(self, name: int) -> str:
        """The language of the listed form."""
        return self._languages[self._name_language[name]]

    def classes(self, part: int) -> frozenset[str]:
        """The classes of a given name; empty for other parts."""
        return self._classes.get(part, frozenset())

    @cached_property
    def _classes(self) -> dict[int, frozenset[str]]:
        ids = self._columns.strings("class.ids")
        parts = self._columns.numbers("class.part")
        return {part: frozenset(ids[i].split()) for i, part in enumerate(parts)}

    # ------------------------------------------------------------ keys

    def same_key(self, key: str) -> list[int]:
        """The parts that have this comparison key."""
        hashes, texts, parts = (self._columns.numbers(f"key.{c}") for c in ("hash", "text", "part"))
        wanted = digest(key)
        first, last = bisect_left(hashes, wanted), bisect_right(hashes, wanted)
        return [parts[i] for i in range(first, last) if self._texts[texts[i]] == key]

    def is_ending(self, text: str) -> bool:
        """Whether some paradigm of the index has this ending (without diacritics)."""
        return text in self._endings

    def base_form(self, part: int) -> tuple[str, str]:
        """The listed spelling of a part and its language."""
        parts, texts, languages = self._spelling[:3]
        row = bisect_left(parts, part)
        return self._texts[texts[row]], self._languages[languages[row]]

    @cached_property
    def key_texts(self) -> list[str]:
        """All distinct comparison keys, in the order of their numbers; `same_key` takes one of them."""
        numbers = self._columns.numbers("key.text")
        return [self._texts[i] for i in sorted(set(numbers))]

    # ------------------------------------------------------------ entries

    def personal(self, entry: int) -> tuple[str, str, frozenset[str]]:
        """First letters of the given name, of what follows it, and the classes of given names."""
        known = self._info.get(entry)
        if known is None:
            strings = self._columns.strings
            known = (
                strings("entry.initials")[entry],
                strings("entry.middles")[entry],
                frozenset(strings("entry.classes")[entry].split()),
            )
            self._info[entry] = known
        return known

    def entry(self, number: int) -> Entry:
        """The entry itself, read from its JSON."""
        return read_entry(self._columns.strings("entry.json")[number])

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Entry id → number, hidden entries left out, in the order of the ids."""
        hidden = self.entry_hidden
        return {id_: i for i, id_ in enumerate(self.entry_ids) if hidden[i] < 0}
