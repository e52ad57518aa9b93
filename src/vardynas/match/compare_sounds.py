"""How alike two words sound, whatever language and script they are written in: phoneme classes.

Nothing here knows of forms or renderings; what only sounds alike may still be two names.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from vardynas.language import keys, tables
from vardynas.text.fold import plain

__all__ = [
    "Written",
    "are_far",
    "look_alike",
    "same_codes",
    "same_consonants",
    "same_sound",
    "slip",
    "sounds",
    "without_marks",
]

VOWELS = "AIU"
"""The phoneme classes of vowels."""

SHORTEST_CODE, SHORTEST_KEY, SHORTEST_SKELETON = 3, 4, 3
"""Fewer phoneme classes say nothing: half of all short names would be alike."""

FAR = 0.35
"""Words whose phoneme classes are less alike than this need not be looked at closely."""

LOOK_ALIKE = 0.75

SHORT = 4
"""Words of so many letters are never one name misspelt (Iraq, Iran)."""

LOST, LOST_IN_SHORT, TWO_SLIPS, OTHER_VOWEL, OTHER_CONSONANT = 0.8, 0.6, 0.65, 0.4, 0.35
"""A letter lost, added or two changed places, in longer and shorter words; two such; other letters."""

TRUST, TRUST_LONG, LONG = 0.4, 0.78, 9
"""How much a misspelt word counts alone, and one of so many phoneme classes or more."""


class Written(NamedTuple):
    """A word as it stands in a name, folded, and its language (und where it is not known).

    `role` is given, initial, patronymic, family or word.
    """

    text: str
    form: str
    language: str
    role: str = "word"

    @property
    def initial(self) -> str:
        """Its first letter without diacritics."""
        return plain(self.form)[:1]

    @property
    def codes(self) -> tuple[str, ...]:
        """Its phoneme classes by all ways to read it; () for other scripts."""
        return keys.codes(self.form, _tag(self.language))

    @property
    def sounds(self) -> frozenset[str]:
        """What it must share with another word to sound like it."""
        return sounds(self.form, self.language)


def _tag(language: str) -> str | None:
    return None if language == "und" else language


@tables.cached_up_to(16384)
def sounds(word: str, language: str) -> frozenset[str]:
    """What a word must share with another to sound like it, in some language; may be empty.

    Its codes; those that end in a vowel also without it, then marked by ``~`` (Гродна, Hrodno); the
    keys without the ending that Lithuanian adds stand for both (Kalinauskas). So a vowel may
    change at the end of a word but not appear there (Niger, Nigeria).

    >>> sorted(sounds("Hrodna", "be-Latn") & sounds("Гродно", "ru"))
    ['GRADNA', 'GRADN~']
    """
    whole = keys.codes(word, _tag(language))
    bare = {code.rstrip(VOWELS) for code in whole}
    added = {key for key in keys.keys(word, _tag(language)) if key not in bare and key not in whole}
    opened = {code.rstrip(VOWELS) for code in whole if code[-1] in VOWELS} | added
    both = {*whole, *added, *(key + "~" for key in opened)}
    return frozenset(s for s in both if len(s) - s.endswith("~") >= SHORTEST_KEY)


def same_codes(a: Written, b: Written) -> bool:
    """Whether some way to read both gives the same phoneme classes."""
    others = b.codes
    return any(len(code) >= SHORTEST_CODE and code in others for code in a.codes)


def same_sound(a: Written, b: Written) -> bool:
    """Whether they sound alike but for a final vowel; within one language that is another name."""
    return (a.language != b.language or a.language == "und") and bool(a.sounds & b.sounds)


def look_alike(a: Written, b: Written) -> bool:
    """Whether most letters are the same, diacritics aside."""
    from rapidfuzz.distance import OSA

    return OSA.normalized_similarity(plain(a.form), plain(b.form)) >= LOOK_ALIKE


def are_far(a: Written, b: Written) -> bool:
    """Whether nothing can make one name of them."""
    from rapidfuzz.distance import OSA

    others = b.codes
    alike = (OSA.normalized_similarity(one, other) for one in a.codes for other in others)
    return max(alike, default=0.0) < FAR


def without_marks(a: Written, b: Written) -> bool:
    """Whether one is the other in a text without diacritics (Simonyte, Шимоните)."""
    if a.form.isascii() == b.form.isascii():
        return False
    some = {_bare_code(code) for code in a.codes if len(code) > SHORTEST_KEY}
    return any(_bare_code(code) in some for code in b.codes)


def _bare_code(code: str) -> str:
    return "".join(letter if letter in VOWELS else keys.coarse(letter) for letter in code)


def same_consonants(a: Written, b: Written) -> bool:
    """Whether two scripts write the same consonants: names spelled by ear (Peter, Питер)."""
    if a.form.isascii() == b.form.isascii():
        return False
    some = {keys.skeleton(code) for code in a.codes}
    others = {keys.skeleton(code) for code in b.codes}
    return any(len(found) >= SHORTEST_SKELETON for found in some & others)


# ------------------------------------------------------------ slips of the pen


def slip(a: Written, b: Written) -> tuple[float, float]:
    """How likely two words are one misspelt, if something else speaks for that; 0.0 for short ones.

    The second number is the share of it that is left when nothing else does.

    >>> slip(Written("", "grybuaskaitė", "lt"), Written("", "grybauskaitė", "lt"))
    (0.8, 0.78)
    """
    if min(len(a.form), len(b.form)) <= SHORT:
        return 0.0, TRUST
    pairs = [(plain(a.form), plain(b.form)), *product(a.codes, b.codes)]
    score, length = max((_nearness(*pair), min(map(len, pair))) for pair in pairs)
    return score, TRUST_LONG if score >= LOST and length >= LONG else TRUST


def _nearness(one: str, other: str) -> float:
    from rapidfuzz.distance import OSA

    if one[:1] != other[:1]:
        return 0.05
    distance = OSA.distance(one, other)
    length = min(len(one), len(other))
    if distance == 1 and length >= 5:
        return min(LOST if length >= 7 else LOST_IN_SHORT, _replaced(one, other))
    if distance == 2 and length >= 9 and abs(len(one) - len(other)) < 2:
        return min(TWO_SLIPS, _replaced(one, other))
    return max(0.0, 0.4 - 0.15 * distance)


def _replaced(one: str, other: str) -> float:
    """What is left when a letter stands for another one, which slips of the pen seldom do."""
    from rapidfuzz.distance import Levenshtein

    if sorted(one) == sorted(other):
        return 1.0
    replaced = [
        {one[op.src_pos], other[op.dest_pos]}
        for op in Levenshtein.editops(one, other)
        if op.tag == "replace"
    ]
    if not replaced:
        return 1.0
    return OTHER_VOWEL if all(pair <= set(VOWELS) for pair in replaced) else OTHER_CONSONANT
