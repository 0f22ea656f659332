"""The archive: one face over the catalog, its words and its two dense searches."""

from __future__ import annotations

import errno
import logging
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np
import sqlalchemy as sa

from rag.archive import checking, lexical, pending, reading, reindexing, repairing, stories
from rag.archive.catalog import Catalog, Outcome, Standing
from rag.archive.engine import MEND_OR_RESTORE
from rag.archive.exact import ExactSearch
from rag.archive.integrity import file_problems
from rag.archive.leftovers import kept_copies
from rag.archive.owner import IndexOwner
from rag.archive.visible import VisibleLanes
from rag.calibration import Calibration
from rag.errors import ArchiveError, CatalogDamagedError, DiskFullError, SiyaqError
from rag.types import LANES, Article, EmbeddedArticle, Hit, StoredChunk, TimeWindow, Vector

logger = logging.getLogger(__name__)

INDEXED_LANE = 2000
"""Chunks from which on a lane is searched by the index: below, comparing with all of them is quicker."""
_WIDE = 0.15
"""The share of a lane that a window is to hold for the index to be quicker than comparing with all of it."""
RETRY_SECONDS = 30.0
"""How long the background work waits after it failed."""


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What a check of the archive found.

    ``index_ok`` is ``None`` where the vector index was not looked at: by a process that does not own it.
    ``kept`` are the copies that upgrades and restores have left.
    """

    owner: bool
    model: str | None
    articles: int
    removed: int
    chunks: int
    pending: int
    index_ok: bool | None
    problems: list[str] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)

    @property
    def healthy(self) -> bool:
        """Whether nothing is wrong; work that waits is not wrong."""
        return not self.problems


@contextmanager
def open_archive(
    directory: Path,
    *,
    calibration: Calibration | None,
    role: Literal["auto", "guest"] = "auto",
    indexed_lane: int = INDEXED_LANE,
) -> Iterator[Archive]:
    """Open the archive in ``directory``, which is made where it is missing.

    Without a ``calibration`` nothing can be searched by meaning and the vector index is left alone. A
    ``guest`` never takes the index's lock; ``auto`` takes it where it is free. The index searches lanes of
    more than ``indexed_lane`` chunks. Raises `ArchiveError` when the directory or the catalog cannot be
    opened, `DiskFullError` when there is no room to create it.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        catalog = Catalog(directory)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFullError(str(directory), "no room is left on the disk to open it") from error
        raise ArchiveError(str(directory), f"cannot be opened ({error.strerror or error})") from error
    archive = Archive(catalog, calibration, may_own=role == "auto", indexed_lane=indexed_lane)
    try:
        yield archive
    finally:
        archive.close()


