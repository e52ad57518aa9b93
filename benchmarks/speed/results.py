"""Results as they come in: one JSON file, written anew after each part, so that none is lost."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.speed.settings import Settings
from benchmarks.speed.sources import from_data

__all__ = ["add", "load", "machine"]

PACKAGES = (
    "vardynas", "numpy", "rapidfuzz", "ahocorasick_rs", "flashtext", "flashtext2",
    "pyahocorasick", "spacy", "symspellpy",
)  # fmt: skip

Results = dict[str, Any]


def load(path: Path) -> Results:
    """The parts that a file holds by their names; empty when there is no file.

    >>> load(Path("no-such-file.json"))
    {}
    """
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def add(path: Path, name: str, settings: Settings, result: Mapping[str, Any]) -> Results:
    """The results with one more part, which are in the file when this returns."""
    results = load(path)
    results[name] = {"result": result, "settings": settings._asdict(), **machine()}
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(path)
    return results


def machine() -> dict[str, Any]:
    """What the figures depend on: the processor, versions, the day, how busy it was."""
    return {
        "when": time.strftime("%Y-%m-%d %H:%M"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "system": platform.system(),
        "sentences": "treebanks" if from_data() else "samples",
        "versions": {name: _version(name) for name in PACKAGES},
    }


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
