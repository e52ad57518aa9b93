"""The service under bad weather: slow and broken clients, long work, another glossary, an end."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from unittest.mock import Mock

import pytest
import uvicorn
from serving import serving
from starlette.testclient import TestClient
from uvicorn.server import ServerState

import vardynas
from vardynas.errors import GlossaryError
from vardynas.server.app import create_app
from vardynas.server.connections import Connection
from vardynas.server.glossary import Glossary
from vardynas.server.settings import Settings
from vardynas.server.watch import watching

GLOSSARY = """\
- id: lida
  type: place
  names: {be: [Ліда], lt: [Lyda]}
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A service that waits a second for its clients, with a glossary of its own."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "mine.yaml").write_text(GLOSSARY, encoding="utf-8")
    options = ["--glossary", str(folder / "mine.yaml"), "--patience", "1"]
    with serving(folder, *options, "--reload-glossary", "0.1") as service:
        yield service


def _connected(service):
    place = urllib.parse.urlparse(service.url)
    return socket.create_connection((place.hostname, place.port), timeout=60)


def _said(connection):
    """All that the service says until it hangs up."""
    data = b""
    try:
        while more := connection.recv(65536):
            data += more
    except ConnectionResetError:
        pass
    return data


def _status(data):
    return int(data.split(b" ", 2)[1]) if data.startswith(b"HTTP/1.1 ") else None


HEAD = b"POST /scan HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n"
BROKEN = {
    "nothing": b"",
    "half a line": b"GET /hea",
    "half the headers": HEAD,
    "half the body": HEAD + b'\r\n{"text": ',
    "no end of a chunk": b"POST /scan HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
    "a huge header": b"GET /health HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 1_000_000,
    "many headers": b"GET /health HTTP/1.1\r\n" + b"X: a\r\n" * 100_000,
    "a huge address": b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n\r\n",
    "no HTTP": os.urandom(10_000),
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100,
    "two lengths": b"POST /scan HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a strange length": b"POST /scan HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "a length of digits": b"POST /scan HTTP/1.1\r\nHost: a\r\nContent-Length: \xb2\r\n\r\n",
    "NUL": b"GET /entries/%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "no UTF-8 in the address": b"GET /entries/%ff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "no UTF-8 in the query": b"GET /lookup?name=%ff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "a strange host": b"GET /reconcile HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n",
    "no method": b"HACK /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "a WebSocket": b"GET /health HTTP/1.1\r\nHost: a\r\nConnection: close, upgrade\r\n"
    b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: YQ==\r\n\r\n",
}


def test_no_broken_request_is_a_defect_or_keeps_others_waiting(running):
    with ExitStack() as stack:
        open_ones = {name: stack.enter_context(_connected(running)) for name in BROKEN}
        for name, connection in open_ones.items():
            threading.Thread(target=_send, args=(connection, BROKEN[name])).start()
        started = time.monotonic()
        assert running.get("/health")["status"] == "ok"
        with ThreadPoolExecutor(len(BROKEN)) as threads:
            answers = dict(zip(BROKEN, threads.map(_said, open_ones.values()), strict=True))
        assert time.monotonic() - started < 20
    statuses = {name: _status(answer) for name, answer in answers.items()}
    assert {name: s for name, s in statuses.items() if s is not None and s >= 500} == {}
    assert statuses["nothing"] == statuses["half the headers"] == statuses["half the body"] == 408
    assert statuses["no method"] == 405
    assert statuses["a strange host"] == 200
    assert not [one for one in running.events() if one["level"] == "error"]


def test_who_hangs_up_within_a_request_is_no_defect(running):
    with _connected(running) as connection:
        connection.sendall(HEAD + b'\r\n{"text": ')
        time.sleep(0.3)
    for _ in range(400):
        if 400 in [one.get("status") for one in running.events()]:
            break
        time.sleep(0.05)
    assert 400 in [one.get("status") for one in running.events()]
    assert not [one for one in running.events() if one["level"] == "error"]


PIECE = 1 << 16


