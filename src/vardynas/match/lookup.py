"""A single name among all entries: every form that the index knows, then similarity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from vardynas.match.analysis import Analyzer
from vardynas.match.calibration import lookup_scores
from vardynas.match.postings import postings_of
from vardynas.match.proposal import SUPPORTED, VETOED, Proposal, Word, strength
from vardynas.match.ranking import Ranking
from vardynas.match.roles import GIVEN
from vardynas.match.scan import Scanner
from vardynas.match.signs import is_odd_plural
from vardynas.model import Candidate
from vardynas.text.tokens import Token, tokenize

__all__ = ["Lookup"]

WORTH = 0.25
"""Raw score below which a name is like nothing."""

SURE = 0.7
"""From this score on, the forms of the index explain a name and similarity is not asked."""

LONGEST, MOST_WORDS = 1000, 24
"""Letters and words of the longest name that is looked up; anything longer is a text."""

KEPT = 20_000
"""Answers that are kept; they are some tens of megabytes."""

FEWEST = 3
"""Candidates that are ranked at least, since the lead over the next one says much."""

SIMILAR_FACTOR = 0.9
PLURAL_FACTOR = 0.6
"""Nobody looks up the plural of a spelling that rules made; the word is a slip of something else."""

ALONE_FACTOR = 0.85
"""A family name alone says less than a full name, even when only one entry bears it."""


class Lookup:
    """Looks names up in one index."""

    def __init__(self, analyze: Analyzer, scanner: Scanner) -> None:
        self._analyze = analyze
        self._scanner = scanner
        self._ranking = Ranking(analyze)
        self._answers: dict[tuple[str, str | None, int], tuple[Candidate, ...]] = {}

    def find(self, name: str, language: str | None = None, limit: int = 5) -> list[Candidate]:
        """The entries that `name` may mean, best first; [] when nothing is like it.

        Scores are probabilities (`vardynas.match.calibration`). Answers are kept.
        """
        question = (name, language, limit)
        known = self._answers.get(question)
        if known is None:
            known = tuple(self._find(name, language, limit))
            if len(name) <= LONGEST:
                if len(self._answers) >= KEPT:
                    self._answers.clear()
                self._answers[question] = known
        return list(known)

    def _find(self, name: str, language: str | None, limit: int) -> list[Candidate]:
        found = self.raw(name, language, max(limit, FEWEST))
        groups = ["similar" if c.method == "similar" else "known" for c in found]
        size = len(self._analyze.index.numbers)
        scores = lookup_scores([c.score for c in found], groups, size)
        ranked = [replace(c, score=round(p, 4)) for c, p in zip(found, scores, strict=True)]
        return sorted(ranked, key=lambda c: -c.score)[: max(0, limit)]

    def raw(self, name: str, language: str | None, limit: int) -> list[Candidate]:
        """The same with raw scores, which say how well a form fits, not how likely it is meant."""
        tokens = [_capital(token) for token in tokenize(name[:LONGEST])]
        if not tokens or len(tokens) > MOST_WORDS:
            return []
        found = self._known(tokens, limit)
        if not found or found[0].score < SURE:
            found = _merged(found, self._similar(tokens, language, limit))
        return [candidate for candidate in found[:limit] if candidate.score >= WORTH]

    def _known(self, tokens: Sequence[Token], limit: int) -> list[Candidate]:
        """Entries of which the whole name is a form."""
        best: dict[int, tuple[float, Proposal]] = {}
        for proposal in (*self._scanner.proposals(tokens, False), *self._given(tokens, limit)):
            whole = proposal.first == 0 and proposal.last == len(tokens) - 1
            if not whole or proposal.hidden or proposal.standing == VETOED:
                continue
            score = _score(proposal)
            if proposal.entry not in best or score > best[proposal.entry][0]:
                best[proposal.entry] = (score, proposal)
        ranked = sorted(best.values(), key=lambda item: (-item[0], item[1].entry))
        return [self._scanner.candidate(score, p, tokens) for score, p in ranked[:limit]]

    def _given(self, tokens: Sequence[Token], limit: int) -> Iterator[Proposal]:
        """A given name alone, which may be anybody's of that name: the first `limit` of them."""
        if len(tokens) == 1:
            for hit in self._analyze(tokens[0]).hits:
                score = 0.4 * strength(hit)
                for entry, name in islice(self._bearers(hit.part), limit):
                    word = Word(0, "given", hit)
                    yield Proposal(0, 0, entry, name, (word,), SUPPORTED, score)

    def _bearers(self, part: int) -> Iterator[tuple[int, int]]:
        """The entries that have a given name, each with the first such name; no hidden ones."""
        index, last = self._analyze.index, -1
        postings = postings_of(index)
        for row in postings.rows(part):
            entry = postings.entries[row]
            if entry != last and postings.roles[row] == GIVEN and index.entry_hidden[entry] < 0:
                last = entry
                yield entry, postings.names[row]

    def _similar(
        self, tokens: Sequence[Token], language: str | None, limit: int
    ) -> list[Candidate]:
        index = self._analyze.index
        return [
            Candidate(
                index.entry_ids[row.entry],
                round(row.score * SIMILAR_FACTOR, 4),
                "similar",
                index.name_text(row.name),
                index.name_language(row.name),
                row.steps,
            )
            for row in self._ranking.rank(tokens, language, limit)
        ]


def _capital(token: Token) -> Token:
    """A looked-up name is a name, however it is written."""
    shape = "title" if token.shape == "lower" else token.shape
    return token._replace(shape=shape, sentence_start=False)


def _score(proposal: Proposal) -> float:
    """The fit of the form, less where it is a family name that may be anybody's, or an odd plural."""
    bare = proposal.standing == SUPPORTED and all(w.role == "family" for w in proposal.words)
    factor = ALONE_FACTOR if bare else 1.0
    return min(1.0, proposal.score) * factor * (PLURAL_FACTOR if is_odd_plural(proposal) else 1.0)


def _merged(known: list[Candidate], similar: list[Candidate]) -> list[Candidate]:
    best = {candidate.entry: candidate for candidate in similar}
    for candidate in known:
        if candidate.entry not in best or candidate.score >= best[candidate.entry].score:
            best[candidate.entry] = candidate
    return sorted(best.values(), key=lambda c: (-c.score, c.entry))
