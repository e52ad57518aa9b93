"""The one place where an exception becomes a message for people and an exit code."""

from __future__ import annotations

import os
import sys

import click

from vardynas.errors import GlossaryError, Problem, VardynasError

__all__ = ["BadInput", "explained", "message", "refuse", "unwritable"]

INTERRUPTED = 130
BROKEN_PIPE = 141
"""What a shell reports for a program that SIGINT or SIGPIPE ended: neither found nor not found."""


class BadInput(click.ClickException):
    """An error of the input: shown as ``vardynas: …``, exit code 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Write the message on standard error."""
        click.echo(f"{click.style('vardynas:', fg='red', bold=True)} {self.message}", err=True)


def message(error: BaseException) -> str:
    """What went wrong, in words, and what to do about it where that is known."""
    if isinstance(error, GlossaryError):
        count = len(error.problems)
        noun = "problem" if count == 1 else "problems"
        lines = "\n".join(map(_line, error.problems))
        return f"the glossary does not load, {count} {noun}:\n{lines}"
    if isinstance(error, VardynasError):
        return str(error)
    if isinstance(error, UnicodeDecodeError):
        return f"the input is not UTF-8: byte 0x{error.object[error.start]:02x} at {error.start}"
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        return f"{os.fsdecode(error.filename)}: {reason}" if error.filename else reason
    return (
        f"internal error, {type(error).__name__}: {error}\n"
        "This is a defect of vardynas. Set VARDYNAS_DEBUG=1 to see where it happened."
    )


def refuse(error: BaseException | str) -> None:
    """Say what is wrong with one input, while the others go on."""
    BadInput(error if isinstance(error, str) else message(error)).show()


def _line(problem: Problem) -> str:
    said = f"{problem.message} {problem.advice}".rstrip()
    return f"{problem.place}: {said} [{problem.code}]"


def explained(error: BaseException) -> Exception:
    """The click exception that reports `error`; raises `error` itself under VARDYNAS_DEBUG=1."""
    if isinstance(error, KeyboardInterrupt):
        return click.exceptions.Exit(INTERRUPTED)
    if isinstance(error, BrokenPipeError):
        return click.exceptions.Exit(unwritable(error))
    if os.environ.get("VARDYNAS_DEBUG"):
        raise error
    return BadInput(message(error))


def unwritable(error: OSError) -> int:
    """The exit code when standard output takes no more; a full disk is reported."""
    _silence_stdout()
    if isinstance(error, BrokenPipeError):
        return BROKEN_PIPE
    failure = BadInput(f"cannot write the result: {message(error)}")
    failure.show()
    return failure.exit_code


def _silence_stdout() -> None:
    """Let the flush at the end of the process succeed although the reader has gone."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # a stdout without a file descriptor needs no silence
        return
