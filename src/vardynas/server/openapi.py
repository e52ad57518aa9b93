"""The description of the interface in OpenAPI 3.1, with the limits of this service."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from vardynas.server.settings import Settings

__all__ = ["description"]


@cache
def description(settings: Settings) -> dict[str, Any]:
    """The description as JSON types; its source is ``openapi.yaml`` beside this module.

    >>> description(Settings())["openapi"]
    '3.1.0'
    """
    import yaml

    from vardynas.version import __version__

    source = Path(__file__).with_name("openapi.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(source, Loader=yaml.CSafeLoader)
    found["info"]["version"] = __version__
    names = found["components"]["schemas"]["LookupRequest"]["properties"]["names"]
    names["maxItems"] = settings.batch
    found["components"]["schemas"]["Text"]["maxLength"] = settings.letters
    return found
