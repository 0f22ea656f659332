"""Dense search: the owner's index and a guest's exact search keep the same promises."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag.archive.archive import Archive, open_archive
from rag.types import TimeWindow
from tests.unit.archive.stories import calibration, embedded, query_for, unit, vector_of

ROOT = Path(__file__).resolve().parents[2]


class DenseSearchContract:
    """What any reader of the archive promises; ``settle`` makes it apply what it has to."""

    def settle(self, archive: Archive) -> None:
        """Bring the reader up to date where it does not do so by itself."""

    @pytest.fixture
    def filled(self, archive: Archive) -> Archive:
        for number in range(20):
            words = [f"Ship {number} came.", f"Ship {number} left."]
            archive.add(embedded(f"e{number}", words, published=f"2026-03-{number + 1:02}"))
            archive.add(embedded(f"a{number}", [f"سفينة {number}."], lang="ar"))
        self.settle(archive)
        return archive

    def test_a_chunk_is_found_by_its_own_vector(self, filled: Archive) -> None:
        story = embedded("e7", ["Ship 7 came.", "Ship 7 left."])
        hits = filled.dense("en", query_for(story, 1), 5)
        assert len(hits) == 5
        assert hits[0].score == pytest.approx(1.0, abs=1e-5)
        assert filled.chunks([hits[0].chunk_id])[hits[0].chunk_id].text == "Ship 7 left."

    def test_scores_are_cosines_in_order(self, filled: Archive) -> None:
        query = unit(vector_of("a question"))
        hits = filled.dense("en", query, 12)
        exact = filled.dense("en", query, 12, exact=True)
        assert [hit.chunk_id for hit in hits] == [hit.chunk_id for hit in exact]
        assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in exact], abs=1e-5)

    def test_lanes_do_not_mix(self, filled: Archive) -> None:
        hits = filled.dense("ar", unit(vector_of("a question")), 100)
        assert {c.article.lang for c in filled.chunks([h.chunk_id for h in hits]).values()} == {"ar"}
        assert len(hits) == 20
        assert filled.dense("other", unit(vector_of("a question")), 5) == []

    def test_a_window_holds(self, filled: Archive) -> None:
        window = TimeWindow(date(2026, 3, 5), date(2026, 3, 6))
        hits = filled.dense("en", unit(vector_of("a question")), 10, window)
        assert {c.article.id for c in filled.chunks([h.chunk_id for h in hits]).values()} == {"e4", "e5"}

    def test_a_wide_window_holds_too(self, filled: Archive) -> None:
        window = TimeWindow(date(2026, 3, 4), None)
        query = unit(vector_of("a question"))
        late = embedded("late", ["Ship 40 came."], published="2026-03-30")
        filled.add(late)
        filled.add(embedded("early", ["Ship 41 came."], published="2026-03-01"))
        filled.remove("e9")
        for k in (6, 40):
            hits = filled.dense("en", query, k, window)
            exact = filled.dense("en", query, k, window, exact=True)
            assert [hit.chunk_id for hit in hits] == [hit.chunk_id for hit in exact]
            assert len(hits) == min(k, 33)
        assert filled.dense("en", query_for(late), 1, window)[0].score == pytest.approx(1.0, abs=1e-5)
        assert filled.dense("en", query_for(embedded("e2", ["Ship 2 came."])), 1, window)[0].score < 0.999

    def test_what_is_added_is_found_at_once(self, filled: Archive) -> None:
        story = embedded("new", ["Something else happened."])
        filled.add(story)
        assert filled.dense("en", query_for(story), 1)[0].score == pytest.approx(1.0, abs=1e-5)
        self.settle(filled)
        assert filled.dense("en", query_for(story), 1)[0].score == pytest.approx(1.0, abs=1e-5)

    def test_what_is_removed_or_changed_is_gone_at_once(self, filled: Archive) -> None:
        gone = embedded("e3", ["Ship 3 came.", "Ship 3 left."])
        filled.remove("e3")
        filled.add(embedded("e4", ["Ship 4 sank."]))
        for _ in range(2):
            hits = filled.dense("en", query_for(gone), 100)
            assert len(hits) == 37
            assert hits[0].score < 0.999
            texts = {c.text for c in filled.chunks([h.chunk_id for h in hits]).values()}
            assert len(texts) == 37
            assert texts.isdisjoint({"Ship 3 came.", "Ship 4 came."})
            self.settle(filled)

    def test_what_comes_back_is_found_again(self, filled: Archive) -> None:
        story = embedded("e3", ["Ship 3 came.", "Ship 3 left."])
        filled.remove("e3")
        self.settle(filled)
        filled.add(story)
        for _ in range(2):
            hits = filled.dense("en", query_for(story), 40)
            assert hits[0].score == pytest.approx(1.0, abs=1e-5)
            assert len(hits) == 40
            self.settle(filled)


class TestOwnerByIndex(DenseSearchContract):
    """The owner, searching its index however small a lane is."""

    def settle(self, archive: Archive) -> None:
        archive.sync()
        assert archive.check().healthy

    @pytest.fixture
    def archive(self, tmp_path: Path) -> Iterator[Archive]:
        with open_archive(tmp_path, calibration=calibration(), indexed_lane=0) as opened:
            yield opened


class TestOwnerWithoutIndex(DenseSearchContract):
    """The owner before it has an index."""

    @pytest.fixture
    def archive(self, tmp_path: Path) -> Iterator[Archive]:
        with open_archive(tmp_path, calibration=calibration(), indexed_lane=0) as opened:
            yield opened


class TestGuestByExactSearch(DenseSearchContract):
    """A guest beside an owner."""

    @pytest.fixture
    def archive(self, tmp_path: Path) -> Iterator[Archive]:
        with (
            open_archive(tmp_path, calibration=calibration()),
            open_archive(tmp_path, calibration=calibration()) as guest,
        ):
            assert not guest.is_owner
            yield guest


WRITE = """
import sys
from pathlib import Path
from rag.archive.archive import open_archive
from tests.unit.archive.stories import calibration, embedded
with open_archive(Path(sys.argv[1]), calibration=calibration()) as archive:
    assert not archive.is_owner
    for line in sys.stdin:
        verb, article_id, *words = line.split()
        if verb == "add":
            archive.add(embedded(article_id, [" ".join(words)]))
        else:
            archive.remove(article_id)
        print("done", flush=True)
