"""Unknown forms put together: the cases of a name, its spellings in other languages, its short form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from vardynas.language import tables
from vardynas.language.given_names import gender, own_classes
from vardynas.language.keys import keys
from vardynas.suggest.harvest import Form, Seen
from vardynas.suggest.languages import numbered
from vardynas.suggest.lemmas import lemmas
from vardynas.text.fold import fold_word, plain

if TYPE_CHECKING:
    from vardynas.index.tables import Index

__all__ = ["Cluster", "Word", "clusters", "frequent"]

_BLOCK = 4
"""Phoneme classes at the beginning that forms of one name share."""

OFTEN = 0.2
"""The share in small letters from which on a word is no name."""


class Word(NamedTuple):
    """A word of a name: a given name by its class, any other by the number of its cluster."""

    given: str
    number: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Forms of one name: its base form in each language, and everything that was seen of it.

    `written` has the name in each form, without other words that a sentence begins with.
    """

    words: tuple[Word, ...]
    names: dict[str, str]
    forms: dict[Form, Seen]
    written: dict[Form, str]

    @property
    def count(self) -> int:
        """How often the name was seen."""
        return sum(seen.count for seen in self.forms.values())

    @property
    def gender(self) -> str | None:
        """Male or female, as the given name says; None without one."""
        found = {gender(word.given) for word in self.words if word.given}
        return found.pop() if len(found) == 1 else None

    @property
    def is_person(self) -> bool:
        """Whether it has a given name and another."""
        return len(self.words) > 1 and any(w.given for w in self.words)

    @property
    def is_shortened(self) -> bool:
        """Whether its last word also stands for all of it, as family names do."""
        return len(self.words) > 1 and any(" " not in form.text for form in self.forms)


def frequent(forms: Mapping[Form, Seen], least: int) -> dict[Form, Seen]:
    """The forms of which enough were seen that begin to sound alike in their last word."""
    sounds: dict[Form, frozenset[str]] = {}
    counts: Counter[str] = Counter()
    for form, seen in forms.items():
        found = keys(_words(form.text)[-1], form.language)
        sounds[form] = frozenset(key[:_BLOCK] for key in found)
        counts.update(dict.fromkeys(sounds[form], seen.count))
    return {
        form: seen
        for form, seen in forms.items()
        if any(counts[sound] >= least for sound in sounds[form])
    }


def clusters(
    forms: Mapping[Form, Seen],
    small: Mapping[str, int],
    given: Index,
    endings: Mapping[tuple[str, str], int],
) -> list[Cluster]:
    """The names that the forms are forms of, the most frequent first.

    `small` counts the words seen in small letters, `given` is the table of given names, `endings` says
    how known names end.
    """
    read = _Reader(forms, small, given, endings)
    groups = _Groups(read)
    for form, seen in forms.items():
        words, name = read(form)
        if words:
            groups.add(words, form, seen, name)
    groups.drop_first_words()
    groups.join_short_names()
    return sorted(groups.clusters(), key=lambda one: (-one.count, sorted(one.names.items())))


_Words = tuple[Word, ...]


class _Groups:
    """Forms by the words of their names."""

    def __init__(self, read: _Reader) -> None:
        self._read = read
        self._forms: dict[_Words, dict[Form, Seen]] = defaultdict(dict)
        self._names: dict[_Words, dict[str, Counter[str]]] = defaultdict(
            lambda: defaultdict(Counter)
        )
        self._longer: dict[_Words, set[_Words]] = defaultdict(set)
        self._inside: set[_Words] = set()
        self._dropped: Counter[Form] = Counter()

    def add(self, words: _Words, form: Form, seen: Seen, name: str) -> None:
        """Adds a form with its words and its base form."""
        self._forms[words][form] = seen
        self._names[words][form.language][name] += seen.count
        for first in range(1, len(words)):
            self._longer[words[first:]].add(words)
        if seen.inside or self._read.is_inside(form):
            self._inside.add(words)

    def drop_first_words(self) -> None:
        """Names without a word that only begins sentences, where they stand without it elsewhere."""
        for words in sorted(self._forms, key=len, reverse=True):
            rest = words[1:]
            if not rest or words[0].given or words in self._inside:
                continue
            if rest in self._forms or len(self._longer[rest]) > 1:
                self._inside.add(rest)
                for form, seen in self._forms.pop(words).items():
                    self._dropped[form] += 1
                    self.add(rest, form, seen, self._read.without_first(form))

    def join_short_names(self) -> None:
        """Each name goes to the one longer name that it ends, where there is one alone."""
        for words in sorted(self._forms, key=len):
            longer = [other for other in self._longer[words] if other in self._forms]
            if len(longer) == 1:
                self._forms[longer[0]].update(self._forms.pop(words))
                self._inside |= {longer[0]} if words in self._inside else set()

    def clusters(self) -> Iterator[Cluster]:
        """What was put together, without what only begins sentences."""
        for words, rows in self._forms.items():
            if words in self._inside:
                names = self._names[words].items()
                usual = {tag: _usual(found) for tag, found in names}
                written = {form: self._read.written(form, self._dropped[form]) for form in rows}
                yield Cluster(words, usual, rows, written)


