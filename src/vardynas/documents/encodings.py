r"""The text that bytes hold, and bytes again: a text is written back in the encoding it was read in.

A byte order mark decides; then what the user says; then what the document says of itself; then
UTF-8. What is none of these is told by its letters, by chardet, among the encodings in which the
languages of this package were written. A guess is always said (`Decoded.remarks`).

Offsets count code points of the decoded text: a byte order mark is not part of it, and ``\r\n``
counts two.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vardynas.errors import DocumentError
from vardynas.language import tables
from vardynas.model import Edit

__all__ = ["STDIN", "Decoded", "decode", "is_encoded_text", "label", "shown"]

STDIN = "-"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
"""Codecs that would read or write a mark by themselves, and those that do not."""

_GUESSED = (
    "cp1257",  # before those that have the same letters and fewer signs
    "cp1251",
    "cp1250",
    "iso8859-13",
    "iso8859-2",
    "iso8859-5",
    "koi8-r",
    "cp866",
)
_LETTERS = re.compile("[À-ɏЀ-ԯ‐-…«»\u00a0]")
"""Letters and signs that texts in these languages have beyond ASCII."""

_NOTHING_FITS = "ascii"  # what the detector is told to answer then; such a text is UTF-8 already


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the codec and the byte order mark that it was read with.

    `remarks` says what had to be guessed.
    """

    path: str
    text: str
    codec: str = "utf-8"
    mark: bytes = b""
    remarks: tuple[str, ...] = ()

    def encode(self, text: str) -> bytes:
        """`text` as the bytes of such a document; letters it cannot hold raise UnicodeEncodeError."""
        return self.mark + text.encode(self.codec)

    def holds(self, text: str) -> bool:
        """Whether the encoding has all letters of `text`.

        >>> Decoded("a.txt", "", "cp1257").holds("Žemaitė"), Decoded("a.txt", "", "cp1257").holds("ў")
        (True, False)
        """
        return self._lacks(text) is None

    def _lacks(self, text: str) -> str | None:
        try:
            text.encode(self.codec)
        except UnicodeEncodeError as error:
            return text[error.start]
        return None

    def check(self, edits: Iterable[Edit], place: Callable[[int], str]) -> None:
        """Raise DocumentError for the first of `edits` that the encoding cannot hold."""
        for edit in edits:
            letter = self._lacks(edit.replacement)
            if letter is not None:
                raise DocumentError(
                    shown(self.path),
                    f"{letter!r} (U+{ord(letter):04X}) of {edit.replacement!r}, {place(edit.start)}, "
                    f"cannot be written in {label(self.codec)}, the encoding of this document. "
                    f"Convert it to UTF-8 first: iconv -f {label(self.codec)} -t UTF-8",
                )


def label(codec: str) -> str:
    """The usual name of a codec.

    >>> label("cp1257"), label("iso8859-13"), label("utf-8"), label("utf-16-le")
    ('windows-1257', 'ISO-8859-13', 'UTF-8', 'UTF-16')
    """
    if codec.startswith("cp125"):
        return codec.replace("cp", "windows-")
    name = codec.replace("iso8859", "iso-8859").upper()
    return name.removesuffix("-LE").removesuffix("-BE")


def shown(path: str) -> str:
    """`path` as errors name it."""
    return "standard input" if path == STDIN else path


