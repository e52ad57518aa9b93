"""Language tags as the tables of the languages know them."""

from __future__ import annotations

from vardynas.errors import UnknownLanguage

__all__ = ["base_language", "canonical", "well_formed"]


def base_language(tag: str) -> str:
    """The tag without its subtags; be-Latn stays, for it has a script of its own.

    >>> base_language("be-tarask"), base_language("be-Latn"), base_language("en-GB")
    ('be', 'be-Latn', 'en')
    """
    return tag if tag == "be-Latn" else tag.split("-")[0]


def well_formed(tag: str) -> bool:
    """Whether `tag` can be a language tag: two or three letters, then subtags.

    >>> well_formed("be-tarask"), well_formed("Belarusian"), well_formed("be-")
    (True, False, False)
    """
    first, *rest = tag.split("-")
    language = first.isalpha() and 2 <= len(first) <= 3
    return tag.isascii() and all(rest) and (language or (first in ("x", "i") and bool(rest)))


def canonical(tag: str) -> str:
    """The tag in the spelling of BCP 47, without a region, which no table knows.

    Raises `UnknownLanguage` for what cannot be a tag, TypeError for what is no text.

    >>> canonical("PL-pl"), canonical("be-latn"), canonical("be_TARASK")
    ('pl', 'be-Latn', 'be-tarask')
    """
    if not isinstance(tag, str):
        raise TypeError(f"A language is a tag such as lt, not {tag!r}.")
    tag = tag.replace("_", "-")
    if not well_formed(tag):
        raise UnknownLanguage(tag, ("lt", "be", "be-tarask", "be-Latn", "pl", "en", "ru"))
    first, *rest = tag.lower().split("-")
    kept = [part.title() if len(part) == 4 else part for part in rest if len(part) > 3]
    if first in ("x", "i"):
        return tag.lower()
    return "-".join([first, *kept])
