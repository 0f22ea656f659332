"""From files to the archive: read, clean, leave out what is held, embed, add, report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.drafts import Draft, finish
from ingest.extraction.files import FoundFile, extract, find_files, read_file, ref_of
from rag.errors import DiskFullError, EmptyError, ModelError, RefusedError, SiyaqError
from rag.types import Article, Origin

if TYPE_CHECKING:
    from ingest.stories import Stories
    from rag.archive.archive import Archive
    from rag.embedding import SiyaqEmbedding

_WAITING_CHARACTERS = 4_000_000
_WAITING_ARTICLES = 500
_BATCH = 4


@dataclass(frozen=True, slots=True)
class Progress:
    """How far ingesting is: ``done`` of ``total`` files in "reading", of articles in "embedding"."""

    stage: str
    done: int
    total: int
    ref: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was not taken, and why, in one line."""

    ref: str
    reason: str


@dataclass(slots=True)
class IngestReport:
    """What became of everything that was brought: article ids, and refusals."""

    added: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def as_json(self) -> dict[str, list[str] | list[dict[str, str]]]:
        """Return the shape of the ingest contract."""
        return {
            "added": self.added,
            "held": self.held,
            "changed": self.changed,
            "refused": [{"ref": refusal.ref, "reason": refusal.reason} for refusal in self.refused],
        }


OnProgress = Callable[[Progress], None]


def ingest_paths(
    paths: Sequence[Path],
    *,
    archive: Archive,
    embedder: SiyaqEmbedding,
    now: datetime,
    on_progress: OnProgress | None = None,
    stories: Stories | None = None,
) -> IngestReport:
    """Ingest files and folders, and report what became of each; ``stories`` says of which one each article
    is.

    What one input is refused for never stops the others. A full disk or a model that fails stops the run:
    what was added stays, and everything not yet added is reported as refused for that reason. Other errors
    of the archive are raised.
    """
    run = _Run(archive, embedder, now, on_progress or (lambda _progress: None), stories)
    files = list(find_files(paths))
    for number, found in enumerate(files, 1):
        run.read(found)
        run.tell(Progress("reading", number, len(files), ref_of(found.path)))
        if run.is_full() or number == len(files):
            run.add_waiting()
    return run.report


class _Run:
    """One ingest: articles wait, deduplicated, until enough are there to be embedded together."""

    def __init__(
        self,
        archive: Archive,
        embedder: SiyaqEmbedding,
        now: datetime,
        tell: OnProgress,
        stories: Stories | None,
    ) -> None:
        self.report = IngestReport()
        self.tell = tell
        self._archive = archive
        self._embedder = embedder
        self._now = now
        self._stories = stories
        self._waiting: list[tuple[str, Article]] = []
        self._met: dict[str, str] = {}
        self._stopped: SiyaqError | None = None

    def read(self, found: FoundFile) -> None:
        """Read one file; its articles wait, its refusals go into the report."""
        ref = ref_of(found.path)
        if found.refused is not None:
            self._refuse(found.refused)
            return
        if self._stopped is not None:
            self.report.refused.append(Refusal(ref, self._stopped.reason))
            return
        try:
            # The bytes live no longer than the reading of them.
            drafts = list(extract(ref, read_file(found.path)))
        except RefusedError as error:
            self._refuse(error)
            return
        if not drafts:
            self._refuse(EmptyError(ref, "there is no article in it"))
        for draft in drafts:
            self._take(draft, Origin("file", ref))

    def _take(self, draft: Draft | RefusedError, origin: Origin) -> None:
        if isinstance(draft, RefusedError):
            self._refuse(draft)
            return
        try:
            article = finish(draft, origin=origin, now=self._now)
        except RefusedError as error:
            self._refuse(error)
            return
        if self._is_held(article):
            self.report.held.append(article.id)
        else:
            self._waiting.append((draft.ref, article))
        self._met[article.id] = article.content_hash

    def _is_held(self, article: Article) -> bool:
        """Whether this version is the archive's, or the last one met on the way there."""
        met = self._met.get(article.id)
        if met is not None:
            return met == article.content_hash
        return self._archive.status_of(article.id, article.content_hash) == "held"

    def is_full(self) -> bool:
        """Whether enough articles wait that they should be added before more is read."""
        characters = sum(len(article.body) for _, article in self._waiting)
        return len(self._waiting) >= _WAITING_ARTICLES or characters >= _WAITING_CHARACTERS

    def add_waiting(self) -> None:
        """Embed and add what waits, in small batches, each article in its own transaction."""
        waiting, self._waiting = self._waiting, []
        done = 0
        for batch in _batches(waiting):
            try:
                for ref, status, article_id in self._add(batch):
                    done += 1
                    self._list(status).append(article_id)
                    self.tell(Progress("embedding", done, len(waiting), ref))
            except (DiskFullError, ModelError) as error:
                self._stopped = error
                self.report.refused.extend(Refusal(ref, error.reason) for ref, _ in waiting[done:])
                return

    def _add(self, batch: list[tuple[str, Article]]) -> Iterator[tuple[str, str, str]]:
        from rag.indexing import embed_articles  # LlamaIndex and the model, only where there is work

        embedded = embed_articles([article for _, article in batch], self._embedder)
        for (ref, article), ready in zip(batch, embedded, strict=True):
            placed = self._stories.placed(ready) if self._stories else ready
            yield ref, self._archive.add(placed), article.id

    def _list(self, status: str) -> list[str]:
        report = self.report
        return {"added": report.added, "held": report.held, "changed": report.changed}[status]

    def _refuse(self, error: RefusedError) -> None:
        self.report.refused.append(Refusal(error.subject, error.reason))


def _batches(waiting: list[tuple[str, Article]]) -> Iterator[list[tuple[str, Article]]]:
    for at in range(0, len(waiting), _BATCH):
        yield waiting[at : at + _BATCH]
