"""How fully somebody is named: what a writer left out of a name is not added.

A king without his number and a politician by a short given name are named less fully, not spelled
otherwise. So the number of the name to write is left out where the name that was found has none, and a
short given name stays.
"""

from __future__ import annotations

import re
from dataclasses import replace

from vardynas.language import tables
from vardynas.language.given_names import full_names, own_classes
from vardynas.language.names import parse_name
from vardynas.model import Entry, Name, Reading
from vardynas.render.target import Target, make_target

__all__ = ["is_short_given", "numbered_like"]

_is_numeral = re.compile(r"[IVX]+$").match


@tables.cached_up_to(4096)
def numbered_like(target: Target, like: Name | None) -> Target:
    """The target without its number where `like`, the name that was found, has as many words and none.

    >>> from vardynas.model import Entry
    >>> names = ["Zygmunt II August", "Zygmunt August"]
    >>> king = Entry("king", {"pl": names}, type="person", gender="male")
    >>> target = make_target(king, king.preferred("pl"))
    >>> [numbered_like(target, name).name.form for name in king.all_names()]
    ['Zygmunt II August', 'Zygmunt August']
    """
    if like is None or target.entry.type != "person":
        return target
    words, own = like.form.split(), target.name.form.split()
    kept = [word for word in own if not _is_numeral(word)]
    if len(kept) == len(own) or len(kept) != len(words) or any(map(_is_numeral, words)):
        return target
    name = replace(target.name, form=" ".join(kept), forms=())
    return make_target(target.entry, name) or target


def is_short_given(reading: Reading, target: Target, place: int) -> bool:
    """Whether a word is a short form of the given name at a place of the target (Radek, Radosław).

    A short form by which somebody is known at home is none: Kastuś Kalinowski is the Polish spelling
    of Кастусь Каліноўскі, whom the glossary may call Konstanty in Polish.
    """
    language, full = target.language, target.words[place].text
    short, long = own_classes(reading.lemma, language), own_classes(full, language)
    if not short or set(short) & set(long) or set(short) & _at_home(target.entry):
        return False
    return all(set(full_names(one)) & set(long) for one in short)


@tables.cached_up_to(4096)
def _at_home(entry: Entry) -> frozenset[str]:
    """The classes of the given names that the entry has in its own language."""
    name = entry.preferred(entry.origin or "")
    parsed = parse_name(name, entry) if name else None
    words = parsed.words if parsed and parsed.personal else ()
    given = (word.text for word in words if word.role == "given")
    return frozenset(one for text in given for one in own_classes(text, entry.origin))
