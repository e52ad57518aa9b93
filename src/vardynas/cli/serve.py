"""``vardynas serve``: the glossary as a service for programs, OpenRefine and browsers."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any, TypeVar

import click

from vardynas.cli import options
from vardynas.server.settings import Settings

__all__ = ["command"]

F = TypeVar("F", bound=Callable[..., Any])

NEEDED = ("starlette", "uvicorn")

USUAL = Settings()


def _limits(command: F) -> F:
    """Add the options for what a request may ask of the service."""
    count, seconds = click.IntRange(min=1), click.FloatRange(min=0.1)
    for name, type_, text in (
        ("connections", count, "Connections that are open at a time."),
        ("patience", seconds, "Seconds that a client may take to ask."),
        ("timeout", seconds, "Seconds that an answer may take."),
        ("queue", click.IntRange(min=0), "Requests that may wait for a thread."),
        ("threads", count, "Texts that are worked on at a time, and as many other requests."),
        ("batch", count, "Names or queries in one request."),
        ("letters", count, "Letters of a text to be scanned or normalized."),
        ("max-body", count, "Bytes of a request."),
    ):
        usual = getattr(USUAL, name.replace("-", "_"))
        command = click.option(
            f"--{name}", type=type_, metavar="NUMBER", default=usual, show_default=True, help=text
        )(command)
    return command


def _address(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """An address with http or https and a host, and neither query nor fragment; "" is none."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(value)
        whole = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 80)
    except ValueError:
        whole = None
    if value and (not whole or any(sign in value for sign in "?# ")):
        raise click.BadParameter(f"{value!r} is no address; write https://names.example.org.")
    return value.rstrip("/")


@click.command(
    "serve",
    epilog=options.examples(
        "vardynas serve",
        "vardynas serve --port 8080 --glossary people.yaml --with-builtin --reload-glossary 5",
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="Which port; 0 is any that is free.",
)
@click.option(
    "--url",
    metavar="ADDRESS",
    default="",
    callback=_address,
    help="Where others see it, behind a proxy.",
)
@click.option(
    "--reload-glossary",
    "reload",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    default=0.0,
    help="Look for changes of the glossary's files this often, and serve them; 0 is never.",
)
@_limits
@options.glossary
def command(
    host: str,
    port: int,
    glossary: tuple[str, ...],
    with_builtin: bool,
    **limits: Any,  # noqa: ANN401 (the fields of Settings)
) -> None:
    """Answer over HTTP: a JSON interface, and reconciliation for OpenRefine.

    It listens on this machine alone. There is no password: before others can reach it, put something
    in front of it that has one. It ends on Ctrl+C, when what has begun is answered; on SIGHUP it
    opens the glossary again.
    """
    from vardynas.cli.context import open_resolver
    from vardynas.errors import MissingExtra

    if not all(map(find_spec, NEEDED)):
        raise MissingExtra("serve")
    from vardynas.server.glossary import Source
    from vardynas.server.run import address_of, listening, run

    settings = Settings(**limits)
    try:
        bound = listening(host, port)
    except (OSError, UnicodeError) as error:
        raise click.UsageError(_refused(host, port, error)) from None
    with bound:
        entries = len(open_resolver(glossary, with_builtin))
        _greet(settings.url or address_of(bound), entries)
        if not _is_loopback(bound.getsockname()[0]):
            click.echo(_OPEN.format(host), err=True)
        run(Source(glossary, with_builtin), settings, bound)


_OPEN = (
    "Warning: {} can be reached from other machines, and there is no password: everybody there can "
    "read the glossary and have texts worked on. Leave --host out to listen on this machine alone."
)


def _greet(address: str, entries: int) -> None:
    click.echo(f"Serving {entries:,} entries at {address}")
    click.echo(f"OpenRefine: add the service {address}/reconcile")


def _is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address.

    >>> _is_loopback("127.0.0.1"), _is_loopback("::1"), _is_loopback("0.0.0.0")
    (True, True, False)
    """
    return ip_address(host.partition("%")[0]).is_loopback


def _refused(host: str, port: int, error: OSError | UnicodeError) -> str:
    """What to choose instead: the host when nobody knows it or it is not of this machine."""
    from errno import EADDRNOTAVAIL
    from socket import gaierror

    reason = error.strerror or str(error) if isinstance(error, OSError) else "no such name"
    unknown = isinstance(error, UnicodeError | gaierror) or error.errno == EADDRNOTAVAIL
    option = "--host" if unknown else "--port"
    return (
        f"It is not possible to listen at {host}, port {port}: {reason}. Choose another {option}."
    )
