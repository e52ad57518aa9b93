"""Precision, recall and F1 on cases that can be counted by hand."""

from typing import NamedTuple

import pytest

from vardynas.editorial.gold import GoldMention
from vardynas.editorial.scores import Counts, Score, evaluate, pool


class Predicted(NamedTuple):
    start: int
    end: int
    entry: str | None


A, B = GoldMention(0, 5, "Minsk", "minsk"), GoldMention(10, 16, "Hrodna", "hrodna")
PORT = GoldMention(20, 36, "port of Klaipėda", "port-of-klaipeda")
TOWN = GoldMention(28, 36, "Klaipėda", "klaipeda", level="nested")
LOOSE = GoldMention(40, 50, "parliament", "seimas", level="optional")
ODD = GoldMention(60, 80, "Second World Warfare", "world-war-ii", paraphrased=True)

CASES = {
    "all found": ([A, B], [(0, 5, "minsk"), (10, 16, "hrodna")], (2, 0, 0), (2, 0, 0)),
    "nothing found": ([A, B], [], (0, 2, 0), (0, 2, 0)),
    "nothing to find": ([], [(0, 5, "minsk")], (0, 0, 1), (0, 0, 1)),
    "wrong entry": ([A], [(0, 5, "hrodna")], (0, 1, 1), (0, 1, 1)),
    "wrong end": ([A], [(0, 7, "minsk")], (0, 1, 1), (1, 0, 0)),
    "only touching": ([A], [(5, 9, "minsk")], (0, 1, 1), (0, 1, 1)),
    "two halves": ([A], [(0, 2, "minsk"), (3, 5, "minsk")], (0, 1, 2), (1, 0, 1)),
    "one span over two": (
        [A, GoldMention(6, 9, "its", "minsk")],
        [(0, 9, "minsk")],
        (0, 2, 1),
        (1, 1, 0),
    ),
    "ambiguous": ([A], [(0, 5, None)], (0, 1, 0), (0, 1, 0)),
    "ambiguous elsewhere": ([A], [(0, 5, "minsk"), (7, 9, None)], (1, 0, 0), (1, 0, 0)),
    "nested beside its core": (
        [PORT, TOWN],
        [(20, 36, "port-of-klaipeda"), (28, 36, "klaipeda")],
        (1, 0, 1),
        (1, 0, 1),
    ),
    "nested instead of core": ([PORT, TOWN], [(28, 36, "klaipeda")], (0, 1, 1), (0, 1, 1)),
    "optional, equal": ([A, LOOSE], [(0, 5, "minsk"), (40, 50, "seimas")], (1, 0, 0), (1, 0, 0)),
    "optional, missed": ([A, LOOSE], [(0, 5, "minsk")], (1, 0, 0), (1, 0, 0)),
    "optional, overlapping": ([LOOSE], [(38, 42, "minsk")], (0, 0, 0), (0, 0, 0)),
    "optional and core": ([B, LOOSE], [(15, 45, "seimas")], (0, 1, 1), (0, 1, 1)),
    "far first, near second": (
        [A, B],
        [(10, 16, "minsk"), (0, 5, "hrodna")],
        (0, 2, 2),
        (0, 2, 2),
    ),
    "said twice": ([A], [(0, 5, "minsk"), (0, 5, "minsk")], (1, 0, 1), (1, 0, 1)),
}


@pytest.mark.parametrize(("gold", "predicted", "strict", "lenient"), CASES.values(), ids=CASES)
def test_counts(gold, predicted, strict, lenient):
    score = evaluate(gold, [Predicted(*p) for p in predicted])
    assert score.strict == Counts(*strict)
    assert score.lenient == Counts(*lenient)
    assert len(score.misses) == score.strict.missed
    assert len(score.false_alarms) == score.strict.false


@pytest.mark.parametrize(("gold", "predicted", "strict", "lenient"), CASES.values(), ids=CASES)
def test_order_changes_nothing(gold, predicted, strict, lenient):
    score = evaluate(gold[::-1], [Predicted(*p) for p in predicted[::-1]])
    assert (score.strict, score.lenient) == (Counts(*strict), Counts(*lenient))


def test_rates():
    counts = Counts(correct=3, missed=2, false=1)
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 / 3)
    assert (Counts().precision, Counts().recall, Counts().f1) == (1.0, 1.0, 1.0)
    assert Counts(missed=1).f1 == 0.0


def test_paraphrased_mentions_count_only_on_request():
    found = [Predicted(60, 80, "world-war-ii")]
    assert evaluate([ODD], []).strict == Counts(missed=1)
    assert evaluate([ODD], found).strict == Counts(correct=1)
    assert evaluate([ODD], [], paraphrased=False).strict == Counts()
    assert evaluate([ODD], found, paraphrased=False).strict == Counts()


def test_macro_recall_weighs_entries_alike():
    often = [GoldMention(i * 10, i * 10 + 5, "Minsk", "minsk") for i in range(9)]
    once = GoldMention(100, 106, "Hrodna", "hrodna")
    score = evaluate([*often, once], often)
    assert score.strict.recall == 0.9
    assert score.by_entry == (("hrodna", 0, 1), ("minsk", 9, 9))
    assert score.macro_recall == 0.5
    assert Score().macro_recall == 1.0


def test_findings_show_forty_characters_on_each_side():
    text = "x" * 50 + "Minsk" + "y" * 50
    gold = [GoldMention(50, 55, "Minsk", "minsk")]
    (miss,) = evaluate(gold, [], text).misses
    assert (miss.before, miss.text, miss.after) == ("x" * 40, "Minsk", "y" * 40)
    (alarm,) = evaluate([], [Predicted(0, 3, "minsk")], text).false_alarms
    assert (alarm.before, alarm.text, len(alarm.after)) == ("", "xxx", 40)
    assert str(alarm).startswith("0–3 minsk: [xxx]x")
    (blind,) = evaluate(gold, []).misses
    assert (blind.before, blind.text, blind.after) == ("", "", "")


def test_pool_adds_up():
    one = evaluate([A, B], [Predicted(0, 5, "minsk")])
    other = evaluate([A], [Predicted(0, 5, "minsk"), Predicted(7, 9, "lida")])
    both = pool([one, other])
    assert both.strict == Counts(correct=2, missed=1, false=1)
    assert both.by_entry == (("hrodna", 0, 1), ("minsk", 2, 2))
    assert [m.entry for m in both.misses] == ["hrodna"]
    assert [m.entry for m in both.false_alarms] == ["lida"]
    assert pool([]) == Score()
