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

    `VardynasError` says what to do where Java is missing. A session that runs already is given back
    as it is.
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


def find_java() -> str:
    """The Java that Spark will take: of ``JAVA_HOME``, or on the path; `VardynasError` without any."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(os.path.join(home, "bin", "java") if home else "java")  # noqa: PTH118
    if java:
        return java
    missing = f"JAVA_HOME is {home}, and no Java is there" if home else "there is none"
    raise VardynasError(
        f"Spark needs Java 17 or later, and {missing}: install a runtime (on Debian and Ubuntu "
        "default-jre-headless) or set JAVA_HOME to the folder of one."
    )
