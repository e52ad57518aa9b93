"""What is remembered of mentions changes nothing: the same edits as when each is worked out anew."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import vardynas
from vardynas.match import described
from vardynas.render.edits import plan
from vardynas.render.seen import Decisions

RESOLVER = vardynas.load()
CASES = Path(__file__).with_name("cases") / "replacements.yaml"
SENTENCES = sorted({row["text"] for row in yaml.safe_load(CASES.read_text("utf-8"))})
GAPS = (" ", " ", ", ", " i ", " ir ", " і ", "\n", "\n\n", " („", ": ", "")
NAMES = (
    *("Łukaszenko", "Lukašenkos", "А.Г.Лукашенко", "Лукашэнкам", "LUKASHENKO’S", "Vilnius’ mayor"),
    *("Kaczyńscy", "панe Лукашэнка!", "Hrodna (Grodno)", "Radvila Juodasis", "в Гродно", "ЕС"),
)

texts = st.lists(
    st.tuples(st.sampled_from((*SENTENCES, *NAMES, *NAMES)), st.sampled_from(GAPS)), max_size=8
).map(lambda rows: "".join(text + gap for text, gap in rows))

profiles = st.builds(
    vardynas.Profile,
    to=st.sampled_from(("preferred", "lt", "be", "pl", "en", "ru", "id")),
    strict=st.booleans(),
    first_in_full=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=2, max_size=3), profiles)
def test_what_was_seen_before_decides_as_if_it_were_new(found, profile):
    remembered = Decisions(profile.to, profile.strict)
    for text in (*found, "".join(found), *found):
        mentions = list(RESOLVER.scan(text))
        nothing = Decisions(profile.to, profile.strict, kept=0)
        anew = plan(RESOLVER.__getitem__, mentions, text, profile, decisions=nothing)
        assert plan(RESOLVER.__getitem__, mentions, text, profile, decisions=remembered) == anew


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=2, max_size=4))
def test_mentions_of_known_stretches_are_those_of_the_whole_text(found):
    scanner = RESOLVER._scanner
    for text in (*found, "\n".join(found), *found):
        whole = list(scanner.whole(text))
        assert list(scanner.scan(text)) == whole
        assert list(scanner.scan_batch([text])[0]) == whole


def test_what_is_remembered_is_bounded():
    decisions = Decisions("preferred", kept=3)
    text = "Łukaszenka, Nausėda, Гродна, Vilnius, Trump, Wilno, Лукашэнка."
    mentions = list(RESOLVER.scan(text))
    assert len(mentions) > 4
    plan(RESOLVER.__getitem__, mentions, text, vardynas.Profile(), decisions=decisions)
    assert 0 < len(decisions._seen) <= 3


def test_stretches_are_remembered_in_two_generations(monkeypatch):
    monkeypatch.setattr(described, "KEPT", 2)
    resolver = vardynas.load()
    for number in range(9):
        text = f"Rašo apie {number} Łukaszenka. "
        assert [mention.text for mention in resolver.scan(text)] == ["Łukaszenka"]
    memory = resolver._scanner._ways[True].memory
    assert len(memory._new) <= 2
    assert len(memory._old) <= 2


@pytest.mark.parametrize("by", [-3, 0, 5])
def test_mentions_are_moved_with_their_readings(by):
    mention = RESOLVER.scan("Rašė Aliaksandras Lukašenka.")[0]
    moved = mention.moved(by)
    assert (moved.start, moved.end) == (mention.start + by, mention.end + by)
    assert [r.start for r in moved.readings] == [r.start + by for r in mention.readings]
    assert moved.moved(-by) == mention
