"""Words in names of places that are translated from language to language: island, north, province."""

from __future__ import annotations

from vardynas.language import tables

__all__ = ["generic_class"]


@tables.cached
def _by_word() -> dict[str, str]:
    classes: dict[str, dict[str, str]] = tables.load("generics")["classes"]
    return {
        word: class_id
        for class_id, languages in classes.items()
        for words in languages.values()
        for word in words.split()
    }


def generic_class(form: str) -> str:
    """The class of a folded word that is translated in names of places; "" for all other words.

    >>> generic_class("паўночная"), generic_class("wyspy"), generic_class("вільня")
    ('north', 'island', '')
    """
    return _by_word().get(form, "")
