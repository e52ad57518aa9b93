"""How a written name looks in its text: capitals, line breaks, English possessives."""

from __future__ import annotations

import re

__all__ = ["capitals", "laid_out", "possessive", "unbroken"]

_division = re.compile(r"(?<=\w)[-‐¬\u00ad]+[ \t]*\r?\n\s*(?=\w)")
_break = re.compile(r"[ \t]*\r?\n[ \t]*(?:>[ \t]*)*")
_apostrophes = "'’"


def unbroken(surface: str) -> str:
    r"""`surface` without the division at the end of a line, on one line.

    >>> unbroken("Łuka-\nszenki"), unbroken("Unii\nEuropejskiej")
    ('Łukaszenki', 'Unii Europejskiej')
    """
    if "\n" not in surface and "\u00ad" not in surface:
        return surface
    return _break.sub(" ", _division.sub("", surface)).replace("\u00ad", "")


def capitals(written: str, surface: str, listed: str = "", *, starts: bool = False) -> str:
    """`written` in capitals where `surface` is; not where the name is listed in capitals (ES).

    `starts` says that it begins a sentence, where a small first letter becomes a capital one.

    >>> capitals("Lukashenko", "LUKASHENKA"), capitals("Europos Sąjunga", "EU", listed="EU")
    ('LUKASHENKO', 'Europos Sąjunga')
    """
    letters = [letter for letter in surface if letter.isalpha()]
    upper = len(letters) > 1 and all(letter.isupper() for letter in letters)
    if starts and surface[:1].isupper():
        written = written[:1].upper() + written[1:]
    return written.upper() if upper and not listed.isupper() else written


def laid_out(written: str, surface: str) -> str:
    r"""`written` with the line break of `surface` at the nearest space; without one, on one line.

    >>> laid_out("Europos Sąjungos", "Unii\nEuropejskiej")
    'Europos\nSąjungos'
    """
    if "\n" not in surface:
        return written
    found = _break.search(_division.sub("", surface))
    spaces = [match.start() for match in re.finditer(" ", written)]
    if found is None or not spaces:
        return written
    share = found.start() / max(1, len(surface))
    at = min(spaces, key=lambda space: abs(space / len(written) - share))
    return written[:at] + found.group() + written[at + 1 :]


def possessive(written: str, text: str, start: int, end: int) -> tuple[str, int]:
    """`written` and the end of what it replaces, when a bare apostrophe ends ``text[start:end]``.

    *Vilnius’ mayor* with a name that does not end in s takes a full ending: *Wilno’s mayor*.

    >>> possessive("Wilno", "Vilnius’ mayor", 0, 7)
    ('Wilno’s', 8)
    """
    bare = text[end - 1 : end].lower() == "s" and text[end : end + 1] in (*_apostrophes,)
    after = text[end + 1 : end + 3]
    owns = len(after) == 2 and after[0] in " \n" and after[1].islower()
    opened = re.search(r"(?:^|\s)[‘'][^\n]*$", text[max(0, start - 200) : start])
    if not (bare and owns) or opened or written[-1:].lower() == "s":
        return written, end
    return f"{written}{text[end]}{'S' if written.isupper() else 's'}", end + 1