"""


def test_another_process_is_seen_within_a_second(tmp_path: Path) -> None:
    with open_archive(tmp_path, calibration=calibration(), indexed_lane=0) as owner:
        owner.add(embedded("first"))
        owner.start_syncing(0.1)
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITE, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        assert writer.stdin is not None
        assert writer.stdout is not None
        for number in range(10):
            story = embedded(f"a{number}", [f"Ship {number} came"])
            writer.stdin.write(f"add a{number} Ship {number} came\n")
            writer.stdin.flush()
            assert writer.stdout.readline() == "done\n"
            seen = time.monotonic()
            assert owner.dense("en", query_for(story), 1)[0].score == pytest.approx(1.0, abs=1e-5)
            assert len(owner.lexical("en", [str(number)], 3)) == 1
            assert time.monotonic() - seen < 1
            if number % 2:
                writer.stdin.write(f"remove a{number}\n")
                writer.stdin.flush()
                assert writer.stdout.readline() == "done\n"
                assert owner.dense("en", query_for(story), 1)[0].score < 0.999
                assert owner.lexical("en", [str(number)], 3) == []
        writer.stdin.close()
        assert writer.wait(timeout=20) == 0
        writer.stdout.close()
        owner.sync()
        report = owner.check()
        assert report.healthy
        assert (report.articles, report.pending) == (6, 0)
