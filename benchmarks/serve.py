"""How many requests ``vardynas serve`` answers, how late the last ones, and what memory it takes.

``python -m benchmarks.serve`` asks a service on this machine with wrk, a few seconds at each number of
clients, then `--requests` more while its memory is read. It prints tables for ``docs/serve.md``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

import vardynas

CLIENTS = (1, 10, 100)
SAMPLES = Path(__file__).parent.parent / "seeds" / "samples"
NAMES = 2000

SCRIPT = """
local bodies, at = {}, 0
for line in io.lines("BODIES") do bodies[#bodies + 1] = line end
function request()
  at = at % #bodies + 1
  return wrk.format("POST", "PATH", {["content-type"] = "application/json"}, bodies[at])
end
function done(summary, latency, requests)
  local e = summary.errors
  local bad = e.connect + e.read + e.write + e.status + e.timeout
  print(string.format("RESULT %d %d %d %d %d %d", summary.requests, summary.duration, bad,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""


class Result(NamedTuple):
    """What one run of wrk found: requests, errors, requests a second, and late answers in ms."""

    requests: int
    errors: int
    rate: float
    p50: float
    p95: float
    p99: float


class Service(NamedTuple):
    """A running service."""

    url: str
    pid: int

    def memory(self) -> float:
        """Megabytes that it has in memory of its own."""
        text = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(re.findall(r"RssAnon:\s+(\d+)", text)[0]) / 1024

    def worked(self) -> float:
        """Seconds of processor time that it has taken, which others on the machine do not change."""
        fields = (
            Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def answered(self) -> float:
        """Milliseconds until it has said that it is well."""
        started = time.perf_counter()
        assert self.healthy()
        return 1000 * (time.perf_counter() - started)

    def healthy(self) -> bool:
        """Whether it answers."""
        with urllib.request.urlopen(f"{self.url}/health", timeout=30) as answer:
            return bool(json.load(answer)["status"] == "ok")


@contextmanager
def service() -> Iterator[Service]:
    """A service in a process of its own, without its logs."""
    command = [sys.executable, "-m", "vardynas", "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        url = re.findall(r"http://\S+", process.stdout.readline())[0]
        try:
            found = Service(url, process.pid)
            assert found.healthy()
            yield found
        finally:
            process.terminate()


def bodies() -> dict[str, list[dict[str, object]]]:
    """Requests by path: names of the glossary one at a time, the sample articles."""
    entries = vardynas.load().entries.values()
    forms = [name.form for entry in entries for name in entry.all_names()]
    step = max(1, len(forms) // NAMES)
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    return {
        "/lookup": [{"name": form} for form in forms[::step]],
        "/scan": [{"text": text} for text in texts],
        "/normalize": [{"text": text, "to": "lt"} for text in texts],
    }


def load(url: str, path: str, asked: list[dict[str, object]], clients: int, seconds: int) -> Result:
    """What wrk finds out in that time."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "bodies"
        lines.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
        script = Path(folder) / "script.lua"
        script.write_text(SCRIPT.replace("BODIES", str(lines)).replace("PATH", path))
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s"]
        run = subprocess.run(
            [*command, "-s", str(script), url], capture_output=True, text=True, check=True
        )
    said = re.findall(r"RESULT (.*)", run.stdout)[0]
    requests, duration, errors, *late = map(int, said.split())
    rate = requests / (duration / 1e6)
    return Result(requests, errors, rate, *(one / 1000 for one in late))


def main() -> None:
    """Print the tables."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="for each row")
    parser.add_argument("--requests", type=int, default=200_000, help="while memory is read")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    asked = bodies()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    with service() as running:
        _table(running, asked, options.seconds)
        _health(running, asked, options.seconds)
        _memory(running, asked, options.seconds, options.requests)


def _table(running: Service, asked: dict[str, list[dict[str, object]]], seconds: int) -> None:
    print("| asked | clients | a second | p50 ms | p95 ms | p99 ms | processor ms each | errors |")
    print("|---|---|---|---|---|---|---|---|")
    for path, rows in asked.items():
        load(running.url, path, rows, 1, 2)
        for clients in CLIENTS:
            before = running.worked()
            found = load(running.url, path, rows, clients, seconds)
            each = 1000 * (running.worked() - before) / max(1, found.requests)
            late = " | ".join(f"{one:,.1f}" for one in found[3:])
            row = f"| `{path}` | {clients} | {found.rate:,.0f} | {late} | {each:.2f} | {found.errors} |"
            print(row, flush=True)


def _health(running: Service, asked: dict[str, list[dict[str, object]]], seconds: int) -> None:
    """Ask how it is while ten clients have long texts scanned."""
    whole = "\n\n".join(str(row["text"]) for row in asked["/scan"])
    long: list[dict[str, object]] = [{"text": whole * 2}]
    with ThreadPoolExecutor(1) as beside:
        found = beside.submit(load, running.url, "/scan", long, 10, seconds)
        time.sleep(0.5)
        waits = []
        while not found.done():
            waits.append(running.answered())
    median, *_, last = quantiles(waits, n=100)[49:]
    print(
        f"\nWhile ten clients have texts of {len(whole) * 2:,} letters scanned, /health answers in "
        f"{median:.0f} ms, of a hundred the last in {last:.0f} ms ({len(waits)} asked)."
    )


def _memory(
    running: Service, asked: dict[str, list[dict[str, object]]], seconds: int, most: int
) -> None:
    """Ask until `most` requests are answered, names three times as long as texts; read the memory."""
    total, shares = 0, cycle([("/lookup", seconds * 3), ("/scan", seconds)])
    print("\n| requests | memory, MB | errors |\n|---|---|---|")
    print(f"| 0 | {running.memory():.0f} | 0 |", flush=True)
    for path, length in islice(shares, 1000):
        found = load(running.url, path, asked[path], 10, length)
        total += found.requests
        print(f"| {total:,} | {running.memory():.0f} | {found.errors} |", flush=True)
        if total >= most:
            return


if __name__ == "__main__":
    main()
