"""The owner of the vector index: the one process that opens it, applies what is pending and builds it anew.

What is pending is a log in the catalog, written in the same transaction as the articles. An entry goes only
after the index has taken it, so a kill or an error at any moment means that it is applied again, which
changes nothing the second time.
"""

from __future__ import annotations

import logging
import math
import random
import re
import shutil
import threading
from pathlib import Path

from filelock import FileLock, Timeout

from rag.archive import pending
from rag.archive.catalog import Catalog, get_meta, set_meta
from rag.archive.exact import ExactSearch
from rag.archive.leftovers import OWNER_LOCK
from rag.archive.vectors import Signature, VectorIndex, create_index, nearest_score, open_index
from rag.calibration import Calibration
from rag.errors import ArchiveError, IndexUnusableError, SiyaqError
from rag.types import LANES, Hit, TimeWindow, Vector

logger = logging.getLogger(__name__)

BATCH = 256
"""Log entries applied at a time: a search waits for no longer than one batch takes."""
PENDING_SEARCHED = 2000
"""With more entries than this pending in a lane, exact search over all of it is quicker."""
INDEX_ROOM = 2 << 20
"""Bytes an index needs beside its vectors."""
_AT_LEAST = 1.5
"""How many more of the nearest are looked at than a window would hold if they were spread evenly."""
_SELF_QUERIES = 5
_SELF_SCORE = 0.999
_DIRECTORY = re.compile(r"index-(\d+)")


