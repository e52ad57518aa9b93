"""``vardynas serve``: the glossary as a service for programs, OpenRefine and browsers."""

from __future__ import annotations

import click

from vardynas.cli import options

__all__ = ["command"]


@click.command(
    "serve",
    epilog=options.examples(
        "vardynas serve",
        "vardynas serve --port 8080 --glossary people.yaml --with-builtin",
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Which port."
)
@options.glossary
def command(host: str, port: int, glossary: tuple[str, ...], with_builtin: bool) -> None:
    """Answer over HTTP: a JSON interface, and reconciliation for OpenRefine.

    It listens on this machine alone; there is no authentication, so put something in front of it
    that has one before others can reach it. It ends on Ctrl+C, when what has begun is answered.
    """
    from vardynas.cli.context import open_resolver
    from vardynas.errors import MissingExtra

    try:
        import starlette as _  # noqa: F401 (whether it is there)
        import uvicorn as _uvicorn  # noqa: F401
    except ImportError:
        raise MissingExtra("serve") from None
    from vardynas.server.run import run
    from vardynas.server.settings import Settings

    run(lambda: open_resolver(glossary, with_builtin), Settings(), host, port)
