"""Answers in a terminal: quotes word for word, numbered, and every line the way its language runs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal

import click
import pytest
from bidi import get_base_level

from bot.commands.readable import answer_page, article_line, article_page
from rag.answering.days import with_event_days
from rag.types import (
    Answer,
    Article,
    Citation,
    Claim,
    Disagreement,
    Precision,
    Published,
    Question,
    Side,
    TimeWindow,
)

_DAY = Published("2026-03-08", Precision.DAY, "8 March 2026", "given")
_ENGLISH = Article(
    id="a_en",
    title="Ferry runs again",
    lang="en",
    body="The ferry ran again. It carries 240 people.",
    outlet="Harbour Post",
    url="https://harbour.example/ferry",
    published=_DAY,
)
_ARABIC = Article(
    id="a_ar",
    title="عودة العبّارة",
    lang="ar",
    body="عادت العبّارة إلى العمل يوم 8 مارس. تتسع لـ240 راكباً (Seacat-2).",
    outlet="صدى المرفأ",
)


def _answer(lang: Literal["ar", "en"], *articles: Article, status: str = "answered") -> Answer:
    question = Question("q1", "؟", lang, datetime(2026, 3, 20, tzinfo=UTC))
    if status == "insufficient":
        return Answer(question, "insufficient", "extractive", 0.1, nearest=articles)
    frame = "ورد في مصدر:" if lang == "ar" else "According to a source:"
    claims = tuple(
        Claim(frame, (Citation(number, article, 0, len(article.body)),))
        for number, article in enumerate(articles, start=1)
    )
    return Answer(question, "answered", "extractive", 0.9, claims=claims)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_translation_is_marked_and_stands_outside_of_the_quote(lang: Literal["ar", "en"]) -> None:
    article, words = (_ENGLISH, "عادت العبّارة") if lang == "ar" else (_ARABIC, "The ferry is back")
    question = Question("q1", "؟", lang, datetime(2026, 3, 20, tzinfo=UTC))
    cited = Citation(1, article, 0, len(article.body), words)
    claims = (Claim("عادت." if lang == "ar" else "It is back.", (cited,)), Claim("-", (cited,)))
    page = click.unstyle(answer_page(Answer(question, "answered", "generative", 0.9, claims)))
    marked = "ترجمة آلية: " if lang == "ar" else "Machine translation: "
    lines = page.splitlines()
    at = next(number for number, line in enumerate(lines) if article.body in line)
    assert f"{marked}{words}" in lines[at + 1]
    assert "[1] [1]" not in page, "a quote that two claims rest on is one source"


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize(
    "why", ["model_unavailable", "model_timeout", "model_invalid", "unverified", "budget"]
)
def test_quotes_only_says_why(lang: Literal["ar", "en"], why: str) -> None:
    page = click.unstyle(answer_page(replace(_answer(lang, _ENGLISH), degraded=why)))
    last = page.splitlines()[-1]
    assert last not in page.splitlines()[:-1]
    assert "_" not in last
    assert ("اقتباسات فقط" if lang == "ar" else "Quotes only") in last


@pytest.mark.parametrize("status", ["answered", "insufficient"])
def test_every_line_of_an_arabic_page_runs_from_the_right(status: str) -> None:
    page = click.unstyle(answer_page(_answer("ar", _ENGLISH, _ARABIC, status=status)))
    lines = [line for line in page.splitlines() if line.strip()]
    assert len(lines) >= 4
    assert [line for line in lines if get_base_level(line) != 1] == []


def test_every_line_of_an_english_page_runs_from_the_left() -> None:
    page = click.unstyle(answer_page(_answer("en", _ENGLISH, _ARABIC)))
    outside = _without_isolates(page)
    assert [line for line in outside.splitlines() if line.strip() and get_base_level(line) == 1] == []


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_quotes_stand_word_for_word_and_numbered(lang: Literal["ar", "en"]) -> None:
    page = click.unstyle(answer_page(_answer(lang, _ENGLISH, _ARABIC)))
    for number, article in ((1, _ENGLISH), (2, _ARABIC)):
        assert article.body in page
        assert page.count(f"[{number}]") == 2
        assert article.title in page
    assert "2026-03-08" in page
    assert "https://harbour.example/ferry" in page
    assert page.count("\u2068") == page.count("\u2069") > 0


def test_what_is_not_known_is_said_in_the_readers_language() -> None:
    assert "undated" in click.unstyle(answer_page(_answer("en", _ARABIC)))
    assert "source in Arabic" in answer_page(_answer("en", _ARABIC))
    assert "بلا تاريخ" in answer_page(_answer("ar", _ARABIC))
    assert "المصدر بالإنجليزية" in answer_page(_answer("ar", _ENGLISH))
    assert "source in" not in answer_page(_answer("en", _ENGLISH))


def test_no_answer_says_so_and_what_is_near() -> None:
    page = click.unstyle(answer_page(_answer("en", _ENGLISH, status="insufficient")))
    assert page.startswith("The archive does not hold the answer.")
    assert "Harbour Post · 2026-03-08 · Ferry runs again" in page
    assert "لا يجيب الأرشيف" in answer_page(_answer("ar", status="insufficient"))


def test_nothing_is_ever_called_true() -> None:
    pages = [answer_page(_answer(lang, _ENGLISH, _ARABIC)) for lang in ("ar", "en")]
    for word in ("verified", "confirmed", "true", "صحيح", "مؤكد", "موثق"):
        assert not any(word in page for page in pages)


def test_an_article_is_one_line_or_a_page() -> None:
    assert article_line(_ENGLISH).startswith("a_en  2026-03-08  Harbour Post · Ferry runs again")
    assert "undated" in article_line(_ARABIC)
    assert click.unstyle(article_page(_ENGLISH)).startswith(
        "Ferry runs again\nHarbour Post · 2026-03-08\na_en\n"
    )
    assert article_page(_ARABIC).endswith("\n\n" + _ARABIC.body)


def _without_isolates(text: str) -> str:
    kept, depth = [], 0
    for letter in text:
        depth += (letter == "\u2068") - (letter == "\u2069")
        if depth == 0 and letter != "\u2069":
            kept.append(letter)
    return "".join(kept)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_refusal_says_what_is_not_mentioned(lang: Literal["ar", "en"]) -> None:
    answer = _answer(lang, _ENGLISH, status="insufficient")
    page = click.unstyle(answer_page(replace(answer, not_mentioned=("Suhail", "2019"))))
    assert "Suhail" in page.splitlines()[-1]
    assert "2019" in page.splitlines()[-1]


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("ar", "محسوبا من يوم النشر: «yesterday» = 2026-03-07"),
        ("en", "Counted from the day of publication: “yesterday” = 2026-03-07"),
    ],
)
def test_days_that_count_from_the_publication_stand_below_their_quote(
    lang: Literal["ar", "en"], line: str
) -> None:
    told = replace(_ENGLISH, body="The ferry ran again yesterday.")
    page = click.unstyle(answer_page(with_event_days(_answer(lang, told))))
    lines = [re.sub("[\u200f\u2068\u2069]", "", one).strip() for one in page.splitlines()]
    at = next(number for number, one in enumerate(lines) if told.body in one)
    assert lines[at + 1] == line
    assert lang == "en" or all(get_base_level(one) == 1 for one in page.splitlines() if one.strip())
    assert "=" not in answer_page(with_event_days(_answer(lang, _ENGLISH)))


@pytest.mark.parametrize(
    ("lang", "old", "undated"), [("ar", "وهو قديم", "لا تاريخ"), ("en", "That is old", "None of these")]
)
def test_old_evidence_for_a_question_about_now_is_said_to_be_old(
    lang: Literal["ar", "en"], old: str, undated: str
) -> None:
    assert old not in answer_page(_answer(lang, _ENGLISH))
    for article, said in ((_ENGLISH, old), (_ARABIC, undated)):
        answer = _answer(lang, article)
        page = answer_page(replace(answer, question=replace(answer.question, latest=True)))
        assert page.splitlines()[-1].removeprefix("\u200f").startswith(said)


@pytest.mark.parametrize(("lang", "said"), [("ar", "من أيام أخرى"), ("en", "from other days")])
def test_news_of_other_days_is_called_so(lang: Literal["ar", "en"], said: str) -> None:
    answer = _answer(lang, _ENGLISH, status="insufficient")
    window = TimeWindow(date(2026, 3, 18), date(2026, 3, 19))
    answer = replace(answer, question=replace(answer.question, window=window))
    page = click.unstyle(answer_page(replace(answer, other_days=True)))
    assert said in page
    assert said not in answer_page(answer)
    assert "2026-03-18 – 2026-03-19" in page
    assert lang == "en" or all(get_base_level(one) == 1 for one in page.splitlines() if one.strip())


def _disagreeing(lang: Literal["ar", "en"], status: Literal["updated", "disputed"]) -> Answer:
    answer = _answer(lang, _ENGLISH, _ARABIC)
    sides = tuple(
        Side(value, citation) for value, citation in zip(("240", "240"), answer.citations, strict=True)
    )
    return replace(answer, disagreement=(Disagreement(status, sides),))


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("status", ["updated", "disputed"])
def test_who_disagrees_stands_side_by_side_with_days_and_numbers(
    lang: Literal["ar", "en"], status: Literal["updated", "disputed"]
) -> None:
    page = click.unstyle(answer_page(_disagreeing(lang, status)))
    first, second = page.splitlines()[1:3]
    assert "Harbour Post" in first
    assert "2026-03-08" in first
    assert first.rstrip("\u2069").endswith("[1]")
    assert "صدى المرفأ" in second
    assert second.rstrip("\u2069").endswith("[2]")
    for line in page.splitlines():
        if line.strip():
            assert get_base_level(_without_isolates(line)) == (1 if lang == "ar" else 0) or lang == "en"


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_brief_says_what_it_is_of_and_that_there_is_nothing(lang: Literal["ar", "en"]) -> None:
    answer = replace(_answer(lang, _ENGLISH), form="brief")
    day = TimeWindow(date(2026, 3, 8), date(2026, 3, 8))
    of_day = replace(answer, question=replace(answer.question, text="", window=day))
    assert "2026-03-08" in click.unstyle(answer_page(of_day)).splitlines()[0]
    on_topic = replace(answer, question=replace(answer.question, text="ferries"))
    assert "ferries" in click.unstyle(answer_page(on_topic)).splitlines()[0]
    nothing = replace(of_day, status="insufficient", claims=())
    said = "ليس في الأرشيف ما نُشر" if lang == "ar" else "holds nothing printed"
    assert said in click.unstyle(answer_page(nothing))


def test_an_address_that_is_none_of_the_web_is_not_printed() -> None:
    for url, shown in (("https://harbour.example/ferry", True), ("tg://resolve?domain=x", False)):
        page = click.unstyle(answer_page(_answer("en", replace(_ENGLISH, url=url))))
        assert (url in page) is shown
