"""Stories of a small newsroom: found at ingest, told as a timeline, counted in a brief."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.newsroom import Newsroom, open_newsroom
from rag.answering.briefs import printed_on
from rag.archive.schema import articles
from rag.errors import UsageError
from rag.types import Article
from tests.unit.rag.news import settings_for, write_stories

_NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
_BANK = (
    "The flood broke through the Sabkhan bank at dawn and ran into the streets of Umm Dafra, where people "
    "climbed onto roofs and waited for boats until noon. Engineers had warned in March that it was weak."
)
_STORIES = (
    {
        "id": "flood-1",
        "title": "Flood in Umm Dafra kills 12",
        "lang": "en",
        "outlet": "Delta Agency",
        "published": "2026-05-04T18:00:00+03:00",
        "text": f"Twelve people died when the Izmar flooded Umm Dafra. {_BANK}",
    },
    {
        "id": "flood-copy",
        "title": "Umm Dafra under water",
        "lang": "en",
        "outlet": "Hallam Courier",
        "published": "2026-05-04T21:00:00+03:00",
        "text": f"Twelve people died when the Izmar flooded Umm Dafra. {_BANK} More rain is due.",
    },
    {
        "id": "flood-ar",
        "title": "فيضان إزمار يغرق أم دفرة",
        "lang": "ar",
        "outlet": "المصبّ اليوم",
        "published": "2026-05-05T09:00:00+03:00",
        "text": "قتل 12 شخصا في فيضان نهر إزمار الذي أغرق بلدة أم دفرة ليل الاثنين، وفق الدفاع المدني.",
    },
    {
        "id": "flood-2",
        "title": "Flood toll in Umm Dafra climbs to 17",
        "lang": "en",
        "outlet": "Delta Agency",
        "published": "2026-05-08T16:00:00+03:00",
        "text": "The death toll of the flood in Umm Dafra has climbed to 17, the civil protection "
        "service said. "
        "Five bodies were found under a bakery near the Sabkhan bank.",
    },
    {
        "id": "strike",
        "title": "Dockers strike at Port Hallam",
        "lang": "en",
        "outlet": "Hallam Courier",
        "published": "2026-05-04",
        "text": "Dockers at Port Hallam stopped work over their pay, and cranes stood still.",
    },
    {
        "id": "undated",
        "title": "The keeper who mended nets",
        "lang": "en",
        "outlet": "Hallam Courier",
        "text": "Before he stopped penalties for a living, the goalkeeper mended nets in a small harbour.",
    },
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("stories")
    with open_newsroom(settings_for(folder / "archive")) as newsroom:
        assert not newsroom.ingest([write_stories(folder / "stories.jsonl", _STORIES)], now=_NOW).refused
        yield newsroom


def by_id(newsroom: Newsroom) -> dict[str, Article]:
    return {article.id: article for article in newsroom.archive.articles()}


def test_one_event_is_one_story_in_whichever_language(opened: Newsroom) -> None:
    held = by_id(opened)
    flood = {held[name].story_id for name in ("flood-1", "flood-copy", "flood-ar", "flood-2")}
    assert len(flood) == 1
    assert None not in flood
    others = [held[name].story_id for name in ("strike", "undated")]
    assert len({*flood, *others}) == 3


def test_articles_from_before_are_given_theirs_without_a_hand(opened: Newsroom) -> None:
    before = {name: article.story_id for name, article in by_id(opened).items()}
    with opened.archive.engine.begin() as connection:
        connection.execute(sa.update(articles).values(story_id=None))
    assert opened.give_stories(2) == 2
    assert sum(article.story_id is not None for article in by_id(opened).values()) == 2
    assert opened.give_stories() == len(_STORIES) - 2
    assert opened.give_stories() == 0
    assert {name: article.story_id for name, article in by_id(opened).items()} == before


def test_a_later_piece_joins_and_a_changed_one_stays(tmp_path: Path) -> None:
    with open_newsroom(settings_for(tmp_path / "archive")) as newsroom:
        newsroom.ingest([write_stories(tmp_path / "one.jsonl", _STORIES[:1])], now=_NOW)
        newsroom.ingest([write_stories(tmp_path / "two.jsonl", _STORIES[3:5])], now=_NOW)
        held = by_id(newsroom)
        assert held["flood-1"].story_id == held["flood-2"].story_id != held["strike"].story_id
        changed = {**_STORIES[0], "text": "Dockers at Port Hallam went back to work, and cranes moved again."}
        assert newsroom.ingest([write_stories(tmp_path / "three.jsonl", [changed])], now=_NOW).changed
        assert by_id(newsroom)["flood-1"].story_id == held["flood-1"].story_id


@pytest.mark.parametrize(
    ("asked", "lang", "first"),
    [
        (
            "What happened with the flood in Umm Dafra?",
            "en",
            "4 May 2026, according to Delta Agency (also in Hallam Courier):",
        ),
        (
            "شو صار بفيضان أم دفرة؟",
            "ar",
            "4 مايو 2026، ورد في Delta Agency (ونشرته أيضاً: Hallam Courier):",
        ),
    ],
)
def test_what_happened_is_told_day_by_day_and_copies_once(
    opened: Newsroom, asked: str, lang: str, first: str
) -> None:
    answer = opened.ask(asked, now=_NOW)
    assert (answer.form, answer.status, answer.question.lang) == ("timeline", "answered", lang)
    assert [citation.article.id for citation in answer.citations] == ["flood-1", "flood-ar", "flood-2"]
    assert answer.claims[0].text == first
    assert [citation.n for citation in answer.citations] == [1, 2, 3]
    assert answer.as_json()["form"] == "timeline"


def test_a_timeline_keeps_to_the_days_that_are_named(opened: Newsroom) -> None:
    answer = opened.ask("What happened with the flood in Umm Dafra since 7 May?", now=_NOW)
    assert {citation.article.id for citation in answer.citations} == {"flood-2"}
    assert answer.form == "answer", "one article makes no timeline"


def test_what_the_archive_does_not_know_has_no_timeline(opened: Newsroom) -> None:
    answer = opened.ask("What happened with the volcano on Mount Kesheb?", now=_NOW)
    assert answer.form == "answer"


def test_a_brief_of_a_day_is_a_line_a_story_with_its_independent_sources(opened: Newsroom) -> None:
    answer = opened.brief(day=date(2026, 5, 4), now=_NOW.astimezone(ZoneInfo("Asia/Riyadh")), lang="en")
    assert (answer.form, answer.status) == ("brief", "answered")
    stories = {claim.citations[0].article.id: claim for claim in answer.claims}
    assert stories.keys() == {"flood-copy", "strike"}
    told = stories["flood-copy"].text
    assert told == "According to Hallam Courier, also Delta Agency (independent sources: 1):"
    assert answer.claims[0].citations[0].quote.startswith("Twelve people died")


def test_a_brief_counts_days_in_the_zone_of_whoever_asks(opened: Newsroom) -> None:
    held = by_id(opened).values()
    night = ZoneInfo("Pacific/Auckland")
    assert {one.id for one in printed_on(held, date(2026, 5, 5), night)} == {
        "flood-1",
        "flood-copy",
        "flood-ar",
    }
    assert "undated" not in {one.id for one in printed_on(held, _NOW.date(), night)}


def test_a_brief_on_a_topic_is_of_any_day_unless_one_is_named(opened: Newsroom) -> None:
    answer = opened.brief("فيضان أم دفرة", now=_NOW)
    assert answer.question.lang == "ar"
    assert answer.claims[0].citations[0].article.id == "flood-ar", (
        "in the reader's language where there is one"
    )
    assert "مصادر مستقلة: 2" in answer.claims[0].text, "an agency with its copy, and another outlet"
    assert opened.brief("فيضان أم دفرة", day=date(2026, 5, 8), now=_NOW).citations[0].article.id == "flood-2"


def test_a_brief_of_nothing_says_so(opened: Newsroom) -> None:
    for answer in (opened.brief(now=_NOW), opened.brief("harp sonatas of Gorlund", now=_NOW)):
        assert (answer.form, answer.status, answer.claims) == ("brief", "insufficient", ())
    assert opened.brief(now=_NOW).question.window is not None
    with pytest.raises(UsageError):
        opened.brief("؟!", now=_NOW)
