"""How two words of names are related: one spelling, a form, a rendering, a like sound, or nothing."""

from __future__ import annotations

from typing import NamedTuple

from vardynas.evidence import Step
from vardynas.index.hits import Hit
from vardynas.index.names import NameWord
from vardynas.language import tables
from vardynas.language.keys import coarse, codes, keys
from vardynas.match.compare_forms import BaseForm, base_forms, readings
from vardynas.match.steps import hit_steps
from vardynas.text.fold import plain

__all__ = ["Cell", "Link", "link_words"]

Cell = tuple[str, str]
"""A case and a gender (m, f, n or x for any)."""

SPELLED = {"exact": 0.97, "inflected": 0.96, "derived": 0.95}
DOUBTFUL_RULES, MARKS_LOST = 0.12, 0.02
SAME_CODES, SAME_KEY, BOTH_FORMS, MARKS_GONE = 0.9, 0.82, 0.86, 0.78
ONE_LANGUAGE, LETTERS_ALIKE = 0.35, 0.75
"""Within one language two spellings that only sound alike, not look alike, are two names."""

VOWELS = "AIU"
"""The phoneme classes of vowels."""

SHORTEST_CODE, SHORTEST_KEY = 3, 4
"""Fewer phoneme classes say nothing: half of all short names would be alike."""

TRUST, TRUST_LONG, LONG = 0.4, 0.78, 9
"""How much a misspelt word counts alone, and one of so many phoneme classes or more."""

LOST, LOST_IN_SHORT, TWO_SLIPS, OTHER_VOWEL, OTHER_CONSONANT = 0.8, 0.6, 0.65, 0.5, 0.4
"""A letter lost, added or two changed places, in longer and shorter words; two such; other letters."""

FAR = 0.35
"""Words whose phoneme classes are less alike than this are not looked at closely."""

SHORT = 4
"""Words of so many letters are never alike by similarity (Iraq, Iran)."""


class Link(NamedTuple):
    """How likely two words are one, why, and in which cells each stands then (empty: any).

    Where they are one only if one of them is misspelt, `score` supposes that something else
    speaks for that; `trust` is the share of it that is left without.
    """

    score: float
    steps: tuple[Step, ...]
    cells_a: frozenset[Cell] = frozenset()
    cells_b: frozenset[Cell] = frozenset()
    trust: float = 1.0

    @property
    def alone(self) -> float:
        """The score where nothing else speaks for the link."""
        return self.score * self.trust

    def flipped(self) -> Link:
        """The link seen from the other word."""
        return self._replace(cells_a=self.cells_b, cells_b=self.cells_a)


def link_words(a: NameWord, b: NameWord, languages: tuple[str, str], kind: str) -> Link:
    """The best relation of two words; a score near 0 when there is none."""
    if a.form == b.form:
        return Link(1.0, ())
    return _link(a.text, b.text, a.form, b.form, *languages, kind)


@tables.cached_up_to(16384)
def _link(
    text_a: str, text_b: str, form_a: str, form_b: str, lang_a: str, lang_b: str, kind: str
) -> Link:
    if plain(form_a) == plain(form_b):
        return Link(0.97, (("letters", text_a, text_b),))
    if _far(form_a, form_b, lang_a, lang_b):
        return Link(0.0, (("different", text_a, text_b),))
    known = max(
        _read(text_a, lang_a, text_b, form_b, kind),
        _read(text_b, lang_b, text_a, form_a, kind).flipped(),
        key=lambda link: link.score,
    )
    if known.score > SAME_CODES:
        return known
    sound = _same_sound(text_a, text_b, form_a, form_b, lang_a, lang_b, kind)
    best = max(known, sound, key=lambda link: link.score)
    return best if best.score > 0 else _alike(text_a, text_b, form_a, form_b, lang_a, lang_b)


def _far(form_a: str, form_b: str, lang_a: str, lang_b: str) -> bool:
    from rapidfuzz.distance import OSA

    alike = (
        OSA.normalized_similarity(one, other)
        for one in codes(form_a, _known(lang_a))
        for other in codes(form_b, _known(lang_b))
    )
    return max(alike, default=0.0) < FAR


# ------------------------------------------------------------ forms


def _read(word: str, language: str, surface: str, form: str, kind: str) -> Link:
    """`form` as a form of `word`, in any language."""
    hits = readings(word, language, kind, form, plain(form))
    if not hits:
        return Link(0.0, ())
    best = max(hits, key=_strength)
    base = frozenset(("nom", s.gender) for hit in hits for s in hit.slots)
    cells = frozenset((s.case, s.gender) for hit in hits for s in hit.slots)
    return Link(_strength(best), tuple(hit_steps(best, surface)), base, cells)


def _strength(hit: Hit) -> float:
    doubt = DOUBTFUL_RULES * (1 - hit.weight) if hit.rules else 0.02 * (1 - hit.weight)
    return SPELLED[hit.method] - doubt - (0.0 if hit.exact else MARKS_LOST)


