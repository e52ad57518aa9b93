"""Every error that vardynas raises on purpose.

::

    VardynasError
    ├── GlossaryError            problems: all of them, each with path, line, column, code
    ├── ProfileError             problems of a file of house style
    ├── ExchangeError            problems of a file that is imported
    ├── UnknownEntry (KeyError)  entry_id, close
    ├── UnknownLanguage (ValueError)
    ├── BadValue (ValueError)    name, value, advice: of an option or a field of a house style
    ├── DocumentError            path, reason
    ├── ColumnError (ValueError) column, row, reason
    └── MissingExtra (ImportError)

Not errors: no candidate (an empty list) and ambiguity (`Mention.ambiguous`).
All of them carry fields and pickle. An engine that makes an error anew from its message alone, as
Polars does, gets one with that message and without the fields: each takes its message by itself.
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


_NO_ENTRY = "There is no entry with the id"
_NO_LANGUAGE = "is not a language tag that can be used here."
_NO_EXTRA = "This needs an optional part:"


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

    def __reduce__(self) -> tuple[type[VardynasError], tuple[str], dict[str, object]]:
        return type(self), (str(self),), self.__dict__


class _Problems(VardynasError):
    """An error with `problems`; without any where it was made from its message."""

    def __init__(self, problems: tuple[Problem, ...] | str) -> None:
        whole = isinstance(problems, str)
        self.problems: tuple[Problem, ...] = () if isinstance(problems, str) else tuple(problems)
        super().__init__(problems if whole else "\n".join(map(str, self.problems)))


class GlossaryError(_Problems):
    """A glossary does not load. `problems` has every reason, in file order."""


class ProfileError(_Problems):
    """A file of house style does not load. `problems` has every reason, in its order."""


class ExchangeError(_Problems):
    """A file of another format cannot be imported. `problems` has every reason, in its order."""


class UnknownEntry(VardynasError, KeyError):
    """No entry has this id. `close` has ids that look like it, best first."""

    def __init__(self, entry_id: str, close: tuple[str, ...] = ()) -> None:
        self.entry_id = entry_id
        self.close = tuple(close)
        super().__init__(entry_id)

    def __str__(self) -> str:
        if _NO_ENTRY in self.entry_id:
            return self.entry_id
        hint = f" Did you mean {', '.join(self.close)}?" if self.close else ""
        return f"{_NO_ENTRY} {self.entry_id!r}.{hint}"


class UnknownLanguage(VardynasError, ValueError):
    """A language tag is not well formed, or a task cannot be done in that language."""

    def __init__(self, language: str, known: tuple[str, ...] = ()) -> None:
        self.language = language
        self.known = tuple(known)
        super().__init__(language)

    def __str__(self) -> str:
        if _NO_LANGUAGE in self.language:
            return self.language
        known = f" Write one of {', '.join(self.known)}." if self.known else ""
        return f"{self.language!r} {_NO_LANGUAGE}{known}"


class BadValue(VardynasError, ValueError):
    """An option, or a field of a house style, has no such value. `advice` says what to write."""

    def __init__(self, name: str, value: object = None, advice: str | None = None) -> None:
        self.name = "" if advice is None else name
        self.value = value
        self.advice = advice or ""
        super().__init__(name if advice is None else f"{value!r} is no value of {name}; {advice}")


class DocumentError(VardynasError):
    """A document cannot be read or written. `reason` says why and what to do."""

    def __init__(self, path: str, reason: str | None = None) -> None:
        self.path = "" if reason is None else path
        self.reason = path if reason is None else reason
        super().__init__(path if reason is None else f"{path}: {reason}")


class ColumnError(VardynasError, ValueError):
    """A column of a table cannot be read, or one of its texts failed.

    `row` counts from 0; None where the column as a whole is meant. `reason` says what to do.
    """

    def __init__(self, column: str, reason: str | None = None, row: int | None = None) -> None:
        self.column = "" if reason is None else column
        self.reason = column if reason is None else reason
        self.row = row
        at = "" if row is None else f", row {row}"
        super().__init__(column if reason is None else f"column {column!r}{at}: {reason}")


class MissingExtra(VardynasError, ImportError):
    """A feature needs an optional package that is not installed."""

    def __init__(self, extra: str) -> None:
        whole = extra.startswith(_NO_EXTRA)
        self.extra = "" if whole else extra
        here = f"pip install 'vardynas[{extra}]', in a checkout pip install '.[{extra}]'"
        super().__init__(extra if whole else f"{_NO_EXTRA} {here}")


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