@pytest.mark.parametrize(
    ("left", "abandoned"),
    [
        ([9 * PIECE], True),  # nothing is read any more
        ([9 * PIECE, 9 * PIECE - 1], True),  # next to nothing
        ([9 * PIECE, 8 * PIECE, 7 * PIECE, 6 * PIECE, 5 * PIECE, 4 * PIECE], False),  # slowly
        ([9 * PIECE, None], False),  # all of it
    ],
)
def test_a_client_that_does_not_read_its_answer_is_left(left, abandoned):
    """`left` is what waits to be read, at each look; None when the rest goes at once."""

    async def scene():
        config = uvicorn.Config(lambda: None, timeout_keep_alive=0.05, lifespan="off", ws="none")
        config.load()
        connection, transport = Connection(config, ServerState(), {}), Mock()
        transport.get_extra_info.return_value = None
        looks = [one for one in left if one is not None]
        transport.get_write_buffer_size.side_effect = [*looks, *[looks[-1]] * 9]
        connection.connection_made(transport)
        connection.pause_writing()
        if None in left:
            connection.resume_writing()
        await asyncio.sleep(0.23)
        connection.connection_lost(None)
        return transport.abort.called

    assert asyncio.run(scene()) is abandoned


def _send(connection, data):
    try:
        connection.sendall(data)
    except OSError:  # it hung up before the end
        return


def test_the_glossary_changes_while_requests_go_on(running, tmp_path):
    path = running.log.parent / "mine.yaml"
    stop, statuses = threading.Event(), []

    def ask():
        while not stop.is_set():
            statuses.append(len(running.get("/lookup?name=Lyda")["results"][0]["candidates"]))

    def entries(count):
        for _ in range(400):
            if running.get("/health")["entries"] == count:
                return True
            time.sleep(0.05)
        return False

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        path.write_text(GLOSSARY + GLOSSARY.replace("lida", "lida-2"), encoding="utf-8")
        assert entries(2)
        path.write_text("- id: [", encoding="utf-8")
        for _ in range(400):
            if "glossary not reloaded" in [one["event"] for one in running.events()]:
                break
            time.sleep(0.05)
        health = running.get("/health")
        assert health["entries"] == 2
        assert health["reload"]["failed"].startswith("mine.yaml:2:1: ")
        path.write_text(GLOSSARY, encoding="utf-8")
        running.process.send_signal(signal.SIGHUP)
        assert entries(1)
        assert running.get("/health")["reload"] == {"failed": None}
    finally:
        stop.set()
        thread.join()
    assert set(statuses) == {1, 2}
    levels = {one["event"]: one["level"] for one in running.events()}
    assert levels["glossary not reloaded"] == "warning"
    events = [one["event"] for one in running.events()]
    assert events.count("glossary reloaded") >= 2
    assert "glossary not reloaded" in events


@pytest.mark.parametrize("error", [FileNotFoundError(2, "gone"), GlossaryError(())])
def test_files_that_vanish_while_they_are_looked_at_are_looked_at_again(error):
    async def scene():
        source, glossary = Mock(), Mock()
        source.state.side_effect = ["old", error, "old", *["new"] * 100]
        async with watching(glossary, source, 0.01):
            for _ in range(100):
                await asyncio.sleep(0.02)
                if glossary.reload.called:
                    break
        return glossary.reload.call_count

    assert asyncio.run(scene()) == 1


def test_logs_do_not_tell_what_was_asked(running):
    running.get("/lookup?name=SECRET")
    with _connected(running) as connection:
        body = b'{"text": "SECRET"}'
        head = b"POST /scan HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        connection.sendall(head % len(body) + body)
        assert _status(_said(connection)) == 200
    assert "SECRET" not in running.log.read_text(encoding="utf-8")
    last = [one for one in running.events() if one["event"] == "request"][-1]
    assert (last["method"], last["path"], last["status"]) == ("POST", "/scan", 200)


def test_it_ends_when_what_has_begun_is_answered(tmp_path):
    (tmp_path / "mine.yaml").write_text(GLOSSARY, encoding="utf-8")
    text = json.dumps({"text": "Lyda, Ліда. " * 3_000}).encode()
    with serving(tmp_path, "--glossary", str(tmp_path / "mine.yaml")) as service:
        with _connected(service) as connection:
            head = f"POST /scan HTTP/1.1\r\nHost: a\r\nContent-Length: {len(text)}\r\n\r\n"
            connection.sendall(head.encode() + text)
            while not service.get("/health")["working"]:
                time.sleep(0.005)
            service.process.terminate()
            answer = _said(connection)
        assert _status(answer) == 200
        assert len(json.loads(answer.partition(b"\r\n\r\n")[2])["mentions"]) == 6_000
        assert service.process.wait(60) == -signal.SIGTERM


