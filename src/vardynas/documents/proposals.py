"""What is to be changed in a document: its mentions and edits, context by context."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from vardynas.model import Edit, Mention

if TYPE_CHECKING:
    from vardynas.documents.formats import Opened
    from vardynas.render.profile import Profile
    from vardynas.render.seen import Decisions
    from vardynas.resolver import Resolver

__all__ = ["Proposals", "Proposer", "contexts_of", "languages_of"]

KEPT = 4096
"""Short texts whose proposals are remembered: the cells of tables repeat."""

SHORT = 200
"""Letters up to which a text is short."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """The mentions of a text and the edits proposed for some of them, both in its order."""

    mentions: Sequence[Mention]
    edits: Sequence[Edit]

    @property
    def ambiguous(self) -> list[Mention]:
        """The mentions that two entries fit equally well; they are never edited."""
        return [mention for mention in self.mentions if mention.entry is None]

    def behind(self, edit: Edit) -> Mention | None:
        """The mention that `edit` writes another way; None where nothing was found there."""
        at = bisect_right(self.mentions, edit.start, key=lambda mention: mention.end)
        touching = takewhile(lambda mention: mention.start < edit.end, self.mentions[at : at + 3])
        return next((mention for mention in touching if mention.entry == edit.entry), None)

    def moved(self, by: int) -> Proposals:
        """The same for a text that begins `by` letters later."""
        return Proposals(
            [one.moved(by) for one in self.mentions],
            [replace(one, start=one.start + by, end=one.end + by) for one in self.edits],
        )


class Proposer:
    """Proposes edits in the style of a profile, for texts and for documents of several contexts.

    >>> import vardynas
    >>> from vardynas.render.profile import Profile
    >>> proposer = Proposer(vardynas.load(), Profile(to="lt"))
    >>> [edit.replacement for edit in proposer.of_text("Jechał z Grodna do Wilna.").edits]
    ['Gardino', 'Vilniaus']
    """

    def __init__(self, resolver: Resolver, profile: Profile) -> None:
        profile.check(resolver.__getitem__)
        self._resolver = resolver
        self._profile = profile
        self._short = lru_cache(KEPT)(self._ask)
        self._decisions: Decisions | None = None

    def __reduce__(self) -> tuple[type[Proposer], tuple[Resolver, Profile]]:
        return Proposer, (self._resolver, self._profile)

    def of_text(self, text: str) -> Proposals:
        """What is proposed for a text that is one context."""
        return self._short(text) if len(text) <= SHORT else self._ask(text)

    def of_document(self, opened: Opened) -> Proposals:
        """What is proposed for a document; its rows, where it has any, know nothing of each other."""
        mentions: list[Mention] = []
        edits: list[Edit] = []
        for start, end in contexts_of(opened):
            silent = _silences_of(opened, start, end)
            languages = languages_of(opened, start, end)
            text = opened.text[start:end]
            plain = not (silent or languages)
            found = self.of_text(text) if plain else self._ask(text, silent, languages)
            moved = found.moved(start) if start and found.mentions else found
            mentions += moved.mentions
            edits += moved.edits
        return Proposals(mentions, edits)

    def identify(self, text: str) -> str | None:
        """The entry that a text names as a whole, the cell of a table; None when it names none."""
        found = self._resolver.resolve(
            text, self._profile.language, decision=self._profile.decision
        )
        return found.entry if found else None

    def _ask(
        self,
        text: str,
        silent: Sequence[tuple[int, int]] = (),
        languages: Sequence[tuple[int, int, str]] = (),
    ) -> Proposals:
        from vardynas.render.edits import plan
        from vardynas.render.seen import Decisions

        profile = self._profile
        decisions = self._decisions = self._decisions or Decisions(profile.to, profile.strict)
        mentions = self._resolver.scan(
            text, profile.language, decision=profile.decision, languages=languages
        )
        edits = plan(self._resolver.__getitem__, mentions, text, profile, silent, decisions)
        return Proposals(mentions, edits)


def _silences_of(opened: Opened, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of ``opened.text[start:end]`` that comments of the document ask to leave alone."""
    spans: Sequence[tuple[int, int]] = getattr(opened, "silences", ())
    return [(one - start, last - start) for one, last in spans if one < end and last > start]


def languages_of(opened: Opened, start: int, end: int) -> list[tuple[int, int, str]]:
    """The spans of ``opened.text[start:end]`` whose language the document says, with it."""
    spans: Sequence[tuple[int, int, str]] = getattr(opened, "languages", ())
    return [
        (max(0, one - start), min(last, end) - start, language)
        for one, last, language in spans
        if one < end and last > start
    ]


def contexts_of(opened: Opened) -> Sequence[tuple[int, int]]:
    """The spans of `opened.text` that are contexts of their own: the rows of a table, or all of it."""
    spans: Sequence[tuple[int, int]] = getattr(opened, "contexts", ((0, len(opened.text)),))
    return spans
