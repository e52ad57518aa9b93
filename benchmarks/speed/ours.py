"""vardynas, asked in the ways that a user can ask it about running text."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.speed.peers import Match
from benchmarks.synthesis import SEED, cache_folder, state, write_glossary

if TYPE_CHECKING:
    from vardynas import Resolver

__all__ = ["WAYS", "checked", "glossary", "mentions_read", "opened", "use_own_cache"]

Found = list[list[Match]]


def use_own_cache(folder: Path | None = None) -> Path:
    """Lets compiled glossaries be kept in a folder of these runs, not among the user's."""
    folder = folder or cache_folder() / "compiled"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["XDG_CACHE_HOME"] = str(folder)
    return folder


def glossary(entries: int, names_per_entry: int, seed: int = SEED) -> Path:
    """The file of a synthetic glossary, written at its first use."""
    path = cache_folder() / f"glossary-{seed}-{entries}-{names_per_entry}-{state()}.yaml"
    if not path.exists():
        write_glossary(path.with_suffix(".part"), entries, seed, names_per_entry).replace(path)
    return path


def opened(entries: int, names_per_entry: int) -> Resolver:
    """A resolver for it that has read one line; compiled at its first use.

    The line makes it load its tables and what is made at the first misspelt name, which the others
    do when they are made; so a first pass is one over words that were not seen yet.
    """
    import vardynas

    use_own_cache()
    resolver = vardynas.load(glossary(entries, names_per_entry))
    resolver.normalize("Nie był w Grodnei z Łukaszenką.")
    return resolver


# ------------------------------------------------------------------ what is timed


def mentions_read(resolver: Resolver, texts: Sequence[str]) -> Found:
    """Everything on; start, end and entry of every mention read, by columns."""
    return [checked(mentions).spans for mentions in resolver.scan_many(texts)]


def _known_alone(resolver: Resolver, texts: Sequence[str]) -> Found:
    """Without misspelt names; start, end and entry of every mention read, by columns."""
    return [checked(found).spans for found in resolver.scan_many(texts, similar=False)]


def _whole(resolver: Resolver, texts: Sequence[str]) -> Found:
    """Everything on; every mention made, with its candidates and evidence."""
    return [
        [(m.start, m.end, m.entry) for m in checked(mentions)]
        for mentions in resolver.scan_many(texts)
    ]


def _edited(resolver: Resolver, texts: Sequence[str]) -> int:
    """Everything on, and each name written in the preferred way: what `normalize` does."""
    return sum(len(resolver.normalize(text)) for text in texts)


WAYS: dict[str, Callable[[Resolver, Sequence[str]], Any]] = {
    "vardynas": mentions_read,
    "vardynas, similar=False": _known_alone,
    "vardynas, mentions with evidence": _whole,
    "vardynas, edits made": _edited,
}


def checked(mentions: Any) -> Any:  # noqa: ANN401 - what `scan_many` yields
    """The mentions of a text; an error when it could not be scanned."""
    error = getattr(mentions, "error", None)
    if error is not None:
        raise RuntimeError(f"text {mentions.index} was not scanned: {error}")
    return mentions
