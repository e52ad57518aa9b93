"""The object that users hold: a glossary, compiled, with everything that can be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vardynas.errors import UnknownEntry, no_text
from vardynas.index.tables import Index
from vardynas.language.tag import base_language, canonical
from vardynas.model import Candidate, Comparison, Edit, Entry, Failure, Variant

if TYPE_CHECKING:
    from vardynas.match.analysis import Analyzer
    from vardynas.match.lookup import Lookup
    from vardynas.match.mentions import Mentions
    from vardynas.match.scan import Scanner
    from vardynas.render.profile import Profile
    from vardynas.render.remarks import Remark, Stems
    from vardynas.render.seen import Decisions

__all__ = ["Resolver", "load"]


ENTRIES = 4096
"""Entries that a resolver remembers."""

WAYS = 4
"""Ways to write names of which a resolver remembers what it decided."""


class Resolver:
    """Resolves names to the entries of a glossary.

    Made from entries, or by `load` from files. What changes in it are caches alone, so it may be
    used from several threads; it pickles with its index.

    >>> resolver = Resolver(
    ...     [Entry(id="x", type="person", names={"be": ["Аляксандр Лукашэнка"]}, gender="male")]
    ... )
    >>> resolver.lookup("Alaksandra Łukaszenki")[0].entry
    'x'
    """

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        *,
        index: Index | None = None,
        version: str = "",
        fingerprint: str = "",
    ) -> None:
        if index is None:
            from vardynas.glossary.collection import Glossary
            from vardynas.index.build import build

            index = Index(build(Glossary.from_entries(entries).entries.values()))
        self._index = index
        self.glossary_version = version
        self.glossary_hash = fingerprint

    # ------------------------------------------------------------ questions

    def lookup(self, name: str, language: str | None = None, limit: int = 5) -> list[Candidate]:
        """The entries that a single name may mean, best first; [] when nothing is like it.

        `language` is a hint and never required. Scores are in [0, 1].
        """
        if not isinstance(name, str):
            raise no_text(name)
        return self._lookup.find(name, _hint(language), limit)

    def resolve(
        self, name: str, language: str | None = None, *, decision: str = "balanced"
    ) -> Candidate | None:
        """The one entry that `name` means; None when nothing is good enough or two are too close.

        `decision` is precision, balanced or recall: how likely an answer must be to be given.
        """
        from vardynas.match.choice import choices, threshold_of

        found = choices(self.lookup(name, language, 2), threshold_of(decision))
        return found[0] if len(found) == 1 else None

    def scan(
        self,
        text: str,
        language: str | None = None,
        *,
        similar: bool = True,
        decision: str = "balanced",
        languages: Sequence[tuple[int, int, str]] = (),
    ) -> Mentions:
        """The mentions of `text` in its order, never overlapping; empty when there are none.

        The text is one context: full names anywhere in it license short ones. Offsets are code
        points of `text`, end exclusive. `similar=False` leaves out misspelt names; `decision` is as
        for `resolve`, and ambiguous mentions are always kept. `languages` are spans of `text`, in its
        order, whose language is known; `language` is that of all of it and goes before them.
        """
        from vardynas.match.choice import threshold_of

        told = [(start, end, base_language(canonical(tag))) for start, end, tag in languages]
        threshold = threshold_of(decision)
        return self._scanner.scan(
            text, _hint(language), similar=similar, threshold=threshold, told=told
        )

    def scan_many(
        self,
        texts: Iterable[str],
        language: str | None = None,
        jobs: int = 1,
        *,
        similar: bool = True,
        decision: str = "balanced",
        whole: bool = True,
    ) -> Iterator[Mentions | Failure]:
        """The mentions of each text, in order; a text that fails yields a `Failure` instead.

        Each text is a context of its own. With `jobs` over 1 that many processes share the work and
        send whole mentions, or their `spans` alone (`whole` False). Raises TypeError for one text.
        """
        from vardynas.match.choice import threshold_of
        from vardynas.match.many import How, scan_in_order

        if isinstance(texts, str | bytes):
            raise TypeError("scan_many takes many texts: scan_many([text]); for one, scan(text).")
        how = How(_hint(language), similar, threshold_of(decision), whole)
        return scan_in_order(self._scanner, texts, how, jobs)

    def compare(
        self, a: str, b: str, language_a: str | None = None, language_b: str | None = None
    ) -> Comparison:
        """Whether two names can be one: by the glossary where it knows them, else by the rules."""
        from vardynas.match.compare import compare_with

        return compare_with(self, a, b, language_a, language_b)

    # ------------------------------------------------------------ writing

    def edits(
        self,
        text: str,
        to: str | None = None,
        *,
        profile: Profile | Mapping[str, Any] | None = None,
        language: str | None = None,
        strict: bool | None = None,
        decision: str | None = None,
    ) -> list[Edit]:
        """What `normalize` would do, in text order; ambiguous mentions are never touched."""
        from vardynas.render.edits import plan
        from vardynas.render.profile import Profile

        style = Profile.of(profile).with_values(
            to=to, language=language, strict=strict, decision=decision
        )
        style.check(self.__getitem__)
        style.check_languages(lambda: {tag for one in self.entries.values() for tag in one.names})
        mentions = self.scan(text, style.language, decision=style.decision)
        decisions = self._decisions(style.to, style.strict)
        return plan(self.__getitem__, mentions, text, style, decisions=decisions)

    def normalize(
        self,
        text: str,
        to: str | None = None,
        *,
        profile: Profile | Mapping[str, Any] | None = None,
        language: str | None = None,
        strict: bool | None = None,
        decision: str | None = None,
    ) -> str:
        """`text` with every recognized name written one way, in its grammatical case.

        `profile` is the house style, a `Profile` or a mapping of its fields; the other arguments go
        before these. `to` is a language tag, ``preferred`` (each passage in its own language,
        the default) or ``id``. `strict` leaves names alone that the glossary does not list in that
        language, `decision` is as for `resolve`. Raises `UnknownEntry` for an id of the profile
        that the glossary does not have, `UnknownLanguage` for a language that has neither rules nor
        names.
        """
        from vardynas.render.replace import apply

        edits = self.edits(
            text, to, profile=profile, language=language, strict=strict, decision=decision
        )
        return apply(text, edits)

    def remarks(
        self, text: str, *, profile: Profile | Mapping[str, Any] | None = None
    ) -> list[Remark]:
        """What `normalize` sees and leaves as it is, in text order.

        Adjectives of known places, and family names of known people in the plural.
        """
        from vardynas.render.profile import Profile
        from vardynas.render.remarks import Remark, adjectives_of

        if not isinstance(text, str):
            raise no_text(text)
        style = Profile.of(profile)
        found = adjectives_of(self._adjectives, text, style)
        for start, end, entry, name in self._scanner.families(text, _hint(style.language)):
            if style.covers(entry, "person"):
                found.append(Remark(start, end, text[start:end], entry, name, "family"))
        return sorted(found)

    def variants(
        self, name: str, language: str | None = None, *, inflected: bool = False
    ) -> list[Variant]:
        """Every spelling of an entry (an id, or a name that resolves), attested ones first.

        `inflected` adds the forms of each. Raises `UnknownEntry` when nothing resolves.
        """
        from vardynas.render.variants import variants

        tag = canonical(language) if language else None
        return variants(self[self._id(name)], tag, inflected=inflected)

    def __reduce__(self) -> tuple[Any, ...]:
        return _reopened, (bytes(self._index.data), self.glossary_version, self.glossary_hash)

    # ------------------------------------------------------------ entries

    def __getitem__(self, entry_id: str) -> Entry:
        number = self._index.numbers.get(entry_id)
        if number is None:
            from difflib import get_close_matches

            close = get_close_matches(str(entry_id), self._index.numbers, n=3)
            raise UnknownEntry(str(entry_id), tuple(close))
        return self._entry(number)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._index.numbers

    def __len__(self) -> int:
        return len(self._index.numbers)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """All entries by id, in the order of the ids; each is read when it is asked for."""
        return self._index.entries

    def _id(self, name: str) -> str:
        if not isinstance(name, str):
            raise no_text(name)
        if name in self:
            return name
        found = self.resolve(name)
        if found is None:
            raise UnknownEntry(name, tuple(c.entry for c in self.lookup(name, limit=3)))
        return found.entry

    # ------------------------------------------------------------ parts

    @cached_property
    def _entry(self) -> Callable[[int], Entry]:
        """Entries that are asked for again and again, by number: a text names a few many times."""
        return lru_cache(ENTRIES)(self._index.entry)

    @cached_property
    def _decisions(self) -> Callable[[str, bool], Decisions]:
        from vardynas.render.seen import Decisions

        return lru_cache(WAYS)(Decisions)

    @cached_property
    def _analyze(self) -> Analyzer:
        from vardynas.index.opening import open_given_names
        from vardynas.match.analysis import Analyzer

        return Analyzer(self._index, open_given_names())

    @cached_property
    def _adjectives(self) -> Stems:
        from vardynas.render.remarks import stems_of

        return stems_of(self.entries.values())

    @cached_property
    def _scanner(self) -> Scanner:
        from vardynas.match.scan import Scanner

        return Scanner(self._analyze)

    @cached_property
    def _lookup(self) -> Lookup:
        from vardynas.match.lookup import Lookup

        return Lookup(self._analyze, self._scanner)


def _reopened(data: bytes, version: str, fingerprint: str) -> Resolver:
    return Resolver(index=Index(data), version=version, fingerprint=fingerprint)


def _hint(language: str | None) -> str | None:
    return None if language is None else base_language(canonical(language))


def load(*paths: str | Path, builtin: bool | None = None) -> Resolver:
    """A resolver for the glossary at `paths` (files or folders), or for the built-in one.

    A path that ends in ``.index`` is a glossary that ``vardynas compile`` wrote; it stands alone.

    Without paths it is the glossary that ships with the package; with paths that one is left out
    unless `builtin` is True, which adds `paths` to it. Raises `GlossaryError` with every fault.

    >>> load()["hrodna"].preferred("lt").form
    'Gardinas'
    """
    from vardynas.index.opening import open_glossary

    with_builtin = not paths if builtin is None else builtin
    index = open_glossary(list(map(Path, paths)), builtin=with_builtin)
    return Resolver(index=index, version=index.meta["version"], fingerprint=index.meta["hash"])
