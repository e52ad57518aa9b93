"""What a reviewer sees: a suggestion, where it was seen, the entries like it, and the keys."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import click

from vardynas.cli import output
from vardynas.model import Candidate, Entry
from vardynas.suggest import Suggestion
from vardynas.suggest.judging import KEYS, Judgement, State

__all__ = ["DONE", "page", "question", "summary", "wrapped"]

NAMES = 4
"""Names that are shown of an entry nearby."""

DONE = {
    "add": "added",
    "names": "added to an entry",
    "distinct": "added as distinct",
    "not": "not the entry",
    "reject": "rejected",
    "skip": "skipped",
}
"""What was done, by the verb of the judgement."""

_KEPT = "\u00a0"
"""A space at which no line is broken."""

_marked = re.compile(r"(\[[^\]]*\])")


def page(
    state: State, near: Sequence[Candidate], entries: Mapping[str, Entry], width: int
) -> Iterator[str]:
    """The lines for a state in a window of `width` columns."""
    one = state.current
    if state.done:
        yield from wrapped(_said(state.done[-1]), width)
    if one is not None:
        yield from wrapped(output.dim(f"—— {len(state.done) + 1} of {len(state.todo)} ——"), width)
        yield from _suggestion(one, entries, width)
        for candidate in near:
            yield from wrapped(_near(candidate, entries), width, "    ")
    else:
        yield from wrapped(f"All {len(state.todo)} are judged.", width)
    for line in state.message.splitlines():
        yield from wrapped(click.style(output.visible(line), fg="yellow"), width, "   ")
    legend = "  ".join(f"[{key}] {word}".replace(" ", _KEPT) for key, word in KEYS.items())
    yield from (line.replace(_KEPT, " ") for line in wrapped(legend, width))


def question(state: State, nearest: str | None) -> str:
    """What is asked when an entry is wanted."""
    what = {"names": "Alias of", "distinct": "Distinct from"}.get(state.asking, "Not a name of")
    default = f" [{nearest}]" if nearest else ""
    return f"{what} which entry, by id or name?{default}"


def summary(state: State) -> str:
    """What was done, in one line.

    >>> summary(State(()))
    'Nothing judged, 0 left.'
    """
    counts = Counter(done.verb for done in state.done)
    said = ", ".join(f"{counts[verb]:,} {word}" for verb, word in DONE.items() if counts[verb])
    return f"{said or 'Nothing judged'}, {len(state.todo) - len(state.done):,} left."


def wrapped(text: str, width: int, indent: str = "") -> Iterator[str]:
    """Lines that are not longer than `width` columns, broken at spaces where there are some.

    >>> list(wrapped("Mantvydas Dargužis", 10, "  "))
    ['Mantvydas', '  Dargužis']
    """
    bare = text.lstrip(" ")
    line = start = " " * (len(text) - len(bare))
    for word in bare.split(" "):
        joined = line + word if line == start else f"{line} {word}"
        if line.strip() and output.width(joined) > width:
            yield line.rstrip()
            joined = indent + word
        while output.width(joined) > width:  # colors are lost where a word must be cut
            plain = click.unstyle(joined)
            yield plain[:width]
            joined = indent + plain[width:]
        line = joined
    yield line


def _said(last: Judgement) -> str:
    target = last.target if last.verb != "add" else ""
    word = click.style(DONE[last.verb], fg="green")
    return f"{word}: {output.visible(_title(last.suggestion))}" + (f" ({target})" if target else "")


def _title(one: Suggestion) -> str:
    return ", ".join(name for found in one.names.values() for name in found)


def _suggestion(one: Suggestion, entries: Mapping[str, Entry], width: int) -> Iterator[str]:
    if one.extends:
        yield from wrapped(f"spelling of {output.bold(one.id)}, seen {one.count:,} ×", width)
        if one.id in entries:
            yield from wrapped(output.dim(f"  known as {_names(entries[one.id])}"), width, "    ")
    else:
        yield from wrapped(f"new entry, seen {one.count:,} ×", width)
        who = ", ".join(filter(None, (one.type or "other", one.gender)))
        yield from wrapped(f"  {output.bold(one.id)}  {who}", width, "    ")
    for tag, names in one.names.items():
        shown = ", ".join(output.bold(name) for name in names)
        yield from wrapped(f"    {output.visible(tag)}: {shown}", width, "      ")
    if one.forms:
        yield from wrapped(f"  forms: {_forms(one)}", width, "    ")
    for context in one.contexts:
        yield from wrapped(f"  … {_bold(context)} …", width, "    ")


def _forms(one: Suggestion) -> str:
    return ", ".join(f"{output.visible(text)} ({tag} {count:,})" for text, tag, count in one.forms)


def _bold(context: str) -> str:
    """A context with every word of the name in brackets in bold type."""
    parts = _marked.split(context)
    for at in range(1, len(parts), 2):
        parts[at] = " ".join(output.bold(word) for word in parts[at].split(" "))
    return "".join(parts if _is_bold(parts) else map(output.visible, parts))


def _is_bold(parts: Sequence[str]) -> bool:
    return all(output.visible(part) == part for part in parts[::2])


def _near(candidate: Candidate, entries: Mapping[str, Entry]) -> str:
    entry = entries[candidate.entry]
    told = f"like {output.bold(entry.id)} {output.percent(candidate.score)}, {entry.type}"
    about = f"; {output.visible(entry.about)}" if entry.about else ""
    return f"  {told}: {_names(entry)}{about}"


def _names(entry: Entry) -> str:
    forms: Iterable[str] = dict.fromkeys(name.form for name in entry.all_names())
    listed = list(forms)
    return output.visible(", ".join(listed[:NAMES])) + (", …" if len(listed) > NAMES else "")
