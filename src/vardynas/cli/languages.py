"""What is said of a language tag that no table and no name of the glossary knows."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vardynas.resolver import Resolver

__all__ = ["check_gloss", "check_target", "warn_of_hint"]


def check_target(resolver: Resolver, to: str) -> None:
    """Refuse a language to write in that has neither rules nor names; warn where it has no rules."""
    from vardynas.cli.errors import BadInput
    from vardynas.language.known import written
    from vardynas.language.tag import base_language, canonical

    language = None if to in ("preferred", "id") else base_language(canonical(to))
    if language is None or language in written():
        return
    if language not in _listed(resolver):
        hint = _hint(language, written())
        raise BadInput(f"there are no names and no rules for {to!r}.{hint}")
    _warn(f"no rules for {to!r}: only names that the glossary lists are written, undeclined.")


def check_gloss(resolver: Resolver, gloss: str) -> None:
    """Refuse a language for glosses in which the glossary has no name; "" is no gloss."""
    from vardynas.cli.errors import BadInput
    from vardynas.language.known import written
    from vardynas.language.tag import base_language, canonical

    language = None if gloss in ("", "original") else base_language(canonical(gloss))
    if language is not None and language not in _listed(resolver):
        raise BadInput(f"there are no names for gloss {gloss!r}.{_hint(language, written())}")


def _listed(resolver: Resolver) -> Collection[str]:
    """The languages in which the glossary has names."""
    from vardynas.language.tag import base_language

    return {base_language(tag) for entry in resolver.entries.values() for tag in entry.names}


def warn_of_hint(_: click.Context, __: click.Parameter, tag: str | None) -> str | None:
    """The tag as given, after a warning where no table knows its language (a click callback)."""
    from vardynas.language.known import tabled
    from vardynas.language.tag import base_language, canonical

    language = base_language(canonical(tag)) if tag else None
    if language and language not in tabled():
        _warn(f"no rules for the language {tag!r}.{_hint(language, tabled())}")
    return tag


def _hint(language: str, known: Collection[str]) -> str:
    """What may be meant, and which languages are known.

    >>> _hint("by", ["be", "lt"])
    " Did you mean 'be'? Known languages: be, lt."
    """
    from vardynas.language import tables

    meant = tables.load("language_tags")["slips"].get(language)
    close = f" Did you mean {meant!r}?" if meant in known else ""
    return f"{close} Known languages: {', '.join(known)}."


def _warn(text: str) -> None:
    click.echo(f"{click.style('warning:', fg='yellow')} {text}", err=True)
