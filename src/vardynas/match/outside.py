"""What the rest of a document says about names in one stretch of it.

A stretch of text is resolved by itself; where its outcome can hang on other names of the document it
asks. The questions are few: does the entry stand firmly elsewhere, is it named in full elsewhere, whose
full name with the same family name stands nearest before, who else bears it. `Alone` answers no to all
of them and notes who asked; `Known` answers from what the document's other stretches told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from vardynas.match.proposal import ALONE, Proposal

__all__ = ["Alone", "Answer", "Known", "Outside", "Question", "question"]


class Question(NamedTuple):
    """What the proposal at token `at` hangs on.

    That is its entry, the parts of its family name, and whether the name may stand alone.
    """

    at: int
    entry: int
    parts: tuple[int, ...]
    alone: bool


class Answer(NamedTuple):
    """Whether the entry stands firmly or in full elsewhere; the owner of the nearest full name.

    `owner` is None when no full name stands before, -1 when it is nobody's of the glossary. `witness`
    says whether an entry stands elsewhere that the description of this one names. `own` says whether
    the entry is named in full before, `rival` whether another with the same family name is.
    """

    firm: bool = False
    full: bool = False
    owner: int | None = None
    witness: bool = False
    own: bool = False
    rival: bool = False


NOTHING = Answer()


def question(proposal: Proposal) -> Question:
    """The question that a proposal puts to the rest of its document."""
    alone = proposal.standing == ALONE
    return Question(proposal.first, proposal.entry, proposal.families, alone)


class Outside(Protocol):
    """Whoever answers the questions of a stretch of text; equal `answers` are equal outsides."""

    answers: tuple[tuple[Question, Answer], ...]

    def ask(self, proposal: Proposal) -> Answer:
        """What the rest of the document says for `proposal`."""

    def witness(self, proposal: Proposal) -> bool:
        """Whether a name stands elsewhere that the description of the entry has."""


class Alone:
    """A document that consists of the stretch alone.

    Every question is in `asked`; in `about` are those that descriptions may answer.
    """

    def __init__(self) -> None:
        self.answers: tuple[tuple[Question, Answer], ...] = ()
        self.asked: dict[Question, None] = {}
        self.about: set[Question] = set()

    def ask(self, proposal: Proposal) -> Answer:
        """Nothing is known; the question is noted."""
        self.asked[question(proposal)] = None
        return NOTHING

    def witness(self, proposal: Proposal) -> bool:
        """Nobody is; the question is noted."""
        self.about.add(question(proposal))
        return self.ask(proposal).witness


class Known:
    """The answers that the other stretches of a document gave; equal answers make equal values."""

    def __init__(self, answers: Iterable[tuple[Question, Answer]]) -> None:
        self.answers = tuple(answers)
        self._by_question = dict(self.answers)

    def ask(self, proposal: Proposal) -> Answer:
        """The answer to the question of `proposal`; nothing when it was not foreseen."""
        return self._by_question.get(question(proposal), NOTHING)

    def witness(self, proposal: Proposal) -> bool:
        """The answer to the question of `proposal`."""
        return self.ask(proposal).witness
