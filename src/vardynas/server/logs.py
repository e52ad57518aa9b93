"""Logs as lines of JSON on standard error: what happened, never what was asked."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from typing import Any

__all__ = ["LOG", "Lines", "configure", "defect", "event"]

LOG = logging.getLogger("vardynas.server")


def event(name: str, level: int = logging.INFO, **fields: Any) -> None:  # noqa: ANN401 (any JSON)
    """Log that something happened."""
    LOG.log(level, name, extra={"fields": fields})


def defect(error: BaseException) -> None:
    """Log an error of our own: its kind and where it was raised, not its message, which can quote."""
    places = [
        f"{row.filename.rpartition('/')[2]}:{row.lineno}"
        for row in traceback.extract_tb(error.__traceback__)[-8:]
    ]
    LOG.error("defect", extra={"fields": {"error": type(error).__name__, "at": places}})


class Lines(logging.Formatter):
    """A record as one line of JSON: time, level, event, and its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. What other programs say with an exception goes without its message."""
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def configure() -> None:
    """Write the logs of the service, and the warnings of what carries it, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    for name, level in (("vardynas.server", logging.INFO), ("uvicorn.error", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