def decode(
    path: str, data: bytes, encoding: str | None = None, declared: str | None = None
) -> Decoded:
    r"""The text that `data` holds; DocumentError says where it stops being one, and what to do.

    `encoding` is what the user says, `declared` what the document says of itself (``<meta charset>``):
    it is believed unless the bytes are UTF-8 beyond doubt.

    >>> decode("a.txt", "Гродна\r\n".encode("utf-8-sig"))
    Decoded(path='a.txt', text='Гродна\r\n', codec='utf-8', mark=b'\xef\xbb\xbf', remarks=())
    >>> decode("a.txt", "Žemaitė iš Gardino".encode("cp1257")).remarks
    ('not UTF-8, read as windows-1257',)
    """
    mark, marked = next((one for one in _MARKS if data.startswith(one[0])), (b"", ""))
    if encoding is not None:
        codec = _codec(path, encoding)
        mark = mark if marked.removesuffix("-be") in (codec, codec.removesuffix("-le")) else b""
        return _strictly(path, data, marked if mark else codec, mark)
    if mark:
        return _strictly(path, data, marked, mark)
    if declared is not None:
        return _as_declared(path, data, _codec(path, declared))
    try:
        return Decoded(path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _guess(path, data, error.start)


def is_encoded_text(start: bytes) -> bool:
    r"""Whether a file that begins with `start` is text in UTF-8, damaged or not, or in some encoding.

    Its last letter may be cut off.

    >>> is_encoded_text("Žemaitė iš Gardino".encode("cp1257")), is_encoded_text(b"\xed\x95jP")
    (True, False)
    """
    if start[:-3].isascii() or _is_broken_utf8(start):
        return True
    try:
        decode(STDIN, start)
    except _Damaged:
        return True
    except DocumentError:
        return False
    return True


def _codec(path: str, encoding: str) -> str:
    """The codec for a name of an encoding; DocumentError when there is none."""
    try:
        name = codecs.lookup(encoding.strip()).name
        "".encode(name)  # rot13 and the like are codecs too
    except (LookupError, ValueError):
        raise DocumentError(
            shown(path),
            f"{encoding!r} is no known encoding. Write, for example, utf-8, windows-1257, "
            "windows-1251, windows-1250, iso-8859-13, iso-8859-2, koi8-r or utf-16",
        ) from None
    return _UNMARKED.get(name, name)


def _strictly(path: str, data: bytes, codec: str, mark: bytes = b"") -> Decoded:
    """`data` in that codec or a DocumentError."""
    body = data[len(mark) :]
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        reason = _where(body, error.start, codec)
        raise DocumentError(shown(path), f"not {label(codec)}: {reason}") from None
    if text.encode(codec) != body:
        raise DocumentError(
            shown(path),
            f"in {label(codec)} it would not be written back as it was. Convert it to UTF-8 first: "
            f"iconv -f {label(codec)} -t UTF-8",
        )
    return Decoded(path, text, codec, mark)


def _as_declared(path: str, data: bytes, codec: str) -> Decoded:
    if codec == "utf-8" or data.isascii():
        return _strictly(path, data, codec)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_broken_utf8(data):
            raise _no_text(path, data, error.start) from None
        return _strictly(path, data, codec)
    return Decoded(path, text, remarks=(f"it says {label(codec)} and is UTF-8, read as that",))


def _guess(path: str, data: bytes, at: int) -> Decoded:
    """`data`, which stops being UTF-8 at byte `at`, in the encoding that its letters tell."""
    from chardet import detect

    if b"\0" in data or _is_broken_utf8(data):
        raise _no_text(path, data, at)
    found = detect(
        data,
        include_encodings=(*_GUESSED, _NOTHING_FITS),
        compat_names=False,
        no_match_encoding=_NOTHING_FITS,
    )["encoding"]
    if found is None or found == _NOTHING_FITS:
        raise _no_text(path, data, at)
    decoded = _strictly(path, data, codecs.lookup(found).name)
    if max(data) <= _LAST_LEAD and not _has_fitting_letter(decoded.text):
        raise _Damaged(shown(path), _no_text(path, data, at).reason)
    remarks = (f"not UTF-8, read as {label(decoded.codec)}",)
    return Decoded(path, decoded.text, decoded.codec, b"", remarks)


_LAST_LEAD = 0xF4
"""The last byte that can begin a letter in UTF-8; a higher one is no part of a letter that was cut."""


class _Damaged(DocumentError):
    """A text that some encoding could hold, but not one in a language of this package."""


def _has_fitting_letter(text: str) -> bool:
    r"""Whether a letter beyond ASCII can stand where it does in the languages of this package.

    So the one letter of an ASCII text that was cut (``Krak\xc3w``) does not make another encoding of it.
    A capital behind a small letter does not fit, nor one that stands alone at the end of the text. A
    text without such letters has only signs, which fit.
    """
    known, last = _known_letters(), len(text) - 1
    letters = [at for at, letter in enumerate(text) if letter > "\x7f" and letter.isalpha()]
    return not letters or any(
        text[at].lower() in known
        and not (text[at].isupper() and text[at - 1 : at].islower())
        and not (at == last > 0 and not text[at - 1].isalpha())
        for at in letters
    )


@tables.cached
def _known_letters() -> frozenset[str]:
    rows = tables.load("languages")["languages"].values()
    return frozenset("".join(row["letters"] + row["alphabet"] for row in rows).lower())


def _is_broken_utf8(data: bytes) -> bool:
    """Whether letters beyond ASCII are right in UTF-8, so that what is wrong beside them is damage.

    In texts in other encodings hardly any bytes happen to be such letters: of 4,700 beginnings of
    texts in the encodings that are guessed none has one for three wrong ones.
    """
    text = data.decode("utf-8", "replace")
    return 3 * len(_LETTERS.findall(text)) >= text.count("\ufffd") > 0


_ADVICE = (
    "Name its encoding (--encoding windows-1257) or convert it: iconv -f WINDOWS-1257 -t UTF-8"
)


def _no_text(path: str, data: bytes, at: int) -> DocumentError:
    """The error about `data` that stops being UTF-8 at byte `at`."""
    return DocumentError(shown(path), f"not UTF-8: {_where(data, at, 'utf-8')}. {_ADVICE}")


def _where(data: bytes, at: int, codec: str) -> str:
    """The byte at `at` and its place."""
    before = data[:at].decode(codec, "replace")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return f"byte 0x{data[at]:02x} at byte {at} (line {line}, column {column})"
