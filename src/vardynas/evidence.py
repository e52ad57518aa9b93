"""Why a name was recognized: steps kept as small tuples, turned into sentences when asked for.

A step is a kind and its arguments. Building the sentence is left to the moment somebody reads it, so
that scanning a gigabyte does not write a gigabyte of explanations.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TEMPLATES", "Evidence", "Step", "explain"]

Step = tuple[str, ...]
"""A kind of `TEMPLATES` and the arguments of its sentence."""

TEMPLATES = {
    "exact": "“{0}” is the listed {1} name “{2}”.",
    "letters": "“{0}” is written without the marks of “{1}”.",
    "inflected": "“{0}” is a form ({3}) of the {1} name “{2}”.",
    "derived": "“{0}” is “{2}” ({1}) by {4}; form: {3}.",
    "given": "The given name “{0}” is the entry's given name “{1}”.",
    "given-class": "The given name “{0}” is a form of the entry's given name in another language.",
    "initial": "The initial “{0}” is that of the entry's given name.",
    "patronymic": "“{0}” is the patronymic.",
    "middle": "“{0}” stands as a middle name.",
    "key": "“{0}” and “{1}” are spelled alike once the languages' ways of writing are undone.",
    "similar": "“{0}” differs from “{1}” by a letter or two.",
    "phonetic": "“{0}” sounds like “{1}” ({2} of 100).",
    "short": "The glossary says that this name stands alone.",
    "licensed": "The full name, or a name that belongs to it, stands elsewhere in this text.",
    "alone": "A family name alone, without the full name in this text.",
    "needs-context": "In a text the glossary asks for support before this name is taken.",
    "missing": "“{0}” of the listed name is not written.",
    "extra": "“{0}” is not part of the listed name.",
    "order": "The words stand in another order.",
    "family": "“{0}” and “{1}” are the family names of relatives, not of one person.",
    "different-initial": "The initial “{0}” does not fit “{1}”.",
    "different-given": "The given names “{0}” and “{1}” are not forms of one name.",
    "different": "“{0}” and “{1}” are spelled too differently.",
    "different-middle": "“{0}” and “{1}” are different middle names or patronymics.",
    "given-classes": "The given names “{0}” and “{1}” are forms of one name.",
    "consonants": "“{0}” and “{1}” have the same consonants.",
    "given-alone": "“{0}” is only a given name.",
    "initials": "The initial “{0}” fits “{1}”.",
    "bare": "“{0}” is the family name alone; others bear it too.",
    "half": "“{0}” of the double family name is missing in the other name.",
    "one-sided": "“{0}” stands in one of the names only.",
    "both-forms": "“{0}” and “{1}” can both be forms of “{2}”.",
    "same-text": "Both are written “{0}”.",
    "no-name": "One of them has no letters: there is nothing to compare.",
    "too-long": "One of them has more than {0} words: that is no name.",
    "same-entry": "Both are names of the entry {0}.",
    "distinct": "The glossary keeps {0} and {1} apart.",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One readable step from what stands in the text to the name in the glossary.

    >>> explain((("initial", "A."),))[0].text
    "The initial “A.” is that of the entry's given name."
    """

    step: str
    text: str

    def __str__(self) -> str:
        return self.text

    def to_dict(self) -> dict[str, str]:
        """The step and its sentence."""
        return {"step": self.step, "text": self.text}


def explain(steps: tuple[Step, ...]) -> tuple[Evidence, ...]:
    """The sentences of `steps`, in order."""
    return tuple(Evidence(kind, TEMPLATES[kind].format(*rest)) for kind, *rest in steps)
