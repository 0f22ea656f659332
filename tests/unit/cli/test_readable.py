"""Answers in a terminal: quotes word for word, numbered, and every line the way its language runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

import click
import pytest
from bidi import get_base_level

from bot.commands.readable import answer_page, article_line, article_page
from rag.types import Answer, Article, Citation, Claim, Precision, Published, Question

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


def test_an_address_that_is_none_of_the_web_is_not_printed() -> None:
    for url, shown in (("https://harbour.example/ferry", True), ("tg://resolve?domain=x", False)):
        page = click.unstyle(answer_page(_answer("en", replace(_ENGLISH, url=url))))
        assert (url in page) is shown
