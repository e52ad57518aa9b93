"""How right a glossary is on annotated texts: one report over all documents of a gold file.

Mentions that the source distorts by machine rewriting count neither as found nor as missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from vardynas.editorial.gold import GoldDocument
from vardynas.editorial.judge import Judged, judge, overlap
from vardynas.editorial.mistakes import Mistake, mistakes
from vardynas.editorial.reliability import Reliability, reliability
from vardynas.editorial.scores import Counts, Score, pool, score
from vardynas.model import METHODS, Mention

__all__ = ["Ambiguity", "Contribution", "Nameless", "Report", "Scans", "report"]


class Scans(Protocol):
    """What is needed of a resolver; `vardynas.Resolver` has it."""

    def scan(self, text: str, *, decision: str = "balanced") -> Sequence[Mention]:
        """The mentions of `text`, in its order."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one method added: right and false mentions, out of `core` mentions to be found."""

    correct: int
    false: int
    core: int

    def to_dict(self) -> dict[str, float]:
        """The counts with precision and the share of all core mentions that it found."""
        precision = Counts(self.correct, 0, self.false).precision
        share = self.correct / self.core if self.core else 0.0
        return {
            "correct": self.correct,
            "false": self.false,
            "precision": round(precision, 4),
            "share": round(share, 4),
        }


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Mentions left ambiguous.

    `right` is how many have the entry that is meant among their candidates, `elsewhere` how many
    touch no annotation.
    """

    mentions: int = 0
    right: int = 0
    elsewhere: int = 0

    def to_dict(self) -> dict[str, int]:
        """The counts as JSON types."""
        return {"mentions": self.mentions, "right": self.right, "elsewhere": self.elsewhere}


@dataclass(frozen=True, slots=True)
class Nameless:
    """Documents without any annotation: whatever is found there is false.

    >>> Nameless(documents=1, sentences=200, mentions=3).per_hundred
    1.5
    """

    documents: int = 0
    sentences: int = 0
    mentions: int = 0

    @property
    def per_hundred(self) -> float | None:
        """False mentions in 100 sentences; None without sentences."""
        return 100 * self.mentions / self.sentences if self.sentences else None

    def to_dict(self) -> dict[str, float | None]:
        """The counts and the rate as JSON types."""
        rate = self.per_hundred
        return {
            "documents": self.documents,
            "sentences": self.sentences,
            "mentions": self.mentions,
            "per_hundred": None if rate is None else round(rate, 4),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a gold file: over all, and strict ones by method, language and document.

    `without_text` has the ids of documents whose text is not at hand; they are in no figure.
    """

    score: Score
    methods: Mapping[str, Contribution]
    languages: Mapping[str, Counts]
    documents: Mapping[str, Counts]
    ambiguity: Ambiguity
    reliability: Reliability
    nameless: Nameless
    mistakes: tuple[Mistake, ...]
    without_text: tuple[str, ...] = ()

    @property
    def mentions(self) -> int:
        """How many core mentions were to be found."""
        return self.score.strict.correct + self.score.strict.missed

    @property
    def entries(self) -> dict[str, Counts]:
        """The strict counts of each entry that was meant or found, sorted by id."""
        meant = {entry: (found, of) for entry, found, of in self.score.by_entry}
        claimed = {entry: of for entry, _, of in self.score.by_claim}
        rows = {}
        for entry in sorted(meant.keys() | claimed.keys()):
            found, of = meant.get(entry, (0, 0))
            rows[entry] = Counts(found, of - found, claimed.get(entry, 0) - found)
        return rows

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON types, rates rounded to four digits."""
        macro = {"precision": self.score.macro_precision, "recall": self.score.macro_recall}
        return {
            "mentions": self.mentions,
            "without_text": list(self.without_text),
            "strict": self.score.strict.to_dict(),
            "lenient": self.score.lenient.to_dict(),
            "macro": {name: round(value, 4) for name, value in macro.items()},
            "methods": {name: part.to_dict() for name, part in self.methods.items()},
            "languages": {name: counts.to_dict() for name, counts in self.languages.items()},
            "documents": {name: counts.to_dict() for name, counts in self.documents.items()},
            "entries": {name: counts.to_dict() for name, counts in self.entries.items()},
            "ambiguous": self.ambiguity.to_dict(),
            "calibration": self.reliability.to_dict(),
            "nameless": self.nameless.to_dict(),
            "errors": [mistake.to_dict() for mistake in self.mistakes],
        }


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A document with its text, what was found in it and what became of that."""

    document: GoldDocument
    text: str
    found: tuple[Mention, ...]
    judged: Judged[Mention]
    score: Score