def _usual(found: Mapping[str, int]) -> str:
    """The most frequent of the names; letters typed without their marks count for those with them."""
    bare: Counter[str] = Counter()
    for name, count in found.items():
        bare[plain(name)] += count
    return min(found, key=lambda n: (-bare[plain(n)], n.isascii(), -found[n], n))


class _Reader:
    """Reads forms as words with base forms."""

    def __init__(
        self,
        forms: Mapping[Form, Seen],
        small: Mapping[str, int],
        given: Index,
        endings: Mapping[tuple[str, str], int],
    ) -> None:
        self._forms = forms
        self._small = small
        self._given = given
        self._capital: Counter[str] = Counter()
        words: dict[str, Counter[str]] = defaultdict(Counter)
        for form, seen in forms.items():
            for word in _words(form.text):
                self._capital[word.lower()] += seen.count
        for form, seen in forms.items():
            for word, known in self._read(form):
                if known is None:
                    words[form.language][word] += seen.count
        self._lemmas = _lemmas(words, endings)
        self._numbers = numbered(self._lemmas)

    def __call__(self, form: Form) -> tuple[tuple[Word, ...], str]:
        """The words of a form and its base form; () for none and for a given name alone."""
        words, texts = [], []
        for word, known in self._read(form):
            if known is not None:
                words.append(Word(known[0], -1))
                texts.append(known[1])
            else:
                lemma = self._lemmas[form.language][word]
                words.append(Word("", self._numbers[form.language, lemma]))
                texts.append(lemma)
        return (tuple(words), " ".join(texts)) if any(not w.given for w in words) else ((), "")

    def _read(self, form: Form) -> list[tuple[str, tuple[str, str] | None]]:
        """The words of a form, given names with their class and base form.

        A given name stands first or follows one; elsewhere the word is another that looks like it.
        """
        found: list[tuple[str, tuple[str, str] | None]] = []
        words = self._trimmed(form)
        for word in words:
            first = all(known is not None for _, known in found)
            last = len(found) == len(words) - 1
            known = self._class(word, form.language) if first and (not last or not found) else None
            found.append((word, known))
        return found

    def without_first(self, form: Form) -> str:
        """The base form of a form without its first word."""
        return self(form)[1].split(" ", 1)[-1]

    def written(self, form: Form, dropped: int) -> str:
        """The name as the form has it, without its first words of which `dropped` are none of it."""
        return " ".join(self._trimmed(form)[dropped:])

    def is_inside(self, form: Form) -> bool:
        """Whether another word begins the sentence."""
        return len(self._trimmed(form)) < len(_words(form.text))

    def _trimmed(self, form: Form) -> list[str]:
        """The words without common ones before and behind (President, Pan, Miestas)."""
        words = _words(form.text)
        while words and self._is_common(words[0]):
            words = words[1:]
        if not self._forms[form].inside:  # what begins the sentence may be anything
            given = [at for at, word in enumerate(words[:-1]) if self._class(word, form.language)]
            words = words[given[0] :] if given else words
        while words and self._is_common(words[-1]):
            words = words[:-1]
        return words

    def _is_common(self, word: str) -> bool:
        if word.lower() in _capitals():
            return True
        count = self._small.get(word.lower(), 0)
        return count > 0 and count >= OFTEN * self._capital[word.lower()]

    def _class(self, word: str, language: str) -> tuple[str, str] | None:
        """The class of a given name in any case, and its base form in the language."""
        folded = fold_word(word)
        hits = sorted(
            self._given.hits(folded, plain(word)),
            key=lambda hit: (hit.language != language, not hit.exact, -hit.weight, hit.lemma),
        )
        for hit in hits:
            lemma = hit.lemma[:1].upper() + hit.lemma[1:]
            found = own_classes(lemma) or sorted(self._given.classes(hit.part))
            if found:
                return found[0], lemma
        return None


@tables.cached
def _capitals() -> frozenset[str]:
    """Words that are written with a capital and are no names."""
    return frozenset(" ".join(tables.load("capitals")["words"].values()).lower().split())


def _words(text: str) -> list[str]:
    words = text.split()
    return [word.removesuffix("’s").removesuffix("'s") for word in words]


def _lemmas(
    words: Mapping[str, Mapping[str, int]], endings: Mapping[tuple[str, str], int]
) -> dict[str, dict[str, str]]:
    """The base forms of the words of each language; those of the others speak for some of them."""
    sounds = {
        language: {key for word in found for key in keys(word, language)}
        for language, found in words.items()
    }
    found = {}
    for language, known in words.items():
        elsewhere = set().union(*(sound for tag, sound in sounds.items() if tag != language))
        found[language] = lemmas(known, language, elsewhere, endings)
    return found
