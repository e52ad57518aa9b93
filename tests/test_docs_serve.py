"""What docs/serve.md shows is what the service answers: every question in it is asked."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from serving import serving

PAGE = (Path(__file__).parent.parent / "docs" / "serve.md").read_text(encoding="utf-8")
ASKED = re.findall(r"```sh\n(curl .*?)\n```\n\n```json\n(.*?)\n```\n", PAGE, re.DOTALL)

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="curl is missing")


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("docs")) as service:
        yield service


def _shown(wanted, found):
    """Whether `found` has all that the page shows of it; … stands for anything."""
    if wanted == "…":
        return True
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(
            key in found and _shown(value, found[key]) for key, value in wanted.items()
        )
    if isinstance(wanted, list) and wanted:
        return len(found) >= len(wanted) and all(map(_shown, wanted, found))
    return wanted == found


@pytest.mark.parametrize(("command", "wanted"), ASKED, ids=lambda text: text[:60])
def test_the_question_has_this_answer(service, command, wanted):
    command = command.replace("http://127.0.0.1:8765", service.url)
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert _shown(json.loads(wanted), json.loads(result.stdout)), result.stdout


def test_every_question_of_the_page_is_asked():
    assert len(ASKED) == PAGE.count("curl ") == 8


def test_answers_that_differ_are_told_apart():
    assert not _shown({"a": [1, "…"]}, {"a": [2, 3]})
    assert not _shown({"a": []}, {"a": [1]})
    assert not _shown({"b": "…"}, {"a": 1})
