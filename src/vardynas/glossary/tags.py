"""Language tags (BCP 47): which are accepted, and what to write instead of the others."""

from __future__ import annotations

import re
from functools import cache

from vardynas.glossary.schema import LANGUAGE
from vardynas.language import tables

__all__ = ["accepted", "proposal"]

_TAG = re.compile(LANGUAGE)


@cache
def accepted(tag: str) -> bool:
    """Whether a tag may stand in a glossary: well formed, in the usual case, not a known slip.

    >>> accepted("be-tarask"), accepted("gsw"), accepted("by")
    (True, True, False)
    """
    return _TAG.match(tag) is not None and tag.split("-")[0] not in _slips()


def proposal(tag: str) -> str:
    """The tag that is probably meant; "" when there is no saying.

    >>> proposal("lit"), proposal("be_tarask"), proposal("BE-latn")
    ('lt', 'be-tarask', 'be-Latn')
    """
    first, *others = re.split(r"[-_\s]+", tag.strip().lower())
    fixed = "-".join([_slips().get(first, first), *map(_cased, others)])
    return fixed if accepted(fixed) else ""


def _slips() -> dict[str, str]:
    slips: dict[str, str] = tables.load("language_tags")["slips"]
    return slips


def _cased(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part
