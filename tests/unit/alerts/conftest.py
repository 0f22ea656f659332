"""A catalog with the bot's tables, as the migrations make it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from rag.archive.archive import open_archive


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """The engine of an empty archive."""
    with open_archive(tmp_path / "archive", calibration=None) as archive:
        yield archive.engine
