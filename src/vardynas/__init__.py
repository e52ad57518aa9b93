"""Names of people, places and organisations across Lithuanian, Belarusian, Polish, English, Russian.

>>> import vardynas
>>> resolver = vardynas.load()
>>> [mention.entry for mention in resolver.scan("Łukaszenki nie było w Grodnie.")]
['lukashenka-aliaksandr', 'hrodna']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vardynas.version import __version__

if TYPE_CHECKING:
    from vardynas.errors import (
        BadValue,
        ColumnError,
        DocumentError,
        ExchangeError,
        GlossaryError,
        MissingExtra,
        Problem,
        ProfileError,
        UnknownEntry,
        UnknownLanguage,
        VardynasError,
    )
    from vardynas.evidence import Evidence
    from vardynas.match.compare import compare
    from vardynas.model import (
        Candidate,
        Comparison,
        Edit,
        Entry,
        Failure,
        Mention,
        Name,
        Reading,
        Relative,
        Slot,
        Variant,
    )
    from vardynas.render.profile import Profile
    from vardynas.resolver import Resolver, load

__all__ = [
    "BadValue",
    "Candidate",
    "ColumnError",
    "Comparison",
    "DocumentError",
    "Edit",
    "Entry",
    "Evidence",
    "ExchangeError",
    "Failure",
    "GlossaryError",
    "Mention",
    "MissingExtra",
    "Name",
    "Problem",
    "Profile",
    "ProfileError",
    "Reading",
    "Relative",
    "Resolver",
    "Slot",
    "UnknownEntry",
    "UnknownLanguage",
    "VardynasError",
    "Variant",
    "__version__",
    "compare",
    "load",
]

_HOMES = {
    "compare": "match.compare",
    "Evidence": "evidence",
    "Profile": "render.profile",
    "Resolver": "resolver",
    "load": "resolver",
    **dict.fromkeys(
        [
            "BadValue",
            "ColumnError",
            "DocumentError",
            "ExchangeError",
            "GlossaryError",
            "MissingExtra",
            "Problem",
            "ProfileError",
            "UnknownEntry",
            "UnknownLanguage",
            "VardynasError",
        ],
        "errors",
    ),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name, imported at its first use
    if name not in __all__:
        raise AttributeError(f"module 'vardynas' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"vardynas.{_HOMES.get(name, 'model')}"), name)
    globals()[name] = value
    return value