def _serve(*options):
    command = [sys.executable, "-m", "vardynas", "serve", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_port_that_is_taken_is_said_so():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = _serve("--port", str(taken.getsockname()[1]))
    assert result.returncode == 2
    assert "Choose another --port." in result.stderr


@pytest.mark.parametrize("host", ["nowhere.invalid", "a" * 70, "192.0.2.1"])
def test_a_host_that_is_not_here_is_said_so(host):
    result = _serve("--host", host)
    assert result.returncode == 2
    assert "Choose another --host." in result.stderr


@pytest.mark.parametrize(
    "url", ["names", "ftp://a", "http://", "https:///a", "http://a:b", "http://a?b", "http://a b"]
)
def test_an_address_for_others_has_a_host(url):
    from click.testing import CliRunner

    from vardynas.cli.serve import command

    result = CliRunner().invoke(command, ["--url", url])
    assert result.exit_code == 2
    assert "write https://names.example.org" in " ".join(result.output.split())


class _Slow:
    """A resolver that takes its time."""

    glossary_version, glossary_hash, entries = "", "", {}

    def __init__(self, seconds):
        self.seconds = seconds

    def lookup(self, name, language=None, limit=5):
        time.sleep(self.seconds if name == "slow" else 0)
        return []

    def resolve(self, name, language=None):
        return None

    def scan(self, text, language=None, *, similar=True):
        time.sleep(self.seconds if text == "slow" else 0)
        return []

    def __len__(self):
        return 0


def test_work_that_takes_too_long_is_given_up_and_health_goes_on_answering():
    settings = Settings(timeout=0.3, threads=1, queue=1)
    with TestClient(create_app(Glossary(lambda: _Slow(1.0)), settings)) as client:
        with ThreadPoolExecutor(3) as threads:
            asked = [
                threads.submit(client.get, "/lookup", params={"name": "slow"}) for _ in range(3)
            ]
            time.sleep(0.1)
            assert client.get("/health").json()["working"] == 2
            answers = [one.result() for one in asked]
        said = sorted(one.json()["error"] for one in answers)
        assert [one.status_code for one in answers] == [503] * 3
        assert "wait already" in said[0]
        assert "longer than 0.3 seconds" in said[1]
        assert all(int(one.headers["retry-after"]) for one in answers)
        time.sleep(1.0)
        assert client.get("/lookup", params={"name": "quick"}).status_code == 200


@pytest.mark.parametrize("path", ["/lookup", "/reconcile"])
def test_names_are_answered_while_texts_take_every_thread_they_have(path):
    settings = Settings(timeout=5, threads=1, queue=0)
    with TestClient(create_app(Glossary(lambda: _Slow(1.0)), settings)) as client:
        with ThreadPoolExecutor(1) as threads:
            text = threads.submit(client.post, "/scan", json={"text": "slow"})
            while not client.get("/health").json()["working"]:
                time.sleep(0.01)
            names = client.get(path, params={"name": "quick"})
            refused = client.post("/scan", json={"text": "quick"})
            assert not text.done()
        assert (names.status_code, text.result().status_code) == (200, 200)
    assert refused.status_code == 503
    assert "works on 1 such requests, and 0 wait already" in refused.json()["error"]


def test_a_defect_is_a_sentence_and_is_logged_without_its_message(caplog):
    resolver = _Slow(0)
    resolver.lookup = None
    glossary = Glossary.__new__(Glossary)
    glossary.now = type("Served", (), {"resolver": resolver})()
    with (
        caplog.at_level("ERROR", "vardynas.server"),
        TestClient(create_app(glossary), raise_server_exceptions=False) as client,
    ):
        response = client.get("/lookup", params={"name": "SECRET"})
    assert response.status_code == 500
    assert "defect" in response.json()["error"]
    assert response.headers["access-control-allow-origin"] == "*"
    assert [record.message for record in caplog.records] == ["defect"]
    assert "SECRET" not in caplog.text


def test_the_builtin_glossary_is_watched_too(tmp_path, monkeypatch):
    from vardynas.server.glossary import Source

    assert len(Source().open()) == len(vardynas.load())
    mine, shipped = tmp_path / "mine.yaml", tmp_path / "shipped.yaml"
    mine.write_text(GLOSSARY, encoding="utf-8")
    shipped.write_text(GLOSSARY, encoding="utf-8")
    monkeypatch.setattr("vardynas.glossary.files.builtin_path", lambda: shipped)
    sources = (Source(), Source((str(mine),)), Source((str(mine),), builtin=True))
    before = [one.state() for one in sources]
    assert [one.state() for one in sources] == before
    shipped.write_text("# another\n" + GLOSSARY, encoding="utf-8")
    changed = [one.state() != state for one, state in zip(sources, before, strict=True)]
    assert changed == [True, False, True]
