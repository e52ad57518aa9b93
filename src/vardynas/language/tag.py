"""Language tags as the tables of the languages know them."""

from __future__ import annotations

__all__ = ["base_language", "well_formed"]


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
    return first.isalpha() and first.isascii() and 2 <= len(first) <= 3 and all(rest)
