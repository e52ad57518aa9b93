"""Which files make a glossary: those in folders, the shipped ones, and a fingerprint of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from vardynas.errors import GlossaryError, Problem

__all__ = ["builtin_path", "fingerprint", "glossary_files", "listed"]

_SUFFIXES = (".yaml", ".yml")


def builtin_path() -> Path:
    """The folder of the glossary that ships with the package.

    In an installed package it stands inside it, in a checkout beside ``src``; `GlossaryError` when
    neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    checkout = package.parents[1]
    if (shipped := package / "data" / "glossary").is_dir():
        return shipped
    if (checkout / "pyproject.toml").is_file() and (checkout / "glossary").is_dir():
        return checkout / "glossary"
    message = "The glossary that ships with vardynas is missing."
    advice = "Install the package again, or load a glossary of your own instead."
    raise GlossaryError((Problem(str(shipped), 0, 0, "missing-file", message, advice),))


def glossary_files(paths: Iterable[Path | str], problems: list[Problem]) -> list[Path]:
    """The files to read, each once and sorted: paths as given, folders with all YAML files in them.

    Hidden files are left out. What is missing goes into `problems`.
    """
    found: dict[Path, Path] = {}
    for path in map(Path, [paths] if isinstance(paths, str | Path) else paths):
        files = [path] if path.is_file() else [file for file, _ in _folder(path)]
        if not files:
            problems.append(_missing(path))
        for file in files:
            found.setdefault(file.resolve(), file)
    return sorted(found.values())


def _folder(path: Path) -> Iterator[tuple[Path, str]]:
    """The YAML files of a folder with their names relative to it."""
    found = sorted((Path(inner).parts, inner) for inner, _ in _inside(path, ""))
    for _, inner in found:
        yield path / inner, inner


def _inside(path: Path, inside: str) -> Iterator[tuple[str, os.stat_result]]:
    """The YAML files below a folder, by their names in it; hidden ones are left out."""
    try:
        found = list(os.scandir(path / inside))
    except OSError:
        return
    for item in found:
        if item.name.startswith("."):
            continue
        if item.is_dir(follow_symlinks=False):
            yield from _inside(path, f"{inside}{item.name}/")
        elif item.name.lower().endswith(_SUFFIXES) and item.is_file():
            yield f"{inside}{item.name}", item.stat()


def listed(paths: Iterable[Path | str]) -> Iterator[tuple[str, os.stat_result]]:
    """The files that make a glossary with what the system says of them, without reading any.

    A path that is not there is left out.
    """
    for path in map(Path, paths):
        for inner, status in _inside(path, ""):
            yield f"{path}/{inner}", status
        if path.is_file():
            yield str(path), path.stat()


def _missing(path: Path) -> Problem:
    if path.is_dir():
        message = "No YAML file is in this folder."
        advice = "Write a file such as people.yaml in it."
    else:
        message = "There is no such file."
        advice = "Write the path of a glossary file or folder instead."
    return Problem(str(path), 0, 0, "missing-file", message, advice)


def fingerprint(paths: Iterable[Path | str], *, content: bool = False) -> str:
    """64 hexadecimal digits that change when a file of the glossary does.

    By name, size and time of change, which is quick; with `content` by name and content, which is
    the same on every machine. Folders count by the names inside them, wherever they stand.
    """
    from hashlib import sha256

    digest = sha256()
    for path in sorted(map(Path, [paths] if isinstance(paths, str | Path) else paths)):
        files = [(path, path.name)] if path.is_file() else _folder(path)
        for file, name in files:
            status = file.stat()
            state = _content(file) if content else f"{status.st_size}:{status.st_mtime_ns}"
            digest.update(f"{name}\0{state}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _content(file: Path) -> str:
    import hashlib

    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
