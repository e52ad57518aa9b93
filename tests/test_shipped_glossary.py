"""The shipped glossary: every form that it lists leads to its entry."""

from __future__ import annotations

import pytest

import vardynas
from vardynas.glossary import builtin_path, read
from vardynas.model import METHODS

RESOLVER = vardynas.load()
ENTRIES = read([builtin_path()]).entries
NAMES = [(id_, name) for id_, entry in ENTRIES.items() for name in entry.all_names()]
MARKS = "\"'„“”«»"

LOST = {
    ("united-states", "en", "US"): "at the beginning of a sentence a pronoun of a headline",
    ("vytis-association", "en", "Vytis"): "at the beginning of a sentence a word that begins many",
}
"""Known failures: forms that, as the whole of a text, are not found."""


def key(id_, name):
    return id_, name.language, name.form


def is_found(id_, form, mentions):
    """Whether a mention has all words of the form; the quotation marks around it are no words."""
    words = form.strip(MARKS)
    return any(m.entry == id_ and m.text.strip(MARKS) == words for m in mentions)


@pytest.mark.parametrize("asked", [False, True], ids=["no language said", "its language said"])
def test_every_form_that_is_always_matched_is_found_in_a_text(asked):
    always = [(id_, name) for id_, name in NAMES if name.match == "auto"]
    languages = {name.language for _, name in always} if asked else {None}
    lost = set()
    for language in languages:
        own = [(id_, name) for id_, name in always if language in (None, name.language)]
        found = RESOLVER.scan_many([name.form for _, name in own], language)
        lost |= {
            key(*one)
            for one, mentions in zip(own, found, strict=True)
            if not is_found(one[0], one[1].form, mentions)
        }
    assert (len(always) > 13_000, lost) == (True, set(LOST))


def test_every_form_resolves_to_its_entry_or_is_shared():
    """A form is shared where other entries list it too: then these alone may come before it."""
    listed = {}
    for id_, name in NAMES:
        listed.setdefault(name.form, set()).add(id_)
    lost = []
    for id_, name in NAMES:
        if name.match == "never":
            continue
        candidates = RESOLVER.lookup(name.form, name.language)
        own = [c for c in candidates if c.entry == id_]
        others = {c.entry for c in candidates if own and c.score >= own[0].score} - {id_}
        if not own or not is_firm(own[0], name) or others - listed[name.form]:
            lost.append(key(id_, name))
    assert lost == []


def is_firm(candidate, name):
    """Whether the form was read as it stands, not taken for a misspelling of itself."""
    return name.role == "misspelling" or METHODS.index(candidate.method) < METHODS.index("similar")
