"""What was probably meant: the nearest known word, the value for a synonym, an id for a name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

__all__ = ["close", "shown", "slug"]

# Words of other formats and of grammars → the value that is meant.
_SYNONYMS = {
    "m": "male", "man": "male", "masculine": "male", "f": "female", "woman": "female",
    "w": "female", "feminine": "female", "human": "person", "people": "person",
    "location": "place", "city": "place", "town": "place", "country": "place",
    "org": "organisation", "company": "organisation", "party": "organisation",
    "work": "other", "event": "other", "old": "historical", "former": "historical",
    "abbreviation": "short", "surname": "short", "typo": "misspelling", "alias": "variant",
    "always": "auto", "no": "never", "none": "never", "sensitive": "exact", "insensitive": "any",
    "nominative": "nom", "genitive": "gen", "dative": "dat", "accusative": "acc",
    "instrumental": "ins", "inst": "ins", "abl": "ins", "locative": "loc", "prepositional": "loc",
    "prep": "loc", "pre": "loc", "vocative": "voc",
}  # fmt: skip


def close(word: str, known: Iterable[str]) -> str:
    """The known word that is probably meant; "" when none is near.

    >>> close("organization", ("person", "organisation")), close("genitive", ("nom", "gen"))
    ('organisation', 'gen')
    """
    known = list(known)
    synonym = _SYNONYMS.get(word.strip().lower(), "")
    if synonym in known:
        return synonym
    found = difflib.get_close_matches(word[:40].lower(), known, n=1, cutoff=0.6)
    return found[0] if found else ""


def slug(text: str) -> str:
    """An id made of the Latin letters of a text; "" when it has others.

    >>> slug("Kalinoŭski Kastuś"), slug("Łódź"), slug("Гродна")
    ('kalinouski-kastus', 'lodz', '')
    """
    letters = text.casefold().translate(str.maketrans("łđøı", "ldoi"))
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", letters)
        if letter.isalnum() or letter in " -_"
    )
    return "-".join(re.findall(r"[a-z0-9]+", bare)) if bare.isascii() else ""


def shown(text: str) -> str:
    """The text in quotes for a message, cut where it is long.

    >>> shown("Гродна")
    "'Гродна'"
    """
    return repr(text if len(text) <= 80 else text[:79] + "…")
