"""Chunks of a text: what stands between spaces and plain punctuation, and what each can do.

Most words of a text have nothing to do with any name. A chunk is looked at once, with the tokenizer
and the index, and what it can do becomes a few bits; texts are then cut by these bits alone into the
stretches in which a name can stand (`vardynas.match.cuts`). The bits err on the side of more
stretches, never of fewer: a test compares with reading every token.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from vardynas.index.codes import ROLES
from vardynas.match.analysis import Analyzer
from vardynas.match.proposal import is_capital
from vardynas.text.letters import HYPHENS, IGNORABLE, LONGEST
from vardynas.text.skips import SCHEMES
from vardynas.text.tokens import Token, tokenize
from vardynas.text.words import word

__all__ = [
    "BEGINS",
    "CUE",
    "DULL",
    "LEADS",
    "MUTE",
    "PLAIN_GAP",
    "POINTED",
    "SEED",
    "SMALL",
    "STRANGER",
    "WILD",
    "Chunks",
    "chunks_and_gaps",
    "leading_gap",
]

DULL, POINTED, SEED, WILD, LEADS, CUE, SMALL, MUTE = 1, 2, 4, 8, 16, 32, 64, 128
"""What a chunk can be: no part of any name; not so when a point follows; the beginning of a name; the
same if names may be misspelt; a word that is judged by the next one; a word that says that a place, a
man or a woman follows within three words; a small word that stands inside names but begins none; no
word by itself."""

BEGINS = SEED | WILD

PLAIN_GAP = ',;:!?()"«»„“”…–—'
"""Punctuation that parts chunks; a point does so unless a sign of a word follows."""

STRANGER = "ⲷⲷⲷⲷ"
"""What stands for the dull word before a stretch: letters in which no name is written."""

_NO_FIRST_LETTERS = "ʼʻʹ"

WORD = ROLES.index("word")

_sign = rf"[^\s.{re.escape(PLAIN_GAP)}]"
_gap = rf"(?:[\s{re.escape(PLAIN_GAP)}]|\.(?!{_sign}))*"
chunks_and_gaps = re.compile(rf"((?:{_sign}|\.(?={_sign}))+)({_gap})").findall
leading_gap = re.compile(_gap).match
_is_open = re.compile(rf"[{HYPHENS}¬\u00ad{IGNORABLE}]$").search

CACHE = 1 << 17


class Chunks:
    """The bits of every chunk seen, worked out once; without `similar` no chunk is `WILD`."""

    def __init__(self, analyze: Analyzer, similar: bool) -> None:
        self._analyze = analyze
        self._similar = similar
        self.known: dict[str, int] = {}
        self._small: dict[int, bool] = {}

    def __getitem__(self, chunk: str) -> int:
        """The bits of one chunk."""
        bits = self.known.get(chunk)
        if bits is None:
            if len(self.known) >= CACHE:
                self.known.clear()
            bits = self.known[chunk] = self._bits(_tokens(chunk), chunk)
        return bits

    def many(self, chunks: Sequence[str]) -> list[int]:
        """The bits of many chunks at once; nothing is remembered."""
        tokens = [_tokens(chunk) for chunk in chunks]
        asked = {token.form: token for found in tokens for token in found if token.kind != "skip"}
        unknown = self._analyze.surely_unknown(asked.values())
        if self._similar:
            self._analyze.find_similar([f for f in unknown if is_capital(asked[f])])
        return [
            self._bits(found, chunk, unknown) for found, chunk in zip(tokens, chunks, strict=True)
        ]

    def _bits(
        self, tokens: Sequence[Token], chunk: str, unknown: Container[str] = frozenset()
    ) -> int:
        """What a chunk can do; the forms in `unknown` have no readings."""
        found = 0
        for token in tokens:
            found |= self._of(token, unknown)
        if len(tokens) == 1 and tokens[0].shape == "lower" and chunk.isalpha():
            found = found or DULL
            pointed = word(chunk).pointed and found in (DULL, SMALL)
            return found | POINTED if pointed else found
        if len(chunk) > 1 and _is_open(chunk):
            found |= SEED | CUE  # the word that goes on behind may be anything
        elif not any(token.kind != "number" for token in tokens):
            found |= MUTE
        return found & ~SMALL

    def _of(self, token: Token, unknown: Container[str]) -> int:
        """What one token can do; 0 when nothing."""
        analyze = self._analyze
        cue = token.form in analyze.place_cues or token.form in analyze.genders
        found = LEADS * (token.form in analyze.starters) | CUE * cue
        if token.kind == "skip":
            return found
        capital = is_capital(token)
        if token.form not in unknown and analyze(token).hits:
            begins = capital or self._begins_small(token)
            if not begins and self._in_names_of_people(token):
                return found | LEADS  # whether it belongs to a name, the next word tells
            return found | SEED if begins else found or SMALL
        wild = self._similar and capital and analyze.similar(token)
        return found | WILD if wild else found

    def _in_names_of_people(self, token: Token) -> bool:
        """Whether a word can stand before a family name (van der Leyen)."""
        roles = self._analyze.roles(token).by_entry.values()
        return any(role != WORD for found in roles for role in found)

    def _begins_small(self, token: Token) -> bool:
        """Whether some name begins with this word without a capital."""
        return any(self._small_part(part) for part in self._analyze.best_of_parts(token))

    def _small_part(self, part: int) -> bool:
        known = self._small.get(part)
        if known is None:
            index = self._analyze.index
            known = index.step(0, part, 0) >= 0 and not all(
                index.name_text(p.name)[:1].isupper()
                for p in index.postings(part)
                if p.position == 0
            )
            if len(self._small) >= CACHE:
                self._small.clear()
            self._small[part] = known
        return known


def _tokens(chunk: str) -> list[Token]:
    """The tokens that a chunk can be, alone and before a point."""
    scheme = chunk.endswith(SCHEMES)
    if (
        chunk.isalpha()
        and len(chunk) <= LONGEST
        and chunk[0] not in _NO_FIRST_LETTERS
        and not scheme
    ):
        facts = word(chunk)
        if not facts.cut:
            return [
                Token(
                    0, len(chunk), chunk, facts.form, facts.plain, facts.kind, facts.shape, "",
                    False, len(chunk), facts.alternative,
                )
            ]  # fmt: skip
    forms = [chunk, f"{chunk}."]
    if chunk[0].isdecimal():  # behind a decimal comma its digits may belong to the number before
        forms.append(f"1,{chunk}")
    if scheme:  # an address may begin inside it
        forms.append(f"{chunk}://{STRANGER}")
    return [token for form in forms for token in tokenize(f"{STRANGER} {form}")[1:]]
