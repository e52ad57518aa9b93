"""Running text scanned by vardynas and by tools for exact strings, and by fuzzy ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from benchmarks.speed.fuzzy import FUZZY
from benchmarks.speed.ours import WAYS, opened
from benchmarks.speed.peers import PEERS, Match, installed
from benchmarks.speed.settings import Settings, Size
from benchmarks.speed.texts import Text, made_text
from benchmarks.speed.timing import interleaved, say, seconds
from benchmarks.synthesis import SEED, entries, forms, listed

__all__ = ["scan_curve", "scan_dense", "scan_main", "strings_listed", "strings_written"]

DENSE = 107
"""Characters a name in a text that is hard on the cost of each name."""

Result = dict[str, Any]


class _Engine(NamedTuple):
    """Something that reads texts; `share` of them."""

    read: Callable[[Sequence[str]], Any]
    text: Text
    built: float


def scan_main(settings: Settings) -> Result:
    """All ways to ask and all peers; peers get every form that vardynas can write of the entries."""
    text = made_text(settings.megabytes, settings.density, settings.main.entries)
    strings = strings_written(settings.main.entries, settings.main.names_per_entry)
    engines = _ours(settings.main, text, tuple(WAYS))
    if settings.peers:
        engines |= _peers(strings, text) | _fuzzy(settings.main, text)
    return _timed(engines, settings, text) | {
        "entries": settings.main.entries,
        "names": len(strings_listed(settings.main)),
        "strings": len(strings),
    }


def scan_dense(settings: Settings) -> Result:
    """The same over a text with four times as many names as news has."""
    return scan_main(settings._replace(density=DENSE))


def scan_curve(settings: Settings, size: Size) -> Result:
    """Everything on, and the fast peers with the listed names alone: speed against names."""
    text = made_text(settings.megabytes, settings.density, settings.main.entries)
    strings = strings_listed(size)
    engines = _ours(size, text, tuple(WAYS)[:2])
    if settings.peers:
        engines |= _peers(strings, text)
    return _timed(engines, settings, text) | {
        "entries": size.entries,
        "names": len(strings),
        "strings": len(strings),
    }


def strings_listed(size: Size) -> dict[str, str]:
    """The listed names with their entry, the first one where two share it."""
    strings: dict[str, str] = {}
    for row in entries(size.entries, SEED, size.names_per_entry):
        for name in listed(row):
            strings.setdefault(name, row["id"])
    return strings


def strings_written(count: int, names_per_entry: int) -> dict[str, str]:
    """Listed, inflected and derived forms, and of people the family name alone."""
    strings: dict[str, str] = {}
    for one in forms(count, names_per_entry=names_per_entry):
        for texts in (*one.whole.values(), *one.alone.values()):
            for form in texts:
                strings.setdefault(form, one.id)
    return strings


# ------------------------------------------------------------------ engines


def _ours(size: Size, text: Text, ways: Sequence[str]) -> dict[str, _Engine]:
    """Each way with a resolver of its own, so that none warms the caches of another."""
    opened(*size)  # compiled now, if it was not; that has a table of its own
    engines = {}
    for way in ways:
        built, resolver = seconds(partial(opened, *size))
        engines[way] = _Engine(partial(WAYS[way], resolver), text, built)
    return engines


def _peers(strings: Mapping[str, str], text: Text) -> dict[str, _Engine]:
    engines = {}
    for name, peer in PEERS.items():
        if not installed(peer.module):
            say(f"  {name} is not installed: left out")
        elif len(strings) > peer.most:
            say(f"  {name} is left out: {len(strings):,} strings take it too long")
        else:
            built, scan = seconds(partial(peer.make, strings))
            share = text.first(text.size / 1e6 * peer.share)
            engines[name] = _Engine(partial(_each, scan), share, built)
    return engines


def _fuzzy(size: Size, text: Text) -> dict[str, _Engine]:
    """Each capitalized word that is new looked up among the words of the listed names."""
    words = sorted({word for name in strings_listed(size) for word in name.split()})
    engines = {}
    for name, peer in FUZZY.items():
        made = peer.make(words)
        if made is None:
            say(f"  {name} is not installed: left out")
            continue
        share = text.first(text.size / 1e6 * peer.share)
        engines[name] = _Engine(made, share, 0.0)
    return engines


def _each(scan: Callable[[str], list[Match]], texts: Sequence[str]) -> list[list[Match]]:
    return [scan(text) for text in texts]


# ------------------------------------------------------------------ timing


def _timed(engines: Mapping[str, _Engine], settings: Settings, text: Text) -> Result:
    """First passes (caches cold), then rounds over all engines; and what each found."""
    rows: dict[str, Result] = {}
    for name, engine in engines.items():
        cold, found = seconds(partial(engine.read, engine.text.texts))
        rows[name] = {
            "megabytes": engine.text.size / 1e6,
            "built": engine.built,
            "cold": cold,
            **_found(found, engine.text),
        }
        say(f"  {name}: first pass {engine.text.size / 1e6 / cold:.2f} MB/s")
    runs = {name: partial(e.read, e.text.texts) for name, e in engines.items()}
    for name, times in interleaved(runs, settings.rounds).items():
        rows[name]["warm"] = times
    return {"megabytes": text.size / 1e6, "documents": len(text.documents), "engines": rows}


def _found(found: Any, text: Text) -> Result:  # noqa: ANN401 - some ways only count
    """How many of the names that were put in were found from end to end, and mentions in all.

    With an English ’s or without it is the same name.
    """
    if not isinstance(found, list):
        return {}
    planted, misspelt = [0, 0], [0, 0]
    for document, matches in zip(text.documents, found, strict=True):
        spans = {(start, end) for start, end, _ in matches}
        for name in document.names:
            if name.entry:
                count = misspelt if name.misspelt else planted
                ends = {name.end, name.end - 2 * document.text.startswith("’s", name.end - 2)}
                count[0] += any((name.start, end) in spans for end in ends)
                count[1] += 1
    return {"mentions": sum(map(len, found)), "planted": planted, "misspelt": misspelt}
