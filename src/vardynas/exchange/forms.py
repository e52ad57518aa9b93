"""The forms by which a search finds an entry: listed, derived, in all cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from vardynas.model import Entry, Name
from vardynas.render.variants import variants

if TYPE_CHECKING:
    from vardynas.exchange.formats import Options

__all__ = ["Form", "carried_forms", "chosen", "forms", "left_alone", "searched", "shared"]


class Form(NamedTuple):
    """A form of an entry with its language and its base form."""

    form: str
    language: str
    lemma: str


def searched(name: Name) -> bool:
    """Whether a form may be searched for without looking at what stands beside it."""
    return name.match == "auto"


def carried_forms(entry: Entry) -> Entry:
    """What a search carries of an entry: the forms of the names that are searched for."""
    found = dict.fromkeys(name.form for name in entry.all_names() if searched(name))
    return Entry(id=entry.id, type=entry.type, names={"und": tuple(map(Name, found))})


def forms(
    entry: Entry, *, inflected: bool, derived: bool, languages: Iterable[str] = ()
) -> tuple[Form, ...]:
    """The forms of an entry without those that mean something else, sorted; each once a language.

    >>> hrodna = Entry(id="hrodna", type="place", names={"lt": ["Gardinas"]}, origin="lt")
    >>> [one.form for one in forms(hrodna, inflected=True, derived=False)][:3]
    ['Gardinai', 'Gardinas', 'Gardine']
    """
    listed = {(n.form, n.language): n for n in entry.all_names()}
    wanted, apart = set(languages), frozenset(left_alone(entry))
    found: dict[tuple[str, str], Form] = {}
    for variant in variants(entry, inflected=inflected):
        name = listed.get((variant.lemma, variant.language)) if not variant.rules else None
        is_listed = not variant.rules and name is not None
        if not (searched(name) if is_listed and name else derived):
            continue
        if variant.form not in apart and (not wanted or variant.language in wanted):
            one = Form(variant.form, variant.language, variant.lemma)
            found.setdefault((one.language, one.form), one)
    return tuple(found[key] for key in sorted(found))


def chosen(entry: Entry, options: Options) -> tuple[Form, ...]:
    """The forms that somebody has asked for."""
    return forms(
        entry,
        inflected=options.inflected,
        derived=options.derived,
        languages=options.languages,
    )


def left_alone(entry: Entry) -> tuple[str, ...]:
    """The longer names of an entry that mean something else, in all their cases, sorted."""
    found = set(entry.not_)
    for form in entry.not_:
        # As in the index: nobody says in which language such a name is.
        other = Entry(id="not", type="organisation", names={"und": [form]})
        found |= {variant.form for variant in variants(other, inflected=True)}
    return tuple(sorted(found))


def shared(entries: Iterable[Entry]) -> tuple[str, ...]:
    """A sentence about the listed forms that several entries have; () when there are none."""
    owners: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for form in {name.form for name in entry.all_names() if searched(name)}:
            owners[form].append(entry.id)
    found = sorted(form for form, ids in owners.items() if len(ids) > 1)
    if not found:
        return ()
    ids = ", ".join(owners[found[0]])
    count = "1 form is a name" if len(found) == 1 else f"{len(found):,} forms are names"
    return (
        f"{count} of several entries, such as {found[0]} ({ids}); nothing tells them apart there.",
    )
