"""Entries in the formats of other programs: one module a format, all known to `formats`.

A module reads, writes, or both. What a format cannot carry is told by comparing an entry with what
its module says would come back (`carried`), so that no loss is silent.
"""

from __future__ import annotations

from vardynas.exchange.formats import FORMATS, Options, format_of, read, write

__all__ = ["FORMATS", "Options", "format_of", "read", "write"]
