"""What the endpoints of a service share."""

from __future__ import annotations

from vardynas.server.glossary import Glossary
from vardynas.server.settings import Settings
from vardynas.server.work import Workers

__all__ = ["Service"]


class Service:
    """A glossary, the threads that answer from it, and the limits.

    Texts have threads of their own, so that a few long ones do not keep those waiting who ask for a
    name.
    """

    def __init__(self, glossary: Glossary, settings: Settings) -> None:
        self.glossary = glossary
        self.settings = settings
        self.workers = Workers(settings)
        self.texts = Workers(settings)

    @property
    def working(self) -> int:
        """Requests that are being answered or wait."""
        return self.workers.busy + self.texts.busy

    def close(self) -> None:
        """Let what has begun end, and begin nothing more."""
        self.workers.close()
        self.texts.close()
