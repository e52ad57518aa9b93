"""How two words of names are related: one spelling, a form, a rendering, a like sound, or nothing."""

from __future__ import annotations

from typing import NamedTuple

from vardynas.evidence import Step
from vardynas.index.hits import Hit
from vardynas.index.names import NameWord
from vardynas.language import tables
from vardynas.language.keys import codes, keys
from vardynas.match.compare_forms import BaseForm, base_forms, readings
from vardynas.match.steps import hit_steps
from vardynas.text.fold import plain

__all__ = ["Cell", "Link", "link_words"]

Cell = tuple[str, str]
"""A case and a gender (m, f, n or x for any)."""

SPELLED = {"exact": 0.97, "inflected": 0.96, "derived": 0.95}
DOUBTFUL_RULES, MARKS_LOST = 0.12, 0.02
SAME_CODES, SAME_KEY, BOTH_FORMS = 0.9, 0.82, 0.86
SHORTEST_CODE, SHORTEST_KEY = 3, 4
"""Fewer phoneme classes say nothing: half of all short names would be alike."""

FAR = 0.35
"""Words whose phoneme classes are less alike than this are not looked at closely."""

SHORT = 4
"""Words of so many letters are never alike by similarity (Iraq, Iran)."""


class Link(NamedTuple):
    """How likely two words are one, why, and in which cells each stands then (empty: any)."""

    score: float
    steps: tuple[Step, ...]
    cells_a: frozenset[Cell] = frozenset()
    cells_b: frozenset[Cell] = frozenset()

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
    if _common(codes(form_a, _known(lang_a)), codes(form_b, _known(lang_b)), SHORTEST_CODE):
        return Link(SAME_CODES, (step,))
    both = _common_base(form_a, form_b, lang_a, lang_b, kind)
    if both is not None:
        one, other = both
        return Link(
            BOTH_FORMS,
            (("both-forms", text_a, text_b, one.text),),
            frozenset((case, one.gender) for case in one.cells),
            frozenset((case, other.gender) for case in other.cells),
        )
    if _common(keys(form_a, _known(lang_a)), keys(form_b, _known(lang_b)), SHORTEST_KEY):
        return Link(SAME_KEY, (step,))
    return Link(0.0, ())


def _known(language: str) -> str | None:
    return None if language == "und" else language


def _common(some: tuple[str, ...], others: tuple[str, ...], shortest: int) -> bool:
    return any(len(key) >= shortest and key in others for key in some)


def _common_base(
    form_a: str, form_b: str, lang_a: str, lang_b: str, kind: str
) -> tuple[BaseForm, BaseForm] | None:
    """Base forms of both that sound alike, each with its cells; None when there are none."""
    for make, shortest in ((codes, SHORTEST_CODE), (keys, SHORTEST_KEY)):
        known: dict[str, BaseForm] = {}
        for base in base_forms(form_a, lang_a, kind):
            for code in make(base.text, base.language):
                known.setdefault(code, base)
        for base in base_forms(form_b, lang_b, kind):
            for code in make(base.text, base.language):
                if len(code) > shortest and code in known:
                    return known[code], base
    return None


# ------------------------------------------------------------ similarity


def _alike(text_a: str, text_b: str, form_a: str, form_b: str, lang_a: str, lang_b: str) -> Link:
    """Nearly the same phoneme classes: a slip of the pen in a long name, else another name."""
    if min(len(form_a), len(form_b)) <= SHORT:
        return Link(0.0, (("different", text_a, text_b),))
    score = max(
        (
            _nearness(one, other)
            for one in codes(form_a, _known(lang_a))
            for other in codes(form_b, _known(lang_b))
        ),
        default=0.0,
    )
    kind = "similar" if score >= 0.5 else "different"
    return Link(score, ((kind, text_a, text_b),))


def _nearness(one: str, other: str) -> float:
    """How likely two codes are one name misspelt."""
    from rapidfuzz.distance import OSA

    if one[:1] != other[:1]:
        return 0.05
    distance = OSA.distance(one, other)
    length = min(len(one), len(other))
    if distance == 1 and length >= 5:
        score = 0.8 if length >= 7 else 0.6
        return score if not _other_consonant(one, other) else score - 0.35
    if distance == 2 and length >= 9 and not _other_consonant(one, other):
        return 0.65
    return max(0.0, 0.4 - 0.15 * distance)


_VOWELS = frozenset("AIU")


def _other_consonant(one: str, other: str) -> bool:
    """Whether a consonant is replaced by another one, which slips of the pen seldom do."""
    from rapidfuzz.distance import Levenshtein

    for op in Levenshtein.editops(one, other):
        if op.tag == "replace" and not (
            one[op.src_pos] in _VOWELS and other[op.dest_pos] in _VOWELS
        ):
            return sorted(one) != sorted(other)
    return False
