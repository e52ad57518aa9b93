"""A single name among all entries: every form that the index knows, then similarity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vardynas.index.codes import ROLES
from vardynas.match.analysis import Analyzer
from vardynas.match.calibration import lookup_scores
from vardynas.match.proposal import SUPPORTED, VETOED, Proposal, Word, strength
from vardynas.match.ranking import Ranking
from vardynas.match.scan import Scanner
from vardynas.model import Candidate
from vardynas.text.tokens import Token, tokenize

__all__ = ["Lookup"]

WORTH = 0.25
"""Raw score below which a name is like nothing."""

SURE = 0.7
"""From this score on, the forms of the index explain a name and similarity is not asked."""

LONGEST, MOST_WORDS = 1000, 24
"""Letters and words of the longest name that is looked up; anything longer is a text."""

FEWEST = 3
"""Candidates that are ranked at least, since the lead over the next one says much."""

SIMILAR_FACTOR = 0.9
ALONE_FACTOR = 0.85
"""A family name alone says less than a full name, even when only one entry bears it."""


class Lookup:
    """Looks names up in one index."""

    def __init__(self, analyze: Analyzer, scanner: Scanner) -> None:
        self._analyze = analyze
        self._scanner = scanner
        self._ranking = Ranking(analyze)

    def find(self, name: str, language: str | None = None, limit: int = 5) -> list[Candidate]:
        """The entries that `name` may mean, best first; [] when nothing is like it.

        Scores are probabilities (`vardynas.match.calibration`).
        """
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
        for proposal in (*self._scanner.proposals(tokens, False), *self._given(tokens)):
            whole = proposal.first == 0 and proposal.last == len(tokens) - 1
            if not whole or proposal.hidden or proposal.standing == VETOED:
                continue
            score = _score(proposal)
            if proposal.entry not in best or score > best[proposal.entry][0]:
                best[proposal.entry] = (score, proposal)
        ranked = sorted(best.values(), key=lambda item: (-item[0], item[1].entry))
        return [self._scanner.candidate(score, p, tokens) for score, p in ranked[:limit]]

    def _given(self, tokens: Sequence[Token]) -> list[Proposal]:
        """A given name alone, which may be anybody's of that name."""
        if len(tokens) != 1:
            return []
        given = ROLES.index("given")
        return [
            Proposal(
                0, 0, posting.entry, posting.name, (Word(0, "given", hit),), SUPPORTED,
                0.4 * strength(hit), self._analyze.index.entry_hidden[posting.entry] >= 0,
            )
            for hit in self._analyze(tokens[0]).hits
            for posting in self._analyze.index.postings(hit.part)
            if posting.role == given
        ]  # fmt: skip

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
    """The fit of the form, less where only a family name is given that may be anybody's."""
    bare = proposal.standing == SUPPORTED and all(w.role == "family" for w in proposal.words)
    return min(1.0, proposal.score) * (ALONE_FACTOR if bare else 1.0)


def _merged(known: list[Candidate], similar: list[Candidate]) -> list[Candidate]:
    best = {candidate.entry: candidate for candidate in similar}
    for candidate in known:
        if candidate.entry not in best or candidate.score >= best[candidate.entry].score:
            best[candidate.entry] = candidate
    return sorted(best.values(), key=lambda c: (-c.score, c.entry))
