"""Slow and simple counterparts of the index and its searches, to compare the fast ones with.

Every inflected form of every spelling is written out into a plain dictionary; nothing is factored
into stems, hashed or packed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vardynas.index import build
from vardynas.index.hits import Hit
from vardynas.index.parts import Part, base_language, spellings
from vardynas.index.tables import Index
from vardynas.language.inflection import inflect, paradigms
from vardynas.language.names import ParsedName, parse_name
from vardynas.model import Entry, Slot
from vardynas.text import Token, fold_word, plain

UNINFLECTED = Slot("nom", "sg", "x")


class Word(NamedTuple):
    """What a reading says of a token, slots and letters apart."""

    part: str
    part_language: str
    lemma: str
    language: str
    rules: str
    status: str
    paradigm: str


class Slots(NamedTuple):
    """The slots of a reading: where all letters agree, and where only diacritics differ."""

    exact: frozenset[Slot]
    bare: frozenset[Slot]


class Form(NamedTuple):
    """A written-out form: what it is, its letters and its slots."""

    word: Word
    letters: str
    slots: tuple[Slot, ...]


class FixedName(NamedTuple):
    """A name that is a sequence of words: entry, listed form, parts and the gaps before them."""

    entry: str
    form: str
    exact: bool
    parts: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]


class Reference:
    """All forms of the names of some entries, by the form without diacritics."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.forms: dict[str, list[Form]] = defaultdict(list)
        self.names: list[FixedName] = []
        seen: set[Part] = set()
        for entry, parsed in _parsed(entries):
            parts = list(_parts(entry, parsed))
            for part in parts:
                if part is not None and part not in seen:
                    seen.add(part)
                    self._write_out(part)
            if not parsed.personal:
                self.names.append(_fixed(entry, parsed))
                self._pinned(entry, parsed, seen)

    def _pinned(self, entry: Entry, parsed: ParsedName, seen: set[Part]) -> None:
        for case, pinned in build._pinned(entry, parsed):
            self.names.append(_fixed(entry, pinned)._replace(form=parsed.name.form))
            for part in _parts(entry, pinned):
                if part is not None and (part := part._replace(case=case)) not in seen:
                    seen.add(part)
                    self._write_out(part)

    def _write_out(self, part: Part) -> None:
        for spelling in spellings(part):
            rest = (spelling.language, ">".join(spelling.rules), spelling.status)
            for paradigm, letters, slots in _inflected(fold_word(spelling.text), rest[0], part):
                word = Word(part.text, part.language, spelling.text, *rest, paradigm)
                self.forms[_first_letter(plain(letters))].append(Form(word, letters, slots))

    def hits(self, form: str, bare: str) -> dict[Word, Slots]:
        """The readings of a folded token; `bare` is the same without diacritics."""
        exact: dict[Word, set[Slot]] = defaultdict(set)
        other: dict[Word, set[Slot]] = defaultdict(set)
        for word, letters, slots in self.forms.get(_first_letter(bare), ()):
            (exact if letters == form else other)[word].update(slots)
        return _joined(exact, other)

    def sequences(self, tokens: Sequence[Token]) -> set[tuple[int, int, str, str]]:
        """First and last token, entry and listed form of each fixed name in `tokens`."""
        parts = [{(w.part, w.part_language) for w in self.hits(t.form, t.plain)} for t in tokens]
        return {
            (start, start + len(name.parts) - 1, name.entry, name.form)
            for start in range(len(tokens))
            for name in self.names
            if _stands(name, tokens[start : start + len(name.parts)], parts[start:])
        }


def readings(index: Index, hits: Iterable[Hit]) -> dict[Word, Slots]:
    """The hits of an index in the same shape as those of the reference.

    Stems of one paradigm are separate hits; where one of them agrees in all letters, what the
    others say without diacritics does not count.
    """
    exact: dict[Word, set[Slot]] = defaultdict(set)
    other: dict[Word, set[Slot]] = defaultdict(set)
    for hit in hits:
        part, part_language = index.base_form(hit.part)
        word = Word(
            part, part_language, hit.lemma, hit.language, hit.rules, hit.status, hit.paradigm
        )
        (exact if hit.exact else other)[word].update(hit.slots)
    return _joined(exact, other)


def _joined(exact: dict[Word, set[Slot]], other: dict[Word, set[Slot]]) -> dict[Word, Slots]:
    bare = {word: Slots(frozenset(), frozenset(slots)) for word, slots in other.items()}
    return bare | {word: Slots(frozenset(slots), frozenset()) for word, slots in exact.items()}


def osa(a: str, b: str) -> int:
    """The optimal string alignment distance: the textbook table."""
    rows = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i, one in enumerate(a, 1):
        for j, other in enumerate(b, 1):
            rows[i][j] = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one != other)
            )
            if i > 1 and j > 1 and one == b[j - 2] and other == a[i - 2]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[len(a)][len(b)]


def _first_letter(bare: str) -> str:
    """Initial ў and у are one letter: which of them is written depends on the word before."""
    return "у" + bare[1:] if bare.startswith("ў") else bare


def _parsed(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ParsedName]]:
    for entry in entries:
        hidden = list(build._hidden(entry))
        for owner in (entry, *hidden):
            for name in owner.all_names():
                parsed = parse_name(name, owner) if name.match != "never" else None
                if parsed is not None:
                    yield owner, parsed


def _parts(entry: Entry, parsed: ParsedName) -> Iterator[Part | None]:
    derives = build._is_source(parsed.name, entry)
    for word in parsed.words:
        if not parsed.personal:
            yield build._sequence_part(word, entry, parsed, derives)
        elif word.role != "initial":
            yield build._personal_part(word, entry, parsed.name, derives)


def _inflected(word: str, language: str, part: Part) -> Iterator[tuple[str, str, tuple[Slot, ...]]]:
    """Paradigm, form and slots of every form of a folded base form."""
    fitting = (
        paradigms(word, base_language(language), kind=part.kind or None, gender=part.gender or None)
        if part.inflects
        else ()
    )
    for paradigm in fitting:
        for form in inflect(word, paradigm.id):
            yield paradigm.id, form.text, form.slots
    if not fitting:
        yield "", word, (Slot(part.case, "sg", "x") if part.case else UNINFLECTED,)


def _fixed(entry: Entry, parsed: ParsedName) -> FixedName:
    return FixedName(
        entry.id,
        parsed.name.form,
        parsed.name.case == "exact",
        tuple((word.text, parsed.name.language) for word in parsed.words),
        tuple(word.gap for word in parsed.words),
    )


_SPACES = frozenset({"", "space", "newline", "quote"})
_LINES = frozenset({"hyphen", "dash"})
_ENDS = frozenset({"paragraph", "stop"})


def _same_gap(listed: str, written: str) -> bool:
    """Spaces, hyphens and dashes stand for each other; other signs only for other signs."""
    if written in _ENDS:
        return False
    joins = _SPACES | _LINES
    return listed in joins if written in joins else listed not in joins


def _stands(
    name: FixedName, tokens: Sequence[Token], parts: Sequence[set[tuple[str, str]]]
) -> bool:
    if len(tokens) < len(name.parts):
        return False
    if any(part not in found for part, found in zip(name.parts, parts, strict=False)):
        return False
    pairs = list(zip(name.gaps, tokens, strict=True))
    if not all(_same_gap(gap, token.gap) for gap, token in pairs[1:]):
        return False
    if name.exact:
        form = name.form.replace("-", " ").replace("–", " ").split()
        return " ".join(token.text for token in tokens) == " ".join(form)
    return not name.form[0].isupper() or tokens[0].shape in ("title", "upper", "mixed")
