"""Which index answers for a glossary: one remembered, shipped, kept in the cache, or made now."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from vardynas.errors import GlossaryError, Problem
from vardynas.index import starts, store
from vardynas.index.columns import ForeignFile, Packed
from vardynas.index.file_state import FileState, joined, state_of
from vardynas.index.tables import Index
from vardynas.version import __version__

__all__ = ["SUFFIX", "open_given_names", "open_glossary", "write_glossary"]

SUFFIX = ".index"
"""What the name of a compiled glossary ends in."""


def open_glossary(paths: Sequence[Path], *, builtin: bool) -> Index:
    """The index of glossary files, with `builtin` over the shipped ones; `GlossaryError`.

    One path that ends in ``.index`` is a glossary that was compiled before.
    """
    if any(path.suffix == SUFFIX and path.is_file() for path in paths):
        return _compiled(paths, builtin)
    where = [str(path.absolute()) for path in paths]
    state = _state(paths, builtin)
    return _opened(f"{where} {builtin}", state, lambda: _found(paths, builtin))


def open_given_names() -> Index:
    """The table of given names as an index."""
    return _opened("given names", store.code_state(), _given_names)


def _given_names() -> Index:
    from vardynas.index.shipped import given_names

    return given_names()


def _opened(question: str, state: FileState, find: Callable[[], Index]) -> Index:
    """The index that was remembered for this state, or what `find` gives."""
    start = starts.recalled(question, state)
    if start is not None:
        try:
            return store.open_index(Path(start.path), start.seen)
        except (OSError, ForeignFile):
            pass
    index = find()
    starts.remember(question, state, index)
    return index


def _state(paths: Sequence[Path], builtin: bool) -> FileState:
    """The state of all files that decide what the index holds."""
    from vardynas.glossary.files import builtin_path, listed

    def files() -> Iterator[tuple[str, os.stat_result]]:
        if builtin:
            yield "version", (builtin_path() / "VERSION").stat()
        yield from listed([*([builtin_path()] if builtin else []), *paths])

    return joined(state_of(files()), store.code_state())


def _found(paths: Sequence[Path], builtin: bool) -> Index:
    from vardynas.glossary.files import builtin_path, fingerprint
    from vardynas.index import shipped

    files = [*([builtin_path()] if builtin else []), *paths]
    content = fingerprint(files, content=True)
    index = shipped.shipped(shipped.GLOSSARY, content) if builtin and not paths else None
    if index is not None:
        return index
    where = "\0".join(str(path.resolve()) for path in files)
    sources = f"{content}{where}{builtin}{shipped.version(builtin=builtin)}"
    return store.stored(sources, lambda: shipped.compile_files(paths, builtin=builtin))


def _compiled(paths: Sequence[Path], builtin: bool) -> Index:
    path, *others = sorted(paths, key=lambda path: path.suffix != SUFFIX)
    if others or builtin:
        message = "A compiled glossary stands alone."
        advice = "Compile it together with the others: vardynas compile -o all.index FILE…"
        raise _no_glossary(path, message, advice)
    try:
        return _opened(_question(path), state_of([("", path.stat())]), lambda: _checked(path))
    except OSError as error:
        reason = error.strerror or str(error)
        raise _no_glossary(path, f"The file cannot be read: {reason}.", "") from error


def _question(path: Path) -> str:
    return f"{path.absolute()} {__version__}"


def write_glossary(path: Path, data: Packed) -> Index:
    """Writes a compiled glossary to a file of its own and opens it; `OSError`."""
    store.keep(path, data)
    index = store.open_kept(path)
    starts.remember(_question(path), index.state, index)
    return index


def _checked(path: Path) -> Index:
    """The index in a file that a user named: of this version, whole, and of a glossary."""
    advice = f"Compile it again: vardynas compile -o {path} FILE…"
    try:
        index = store.open_index(path)
    except ForeignFile as error:
        raise _no_glossary(path, f"This is {error}.", advice) from error
    if index.meta.get("vardynas") != __version__:
        made_by = index.meta.get("vardynas", "another version")
        message = f"This was compiled by vardynas {made_by}; this is vardynas {__version__}."
        raise _no_glossary(path, message, advice)
    return index


def _no_glossary(path: Path, message: str, advice: str) -> GlossaryError:
    return GlossaryError((Problem(str(path), 0, 0, "compiled-glossary", message, advice),))
