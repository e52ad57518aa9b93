"""Names written into a Word document as tracked changes, which people accept or reject there.

A run is closed before the old name and opened again behind it, with the same properties; in between
stand w:del with the old text and w:ins with the new (ISO/IEC 29500-1, 17.13.5).
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from vardynas.documents.formats import Options
from vardynas.documents.pieces import Change
from vardynas.documents.slots import Splice, XmlSlot, element_end, escaped, start_tag
from vardynas.documents.word_runs import Run, WordText
from vardynas.documents.word_writer import grouped, space_kept
from vardynas.errors import DocumentError

__all__ = ["AUTHOR", "Tracker"]

AUTHOR = "vardynas"
"""Who Word says has made the changes."""

_ids = re.compile(rb"\bid=[\"'](\d{1,9})[\"']").findall


class Tracker:
    """Makes the tracked changes of the document at `path`, whose parts have the bytes `parts`.

    They are dated by the options, else by SOURCE_DATE_EPOCH, else not at all: two runs on the same
    document give the same bytes. DocumentError says what is wrong with a date.
    """

    def __init__(self, parts: Sequence[bytes], options: Options, path: str) -> None:
        self._parts = parts
        self._path = path
        self._date = _date(options.date, path)
        self._next = 1 + max((int(one) for part in parts for one in _ids(part)), default=0)

    def splices(
        self, changes: Iterable[Change], slots: Sequence[XmlSlot], texts: Sequence[WordText]
    ) -> dict[int, list[Splice]]:
        """By part, the splices that make the `changes`."""
        found: dict[int, list[Splice]] = defaultdict(list)
        for number, own in grouped(changes).items():
            slot, text = slots[number], texts[number]
            if not text.preserved:
                found[slot.part] += space_kept(slot, text, self._parts[slot.part])
            for change in own:
                written = self._written(change, slot, text)
                found[slot.part] += slot.splices(change.start, change.end, written)
        return found

    def _written(self, change: Change, slot: XmlSlot, text: WordText) -> bytes:
        """What stands instead of the old text, or of the element that is a sign."""
        data = self._parts[slot.part]
        tag, _ = start_tag(data, text.start)
        w = tag.prefix
        if not w:
            reason = "tracked changes need a prefix for w: in its XML. Save it in a word processor"
            raise DocumentError(self._path, reason)
        sign = tag.local != b"t"
        old = _element(w + b"delText", slot.text[change.start : change.end])
        if sign:
            first = slot.chunks[0]
            old = data[first.start : first.end]
        tracked = self._revision(w, b"del", old, text.run, data)
        if change.replacement:
            new = _element(w + b"t", change.replacement)
            tracked += self._revision(w, b"ins", new, text.run, data)
        before = b"</%br>" % w if sign else b"</%bt></%br>" % (w, w)
        after = _opened(text.run, data)
        return before + tracked + after + (b"" if sign else b'<%bt xml:space="preserve">' % w)

    def _revision(self, w: bytes, kind: bytes, content: bytes, run: Run, data: bytes) -> bytes:
        """`content` in a run like `run`, as deleted or inserted."""
        signed = b'%bid="%d" %bauthor="%b"' % (w, self._next, w, AUTHOR.encode())
        signed += b' %bdate="%b"' % (w, self._date) if self._date else b""
        self._next += 1
        inner = b"%b%b</%br>" % (_opened(run, data), content, w)
        return b"<%b %b>%b</%b>" % (w + kind, signed, inner, w + kind)


def _element(name: bytes, text: str) -> bytes:
    return b'<%b xml:space="preserve">%b</%b>' % (name, escaped(text), name)


def _opened(run: Run, data: bytes) -> bytes:
    """The tag of a run and its properties."""
    _, end = start_tag(data, run.start)
    if not run.properties_end:
        return data[run.start : end]
    properties_end = element_end(data, run.properties, run.properties_end)
    return data[run.start : end] + data[run.properties : properties_end]


def _date(given: str | None, path: str) -> bytes:
    """The date of tracked changes as Word writes it; b"" for none."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if given:
            moment = datetime.fromisoformat(given)
        elif epoch:
            moment = datetime.fromtimestamp(int(epoch), UTC)
        else:
            return b""
    except (ValueError, OverflowError, OSError):
        reason = f"{given or epoch!r} is no date of tracked changes. Write 2026-11-22T05:00:00Z"
        raise DocumentError(path, reason) from None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
