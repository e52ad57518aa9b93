"""The indexes that a wheel carries: the built-in glossary and the given names, compiled.

They were made from the very files that they were packed with, so only a changed glossary makes them
stale; an editable install has none and compiles at its first use.
"""

from __future__ import annotations

from pathlib import Path

from vardynas.index.columns import ForeignFile
from vardynas.index.store import open_index, stored
from vardynas.index.tables import Index

__all__ = [
    "GIVEN_NAMES",
    "GLOSSARY",
    "compile_files",
    "compiled",
    "given_names",
    "shipped",
    "version",
]

GLOSSARY, GIVEN_NAMES = "glossary.index", "given_names.index"

_FOLDER = Path(__file__).parents[1] / "data"


def shipped(name: str, state: str = "") -> Index | None:
    """The shipped index `name`; None where there is none, or none that was made from `state`."""
    path = _FOLDER / name
    if not path.is_file():
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


def compile_files(paths: list[Path], *, builtin: bool) -> bytes:
    """The index of glossary files as bytes; its meta data name version and hash.

    With `builtin` the shipped glossary is the base to which `paths` add. Raises `GlossaryError`.
    """
    from vardynas.glossary import Glossary, builtin_path, fingerprint, read
    from vardynas.index.build import build

    base = read([builtin_path()]) if builtin else None
    glossary = read(paths, base=base) if paths else base or Glossary({})
    sources = [*([builtin_path()] if builtin else []), *paths]
    meta = {"version": version(builtin=builtin), "hash": fingerprint(sources, content=True)}
    return build(glossary.entries.values(), meta)


def version(*, builtin: bool) -> str:
    """The version of the shipped glossary; "" where it is left out."""
    from vardynas.glossary.files import builtin_path

    return (builtin_path() / "VERSION").read_text("utf-8").strip() if builtin else ""


def compiled() -> dict[str, bytes]:
    """Both indexes as bytes, by the names of their files."""
    return {GLOSSARY: compile_files([], builtin=True), GIVEN_NAMES: _compiled_given_names()}
