r"""Several values in one cell of a table: ``one | other``, ``key=value | key=value``.

A sign that is meant itself has a backslash before it: ``\|``, ``\=``, ``\\``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["joined", "paired", "pairs", "parted"]

_SIGN = re.compile(r"[\\|=]")
_PIECE = re.compile(r"((?:[^\\|=]|\\.|\\$)*)([|=]?)", re.DOTALL)


def joined(values: Iterable[str]) -> str:
    r"""The values as one cell.

    >>> joined(["Kalinowski Street", "a|b"])
    'Kalinowski Street | a\\|b'
    """
    return " | ".join(map(_escaped, values))


def paired(values: Iterable[tuple[str, str]]) -> str:
    """Keys and values as one cell; an empty value stands as the key alone.

    >>> paired([("gen", "Białegostoku"), ("dat", "")])
    'gen=Białegostoku | dat'
    """
    return " | ".join(
        f"{_escaped(key)}={_escaped(value)}" if value else _escaped(key) for key, value in values
    )


def parted(cell: str) -> list[str]:
    r"""The values of a cell.

    >>> parted(r"Kalinowski Street | a\|b | c=d")
    ['Kalinowski Street', 'a|b', 'c=d']
    """
    return ["=".join(filter(None, (key, value))) for key, value in pairs(cell)]


def pairs(cell: str) -> list[tuple[str, str]]:
    """Keys and values of a cell; "" where there is no value.

    >>> pairs("gen=Białegostoku | dat")
    [('gen', 'Białegostoku'), ('dat', '')]
    """
    found: list[list[str]] = [[""]]
    for match in _PIECE.finditer(cell):
        found[-1][-1] += _plain(match[1])
        if match[2] == "|":
            found.append([""])
        elif match[2] == "=" and len(found[-1]) == 1:
            found[-1].append("")
        elif match[2]:
            found[-1][-1] += "="
    kept = [[part.strip() for part in item] for item in found]
    return [(item[0], item[1] if len(item) > 1 else "") for item in kept if any(item)]


def _escaped(value: str) -> str:
    return _SIGN.sub(r"\\\g<0>", value)


def _plain(piece: str) -> str:
    return re.sub(r"\\(.)", r"\1", piece, flags=re.DOTALL)
