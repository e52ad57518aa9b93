"""Work that makes many small objects which all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["no_collection"]


@contextmanager
def no_collection() -> Iterator[None]:
    """While the block runs nobody looks for garbage: in vain, again and again, for a fifth of the time.

    What nothing refers to is freed all the same; only circles of objects wait.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
