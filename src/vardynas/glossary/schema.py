"""The fields of a glossary file, described once: reader and JSON Schema follow this table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vardynas.language import tables

__all__ = [
    "CASES",
    "ENTRY_FIELDS",
    "FILE_FIELDS",
    "FORMAT_VERSION",
    "ID",
    "LANGUAGE",
    "NAME_FIELDS",
    "RELATIVE_FIELDS",
    "WIKIDATA",
    "Field",
    "schema",
    "schema_path",
    "schema_text",
]

FORMAT_VERSION = 1

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"

LANGUAGE = (
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
    r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-x(-[a-z0-9]{1,8})+)?$"
)
"""Language tags of RFC 5646 (BCP 47) §2.1, spelled as in §2.1.1; no extlangs, no extensions."""

WIKIDATA = r"^Q[1-9][0-9]*$"

CASES = ("nom", "gen", "dat", "acc", "ins", "loc", "voc")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the file, the kind of its value and one sentence about it.

    `attribute` is the field of `Entry` or `Name` where the value goes, "" when it is `name` itself.
    """

    name: str
    kind: str
    about: str
    choices: tuple[str, ...] = ()
    required: bool = False
    attribute: str = ""

    @property
    def target(self) -> str:
        """Where the value goes on the model."""
        return self.attribute or self.name


def _table(*fields: Field) -> Mapping[str, Field]:
    return {field.name: field for field in fields}


FILE_FIELDS = _table(
    Field("vardynas", "version", "The version of the format: 1.", required=True),
    Field("licence", "text", "The licence of the file, as an SPDX identifier."),
    Field("source", "text", "Where the forms come from; holds for entries that name no other."),
    Field("entries", "entries", "The entries, by custom sorted by id.", required=True),
)

ENTRY_FIELDS = _table(
    Field("id", "id", "The stable name: ASCII kebab-case, never reused.", required=True),
    Field("extends", "id", "Instead of id: an entry that this one adds names and fields to."),
    Field(
        "type",
        "choice",
        "What the entry is.",
        ("person", "place", "organisation", "other"),
    ),
    Field(
        "gender",
        "choice",
        "Of people: decides how the name inflects and agrees.",
        ("male", "female"),
    ),
    Field("origin", "language", "The name's own language: derivation starts there."),
    Field(
        "names",
        "names",
        "The forms by language tag; the first of a language is the preferred one.",
        required=True,
    ),
    Field("about", "text", "One line in your own words; of living people the public role only."),
    Field(
        "not",
        "texts",
        "Longer names that contain one of these and mean something else.",
        attribute="not_",
    ),
    Field("distinct_from", "ids", "Entries that are easily taken for this one."),
    Field("relatives", "relatives", "Relatives and namesakes without an entry of their own."),
    Field("refs", "refs", "Ids elsewhere, only when verified, such as wikidata: Q1998."),
    Field("source", "text", "Where the forms come from, when not the source of the file."),
    Field("note", "text", "For editors; never shown to readers."),
)

NAME_FIELDS = _table(
    Field("form", "form", "The name as it is written.", required=True),
    Field(
        "role",
        "choice",
        "How the form relates to the entry; short: it may stand for the entry alone.",
        ("full", "variant", "historical", "short", "misspelling"),
    ),
    Field(
        "match",
        "choice",
        "Whether the form is found: always, only with support nearby, or not at all.",
        ("auto", "context", "never"),
    ),
    Field(
        "case", "choice", "Whether capitals must agree: exact, for abbreviations.", ("any", "exact")
    ),
    Field("inflect", "flag", "false where the form never changes its ending."),
    Field("given", "part", "The words that are the given name, where the default is wrong."),
    Field("family", "part", "The words that are the family name, where the default is wrong."),
    Field("head", "part", "The words that inflect, where not the whole name does."),
    Field("paradigm", "text", "The id of the paradigm to use, where the rules choose a wrong one."),
    Field("forms", "forms", "Single inflected forms that the rules get wrong, by case."),
    Field("period", "text", "When the form was in use, such as 1919–1939."),
    Field("source", "text", "Where this form is attested."),
    Field("note", "text", "For editors; never shown to readers."),
    Field("unverified", "flag", "true: the form is found in texts but never written."),
)

RELATIVE_FIELDS = _table(
    Field("name", "form", "The name of the relative or namesake.", required=True),
    Field("relation", "text", "What he or she is to the person of the entry."),
)

# YAML 1.2 editors read 1863 as a number and true as a boolean; the reader takes both as text.
_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"], "minLength": 1}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": dict(items)}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/definitions/{name}"}


_KINDS: Mapping[str, dict[str, Any]] = {
    "version": {"const": FORMAT_VERSION},
    "text": _TEXT,
    "form": _TEXT,
    "part": _TEXT,
    "id": {"type": ["string", "number"], "pattern": ID},
    "language": _ref("language"),
    "flag": {"type": "boolean"},
    "texts": _list(_TEXT),
    "ids": _list({"type": ["string", "number"], "pattern": ID}),
    "names": {
        "type": "object",
        "minProperties": 1,
        "propertyNames": _ref("language"),
        "additionalProperties": _list({"anyOf": [_TEXT, _ref("name")]}),
    },
    "relatives": _list({"anyOf": [_TEXT, _ref("relative")]}),
    "refs": {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": ID},
        "properties": {"wikidata": {"type": "string", "pattern": WIKIDATA}},
        "additionalProperties": _TEXT,
    },
    "forms": {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"enum": list(CASES)},
        "additionalProperties": _TEXT,
    },
    "entries": {"type": "array", "items": {"$ref": "#/definitions/entry"}},
}


def _property(field: Field) -> dict[str, Any]:
    rule = {"enum": list(field.choices)} if field.choices else dict(_KINDS[field.kind])
    return {"description": field.about, **rule}


def _object(fields: Mapping[str, Field], *, required: bool = True) -> dict[str, Any]:
    value: dict[str, Any] = {
        "type": "object",
        "properties": {name: _property(field) for name, field in fields.items()},
        "additionalProperties": False,
    }
    if required:
        value["required"] = [name for name, field in fields.items() if field.required]
    return value


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 7) of a glossary file, for editors.

    It knows what a single place shows; ids, duplicates and spelling are checked by `read`.

    >>> schema()["definitions"]["entry"]["properties"]["type"]["enum"]
    ['person', 'place', 'organisation', 'other']
    """
    slips = tables.load("language_tags")["slips"]
    entry = _object(ENTRY_FIELDS, required=False)
    entry["oneOf"] = [
        {"required": ["id", "names"], "not": {"required": ["extends"]}},
        {"required": ["extends"], "not": {"required": ["id"]}},
    ]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "vardynas glossary",
        "anyOf": [_object(FILE_FIELDS), dict(_KINDS["entries"])],
        "definitions": {
            "entry": entry,
            "name": _object(NAME_FIELDS),
            "relative": _object(RELATIVE_FIELDS),
            "language": {"type": "string", "pattern": LANGUAGE, "not": {"enum": list(slips)}},
        },
    }


def schema_text() -> str:
    """The text of ``entry.schema.json``, which editors read."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema_path() -> Path:
    """Where the schema stands, for the line ``# yaml-language-server: $schema=…`` of a file."""
    return Path(__file__).with_name("entry.schema.json")
