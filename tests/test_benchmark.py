"""The benchmark's own arithmetic on hand-made numbers, its split, and a short run."""

import math
import os
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.accuracy import __main__ as program
from benchmarks.accuracy import baselines, frozen
from benchmarks.accuracy.absent import without_names, without_shipped
from benchmarks.accuracy.data import Query, Sentence, digest, left_out, part_of
from benchmarks.accuracy.decisions import decision_table
from benchmarks.accuracy.generation import Written, generation_table, questions, written
from benchmarks.accuracy.lookups import OURS, Answers, Given, Run
from benchmarks.accuracy.metrics import (
    Decision,
    Rate,
    best_threshold,
    calibration,
    decision,
    mean,
    pooled,
)
from benchmarks.accuracy.misses import misses
from benchmarks.accuracy.page import filled
from benchmarks.accuracy.plot import curves, diagram
from benchmarks.accuracy.tables import pooled_table
from benchmarks.accuracy.text_tables import score_of
from benchmarks.accuracy.texts import Document, Found, TextRun

from vardynas import Entry
from vardynas.editorial.gold import GoldMention

FIT, REPORT = "person:Q2", "person:Q1"
"""Keys of either part."""


def test_the_split_never_moves():
    fit = [n for n in range(1, 9) if part_of(f"person:Q{n}") == "fit"]
    assert fit == [2, 5]
    halves = [part_of(f"gn:{n}") for n in range(2000)]
    assert 900 < halves.count("fit") < 1100


def test_the_negatives_never_move():
    assert [n for n in range(12) if left_out(f"iso:LT-{n}")] == [1, 3, 4, 5, 6]
    assert 500 < sum(left_out(f"gn:{n}") for n in range(2000)) < 700


def test_pooled_counts_and_mean_of_pairs_differ():
    rates = [Rate(1, 2), Rate(90, 100), Rate(0, 0)]
    assert pooled(rates) == Rate(91, 102)
    assert mean(rates) == pytest.approx((0.5 + 0.9) / 2)
    assert math.isnan(mean([Rate(0, 0)]))


def test_decision():
    made = decision([True, True, False, True], [True, False, True, True], [True, True, True, False])
    assert made == Decision(right=1, given=3, wanted=3)
    assert made.f1 == pytest.approx(1 / 3)
    assert Decision(0, 0, 0).f1 == 1.0


@pytest.mark.parametrize(
    ("right", "score", "wanted", "threshold"),
    [
        ([True, True, False], [0.9, 0.8, 0.7], [True, True, False], 0.8),
        ([True, False, True], [0.9, 0.9, 0.5], [True, True, True], 0.5),
        ([False, False], [0.9, 0.5], [False, False], 0.9),
        ([], [], [], 0.0),
    ],
)
def test_best_threshold(right, score, wanted, threshold):
    assert best_threshold(right, score, wanted) == threshold


def test_calibrated_scores_have_no_error():
    scores = [0.25] * 4 + [0.75] * 4
    right = [True, False, False, False, True, True, True, False]
    found = calibration(scores, right, bins=2)
    assert (found.n, found.right, found.ece) == (8, 0.5, 0.0)
    assert found.skill == pytest.approx(1 - 0.1875 / 0.25)


def test_sure_but_wrong_half_the_time():
    found = calibration([1.0] * 10, [True, False] * 5)
    assert found.ece == pytest.approx(0.5)
    assert found.skill == pytest.approx(-1.0)


def test_order_of_equal_scores_changes_nothing():
    right = [True] * 50 + [False] * 50
    assert calibration([0.5] * 100, right).ece == pytest.approx(0)
    assert calibration([0.5] * 100, right[::-1]).ece == pytest.approx(0)


def test_calibration_of_nothing_and_of_the_always_right():
    assert math.isnan(calibration([], []).ece)
    found = calibration([0.9, 0.9], [True, True])
    assert found.ece == pytest.approx(0.1)
    assert math.isnan(found.skill)


