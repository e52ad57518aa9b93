"""The names that `not` sets apart, in all their cases, beside those of the entries."""

from pathlib import Path

import pytest
import yaml

from vardynas import Entry, Resolver

TABLE = yaml.safe_load((Path(__file__).parent / "cases/set_apart.yaml").read_text(encoding="utf-8"))
RESOLVER = Resolver(
    Entry(**{"not_" if key == "not" else key: value for key, value in row.items()})
    for row in TABLE["entries"]
)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["text"])
def test_what_is_set_apart_is_left_alone(case):
    found = [[mention.text, mention.entry] for mention in RESOLVER.scan(case["text"])]
    assert found == case["expect"]
