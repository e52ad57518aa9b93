"""The service as a process of its own, as users start it."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Running(NamedTuple):
    url: str
    process: subprocess.Popen
    log: Path

    def events(self):
        """The lines of its log."""
        text = self.log.read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines() if line.startswith("{")]

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=60) as response:
            return json.load(response)


@contextmanager
def serving(folder, *options):
    """Start ``vardynas serve`` on a free port; end it as a shell would."""
    log = folder / "serve.log"
    command = [sys.executable, "-m", "vardynas", "serve", "--port", "0", *options]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=env) as process,
    ):
        try:
            said = process.stdout.readline().decode()
            found = re.search(r"http://\S+", said)
            assert found, f"{said}{log.read_text(encoding='utf-8')}"
            running = Running(found[0], process, log)
            _until_ready(running)
            yield running
        finally:
            process.terminate()
            process.wait(20)
            process.stdout.close()


def _until_ready(running):
    """Wait: the socket takes connections before the glossary is open."""
    assert running.get("/health")["status"] == "ok"
