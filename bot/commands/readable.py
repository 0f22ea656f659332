"""Answers and articles as a person reads them in a terminal, in either direction.

A line of an Arabic page starts with an Arabic letter or a right-to-left mark, and what runs the other way
inside a line is isolated, so that a terminal that knows directions shows numbers and names in place. Marks
stand around a quote, never inside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from rag.types import Answer, Article, Claim, Disagreement, EventDay

__all__ = ["answer_page", "article_line", "article_page"]

_RLM, _FSI, _PDI = "\u200f", "\u2068", "\u2069"
_WORDS = {
    "ar": {
        "understood": "فُهم السؤال:",
        "sources": "المصادر",
        "as_of": "أحدث مصدر مؤرَّخ:",
        "stale": "وهو قديم على سؤال عن الحال الآن: قد يكون تغيّر بعده.",
        "stale_undated": "لا تاريخ لمصادر هذا الجواب: لا يُعرف إن كانت حديثة.",
        "counted": "محسوبا من يوم النشر:",
        "about": "نحو",
        "insufficient": "لا يجيب الأرشيف عن هذا السؤال.",
        "other_days": "ليس في الأرشيف جواب من الأيام المسؤول عنها، وفيه من أيام أخرى:",
        "days_asked": "الأيام المسؤول عنها:",
        "nearest": "أقرب ما فيه:",
        "not_mentioned": "لا يذكر أقربُها:",
        "undated": "بلا تاريخ",
        "no_outlet": "جهة غير مذكورة",
        "source_ar": "المصدر بالعربية",
        "source_en": "المصدر بالإنجليزية",
        "source_other": "المصدر بلغة أخرى",
        "translation": "ترجمة آلية:",
        "brief_of": "موجز",
        "brief_on": "موجز عن:",
        "nothing_printed": "ليس في الأرشيف ما نُشر في هذا اليوم.",
        "nothing_on": "ليس في الأرشيف شيء عن هذا الموضوع.",
        "updated": "عدّلها ناشرها لاحقاً، والأحدث أولاً:",
        "disputed": "تختلف المصادر:",
        "model_unavailable": "الجواب اقتباسات فقط: نموذج الصياغة غير متاح الآن.",
        "model_timeout": "الجواب اقتباسات فقط: لم يجب نموذج الصياغة في الوقت المحدد.",
        "model_invalid": "الجواب اقتباسات فقط: لم يأت نموذج الصياغة بجواب صالح.",
        "unverified": "الجواب اقتباسات فقط: لم تثبت صياغة النموذج أمام الاقتباسات.",
        "budget": "الجواب اقتباسات فقط: نفدت حصة اليوم من الصياغة.",
        "lexical_only": "البحث بالكلمات وحدها: قد يفوت ما كُتب بعبارة أخرى.",
        "degraded": "إجابة مقتصرة على المتاح:",
        "open_quote": "«",
        "close_quote": "»",
    },
    "en": {
        "understood": "Understood as:",
        "sources": "Sources",
        "as_of": "Newest dated source:",
        "stale": "That is old for a question about now: things may have changed since.",
        "stale_undated": "None of these sources is dated: whether they are recent is not known.",
        "counted": "Counted from the day of publication:",
        "about": "about",
        "insufficient": "The archive does not hold the answer.",
        "other_days": "It holds nothing that answers from the days asked about; from other days:",
        "days_asked": "Days asked about:",
        "nearest": "What it holds nearest:",
        "not_mentioned": "The nearest does not mention:",
        "undated": "undated",
        "no_outlet": "outlet not named",
        "source_ar": "source in Arabic",
        "source_en": "source in English",
        "source_other": "source in another language",
        "translation": "Machine translation:",
        "brief_of": "Brief of",
        "brief_on": "Brief on:",
        "nothing_printed": "The archive holds nothing printed on that day.",
        "nothing_on": "The archive holds nothing on that topic.",
        "updated": "Changed later by its outlet, the newest first:",
        "disputed": "Outlets disagree:",
        "model_unavailable": "Quotes only: the model that writes cannot be reached now.",
        "model_timeout": "Quotes only: the model that writes did not answer in time.",
        "model_invalid": "Quotes only: the model that writes gave no usable answer.",
        "unverified": "Quotes only: what the model wrote did not stand up to the quotes.",
        "budget": "Quotes only: today's budget for written answers is spent.",
        "lexical_only": "Searched by words alone: what was put another way may be missed.",
        "degraded": "Answered with what was at hand:",
        "open_quote": "“",
        "close_quote": "”",
    },
}


def answer_page(answer: Answer) -> str:
    """Return the claims with quotes and numbered sources, or that there is no answer and what is near."""
    return "\n".join(_directed(line, answer.question.lang) for line in _answer_lines(answer))


def article_line(article: Article) -> str:
    """Return an article as one line: id, day, outlet and title."""
    return f"{article.id}  {_day(article, 'en'):<10}  {_isolated(_headline(article, 'en', day=False), 'en')}"


def article_page(article: Article) -> str:
    """Return an article with what is known about it above its body."""
    words = "ar" if article.lang == "ar" else "en"
    head = [click.style(article.title, bold=True), _headline(article, words, title=False), article.id]
    head += [line for line in (article.author, article.url) if line]
    if article.status == "removed":
        head.append("removed")
    return "\n".join([*(_directed(line, words) for line in head), "", article.body])


def _answer_lines(answer: Answer) -> Iterator[str]:
    lang = answer.question.lang
    words = _WORDS[lang]
    if answer.question.asked is not None:
        yield f"{words['understood']} {_isolated(answer.question.text, lang)}"
        yield ""
    if answer.form == "brief":
        yield from _brief_head(answer)
    elif answer.status == "insufficient":
        yield click.style(words["insufficient"], bold=True)
        window = answer.question.window
        if window:
            yield f"{words['days_asked']} {_stretch(window.start, window.end, lang)}"
        if answer.nearest:
            yield words["other_days" if answer.other_days else "nearest"]
        for article in answer.nearest:
            yield f"  - {_headline(article, lang)}"
        if answer.not_mentioned:
            named = (_isolated(word, lang) for word in answer.not_mentioned)
            yield f"{words['not_mentioned']} {('، ' if lang == 'ar' else ', ').join(named)}"
    for one in answer.disagreement:
        yield from _disagreement_lines(one, answer)
    for claim in answer.claims:
        yield from _claim_lines(claim, lang)
    if answer.claims:
        yield click.style(words["sources"], bold=True)
        yield from _source_lines(answer)
    if answer.as_of:
        yield f"{words['as_of']} {_isolated(answer.as_of[:10], lang)}"
    if answer.stale:
        yield words["stale" if answer.as_of else "stale_undated"]
    if answer.degraded:
        yield words.get(answer.degraded) or f"{words['degraded']} {_isolated(answer.degraded, lang)}"


def _brief_head(answer: Answer) -> Iterator[str]:
    """Yield what a brief is of, and that there is nothing where there is nothing."""
    question = answer.question
    words, window = _WORDS[question.lang], question.window
    if question.text:
        yield click.style(f"{words['brief_on']} {_isolated(question.typed, question.lang)}", bold=True)
    if window:
        day = _stretch(window.start, window.end, question.lang)
        yield click.style(f"{words['brief_of']} {day}", bold=True)
    if answer.status == "insufficient":
        yield words["nothing_on" if question.text else "nothing_printed"]
    yield ""


def _disagreement_lines(one: Disagreement, answer: Answer) -> Iterator[str]:
    """Yield who says what, each with its day and the numbers of its quotes."""
    lang = answer.question.lang
    yield click.style(_WORDS[lang][one.status], bold=True)
    for side in one.sides:
        markers = " ".join(f"[{number}]" for number in answer.numbers_of(side))
        headline = _headline(side.quote.article, lang, title=False)
        yield f"  - {headline}: {_isolated(side.value, lang)} {click.style(markers, bold=True)}"
    yield ""


def _claim_lines(claim: Claim, lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    yield claim.text
    for citation in claim.citations:
        quote = f"{words['open_quote']}{_isolated(citation.quote, lang)}{words['close_quote']}"
        yield f"    {quote} {click.style(f'[{citation.n}]', bold=True)}"
        if citation.days:
            yield f"    {words['counted']} {' · '.join(_event_day(day, lang) for day in citation.days)}"
        if citation.translation:
            yield f"    {words['translation']} {_isolated(citation.translation, lang)}"
    yield ""


def _event_day(day: EventDay, lang: str) -> str:
    words = _WORDS[lang]
    about = f"{words['about']} " if day.approximate else ""
    quoted = f"{words['open_quote']}{_isolated(day.text, lang)}{words['close_quote']}"
    return f"{quoted} = {about}{_stretch(day.first, day.last, lang)}"


def _stretch(first: date | None, last: date | None, lang: str) -> str:
    """Return days as one day, month or year, else as two days, an open end as dots."""
    from rag.dates.calendar import shortest

    whole = shortest(first, last) if first and last else None
    ends = [day.isoformat() if day else "…" for day in (first, last)]
    return _isolated(whole or " – ".join(ends), lang)


def _source_lines(answer: Answer) -> Iterator[str]:
    """Yield each cited article once, behind the numbers of its quotes."""
    from ingest.urls import is_web_url

    lang = answer.question.lang
    numbers: dict[str, list[int]] = {}
    articles: dict[str, Article] = {}
    for citation in answer.citations:
        articles[citation.article.id] = citation.article
        of_article = numbers.setdefault(citation.article.id, [])
        if citation.n not in of_article:
            of_article.append(citation.n)
    for article in articles.values():
        markers = " ".join(f"[{number}]" for number in numbers[article.id])
        yield f"  {markers} {_headline(article, lang)}"
        if article.url and is_web_url(article.url):
            yield f"      {_isolated(article.url, lang)}"
        if article.lang != lang:
            yield f"      {_WORDS[lang].get(f'source_{article.lang}', _WORDS[lang]['source_other'])}"


def _headline(article: Article, lang: str, *, day: bool = True, title: bool = True) -> str:
    parts = [_isolated(article.outlet or _WORDS[lang]["no_outlet"], lang)]
    if day:
        parts.append(_isolated(_day(article, lang), lang))
    if title and article.title:
        parts.append(_isolated(article.title, lang))
    return " · ".join(parts)


def _day(article: Article, lang: str) -> str:
    return article.published.date[:10] if article.published else _WORDS[lang]["undated"]


def _directed(line: str, lang: str) -> str:
    """Return a line of an Arabic page with a mark in front where its first letter would turn it round."""
    if lang != "ar" or not line.strip() or _direction(line) == "ar":
        return line
    return _RLM + line


def _isolated(text: str, lang: str) -> str:
    """Return ``text`` between isolates where it does not run the way of its line."""
    runs_along = {"ar": ("AL", "R"), "en": ("L", "EN")}[lang]
    strong = {unicodedata.bidirectional(letter) for letter in text} & {"L", "R", "AL", "EN", "AN"}
    return text if strong <= set(runs_along) else f"{_FSI}{text}{_PDI}"


def _direction(line: str) -> str:
    """Return the language whose way the line's first strong letter runs, isolates skipped."""
    depth = 0
    for letter in click.unstyle(line):
        kind = unicodedata.bidirectional(letter)
        depth += (kind == "FSI") - (kind == "PDI")
        if depth == 0 and kind in ("L", "R", "AL"):
            return "en" if kind == "L" else "ar"
    return ""
