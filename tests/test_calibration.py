"""The calibration is that of the code, and its curves behave like probabilities."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vardynas.match import calibration
from vardynas.match.calibration import LEAD, THRESHOLDS, features, lookup_scores, scan_score

TABLE = calibration._table()
CURVES = ("lookup/known", "lookup/similar", "scan/known", "scan/similar")
STEPS = [n / 20 for n in range(21)]

raw_scores = st.floats(0, 1, allow_nan=False)
groups = st.sampled_from(["known", "similar"])
candidates = st.lists(st.tuples(raw_scores, groups), max_size=6)
sizes = st.integers(0, 10**7)


def test_the_file_is_not_stale():
    assert TABLE["state"] == calibration.state(), (
        "raw scores may have changed since the calibration was fitted: "
        "run python -m benchmarks.calibrate with VARDYNAS_DATA set and commit calibration.json"
    )


def test_every_curve_is_there_and_fitted():
    assert sorted(TABLE["curves"]) == sorted(TABLE["counts"]) == sorted(CURVES)
    assert TABLE["part"] == "fit"
    assert min(TABLE["counts"].values()) >= 100


@pytest.mark.parametrize("curve", CURVES)
def test_curves_have_four_finite_weights(curve):
    weights = TABLE["curves"][curve]
    assert len(weights) == len(features(0.5, 0.1, 100)) == 4
    assert all(isinstance(w, float) and abs(w) < 100 for w in weights)


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("lead", [-LEAD, 0.0, LEAD])
@pytest.mark.parametrize("size", [1, 100, 100_000])
def test_a_higher_score_never_lowers_a_probability(curve, lead, size):
    found = [calibration._probability(curve, features(raw, lead, size)) for raw in STEPS]
    assert found == sorted(found)


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("raw", [0.3, 0.7, 1.0])
def test_a_greater_lead_never_lowers_a_probability(curve, raw):
    leads = [n / 20 - 1 for n in range(41)]
    found = [calibration._probability(curve, features(raw, lead, 1000)) for lead in leads]
    assert found == sorted(found)


@given(candidates, sizes)
def test_candidates_of_a_lookup_never_exceed_one_together(rows, size):
    found = lookup_scores([raw for raw, _ in rows], [group for _, group in rows], size)
    assert len(found) == len(rows)
    assert all(0 <= p <= 1 for p in found)
    assert sum(found) <= 1 + 1e-9


@given(st.lists(raw_scores, min_size=2, max_size=6), groups, sizes)
def test_the_order_of_candidates_of_a_group_is_kept(raw, group, size):
    found = lookup_scores(raw, [group] * len(raw), size)
    for (a, p), (b, q) in itertools.combinations(zip(raw, found, strict=True), 2):
        assert p >= q - 1e-12 if a > b else p <= q + 1e-12 if a < b else p == pytest.approx(q)


@given(raw_scores, st.sampled_from(["exact", "inflected", "derived", "similar"]), raw_scores)
def test_scores_of_mentions_are_probabilities(raw, method, lead):
    assert 0 < scan_score(raw, method, lead) < 1


def test_a_sure_answer_is_given_by_every_decision_and_a_bad_one_by_none():
    assert lookup_scores([1.0, 0.4], ["known", "similar"], 500)[0] >= THRESHOLDS["precision"]
    assert lookup_scores([0.3, 0.3], ["similar", "similar"], 500)[0] < THRESHOLDS["recall"]


def test_decisions_are_ordered():
    assert list(THRESHOLDS) == ["precision", "balanced", "recall"]
    assert 1 > THRESHOLDS["precision"] > THRESHOLDS["balanced"] > THRESHOLDS["recall"] > 0
