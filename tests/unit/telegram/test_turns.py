"""The turns of a chat: whose they are, how many, for how long, and that nothing of them stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, func, select

from bot.alerts.chats import Chats
from bot.alerts.tables import turns as table
from bot.telegram.turns import Turns
from rag.archive.archive import Archive, open_archive
from rag.archive.backup import back_up
from rag.archive.restoring import restore
from rag.conversation import Cited, Turn

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
CHAT, GROUP, ANNA, BASIM = 11, -22, 1, 2
CITED = Cited("ferry", 3, 40, "hash")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", calibration=None) as opened:
        yield opened


@pytest.fixture
def engine(archive: Archive) -> Engine:
    return archive.engine


@pytest.fixture
def turns(engine: Engine) -> Turns:
    return Turns(engine, most=3, hours=12)


def _turn(question: str, at: datetime = NOW, cited: Cited | None = CITED) -> Turn:
    return Turn(question, at, cited)


def _questions(found: list[Turn]) -> list[str]:
    return [turn.question for turn in found]


def _write_back(archive: Archive) -> None:
    """Bring what stands in the write-ahead log into the catalog's file."""
    with closing(sqlite3.connect(archive.directory / "catalog.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _held(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_the_table_is_the_one_that_the_migration_makes(engine: Engine) -> None:
    def ours(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        return kind != "table" or name == "turns"

    mine = MetaData()
    table.to_metadata(mine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, mine) == []


def test_the_last_turns_of_a_reader_come_back_oldest_first(turns: Turns) -> None:
    for number in range(5):
        turns.keep(CHAT, ANNA, number, [100 + number], _turn(f"q{number}", NOW + timedelta(minutes=number)))
    found = turns.before(CHAT, ANNA, 9, None, NOW + timedelta(minutes=9))
    assert _questions(found) == ["q2", "q3", "q4"]
    assert (found[0].asked_at, found[0].cited) == (NOW + timedelta(minutes=2), CITED)


def test_in_a_group_nobody_gets_the_turns_of_another(turns: Turns) -> None:
    turns.keep(GROUP, ANNA, 1, [101], _turn("of Anna"))
    turns.keep(GROUP, BASIM, 2, [102], _turn("of Basim"))
    turns.keep(CHAT, ANNA, 3, [103], _turn("elsewhere"))
    assert _questions(turns.before(GROUP, ANNA, 9, None, NOW)) == ["of Anna"]
    assert _questions(turns.before(GROUP, BASIM, 9, None, NOW)) == ["of Basim"]
    assert turns.before(GROUP, 3, 9, None, NOW) == []


def test_a_reply_takes_up_what_it_replies_to_whoever_asked(turns: Turns) -> None:
    turns.keep(GROUP, ANNA, 1, [101, 102], _turn("of Anna"))
    turns.keep(GROUP, BASIM, 2, [103], _turn("of Basim"))
    assert _questions(turns.before(GROUP, BASIM, 9, 102, NOW)) == ["of Anna"]
    assert _questions(turns.before(GROUP, BASIM, 9, 999, NOW)) == ["of Basim"], "not an answer: their own"


def test_the_anonymous_have_no_turns_of_their_own_but_may_reply(turns: Turns) -> None:
    turns.keep(GROUP, None, 1, [101], _turn("of somebody"))
    assert turns.before(GROUP, None, 9, None, NOW) == []
    assert _questions(turns.before(GROUP, None, 9, 101, NOW)) == ["of somebody"]


def test_a_turn_handled_twice_is_one_and_never_before_itself(turns: Turns, engine: Engine) -> None:
    turns.keep(CHAT, ANNA, 1, [101], _turn("first try"))
    turns.keep(CHAT, ANNA, 1, [102], _turn("second try", cited=None))
    assert _held(engine) == 1
    assert turns.before(CHAT, ANNA, 1, None, NOW) == []
    assert [turn.cited for turn in turns.before(CHAT, ANNA, 2, None, NOW)] == [None]


def test_turns_are_deleted_in_time_also_where_nobody_asks(turns: Turns, engine: Engine) -> None:
    turns.keep(CHAT, ANNA, 1, [101], _turn("old"))
    turns.keep(GROUP, BASIM, 2, [102], _turn("fresh", NOW + timedelta(hours=6)))
    assert turns.before(CHAT, ANNA, 9, None, NOW + timedelta(hours=12)) == [], "too old, if still there"
    assert turns.expire(NOW + timedelta(hours=11)) == 0
    assert turns.expire(NOW + timedelta(hours=12)) == 1
    assert _held(engine) == 1
    turns.keep(CHAT, ANNA, 3, [103], _turn("later", NOW + timedelta(hours=30)))
    assert _held(engine) == 1


def test_forgetting_takes_a_readers_turns_of_a_chat_and_no_others(turns: Turns, engine: Engine) -> None:
    for number, (chat, user) in enumerate([(GROUP, ANNA), (GROUP, ANNA), (GROUP, BASIM), (CHAT, ANNA)]):
        turns.keep(chat, user, number, [100 + number], _turn(f"q{number}"))
    assert turns.forget(GROUP, ANNA) == 2
    assert turns.forget(GROUP, ANNA) == 0
    assert _held(engine) == 2
    assert turns.before(GROUP, BASIM, 9, 100, NOW)[0].question == "q2", "not that of Anna, which is gone"


def test_what_is_deleted_is_overwritten_in_the_file(turns: Turns, archive: Archive) -> None:
    asked = "When did the very particular matter of Qasr Wadi begin?"
    turns.keep(CHAT, ANNA, 1, [101], _turn(asked))
    _write_back(archive)
    file = archive.directory / "catalog.sqlite"
    assert asked.encode() in file.read_bytes()
    turns.forget(CHAT, ANNA)
    _write_back(archive)
    assert asked.encode() not in file.read_bytes()


def test_with_no_turns_to_keep_nothing_is_written(engine: Engine) -> None:
    none = Turns(engine, most=0, hours=12)
    none.keep(CHAT, ANNA, 1, [101], _turn("asked"))
    assert _held(engine) == 0
    assert none.before(CHAT, ANNA, 9, None, NOW) == []


def test_a_group_that_becomes_a_supergroup_takes_its_turns_along(turns: Turns, engine: Engine) -> None:
    turns.keep(GROUP, ANNA, 1, [101], _turn("before"))
    turns.keep(-33, ANNA, 1, [7], _turn("after", NOW + timedelta(minutes=1)))
    turns.keep(GROUP, ANNA, 2, [102], _turn("too"))
    Chats(engine, digest_hour=8, zone="UTC").move(GROUP, -33)
    assert sorted(_questions(turns.before(-33, ANNA, 99, None, NOW + timedelta(minutes=2)))) == [
        "after",
        "too",
    ]


def test_a_backup_holds_no_turns(turns: Turns, archive: Archive, tmp_path: Path) -> None:
    asked = "When did the very particular matter of Qasr Wadi begin?"
    turns.keep(CHAT, ANNA, 1, [101], _turn(asked))
    file = tmp_path / "backup.siyaq"
    back_up(archive.directory, file)
    assert asked.encode() not in file.read_bytes()
    assert _held(archive.engine) == 1, "the archive still has them"
    restored = tmp_path / "restored"
    restore(file, restored, now=NOW)
    with open_archive(restored, calibration=None) as opened:
        assert _held(opened.engine) == 0
