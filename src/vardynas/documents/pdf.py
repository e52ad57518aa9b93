"""PDF files, to be searched: their text page by page. A PDF is not written.

It holds letters at places of a page, no words and no paragraphs; what comes out of it is as good as
the program was that made it.
"""

from __future__ import annotations

import contextlib
import logging
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from io import BytesIO

from vardynas.documents.formats import Opened, Options
from vardynas.errors import DocumentError, MissingExtra
from vardynas.model import Edit

__all__ = ["PdfDocument", "open_document"]

_BETWEEN = "\n\n"
_PASSWORD = "it is protected by a password. Save it without one"
_PICTURES = (
    "it has pages but no text: pictures of pages. Recognize the text first, as with ocrmypdf"
)
_WRITE = (
    "a PDF is only searched, not written: it knows letters on pages, no text that could flow anew. "
    "Write the names in the document that it was made from"
)


def open_document(data: bytes, path: str, options: Options) -> Opened:
    """The PDF file `data`; DocumentError when it is none, damaged, or has a password or no text.

    Raises MissingExtra without pypdf.
    """
    pages = _pages(data, path)
    if pages and not any(page.strip() for page in pages):
        raise DocumentError(path, _PICTURES)
    return PdfDocument(pages, path)


class PdfDocument:
    """The pages of a PDF; see `vardynas.documents.formats.Opened`.

    >>> document = PdfDocument(["Гродна", "Vilnius"], "planas.pdf")
    >>> document.place(document.text.index("Vilnius"))
    'page 2'
    """

    remarks: tuple[str, ...] = ()

    def __init__(self, pages: Sequence[str], path: str) -> None:
        self._path = path
        self._starts: list[int] = []
        at = 0
        for page in pages:
            self._starts.append(at)
            at += len(page) + len(_BETWEEN)
        self.text = _BETWEEN.join(pages)

    def place(self, offset: int) -> str:
        """The page on which ``text[offset]`` stands, counted from 1."""
        return f"page {max(1, bisect_right(self._starts, offset))}"

    def write(self, edits: Sequence[Edit]) -> bytes:
        """Never: DocumentError says what to do instead."""
        raise DocumentError(self._path, _WRITE)


def _pages(data: bytes, path: str) -> list[str]:
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError
    except ImportError:
        raise MissingExtra("documents") from None
    try:
        with _quietly():
            reader = PdfReader(BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise DocumentError(path, _PASSWORD)
            return [page.extract_text() for page in reader.pages]
    except DependencyError:
        raise DocumentError(path, _PASSWORD) from None
    except DocumentError:
        raise
    except Exception as error:  # pypdf trips over damage in many ways
        raise DocumentError(path, f"it is no PDF, or a damaged one ({error})") from None


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Without the remarks of pypdf about files that it can read all the same."""
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)
