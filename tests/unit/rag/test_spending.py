"""What a model costs is counted by day, kept over restarts and never more than the budget."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from rag.answering.model import Message
from rag.answering.spending import (
    Limits,
    Spending,
    Spent,
    Tokens,
    metadata,
    text_tokens_at_most,
    tokens_at_most,
)
from rag.archive.archive import open_archive
from tests.unit.rag.news import NOW


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    with open_archive(tmp_path / "archive", calibration=None) as archive:
        yield archive.engine


def test_the_table_is_the_one_that_the_migration_makes(engine: sa.Engine) -> None:
    def ours(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        return not (kind == "table" and reflected and name not in metadata.tables)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []


def test_what_is_reserved_is_replaced_by_what_was_used(engine: sa.Engine) -> None:
    spending = Spending(engine, "tiny", Limits(input_price=2.5, output_price=10))
    most = Tokens(1000, 500)
    assert spending.today(NOW) == Spent()
    assert spending.reserve(most, NOW)
    assert spending.today(NOW) == Spent(1, 1000, 500, 7500)
    spending.settle(most, Tokens(800, 40), NOW)
    assert spending.today(NOW) == Spent(1, 800, 40, 2400)
    assert spending.reserve(most, NOW)
    spending.settle(most, Tokens(0, 0), NOW)
    assert spending.today(NOW) == Spent(1, 800, 40, 2400), "what never arrived is not counted"


def test_a_day_ends_in_utc(engine: sa.Engine) -> None:
    spending = Spending(engine, "tiny", Limits(daily_tokens=100))
    evening = datetime(2026, 3, 20, 23, 59, tzinfo=UTC)
    assert spending.reserve(Tokens(60, 40), evening)
    assert not spending.reserve(Tokens(1, 0), evening)
    in_riyadh = evening.astimezone(timezone(timedelta(hours=3)))
    assert in_riyadh.date() != evening.date()
    assert not spending.reserve(Tokens(1, 0), in_riyadh)
    assert spending.reserve(Tokens(60, 40), evening + timedelta(minutes=1))


def test_all_models_share_a_day(engine: sa.Engine) -> None:
    limits = Limits(daily_tokens=100)
    assert Spending(engine, "one", limits).reserve(Tokens(50, 10), NOW)
    assert not Spending(engine, "two", limits).reserve(Tokens(50, 10), NOW)
    assert Spending(engine, "two", limits).reserve(Tokens(30, 10), NOW)


def test_money_is_a_limit_too(engine: sa.Engine) -> None:
    spending = Spending(engine, "tiny", Limits(daily_cost=0.01, input_price=1, output_price=4))
    assert spending.reserve(Tokens(2000, 2000), NOW)
    assert not spending.reserve(Tokens(1, 0), NOW)
    spending.settle(Tokens(2000, 2000), Tokens(2000, 1000), NOW)
    assert spending.reserve(Tokens(4000, 0), NOW)


def test_several_at_once_do_not_overspend_together(engine: sa.Engine) -> None:
    spending = Spending(engine, "tiny", Limits(daily_tokens=1000))
    with ThreadPoolExecutor(8) as threads:
        granted = list(threads.map(lambda _: spending.reserve(Tokens(90, 10), NOW), range(16)))
    assert sum(granted) == 10
    assert spending.today(NOW).tokens == 1000


def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    for expected in (True, False):
        with open_archive(tmp_path, calibration=None) as archive:
            spending = Spending(archive.engine, "tiny", Limits(daily_tokens=100))
            assert spending.reserve(Tokens(50, 10), NOW) is expected


def test_an_estimate_is_on_the_safe_side() -> None:
    # Measured: about 4.5 Latin letters a token, and 1.1 Arabic ones in the least favourable tokenizer in use.
    assert text_tokens_at_most("news " * 100) >= 500 / 4
    assert text_tokens_at_most("خبر" * 100) == 300
    assert tokens_at_most([Message("user", ""), Message("user", "abc")]) > 1
