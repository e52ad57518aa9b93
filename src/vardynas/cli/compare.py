"""``vardynas compare``: whether two names can be one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from vardynas.cli import options

if TYPE_CHECKING:
    from vardynas.model import Comparison

__all__ = ["command"]

VERDICTS = {
    "same": "the same name",
    "family": "one family name, not one person",
    "different": "different names",
    "unsure": "cannot be told",
}


@click.command(
    "compare",
    epilog=options.examples(
        "vardynas compare Wilno Вільня",
        "vardynas compare --rules-only Cichanouskaja Тихановская",
    ),
)
@click.argument("a")
@click.argument("b")
@click.option("--language-a", metavar="TAG", help="The language of A; identified when left out.")
@click.option("--language-b", metavar="TAG", help="The language of B; identified when left out.")
@click.option(
    "--type",
    "type_",
    type=click.Choice(["person", "place", "organisation", "other"]),
    help="What both are names of.",
)
@click.option("--rules-only", is_flag=True, help="Compare by rules alone, without a glossary.")
@options.format_of("text", "json")
@options.explain
@options.glossary
def command(
    a: str,
    b: str,
    language_a: str | None,
    language_b: str | None,
    type_: str | None,
    rules_only: bool,
    format_: str,
    explain: bool,
    glossary: tuple[str, ...],
    with_builtin: bool,
) -> None:
    """Say whether A and B can be one name.

    They may stand in different languages. The glossary is asked first, rules and similarity
    after it. Exit status 0: the same name; 1: not the same, or it cannot be told.
    """
    from vardynas.cli import context, output

    compare, stamp = context.open_comparison(glossary, with_builtin, rules_only)
    kind = {"type": type_} if type_ else {}
    result = compare(a, b, language_a=language_a, language_b=language_b, **kind)
    if format_ == "json":
        whole = {"glossary": stamp, "a": a, "b": b, **result.to_dict()}
        output.write_text([json.dumps(whole, ensure_ascii=False, indent=2)])
    else:
        output.write_text(_text_lines(result, explain))
    click.get_current_context().exit(int(not result.same))


def _text_lines(result: Comparison, explain: bool) -> list[str]:
    """The verdict with its probability, then why."""
    from vardynas.cli.output import bold, evidence_lines, percent

    said = VERDICTS[result.verdict]
    verdict = f"{bold(result.verdict)}: {said} ({percent(result.score)} likely the same)"
    if explain:
        return [verdict, *evidence_lines(result.evidence, "  ")]
    return [verdict, *(f"  {step.text}" for step in result.evidence)]
