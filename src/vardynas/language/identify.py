"""The language of a text: its letters first, then common words and endings; no model.

The knowledge is `data/languages.yaml`. Language is a prior for what follows, never a filter, so an
honest "und" is worth more than a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vardynas.language import tables

__all__ = ["identify", "scores"]

_SAMPLE = 20_000  # letters decide long before
_SURE = 0.5  # a lead of less than this is a tie
_BEYOND_DOUBT = 20.0  # with such a lead words are not looked at
_NOT_TEXT = re.compile(r"https?://\S+|<[^<>]*>|[@#]\S+")
_ENDINGS = range(4, 0, -1)
_LONG_WORD = 5
_TELLING = 4
_REMEMBERED = 50_000  # words of a script
_FIELD, _UNIT = 32, 0.125  # bits of a score, and what one of it stands for; weights are multiples

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Marks:
    """What each letter, word and ending of a script says for or against each language."""

    languages: tuple[str, ...]
    letters: Mapping[str, Weights]
    pairs: Mapping[str, Weights]
    words: Mapping[str, Weights]
    endings: Mapping[str, Weights]


def identify(text: str, hint: str | None = None) -> str:
    """The language of `text`: lt, be, be-Latn, pl, en or ru; "und" when nothing decides.

    Where two languages fit equally well, or nothing speaks for any, `hint` is the answer if the
    text is in its script. Classical Belarusian spelling is be.

    >>> identify("Лукашэнка прыехаў у Гродна"), identify("Prezydent Nausėda w Wilnie")
    ('be', 'pl')
    >>> identify("Minsk 2020"), identify("Minsk 2020", hint="lt")
    ('und', 'lt')
    """
    table = tables.load("languages")["languages"]
    found = _raw_scores(text)
    if not found:
        return hint or "und"
    best = max(found.values())
    tied = [language for language, score in found.items() if score > best - _SURE]
    if hint in tied:
        return str(hint)
    if len(tied) > 1 or best <= 0:
        return "und"
    return str(table[tied[0]].get("answer", tied[0]))


def scores(text: str) -> dict[str, float]:
    """How much speaks for each language of the text's script, in shares of 1; {} without letters.

    Languages that nothing speaks for are left out.

    >>> max(scores("Gardino gatvėje"), key=scores("Gardino gatvėje").get)
    'lt'
    """
    positive = {language: score for language, score in _raw_scores(text).items() if score > 0}
    total = sum(positive.values())
    return {language: score / total for language, score in positive.items()}


def _raw_scores(text: str) -> dict[str, float]:
    """What speaks for each language; letters alone when they leave no doubt."""
    sample = text[:_SAMPLE].lower()
    if any(sign in sample for sign in "<@#:"):
        sample = _NOT_TEXT.sub(" ", sample)
    sample = unicodedata.normalize("NFC", sample)
    words = {script: pattern.findall(sample) for script, pattern in _words().items()}
    script = max(words, key=lambda name: _weight(name) * sum(map(len, words[name])))
    if not words[script]:
        return {}
    tally = _tally(script)
    total = sum(map(tally.__getitem__, words[script]))
    found = tally.scores(total)
    letters, spoken = set(sample), set(words[script])
    return {tag: score for tag, score in found.items() if _is_proved(tag, letters, spoken)}


def _is_proved(language: str, letters: set[str], words: set[str]) -> bool:
    """Whether the letters, or a word that is not short, rule the language in that asks for proof."""
    table = _languages()[language]
    missing = [proof for proof in table.get("proof", ()) if not letters.intersection(proof)]
    if not missing:
        return True
    listed = words.intersection(table["words"].split())
    return len(missing) == 1 and any(len(word) >= _TELLING for word in listed)


def _languages() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = tables.load("languages")["languages"]
    return found


class _Tally(dict[str, int]):
    """What each word of a script says, kept once worked out.

    All languages are in one number, so that a text is the sum of its words: for each language a
    field for its letters and one for pairs of letters, words and endings, in units of `_UNIT`.
    """

    def __init__(self, marks: _Marks) -> None:
        super().__init__()
        self._marks = marks

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        marks = self._marks
        letters = dict.fromkeys(marks.languages, 0.0)
        for letter in marks.letters.keys() & set(word):
            _add(letters, marks.letters[letter], word.count(letter))
        rest = dict.fromkeys(marks.languages, 0.0)
        for pair in marks.pairs:
            _add(rest, marks.pairs[pair], word.count(pair))
        _add(rest, _said_by(word, marks), 1)
        values = (*letters.values(), *rest.values())
        packed = sum(round(v / _UNIT) << (_FIELD * i) for i, v in enumerate(values))
        self[word] = packed
        return packed

    def scores(self, total: int) -> dict[str, float]:
        """The scores of a text whose words sum up to `total`."""
        languages = self._marks.languages
        fields = list(_fields(total, 2 * len(languages)))
        letters = dict(zip(languages, fields, strict=False))
        if _decided(letters):
            return letters
        rest = fields[len(languages) :]
        return {name: letters[name] + more for name, more in zip(languages, rest, strict=True)}


def _fields(total: int, count: int) -> Iterator[float]:
    half = 1 << (_FIELD - 1)
    for _ in range(count):
        value = ((total + half) & ((1 << _FIELD) - 1)) - half
        yield value * _UNIT
        total = (total - value) >> _FIELD


def _decided(found: Mapping[str, float]) -> bool:
    first, second = sorted(found.values(), reverse=True)[:2]
    return first - second > _BEYOND_DOUBT


def _said_by(word: str, marks: _Marks) -> Weights:
    """What a word says: as a whole, else by its longest known ending."""
    if word in marks.words:
        return marks.words[word]
    if len(word) >= _LONG_WORD:
        for length in _ENDINGS:
            if word[-length:] in marks.endings:
                return marks.endings[word[-length:]]
    return {}


def _add(found: dict[str, float], weights: Weights, times: int) -> None:
    for language, weight in weights.items():
        found[language] += weight * times


def _weight(script: str) -> float:
    return float(tables.load("languages")["scripts"][script])


@tables.cached
def _tally(script: str) -> _Tally:
    return _Tally(_marks(script))


@tables.cached
def _words() -> Mapping[str, re.Pattern[str]]:
    """A pattern for the words of each script, from the alphabets."""
    found: dict[str, set[str]] = {}
    for entry in tables.load("languages")["languages"].values():
        found.setdefault(entry["script"], set()).update(_letters(entry))
    return {script: re.compile(f"[{''.join(sorted(set_))}]+") for script, set_ in found.items()}


def _letters(entry: Mapping[str, Any]) -> set[str]:
    return {letter for letter in entry["letters"] + entry["alphabet"] if letter.isalpha()}


@tables.cached
def _marks(script: str) -> _Marks:
    table = tables.load("languages")
    entries = {k: v for k, v in table["languages"].items() if v["script"] == script}
    weights = table["weights"]
    everything = set().union(*map(_letters, entries.values()))
    return _Marks(
        languages=tuple(entries),
        letters=_letter_weights(entries, everything, weights),
        pairs=_list_weights(entries, "pairs", weights["pair"]),
        words=_list_weights(entries, "words", weights["word"]),
        endings=_list_weights(entries, "endings", weights["ending"]),
    )


def _letter_weights(
    entries: Mapping[str, Any], everything: set[str], weights: Weights
) -> dict[str, Weights]:
    found: dict[str, Weights] = {}
    for letter in sorted(everything):
        said = {
            language: weights["letter"] if letter in entry["letters"] else weights["foreign"]
            for language, entry in entries.items()
            if letter not in entry["alphabet"]
        }
        if said:
            found[letter] = said
    return found


def _list_weights(entries: Mapping[str, Any], key: str, weight: float) -> dict[str, Weights]:
    found: dict[str, dict[str, float]] = {}
    for language, entry in entries.items():
        for item in entry[key].split():
            found.setdefault(item, {})[language] = weight
    return dict(found)
