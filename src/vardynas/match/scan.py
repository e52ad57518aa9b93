"""Names in running text: from a text to its mentions.

A text is cut into the stretches in which names can stand, and each stretch is resolved once and
remembered. `Scanner.whole` reads every token of a text instead: it is what the stretches must agree
with, and reads the few texts that cannot be cut.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from vardynas.errors import no_text
from vardynas.match.analysis import Analyzer
from vardynas.match.mentions import NOBODY, Mentions
from vardynas.match.passage_languages import PassageLanguages, Told
from vardynas.match.people import PersonFinder
from vardynas.match.proposal import Proposal
from vardynas.match.resolution import Resolved, resolve
from vardynas.match.scores import lead, probabilities
from vardynas.match.steps import proposal_steps, readings
from vardynas.match.stretches import Stretches
from vardynas.model import Candidate, Mention
from vardynas.text.tokens import Token, tokenize

if TYPE_CHECKING:  # a name alone is looked up without what cuts texts
    from vardynas.match.batches import Batches
    from vardynas.match.chunks import Chunks
    from vardynas.match.cuts import Cut
    from vardynas.match.described import Describe, Memory
    from vardynas.match.together import Together

__all__ = ["Scanner"]

LONG = 1 << 16
"""Characters from which on a text is cut by arrays, which takes the time of loading numpy once."""


class _Way:
    """What is remembered of scans, with misspelt names or without."""

    def __init__(
        self, analyze: Analyzer, people: PersonFinder, similar: bool, describe: Describe
    ) -> None:
        self._analyze, self._similar = analyze, similar
        self._describe = describe
        self.stretches = Stretches(analyze, people, similar)

    @cached_property
    def memory(self) -> Memory:
        from vardynas.match.described import Memory

        return Memory(self.stretches, self._describe)

    @cached_property
    def chunks(self) -> Chunks:
        from vardynas.match.chunks import Chunks

        return Chunks(self._analyze, self._similar)

    @cached_property
    def batches(self) -> Batches:
        from vardynas.match.batches import Batches

        return Batches(self.chunks)

    @cached_property
    def together(self) -> Together:
        from vardynas.match.together import Together

        return Together(self.stretches)


class Scanner:
    """Scans texts with one index; what was learned of words and stretches is shared by all texts."""

    def __init__(self, analyze: Analyzer) -> None:
        self.analyze = analyze
        self._people = PersonFinder(analyze, analyze.titles)
        self._ways = {
            similar: _Way(analyze, self._people, similar, self.mention) for similar in (False, True)
        }

    def scan(
        self,
        text: str,
        language: str | None = None,
        *,
        similar: bool = True,
        threshold: float = 0.0,
        told: Sequence[Told] = (),
    ) -> Mentions:
        """The mentions of `text`; empty when there is none. `language` is a hint.

        Mentions whose best candidate is less likely than `threshold` are left out; `told` are spans
        whose language is known.
        """
        if not isinstance(text, str):
            raise no_text(text)
        if len(text) >= LONG and not told:
            return self.scan_batch([text], language, similar=similar, threshold=threshold)[0]
        return self._alone(text, language, similar, threshold, told)

    def scan_batch(
        self,
        texts: Sequence[str],
        language: str | None = None,
        *,
        similar: bool = True,
        threshold: float = 0.0,
    ) -> list[Mentions]:
        """The mentions of each text, as `scan` finds them; made for texts by the hundred."""
        from vardynas.match.batches import BORDER

        fit = [BORDER not in text and self.can_cut(text, language) for text in texts]
        kept = [text for text, ok in zip(texts, fit, strict=True) if ok]
        found = iter(self._together(kept, language, self._ways[similar], threshold))
        return [
            next(found) if ok else self._alone(text, language, similar, threshold)
            for text, ok in zip(texts, fit, strict=True)
        ]

    def _alone(
        self,
        text: str,
        language: str | None,
        similar: bool,
        threshold: float,
        told: Sequence[Told] = (),
    ) -> Mentions:
        """The mentions of one text, without arrays."""
        if not self.can_cut(text, language):
            return self.whole(text, language, similar=similar, threshold=threshold, told=told)
        from vardynas.match.cuts import cut

        way = self._ways[similar]
        languages = PassageLanguages(text, language, told)
        return self._assembled(text, cut(text, way.chunks), languages, way, threshold)

    def _together(
        self, texts: Sequence[str], language: str | None, way: _Way, threshold: float
    ) -> Iterator[Mentions]:
        """The mentions of each text from the stretches of all."""
        if not texts:
            return
        from vardynas.match.reader import BatchReader

        rows = way.batches.cut(texts)
        whole = way.together(texts, rows, language, threshold)
        reader = BatchReader(texts, rows, whole, language, way.memory)
        for document, (first, last) in enumerate(pairwise(whole.bounds)):
            columns = whole.columns[3 * first : 3 * last]
            yield Mentions(columns, self.analyze.entry_id, partial(reader, document))

    def can_cut(self, text: str, language: str | None) -> bool:
        """Whether stretches of `text` can be told apart: not in tables, not in unknown languages."""
        return "\t" not in text and (language is None or language in self.analyze.languages)

    def _assembled(
        self,
        text: str,
        found: Sequence[Cut],
        languages: PassageLanguages,
        way: _Way,
        threshold: float,
    ) -> Mentions:
        """The mentions of `text` from its stretches."""
        if not found:
            return Mentions((), self.analyze.entry_id, _nothing)
        from vardynas.match.assembly import Assembly
        from vardynas.match.reader import TextReader

        parts = Assembly(text, found, way.stretches, languages, threshold)

        reader = TextReader(found, parts, languages, way.memory)
        return Mentions(parts.columns, self.analyze.entry_id, reader)

    def unpacked(self, packed: bytes, build: Callable[[int], Mention]) -> Mentions:
        """The mentions that another process found and `Mentions.packed` sent."""
        return Mentions(array("i", packed), self.analyze.entry_id, build)

    def whole(
        self,
        text: str,
        language: str | None = None,
        *,
        similar: bool = True,
        threshold: float = 0.0,
        told: Sequence[Told] = (),
    ) -> Mentions:
        """The same as `scan`, from every token of the text."""
        tokens, languages, resolved = self._resolved(text, language, similar, told)
        if threshold:
            resolved = [r for r in resolved if r.ambiguous or probabilities(r)[0] >= threshold]

        def build(at: int) -> Mention:
            row = resolved[at]
            return self.mention(text, tokens, row, languages(tokens[row.first].start))

        columns: list[int] = []
        for row in resolved:
            entry = NOBODY if row.ambiguous else row.ranked[0][1].entry
            columns += (tokens[row.first].start, tokens[row.last].end, entry)
        return Mentions(columns, self.analyze.entry_id, build)

    def families(
        self, text: str, language: str | None = None
    ) -> Iterator[tuple[int, int, str, str]]:
        """Family names in the plural: start, end, the id of one who bears it, and the listed name."""
        from vardynas.match.plurals import plural_families

        tokens, languages = tokenize(text), PassageLanguages(text, language)
        proposals = self.proposals(tokens, False)
        index = self.analyze.index
        for start, end, best in plural_families(
            tokens, proposals, index.entry_type, lambda at: languages(tokens[at].start)
        ):
            yield start, end, self.analyze.entry_id(best.entry), index.name_text(best.name)

    def raw(self, text: str, language: str | None = None) -> Iterator[tuple[Mention, float, float]]:
        """Each mention with its raw score and its lead, which calibration is fitted on."""
        tokens, _, resolved = self._resolved(text, language, True)
        for row in resolved:
            yield self.mention(text, tokens, row, "und"), row.ranked[0][0], lead(row, 0)

    def _resolved(
        self, text: str, language: str | None, similar: bool, told: Sequence[Told] = ()
    ) -> tuple[list[Token], PassageLanguages, list[Resolved]]:
        tokens = tokenize(text)
        languages = PassageLanguages(text, language, told)
        proposals = self.proposals(tokens, similar)
        resolved = resolve(proposals, tokens, self.analyze, lambda at: languages(tokens[at].start))
        return tokens, languages, resolved

    def proposals(self, tokens: Sequence[Token], similar: bool = True) -> Iterator[Proposal]:
        """Everything that the tokens may name."""
        return self._ways[similar].stretches.proposals(tokens)

    def mention(self, text: str, tokens: Sequence[Token], row: Resolved, language: str) -> Mention:
        """A resolved span with all that is known about it."""
        start, end = tokens[row.first].start, tokens[row.last].end
        best = row.ranked[0][1]
        candidates = tuple(
            self.candidate(score, proposal, tokens, licensed=True)
            for score, (_, proposal) in zip(probabilities(row), row.ranked, strict=True)
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
            self.analyze.entry_id(proposal.entry),
            round(score, 4),
            proposal.method,
            index.name_text(proposal.name),
            index.name_language(proposal.name),
            steps,
        )


def _nothing(at: int) -> Mention:
    raise IndexError(at)
