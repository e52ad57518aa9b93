"""What an editor is shown: new entries and new spellings, with what speaks for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vardynas.glossary.proposals import slug
from vardynas.language.derive import derive
from vardynas.language.keys import keys
from vardynas.suggest.clusters import Cluster, clusters, frequent
from vardynas.suggest.harvest import CONTEXTS, Harvest, Seen, Spelling
from vardynas.suggest.lemmas import endings_of, forms_of, lemmas
from vardynas.text.tokens import tokenize

if TYPE_CHECKING:
    from vardynas.resolver import Resolver

__all__ = ["Suggestion", "suggestions"]


_BASE_FORMS = ("person", "place")
"""Types of entries whose names are base forms word for word (not so: Uniwersytet Adama Mickiewicza)."""

NEARLY = 0.85
"""How likely an unknown name must be an entry to be taken for a misspelt name of it."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A new entry, or, with `extends`, spellings that an entry lacks.

    `names` has base forms by language. `count` says how often they were seen, `forms` in which form how
    often, and `contexts` has some of the places, the name in brackets.
    """

    id: str
    extends: bool
    type: str | None
    gender: str | None
    names: dict[str, tuple[str, ...]]
    count: int
    forms: tuple[tuple[str, str, int], ...]
    contexts: tuple[str, ...]


def suggestions(harvest: Harvest, resolver: Resolver, least: int = 2) -> list[Suggestion]:
    """What the texts of a harvest suggest, seen `least` times or more, the most frequent first."""
    known = (entry for entry in resolver.entries.values() if entry.type in _BASE_FORMS)
    endings = endings_of(name for entry in known for name in entry.all_names())
    given = resolver._analyze.names
    spellings = dict(harvest.spellings)
    others = []
    often = frequent(harvest.unknown, least)
    grouped = clusters(often, harvest.small, given, endings)
    _learn([cluster for cluster in grouped if cluster.count >= least], resolver)
    for cluster in grouped:
        entry = _nearly(cluster, resolver) if cluster.count >= least else None
        if entry is None:
            others.append(cluster)
        for form, seen in cluster.forms.items() if entry else ():
            spelling = Spelling(cluster.written[form], entry or "", form.language)
            before = spellings.get(spelling)
            narrow = seen.narrowed(form.text, spelling.text)
            spellings[spelling] = before.joined(narrow) if before else narrow
    found = [*_spellings(spellings, others, resolver), *_entries(others, resolver)]
    return sorted(
        (one for one in found if one.count >= least), key=lambda one: (-one.count, one.id)
    )


def _learn(found: Iterable[Cluster], resolver: Resolver) -> None:
    """Lets the resolver work out at once what `_nearly` asks it about unknown words."""
    names = (name for cluster in found for name in cluster.names.values())
    tokens = [token for name in names for token in tokenize(name)]
    resolver._analyze.find_similar([t.form for t in tokens if not resolver._analyze(t).hits])


def _nearly(cluster: Cluster, resolver: Resolver) -> str | None:
    """The entry of which all names of the cluster are most likely misspelt; None without one."""
    found = set()
    for tag, name in cluster.names.items():
        tokens = tokenize(name)
        if not all(resolver._analyze(one).hits or resolver._analyze.similar(one) for one in tokens):
            return None  # much sooner told than by ranking
        answers = resolver.lookup(name, tag, 2)
        if not answers or answers[0].score < NEARLY:
            return None
        if len(answers) > 1 and answers[1].score > answers[0].score / 2:
            return None
        found.add(answers[0].entry)
    return found.pop() if len(found) == 1 else None


def _entries(found: Iterable[Cluster], resolver: Resolver) -> Iterator[Suggestion]:
    taken = set(resolver.entries)
    for cluster in found:
        id_ = _id(cluster, taken)
        taken.add(id_)
        forms = sorted(cluster.forms.items(), key=lambda row: (-row[1].count, row[0]))
        yield Suggestion(
            id_,
            False,
            "person" if cluster.is_person else None,
            cluster.gender,
            {tag: (name,) for tag, name in sorted(cluster.names.items()) if tag != "und"},
            cluster.count,
            tuple((form.text, form.language, seen.count) for form, seen in forms),
            _contexts(seen for _, seen in forms),
        )


def _spellings(
    found: Mapping[Spelling, Seen], others: Sequence[Cluster], resolver: Resolver
) -> Iterator[Suggestion]:
    """The spellings that entries lack; what is rather a word of one of the other names is left out."""
    words = {
        (tag, form)
        for one in others
        for tag, name in one.names.items()
        if " " in name
        for form in forms_of(name.split()[-1], tag)
    }
    by_entry: dict[str, list[tuple[Spelling, Seen]]] = defaultdict(list)
    for spelling, seen in found.items():
        by_entry[spelling.entry].append((spelling, seen))
    for id_, rows in sorted(by_entry.items()):
        entry = resolver[id_]
        sounds = {
            key
            for name in entry.all_names()
            for word in name.form.split()
            for key in keys(word, name.language)
        }
        base = _base_forms([spelling for spelling, _ in rows], sounds)
        names: dict[str, dict[str, None]] = defaultdict(dict)
        kept = []
        for spelling, seen in sorted(rows, key=lambda row: (-row[1].count, row[0])):
            lemma = " ".join(base[spelling.language][word] for word in spelling.text.split())
            if (spelling.language, spelling.text.lower()) in words:
                continue
            if not _is_known(resolver, lemma, spelling):
                names[spelling.language][lemma] = None
                kept.append((spelling, seen))
        if kept:
            yield Suggestion(
                id_,
                True,
                None,
                None,
                {tag: tuple(found) for tag, found in sorted(names.items())},
                sum(seen.count for _, seen in kept),
                tuple((one.text, one.language, seen.count) for one, seen in kept),
                _contexts(seen for _, seen in kept),
            )


def _base_forms(found: Sequence[Spelling], sounds: set[str]) -> dict[str, dict[str, str]]:
    """The base forms of the words of spellings, by language; the names of their entry speak for some."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for spelling in found:
        words[spelling.language].update(spelling.text.split())
    return {tag: lemmas(counts, tag, sounds) for tag, counts in words.items()}


def _is_known(resolver: Resolver, lemma: str, spelling: Spelling) -> bool:
    found = resolver.lookup(lemma, spelling.language, 1)
    return bool(found) and found[0].entry == spelling.entry and found[0].method != "similar"


def _id(cluster: Cluster, taken: set[str]) -> str:
    """A free id in Latin letters, of people the family name first."""
    for tag in ("en", "pl", "lt", *sorted(cluster.names)):
        words = cluster.names.get(tag, "").split()
        if cluster.is_person or cluster.is_shortened:
            words = [*words[-1:], *words[:-1]]
        made = slug(" ".join(_latin(word, tag) for word in words))
        if made:
            return next(one for one in _numbered(made) if one not in taken)
    return next(one for one in _numbered("name") if one not in taken)


def _numbered(id_: str) -> Iterator[str]:
    yield id_
    yield from (f"{id_}-{number}" for number in range(2, 1 << 30))


def _latin(word: str, language: str) -> str:
    if slug(word):
        return word
    found = derive(word, language, targets=["en"], limit=1)
    return found[0].text if found else word


def _contexts(seen: Iterable[Seen]) -> tuple[str, ...]:
    return tuple([context for one in seen for context in one.contexts][:CONTEXTS])
