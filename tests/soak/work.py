"""The process that is killed: it adds, changes, removes, reindexes, backs up and restores until then."""

from __future__ import annotations

import errno
import logging
import os
import random
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rag.archive.archive import Archive, open_archive
from rag.archive.backup import back_up
from rag.archive.restoring import restore
from rag.calibration import Calibration
from rag.errors import ArchiveError
from rag.indexing import reindex_archive
from rag.types import Article, EmbeddedArticle, utc_now
from tests.unit.archive.stories import calibration, embedded

IDS = [f"a{number}" for number in range(12)]
DIMENSIONS = {"tiny": 16, "second": 8}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a soak happens: ``disk`` may be small and full, ``said`` is never on it."""

    disk: Path
    said: Path

    @property
    def archive(self) -> Path:
        """The archive's folder."""
        return self.disk / "archive"

    @property
    def backup(self) -> Path:
        """The one backup, replaced again and again."""
        return self.disk / "backups" / "news.siyaq"


def sentences(article_id: str, version: int) -> list[str]:
    """Return what an article says in one version: a chunk for each, all different."""
    return [f"{article_id} version {version} part {part}." for part in range(1 + version % 4)]


def story(article_id: str, version: int, model: str) -> EmbeddedArticle:
    """Return an article of one version, every second one Arabic."""
    lang = "ar" if IDS.index(article_id) % 2 else "en"
    return embedded(
        article_id, sentences(article_id, version), lang=lang, model=model, dimension=DIMENSIONS[model]
    )


def means(model: str | None) -> Calibration:
    """Return the calibration of one of the two models."""
    name = model or "tiny"
    return calibration(name, DIMENSIONS[name])


def embed(article: Article, model: str) -> EmbeddedArticle:
    """Embed an article that the archive holds anew."""
    return story(article.id, int(article.body.split()[2]), model)


class Worker:
    """Says before each piece of work what it will do, and after it whether it was accepted."""

    def __init__(self, place: Place, seed: int) -> None:
        self.place = place
        self.chance = random.Random(seed)  # noqa: S311 - a test's dice
        self.version = seed * 1000
        # Unbuffered: what was said before a kill stays said.
        self._said = os.open(place.said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def say(self, line: str) -> None:
        """Write one line."""
        os.write(self._said, f"{line}\n".encode())

    def attempt(self, what: str, call: Callable[[], object]) -> bool:
        """Do one piece of work between two lines; tell whether it was accepted."""
        self.say(f"begin {what}")
        try:
            call()
        except ArchiveError:
            self.say("refused")
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EFBIG):
                raise
            self.say("refused")
        else:
            self.say("done")
            return True
        # Without room there is nothing to do but to try again, and no hurry.
        time.sleep(0.005)
        return False

    def run(self) -> None:
        """Open the archive, sometimes after restoring it, and work on it until killed."""
        self.place.backup.parent.mkdir(exist_ok=True)
        if self.place.backup.exists() and self.chance.random() < 0.25:
            self.attempt("restore", self._restore)
        while True:
            self.attempt("open", self._work)

    def _restore(self) -> None:
        restore(self.place.backup, self.place.archive, now=utc_now(), overwrite=True)

    def _work(self) -> None:
        with open_archive(self.place.archive, calibration=None, role="guest") as archive:
            model = archive.model
        with open_archive(self.place.archive, calibration=means(model), indexed_lane=0) as archive:
            present = {article.id for article in archive.articles()}
            archive.start_syncing(0.01)
            self.say("done")
            while True:
                self._step(archive, present)

    def _step(self, archive: Archive, present: set[str]) -> None:
        dice = self.chance.random()
        model = archive.model or "tiny"
        if dice < 0.04:
            other = "second" if model == "tiny" else "tiny"
            self.attempt(
                "reindex", lambda: reindex_archive(archive, means(other), lambda one: embed(one, other))
            )
        elif dice < 0.14:
            self.attempt("backup", lambda: back_up(self.place.archive, self.place.backup, overwrite=True))
        elif dice < 0.15:
            self.attempt("repair", lambda: archive.repair(lambda one: embed(one, model)))
        else:
            self._change(archive, present, model)

    def _change(self, archive: Archive, present: set[str], model: str) -> None:
        article_id = self.chance.choice(IDS)
        if article_id in present and self.chance.random() < 0.4:
            if self.attempt(f"remove {article_id}", lambda: archive.remove(article_id)):
                present.discard(article_id)
            return
        self.version += 1
        new = story(article_id, self.version, model)
        if self.attempt(f"add {article_id} {self.version}", lambda: archive.add(new)):
            present.add(article_id)


def work(place: Place, seed: int, most_bytes: int | None) -> None:
    """Work until killed; no file may grow beyond ``most_bytes``, where that stands for a full disk."""
    if most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))
    # That an index is built anew is the point here, and no news.
    logging.disable(logging.WARNING)
    worker = Worker(place, seed)
    try:
        worker.run()
    except BaseException as error:
        worker.say(f"crashed {' '.join(repr(error).split())}")
        raise
