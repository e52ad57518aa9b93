"""Synthetic glossaries of any size, for measurements of speed: the same for the same seed.

Six entries of ten are people, three places, one an organisation. Family names and place names are
stems, infixes and endings of `synthesis.yaml`; given names are those of the package. Nothing made
here names anybody, and nothing here says how right vardynas is.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from benchmarks import coined
from benchmarks.coined import coin, several, spelled, table

__all__ = [
    "Written",
    "cache_folder",
    "entries",
    "forms",
    "listed",
    "state",
    "write_glossary",
    "written",
]

LANGUAGES = ("be", "lt", "pl", "en", "ru")
SEED = 2026

Row = dict[str, Any]

_POSSESSIVE_INSIDE = "’s "
"""Of several words the last one alone takes an English possessive in running text."""

_KINDS = ("person",) * 6 + ("place",) * 3 + ("organisation",)


class Written(NamedTuple):
    """Every way an entry is written, by language: whole names, and family names alone of people."""

    id: str
    type: str
    whole: dict[str, list[str]]
    alone: dict[str, list[str]]


def entries(
    count: int, seed: int = SEED, names_per_entry: int = 4, start: int = 0
) -> Iterator[Row]:
    """Entries `start` to `start + count` of an endless glossary, as mappings that YAML can hold.

    The first entries are the same whatever `count` is. An entry lists its name in its own language,
    in English and in as many others as `names_per_entry` asks for on average; 12 gives about ten,
    for no more are to be had of some.

    >>> [row["type"] for row in entries(4)]
    ['person', 'person', 'place', 'organisation']
    >>> [names[0] for names in next(entries(1))["names"].values()][:3]
    ['Konradas Rysarutis', 'Conrad Rysarutis', 'Конрад Рысьарутис']
    """
    for number in range(start, start + count):
        random = Random(f"{seed}/{number}")
        kind = _KINDS[number * 3 % 10]
        yield _MAKERS[kind](number, seed, random, names_per_entry)


def listed(row: Mapping[str, Any]) -> Iterator[str]:
    """The names that an entry lists."""
    for names in row["names"].values():
        for name in names:
            yield name if isinstance(name, str) else name["form"]


def write_glossary(path: Path, count: int, seed: int = SEED, names_per_entry: int = 4) -> Path:
    """Writes `count` entries into one YAML file laid out as the glossary of the package is."""
    with path.open("w", encoding="utf-8") as file:
        file.write("vardynas: 1\nlicence: CC0-1.0\nsource: synthetic\nentries:\n")
        for row in entries(count, seed, names_per_entry):
            file.write("".join(_yaml_lines(row)))
    return path


def written(row: Mapping[str, Any]) -> Written:
    """What an entry is written as: listed, derived and inflected, as `variants` tells it."""
    from vardynas.model import Entry
    from vardynas.render.variants import variants

    entry = Entry(**{field: value for field, value in row.items() if field != "about"})
    whole: dict[str, dict[str, None]] = {}
    alone: dict[str, dict[str, None]] = {}
    for variant in variants(entry, inflected=True):
        if _POSSESSIVE_INSIDE in variant.form:
            continue
        whole.setdefault(variant.language, {})[variant.form] = None
        if entry.type == "person":
            family = variant.form.rpartition(" ")[2]
            alone.setdefault(variant.language, {})[family] = None
    return Written(entry.id, entry.type, _lists(whole), _lists(alone))


def forms(count: int, seed: int = SEED, names_per_entry: int = 4, start: int = 0) -> list[Written]:
    """`written` for every entry; kept in the temporary folder, for it takes long."""
    key = f"{seed}-{start}-{count}-{names_per_entry}-{state()}"
    path = cache_folder() / f"forms-{key}.jsonl"
    if not path.exists():
        made = map(written, entries(count, seed, names_per_entry, start))
        _write_lines(path, (json.dumps(one, ensure_ascii=False) for one in made))
    with path.open(encoding="utf-8") as lines:
        return [Written(*json.loads(line)) for line in lines]


def cache_folder() -> Path:
    """Where texts and forms are kept between runs; deleting it is always safe."""
    folder = Path(tempfile.gettempdir()) / "vardynas-speed"
    folder.mkdir(exist_ok=True)
    return folder


# ------------------------------------------------------------------ one entry


def _person(number: int, seed: int, random: Random, wanted: int) -> Row:
    gender = random.choice(("male", "female"))
    word = coin(number, seed, "families", gender)
    given = random.choice(_given_names()[gender])
    father = random.choice(table()["patronymics"])
    names: dict[str, list[Any]] = {
        tag: [f"{_given(given, tag, at)} {family}" for at, family in enumerate(word.spelled(tag))]
        for tag in (*LANGUAGES, "be-Latn")
    }
    for tag, middle in _middles(father, gender):
        first, _, family = names[tag][0].partition(" ")
        names[tag].append({"form": f"{first} {middle} {family}", "role": "full"})
    row = _row(number, "person", word.own, names, random, wanted)
    return {**row, "gender": gender}


def _middles(father: Mapping[str, Any], gender: str) -> Iterator[tuple[str, str]]:
    """What stands between given name and family name: patronymics, in English and Polish initials."""
    for tag in ("be", "ru"):
        yield tag, father[tag][gender == "female"]
    for tag in ("en", "pl"):
        yield tag, spelled(father["be"][0].lower(), tag)[:1].upper() + "."


def _place(number: int, seed: int, random: Random, wanted: int) -> Row:
    word = coin(number, seed, "places")
    names = {tag: list(word.spelled(tag)) for tag in (*LANGUAGES, "be-Latn")}
    return _row(number, "place", word.own, names, random, wanted)


def _organisation(number: int, seed: int, random: Random, wanted: int) -> Row:
    pattern = random.choice(table()["organisations"])
    word = coin(number, seed, "coined")
    names = {
        tag: [
            shape.format(text)
            for text, shape in zip(word.spelled(tag), several(pattern[tag]) * 4, strict=False)
        ]
        for tag in (*LANGUAGES, "be-Latn")
    }
    return _row(number, "organisation", pattern["own"], names, random, wanted)


_MAKERS = {"person": _person, "place": _place, "organisation": _organisation}


def _row(
    number: int,
    kind: str,
    own: str,
    names: Mapping[str, Sequence[Any]],
    random: Random,
    wanted: int,
) -> Row:
    """The entry with about `wanted` of its names: each language once, before any has a second."""
    others = [tag for tag in LANGUAGES if tag not in (own, "en")]
    random.shuffle(others)
    order = list(dict.fromkeys([own, "en", *others, "be-Latn"]))
    turns = [(tag, at) for at in range(4) for tag in order if at < len(names[tag])]
    count = max(2, wanted + random.choice((-1, 0, 0, 1)))
    chosen = sorted(turns[:count], key=lambda turn: (order.index(turn[0]), turn[1]))
    kept: dict[str, list[Any]] = {}
    for tag, at in chosen:
        kept.setdefault(tag, []).append(names[tag][at])
    return {"id": f"{kind}-{number:06}", "type": kind, "origin": own, "names": kept}


@cache
def _given_names() -> dict[str, list[dict[str, list[str]]]]:
    """The given names of the package that have a form in every language, by gender."""
    from vardynas.language import tables

    found: dict[str, list[dict[str, list[str]]]] = {"male": [], "female": []}
    for row in tables.load("given_names")["names"]:
        if "short_of" not in row and all(tag in row for tag in LANGUAGES):
            found["male" if row["g"] == "m" else "female"].append(row)
    return found


def _given(forms_of: Mapping[str, Sequence[str]], tag: str, at: int) -> str:
    """The form of a given name for the name at that place: the usual one first."""
    if tag == "be-Latn":
        return spelled(forms_of["be"][0].lower(), tag).capitalize()
    return forms_of[tag][at % len(forms_of[tag])]


# ------------------------------------------------------------------ files


def _lists(found: Mapping[str, Mapping[str, None]]) -> dict[str, list[str]]:
    return {language: list(texts) for language, texts in found.items()}


def _yaml_lines(row: Row) -> Iterator[str]:
    yield f"- id: {row['id']}\n"
    yield from (f"  {key}: {row[key]}\n" for key in ("type", "gender", "origin") if key in row)
    yield "  names:\n"
    for tag, names in row["names"].items():
        yield f"    {tag}: [{', '.join(map(_yaml_name, names))}]\n"


def _yaml_name(name: str | Mapping[str, str]) -> str:
    if isinstance(name, str):
        return name
    return f"{{{', '.join(f'{key}: {value}' for key, value in name.items())}}}"


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    """Writes a file that is there whole or not at all."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as file:
        while some := list(islice(iter(lines), 1000)):
            file.writelines(f"{line}\n" for line in some)
    unfinished.replace(path)


@cache
def state(*modules: str) -> str:
    """A hash of all that decides what is written, and of further files; names what is kept."""
    from vardynas.language import tables

    kept = [Path(__file__), Path(coined.__file__), coined.TABLE, *map(Path, modules)]
    kept += sorted((Path(tables.__file__).parent / "data").glob("*.yaml"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in kept)).hexdigest()[:12]
