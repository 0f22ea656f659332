"""Killing a process over an archive again and again, with full disks and broken indexes in between."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.disks import small_disk
from tests.soak.ledger import Findings, Ledger
from tests.soak.work import Place, work

DISK = 64 << 20
LONGEST = 0.8
"""Seconds that a process works at most before it is killed, from its start or from when it has opened."""
_SECONDS_TO_OPEN = 5.0
_SECONDS_TO_END = 60


@dataclass
class Soak:
    """The counts of a soak."""

    kills: int = 0
    full_disks: int = 0
    broken_files: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    findings: Findings = field(default_factory=Findings)

    def lines(self) -> list[str]:
        """Return the counts for a person."""
        done, found = self.ledger.done, self.findings
        work_done = ", ".join(f"{count} {what}" for what, count in sorted(done.items()) if what != "open")
        killed_in = ", ".join(f"{count} {what}" for what, count in sorted(self.ledger.killed.items()))
        disks = f"{self.full_disks} of them on a full disk; {self.broken_files} index files broken"
        return [
            f"{self.kills} kills, {disks}",
            f"killed in: {killed_in}",
            f"accepted: {work_done}; refused for want of room: {self.ledger.refused}",
            f"{self.accepted} accepted: {found.lost} lost, {found.doubled} doubled, {found.returned} back",
            *self.problems(),
        ]

    @property
    def accepted(self) -> int:
        """How many additions, changes and removals were accepted."""
        return self.ledger.done["add"] + self.ledger.done["remove"]

    def problems(self) -> list[str]:
        """Return what else was wrong."""
        return [*self.findings.unhealthy, *self.ledger.crashed]

    @property
    def survived(self) -> bool:
        """Whether nothing at all was wrong."""
        found = self.findings
        return not (found.lost or found.doubled or found.returned or self.problems())


def soak(kills: int, directory: Path, seed: int, on_kill: Callable[[Soak], None] | None = None) -> Soak:
    """Kill a process at ``kills`` random moments, and look after each what the archive holds."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    result = Soak()
    context = multiprocessing.get_context("forkserver")
    # Each process is forked from one that has imported all: the kill meets the archive, not an import.
    context.set_forkserver_preload(["chromadb", "alembic.command", "tests.soak.work"])
    with small_disk(directory, DISK) as (disk, mounted):
        place = Place(disk, directory / "said")
        for kill in range(kills):
            full = chance.random() < 0.2
            most_bytes = None
            if full and mounted:
                _fill(disk, chance.randrange(0, 1_500_000))
            elif full:
                most_bytes = _size(place.archive / "catalog.sqlite-wal") + chance.randrange(4096, 400_000)
            place.said.write_bytes(b"")
            process = context.Process(target=work, args=(place, seed * 1000 + kill + 1, most_bytes))
            process.start()
            if chance.random() < 0.6:
                _wait_until_open(place.said)
            # A random moment is the point here; there is no event to wait for.
            process.join(chance.uniform(0.0, LONGEST))
            process.kill()
            process.join(_SECONDS_TO_END)
            process.close()
            (disk / "filler").unlink(missing_ok=True)
            result.kills += 1
            result.full_disks += full
            result.ledger.read(place.said.read_text(encoding="utf-8").splitlines())
            if chance.random() < 0.2:
                result.broken_files += _break_index(place.archive, chance)
            result.ledger.decide(place)
            result.findings.compare(place, result.ledger)
            if chance.random() < 0.2:
                result.broken_files += _break_index(place.archive, chance)
            for aside in place.archive.glob("before-restore-*"):
                shutil.rmtree(aside)
            if on_kill:
                on_kill(result)
    return result


def _wait_until_open(said: Path) -> None:
    """Wait until the process is at work, as long as that takes here; on a full disk it never is."""
    until = time.monotonic() + _SECONDS_TO_OPEN
    while b"begin open\ndone\n" not in said.read_bytes() and time.monotonic() < until:
        time.sleep(0.01)


def _break_index(archive: Path, chance: random.Random) -> int:
    """Truncate or empty some of the index's files, as an unlucky power cut does."""
    files = [path for path in sorted(archive.glob("index-*/**/*")) if path.is_file()]
    broken = chance.sample(files, min(len(files), chance.randint(1, 3)))
    for path in broken:
        os.truncate(path, chance.choice((0, chance.randint(0, path.stat().st_size))))
    return len(broken)


def _fill(disk: Path, leave: int) -> None:
    """Let somebody else take all the room but ``leave`` bytes."""
    free = shutil.disk_usage(disk).free
    with (disk / "filler").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, free - leave))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def new_seed() -> int:
    """Return a seed that nobody chose."""
    return int(time.time()) % 100_000
