"""OpenRefine itself reconciles a column of messy names against the service, and extends it."""

import csv
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from serving import serving

PROGRAM = Path("/usr/share/openrefine/refine")
TABLE = Path(__file__).parent / "cases" / "openrefine.csv"
KINDS = ("listed", "inflected", "other", "misspelt", "unknown", "ambiguous")
LANGUAGES = ("lt", "be", "pl", "en", "ru")

pytestmark = pytest.mark.skipif(
    not (PROGRAM.exists() and shutil.which("java")),
    reason="OpenRefine is missing: apt-get install --no-install-recommends openrefine",
)

ROWS = [*csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())]


def test_the_table_is_what_it_says():
    assert len(ROWS) == 200
    assert len({row["name"] for row in ROWS}) == 200
    assert {row["kind"] for row in ROWS} == set(KINDS)
    assert all(bool(row["entry"]) != (row["kind"] in KINDS[4:]) for row in ROWS)


class Refine:
    """One project of OpenRefine, driven by the commands that its page sends."""

    def __init__(self, port, names):
        self._base = f"http://127.0.0.1:{port}/command/core/"
        self._project = self._create(names)

    def _open(self, command, query, data, headers=None):
        token = json.load(urllib.request.urlopen(f"{self._base}get-csrf-token"))["token"]
        address = f"{self._base}{command}?{urllib.parse.urlencode({**query, 'csrf_token': token})}"
        return urllib.request.urlopen(urllib.request.Request(address, data, headers or {}))

    def _create(self, names):
        text = "\n".join(["name", *(json.dumps(name, ensure_ascii=False) for name in names)])
        parts = [
            'name="project-name"\r\n\r\nnames',
            f'name="project-file"; filename="n.csv"\r\nContent-Type: text/csv\r\n\r\n{text}',
        ]
        body = "".join(f"--NAMES\r\nContent-Disposition: form-data; {one}\r\n" for one in parts)
        options = {"encoding": "UTF-8", "separator": ",", "headerLines": 1}
        query = {"format": "text/line-based/*sv", "options": json.dumps(options)}
        headers = {"Content-Type": "multipart/form-data; boundary=NAMES"}
        with self._open(
            "create-project-from-upload", query, f"{body}--NAMES--\r\n".encode(), headers
        ) as response:
            return urllib.parse.parse_qs(urllib.parse.urlparse(response.url).query)["project"][0]

    def ask(self, command, **form):
        """Send a command; what OpenRefine answers."""
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in form.items()}
        query = {"project": self._project}
        with self._open(command, query, urllib.parse.urlencode(form).encode()) as response:
            answer = json.load(response)
        assert answer.get("code") not in ("error",), answer
        return answer

    def finish(self):
        """Wait until what goes on in the background is done."""
        address = f"{self._base}get-processes?project={self._project}"
        for _ in range(1200):
            with urllib.request.urlopen(address) as response:
                if not json.load(response)["processes"]:
                    return
            time.sleep(0.1)
        pytest.fail("OpenRefine did not finish")

    def rows(self):
        """The cells of each row, and its judgement."""
        answer = self.ask("get-rows", engine=ENGINE, start="0", limit="1000")
        recons = answer.get("pool", {}).get("recons", {})
        for row in answer["rows"]:
            first = row["cells"][0]
            yield row["cells"], recons.get(str(first.get("r")), {})


ENGINE = {"facets": [], "mode": "row-based"}


@contextmanager
def refine(folder):
    """OpenRefine, headless, on a free port; yields it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(PROGRAM), "-i", "127.0.0.1", "-p", str(port), "-d", str(folder), "-m", "512M"]
    with (
        (folder / "refine.log").open("wb") as log,
        subprocess.Popen(
            [*command, "-x", "refine.headless=true"],
            cwd=PROGRAM.parent,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        ) as process,
    ):
        try:
            _until_up(port, process)
            yield port
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def _until_up(port, process):
    for _ in range(600):
        assert process.poll() is None, "OpenRefine ended"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/command/core/get-version").close()
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("OpenRefine did not start")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """The rows after reconciling and extending: cells, judgement."""
    folder = tmp_path_factory.mktemp("refine")
    with serving(folder) as service, refine(folder) as port:
        manifest = service.get("/reconcile")
        spaces = {key: manifest[key] for key in ("identifierSpace", "schemaSpace")}
        project = Refine(port, [row["name"] for row in ROWS])
        address = f"{service.url}/reconcile"
        types = project.ask("guess-types-of-column", columnName="name", service=address)["types"]
        config = {
            "mode": "standard-service",
            "service": address,
            **spaces,
            "type": None,
            "autoMatch": True,
            "columnDetails": [],
            "limit": 5,
        }
        project.ask("reconcile", columnName="name", config=config, engine=ENGINE)
        project.finish()
        wanted = [{"id": tag, "name": tag} for tag in LANGUAGES]
        project.ask(
            "extend-data",
            baseColumnName="name",
            endpoint=address,
            **spaces,
            columnInsertIndex="1",
            extension={"properties": wanted},
            engine=ENGINE,
        )
        project.finish()
        rows = list(project.rows())
        assert not [one for one in service.events() if one["level"] == "error"]
    return types, rows


def _judged(rows):
    """For each row of the table: right, wrong, or left open with or without the right candidate."""
    for row, (_, recon) in zip(ROWS, rows, strict=True):
        match = (recon.get("m") or {}).get("id") if recon.get("j") == "matched" else None
        candidates = [one["id"] for one in recon.get("c", [])]
        if match:
            yield row, "right" if match == row["entry"] else "wrong"
        else:
            yield row, "offered" if row["entry"] in candidates else "open"


def test_a_column_is_reconciled(outcome):
    types, rows = outcome
    assert types[0]["id"] == "person"
    judged = list(_judged(rows))
    counts = Counter((row["kind"], verdict) for row, verdict in judged)
    lines = [_line(kind, counts) for kind in KINDS]
    print("\n" + "\n".join(lines))
    for row, verdict in judged:
        if verdict == "wrong" or (row["entry"] and verdict != "right"):
            print(f"{verdict}: {row['name']} ({row['kind']}), {row['entry'] or 'nobody'}")
    assert sum(counts[kind, "right"] for kind in KINDS) >= 165
    assert sum(counts[kind, "wrong"] for kind in KINDS) <= 2


def _line(kind, counts):
    verdicts = ("right", "wrong", "offered", "open")
    total = sum(counts[kind, verdict] for verdict in verdicts)
    cells = (f"{counts[kind, verdict]}" for verdict in verdicts)
    return f"| {kind} | {total} | {' | '.join(cells)} |"


def test_the_column_is_extended_with_names_in_other_languages(outcome):
    _, rows = outcome
    filled = 0
    for row, (cells, recon) in zip(ROWS, rows, strict=True):
        names = [cell and cell["v"] for cell in cells[1:]]
        if recon.get("j") != "matched":
            assert not any(names)
        elif row["entry"] == "hrodna":
            assert names == ["Gardinas", "Гродна", "Grodno", "Grodno", "Гродно"]
        filled += any(names)
    print(f"\n{filled} rows extended")
    assert filled > 150
