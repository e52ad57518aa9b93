"""Scoring a glossary on annotated texts: figures that can be counted by hand, and the command."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from fake_resolver import FakeResolver

from vardynas.cli import cli, context
from vardynas.editorial.evaluate import Contribution, report
from vardynas.editorial.gold import GoldDocument, GoldMention
from vardynas.editorial.reliability import reliability
from vardynas.editorial.scores import Counts
from vardynas.model import Candidate, Mention

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")

LITHUANIAN = "Vakar Vilniuje kalbėta apie Gardiną ir Kauną, o paskui apie Minską."
POLISH = "W Warszawie wczoraj powiedziano, że Mir się zmienił, a Łuck nie."
BARE = "Rytoj lis. Bus šalta! Vėjas nurims."


def found(text, surface, entry, score=0.9, method="exact", candidates=()):
    """A predicted mention of the first `surface` of `text`."""
    start = text.index(surface)
    listed = tuple(Candidate(c, score, method, c, "und") for c in candidates or [entry])
    return Mention(start, start + len(surface), surface, entry, score, method, "und", listed)


def meant(text, surface, entry, **more):
    start = text.index(surface)
    return GoldMention(start, start + len(surface), surface, entry, **more)


GOLD = (
    GoldDocument(
        "lt",
        "lt",
        "",
        LITHUANIAN,
        (
            meant(LITHUANIAN, "Vilniuje", "vilnius"),
            meant(LITHUANIAN, "Gardiną", "hrodna"),
            meant(LITHUANIAN, "Kauną", "kaunas"),
            meant(LITHUANIAN, "Minską", "minsk"),
        ),
    ),
    GoldDocument(
        "pl",
        "pl",
        "",
        POLISH,
        (
            meant(POLISH, "W Warszawie", "warsaw"),
            meant(POLISH, "Mir", "mir"),
            meant(POLISH, "Łuck", "lutsk", paraphrased=True),
        ),
    ),
    GoldDocument("bare", "lt", "", BARE, ()),
    GoldDocument("lost", "lt", "", None, (GoldMention(0, 5, "Lyda.", "lida"),)),
)

PREDICTED = {
    LITHUANIAN: [
        found(LITHUANIAN, "Vilniuje", "vilnius", 0.9, "inflected"),
        found(LITHUANIAN, "Gardiną", "hrodna", 0.8, "inflected"),
        found(LITHUANIAN, "Kauną", "kaunas-county", 0.7, "similar"),
        found(LITHUANIAN, "apie Minską", None, 0.5, "exact", ["minsk", "minsk-region"]),
    ],
    POLISH: [
        found(POLISH, "Warszawie", "warsaw", 0.6, "derived"),
        found(POLISH, "wczoraj", None, 0.5, "exact", ["a", "b"]),
    ],
    BARE: [found(BARE, "Bus", "bus", 0.4, "similar")],
}


class Scripted:
    """Answers as the table says, and remembers what it was asked."""

    def __init__(self):
        self.decisions = []

    def scan(self, text, *, decision="balanced"):
        self.decisions.append(decision)
        return PREDICTED[text]


@pytest.fixture(scope="module")
def figures():
    return report(Scripted(), GOLD, "recall")


def test_the_decision_is_passed_on():
    resolver = Scripted()
    report(resolver, GOLD, "precision")
    assert resolver.decisions == ["precision"] * 3


def test_over_all(figures):
    assert figures.mentions == 6  # without the paraphrased one, without the lost document
    assert figures.score.strict == Counts(correct=2, missed=4, false=3)
    assert figures.score.lenient == Counts(correct=3, missed=3, false=2)
    assert figures.without_text == ("lost",)
    assert list(figures.documents) == ["lt", "pl", "bare"]


def test_by_entry(figures):
    assert figures.score.macro_recall == pytest.approx(2 / 6)
    assert figures.score.macro_precision == pytest.approx(2 / 5)
    assert figures.entries["vilnius"] == Counts(1, 0, 0)
    assert figures.entries["warsaw"] == Counts(0, 1, 1)
    assert figures.entries["bus"] == Counts(0, 0, 1)


def test_by_method(figures):
    assert figures.methods == {
        "exact": Contribution(0, 0, 6),
        "inflected": Contribution(2, 0, 6),
        "derived": Contribution(0, 1, 6),
        "similar": Contribution(0, 2, 6),
    }
    assert figures.methods["inflected"].to_dict()["share"] == 0.3333


def test_by_language_of_the_passage(figures):
    assert figures.languages == {"lt": Counts(2, 2, 2), "pl": Counts(0, 2, 1)}


def test_a_quotation_counts_for_its_own_language():
    text = "Vakar Vilniuje buvo šalta.\n\nЁн прыехаў у Гродна, каб сказаць гэта ўсім."
    gold = GoldDocument("a", "lt", "", text, (meant(text, "Гродна", "hrodna"),))

    class Nothing:
        def scan(self, text, *, decision="balanced"):
            return []

    assert report(Nothing(), [gold]).languages == {"be": Counts(missed=1)}


def test_ambiguous_mentions_are_counted_apart(figures):
    assert figures.ambiguity.to_dict() == {"mentions": 2, "right": 1, "elsewhere": 1}


def test_documents_without_names(figures):
    assert figures.nameless.to_dict() == {
        "documents": 1,
        "sentences": 3,
        "mentions": 1,
        "per_hundred": 33.3333,
    }


def test_every_mistake_is_named_once(figures):
    assert [(m.document, m.kind, m.text, m.entry, m.found) for m in figures.mistakes] == [
        ("lt", "wrong-entry", "Kauną", "kaunas", ("kaunas-county",)),
        ("lt", "ambiguous", "Minską", "minsk", ("minsk", "minsk-region")),
        ("pl", "wrong-span", "W Warszawie", "warsaw", ("warsaw",)),
        ("pl", "missed", "Mir", "mir", ()),
        ("bare", "false", "Bus", "", ("bus",)),
    ]
    county = figures.mistakes[0]
    start = LITHUANIAN.index("Kauną")
    assert county.before == LITHUANIAN[:start][-40:]
    assert county.after == LITHUANIAN[start + 5 :][:40]
    assert (county.method, county.score) == ("similar", 0.7)


def test_scores_of_these_mentions(figures):
    assert figures.reliability.mentions == 5
    assert figures.reliability.score == pytest.approx((0.9 + 0.8 + 0.7 + 0.6 + 0.4) / 5)
    assert figures.reliability.right == pytest.approx(2 / 5)
    assert figures.reliability.error == pytest.approx(0.68 - 0.4)


def test_bins_have_equal_mass():
    bins = reliability([(n / 1000, n % 2 == 0) for n in range(200)]).bins
    assert [b.mentions for b in bins] == [20] * 10
    assert all(b.right == 0.5 for b in bins)
    assert bins[0].score == pytest.approx(0.0095)


def test_bins_do_not_divide_equal_scores():
    answers = [(0.2, n < 3) for n in range(15)] + [(0.9, n < 45) for n in range(45)]
    rows = [(b.mentions, b.right) for b in reliability(answers).bins]
    assert rows == [(15, 0.2), (45, 1.0)]
    assert reliability(answers[::-1]) == reliability(answers)
    assert reliability(answers).error == pytest.approx(0.1 * 45 / 60)


def test_no_mentions_have_no_bins():
    empty = reliability([])
    assert (empty.bins, empty.mentions, empty.score, empty.error) == ((), 0, None, None)


# the command


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Call the command in an empty folder; without FakeResolver only where `real` is asked for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VARDYNAS_SEEDS", raising=False)

    def call(*args, code=0, real=False):
        if not real:
            monkeypatch.setattr(context, "open_resolver", lambda *_: FakeResolver())
        result = CliRunner().invoke(cli, ["evaluate", *map(str, args)])
        assert result.exit_code == code, result.output
        return result

    return call


TEXT = "Тут Гродна, там Каліноўскага. І Вільня."
LINES = (
    {"doc": "a", "language": "be", "text": TEXT},
    {"doc": "a", "start": 4, "end": 10, "surface": "Гродна", "entry": "hrodna"},
    {"doc": "a", "start": 16, "end": 28, "surface": "Каліноўскага", "entry": "kalinouski-kastus"},
    {"doc": "a", "start": 32, "end": 38, "surface": "Вільня", "entry": "hrodno"},
)


@pytest.fixture
def gold(tmp_path):
    return write(tmp_path / "gold.jsonl", LINES)


def write(path, lines):
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_text_shows_figures_and_errors(run, gold):
    lines = run(gold).stdout.splitlines()
    assert lines[0] == "glossary 2026.1 (0123456789ab), decision balanced"
    assert "strict               2       1      0      1.000   0.667  0.800" in lines
    assert lines[-3:] == [
        "1 error: 1 missed",
        "a:32–38  missed: hrodno",
        "    Тут Гродна, там Каліноўскага. І [Вільня].",
    ]


def test_entries_that_the_glossary_lacks_are_named(run, gold):
    assert run(gold).stderr.splitlines() == [
        "1 annotated entry is not in the glossary; its names count as missed.",
        "  There is no entry with the id 'hrodno'. Did you mean hrodna?",
    ]


def test_json_is_one_object(run, gold):
    whole = json.loads(run("--format", "json", gold).stdout)
    assert whole["glossary"]["version"] == "2026.1"
    assert whole["strict"] == {
        **{"correct": 2, "missed": 1, "false": 0},
        **{"precision": 1.0, "recall": 0.6667, "f1": 0.8},
    }
    assert whole["unknown_entries"] == ["hrodno"]
    assert [error["entry"] for error in whole["errors"]] == ["hrodno"]
    assert json.loads(run("--format", "json", "--errors", 0, gold).stdout)["errors"] == []


def test_csv_has_one_figure_a_row(run, gold):
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv", gold).stdout)))
    numbers = {(row["group"], row["value"], row["measure"]): row["number"] for row in rows}
    assert len(numbers) == len(rows)
    assert numbers["strict", "", "f1"] == "0.8"
    assert numbers["methods", "inflected", "correct"] == "1"
    assert numbers["entries", "hrodno", "missed"] == "1"
    assert numbers["calibration", "", "right"] == "1.0"
    assert numbers["bins", "1", "mentions"] == "2"


def test_jsonl_has_figures_then_errors(run, gold):
    out = run("--format", "jsonl", "--glossary-version", gold).stdout
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["kind"] for row in rows if row["record"] == "error"] == ["missed"]
    assert rows[-1]["record"] == "error"
    assert all(row["glossary"]["version"] == "2026.1" for row in rows)


@pytest.mark.parametrize(("least", "code"), [(0.8, 0), (0.81, 1)])
def test_min_f1(run, gold, least, code):
    result = run("--min-f1", least, gold, code=code)
    assert ("F1 is 0.8000, less than 0.81." in result.stderr) == bool(code)


def test_errors_are_limited_in_text(run, tmp_path):
    lines = [{"doc": "a", "text": "nic " * 12}]
    lines += [
        {"doc": "a", "start": n * 4, "end": n * 4 + 3, "surface": "nic", "entry": "x"}
        for n in range(12)
    ]
    out = run(write(tmp_path / "g.jsonl", lines)).stdout.splitlines()
    assert "12 errors: 12 missed" in out
    assert sum(line.startswith("a:") for line in out) == 10
    assert out[-1] == "… --errors 12 shows all"
    some = run("--errors", 2, tmp_path / "g.jsonl").stdout.splitlines()
    assert sum(line.startswith("a:") for line in some) == 2


def test_a_missing_text_is_reported(run, tmp_path):
    path = write(tmp_path / "gold.jsonl", [*LINES, {"doc": "b", "file": "b.txt"}])
    result = run(path, code=2)
    assert "the text of b is not at hand" in result.stderr
    assert "strict               2" in result.stdout
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.txt").write_text("nic", encoding="utf-8")
    assert "2 documents" in run("--texts", "elsewhere", path).stdout


FAULTS = {
    "offsets": ([*LINES[:1], {**LINES[1], "start": 3, "end": 9}], ":2: The text has ' Гродн'"),
    "no texts": ([{"doc": "a", "file": "a.txt"}], ": No text of these annotations is at hand."),
    "nothing": ([], ": There is no document in this file."),
    "overlap": (
        [*LINES[:2], {**LINES[1], "entry": "other"}],
        ":3: 'Гродна' overlaps another core mention.",
    ),
    "nothing marked": ([*LINES[:1], {**LINES[1], "end": 4, "surface": ""}], ":2: 4–4 does not"),
}


@pytest.mark.parametrize(("lines", "said"), FAULTS.values(), ids=FAULTS)
def test_faulty_gold_is_explained(run, tmp_path, lines, said):
    write(tmp_path / "gold.jsonl", lines)
    result = run("gold.jsonl", code=2)
    assert f"vardynas: gold.jsonl{said}" in result.stderr
    assert result.stdout == ""


def test_byte_order_marks_do_not_count(run, tmp_path):
    path = tmp_path / "gold.jsonl"
    lines = [{"doc": "a", "file": "a.txt"}, *LINES[1:2]]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8-sig")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8-sig")
    assert "1 mention to be found" in run(path).stdout


def test_a_text_that_is_not_utf_8_is_named(run, tmp_path):
    path = write(tmp_path / "gold.jsonl", [{"doc": "a", "file": "a.txt"}])
    (tmp_path / "a.txt").write_bytes("Šiauliai".encode("cp1257"))
    assert "a.txt: The text is not UTF-8 (byte 0)" in run(path, code=2).stderr


def test_the_samples(run):
    path = ROOT / "seeds" / "samples" / "annotations.jsonl"
    whole = json.loads(run("--format", "json", path, real=True).stdout)
    assert whole["strict"]["correct"] + whole["strict"]["missed"] == 245
    assert whole["strict"]["f1"] >= 0.97
    assert set(whole["languages"]) >= {"lt", "be", "pl", "en"}
    assert sum(b["mentions"] for b in whole["calibration"]["bins"]) == (
        whole["strict"]["correct"] + whole["strict"]["false"]
    )


def test_the_example_of_the_page(run, tmp_path):
    blocks = dict(re.findall(r"^```(json|yaml|text)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
    (tmp_path / "gold.jsonl").write_text(blocks["json"], encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(blocks["yaml"], encoding="utf-8")
    result = run("--glossary", "mine.yaml", "gold.jsonl", real=True)
    pattern = re.escape(blocks["text"]).replace("…", r"[^\n]+")
    assert re.fullmatch(pattern, result.stdout), result.stdout
    assert "no entry with the id 'klaipeda'" in result.stderr


# the decision of other commands


class Asked(FakeResolver):
    """Keeps the decision that it was asked with."""

    decisions = ()

    def resolve(self, name, language=None, decision="balanced"):
        Asked.decisions += (decision,)
        return super().resolve(name, language)

    def scan(self, text, language=None, decision="balanced", languages=()):
        Asked.decisions += (decision,)
        return super().scan(text, language)


@pytest.mark.parametrize("command", ["lookup", "scan"])
@pytest.mark.parametrize("decision", ["precision", "recall"])
def test_commands_take_a_decision(monkeypatch, command, decision):
    monkeypatch.setattr(context, "open_resolver", lambda *_: Asked())
    monkeypatch.setattr(Asked, "decisions", ())
    result = CliRunner().invoke(cli, [command, "--decision", decision, "-"], input="Гродна\n")
    assert result.exit_code == 0, result.output
    assert Asked.decisions == (decision,)
