"""The names of a glossary in a spaCy pipeline: a component with the factory ``vardynas``.

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> finder = nlp.add_pipe("vardynas")
>>> doc = nlp("Łukaszenki nie było w Grodnie.")
>>> [(span.text, span.label_, span.kb_id_) for span in doc.spans["vardynas"]]
[('Łukaszenki', 'PERSON', 'lukashenka-aliaksandr'), ('Grodnie', 'LOC', 'hrodna')]
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from vardynas.errors import GlossaryError, MissingExtra, Problem

try:
    from spacy.language import Language
    from spacy.pipeline import Pipe
    from spacy.tokens import Doc
    from spacy.util import minibatch
except ImportError:
    raise MissingExtra("spacy") from None

from vardynas.adapters.opening import paths_of
from vardynas.adapters.spacy_settings import (
    Settings,
    all_labels,
    hint,
    key,
    known_decision,
    probability,
)
from vardynas.adapters.spacy_spans import (
    Found,
    chosen_entities,
    mark,
    record_of,
    register,
)
from vardynas.index.columns import ForeignFile
from vardynas.index.store import open_index
from vardynas.index.tables import Index
from vardynas.match.mentions import Mentions
from vardynas.model import Failure, Mention
from vardynas.resolver import Resolver, load
from vardynas.version import __version__

__all__ = ["NameFinder", "create"]

INDEX = "glossary.index"
"""The compiled glossary in the folder of a stored pipeline."""


@Language.factory(
    "vardynas",
    assigns=["doc.spans", "doc.ents", "span._.vardynas"],
    default_config={
        "glossary": None,
        "builtin": None,
        "language": None,
        "min_score": 0.0,
        "similar": True,
        "decision": "balanced",
        "details": True,
        "ents": False,
        "overwrite_ents": False,
        "spans_key": "vardynas",
        "labels": "spacy",
    },
)
def create(
    nlp: Language,
    name: str,
    glossary: str | list[str] | None,
    builtin: bool | None,
    language: str | None,
    min_score: float,
    similar: bool,
    decision: str,
    details: bool,
    ents: bool,
    overwrite_ents: bool,
    spans_key: str,
    labels: str | dict[str, str],
) -> "NameFinder":
    """The component for a pipeline; what `nlp.add_pipe("vardynas", config={…})` calls.

    Raises ValueError for labels, scores, decisions, keys and languages that do not exist. The glossary
    is opened with the first document: a stored pipeline brings its own, and needs no files then.
    """
    settings = Settings(
        glossary=tuple(map(str, paths_of(glossary))),
        builtin=builtin,
        language=hint(nlp.lang, language, glossary),
        min_score=probability(min_score, details),
        similar=similar,
        decision=known_decision(decision),
        details=details,
        ents=ents,
        overwrite_ents=overwrite_ents,
        spans_key=key(spans_key),
        labels=all_labels(labels),
    )
    return NameFinder(name, settings)


class NameFinder(Pipe):
    """The component: writes `doc.spans`, on request `doc.ents`, and ``span._.vardynas``.

    `resolver` may be set to one that was made otherwise; it is then stored with the pipeline.
    """

    def __init__(self, name: str, settings: Settings) -> None:
        register()
        self.name = name
        self.settings = settings
        self._resolver: Resolver | None = None
        self._own = False

    @property
    def resolver(self) -> Resolver:
        """What answers; opened at the first use. Raises GlossaryError."""
        if self._resolver is None:
            self._resolver = load(*self.settings.glossary, builtin=self.settings.builtin)
        return self._resolver

    @resolver.setter
    def resolver(self, resolver: Resolver) -> None:
        self._resolver, self._own = resolver, True

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that spans can have."""
        return tuple(dict.fromkeys(self.settings.labels.values()))

    # ------------------------------------------------------------ documents

    def __call__(self, doc: Doc) -> Doc:
        """The document with its names marked."""
        return next(iter(self._marked([doc])))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The documents of a stream in order, scanned by the batch; each is a context of its own."""
        for batch in minibatch(stream, size=batch_size):  # type: ignore[no-untyped-call]
            yield from self._marked(list(batch))

    def _marked(self, docs: Sequence[Doc]) -> Iterator[Doc]:
        how = self.settings
        texts = [doc.text for doc in docs]
        found = self.resolver.scan_many(
            texts, how.language, similar=how.similar, decision=how.decision, whole=how.details
        )
        for doc, mentions in zip(docs, found, strict=True):
            if isinstance(mentions, Failure):
                error = RuntimeError(f"{mentions.kind}: {mentions.error}")
                self.get_error_handler()(self.name, self, [doc], error)
            else:
                yield self._write(doc, mentions)

    def _write(self, doc: Doc, mentions: Mentions) -> Doc:
        how = self.settings
        spans = mark(doc, self._whole(mentions) if how.details else self._bare(mentions))
        doc.spans[how.spans_key] = spans
        if how.ents:
            chosen = chosen_entities(spans, doc.ents, ours_first=how.overwrite_ents)
            doc.ents = tuple(chosen)
        return doc

    def _whole(self, mentions: Mentions) -> Iterator[Found]:
        for one in mentions:
            if one.score >= self.settings.min_score:
                label = self._label(one)
                yield Found(one.start, one.end, one.entry, label, record_of(one))

    def _bare(self, mentions: Mentions) -> Iterator[Found]:
        """Only what is known without working out mentions, but for those that several entries fit."""
        for at, (start, end, entry) in enumerate(mentions.spans):
            label = self._label(mentions[at]) if entry is None else self._label_of(entry)
            yield Found(start, end, entry, label)

    def _label(self, mention: Mention) -> str:
        """By the type of the entry; of the likeliest one where several fit."""
        return self._label_of(mention.entry or mention.candidates[0].entry)

    def _label_of(self, entry_id: str) -> str:
        return self.settings.labels[self.resolver[entry_id].type]

    # ------------------------------------------------------------ keeping

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The compiled glossary; empty for the built-in one alone, which ships with vardynas."""
        own = self._own or self.settings.glossary
        return bytes(self.resolver._index.data) if own else b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "NameFinder":
        """The component with the glossary that `to_bytes` gave; GlossaryError for no such bytes."""
        if data:
            self.resolver = _opened(lambda: Index(data), self.name)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the compiled glossary into the folder `path`, so that it needs no other files."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / INDEX).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "NameFinder":
        """The component with the glossary in the folder `path`; GlossaryError where it is unfit."""
        stored = Path(path) / INDEX
        if stored.is_file() and stored.stat().st_size:
            self.resolver = _opened(lambda: open_index(stored), str(stored))
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """With the compiled glossary, as `to_bytes` gives it."""
        return _revived, (self.name, self.settings, self.to_bytes())


def _revived(name: str, settings: Settings, data: bytes) -> NameFinder:
    return NameFinder(name, settings).from_bytes(data)


def _opened(find: Callable[[], Index], where: str) -> Resolver:
    """The resolver over the compiled glossary of a stored pipeline."""
    try:
        index = find()
    except ForeignFile as error:
        raise _unfit(where, f"What is stored is {error}.") from error
    made_by = index.meta.get("vardynas", __version__)  # unknown where no files were compiled
    if made_by != __version__:
        raise _unfit(where, f"This was stored by vardynas {made_by}; this is {__version__}.")
    return Resolver(
        index=index, version=index.meta.get("version", ""), fingerprint=index.meta.get("hash", "")
    )


def _unfit(where: str, message: str) -> GlossaryError:
    advice = "Make the pipeline again from its configuration."
    return GlossaryError((Problem(where, 0, 0, "compiled-glossary", message, advice),))
