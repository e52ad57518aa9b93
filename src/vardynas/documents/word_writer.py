"""Names written straight into the text of a Word document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from vardynas.documents.pieces import Change
from vardynas.documents.slots import Source, Splice, XmlSlot, escaped, start_tag
from vardynas.documents.word_runs import WordText

__all__ = ["grouped", "plainly", "space_kept", "with_blanks"]

_BLANKS = " \t\r\n"
_space = re.compile(rb"\s+xml:space\s*=\s*[\"'][^\"']*[\"']").search


def plainly(
    changes: Iterable[Change],
    slots: Sequence[XmlSlot],
    texts: Sequence[WordText],
    sources: Sequence[Source],
) -> dict[int, list[Splice]]:
    """By part, the splices that make the `changes`."""
    found: dict[int, list[Splice]] = defaultdict(list)
    for number, own in grouped(changes).items():
        slot, text = slots[number], texts[number]
        data = sources[slot.part].data
        found[slot.part] += _rewritten(own, slot, text, data)
        if not text.preserved and with_blanks(_after(own, slot, text)):
            found[slot.part] += space_kept(slot, text, data)
    return found


def grouped(changes: Iterable[Change]) -> dict[int, list[Change]]:
    """The changes of each slot, in the order of its text."""
    found: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        found[change.slot].append(change)
    return {number: sorted(own, key=lambda change: change.start) for number, own in found.items()}


def with_blanks(text: str) -> bool:
    """Whether blanks around `text` would be lost without xml:space="preserve"."""
    return text != text.strip(_BLANKS)


def space_kept(slot: XmlSlot, text: WordText, data: bytes) -> Iterator[Splice]:
    """Make Word show the blanks around a text, but for those that it has not shown so far."""
    tag, end = start_tag(data, text.start)
    at = text.start + 1 + len(tag.prefix + tag.local)
    given = _space(data, at, end)
    first, last = given.span() if given else (at, at)
    yield Splice(first, last, b' xml:space="preserve"')
    yield from slot.splices(0, text.first, b"")
    yield from slot.splices(text.last, len(slot.text), b"")


def _rewritten(
    changes: Sequence[Change], slot: XmlSlot, text: WordText, data: bytes
) -> Iterator[Splice]:
    tag, _ = start_tag(data, text.start)
    for change in changes:
        written = escaped(change.replacement)
        if written and tag.local != b"t":  # a sign, such as a soft hyphen, is an element
            name = tag.prefix + b"t"
            written = b'<%b xml:space="preserve">%b</%b>' % (name, written, name)
        yield from slot.splices(change.start, change.end, written)


def _after(changes: Sequence[Change], slot: XmlSlot, text: WordText) -> str:
    """What Word shall show once the changes are made."""
    pieces, at = [], text.first
    for change in changes:
        pieces += [slot.text[at : change.start], change.replacement]
        at = change.end
    return "".join([*pieces, slot.text[at : text.last]])
