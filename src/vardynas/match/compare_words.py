"""How two words of names are related: one spelling, a form, a rendering, a like sound, or nothing."""

from __future__ import annotations

from typing import NamedTuple

from vardynas.evidence import Step
from vardynas.index.hits import Hit
from vardynas.language import tables
from vardynas.match.compare_forms import BaseForm, base_forms, readings
from vardynas.match.compare_sounds import (
    Written,
    are_far,
    look_alike,
    same_codes,
    same_sound,
    slip,
    sounds,
    without_marks,
)
from vardynas.match.steps import hit_steps
from vardynas.text.fold import plain

__all__ = ["NO_CELLS", "Cell", "Cells", "Link", "link_words"]

Cell = tuple[str, str]
"""A case and a gender (m, f, n or x for any)."""

Cells = frozenset[Cell]
NO_CELLS: Cells = frozenset()
"""Where a word may stand in any cell, or nothing is known of it."""

PLAIN = 0.97
SPELLED = {"exact": 0.97, "inflected": 0.96, "derived": 0.95}
DOUBTFUL_RULES, DOUBTFUL_PARADIGM, MARKS_LOST = 0.12, 0.02, 0.02
SAME_CODES, BOTH_FORMS, SAME_KEY, MARKS_GONE = 0.9, 0.86, 0.82, 0.78
ONE_LANGUAGE = 0.35
"""Within one language two spellings that only sound alike, not look alike, are two names."""

LIKELY_SLIP = 0.4
FIRM_STEM = 5
"""Base forms are many; for them to agree but for the final vowel takes so many phoneme classes."""


class Link(NamedTuple):
    """How likely two words are one, why, and in which cells each stands then (empty: any).

    Where they are one only if one of them is misspelt, `score` supposes that something else
    speaks for that; `trust` is the share of it that is left without.
    """

    score: float
    steps: tuple[Step, ...]
    cells_a: Cells = NO_CELLS
    cells_b: Cells = NO_CELLS
    trust: float = 1.0

    @property
    def alone(self) -> float:
        """The score where nothing else speaks for the link."""
        return self.score * self.trust

    def flipped(self) -> Link:
        """The link seen from the other word."""
        return self._replace(cells_a=self.cells_b, cells_b=self.cells_a)


def link_words(a: Written, b: Written, kind: str) -> Link:
    """The best relation of two words; a score near 0 when there is none.

    `kind` is given, family, patronymic, place or "".

    >>> a, b = Written("Лукашэнка", "лукашэнка", "be"), Written("Łukaszenki", "łukaszenki", "pl")
    >>> link_words(a, b, "family").score > 0.85
    True
    """
    if a.form == b.form:
        return Link(1.0, ())
    if plain(a.form) == plain(b.form):
        return Link(PLAIN, (("letters", a.text, b.text),))
    return _link(a, b, kind)


@tables.cached_up_to(16384)
def _link(a: Written, b: Written, kind: str) -> Link:
    if are_far(a, b):
        return Link(0.0, (("different", a.text, b.text),))
    known = max(_read(a, b, kind), _read(b, a, kind).flipped(), key=lambda link: link.score)
    if known.score > SAME_CODES:
        return known
    best = max(known, _by_sound(a, b, kind), key=lambda link: link.score)
    return best if best.score else _misspelt(a, b)


def _read(base: Written, surface: Written, kind: str) -> Link:
    """`surface` as a form of `base`, in any language."""
    hits = readings(base, surface.form, kind)
    if not hits:
        return Link(0.0, ())
    best = max(hits, key=_strength)
    at_base = frozenset(("nom", slot.gender) for hit in hits for slot in hit.slots)
    at_form = frozenset((slot.case, slot.gender) for hit in hits for slot in hit.slots)
    return Link(_strength(best), tuple(hit_steps(best, surface.text)), at_base, at_form)


def _strength(hit: Hit) -> float:
    doubt = (DOUBTFUL_RULES if hit.rules else DOUBTFUL_PARADIGM) * (1 - hit.weight)
    return SPELLED[hit.method] - doubt - (0.0 if hit.exact else MARKS_LOST)


def _by_sound(a: Written, b: Written, kind: str) -> Link:
    """Equal phoneme classes, of the words or of base forms that they can have."""
    step: Step = ("key", a.text, b.text)
    if same_codes(a, b):
        apart = a.language == b.language != "und" and not look_alike(a, b)
        return Link(ONE_LANGUAGE if apart else SAME_CODES, (step,))
    both = _common_base(a, b, kind)
    if both is not None:
        one, other = both
        steps = (("both-forms", a.text, b.text, one.text),)
        return Link(BOTH_FORMS, steps, _cells(one), _cells(other))
    if same_sound(a, b):
        return Link(SAME_KEY, (step,))
    if without_marks(a, b):
        return Link(MARKS_GONE, (step,))
    return Link(0.0, ())


def _cells(base: BaseForm) -> Cells:
    return frozenset((case, base.gender) for case in base.cells)


def _common_base(a: Written, b: Written, kind: str) -> tuple[BaseForm, BaseForm] | None:
    """Base forms of both that sound alike, of one gender; None when there are none."""
    known: dict[tuple[str, str], BaseForm] = {}
    for base in base_forms(a.form, a.language, kind):
        for sound in _firm_sounds(base, kind):
            known.setdefault((sound, base.gender), base)
    for base in base_forms(b.form, b.language, kind):
        for sound in _firm_sounds(base, kind):
            if (sound, base.gender) in known:
                return known[sound, base.gender], base
    return None


def _firm_sounds(base: BaseForm, kind: str) -> list[str]:
    """The sounds of a base form; without its final vowel only those of longer surnames."""
    return [
        sound
        for sound in sounds(base.text, base.language)
        if not sound.endswith("~") or (kind == "family" and len(sound) > FIRM_STEM)
    ]


def _misspelt(a: Written, b: Written) -> Link:
    """A slip of the pen in a long name, else another name."""
    score, trust = slip(a, b)
    kind = "similar" if score >= LIKELY_SLIP else "different"
    return Link(score, ((kind, a.text, b.text),), trust=trust)
