"""What an archive must hold after a kill, and what it does hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rag.archive.archive import Archive, open_archive
from rag.archive.integrity import inspect_copy, opened
from tests.soak.work import IDS, Place, means, sentences, story
from tests.unit.archive.stories import query_for

State = dict[str, int]
"""The version of each article that is held."""


@dataclass
class Ledger:
    """What was accepted so far, and what a kill left undecided."""

    held: State = field(default_factory=dict)
    backed_up: State | None = None
    undecided: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    crashed: list[str] = field(default_factory=list)

    def read(self, lines: list[str]) -> None:
        """Follow what one process said before it was killed."""
        self.undecided = []
        for line in lines:
            verb, *rest = line.split()
            if verb == "begin":
                self.undecided = rest
            elif verb == "crashed":
                self.crashed.append(line)
            elif verb == "refused":
                self.refused += 1
                self.undecided = []
            elif self.undecided:
                self.done[self.undecided[0]] += 1
                self._accept()
        self.killed[self.undecided[0] if self.undecided else "between"] += 1

    def _accept(self) -> None:
        what, *rest = self.undecided
        if what == "add":
            self.held[rest[0]] = int(rest[1])
        elif what == "remove":
            self.held.pop(rest[0], None)
        elif what == "backup":
            self.backed_up = dict(self.held)
        elif what == "restore":
            self.held = dict(self.backed_up or {})
        self.undecided = []

    def decide(self, place: Place) -> None:
        """Look which way the work went that was cut off: done whole, or not at all."""
        if not self.undecided or self.undecided[0] not in ("add", "remove", "backup", "restore"):
            self.undecided = []
            return
        before = (dict(self.held), dict(self.backed_up) if self.backed_up is not None else None)
        self._accept()
        if (versions_in(place.archive / "catalog.sqlite"), _versions_in_backup(place)) != (
            self.held,
            self.backed_up,
        ):
            self.held, self.backed_up = before


@dataclass
class Findings:
    """What was wrong after the kills; all of it must stay at nothing."""

    lost: int = 0
    doubled: int = 0
    returned: int = 0
    unhealthy: list[str] = field(default_factory=list)

    def compare(self, place: Place, ledger: Ledger) -> None:
        """Hold the archive, by exact search, by its index and by words, against the ledger."""
        expected = ledger.held
        for article_id in IDS:
            wanted, found = (
                expected.get(article_id),
                versions_in(place.archive / "catalog.sqlite").get(article_id),
            )
            self.lost += wanted is not None and found != wanted
            self.returned += wanted is None and found is not None
        if _versions_in_backup(place) != ledger.backed_up:
            self.unhealthy.append(f"the backup holds {_versions_in_backup(place)}, not {ledger.backed_up}")
        with open_archive(place.archive, calibration=None, role="guest") as archive:
            model = archive.model
        # First as a process beside the owner sees it, by the catalog alone; then as an owner, by its index.
        with open_archive(place.archive, calibration=means(model), role="guest") as archive:
            self._answers(archive, expected, model or "tiny")
        with open_archive(place.archive, calibration=means(model), indexed_lane=0) as archive:
            archive.sync()
            self._answers(archive, expected, model or "tiny")
            report = archive.check()
            if not report.healthy or report.pending or (expected and not report.index_ok):
                self.unhealthy.append(f"{report.problems}, {report.pending} pending")

    def _answers(self, archive: Archive, expected: State, model: str) -> None:
        wanted = Counter(line for item in expected.items() for line in sentences(*item))
        found: Counter[str] = Counter()
        for lane in ("ar", "en"):
            hits = archive.lexical(lane, ["version"], 1000)
            found.update(chunk.text for chunk in archive.chunks([hit.chunk_id for hit in hits]).values())
        self.lost += (wanted - found).total()
        self.doubled += sum(count for text, count in (found - wanted).items() if text in wanted)
        self.returned += sum(count for text, count in (found - wanted).items() if text not in wanted)
        for article_id, version in expected.items():
            asked = story(article_id, version, model)
            lane = "ar" if asked.article.lang == "ar" else "en"
            for number, text in enumerate(sentences(article_id, version)):
                hits = archive.dense(lane, query_for(asked, number, means(model)), 1)
                near = archive.chunks([hit.chunk_id for hit in hits]).values()
                self.lost += [chunk.text for chunk in near] != [text]


def versions_in(catalog: Path) -> State:
    """Return the version of each active article of a catalog, without Siyaq's own reading of it."""
    if not catalog.exists():
        return {}
    with opened(catalog, mode="mode=rw") as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles'").fetchone():
            return {}
        rows = connection.execute("SELECT id, body FROM articles WHERE status = 'active'")
        return {article_id: int(body.split()[2]) for article_id, body in rows}


def _versions_in_backup(place: Place) -> State | None:
    if not place.backup.exists():
        return None
    inspect_copy(place.backup)
    return versions_in(place.backup)
