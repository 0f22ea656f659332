"""Whatever is added, changed, removed, synced and reopened, in any order: every index equals the catalog."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from rag.archive import lexical, schema
from rag.archive.archive import Archive, open_archive
from rag.types import LANES, EmbeddedArticle
from tests.unit.archive.stories import calibration, embedded, query_for

IDS = st.sampled_from(["a", "b", "c", "d"])
LANGUAGES = st.sampled_from(["ar", "en", "fr"])


class ArchiveMachine(RuleBasedStateMachine):
    """A dictionary of articles beside an archive."""

    def __init__(self) -> None:
        super().__init__()
        self.closing = ExitStack()
        self.directory = Path(self.closing.enter_context(tempfile.TemporaryDirectory()))
        self.expected: dict[str, EmbeddedArticle] = {}
        self.opened = ExitStack()
        self._open()

    def _open(self) -> None:
        self.archive: Archive = self.opened.enter_context(
            open_archive(self.directory, calibration=calibration(), indexed_lane=0)
        )

    @rule(article_id=IDS, lang=LANGUAGES, words=st.integers(1, 3), version=st.integers(0, 3))
    def add(self, article_id: str, lang: str, words: int, version: int) -> None:
        story = embedded(article_id, [f"{article_id} {version} {n} story" for n in range(words)], lang=lang)
        before = self.expected.get(article_id)
        outcome = self.archive.add(story)
        if before is None:
            assert outcome == "added"
        elif before.article.content_hash == story.article.content_hash:
            assert outcome == "held"
            return
        else:
            assert outcome == "changed"
        self.expected[article_id] = story

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        article_id = data.draw(st.sampled_from(sorted(self.expected)))
        self.archive.remove(article_id)
        del self.expected[article_id]

    @rule()
    def sync(self) -> None:
        self.archive.sync()
        assert self.archive.check().pending == 0

    @rule()
    def reopen(self) -> None:
        self.opened.close()
        self._open()

    @rule()
    def rebuild(self) -> None:
        self.archive.rebuild_index()

    @invariant()
    def the_catalog_is_as_expected(self) -> None:
        held = {article.id: article for article in self.archive.articles()}
        assert held == {article_id: story.article for article_id, story in self.expected.items()}

    @invariant()
    def the_words_are_the_catalogs(self) -> None:
        with self.archive.engine.connect() as connection:
            for lane in LANES:
                rows = sa.select(schema.chunks.c.row).where(schema.chunks.c.lane == lane)
                assert lexical.indexed_rows(connection, lane) == set(connection.scalars(rows))

    @invariant()
    def every_chunk_is_found_and_no_other(self) -> None:
        sizes = dict.fromkeys(LANES, 0)
        for story in self.expected.values():
            lane = story.article.lang if story.article.lang in LANES else "other"
            sizes[lane] += len(story.chunks)
            hit = self.archive.dense(lane, query_for(story), 1)[0]
            assert hit.score > 0.999
        assert self.archive.lane_sizes() == sizes
        for lane, size in sizes.items():
            hits = self.archive.lexical(lane, ["story"], 100)
            assert len(hits) == size == len(self.archive.chunks([hit.chunk_id for hit in hits]))

    def teardown(self) -> None:
        self.archive.sync()
        report = self.archive.check()
        assert report.healthy, report.problems
        assert report.pending == 0
        self.opened.close()
        self.closing.close()


ArchiveMachine.TestCase.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
TestArchive = ArchiveMachine.TestCase
