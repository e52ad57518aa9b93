"""Tables put into a Markdown page, so that its figures are those of a run."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["filled"]

_PLACE = re.compile(r"(<!-- table: ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(page: str, tables: Mapping[str, str]) -> str:
    r"""The page with each table that is at hand at its place; other places stay as they are.

    A place is marked by two comments. The title of a table is left to the page.

    >>> page = "<!-- table: lookup -->\nold\n<!-- end -->\n<!-- table: text --><!-- end -->"
    >>> table = "## Lookup\n\n| set |\n|---|\n| persons |\n"
    >>> filled(page, {"lookup": table}).splitlines()[1:4]
    ['| set |', '|---|', '| persons |']
    """

    def place(found: re.Match[str]) -> str:
        table = tables.get(found[2], "")
        rows = "".join(f"{line}\n" for line in table.splitlines() if line.startswith("|"))
        return f"{found[1]}{rows}{found[3]}" if rows else found[0]

    return _PLACE.sub(place, page)