class Archive:
    """Articles and everything they are found by.

    Thread-safe: many threads read while one writes. Database errors surface as `ArchiveError`, a full disk
    as `DiskFullError` with nothing written.
    """

    def __init__(
        self, catalog: Catalog, calibration: Calibration | None, *, may_own: bool, indexed_lane: int
    ) -> None:
        self._catalog = catalog
        self._may_own = may_own
        self._indexed_lane = indexed_lane
        self._exact: ExactSearch | None = None
        self._index: IndexOwner | None = None
        self._lanes = VisibleLanes()
        self._stopping = threading.Event()
        self._background: threading.Thread | None = None
        self._use(calibration)

    def _use(self, calibration: Calibration | None) -> None:
        if self._index is not None:
            self._index.close()
        self._exact = self._index = None
        if calibration is not None:
            self._exact = ExactSearch(self._catalog, calibration)
            self._index = IndexOwner(self._catalog, calibration, self._exact)
            if self._may_own:
                self._index.take()

    def close(self) -> None:
        """Stop the background work and let go of the files; `open_archive` does so at its end."""
        self._stopping.set()
        if self._index is not None:
            self._index.close()
        if self._background is not None:
            self._background.join()
        self._catalog.close()

    @property
    def directory(self) -> Path:
        """Where the archive lies."""
        return self._catalog.directory

    @property
    def engine(self) -> sa.Engine:
        """The catalog's engine, for tables of other parts; its transactions take the write lock at once."""
        return self._catalog.engine

    @property
    def is_owner(self) -> bool:
        """Whether this process holds the lock of the vector index."""
        return self._index is not None and self._index.is_owner

    @property
    def model(self) -> str | None:
        """The embedding model of the vectors held; ``None`` before the first article."""
        return self._catalog.model

    @property
    def state(self) -> tuple[tuple[str, str], ...]:
        """What is another value whenever an article was added, changed or removed, by any process."""
        return self._catalog.state

    # Articles

    def status_of(self, article_id: str, content_hash: str) -> Standing:
        """Tell what `add` would find, before anything is embedded; a removed article is new again."""
        return self._catalog.status_of(article_id, content_hash)

    def add(self, embedded: EmbeddedArticle) -> Outcome:
        """Store an article in one transaction; searchable when this returns.

        Raises `EmptyError`, `ModelMismatchError` or `DiskFullError`, and then nothing is stored.
        """
        return self._catalog.add(embedded)

    def remove(self, article_id: str) -> None:
        """Take an article out; in no answer once this returns. Raises `UnknownArticleError`."""
        self._catalog.remove(article_id)

    def articles(self, *, include_removed: bool = False) -> list[Article]:
        """Return the articles in the order in which they first came; a removed one has lost its body."""
        return self._catalog.articles(include_removed=include_removed)

    def printed_between(self, first: date, last: date) -> list[Article]:
        """Return the articles that may have been published on a day from ``first`` to ``last``, inclusive.

        In the order in which they came; undated ones are not among them.
        """
        return self._catalog.printed_between(first.toordinal(), last.toordinal())

    def article(self, article_id: str) -> Article:
        """Return one article; `UnknownArticleError` when it is not held, or was removed."""
        return self._catalog.article(article_id)

    def held(self, article_ids: Collection[str]) -> dict[str, Article]:
        """Return those of some articles that are held, by id; removed ones are left out."""
        return self._catalog.held(article_ids)

    def chunks(self, chunk_ids: Sequence[str]) -> dict[str, StoredChunk]:
        """Return the chunks of ``chunk_ids`` with their articles; unknown and removed ones are left out."""
        return reading.stored_chunks(self._catalog, chunk_ids)

    def chunks_of(self, article_ids: Sequence[str]) -> list[StoredChunk]:
        """Return the chunks of some articles, article by article; unknown and removed ones are left out."""
        with self._catalog.reading() as connection:
            found = reading.chunk_ids(connection, article_ids)
        return list(self.chunks(found).values())

    # Stories

    def story_of(self, article_id: str) -> str | None:
        """Return the story of an article, of a removed one too; ``None`` where it has none."""
        with self._catalog.reading() as connection:
            return stories.story_of(connection, article_id)

    def stories_of_chunks(self, chunk_ids: Sequence[str]) -> list[str]:
        """Return the stories of the articles of ``chunk_ids``, in the order of these, each once."""
        with self._catalog.reading() as connection:
            return stories.stories_of_chunks(connection, chunk_ids)

    def leads_of_story(self, story_id: str, most: int) -> list[stories.StoredLead]:
        """Return the ``most`` articles of a story that came last, with the vectors of their first chunks."""
        with self._catalog.reading() as connection:
            return stories.leads_of_story(connection, story_id, most)

    def leads_without_story(self, most: int) -> list[stories.StoredLead]:
        """Return the ``most`` articles that came first and are of no story yet."""
        with self._catalog.reading() as connection:
            return stories.leads_without_story(connection, most)

    def articles_of_story(self, story_id: str, most: int) -> list[Article]:
        """Return the ``most`` articles of a story that came last, the last first."""
        with self._catalog.reading() as connection:
            return stories.articles_of_story(connection, story_id, most)

    def give_story(self, article_id: str, story_id: str) -> None:
        """Make an article that has no story one of ``story_id``."""
        stories.give_story(self._catalog, article_id, story_id)

    # Search

    def lane_sizes(self) -> dict[str, int]:
        """Return how many chunks each lane shows."""
        with self._catalog.reading() as connection:
            return {lane: len(self._lanes.of(connection, lane)) for lane in LANES}

    def dense(
        self, lane: str, query: Vector, k: int, window: TimeWindow | None = None, *, exact: bool = False
    ) -> list[Hit]:
        """Return the ``k`` chunks of ``lane`` nearest to ``query``, best first; the score is the cosine.

        ``query`` has shape ``(dimension,)``, centred and of unit length. Undated articles are outside of
        every ``window``. Raises `ModelMismatchError` when the archive holds vectors of another model.
        """
        searches, index = self._exact, self._index
        if searches is None or index is None:
            raise ArchiveError(str(self.directory), "was opened without a calibration: no search by meaning")
        query = np.ascontiguousarray(query, dtype=np.float32)
        share = 0.0 if exact else self._indexed_share(lane, window)
        # Of a narrow window hardly anything is among the nearest: all of it is compared with.
        if share >= _WIDE:
            hits = index.search(lane, query, k, window, share)
            if hits is not None:
                return hits
        return searches.search(lane, query, k, window)

    def lexical(self, lane: str, terms: Sequence[str], k: int, window: TimeWindow | None = None) -> list[Hit]:
        """Return the ``k`` chunks of ``lane`` nearest to ``terms`` by BM25, best first; none without any."""
        with self._catalog.reading() as connection:
            return lexical.rank(connection, self._lanes.of(connection, lane), terms, k, window)

    def candidates(self, lane: str, chunk_ids: Sequence[str]) -> reading.Candidates | None:
        """Return what the chunks of ``chunk_ids`` in ``lane`` are compared by, ``None`` where it has none."""
        with self._catalog.reading() as connection:
            return reading.candidates(connection, self._lanes.of(connection, lane), chunk_ids)

    def document_frequencies(self, lane: str, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many chunks of ``lane`` each of ``terms`` stands."""
        with self._catalog.reading() as connection:
            return lexical.document_frequencies(connection, lane, terms)

    def _indexed_share(self, lane: str, window: TimeWindow | None) -> float:
        """Return which share of ``lane`` lies in ``window``, 0 where the lane is too small for the index."""
        # Which of two searches is the quicker can be told from what the lane was a moment ago.
        held = self._lanes.held(lane)
        if held is None:
            with self._catalog.reading() as connection:
                held = self._lanes.of(connection, lane)
        if len(held) <= self._indexed_lane:
            return 0.0
        return 1.0 if window is None else float(held.days.within(window).mean())

    # The vector index

    def sync(self) -> int:
        """Apply everything pending to the vector index, and return how many entries; 0 as a guest."""
        return self._index.sync() if self._index is not None else 0

    def start_syncing(self, interval: float = 0.5) -> None:
        """Keep the vector index current in the background, and purge what was removed, until closing.

        A guest takes the index over as soon as its owner is gone.
        """
        if self._background is None and self._index is not None:
            self._background = threading.Thread(
                target=self._work, args=(interval,), name="archive", daemon=True
            )
            self._background.start()

    def _work(self, interval: float) -> None:
        wait = 0.0
        while not self._stopping.wait(wait):
            wait = interval
            try:
                if self._index is not None and self._may_own and self._index.take():
                    self._catalog.purge()
                    self._index.sync()
                    wait = RETRY_SECONDS if self._index.problem else interval
            except SiyaqError as error:
                wait = RETRY_SECONDS
                logger.warning("The archive's background work waits %.0f s: %s", wait, error)

    def check(self) -> ArchiveReport:
        """Compare every index with the catalog, and say what differs.

        Raises `CatalogDamagedError` where the file of the catalog is not whole.
        """
        with self._catalog.reading() as connection:
            if damage := file_problems(connection.exec_driver_sql):
                reason = f"the catalog is damaged ({damage[0]}); {MEND_OR_RESTORE}"
                raise CatalogDamagedError(str(self.directory), reason)
            counts = checking.counts(connection)
            waiting = pending.count(connection)
            problems = checking.catalog_problems(connection)
        index_ok = None
        if self._index is not None and self._index.is_owner:
            found = self._index.check()
            if found is None and self._index.problem is not None:
                found = self._index.problem
            index_ok = found is None
            problems += [] if found is None else [found]
        kept = kept_copies(self.directory)
        return ArchiveReport(self.is_owner, self.model, *counts, waiting, index_ok, problems, kept)

    def repair(self, embed: repairing.Embed) -> list[repairing.Repair]:
        """Put right whatever can be, and say what was done; no accepted article is lost by it.

        ``embed`` makes an article ready anew whose chunks are gone. Raises `ArchiveError`, with nothing
        done, while another process owns the archive; `CatalogDamagedError` where a backup is needed.
        """
        if self._index is None or not self.is_owner:
            reason = "another process has the archive open: stop it first; nothing was repaired"
            raise ArchiveError(str(self.directory), reason)
        return repairing.repair_catalog(self._catalog, embed) + repairing.repair_index(
            self._catalog, self._index
        )

    def rebuild_index(self) -> None:
        """Build words and vector index anew from the catalog; exact search answers meanwhile.

        Raises `ArchiveError` as a guest, `IndexUnusableError` or `DiskFullError` where it did not succeed;
        the old index is then still in its place.
        """
        reindexing.rebuild_all_words(self._catalog)
        if self._index is not None:
            self._index.rebuild()

    # Another embedding model

    def to_reindex(self, model: str) -> list[str]:
        """Return the ids of the articles whose chunks of ``model`` are not stored yet."""
        return self._catalog.to_reindex(model)

    def stage(self, embedded: EmbeddedArticle) -> None:
        """Store an article's chunks of another model beside the active ones, which go on answering."""
        self._catalog.stage(embedded)

    def activate(self, model: str, calibration: Calibration) -> None:
        """Switch to ``model`` in one transaction, drop the chunks of any other and build the index anew.

        Raises `ArchiveError` when articles came meanwhile that are still to reindex.
        """
        reindexing.activate(self._catalog, model)
        self._use(calibration)
        if self.is_owner:
            self.sync()
