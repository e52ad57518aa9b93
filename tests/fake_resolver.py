"""A resolver of a handful of listed forms: the command line is tested without any matching."""

from __future__ import annotations

from vardynas.documents.proposals import Proposals
from vardynas.errors import UnknownEntry
from vardynas.model import Candidate, Comparison, Edit, Entry, Mention, Variant

ENTRIES = (
    Entry(
        id="hrodna",
        type="place",
        names={"be": ["Гродна", {"form": "Горадня", "role": "historical"}], "lt": ["Gardinas"]},
        about="city on the Neman",
        source="own research",
    ),
    Entry(
        id="kalinouski-kastus",
        type="person",
        names={"be": ["Кастусь Каліноўскі"], "pl": ["Konstanty Kalinowski"]},
    ),
    Entry(id="kalinowski-jaroslaw", type="person", names={"pl": ["Jarosław Kalinowski"]}),
)

FORMS = {
    "Гродна": ("exact", "hrodna"),
    "Gardine": ("inflected", "hrodna"),
    "Каліноўскага": ("inflected", "kalinouski-kastus"),
    "Kalinowskiego": ("inflected", "kalinouski-kastus", "kalinowski-jaroslaw"),
}
UNLIKELY = {"Gradnas": "hrodna"}
"""Names that are only somewhat like one of an entry."""


def _candidate(entry_id: str, method: str) -> Candidate:
    entry = next(entry for entry in ENTRIES if entry.id == entry_id)
    name = next(iter(entry.all_names()))
    steps = (("exact", name.form, name.language, name.form), ("alone",))
    score = 0.3 if method == "similar" else 0.974
    return Candidate(entry.id, score, method, name.form, name.language, steps)


class FakeResolver:
    """The part of the public contract that the command line calls."""

    glossary_version = "2026.1"
    glossary_hash = "0123456789abcdef"

    def __init__(self):
        self.entries = {entry.id: entry for entry in ENTRIES}

    def __getitem__(self, entry_id):
        if entry_id not in self.entries:
            raise UnknownEntry(entry_id, ("hrodna",))
        return self.entries[entry_id]

    def __contains__(self, entry_id):
        return entry_id in self.entries

    def lookup(self, name, language=None, limit=5):
        if name in UNLIKELY:
            return [_candidate(UNLIKELY[name], "similar")]
        method, *ids = FORMS.get(name, ("exact",))
        return [_candidate(entry_id, method) for entry_id in ids][:limit]

    def resolve(self, name, language=None, decision="balanced"):
        candidates = self.lookup(name)
        return candidates[0] if len(candidates) == 1 and candidates[0].score > 0.5 else None

    def scan(self, text, language=None, decision="balanced", languages=()):
        found = []
        for form in FORMS:
            at = text.find(form)
            if at >= 0:
                candidates = tuple(self.lookup(form))
                entry = candidates[0].entry if len(candidates) == 1 else None
                first = candidates[0]
                end = at + len(form)
                found.append(
                    Mention(at, end, form, entry, first.score, first.method, "be", candidates)
                )
        return sorted(found, key=lambda mention: mention.start)

    def variants(self, entry_id, language=None, inflected=False):
        forms = [
            Variant("Гродна", "be", "Гродна"),
            Variant("Hrodna", "be-Latn", "Гродна", ("be-geo-2023",), "official"),
        ]
        return [v for v in forms if language in (None, v.language)]

    def compare(self, a, b, language_a=None, language_b=None, type=None):
        same = a == b
        verdict = "same" if same else "different"
        return Comparison(verdict, 0.99 if same else 0.02, (("same-entry", "hrodna"),))


def proposed(proposer, text):
    """What a Proposer with a FakeResolver proposes: the form and the entry say what was asked."""
    mentions = proposer._resolver.scan(text)
    to = proposer._profile.to
    edits = [
        Edit(m.start, m.end, m.text, f"<{to}:{m.entry}>", m.entry, why="listed")
        for m in mentions
        if m.entry
    ]
    return Proposals(mentions, edits)
