"""What the tests of tables share: three names that are written another way, one that has an id."""

import io
import re

from vardynas.documents import stream
from vardynas.documents.formats import Options
from vardynas.documents.rows import Editor
from vardynas.model import Edit

NAMES = {"Lukašenka": "Łukaszenka", "Vilnius": "Wilno", "Vilniaus m.": '"Wilno, m."'}
_names = re.compile("|".join(sorted(map(re.escape, NAMES), key=len, reverse=True)))


def edits(text, *only):
    """The edits of all `NAMES` in `text`, or of some."""
    found = (match for match in _names.finditer(text) if not only or match[0] in only)
    return [Edit(m.start(), m.end(), m[0], NAMES[m[0]], "x") for m in found]


def renamed(text):
    """`text` with all `NAMES` written anew."""
    return _names.sub(lambda match: NAMES[match[0]], text)


def identify(text):
    """The id of the entry that `text` names."""
    return "wilno" if text == "Vilnius" else None


def rewritten(data, name, editor=None, **options):
    """The document `data`, called `name`, as a stream rewrites it."""
    target = io.BytesIO()
    stream.rewrite(io.BytesIO(data), target, editor or Editor(edits), name, Options(**options))
    return target.getvalue()