def test_baselines_find_the_best_runs_that_do_not_overlap():
    names = [("vilnius", "Vilnius"), ("nauseda", "Gitanas Nausėda")]
    text = "Gitano Nausėdos nebuvo: Vilniuje lijo."
    (found,) = baselines.similar(names, [text], "ratio")
    assert [(text[s.start : s.end], s.entry) for s in found if s.score > 75] == [
        ("Gitano Nausėdos", "nauseda"),
        ("Vilniuje", "vilnius"),
    ]
    exact = baselines.exact(names, "Gitanas Nausėda, Vilnius")
    assert [(s.start, s.end, s.entry) for s in exact] == [(0, 15, "nauseda"), (17, 24, "vilnius")]


def sentence(key, text, *mentions):
    spans = tuple((text.index(s), text.index(s) + len(s), base) for s, base in mentions)
    return Sentence(key, "lt", text, spans)


def test_sentences_without_the_names_of_the_other_part():
    rows = [
        sentence(FIT, "Vilniuje lijo.", ("Vilniuje", "Vilnius")),
        sentence(FIT, "Kaune ne.", ("Kaune", "Kaunas")),
        sentence(FIT, "Sniego Kauno gatvėse nebuvo."),
        sentence(REPORT, "Kauno pilis", ("Kauno", "Kaunas")),
    ]
    lemmas, kept = without_names(rows, "fit")
    assert lemmas == ["Kaunas"]
    assert [s.text for s in kept] == ["Vilniuje lijo."]


def test_sentences_without_shipped_names():
    entries = [
        Entry(id="a", type="person", names={"be": ["Зянон Пазняк"]}),
        Entry(id="b", type="place", names={"lt": ["Vilnius"]}),
        Entry(
            id="c", type="organisation", names={"lt": ["Baltarusijos valstybinis universitetas"]}
        ),
    ]
    rows = [
        sentence("1", "Слухаюць Зянона Пазьняка."),
        sentence("2", "Vilniuje lijo.", ("Vilniuje", "Vilnius")),
        sentence("3", "Baltarusijos valstybiniame universitete"),
        sentence("4", "Kaune Zianonas lijo.", ("Kaune", "Kaunas")),
    ]
    assert [s.id for s in without_shipped(rows, entries)] == ["4"]


def run(*answers):
    """A run of one query a part, both wanted, and a negative of the part `fit`."""
    queries = (
        Query("Vilno", "pl", FIT, frozenset({"vilnius"}), True),
        Query("Vilna", "pl", REPORT, frozenset({"vilnius"}), True),
        Query("Wolno", "pl", FIT, frozenset(), False),
    )
    made = Run("places", "lt>pl", {"vilnius": "Vilnius"}, queries, (0, 1, 2), 30)
    made.answers[OURS] = Answers(list(answers))
    return made


SURE, UNSURE = Given("vilnius", 0.9, True, "exact"), Given("vilnius", 0.5, False, "similar")


def test_tables_count_the_part_alone():
    made = run(SURE, UNSURE, SURE)
    assert "| 1.000 (1/1) | 1.000 | 1.000 (1/1) | 0.500 | 1.000 | 0.667 | 1/2/1 |" in pooled_table(
        [made], "fit"
    )
    assert "| 1.000 (1/1) | 1.000 | 1.000 (1/1) | 1.000 | 0.000 |" in pooled_table([made], "report")


def test_errors_show_the_part_fit_alone():
    shown = misses([run(None, None, SURE)], [], 10)
    assert "Vilno → wanted Vilnius, got nothing" in shown
    assert "Wolno → wanted nothing, got Vilnius (0.90 exact)" in shown
    assert "Vilna" not in shown


