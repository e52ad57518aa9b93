"""Names in running text: tokens, proposals, resolution, mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

from vardynas.match.analysis import Analyzer
from vardynas.match.calibration import LEAD, scan_score
from vardynas.match.people import PersonFinder
from vardynas.match.proposal import Proposal
from vardynas.match.resolution import Resolved, resolve
from vardynas.match.sequences import find_sequences
from vardynas.match.steps import proposal_steps, readings
from vardynas.model import METHODS, Candidate, Mention
from vardynas.text.passages import passages
from vardynas.text.tokens import Token, tokenize

__all__ = ["Mentions", "Scanner"]


STEP = 0.1
"""What one step from exact to inflected to derived to similar adds to the lead of a candidate."""


class Mentions(Sequence[Mention]):
    """The mentions of a text in its order; each is built when it is asked for."""

    def __init__(self, count: int, build: Callable[[int], Mention]) -> None:
        self._count = count
        self._build = build
        self._built: dict[int, Mention] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Mention: ...
    @overload
    def __getitem__(self, at: slice) -> list[Mention]: ...
    def __getitem__(self, at: int | slice) -> Mention | list[Mention]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(self._count))]
        at = range(self._count)[at]
        if at not in self._built:
            self._built[at] = self._build(at)
        return self._built[at]

    def __iter__(self) -> Iterator[Mention]:
        return (self[i] for i in range(self._count))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __repr__(self) -> str:
        return f"[{', '.join(map(repr, self))}]"

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)


class Scanner:
    """Scans texts with one index; analyses of tokens are shared by all texts."""

    def __init__(self, analyze: Analyzer) -> None:
        self.analyze = analyze
        self._people = PersonFinder(analyze, analyze.titles)

    def scan(
        self,
        text: str,
        language: str | None = None,
        *,
        similar: bool = True,
        threshold: float = 0.0,
    ) -> Mentions:
        """The mentions of `text`; empty when there is none. `language` is a hint.

        Mentions whose best candidate is less likely than `threshold` are left out.
        """
        tokens = tokenize(text)
        languages = _Languages(text, language)

        def language_at(token: int) -> str:
            return languages(tokens[token].start)

        proposals = self.proposals(tokens, similar)
        resolved = resolve(proposals, tokens, self.analyze, language_at)
        if threshold:
            resolved = [r for r in resolved if r.ambiguous or _probabilities(r)[0] >= threshold]

        def build(at: int) -> Mention:
            row = resolved[at]
            return self._mention(text, tokens, row, language_at(row.first))

        return Mentions(len(resolved), build)

    def raw(self, text: str, language: str | None = None) -> Iterator[tuple[Mention, float, float]]:
        """Each mention with its raw score and its lead, which calibration is fitted on."""
        tokens = tokenize(text)
        languages = _Languages(text, language)
        resolved = resolve(
            self.proposals(tokens), tokens, self.analyze, lambda at: languages(tokens[at].start)
        )
        for row in resolved:
            yield self._mention(text, tokens, row, "und"), row.ranked[0][0], _lead(row, 0)

    def proposals(self, tokens: Sequence[Token], similar: bool = True) -> Iterator[Proposal]:
        """Everything that the tokens may name."""
        yield from find_sequences(tokens, self.analyze, similar=similar)
        yield from self._people.find(tokens, similar=similar)

    def _mention(self, text: str, tokens: Sequence[Token], row: Resolved, language: str) -> Mention:
        start, end = tokens[row.first].start, tokens[row.last].end
        best = row.ranked[0][1]
        candidates = tuple(
            self.candidate(score, proposal, tokens, licensed=True)
            for score, (_, proposal) in zip(_probabilities(row), row.ranked, strict=True)
        )
        return Mention(
            start,
            end,
            text[start:end],
            None if row.ambiguous else candidates[0].entry,
            candidates[0].score,
            best.method,
            language,
            candidates,
            readings(best, tokens),
        )

    def candidate(
        self, score: float, proposal: Proposal, tokens: Sequence[Token], *, licensed: bool = False
    ) -> Candidate:
        """A proposal as a candidate."""
        index = self.analyze.index
        steps = proposal_steps(proposal, tokens, licensed=licensed)
        return Candidate(
            index.entry_ids[proposal.entry],
            round(score, 4),
            proposal.method,
            index.name_text(proposal.name),
            index.name_language(proposal.name),
            steps,
        )


def _probabilities(row: Resolved) -> list[float]:
    """How likely each candidate is meant; never more than 1 together."""
    found = [
        scan_score(score, proposal.method, _lead(row, i))
        for i, (score, proposal) in enumerate(row.ranked)
    ]
    total = sum(found)
    return [p / total for p in found] if total > 1 else found


def _lead(row: Resolved, at: int) -> float:
    """The lead of a candidate over the best other one; a weaker method counts as further behind."""
    score, proposal = row.ranked[at]
    rank = METHODS.index(proposal.method)
    others = [
        other - STEP * (METHODS.index(rival.method) - rank)
        for i, (other, rival) in enumerate(row.ranked)
        if i != at
    ]
    return score - max(others, default=score - LEAD)


class _Languages:
    """The language of each passage of a text, identified when asked for."""

    def __init__(self, text: str, hint: str | None) -> None:
        self._text = text
        self._hint = hint
        self._passages: list[tuple[int, int]] | None = None
        self._starts: list[int] = []
        self._known: dict[int, str] = {}

    def __call__(self, at: int) -> str:
        if self._hint is not None:
            return self._hint
        if self._passages is None:
            self._passages = passages(self._text)
            self._starts = [start for start, _ in self._passages]
        place = bisect_right(self._starts, at) - 1
        if place < 0 or at >= self._passages[place][1]:
            return "und"
        if place not in self._known:
            from vardynas.language.identify import identify

            start, end = self._passages[place]
            self._known[place] = identify(self._text[start:end])
        return self._known[place]