def report(
    resolver: Scans, documents: Iterable[GoldDocument], decision: str = "balanced"
) -> Report:
    """What `resolver` finds in `documents` beside what is annotated there.

    >>> import vardynas
    >>> from vardynas.editorial.gold import GoldDocument, GoldMention
    >>> gold = (GoldMention(2, 8, "Гродне", "hrodna"),)
    >>> figures = report(vardynas.load(), [GoldDocument("a", "be", "", "У Гродне.", gold)])
    >>> figures.score.strict, figures.languages
    (Counts(correct=1, missed=0, false=0), {'be': Counts(correct=1, missed=0, false=0)})
    """
    outcomes, absent = [], []
    for document in documents:
        if document.text is None:
            absent.append(document.id)
            continue
        found = tuple(resolver.scan(document.text, decision=decision))
        judged = judge(document.mentions, found, paraphrased=False)
        figures = score(judged, document.text)
        outcomes.append(_Outcome(document, document.text, found, judged, figures))
    return Report(
        pool(o.score for o in outcomes),
        _methods(outcomes),
        _languages(outcomes),
        {o.document.id: o.score.strict for o in outcomes},
        _ambiguity(outcomes),
        reliability(answer for o in outcomes for answer in _answers(o)),
        _nameless(outcomes),
        tuple(m for o in outcomes for m in mistakes(o.document.id, o.text, o.judged, o.found)),
        tuple(absent),
    )


def _methods(outcomes: Sequence[_Outcome]) -> dict[str, Contribution]:
    right = Counter(m.method for o in outcomes for _, m in o.judged.right)
    false = Counter(m.method for o in outcomes for m in o.judged.false)
    core = sum(len(o.judged.core) for o in outcomes)
    return {name: Contribution(right[name], false[name], core) for name in METHODS}


def _languages(outcomes: Sequence[_Outcome]) -> dict[str, Counts]:
    """The strict counts by the language of the passage, the most frequent language first."""
    counts: dict[str, Counts] = {}
    for outcome in outcomes:
        language_at = _Passages(outcome.text, outcome.document.language)
        for spans, one in (
            ([gold for gold, _ in outcome.judged.right], Counts(correct=1)),
            (outcome.judged.missed, Counts(missed=1)),
            (outcome.judged.false, Counts(false=1)),
        ):
            for span in spans:
                language = language_at(span.start)
                counts[language] = counts.get(language, Counts()) + one
    return dict(sorted(counts.items(), key=lambda row: (-row[1].correct - row[1].missed, row[0])))


class _Passages:
    """The language of each passage of a text; that of the document decides ties."""

    def __init__(self, text: str, language: str) -> None:
        from vardynas.text.passages import passages

        self._text = text
        self._hint = None if language == "und" else language
        self._spans = passages(text)
        self._known: dict[tuple[int, int], str] = {}

    def __call__(self, at: int) -> str:
        from vardynas.language.identify import identify

        span = next((s for s in self._spans if s[0] <= at < s[1]), (at, at))
        if span not in self._known:
            self._known[span] = identify(self._text[slice(*span)], self._hint)
        return self._known[span]


def _ambiguity(outcomes: Sequence[_Outcome]) -> Ambiguity:
    every = [(o, m) for o in outcomes for m in o.found if m.entry is None]
    right = sum(
        any(overlap(m, g) and g.entry in {c.entry for c in m.candidates} for g in o.judged.core)
        for o, m in every
    )
    elsewhere = sum(not any(overlap(m, g) for g in o.document.mentions) for o, m in every)
    return Ambiguity(len(every), right, elsewhere)


def _answers(outcome: _Outcome) -> Iterator[tuple[float, bool]]:
    """Score and rightness of each mention that counts."""
    yield from ((mention.score, True) for _, mention in outcome.judged.right)
    yield from ((mention.score, False) for mention in outcome.judged.false)


def _nameless(outcomes: Sequence[_Outcome]) -> Nameless:
    from vardynas.text.tokens import tokenize

    bare = [o for o in outcomes if not o.document.mentions]
    sentences = sum(token.sentence_start for o in bare for token in tokenize(o.text))
    return Nameless(len(bare), sentences, sum(len(o.judged.false) for o in bare))
