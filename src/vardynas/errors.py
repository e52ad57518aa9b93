"""Every error that vardynas raises on purpose.

::

    VardynasError
    ├── GlossaryError            problems: all of them, each with path, line, column, code
    ├── ProfileError             problems of a file of house style
    ├── ExchangeError            problems of a file that is imported
    ├── UnknownEntry (KeyError)  entry_id, close
    ├── UnknownLanguage (ValueError)
    ├── BadValue (ValueError)    name, value, advice: of a field of a house style
    ├── DocumentError            path, reason
    ├── ColumnError (ValueError) column, row, reason
    └── MissingExtra (ImportError)

Not errors: no candidate (an empty list) and ambiguity (`Mention.ambiguous`).
All of them carry fields and pickle.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "BadValue",
    "ColumnError",
    "DocumentError",
    "ExchangeError",
    "GlossaryError",
    "MissingExtra",
    "Problem",
    "ProfileError",
    "UnknownEntry",
    "UnknownLanguage",
    "VardynasError",
    "no_text",
]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in a glossary file and what to write instead.

    `line` and `column` count from 1; 0 means that the place is not known. `severity` is
    ``error`` (the file does not load) or ``warning`` (a finding of `vardynas lint`).
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    advice: str = ""
    severity: str = "error"

    @property
    def place(self) -> str:
        """``path:line:column`` as far as it is known.

        >>> Problem("mine.yaml", 0, 0, "missing-file", "There is no such file.").place
        'mine.yaml'
        """
        known = (str(number) for number in (self.line, self.column) if number)
        return ":".join((self.path, *known))

    def __str__(self) -> str:
        advice = f" {self.advice}" if self.advice else ""
        return f"{self.place}: {self.message}{advice} [{self.code}]"


class VardynasError(Exception):
    """The base of all errors of this package."""


class GlossaryError(VardynasError):
    """A glossary does not load. `problems` has every reason, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[GlossaryError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class ProfileError(VardynasError):
    """A file of house style does not load. `problems` has every reason, in its order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ProfileError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class ExchangeError(VardynasError):
    """A file of another format cannot be imported. `problems` has every reason, in its order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ExchangeError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class UnknownEntry(VardynasError, KeyError):
    """No entry has this id. `close` has ids that look like it, best first."""

    def __init__(self, entry_id: str, close: tuple[str, ...] = ()) -> None:
        self.entry_id = entry_id
        self.close = tuple(close)
        super().__init__(entry_id)

    def __str__(self) -> str:
        hint = f" Did you mean {', '.join(self.close)}?" if self.close else ""
        return f"There is no entry with the id {self.entry_id!r}.{hint}"

    def __reduce__(self) -> tuple[type[UnknownEntry], tuple[str, tuple[str, ...]]]:
        return type(self), (self.entry_id, self.close)


class UnknownLanguage(VardynasError, ValueError):
    """A language tag is not well formed, or a task cannot be done in that language."""

    def __init__(self, language: str, known: tuple[str, ...] = ()) -> None:
        self.language = language
        self.known = tuple(known)
        super().__init__(language)

    def __str__(self) -> str:
        known = f" Write one of {', '.join(self.known)}." if self.known else ""
        return f"{self.language!r} is not a language tag that can be used here.{known}"

    def __reduce__(self) -> tuple[type[UnknownLanguage], tuple[str, tuple[str, ...]]]:
        return type(self), (self.language, self.known)


class BadValue(VardynasError, ValueError):
    """A field of a house style has no such value. `advice` says what to write instead."""

    def __init__(self, name: str, value: object, advice: str) -> None:
        self.name = name
        self.value = value
        self.advice = advice
        super().__init__(f"{value!r} is no value of {name}; {advice}")

    def __reduce__(self) -> tuple[type[BadValue], tuple[str, object, str]]:
        return type(self), (self.name, self.value, self.advice)


class DocumentError(VardynasError):
    """A document cannot be read or written. `reason` says why and what to do."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str]]:
        return type(self), (self.path, self.reason)


class ColumnError(VardynasError, ValueError):
    """A column of a table cannot be read, or one of its texts failed.

    `row` counts from 0; None where the column as a whole is meant. `reason` says what to do.
    """

    def __init__(self, column: str, reason: str, row: int | None = None) -> None:
        self.column = column
        self.reason = reason
        self.row = row
        at = "" if row is None else f", row {row}"
        super().__init__(f"column {column!r}{at}: {reason}")

    def __reduce__(self) -> tuple[type[ColumnError], tuple[str, str, int | None]]:
        return type(self), (self.column, self.reason, self.row)


class MissingExtra(VardynasError, ImportError):
    """A feature needs an optional package that is not installed."""

    def __init__(self, extra: str) -> None:
        self.extra = extra
        super().__init__(f"This needs an optional part: pip install 'vardynas[{extra}]'")

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str]]:
        return type(self), (self.extra,)


_ADVICE = {
    "bytes": "Decode it first: data.decode('utf-8').",
    "list": "Give the texts one by one; scan_many takes many.",
    "tuple": "Give the texts one by one; scan_many takes many.",
}


def no_text(value: object) -> TypeError:
    """The error about a value where a text is to stand.

    >>> str(no_text(b"Grodno"))
    "A text is a str, not bytes. Decode it first: data.decode('utf-8')."
    """
    kind = type(value).__name__
    return TypeError(f"A text is a str, not {kind}. {_ADVICE.get(kind, '')}".rstrip())
