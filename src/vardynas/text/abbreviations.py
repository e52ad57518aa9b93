"""Which short words take a point that does not end the sentence: initials and abbreviations.

Sentence ends are typography, so this list is one for all languages: common newspaper
abbreviations of lt, be, pl, en and ru in folded form, without the closing point. A word missing
here costs little: the word after it counts as the start of a sentence. Words that are also names
(Jan.) or end sentences (no.) stay out.
"""

from __future__ import annotations

__all__ = ["ABBREVIATIONS", "DIGRAPH_INITIALS", "DOTTED"]

_WORDS = """
mr mrs ms dr prof rev st gen col capt sgt gov rep hon jr sr vs approx dept univ inc ltd corp sept
šv kun doc plk mjr psl nr pvz kt tūkst mln mlrd
гг стст вул праф акад ген ім св тыс млн млрд руб напр
ул проф им др см стр обл
ul al im ds św hab mgr inż płk ks bp abp str tzw tzn np itd itp godz tys mld zł por
"""
ABBREVIATIONS = frozenset(_WORDS.split())
"""Words that are abbreviations when a point follows, in capitals or not."""

DOTTED = frozenset(
    ["u.s", "u.k", "d.c", "u.n", "e.u", "u.s.a", "u.a.e", "p.s", "n.b", "b.c", "a.d", "l.a", "n.y"]
)
"""Capitals with points that are abbreviations; other pairs of capitals are initials of a person."""

_PAIRS = "ch dz dž dź sz cz rz zh sh kh ts ju ja je jo yu ya ye yo дз дж"
DIGRAPH_INITIALS = frozenset(_PAIRS.split())
"""Two letters that write one sound and therefore stand together as an initial (Dž. Bušas)."""
