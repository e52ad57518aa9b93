"""What stands beside a name in a text, and which cases it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vardynas.language import inflection, tables
from vardynas.language.tag import base_language
from vardynas.model import Mention
from vardynas.text.fold import fold_word

__all__ = ["Surroundings", "begins_sentence", "joined", "surroundings"]

_REACH = 60  # how far to look for a word on either side
_quoted = re.compile(r"[\"“”„«‹‘(\[]\s*$").search
_closes = re.compile(r"[\"“”„»›’)\]]").match
_last_word = re.compile(r"([^\W\d_][\w’'ʼ-]*)(\s+)$").search
_next_word = re.compile(r"[ \u00a0]([^\W\d_][\w’'ʼ-]*)").match
_two_words = re.compile(r"(?:([^\W\d_][\w’'ʼ-]*)\s+)?([^\W\d_][\w’'ʼ-]*)\s+$").search
_parted = re.compile(r"!|, ([^\W\d_])").match
_exclaimed = re.compile(r"[^.!?…\n]{0,120}!").match
_ends_call = re.compile(r"[,!?.…]").match
_ends = re.compile(r"(^|[.!?…:;]|\n\s*\n|\n\s*[-–—•*])[\s\"”»’)\]–—-]*$").search


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words beside a name, folded ("" at the edges of a sentence), by the tables of `language`.

    `starts` says that the name begins a sentence, `quoted` that it stands alone between quotation marks,
    `called` that it is an address (*Panie Łukaszenko!*, *Łukaszenko, odejdź!*), `aside` that it could
    be one: a person at the start of a sentence, parted from the rest of it by a comma.
    """

    language: str
    before: str
    after: str
    starts: bool
    quoted: bool
    person: bool
    called: bool = False
    aside: bool = False

    @property
    def governed(self) -> tuple[str, ...]:
        """The cases that the preposition before takes, the more usual first; () without one."""
        if self.person:
            rows = _table("with_people", self.language)
            if self.before in rows:
                return tuple(rows[self.before])
        return tuple(_table("prepositions", self.language).get(self.before, ()))

    @property
    def bound(self) -> frozenset[str]:
        """The cases that stand only after a preposition."""
        return frozenset(_table("bound", self.language))

    @property
    def title(self) -> frozenset[str]:
        """The cases in which the title before can stand; empty when there is none."""
        return _titles(self.language).get(self.before, frozenset())

    @property
    def attribute(self) -> bool:
        """Whether the name stands by a noun that it belongs to."""
        rows = _table("attribute", self.language)
        word = self.after if rows and rows["side"] == "before" else self.before
        return bool(rows and word and _is_noun(word, rows))

    @property
    def coordinated(self) -> bool:
        """Whether a conjunction stands before the name."""
        return self.before in _table("conjunctions", self.language)

    @property
    def objects(self) -> tuple[str, ...]:
        """The cases that the verb before leaves, the more usual first; () when it is no verb."""
        if not self._verb:
            return ()
        fitting = (r for r in _table("verbs", self.language) if re.search(r["if"], self.before))
        return tuple(next(fitting, {"cases": ()})["cases"])

    @property
    def _verb(self) -> bool:
        """Whether the word before may be a verb: it is no noun and no conjunction."""
        nouns = _table("attribute", self.language)
        if not self.before or self.before in _table("no_verbs", self.language):
            return False
        return not (nouns and nouns["side"] == "after" and _is_noun(self.before, nouns))

    @property
    def subjectless(self) -> bool:
        """Whether the verb before cannot have one name as its subject (wręczono, перадалі)."""
        ending = _table("subjectless", self.language)
        joined = self.after in _table("conjunctions", self.language)
        return bool(ending and self._verb and not joined and re.search(ending, self.before))

    @property
    def governs_from_behind(self) -> tuple[str, ...]:
        """The one case that the verb after the name leaves (Галандыі пагражае); () otherwise."""
        rows = [row for row in _table("verbs", self.language) if len(row["cases"]) == 1]
        fitting = (row for row in rows if self.after and re.search(row["if"], self.after))
        return tuple(next(fitting, {"cases": ()})["cases"])

    @property
    def follows_noun(self) -> bool:
        """Whether a word that is no verb stands where a noun with a genitive would stand."""
        rows = _table("attribute", self.language)
        return bool(rows and rows["side"] == "after" and self.before and not self.objects)


def surroundings(mention: Mention, text: str, language: str, *, person: bool) -> Surroundings:
    """What stands beside `mention` in `text`, to be read in `language`."""
    head = text[max(0, mention.start - _REACH) : mention.start]
    found = None if _quoted(head) else _last_word(head)
    after = _next_word(text, mention.end)
    starts, base = begins_sentence(text, mention.start), base_language(language)
    aside = person and starts and _is_parted(text, mention.end)
    addressed = aside and bool(_exclaimed(text, mention.end)) and bool(_table("addresses", base))
    return Surroundings(
        base,
        fold_word(found[1]) if found else "",
        fold_word(after[1]) if after and after[1][0].islower() else "",
        starts,
        bool(_quoted(head)) and bool(_closes(text, mention.end)),
        person,
        addressed or _is_called(head, text[mention.end : mention.end + 1], base),
        aside and not addressed,
    )


def _is_called(head: str, sign: str, language: str) -> bool:
    """Whether a word of address, and perhaps a title, ends `head`, and `sign` ends a call."""
    found = _two_words(head) if _ends_call(sign) else None
    rows = _table("addresses", language)
    if not found or not rows:
        return False
    listed = {*rows["always"], *(rows["exclaimed"] if sign == "!" else ())}
    before, word = fold_word(found[1] or ""), fold_word(found[2])
    return word in listed or (before in listed and word in _titles(language))


def _is_parted(text: str, at: int) -> bool:
    """Whether a comma, with no other name behind it, or an exclamation mark stands at `at`."""
    found = _parted(text, at)
    return found is not None and (found[1] or "a").islower()


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence or the text begins at `at`."""
    head = text[max(0, at - _REACH) : at]
    return bool(_ends(head)) and (at <= _REACH or bool(head.strip()))


def joined(text: str, before: Mention, mention: Mention) -> bool:
    """Whether a comma or a conjunction alone parts two names, so that they share a case."""
    signs = text[before.end : mention.start].strip()
    if len(signs) > _REACH:
        return False
    between = fold_word(signs).strip()
    rows = tables.load("governors")["conjunctions"]
    return between == "," or between in rows.get(base_language(mention.language), ())


def _is_noun(word: str, rows: Any) -> bool:  # noqa: ANN401 - YAML
    """Whether a word is surely a noun that a name can belong to."""
    but = rows.get("unless")
    return bool(re.search(rows["nouns"], word)) and not (but and re.search(but, word))


def _table(name: str, language: str) -> Any:  # noqa: ANN401 - YAML
    return tables.load("governors")[name].get(language, {})


@tables.cached
def _titles(language: str) -> dict[str, frozenset[str]]:
    """The forms of the titles of a language with the cases that each can stand for."""
    found: dict[str, set[str]] = {}
    for gender, words in _table("titles", language).items():
        for word in words:
            for form, case in _declined(word, language, gender):
                found.setdefault(form, set()).add(case)
    return {form: frozenset(cases) for form, cases in found.items()}


def _declined(word: str, language: str, gender: str) -> Sequence[tuple[str, str]]:
    fitting = inflection.paradigms(word, language, kind="given", gender=gender)
    rows = inflection.inflect(word, fitting[0].id) if fitting else ()
    return [(r.text, s.case) for r in rows for s in r.slots if s.number == "sg" and s.case != "voc"]