class IndexOwner:
    """Holds the archive's lock where it can, and keeps the vector index equal to the catalog."""

    def __init__(self, catalog: Catalog, calibration: Calibration, exact: ExactSearch) -> None:
        self._catalog = catalog
        self._calibration = calibration
        self._exact = exact
        self._lock = FileLock(catalog.directory / OWNER_LOCK, thread_local=False)
        # One at a time applies, builds or checks; searches never wait for it.
        self._turn = threading.RLock()
        self._index: VectorIndex | None = None
        self._stopping = threading.Event()
        self.problem: str | None = None
        """Why the index could not be brought up to date last time, or ``None``."""

    @property
    def is_owner(self) -> bool:
        """Whether this process holds the lock."""
        return bool(self._lock.is_locked)

    def take(self) -> bool:
        """Take the lock if nobody holds it, and tell whether it is held here now."""
        with self._turn:
            if self._stopping.is_set():
                return False
            if not self.is_owner:
                try:
                    self._lock.acquire(blocking=False)
                except Timeout:
                    return False
                except OSError as error:
                    logger.warning("The vector index is left alone, its lock cannot be had: %s", error)
                    return False
            return True

    def close(self) -> None:
        """Stop what is running, close the index and give the lock to the next."""
        self._stopping.set()
        with self._turn:
            self._drop(self._index)
            self._lock.release()

    def search(
        self, lane: str, query: Vector, k: int, window: TimeWindow | None = None, share: float = 1.0
    ) -> list[Hit] | None:
        """Return the ``k`` nearest of the index and of what waits for it; ``None`` where it cannot tell.

        Of a ``window``, which holds about ``share`` of the lane, the index knows nothing: as many more of its
        nearest are looked at.
        """
        index = self._index
        if index is None:
            return None
        with self._catalog.reading() as connection:
            waiting = pending.actions_in(connection, lane, PENDING_SEARCHED + 1)
            if len(waiting) > PENDING_SEARCHED:
                return None
            looked_at = k if window is None else math.ceil(_AT_LEAST * k / share)
            try:
                found = index.search(lane, query, looked_at + len(waiting))
            except IndexUnusableError as error:
                self._give_up(index, error)
                return None
            # What the index says about an id that has yet to be applied is out of date.
            settled = [hit for hit in found if hit.chunk_id not in waiting]
            visible = pending.visible_ids(
                connection, self._calibration.model, [hit.chunk_id for hit in settled], window
            )
            late = [chunk_id for chunk_id, action in waiting.items() if action == "upsert"]
            hits = self._exact.score(connection, lane, late, query, window)
        hits += [hit for hit in settled if hit.chunk_id in visible]
        return sorted(hits, key=lambda hit: -hit.score)[:k] if len(hits) >= k else None

    def sync(self) -> int:
        """Apply everything pending and return how many entries that was.

        An index that cannot be opened or written is built anew; where that fails too, the entries stay
        pending, ``problem`` says why, and exact search goes on answering.
        """
        with self._turn:
            if not self.is_owner or self._catalog.model != self._calibration.model:
                return 0
            try:
                applied = self._bring_up()
            except (ArchiveError, OSError) as error:
                self.problem = str(error)
                logger.warning("The vector index stays behind, exact search answers: %s", error)
                return 0
            self.problem = None
            return applied

    def rebuild(self) -> None:
        """Build the index anew from the catalog; raises `IndexUnusableError` or `DiskFullError`."""
        with self._turn:
            if not self.is_owner:
                raise ArchiveError(str(self._catalog.directory), "another process owns the index")
            if self._catalog.model == self._calibration.model:
                self._apply(self._build())
                self.problem = None

    def check(self) -> str | None:
        """Return what is wrong with the index, or ``None``; opens it when nothing did so far."""
        with self._turn:
            try:
                name = self._catalog.meta("index")
                if name is None:
                    return None
                if self._index is not None:
                    self._verify(self._index)
                else:
                    self._index = self._open(name)
            except SiyaqError as error:
                self._drop(self._index)
                return str(error)
            return None

    # Below, the turn is held.

    def _bring_up(self) -> int:
        index = self._current()
        if index is not None:
            try:
                return self._apply(index)
            except IndexUnusableError as error:
                self._give_up(index, error)
        with self._catalog.reading() as connection:
            waiting = pending.count(connection)
        return waiting + self._apply(self._build())

    def _current(self) -> VectorIndex | None:
        """Return the index that the catalog names, opened and checked, or ``None`` where it is of no use."""
        name = self._catalog.meta("index")
        if self._index is not None and self._index.path.name == name:
            return self._index
        self._drop(self._index)
        if name is None:
            return None
        try:
            self._index = self._open(name)
        except IndexUnusableError as error:
            logger.warning("Building the vector index anew: %s", error)
            return None
        self._sweep(name)
        return self._index

    def _open(self, name: str) -> VectorIndex:
        index = open_index(self._catalog.directory / name, self._signature())
        try:
            self._verify(index)
        except IndexUnusableError:
            self._close(index)
            raise
        return index

    def _apply(self, index: VectorIndex) -> int:
        applied = 0
        while not self._stopping.is_set():
            with self._catalog.reading() as connection:
                batch = pending.next_batch(connection, BATCH)
                vectors = pending.vectors_of(connection, batch.upserts, self._calibration)
            if not batch.seqs:
                break
            self._write(index, vectors, batch.deletes)
            with self._catalog.writing() as connection:
                pending.drop(connection, batch.seqs)
            applied += len(batch.seqs)
        return applied

    def _write(
        self,
        index: VectorIndex,
        upserts: dict[str, tuple[list[str], Vector]],
        deletes: dict[str, list[str]],
    ) -> None:
        payload = sum(vectors.nbytes for _, vectors in upserts.values())
        self._catalog.room.require(payload, str(index.path))
        for lane, gone in deletes.items():
            index.delete(lane, gone)
        for lane, (ids, vectors) in upserts.items():
            index.upsert(lane, ids, vectors)

    def _build(self) -> VectorIndex:
        """Fill a new directory from the catalog, check it, switch to it, delete the old one."""
        directory = self._catalog.directory
        with self._catalog.reading() as connection:
            covered = pending.newest_seq(connection)
            total = pending.count_chunks(connection, self._calibration.model)
        size = total * self._calibration.dimension * 4
        self._catalog.room.require(size + INDEX_ROOM, "the vector index")
        # Never a name that was used: Chroma holds on to a folder of that name that was deleted meanwhile.
        used = [int(found[1]) for found in [_DIRECTORY.fullmatch(self._catalog.meta("index") or "")] if found]
        name = f"index-{max([0, *used, *_numbers(directory)]) + 1}"
        try:
            index = create_index(directory / name, self._signature())
        except IndexUnusableError:
            shutil.rmtree(directory / name, ignore_errors=True)
            raise
        try:
            self._fill(index)
            self._verify(index, covered)
            with self._catalog.writing() as connection:
                if get_meta(connection, "model") != self._calibration.model:
                    raise IndexUnusableError(str(index.path), "the archive has changed to another model")
                set_meta(connection, "index", name)
                pending.drop_up_to(connection, covered)
        except BaseException:
            self._close(index)
            shutil.rmtree(index.path, ignore_errors=True)
            raise
        self._drop(self._index)
        self._index = index
        self._sweep(name)
        logger.info("Built the vector index %s over %d chunks", name, total)
        return index

    def _fill(self, index: VectorIndex) -> None:
        after = 0
        while True:
            if self._stopping.is_set():
                raise IndexUnusableError(str(index.path), "was not finished before closing")
            with self._catalog.reading() as connection:
                rows = pending.chunk_page(connection, self._calibration.model, after, BATCH)
                vectors = pending.centred(rows, self._calibration)
            if not rows:
                return
            self._write(index, vectors, {})
            after = rows[-1].row

    def _verify(self, index: VectorIndex, covered: int | None = None) -> None:
        """Compare ids and ask for a sample of chunks by their own vectors; `IndexUnusableError` on a miss.

        Log entries beyond ``covered`` (all, where it is ``None``) have yet to be applied and are not missed.
        Ids that the catalog does not know are only noted to be deleted: no search ever shows them.
        """
        for lane in LANES:
            present = index.ids(lane)
            with self._catalog.reading() as connection:
                known = pending.lane_ids(connection, self._calibration.model, lane)
                waiting = pending.actions_in(connection, lane, None, after=covered or 0)
            missing = known - present - waiting.keys()
            if missing:
                raise IndexUnusableError(str(index.path), f"{len(missing)} chunks are missing from {lane}")
            self._forget(lane, present - known - waiting.keys())
            settled = sorted(known - waiting.keys())
            self._ask_for_themselves(index, lane, random.sample(settled, min(_SELF_QUERIES, len(settled))))

    def _ask_for_themselves(self, index: VectorIndex, lane: str, ids: list[str]) -> None:
        with self._catalog.reading() as connection:
            vectors = pending.vectors_of(connection, ids, self._calibration)
        for _, rows in vectors.values():
            for vector in rows:
                if vector.any() and nearest_score(index.search(lane, vector, 1)) < _SELF_SCORE:
                    raise IndexUnusableError(
                        str(index.path), f"a chunk of {lane} is not found by its own vector"
                    )

    def _forget(self, lane: str, strays: set[str]) -> None:
        if strays:
            with self._catalog.writing() as connection:
                pending.log_deletes(connection, lane, sorted(strays))

    def _signature(self) -> Signature:
        return Signature(self._calibration.model, self._calibration.fingerprint, self._calibration.dimension)

    def _give_up(self, index: VectorIndex | None, error: IndexUnusableError) -> None:
        logger.warning("The vector index is not used until it is checked again: %s", error)
        self._drop(index)

    def _drop(self, index: VectorIndex | None) -> None:
        if index is not None:
            if self._index is index:
                self._index = None
            self._close(index)

    def _close(self, index: VectorIndex) -> None:
        try:
            index.close()
        except IndexUnusableError as error:
            logger.warning("The vector index did not close: %s", error)

    def _sweep(self, current: str) -> None:
        """Delete the directories of earlier indexes, and of builds that were killed."""
        directory = self._catalog.directory
        for number in _numbers(directory):
            if f"index-{number}" != current:
                shutil.rmtree(directory / f"index-{number}", ignore_errors=True)


def index_folders(directory: Path) -> list[str]:
    """Return the names of every index in ``directory``, of builds that were killed too."""
    return [f"index-{number}" for number in sorted(_numbers(directory))]


def _numbers(directory: Path) -> list[int]:
    found = (_DIRECTORY.fullmatch(path.name) for path in directory.iterdir())
    return [int(match[1]) for match in found if match]
