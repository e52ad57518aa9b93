"""The indexes that a wheel carries: the built-in glossary and the given names, compiled.

They were made from the very files that they were packed with, so only a changed glossary makes them
stale; an editable install has none and compiles at its first use.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vardynas.index.columns import ForeignFile, Packed
from vardynas.index.store import open_index, stored
from vardynas.index.tables import Index
from vardynas.language import tables

__all__ = [
    "GIVEN_NAMES",
    "GLOSSARY",
    "all_compiled",
    "compile_files",
    "given_names",
    "shipped",
    "version",
]

GLOSSARY, GIVEN_NAMES = "glossary.index", "given_names.index"

_FOLDER = Path(__file__).parents[1] / "data"


def shipped(name: str, state: str = "") -> Index | None:
    """The shipped index `name`; None where there is none that was made from `state`.

    Nor is there one where tables were added to those of the package.
    """
    path = _FOLDER / name
    if not path.is_file() or len(tables.directories()) > 1:
        return None
    try:
        index = open_index(path)
    except (OSError, ForeignFile):
        return None
    return index if index.meta.get("hash", "") == state else None


def given_names() -> Index:
    """The table of given names as an index: shipped, or compiled at the first use."""
    return shipped(GIVEN_NAMES) or stored("given names", _compiled_given_names)


def _compiled_given_names() -> bytes:
    from vardynas.index.build import build_given_names

    return build_given_names()


def compile_files(paths: Sequence[Path], *, builtin: bool, jobs: int | None = None) -> Packed:
    """The index of glossary files; its meta data name version and hash.

    With `builtin` the shipped glossary is the base to which `paths` add; at most `jobs` processes
    work (None: one a processor). Raises `GlossaryError`.
    """
    from vardynas.glossary import Glossary, builtin_path, fingerprint, read
    from vardynas.index.build import compiled
    from vardynas.version import __version__

    base = read([builtin_path()]) if builtin else None
    glossary = read(paths, base=base) if paths else base or Glossary({})
    sources = [*([builtin_path()] if builtin else []), *paths]
    meta = {
        "version": version(builtin=builtin),
        "hash": fingerprint(sources, content=True),
        "vardynas": __version__,
    }
    entries = list(glossary.entries.values())
    del base, glossary  # places of names in files are as large as the names
    return compiled(entries, meta, jobs)


def version(*, builtin: bool) -> str:
    """The version of the shipped glossary; "" where it is left out."""
    from vardynas.glossary.files import builtin_path

    return (builtin_path() / "VERSION").read_text("utf-8").strip() if builtin else ""


def all_compiled() -> dict[str, bytes]:
    """Both indexes as bytes, by the names of their files."""
    return {
        GLOSSARY: bytes(compile_files([], builtin=True)),
        GIVEN_NAMES: _compiled_given_names(),
    }
