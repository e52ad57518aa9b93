"""Suggestions judged key by key: what each key makes of the state, and nothing else.

A pure function, `press`, from a state and a key to the next state. What entries there are is asked of a
`Known`; what is judged is written elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from vardynas.model import TYPES
from vardynas.suggest.proposals import Suggestion

__all__ = ["HELP", "KEYS", "Judgement", "Known", "State", "default_of", "press"]

KEYS = {
    "a": "accept",
    "d": "distinct",
    "l": "alias",
    "x": "no name",
    "t": "type",
    "s": "skip",
    "u": "undo",
    "q": "quit",
    "?": "help",
}
"""The keys, each with a word for it."""

HELP = (
    "a  accept: the entry, or the spelling, goes into the file",
    "d  distinct: a new entry, and distinct_from on both; of a spelling: not on the entry",
    "l  alias: the names go to an entry that you name by its id or one of its names",
    "x  no name, or no spelling to be listed: never proposed again",
    "t  another type: person, place, organisation, other",
    "s  skip: it comes again the next time, behind the others",
    "u  undo the last judgement, however many",
    "q  quit; every judgement is in the file already",
)
"""What the keys do, a line each."""

ENTER, DELETE, ESCAPE = ("\r", "\n"), ("\x7f", "\b"), "\x1b"


class Judgement(NamedTuple):
    """What was decided about a suggestion.

    `verb` is add (a new entry), names (names for the entry `target`), distinct (a new entry that is not
    `target`), not (names that do not mean `target`), reject or skip.
    """

    verb: str
    suggestion: Suggestion
    target: str = ""


class Known(Protocol):
    """The entries that there are."""

    def near(self, one: Suggestion) -> Sequence[str]:
        """Ids of the entries like a suggestion, best first."""

    def find(self, text: str) -> str | None:
        """The id that is meant by an id or a name; None for none, or several."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a review is: what is judged of `todo`, and what is being asked.

    `type` is the type chosen for the suggestion at hand; `asking` is a verb that wants an entry, of
    which `typed` is what was written so far; `message` is for the person.
    """

    todo: tuple[Suggestion, ...]
    done: tuple[Judgement, ...] = ()
    type: str | None = None
    asking: str = ""
    typed: str = ""
    message: str = ""
    ended: bool = False

    @property
    def current(self) -> Suggestion | None:
        """The suggestion at hand, with its type as chosen; None when all are judged."""
        if len(self.done) == len(self.todo):
            return None
        one = self.todo[len(self.done)]
        if self.type is None:
            return one
        gender = one.gender if self.type == "person" else None
        return replace(one, type=self.type, gender=gender)


def press(state: State, key: str, known: Known) -> State:
    """The state after a key. A key that means nothing changes nothing but the message.

    >>> one = Suggestion("nida", False, None, None, {"lt": ("Nida",)}, 2, (), ())
    >>> after = press(press(State((one,)), "t", None), "a", None)
    >>> [(done.verb, done.suggestion.type) for done in after.done]
    [('add', 'person')]
    """
    if state.ended:
        return state
    state = replace(state, message="")
    if state.asking:
        return _answer(state, key, known)
    key = key.lower()
    if key in _ANYTIME:
        return _ANYTIME[key](state)
    one = state.current
    if key not in KEYS:
        return state if not key.strip() else replace(state, message="That is no key; ? shows them.")
    if one is None:
        return replace(state, message="All are judged: u takes the last back, q quits.")
    return _JUDGING[key](state, one, known)


def _judged(state: State, verb: str, one: Suggestion, target: str = "") -> State:
    done = (*state.done, Judgement(verb, one, target))
    return State(state.todo, done)


# ------------------------------------------------------------------ keys


def _accept(state: State, one: Suggestion, known: Known) -> State:
    return _named(state, one, one.id) if one.extends else _judged(state, "add", one)


def _named(state: State, one: Suggestion, target: str) -> State:
    return _judged(state, "names", one, target)


def _distinct(state: State, one: Suggestion, known: Known) -> State:
    return replace(state, asking="not" if one.extends else "distinct")


def _alias(state: State, one: Suggestion, known: Known) -> State:
    return replace(state, asking="names")


def _type(state: State, one: Suggestion, known: Known) -> State:
    if one.extends:
        return replace(state, message=f"The type is that of {one.id}.")
    at = TYPES.index(one.type) + 1 if one.type else 0
    return replace(state, type=TYPES[at % len(TYPES)])


def _reject(state: State, one: Suggestion, known: Known) -> State:
    return _judged(state, "reject", one)


def _skip(state: State, one: Suggestion, known: Known) -> State:
    return _judged(state, "skip", one)


def _undo(state: State) -> State:
    """The suggestion judged last, at hand again with the type that it was given."""
    if not state.done:
        return State(state.todo, message="There is nothing to undo.")
    last = state.done[-1].suggestion
    changed = last.type != state.todo[len(state.done) - 1].type
    return State(state.todo, state.done[:-1], last.type if changed else None)


def _quit(state: State) -> State:
    return replace(state, ended=True)


def _help(state: State) -> State:
    return replace(state, message="\n".join(HELP))


_ANYTIME: Mapping[str, Callable[[State], State]] = {"u": _undo, "q": _quit, "?": _help}

_JUDGING: Mapping[str, Callable[[State, Suggestion, Known], State]] = {
    "a": _accept,
    "d": _distinct,
    "l": _alias,
    "x": _reject,
    "t": _type,
    "s": _skip,
}


# ------------------------------------------------------------------ answers


def _answer(state: State, key: str, known: Known) -> State:
    if key in ENTER:
        return _entered(state, known)
    if key.startswith(ESCAPE):
        return replace(state, asking="", typed="")
    if key in DELETE:
        return replace(state, typed=state.typed[:-1])
    return replace(state, typed=state.typed + key) if key.isprintable() else state


def _entered(state: State, known: Known) -> State:
    """What was typed is taken for an entry; nothing, for the nearest one."""
    one, asked = state.current, replace(state, asking="", typed="")
    if one is None:  # nothing is asked without a suggestion
        return asked
    text = state.typed.strip()
    target = known.find(text) if text else default_of(state, one, known)
    if target is None:
        said = f"No entry has this id or name alone: {text}" if text else "No entry is near."
        return replace(asked, message=said)
    return _judged(state, state.asking, one, target)


def default_of(state: State, one: Suggestion, known: Known) -> str | None:
    """The entry that is meant when nothing is typed; None for none."""
    if state.asking == "not":
        return one.id
    return next(iter(known.near(one)), None)
