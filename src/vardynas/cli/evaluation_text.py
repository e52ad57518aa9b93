"""The report of ``vardynas evaluate`` as tables for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from vardynas.cli.context import named
from vardynas.cli.output import bold, count, dim, method, table, visible, width

if TYPE_CHECKING:
    from vardynas.editorial.evaluate import Report
    from vardynas.editorial.mistakes import Mistake
    from vardynas.editorial.scores import Counts

__all__ = ["text_lines"]

HEAD = ("", "right", "missed", "false", "precision", "recall", "F1")
NOTHING = "–"

WORST = 10
"""Documents and entries that are shown, those with most errors first."""


def text_lines(figures: Report, decision: str, stamp: dict[str, str], errors: int) -> Iterator[str]:
    """The report, at most `errors` errors at its end."""
    documents = count(len(figures.documents), "document")
    yield f"{named(stamp)}, decision {decision}"
    yield f"{documents}, {count(figures.mentions, 'mention')} to be found"
    yield ""
    yield from _right_aligned(_overall(figures))
    yield from _groups(figures)
    yield ""
    yield from _remarks(figures)
    yield from _bins(figures)
    yield from _errors(figures.mistakes, errors)


def _overall(figures: Report) -> Iterator[Sequence[str]]:
    score = figures.score
    yield HEAD
    yield _counted("strict", score.strict)
    yield _counted("lenient", score.lenient)
    rates = (_rate(score.macro_precision), _rate(score.macro_recall))
    yield ("mean of entries", "", "", "", *rates, "")


def _groups(figures: Report) -> Iterator[str]:
    """What each method added; figures by language; documents and entries with most errors."""
    yield ""
    yield from _right_aligned(_methods(figures))
    yield ""
    yield from _right_aligned(_grouped("language", figures.languages))
    for title, groups in (("document", figures.documents), ("entry", figures.entries)):
        if worst := _worst(groups):
            yield ""
            yield from _right_aligned(_grouped(title, worst))


def _worst(groups: Mapping[str, Counts]) -> dict[str, Counts]:
    """The groups with the most errors; none when all is right.

    >>> from vardynas.editorial.scores import Counts
    >>> list(_worst({"minsk": Counts(correct=9), "lida": Counts(missed=1)}))
    ['lida']
    """
    wrong = {name: counts for name, counts in groups.items() if counts.missed + counts.false}
    ranked = sorted(wrong.items(), key=lambda row: (-row[1].missed - row[1].false, row[0]))
    return dict(ranked[:WORST])


def _grouped(title: str, groups: Mapping[str, Counts]) -> Iterator[Sequence[str]]:
    yield (title, *HEAD[1:])
    for name, counts in groups.items():
        yield _counted(name, counts)


def _methods(figures: Report) -> Iterator[Sequence[str]]:
    yield ("method", "right", "false", "precision", "of all names")
    for name, part in figures.methods.items():
        rates = part.to_dict()
        precision = _rate(rates["precision"]) if part.correct + part.false else NOTHING
        share = _rate(rates["share"]) if part.core else NOTHING
        yield (method(name), f"{part.correct:,}", f"{part.false:,}", precision, share)


def _counted(name: str, counts: Counts) -> Sequence[str]:
    """A row of counts and rates; a rate of nothing is a dash."""
    claimed, meant = counts.correct + counts.false, counts.correct + counts.missed
    return (
        name,
        *(f"{number:,}" for number in (counts.correct, counts.missed, counts.false)),
        _rate(counts.precision) if claimed else NOTHING,
        _rate(counts.recall) if meant else NOTHING,
        _rate(counts.f1) if claimed or meant else NOTHING,
    )


def _rate(value: float) -> str:
    """Three digits; 1.000 is kept for all.

    >>> _rate(0.98765), _rate(0.9999), _rate(1.0)
    ('0.988', '0.999', '1.000')
    """
    return f"{value:.3f}" if value >= 1 else f"{min(value, 0.999):.3f}"


def _remarks(figures: Report) -> Iterator[str]:
    """Ambiguous mentions, documents without names, calibration: a line each."""
    open_ = figures.ambiguity
    if open_.mentions:
        yield (
            f"ambiguous: {count(open_.mentions, 'mention')}, {open_.right:,} with the entry that is "
            f"meant among the candidates, {open_.elsewhere:,} where nothing is annotated"
        )
    else:
        yield "ambiguous: none"
    bare = figures.nameless
    if bare.per_hundred is not None:
        yield (
            f"without names: {count(bare.documents, 'document')} of "
            f"{count(bare.sentences, 'sentence')}, {count(bare.mentions, 'false mention')}, "
            f"{bare.per_hundred:.2f} in 100 sentences"
        )
    scores = figures.reliability
    if scores.score is not None and scores.right is not None and scores.error is not None:
        yield (
            f"scores: mean {_rate(scores.score)}, share right {_rate(scores.right)}; "
            f"expected calibration error {scores.error:.3f}"
        )


def _bins(figures: Report) -> Iterator[str]:
    if figures.reliability.bins:
        yield ""
        rows = (
            (f"{b.mentions:,}", _rate(b.score), _rate(b.right)) for b in figures.reliability.bins
        )
        yield from _right_aligned([("mentions", "score", "right"), *rows])


def _errors(mistakes: Sequence[Mistake], limit: int) -> Iterator[str]:
    """The first errors with the text around them, under how many there are of each kind."""
    from vardynas.editorial.mistakes import KINDS

    if not mistakes:
        return
    kinds = Counter(mistake.kind for mistake in mistakes)
    summary = ", ".join(f"{kinds[kind]:,} {kind}" for kind in KINDS if kinds[kind])
    yield ""
    yield f"{bold(count(len(mistakes), 'error'))}: {summary}"
    for mistake in mistakes[:limit]:
        yield from _error(mistake)
    if len(mistakes) > limit:
        yield dim(f"… --errors {len(mistakes)} shows all")


def _error(mistake: Mistake) -> Iterator[str]:
    """Where it is and what is wrong; under it the text on one line."""
    said = [mistake.entry] if mistake.entry else []
    if mistake.found:
        found = " or ".join(mistake.found)
        here = f" in “{_line(mistake.found_text)}”" if mistake.found_text != mistake.text else ""
        said.append(f"found {found}{here} ({mistake.method}, {_rate(mistake.score or 0.0)})")
    place = dim(f"{mistake.document}:{mistake.start}–{mistake.end}")
    yield f"{place}  {mistake.kind}: {'; '.join(said)}"
    around = f"{_line(mistake.before)}[{bold(_line(mistake.text))}]{_line(mistake.after)}"
    yield f"    {around.strip()}"


def _line(text: str) -> str:
    return visible(text.replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎"))


def _right_aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table whose first column is flush left and whose numbers are flush right."""
    listed = list(rows)
    widths = [max(map(width, column)) for column in zip(*listed, strict=True)]
    shifted = (
        [
            row[0] if n == 0 else " " * (w - width(cell)) + cell
            for n, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        for row in listed
    )
    return table(shifted)
