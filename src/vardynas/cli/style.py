"""The options that say how names are written, as one value: a profile and what goes before it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from vardynas.cli.languages import warn_of_hint

__all__ = ["house_style"]

F = TypeVar("F", bound=Callable[..., Any])


def house_style(command: F) -> F:
    """Add the options about writing names: they arrive as the parameter `profile`."""

    @wraps(command)
    def with_profile(**given: Any) -> Any:  # noqa: ANN401 - what click has parsed
        from vardynas.render.profile import Profile

        path = given.pop("profile")
        values = {name: given.pop(name) for name in _NAMES}
        # Nothing given is no choice: the profile, or its default, decides.
        chosen = {name: value for name, value in values.items() if value not in (None, (), False)}
        usual = Profile.load(path) if path else Profile()
        return command(profile=usual.with_values(**chosen), **given)

    for option in reversed(_OPTIONS):
        with_profile = option(with_profile)
    return with_profile  # type: ignore[return-value]


_OPTIONS = (
    click.option(
        "--to",
        metavar="TAG|preferred|id",
        help="Write names in this language; each passage in its own, the default; or as ids.",
    ),
    click.option("--strict", is_flag=True, help="Leave alone what the glossary does not list."),
    click.option(
        "--profile",
        metavar="FILE",
        help="A house style: a YAML file with these choices, which options overrule.",
    ),
    click.option(
        "--only",
        multiple=True,
        metavar="ID|TYPE",
        help="Write only this entry, or only people, say (person); may be repeated.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="ID|TYPE",
        help="Leave this entry or type alone; may be repeated.",
    ),
    click.option("--first-in-full", is_flag=True, help="Write first mentions of people in full."),
    click.option(
        "--gloss",
        metavar="TAG|original",
        help="Put the name in this language, or the replaced one, behind first mentions.",
    ),
    click.option(
        "--quotations",
        type=click.Choice(("edit", "leave")),
        help="Whether direct speech is changed.",
    ),
    click.option(
        "--language",
        metavar="TAG",
        callback=warn_of_hint,
        help="The language of the input, such as lt, be or pl; a hint, identified when left out.",
    ),
    click.option(
        "--decision",
        type=click.Choice(("precision", "balanced", "recall")),
        help="What to avoid: false answers (precision), missing ones (recall), or both alike "
        "(balanced, the default).",
    ),
)

_NAMES = (
    *("to", "strict", "only", "ignore", "first_in_full", "gloss", "quotations"),
    *("language", "decision"),
)
