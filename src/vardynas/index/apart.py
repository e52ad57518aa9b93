"""The names that a glossary has only in order to set them apart, as entries of their own."""

from __future__ import annotations

from collections.abc import Iterator

from vardynas.language.tag import base_language
from vardynas.model import Entry

__all__ = ["longer_names", "relatives"]


def longer_names(entry: Entry) -> Iterator[Entry]:
    """An entry for each name in `not`; none when it has no such name.

    Nobody says in which language such a name is. So it may be in any that the entry has; in those it
    is as sure as the entry's own names, with which it shares words in all their forms.

    >>> mir = Entry("mir", {"be": ["Новы Мір"]}, type="place", not_=("Новы Мірск",))
    >>> [list(one.names) for one in longer_names(mir)]
    [['und', 'be']]
    """
    for i, form in enumerate(entry.not_):
        shared = _languages(entry) if len(form.split()) > 1 else ()  # one word shares none
        names = {language: [form] for language in ("und", *shared)}
        yield Entry(id=f"{entry.id}~not{i}", type="organisation", names=names)


def _languages(entry: Entry) -> tuple[str, ...]:
    """The languages of an entry, its own first."""
    tags = (entry.origin or "und", *entry.names)
    return tuple(dict.fromkeys(tag for one in tags if (tag := base_language(one)) != "und"))


def relatives(entry: Entry) -> Iterator[Entry]:
    """An entry for each of the `relatives`; none when there are none.

    >>> list(relatives(Entry("mir", {"be": ["Мір"]}, type="place")))
    []
    """
    for i, relative in enumerate(entry.relatives):
        names = {"und": [relative.name]}
        yield Entry(id=f"{entry.id}~relative{i}", type=entry.type, names=names)
