"""What the endpoints of a service share."""

from __future__ import annotations

from vardynas.server.glossary import Glossary
from vardynas.server.settings import Settings
from vardynas.server.work import Workers

__all__ = ["Service"]


class Service:
    """A glossary, the threads that answer from it, and the limits."""

    def __init__(self, glossary: Glossary, settings: Settings) -> None:
        self.glossary = glossary
        self.settings = settings
        self.workers = Workers(settings)
