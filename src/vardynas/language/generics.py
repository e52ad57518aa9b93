"""Words in names of places that are translated from language to language: island, north, province."""

from __future__ import annotations

from vardynas.language import tables

__all__ = ["adjective_stem", "generic_class", "is_little"]


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


def is_little(form: str) -> bool:
    """Whether a folded word says nothing by itself beside a name: in, of, and, an article.

    >>> is_little("nad"), is_little("wyspy")
    (True, False)
    """
    return generic_class(form) in tables.load("generics")["little"]


def adjective_stem(form: str) -> str:
    """A folded word without the ending of an adjective made from a place; else the word itself.

    >>> adjective_stem("слівенская"), adjective_stem("вільня")
    ('слівен', 'вільня')
    """
    for ending in _endings():
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            return form[: -len(ending)]
    return form


@tables.cached
def _endings() -> tuple[str, ...]:
    return tuple(sorted(tables.load("names")["adjectives"], key=len, reverse=True))
