"""House style: how a newsroom, a journal or a library wants names written, as one value and one file.

The file is YAML; every field may be left out::

    to: preferred          # a language tag, preferred (each passage in its own), or id
    strict: false          # true: only listed names, and only in a case that can be told
    only: [person, place]  # ids of entries, or person, place, organisation, other
    ignore: [hrodna]       # the same; wins over `only`
    first_in_full: true    # the first mention of a person gets the given name too
    gloss: en              # first mentions get another name behind: a language tag, or original
    quotations: leave      # or edit: whether direct speech is changed
    language: be           # the language of the texts, where it need not be found out
    decision: precision    # or balanced, recall
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from vardynas.errors import Problem, ProfileError, UnknownEntry, UnknownLanguage
from vardynas.glossary.nodes import ListNode, MapNode, Node, Report, TextNode
from vardynas.glossary.proposals import close, shown
from vardynas.glossary.syntax import decode, parse
from vardynas.language.known import written
from vardynas.language.tag import base_language, canonical, well_formed
from vardynas.model import TYPES

__all__ = ["SPECIAL", "Profile"]

SPECIAL = ("preferred", "id")
"""What `to` can be besides a language tag."""

_CHOICES = {"quotations": ("edit", "leave"), "decision": ("precision", "balanced", "recall")}
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Profile:
    """How names are to be written; `edits` and `normalize` of a resolver take it.

    `only` and `ignore` are ids of entries or types (person, place, organisation, other).
    `first_in_full` writes the full name where a document first mentions a person by the surname;
    `gloss` puts another name in brackets behind the first mention of an entry: its name in a
    language, or the ``original`` that an edit replaced. ``quotations="leave"`` changes no direct
    speech. The other fields are as for `Resolver.edits`.

    Values that cannot be raise `UnknownLanguage` or `ValueError`.

    >>> Profile(to="be", quotations="leave").quotations
    'leave'
    """

    to: str = "preferred"
    strict: bool = False
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    first_in_full: bool = False
    gloss: str = ""
    quotations: str = "edit"
    language: str | None = None
    decision: str = "balanced"

    def __post_init__(self) -> None:
        if self.to not in SPECIAL:
            object.__setattr__(self, "to", canonical(self.to))
        if self.gloss not in ("", "original"):
            object.__setattr__(self, "gloss", canonical(self.gloss))
        for name, known in _CHOICES.items():
            value = getattr(self, name)
            if value not in known:
                listed = ", ".join(known)
                raise ValueError(f"{value!r} is no value of {name}; write one of {listed}.")

    @classmethod
    def load(cls, path: str | Path) -> Profile:
        """The profile in the file at `path`; an empty file gives the defaults.

        `ProfileError` has everything that is wrong with it, by line and column.
        """
        path = Path(path)
        report = Report(str(path))
        text = decode(_read(path), report)
        values = _values(parse(text, report), report) if text is not None else {}
        if report.problems:
            raise ProfileError(tuple(report.problems))
        return cls(**values)

    def with_values(self, **values: object) -> Profile:
        """The profile with other values for some fields; None leaves a field as it is.

        >>> Profile(to="lt").with_values(to=None, strict=True)
        Profile(to='lt', strict=True)
        """
        given: dict[str, Any] = {k: value for k, value in values.items() if value is not None}
        return replace(self, **given) if given else self

    def __repr__(self) -> str:
        """The fields that differ from the defaults."""
        rows = ((f.name, getattr(self, f.name), f.default) for f in fields(self))
        said = ", ".join(f"{name}={value!r}" for name, value, usual in rows if value != usual)
        return f"Profile({said})"

    def covers(self, entry_id: str, entry_type: str) -> bool:
        """Whether `only` and `ignore` let an entry be written.

        >>> Profile(only=("place",), ignore=("hrodna",)).covers("hrodna", "place")
        False
        """
        names = {entry_id, entry_type}
        return (not self.only or bool(names & {*self.only})) and not names & {*self.ignore}

    @property
    def ids(self) -> tuple[str, ...]:
        """The entries that `only` and `ignore` name by their ids."""
        return tuple(one for one in (*self.only, *self.ignore) if one not in TYPES)

    def check(self, entry: Callable[[str], object]) -> None:
        """Raise `UnknownEntry`, with types that look like it, for an id that `entry` does not know."""
        for entry_id in self.ids:
            try:
                entry(entry_id)
            except UnknownEntry as error:
                from difflib import get_close_matches

                types = get_close_matches(entry_id.casefold(), TYPES, n=1)
                raise UnknownEntry(entry_id, (*types, *error.close)) from None

    def check_languages(self, listed: Callable[[], Collection[str]]) -> None:
        """Raise `UnknownLanguage` where nothing can be written in the language of `to` or `gloss`.

        That is one without rules of which `listed`, the languages with names, has none either.
        """
        for tag, special in ((self.to, SPECIAL), (self.gloss, ("original",))):
            if not tag or tag in special or base_language(tag) in written():
                continue
            if base_language(tag) not in {base_language(one) for one in listed()}:
                raise UnknownLanguage(tag, (*written(), *special))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "The file cannot be read"
        problem = Problem(str(path), 0, 0, "missing-file", f"{reason}.", "Check the path.")
        raise ProfileError((problem,)) from None


def _values(root: Node | None, report: Report) -> dict[str, Any]:
    """The values of the fields; what is wrong goes to the report."""
    if root is None:
        return {}
    if not isinstance(root, MapNode):
        report.add(
            root, "wrong-type", "A profile is a list of fields.", "Write to: lt, for example."
        )
        return {}
    known = {field.name: field.default for field in fields(Profile)}
    found: dict[str, Any] = {}
    for key, node in root.pairs:
        if key.text not in known:
            _unknown(key, known, report)
        elif node is not None:
            value = _value(key.text, known[key.text], node, report)
            found |= {} if value is None else {key.text: value}
    return found


def _unknown(key: TextNode, known: dict[str, Any], report: Report) -> None:
    meant = close(key.text, known)
    advice = f"Write {meant} instead." if meant else f"Write one of {', '.join(known)}."
    report.add(key, "unknown-field", f"A profile has no field {shown(key.text)}.", advice)


def _value(name: str, usual: object, node: Node, report: Report) -> Any:  # noqa: ANN401
    """The value of one field; None, with a problem, when it has none that can be."""
    if isinstance(usual, tuple):
        return _list(name, node, report)
    if not isinstance(node, TextNode) or not node.text.strip():
        report.add(
            node, "wrong-type", f"{name} takes one value.", f"Write {name}: {_example(name)}."
        )
        return None
    choices = (*_FLAGS,) if isinstance(usual, bool) else _CHOICES.get(name, ())
    if choices and node.text not in choices:
        meant = close(node.text, choices) or " or ".join(choices)
        message = f"{shown(node.text)} is no value of {name}."
        report.add(node, "bad-value", message, f"Write {meant} instead.")
        return None
    if not choices and not _is_tag(name, node.text):
        message = f"{shown(node.text)} is no language tag."
        report.add(node, "bad-language", message, f"Write {_example(name)}, for example.")
        return None
    return _FLAGS[node.text] if isinstance(usual, bool) else node.text


def _is_tag(name: str, text: str) -> bool:
    special = {"to": SPECIAL, "gloss": ("original",)}.get(name, ())
    return text in special or well_formed(text.replace("_", "-"))


_EXAMPLES = {"to": "preferred or lt", "gloss": "en or original", "language": "be"}


def _example(name: str) -> str:
    return _EXAMPLES.get(name) or _CHOICES.get(name, ("true",))[0]


def _list(name: str, node: Node, report: Report) -> tuple[str, ...] | None:
    items = node.items if isinstance(node, ListNode) else [node]
    texts = [item.text for item in items if isinstance(item, TextNode) and item.text.strip()]
    if len(texts) < len(items):
        message = f"{name} is a list of ids and types."
        report.add(node, "wrong-type", message, f"Write {name}: [person, hrodna], for example.")
        return None
    return tuple(texts)
