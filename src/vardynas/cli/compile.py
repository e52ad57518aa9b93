"""``vardynas compile``: a glossary as one file that opens at once."""

from __future__ import annotations

import time
from contextlib import suppress
from glob import escape
from pathlib import Path

import click

from vardynas.cli import options

__all__ = ["command"]

ABANDONED = 600
"""Seconds after which nobody writes a draft any more: writing one takes some."""


@click.command(
    "compile",
    epilog=options.examples(
        "vardynas compile -o people.index people/",
        "vardynas scan --glossary people.index article.txt",
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="Where to write the glossary; the name must end in .index.",
)
@click.option("--with-builtin", is_flag=True, help="Add PATH to the built-in glossary.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Use at most N processes; by default one a processor.",
)
def command(paths: tuple[str, ...], output: str, with_builtin: bool, jobs: int | None) -> None:
    """Compile glossary files and folders to one file.

    Without PATH it is the built-in glossary. Commands do the same by themselves the first time that
    they see a glossary, and keep the result in the cache; a file can be carried to other machines,
    with the same version of vardynas, and is opened there without the sources.
    """
    from vardynas.cli.context import explained_wait
    from vardynas.cli.output import count, remark
    from vardynas.index.opening import write_glossary
    from vardynas.index.shipped import compile_files

    target = Path(output)
    _check(target, paths)
    _tidy(target)
    with explained_wait():
        files = list(map(Path, paths))
        packed = compile_files(files, builtin=with_builtin or not paths, jobs=jobs)
        index = write_glossary(target, packed)
    entries = count(len(index.numbers), "entry", "entries")
    size = target.stat().st_size / 1e6
    remark(f"{output}: {entries}, {count(len(index.name_entry), 'name')}, {size:,.1f} MB.")


def _tidy(target: Path) -> None:
    """Remove what runs that were killed while they wrote `target` have left beside it."""
    for path in target.parent.glob(f".{escape(target.name)}.*.part"):
        with suppress(OSError):  # somebody else may tidy as well
            if time.time() - path.stat().st_mtime > ABANDONED:
                path.unlink()


def _check(target: Path, paths: tuple[str, ...]) -> None:
    from vardynas.index.opening import SUFFIX

    if target.suffix != SUFFIX:
        raise click.BadParameter(
            f"{target} does not end in {SUFFIX}, by which a compiled glossary is known; "
            f"write {target.with_suffix(SUFFIX)} instead.",
            param_hint="'-o'",
        )
    compiled = [path for path in paths if path.endswith(SUFFIX)]
    if compiled:
        raise click.BadParameter(
            f"{compiled[0]} is compiled already; write the files that it was made from instead.",
            param_hint="'[PATH]...'",
        )
