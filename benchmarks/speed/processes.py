"""What only a process of its own can tell: compiling, opening, the first answer, memory."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.speed.ours import checked, glossary, opened, use_own_cache
from benchmarks.speed.settings import Settings, Size
from benchmarks.speed.timing import interleaved, say

__all__ = [
    "compiled_in",
    "memory",
    "memory_of",
    "memory_of_this",
    "opening",
    "scanned_memory",
    "starts",
]

STARTS = 9

_LOAD = """
import json, sys, time
start = time.perf_counter()
import vardynas
from vardynas import Resolver
imported = time.perf_counter()
resolver = vardynas.load(sys.argv[1])
loaded = time.perf_counter()
vardynas.load(sys.argv[1])
again = time.perf_counter()
resolver.lookup(sys.argv[2])
first = time.perf_counter()
resolver.scan(sys.argv[2])
scanned = time.perf_counter()
print(json.dumps([imported - start, loaded - imported, again - loaded, first - again, scanned - first]))
"""

_MEMORY = """
import sys
from benchmarks.speed.processes import scanned_memory
print(scanned_memory(*map(float, sys.argv[1:])))
"""


def opening(settings: Settings) -> dict[str, Any]:
    """Seconds to compile the YAML file and to open it compiled, each in fresh processes."""
    path = glossary(*settings.main)
    compiled = [compiled_in(path) for _ in range(min(3, settings.rounds))]
    folder = str(use_own_cache())
    _load(path, folder)
    rows = [_load(path, folder) for _ in range(max(settings.rounds, STARTS))]
    steps = ("import", "load", "load again", "first lookup", "first scan")
    return {
        "entries": settings.main.entries,
        "yaml": path.stat().st_size,
        "compiled": compiled,
        "opened": {step: [row[at] for row in rows] for at, step in enumerate(steps)},
    }


def compiled_in(path: Path) -> float:
    """Seconds to compile a file in a fresh process, with nothing kept from before."""
    with tempfile.TemporaryDirectory() as folder:
        return _load(path, folder)[1]


def _load(path: Path, cache: str) -> list[float]:
    return list(json.loads(_output([sys.executable, "-c", _LOAD, str(path), "Grodno"], cache)))


def memory(settings: Settings) -> dict[str, Any]:
    """Megabytes of whole processes, for the main glossary and for those of the curves."""
    sizes = {"main": settings.main, **settings.sizes}
    return {name: memory_of(size, settings) for name, size in sizes.items()}


def memory_of(size: Size, settings: Settings) -> dict[str, Any]:
    """Megabytes of a process that opens a glossary of that size and scans the text with it."""
    opened(*size)
    asked = map(str, (*size, settings.megabytes, settings.density, settings.main.entries))
    found = json.loads(_output([sys.executable, "-c", _MEMORY, *asked], str(use_own_cache())))
    say(f"  {size.entries} entries: {found['scanned']:.0f} MB")
    return {"entries": size.entries, "megabytes": settings.megabytes, **found}


def scanned_memory(
    count: float, names_per_entry: float, megabytes: float, density: float, spoken_of: float
) -> str:
    """The resident megabytes of this process as JSON: before, opened, after a text was scanned.

    The text is read from its file a document at a time, so that it is not what is measured.
    """
    from benchmarks.speed.texts import streamed

    before = memory_of_this()["VmRSS"]
    resolver = opened(int(count), int(names_per_entry))
    resolver.lookup("Grodno")
    ready = memory_of_this()["VmRSS"]
    stream = (document.text for document in streamed(megabytes, int(density), int(spoken_of)))
    mentions = sum(len(checked(found)) for found in resolver.scan_many(stream))
    after = memory_of_this()
    found = {"before": before, "opened": ready, "scanned": after["VmRSS"], "peak": after["VmHWM"]}
    return json.dumps({**found, "mentions": mentions})


def memory_of_this() -> dict[str, float]:
    """VmRSS and VmHWM of this process in megabytes (10^6 bytes); empty where /proc is not."""
    status = Path("/proc/self/status")
    if not status.exists():
        return {"VmRSS": float("nan"), "VmHWM": float("nan")}
    found = re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", status.read_text(), re.MULTILINE)
    return {name: int(kilobytes) * 1024 / 1e6 for name, kilobytes in found}


def starts(settings: Settings) -> dict[str, list[float]]:
    """Seconds of whole commands, in turn: bare Python, two imports, and vardynas."""
    program = shutil.which("vardynas", path=str(Path(sys.executable).parent)) or "vardynas"
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        'python -c "import yaml, rapidfuzz"': [sys.executable, "-c", "import yaml, rapidfuzz"],
        'python -c "import numpy"': [sys.executable, "-c", "import numpy"],
        "vardynas --help": [program, "--help"],
        "vardynas lookup Grodnie": [program, "lookup", "Grodnie"],
        "vardynas lookup Łukaszence": [program, "lookup", "Łukaszence"],
        "vardynas lookup Lukashneka": [program, "lookup", "Lukashneka"],
    }
    cache = str(use_own_cache())
    runs = {name: partial(_output, command, cache) for name, command in commands.items()}
    for run in runs.values():
        run()
    return interleaved(runs, max(settings.rounds, STARTS))


def _output(command: Sequence[str], cache: str) -> str:
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(_root()), *([known] if known else [])])
    environment = {**os.environ, "XDG_CACHE_HOME": cache, "PYTHONPATH": path}
    done = subprocess.run(
        command, env=environment, cwd=_root(), capture_output=True, check=False, encoding="utf-8"
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)[:200]} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def _root() -> Path:
    return Path(__file__).parents[2]