def test_frozen_runs_hold_no_names_and_show_what_flipped(tmp_path):
    frozen.save(frozen.outcomes([run(SURE, SURE, UNSURE)], []), tmp_path)
    text = (tmp_path / "places.csv").read_text(encoding="utf-8")
    assert text.startswith("set,pair,id,part,right,score\nplaces,lt>pl,")
    assert len(text.splitlines()) == 4
    assert not any(name in text for name in ("Vilno", "Vilna", "Wolno", "vilnius"))
    shown = frozen.difference(frozen.outcomes([run(None, None, SURE)], []), tmp_path)
    assert "3 outcomes, 3 of them different" in shown
    assert "| places | fit | 0 | 2 |\n| places | report | 0 | 1 |" in shown
    assert "now wrong: places lt>pl Vilno" in shown
    assert "Vilna" not in shown
    assert "no frozen run" in frozen.difference(
        frozen.outcomes([run(None, None, SURE)], []), tmp_path / "no"
    )


def test_paraphrased_and_optional_mentions_do_not_count():
    gold = (GoldMention(0, 5, "Minsk", "minsk"), GoldMention(6, 10, "Seym", "seimas", "optional"))
    document = Document("d", "Minsk Seym", gold, {OURS: [Found(6, 10, "poland", 0.5)]})
    counts = score_of(document, OURS).strict
    assert (counts.correct, counts.missed, counts.false) == (0, 1, 0)


def test_thinning_keeps_some_of_each_part_and_all_of_texts():
    found = [frozen.Outcome("s", "lt>pl", str(n), "fit", True, "") for n in range(5)]
    text = [frozen.Outcome("UD", "be mention", str(n), "fit", True, "") for n in range(5)]
    assert [o.id for o in frozen.thinned([*found, *text], 2)] == ["0", "1", *"01234"]


def test_false_alarms_flip_when_they_come_and_go(tmp_path):
    def scanned(*found):
        document = Document(FIT, "Minsk, Lida", (GoldMention(0, 5, "Minsk", "minsk"),))
        document.found[OURS] = [Found(*f) for f in found]
        return frozen.outcomes([], [TextRun("UD", "be", 2, (document,))])

    minsk, lida = (0, 5, "minsk", 0.9), (7, 11, "lida", 0.8)
    frozen.save(scanned(minsk, lida), tmp_path)
    assert ", 0 of them different" in frozen.difference(scanned(minsk, lida), tmp_path)
    assert "| UD | fit | 1 | 0 |" in frozen.difference(scanned(minsk), tmp_path)
    frozen.save(scanned(minsk), tmp_path)
    shown = frozen.difference(scanned(lida), tmp_path)
    assert "| UD | fit | 0 | 2 |" in shown
    assert "Minsk, [Lida]" in shown


def test_digests_are_short_and_differ():
    assert len(digest("be|Гродна")) == 10
    assert Query("Гродна", "be", "a", frozenset(), False).id == digest("be|Гродна")


def plotted(*answers):
    """A run of many queries of the part `report`, all wanted, with these answers."""
    queries = [Query("Vilno", "pl", REPORT, frozenset({"vilnius"}), True)] * len(answers)
    names = {"vilnius": "Vilnius", "kaunas": "Kaunas"}
    made = Run("places", "lt>pl", names, tuple(queries), tuple(range(len(answers))), 30)
    made.answers[OURS] = Answers(list(answers))
    return made


def test_curves_have_the_share_right_of_each_method():
    right, wrong = Given("vilnius", 0.8, True, "similar"), Given("kaunas", 0.8, True, "similar")
    (curve,) = curves([plotted(*[right] * 30, *[wrong] * 10, *[SURE] * 29, None)], [], "report")
    assert (curve.task, curve.method, curve.answers) == ("lookup", "similar", 40)
    (point,) = curve.bins
    assert (point.mentions, round(point.score, 4), point.right) == (40, 0.8, 0.75)


