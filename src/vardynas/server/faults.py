"""What a client did wrong, as a status and a sentence that says what to send instead."""

from __future__ import annotations

__all__ = ["Fault"]


class Fault(Exception):
    """An answer with an error of the client, or a service that is too busy.

    >>> Fault(413, "The text is too long.").status
    413
    """

    def __init__(self, status: int, sentence: str, **headers: str) -> None:
        self.status = status
        self.sentence = sentence
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(sentence)
