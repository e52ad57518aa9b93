"""What can be asked of a column: three small values, without any engine, that pickle.

Each answers many texts at once, in order, with what Python has for it: text, dictionaries, lists. A
text that fails gives a `Failure` and leaves the others alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from vardynas.errors import BadValue, UnknownLanguage
from vardynas.model import Candidate, Entry, Failure, Mention

if TYPE_CHECKING:
    from vardynas.render.profile import Profile
    from vardynas.resolver import Resolver

__all__ = ["Answer", "Normalize", "Question", "Resolve", "Scan", "check_language"]

MOST = 5
"""Entries that are named where several fit."""

T = TypeVar("T")
Answer = str | Mapping[str, Any] | list[dict[str, Any]] | None


class Question(Protocol):
    """What is asked of every text of a column."""

    def check(self, resolver: Resolver) -> None:
        """Raise what is wrong with the question before any text is read."""

    def answers(self, resolver: Resolver, texts: Sequence[str]) -> Iterator[Answer | Failure]:
        """The answer for each text, in order."""


@dataclass(frozen=True, slots=True)
class Normalize:
    """Every text with its names written one way, as `Resolver.normalize` does.

    >>> import vardynas
    >>> texts = ["Jechał z Grodna do Wilna.", "Nic."]
    >>> list(Normalize(to="lt").answers(vardynas.load(), texts))
    ['Jechał z Gardino do Vilniaus.', 'Nic.']
    """

    to: str | None = None
    profile: Profile | Mapping[str, Any] | None = None
    language: str | None = None
    strict: bool | None = None
    decision: str | None = None

    def __post_init__(self) -> None:
        from vardynas.render.profile import Profile

        if self.profile is not None:
            object.__setattr__(self, "profile", Profile.of(self.profile))

    @property
    def style(self) -> Profile:
        """The house style, the other fields put before those of `profile`."""
        from vardynas.render.profile import Profile

        return Profile.of(self.profile).with_values(
            to=self.to, language=self.language, strict=self.strict, decision=self.decision
        )

    def check(self, resolver: Resolver) -> None:
        """Raise `UnknownLanguage`, `UnknownEntry` or `BadValue` for a style that cannot be."""
        _check_style(self.style, resolver)

    def answers(self, resolver: Resolver, texts: Sequence[str]) -> Iterator[str | Failure]:
        """The texts as they are to be written."""
        from vardynas.render.edits import plan
        from vardynas.render.replace import apply
        from vardynas.render.seen import Decisions

        style = self.style
        decisions = Decisions(style.to, style.strict)

        def written(text: str, mentions: Sequence[Mention]) -> str:
            return apply(
                text, plan(resolver.__getitem__, mentions, text, style, decisions=decisions)
            )

        found = resolver.scan_many(texts, style.language, decision=style.decision)
        yield from _read(written, texts, found, lambda text: text)


@dataclass(frozen=True, slots=True)
class Resolve:
    """The entry that each text names as a whole, as `Resolver.resolve` does, as a dictionary.

    None when nothing is likely enough. `candidates` has the one entry, or those that are too close
    to choose between; then `id`, `name` and `method` are None. `name` is the listed name that fits
    or, with `to`, the entry's name in that language.

    >>> import vardynas
    >>> [one["name"] for one in Resolve(to="lt").answers(vardynas.load(), ["Вільню"])]
    ['Vilnius']
    """

    to: str | None = None
    language: str | None = None
    decision: str = "balanced"

    def check(self, resolver: Resolver) -> None:
        """Raise `UnknownLanguage` or `BadValue` for what cannot be asked."""
        from vardynas.render.profile import SPECIAL, Profile

        if self.to in SPECIAL:
            raise BadValue("to", self.to, "resolve takes a language tag such as lt.")
        _check_decision(self.decision)
        _check_style(Profile().with_values(to=self.to, language=self.language), resolver)

    def answers(
        self, resolver: Resolver, texts: Sequence[str]
    ) -> Iterator[dict[str, Any] | Failure | None]:
        """Who is meant by each text."""
        for text in texts:
            yield _tried(self._answer, resolver, text)

    def _answer(self, resolver: Resolver, text: str) -> dict[str, Any] | None:
        from vardynas.match.choice import choices, threshold_of

        threshold = threshold_of(self.decision)
        found = choices(resolver.lookup(text, self.language, 2), threshold)
        if len(found) > 1:
            found = choices(resolver.lookup(text, self.language, MOST), threshold)
        if not found:
            return None
        only = found[0] if len(found) == 1 else None
        return {
            "id": only and only.entry,
            "name": only and self._name(resolver, only),
            "score": found[0].score,
            "method": only and only.method,
            "candidates": [one.entry for one in found],
        }

    def _name(self, resolver: Resolver, found: Candidate) -> str | None:
        return found.name if self.to is None else _written(resolver[found.entry], self.to)


@dataclass(frozen=True, slots=True)
class Scan:
    """The mentions of each text, as `Resolver.scan` finds them, as dictionaries.

    Offsets are code points, end exclusive. `id` and `name` are None where several entries fit;
    `candidates` has them. `evidence` adds sentences on the first of them.

    >>> import vardynas
    >>> found = next(Scan().answers(vardynas.load(), ["Jechał z Grodna do Wilna."]))
    >>> [(one["start"], one["text"], one["id"]) for one in found]
    [(9, 'Grodna', 'hrodna'), (19, 'Wilna', 'vilnius')]
    """

    language: str | None = None
    decision: str = "balanced"
    similar: bool = True
    evidence: bool = False

    def check(self, resolver: Resolver) -> None:
        """Raise `UnknownLanguage` or `BadValue` for what cannot be asked."""
        from vardynas.render.profile import Profile

        for name in ("similar", "evidence"):
            if not isinstance(getattr(self, name), bool):
                raise BadValue(name, getattr(self, name), "write True or False.")
        _check_decision(self.decision)
        _check_style(Profile().with_values(language=self.language), resolver)

    def answers(
        self, resolver: Resolver, texts: Sequence[str]
    ) -> Iterator[list[dict[str, Any]] | Failure]:
        """The mentions of each text, in its order."""
        found = resolver.scan_many(
            texts, self.language, similar=self.similar, decision=self.decision
        )
        yield from _read(lambda _, mentions: list(map(self._row, mentions)), texts, found, _none)

    def _row(self, mention: Mention) -> dict[str, Any]:
        several = [one.entry for one in mention.candidates]
        row: dict[str, Any] = {
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "id": mention.entry,
            "name": None if mention.ambiguous else mention.name,
            "score": mention.score,
            "method": mention.method,
            "language": mention.language,
            "candidates": several if mention.entry is None else [mention.entry],
        }
        if self.evidence:
            best = mention.candidates[0].evidence if mention.candidates else ()
            row["evidence"] = list(map(str, best))
        return row


def _none(_: str) -> list[dict[str, Any]]:
    return []


def _read(
    read: Callable[[str, Sequence[Mention]], T],
    texts: Sequence[str],
    found: Iterator[Sequence[Mention] | Failure],
    without: Callable[[str], T],
) -> Iterator[T | Failure]:
    """What `read` makes of each text and its mentions, `without` of those that have none."""
    for text, mentions in zip(texts, found, strict=True):
        if isinstance(mentions, Failure):
            yield mentions
        else:
            yield _tried(read, text, mentions) if mentions else without(text)


def _tried(ask: Callable[..., T], *given: Any) -> T | Failure:  # noqa: ANN401
    try:
        return ask(*given)
    except Exception as error:  # one text must not cost the answers for the others
        return Failure(0, str(error) or type(error).__name__, type(error).__name__)


def _check_style(style: Profile, resolver: Resolver) -> None:
    def listed() -> set[str]:
        return {tag for one in resolver.entries.values() for tag in one.names}

    style.check(resolver.__getitem__)
    style.check_languages(listed)
    if style.language is not None:
        check_language(style.language, listed)


def check_language(tag: str, listed: Callable[[], Iterable[str]]) -> None:
    """Raise `UnknownLanguage` for a hint that is none: nothing is known of texts in it.

    That is a language without tables of which `listed`, the languages with names, has none either.

    >>> check_language("be-tarask", tuple)
    >>> check_language("zz", tuple)
    Traceback (most recent call last):
    ...
    vardynas.errors.UnknownLanguage: 'zz' is not a language tag that can be used here. Write one of \
lt, pl, en, be-Latn, be, ru, uk, lv.
    """
    from vardynas.language.known import tabled
    from vardynas.language.tag import base_language, canonical

    language = base_language(canonical(tag))
    if language not in tabled() and language not in map(base_language, listed()):
        raise UnknownLanguage(tag, tabled())


def _check_decision(decision: str) -> None:
    from vardynas.match.calibration import THRESHOLDS

    if not isinstance(decision, str) or decision not in THRESHOLDS:
        raise BadValue("decision", decision, f"write one of {', '.join(THRESHOLDS)}.")


def _written(entry: Entry, language: str) -> str | None:
    """The name of an entry in a language, listed or derived; None when there is neither."""
    from vardynas.render.target import find_target

    target = find_target(entry, language)
    return target.name.form if target else None
