"""What texts say about a glossary: names that it does not know, and how they write those it knows.

Texts are read once, one after the other, and what is kept is bounded: when too many different forms
were seen, those that were seen once are forgotten.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import tee
from typing import TYPE_CHECKING, NamedTuple

from vardynas.match.passage_languages import PassageLanguages
from vardynas.model import Failure
from vardynas.text.letters import APOSTROPHES, HYPHENS, MARKS

if TYPE_CHECKING:
    from vardynas.match.mentions import Mentions
    from vardynas.resolver import Resolver

__all__ = ["CONTEXTS", "Form", "Harvest", "Seen", "Spelling"]

MOST = 400_000
"""Different forms that are kept."""

CONTEXTS, AROUND = 3, 40
"""Places kept of each form, and how many characters are shown on each side."""

_LETTERS = [chr(code) for code in (*range(0x41, 0x530), *range(0x1E00, 0x1F00))]
_U = "".join(filter(str.isupper, _LETTERS))
_L = "".join(filter(str.islower, _LETTERS))
_IN = f"[{_L}{_U}{MARKS}{APOSTROPHES}]*"
_word = rf"[{_U}]{_IN}[{_L}]{_IN}"
_between = rf"(?:[ \u00a0\n]|[{HYPHENS}]|[ \n][{_U}]\. ?)(?=[{_U}])"
_runs = re.compile(rf"(?<!\w)(?:[{_U}]\. ?)?{_word}(?:{_between}{_word})*")
_capital_before = re.compile(rf"(?<!\w){_word}[ \u00a0]\Z")
_capital_behind = re.compile(rf"[ \u00a0]{_word}")
_small = re.compile(rf"(?<!\w)[{_L}]+(?!\w)").findall
_begins = re.compile(
    r"(?:[.!?…:;•*]|\n[ \t]*\n|\A)[\s\"'„“”«»‘’(\[—–-]*\Z|[\n][\s\"'„“”«»(\[—–-]*\Z"
)
_quoted = re.compile(r"[\"„“”«»‘]\Z")
_wrapped = re.compile(r"[^\W\d_],?\n\Z")


class Form(NamedTuple):
    """A name as it stands in texts of a language."""

    text: str
    language: str


class Spelling(NamedTuple):
    """How texts in a language write an entry in a way that is neither listed nor derived."""

    text: str
    entry: str
    language: str


@dataclass(slots=True)
class Seen:
    """How often a form was seen, how often surely not as the beginning of a sentence, and where."""

    count: int = 0
    inside: int = 0
    contexts: list[str] = field(default_factory=list)

    def add(self, text: str, start: int, end: int, *, inside: bool) -> None:
        """Counts one more."""
        self.count += 1
        self.inside += inside
        if len(self.contexts) < CONTEXTS:
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            self.contexts.append(" ".join(f"{before}[{text[start:end]}]{after}".split()))

    def narrowed(self, text: str, part: str) -> Seen:
        """The same of a part of the form: the brackets of the places stand around it alone."""
        before, _, after = text.partition(part)
        contexts = [one.replace(f"[{text}]", f"{before}[{part}]{after}") for one in self.contexts]
        return Seen(self.count, self.inside, contexts)

    def joined(self, other: Seen) -> Seen:
        """Both together."""
        contexts = [*self.contexts, *other.contexts][:CONTEXTS]
        return Seen(self.count + other.count, self.inside + other.inside, contexts)


class Harvest:
    """Collects from texts with a resolver.

    >>> import vardynas
    >>> harvest = Harvest(vardynas.load())
    >>> harvest.add("O Grodnie mówił wczoraj Jan Krzyżelewicz.")
    >>> [form.text for form in harvest.unknown]
    ['Jan Krzyżelewicz']
    """

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._known: set[tuple[str, str]] = set()
        self.unknown: dict[Form, Seen] = {}
        self.spellings: dict[Spelling, Seen] = {}
        self.small: Counter[str] = Counter()
        self.letters = 0

    def add(self, text: str) -> None:
        """Reads a text, which is one context."""
        self._take(text, self._resolver.scan(text))

    def add_many(self, texts: Iterable[str]) -> None:
        """Reads texts, each of which is a context: the same as one after the other, but far sooner."""
        one, other = tee(texts)
        for text, mentions in zip(one, self._resolver.scan_many(other), strict=True):
            if isinstance(mentions, Failure):
                self.add(text)  # raises what went wrong
            else:
                self._take(text, mentions)

    def _take(self, text: str, mentions: Mentions) -> None:
        self.letters += len(text)
        self.small.update(_small(text))
        languages = PassageLanguages(text, None)
        taken = []
        for at, (start, end, entry) in enumerate(mentions.spans):
            surface = " ".join(text[start:end].split())
            if entry is None or (surface, entry) in self._known or mentions[at].method != "similar":
                self._known.add((surface, entry or ""))
                taken.append((start, end))
            elif _stands_alone(text, start, end):
                spelling = Spelling(surface, entry, mentions[at].language)
                self.spellings.setdefault(spelling, Seen()).add(text, start, end, inside=True)
                taken.append((start, end))
        for start, end in _free(text, taken):
            form = Form(" ".join(text[start:end].split()), languages(start))
            self.unknown.setdefault(form, Seen()).add(
                text, start, end, inside=not _begins_sentence(text, start)
            )
        self._forget()

    def _forget(self) -> None:
        """Forgets what was seen once, when there is too much."""
        if len(self.unknown) > MOST:
            self.unknown = {form: seen for form, seen in self.unknown.items() if seen.count > 1}
        if len(self.small) > MOST:
            self.small = Counter({word: count for word, count in self.small.items() if count > 1})
        if len(self._known) > MOST:
            self._known.clear()


def _free(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The runs of words in capitals that touch no mention."""
    spans = iter([*taken, (len(text) + 1, len(text) + 1)])
    start, end = next(spans)
    for run in _runs.finditer(text):
        while end <= run.start():
            start, end = next(spans)
        if start >= run.end():
            yield run.span()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no other word with a capital stands beside, with which it would be another name."""
    before = _capital_before.search(text[max(0, start - 40) : start])
    if before and not _begins_sentence(text, max(0, start - 40) + before.start()):
        return False
    return _capital_behind.match(text, end) is None


def _begins_sentence(text: str, start: int) -> bool:
    """Whether a capital is due here for another reason than a name."""
    before = text[max(0, start - 12) : start]
    if _wrapped.search(before):
        return False
    return bool(_begins.search(before)) or bool(_quoted.search(before))
