"""What went wrong in the part `fit`, for reading while the rules are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.accuracy.data import digest
from benchmarks.accuracy.lookups import OURS, Run
from benchmarks.accuracy.text_tables import score_of
from benchmarks.accuracy.texts import TextRun

__all__ = ["describe", "misses"]


def misses(lookups: Sequence[Run], texts: Sequence[TextRun], limit: int) -> str:
    """At most `limit` lines for each set and kind of error, always the same choice of them."""
    kinds: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind, name, key, line in (*_in_lookups(lookups), *_in_texts(texts)):
        kinds.setdefault((name, kind), []).append((digest(key), line))
    parts = []
    for (name, kind), lines in sorted(kinds.items()):
        parts.append(f"\n## {name}: {kind} ({len(lines)})\n")
        parts += [line for _, line in sorted(set(lines))[:limit]]
    return "\n".join(parts)


def _in_lookups(runs: Sequence[Run]) -> Iterator[tuple[str, str, str, str]]:
    """(kind, set, key, line) of wrong first candidates, unanswered and wrongly answered queries."""
    for run in runs:
        for i in (i for i in run.asked if run.queries[i].part == "fit"):
            given, right = run.answers[OURS].given[i], run.right(OURS, i)
            said = given is not None and given.said
            wanted = run.queries[i].wanted
            kinds = {
                "missed": bool(wanted) and not right,
                "not answered": right and not said,
                "false alarm": said and not right,
            }
            for kind in (kind for kind, applies in kinds.items() if applies):
                yield (
                    kind,
                    run.set,
                    f"{run.pair}{run.queries[i].id}",
                    f"- {run.pair}: {describe(run, i)}",
                )


def describe(run: Run, position: int) -> str:
    """A query, the names that were wanted and the answer with its score and method."""
    query, given = run.queries[position], run.answers[OURS].given[position]
    wanted = " / ".join(run.names[w] for w in sorted(query.wanted)) or "nothing"
    answer = "nothing"
    if given is not None:
        stands = "" if given.said else ", not answered"
        answer = f"{run.names[given.entry]} ({given.score:.2f} {given.method}{stands})"
    return f"{query.text} → wanted {wanted}, got {answer}"


def _in_texts(runs: Sequence[TextRun]) -> Iterator[tuple[str, str, str, str]]:
    for run in runs:
        for document in (d for d in run.documents if d.part == "fit" and OURS in d.found):
            score = score_of(document, OURS)
            marked = {(f.start, f.end, f.entry): f for f in document.found[OURS]}
            for finding in score.misses:
                line = f"- {run.language} {document.id} {finding}"
                yield "missed", run.set, f"{document.id}{finding.start}", line
            for finding in score.false_alarms:
                found = marked[finding.start, finding.end, finding.entry]
                line = (
                    f"- {run.language} {document.id} {finding} ({found.score:.2f} {found.method})"
                )
                yield "false alarm", run.set, f"{document.id}{finding.start}", line
