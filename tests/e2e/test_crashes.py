"""Killed at any moment, the archive has lost nothing it accepted, doubled nothing, brought nothing back."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rag.archive.archive import open_archive
from tests.unit.archive.stories import calibration, embedded

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("ARCHIVE_KILLS", "20"))
IDS = [f"a{number}" for number in range(12)]


def _words(article_id: str, version: int) -> list[str]:
    return [f"{article_id} version {version} part {part}." for part in range(1 + version % 4)]


def _write_until_killed(directory: Path, seed: int) -> None:
    """Add, change and remove at random, saying before what will be done and after that it was accepted."""
    import chromadb  # noqa: F401 - so that the kill meets the archive at work and not an import

    print("loaded", flush=True)
    sys.stdin.readline()
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    with open_archive(directory, calibration=calibration()) as archive:
        present = {article.id for article in archive.articles()}
        archive.start_syncing(0.01)
        print("open", flush=True)
        version = seed * 1000
        while True:
            article_id = chance.choice(IDS)
            if article_id in present and chance.random() < 0.4:
                print(f"begin remove {article_id}", flush=True)
                archive.remove(article_id)
                present.discard(article_id)
            else:
                version += 1
                print(f"begin add {article_id} {version}", flush=True)
                archive.add(embedded(article_id, _words(article_id, version)))
                present.add(article_id)
            print("done", flush=True)


@dataclass
class Ledger:
    """What the archive must hold: per article its version or ``None``, and what a kill left undecided."""

    versions: dict[str, int | None] = field(default_factory=lambda: dict.fromkeys(IDS))
    undecided: tuple[str, int | None] | None = None
    accepted: int = 0

    def read(self, lines: list[str]) -> None:
        """Follow what one process said before it was killed."""
        self.undecided = None
        for line in lines:
            verb, *rest = line.split()
            if verb == "begin":
                self.undecided = (rest[1], int(rest[2]) if rest[0] == "add" else None)
            elif verb == "done" and self.undecided is not None:
                article_id, version = self.undecided
                self.versions[article_id] = version
                self.undecided = None
                self.accepted += 1

    def compare(self, directory: Path) -> None:
        """Assert that the archive holds exactly this; what was undecided may be either way, but whole."""
        with open_archive(directory, calibration=calibration(), role="guest") as archive:
            held = {article.id: article.body for article in archive.articles()}
            if self.undecided is not None:
                article_id, version = self.undecided
                after = None if version is None else "\n".join(_words(article_id, version))
                if held.get(article_id) == after:
                    self.versions[article_id] = version
            expected = {
                article_id: "\n".join(_words(article_id, version))
                for article_id, version in self.versions.items()
                if version is not None
            }
            assert held == expected
            hits = archive.lexical("en", ["version"], 1000)
            texts = [chunk.text for chunk in archive.chunks([hit.chunk_id for hit in hits]).values()]
            assert sorted(texts) == sorted(line for body in expected.values() for line in body.split("\n"))
            assert archive.check().healthy


def _start(directory: Path, seed: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, __file__, str(directory), str(seed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )


def _kill_after(process: subprocess.Popen[str], seconds: float) -> list[str]:
    """Let the process write for ``seconds``, kill it, and return all that it said."""
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "loaded\n"
    process.stdin.write("go\n")
    process.stdin.flush()
    assert process.stdout.readline() == "open\n"
    # A random moment is the point here; there is no event to wait for.
    time.sleep(seconds)
    process.kill()
    said = process.stdout.read().splitlines()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    return said


@pytest.mark.slow
def test_nothing_accepted_is_lost_doubled_or_back(tmp_path: Path) -> None:
    chance = random.Random()  # noqa: S311 - a test's dice
    ledger = Ledger()
    following = _start(tmp_path, 1)
    for kill in range(KILLS):
        process, following = following, _start(tmp_path, kill + 2)
        ledger.read(_kill_after(process, chance.uniform(0.0, 1.5)))
        ledger.compare(tmp_path)
    following.kill()
    following.communicate()
    with open_archive(tmp_path, calibration=calibration(), indexed_lane=0) as archive:
        archive.sync()
        report = archive.check()
        assert report.healthy, report.problems
        assert report.pending == 0
        assert report.index_ok
    ledger.compare(tmp_path)
    print(f"{KILLS} kills, {ledger.accepted} accepted, {report.articles} articles, {report.chunks} chunks")
    assert ledger.accepted > KILLS


if __name__ == "__main__":
    _write_until_killed(Path(sys.argv[1]), int(sys.argv[2]))