def _same_sound(
    text_a: str, text_b: str, form_a: str, form_b: str, lang_a: str, lang_b: str, kind: str
) -> Link:
    """Equal phoneme classes, of the words or of base forms that they can have."""
    step: Step = ("key", text_a, text_b)
    one_language = lang_a == lang_b != "und"
    if _common(codes(form_a, _known(lang_a)), codes(form_b, _known(lang_b)), SHORTEST_CODE):
        apart = one_language and not _spelled_alike(form_a, form_b)
        return Link(ONE_LANGUAGE if apart else SAME_CODES, (step,))
    both = _common_base(form_a, form_b, lang_a, lang_b, kind)
    if both is not None:
        one, other = both
        return Link(
            BOTH_FORMS,
            (("both-forms", text_a, text_b, one.text),),
            frozenset((case, one.gender) for case in one.cells),
            frozenset((case, other.gender) for case in other.cells),
        )
    if not one_language and sounds(form_a, _known(lang_a)) & sounds(form_b, _known(lang_b)):
        return Link(SAME_KEY, (step,))
    if _without_marks(form_a, form_b, lang_a, lang_b):
        return Link(MARKS_GONE, (("letters", text_a, text_b),))
    return Link(0.0, ())


def _without_marks(form_a: str, form_b: str, lang_a: str, lang_b: str) -> bool:
    """Whether one is the other in a text without diacritics (Simonyte, Шимоните)."""
    if form_a.isascii() == form_b.isascii():
        return False
    some = {_bare_code(code) for code in codes(form_a, _known(lang_a))}
    others = (_bare_code(code) for code in codes(form_b, _known(lang_b)))
    return any(len(code) > SHORTEST_KEY and code in some for code in others)


def _bare_code(code: str) -> str:
    """The classes as text without diacritics shows them."""
    return "".join(letter if letter in VOWELS else coarse(letter) for letter in code)


def _spelled_alike(form_a: str, form_b: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.normalized_similarity(plain(form_a), plain(form_b)) >= LETTERS_ALIKE


def _known(language: str) -> str | None:
    return None if language == "und" else language


def _common(some: tuple[str, ...], others: tuple[str, ...], shortest: int) -> bool:
    return any(len(key) >= shortest and key in others for key in some)


def _common_base(
    form_a: str, form_b: str, lang_a: str, lang_b: str, kind: str
) -> tuple[BaseForm, BaseForm] | None:
    """Base forms of both that sound alike, each with its cells; None when there are none."""
    known: dict[tuple[str, str], BaseForm] = {}
    for base in base_forms(form_a, lang_a, kind):
        for sound in _firm_sounds(base, kind):
            known.setdefault((sound, base.gender), base)
    for base in base_forms(form_b, lang_b, kind):
        for sound in _firm_sounds(base, kind):
            if (sound, base.gender) in known:
                return known[sound, base.gender], base
    return None


def _firm_sounds(base: BaseForm, kind: str) -> list[str]:
    """What base forms must share: too much is a base form to let the final vowel go in short ones."""
    open_too = kind == "family"
    return [
        sound
        for sound in sounds(base.text, base.language)
        if not sound.endswith("~") or (open_too and len(sound) > SHORTEST_KEY + 1)
    ]


@tables.cached_up_to(16384)
def sounds(word: str, language: str | None) -> frozenset[str]:
    """What a word must share with another to sound like it, in some language.

    Its codes; those that end in a vowel also without it, then marked by ``~`` (Гродна, Hrodno); the
    keys without the ending that Lithuanian adds stand for both (Kalinauskas). So a vowel may
    change at the end of a word but not appear there (Niger, Nigeria).

    >>> sorted(sounds("Hrodna", "be-Latn") & sounds("Гродно", "ru"))
    ['GRADN~', 'GRADNA']
    """
    whole = codes(word, language)
    bare = {code.rstrip(VOWELS) for code in whole}
    added = {key for key in keys(word, language) if key not in bare and key not in whole}
    opened = {code.rstrip(VOWELS) for code in whole if code[-1] in VOWELS} | added
    both = {*whole, *added, *(key + "~" for key in opened)}
    return frozenset(s for s in both if len(s) - s.endswith("~") >= SHORTEST_KEY)


# ------------------------------------------------------------ similarity


def _alike(text_a: str, text_b: str, form_a: str, form_b: str, lang_a: str, lang_b: str) -> Link:
    """Nearly the same phoneme classes: a slip of the pen in a long name, else another name."""
    if min(len(form_a), len(form_b)) <= SHORT:
        return Link(0.0, (("different", text_a, text_b),))
    pairs = [
        (_nearness(one, other), min(len(one), len(other)))
        for one in codes(form_a, _known(lang_a))
        for other in codes(form_b, _known(lang_b))
    ]
    score, length = max(pairs, default=(0.0, 0))
    kind = "similar" if score >= OTHER_VOWEL else "different"
    trust = TRUST_LONG if score >= LOST and length >= LONG else TRUST
    return Link(score, ((kind, text_a, text_b),), trust=trust)


def _nearness(one: str, other: str) -> float:
    """How likely two codes are one name misspelt."""
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
