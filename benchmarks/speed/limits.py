"""What reading the text alone costs: steps that no scanner can do without, or that most do."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

from benchmarks.speed.settings import Settings
from benchmarks.speed.texts import made_text
from benchmarks.speed.timing import interleaved

__all__ = ["limits"]

_WORD = re.compile(r"\w+")


def limits(settings: Settings) -> dict[str, Any]:
    """Seconds of each step over 5 MB of text."""
    text = made_text(settings.megabytes, settings.density, settings.main.entries).first(5)
    joined = "\n\n".join(text.texts)
    steps = _steps(joined)
    for step in steps.values():
        step()
    return {
        "megabytes": len(joined.encode()) / 1e6,
        "steps": interleaved(steps, max(settings.rounds, 5)),
    }


def _steps(text: str) -> dict[str, Callable[[], object]]:
    numpy = import_module("numpy")
    encoded, wide = text.encode(), text.encode("utf-16-le")
    units = numpy.frombuffer(wide, "<u2")
    table = (numpy.arange(65_536) % 251).astype("u1")
    folded = table.take(units)
    narrow = text.encode("ascii", "replace")
    table_of = str.maketrans({chr(code): chr(code).lower() for code in range(0x530)})
    return {
        "bytes copied": lambda: bytearray(encoded),
        "UTF-8 decoded": lambda: encoded.decode(),
        "UTF-16 encoded": lambda: text.encode("utf-16-le"),
        "one byte a letter by table (numpy take)": lambda: table.take(units),
        "word borders (numpy compare, nonzero)": lambda: numpy.flatnonzero(
            (folded[1:] == 32) != (folded[:-1] == 32)
        ),
        "bytes.split": lambda: narrow.split(),
        "str.split": lambda: text.split(),
        "str.translate": lambda: text.translate(table_of),
        r"re.findall(\w+)": lambda: _WORD.findall(text),
        r"re.finditer(\w+), offsets read": lambda: [m.span() for m in _WORD.finditer(text)],
    }
