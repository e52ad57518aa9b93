"""Tables: what is read of a row, and that only what is changed in it is written anew."""

import io
import re
from pathlib import Path

import pytest
import yaml

from vardynas.documents import stream
from vardynas.documents.formats import Options, open_document
from vardynas.documents.rows import Editor
from vardynas.errors import DocumentError
from vardynas.model import Edit

FOLDER = Path(__file__).parent / "cases"
NAMES = {"Lukašenka": "Łukaszenka", "Vilnius": "Wilno", "Vilniaus m.": '"Wilno, m."'}
_names = re.compile("|".join(sorted(map(re.escape, NAMES), key=len, reverse=True)))


def cases(name, suffix):
    rows = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    return [
        pytest.param({"name": f"names.{suffix}", "options": {}, **row}, id=f"{suffix}: {row['label']}")
        for row in rows
    ]


CASES = cases("delimited.yaml", "csv") + cases("jsonlines.yaml", "jsonl")
SOUND = [case for case in CASES if "fault" not in case.values[0]]
FAULTY = [case for case in CASES if "fault" in case.values[0]]


def edits(text):
    return [Edit(m.start(), m.end(), m[0], NAMES[m[0]], "x") for m in _names.finditer(text)]


def identify(text):
    return "wilno" if text == "Vilnius" else None


def options_of(case, **more):
    chosen = {key: tuple(v) if isinstance(v, list) else v for key, v in case["options"].items()}
    return Options(**chosen, **more)


def streamed(case, editor, **more):
    target = io.BytesIO()
    source = io.BytesIO(case["source"].encode())
    stream.rewrite(source, target, editor, case["name"], options_of(case, **more))
    return target.getvalue().decode()


def opened(case):
    return open_document(case["name"], case["source"].encode(), options_of(case))


@pytest.mark.parametrize("case", CASES)
def test_case_is_well_formed(case):
    fields = {"label", "name", "source", "options", "texts", "expect", "ids", "fault"}
    assert set(case) <= fields
    assert "fault" not in case or not {"texts", "expect", "ids"} & set(case)


@pytest.mark.parametrize("case", SOUND)
def test_nothing_to_do(case):
    assert streamed(case, Editor(lambda text: [])) == case["source"]
    assert opened(case).write([]).decode() == case["source"]


@pytest.mark.parametrize("case", SOUND)
def test_edits(case):
    assert streamed(case, Editor(edits)) == case.get("expect", case["source"])


@pytest.mark.parametrize("case", SOUND)
def test_opened_as_a_whole(case):
    document = opened(case)
    if "texts" in case:
        assert [document.text[slice(*span)] for span in document.contexts] == case["texts"]
    written = document.write(edits(document.text))
    assert written.decode() == case.get("expect", case["source"])


@pytest.mark.parametrize("case", [case for case in SOUND if "ids" in case.values[0]])
def test_ids(case):
    editor = Editor(lambda text: [], identify)
    assert streamed(case, editor, id_columns=True) == case["ids"]


@pytest.mark.parametrize("case", FAULTY)
def test_faults(case):
    with pytest.raises(DocumentError, match=re.escape(f"{case['name']}: {case['fault']}")):
        streamed(case, Editor(edits, identify))
    with pytest.raises(DocumentError, match=re.escape(case["fault"])):
        document = opened(case)
        document.identify = identify
        document.write(edits(document.text))