def test_the_diagram_is_svg_that_says_in_words_what_it_shows():
    given = Given("vilnius", 0.8, True, "similar"), Given("kaunas", 0.2, False, "similar")
    found = curves([plotted(*given * 20)], [], "report")
    root = ElementTree.fromstring(diagram(found, "report"))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("aria-labelledby") == "title desc"
    assert root.find(f"{space}title").text == "Reliability of the scores, part report"
    words = root.find(f"{space}desc").text
    assert (
        "lookup, similar: score 0.200, right 0.000 of 20; score 0.800, right 1.000 of 20." in words
    )
    assert "similar, 40 answers" in [text.text for text in root.iter(f"{space}text")]
    marks = [
        mark for mark in root.iter(f"{space}polygon") if mark.find(f"{space}title") is not None
    ]
    places = [tuple(map(float, re.split("[ ,]", mark.get("points"))[:2])) for mark in marks]
    (x, y), (right, top) = places
    assert x < right
    assert y > top
    assert ElementTree.fromstring(diagram([], "report")).find(f"{space}polygon") is None


def test_decisions_count_what_is_given_from_their_probability_on():
    kaunas = Given("kaunas", 0.3, False, "similar")
    document = Document(REPORT, "Minsk, Lida", (GoldMention(0, 5, "Minsk", "minsk"),))
    document.found[OURS] = [Found(0, 5, "minsk", 0.8)]
    document.doubtful.append(Found(7, 11, "lida", 0.3))
    text = TextRun("UD", "be", 2, (document,))
    shown = decision_table([plotted(SURE, kaunas)], [text], "report")
    rows = [row.strip("| ").split(" | ") for row in shown.splitlines()[4:]]
    figures = {(row[0], row[1]): row[-1] for row in rows}
    for name in ("places", "all lookups"):
        assert [figures[name, d] for d in ("precision", "balanced", "recall")] == [
            "1/1/2", "1/1/2", "1/2/2",
        ]  # fmt: skip
    for name in ("UD mentions", "all mentions"):
        assert [figures[name, d] for d in ("precision", "balanced", "recall")] == [
            "0/0/1", "1/1/1", "1/2/1",
        ]  # fmt: skip


def test_tables_go_to_their_places():
    page = (
        "A\n<!-- table: text -->\n| old |\n<!-- end -->\nB\n<!-- table: lookup -->\n<!-- end -->\n"
    )
    once = filled(page, {"text": "## Text\n\n| new |\n|---|\n", "other": "| no |\n"})
    assert once == page.replace("| old |\n", "| new |\n|---|\n")
    assert filled(once, {}) == once


@pytest.mark.data
@pytest.mark.skipif(
    "VARDYNAS_DATA" not in os.environ,
    reason="VARDYNAS_DATA does not name the folder of the evaluation data",
)
def test_a_short_run(capsys):
    arguments = ["--part", "fit", "--sample", "12", "--jobs", "1", "--errors", "2"]
    assert program.main([*arguments, "--only", "persons/be", "documents/be"]) == 0
    shown = capsys.readouterr().out
    for expected in ("| persons | vardynas |", "| persons | WRatio+swap |", "| UD | be | fit |"):
        assert expected in shown


def test_sampled_runs_are_not_frozen():
    with pytest.raises(SystemExit):
        program.main(["--sample", "5", "--save", "frozen"])


def _inflected(form, lemma, case, type_):
    source = "UD_Polish-PUD"
    return {"form": form, "lemma": lemma, "case": case, "type": type_, "source": source}


def test_questions_ask_for_each_form_once_and_take_gender_and_number_from_the_forms():
    rows = [
        _inflected("Cichanouska", "Cichanouska", "Nom", "surname"),
        _inflected("Cichanouskiej", "Cichanouska", "Gen", "surname"),
        _inflected("Cichanouskiej", "Cichanouska", "Gen", "surname"),
        _inflected("Grodnie", "Grodno", "Loc", "place"),
    ]
    asked = list(questions("pl", rows))
    assert [(q.lemma, q.case, q.number, q.gender) for q in asked] == [
        ("Cichanouska", "gen", "sg", "female"),
        ("Grodno", "loc", "sg", None),
    ]
    assert [written(q) for q in asked] == ["Cichanouskiej", "Grodnie"]
    run = Written("pl", "UD", tuple(asked), ("Cichanouskiej", "Grodno"), (True, True))
    assert "| pl | all | 0.500 (1/2) |" in generation_table([run])
