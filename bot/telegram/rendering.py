"""A typed answer, source card or digest as Telegram messages: text and entities, in the reader's language.

A quote arrives letter for letter: direction marks and its marker stand around it, never inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.telegram.drafting import (
    FSI,
    MESSAGE_UNITS,
    PDI,
    Draft,
    Message,
    directed,
    inert,
    is_live,
    isolated,
    linked,
    name,
    paged,
    stacked,
    told,
    units,
)
from bot.telegram.texts import TEXTS, Lang, written_days
from rag.answering.days import event_days
from rag.dates.written import written_date
from rag.text import sentences
from rag.types import Answer, Article, Citation, Claim, Disagreement, EventDay, Published, Span

_PARAGRAPH_UNITS: Final = 1500
_TITLE: Final = 200


def answer_messages(answer: Answer, lang: Lang, limit: int = MESSAGE_UNITS) -> list[Message]:
    """Return an answer as messages: claims with their quotes and markers, then the sources they rest on."""
    understood = _brief_head(answer, lang) if answer.form == "brief" else _understood(answer, lang)
    if answer.status == "insufficient":
        said = [_degraded(answer.degraded, lang)] if answer.degraded else []
        if answer.form == "brief":
            texts = TEXTS[lang]
            nothing = texts.nothing_on if answer.question.text else texts.nothing_printed
            return paged([*understood, told(nothing, lang)], lang, limit)
        return paged([*understood, *_insufficient(answer, lang), *said], lang, limit)
    blocks = [*understood, *(_disagreement(one, answer, lang) for one in answer.disagreement)]
    blocks += [_claim(claim, lang) for claim in answer.claims]
    blocks.append(_source_list(answer.citations, lang))
    closing = [_newest(answer.citations, lang)]
    if answer.stale:
        texts = TEXTS[lang]
        closing.append(told(texts.stale if answer.as_of else texts.stale_undated, lang))
    if answer.degraded:
        closing.append(_degraded(answer.degraded, lang))
    return paged([*blocks, stacked(closing)], lang, limit)


def source_card(citations: Sequence[tuple[int, Article | None, int, int]], lang: Lang) -> list[Message]:
    """Return the card behind the *Sources* button: each quote, in bold, inside its paragraph.

    A citation is ``(n, article, start, end)``; the article is ``None`` where it was removed, and ``start`` is
    negative where the quote no longer stands in it.
    """
    blocks = [_card_entry(n, article, start, end, lang) for n, article, start, end in citations]
    return paged(blocks, lang)


def digest_messages(
    head: str | None,
    items: Sequence[tuple[int, str | None, Article, int, int]],
    lang: Lang,
    *,
    again: bool = False,
) -> list[Message]:
    """Return one part of a digest: ``items`` are ``(number, topic, article, start, end)``.

    ``head`` is the day where this is the first part; a topic stands above its first item. ``again`` says that
    the last digest may have been lost.
    """
    texts = TEXTS[lang]
    blocks = []
    if head:
        opening = [told(texts.digest_head.format(date=written_date(head, lang)), lang).marked("bold")]
        if again:
            opening.append(told(texts.digest_again, lang))
        blocks.append(stacked(opening))
    for number, topic, article, start, end in items:
        lines = [_heading(topic, lang)] if topic else []
        lines.append(_source_line(f"{number}. ", article, lang))
        lines.append(_quote(article, start, end, None, lang))
        blocks.append(stacked(lines))
    return paged(blocks, lang)


def plain_messages(text: str, lang: Lang) -> list[Message]:
    """Return interface text as messages."""
    return paged([told(text, lang)], lang)


def _disagreement(one: Disagreement, answer: Answer, lang: Lang) -> Draft:
    """Return who says what, each with its day and the markers of its quotes."""
    texts = TEXTS[lang]
    lines = [told(texts.updated if one.status == "updated" else texts.disputed, lang).marked("bold")]
    for side in one.sides:
        article = side.quote.article
        outlet = name(article.outlet) if article.outlet else texts.unknown_outlet
        markers = "".join(f"[{number}]" for number in answer.numbers_of(side))
        said = f"• {outlet} · {_date(article.published, lang)}: {name(side.value)} {FSI}{markers}{PDI}"
        lines.append(directed(Draft(said), lang))
    return stacked(lines)


def _brief_head(answer: Answer, lang: Lang) -> list[Draft]:
    """Return what a brief is of: its topic, its day."""
    question, texts = answer.question, TEXTS[lang]
    lines = []
    if question.text:
        lines.append(_filled(texts.brief_on, "{topic}", name(question.typed), lang))
    if question.window:
        day = written_days(question.window.start, question.window.end, lang)
        lines.append(_filled(texts.brief_of, "{date}", name(day), lang))
    return [stacked([line.marked("bold") for line in lines])] if lines else []


def _filled(text: str, field: str, value: str, lang: Lang) -> Draft:
    before, _, after = text.partition(field)
    return directed(Draft(before + value + after), lang)


def _understood(answer: Answer, lang: Lang) -> list[Draft]:
    """Return the line that says how a follow-up was understood; none for what was asked as it stands."""
    if answer.question.asked is None:
        return []
    # The question is a name of its own: put in after the words around it were looked through.
    before, _, after = TEXTS[lang].understood.partition("{question}")
    return [directed(Draft(before + name(answer.question.text) + after), lang).marked("italic")]


def _claim(claim: Claim, lang: Lang) -> Draft:
    lines = [told(claim.text, lang, own=False)] if claim.text.strip() else []
    noted = ""
    for citation in claim.citations:
        source_lang = citation.article.lang
        if source_lang not in (lang, noted):
            lines.append(told(_other_language(source_lang, lang), lang).marked("italic"))
        noted = source_lang
        lines.append(_quote(citation.article, citation.start, citation.end, citation.n, lang))
        if citation.translation:
            lines.append(_translation(citation.translation, lang))
    return stacked(lines)


def _translation(text: str, lang: Lang) -> Draft:
    """Return a machine's translation as a line below its quote, said to be one."""
    line = told(f"{TEXTS[lang].machine_translation} {text}", lang, own=False)
    return directed(line, lang).marked("italic")


def _other_language(source_lang: str, lang: Lang) -> str:
    texts = TEXTS[lang]
    known = {"ar": texts.source_in_arabic, "en": texts.source_in_english}
    return known.get(source_lang) or texts.source_in_other.format(lang=source_lang)


def _quote(article: Article, start: int, end: int, marker: int | None, lang: Lang) -> Draft:
    """Return the quote as a block, its marker behind it; one of the other direction is isolated."""
    quote = article.body[start:end]
    foreign = (article.lang == "ar") != (lang == "ar")
    draft = inert(Draft(f"{FSI}{quote}{PDI}" if foreign and lang == "ar" else quote))
    if marker is not None:
        # The marker's digit would join a Latin word at the end of an Arabic quote: isolated, it cannot.
        draft = draft + f" {FSI}[{marker}]{PDI}"
        draft = draft.glued(max(0, len(draft.text) - len(f" {FSI}[{marker}]{PDI}") - 2))
    # In an English message an Arabic quote still runs from right to left: it is a line of its own.
    line_lang = "ar" if lang == "ar" or article.lang == "ar" else "en"
    return _block(directed(draft, line_lang))


def _block(quotation: Draft) -> Draft:
    """Return a quotation as a block; one that is an address and nothing else is code, and cannot be both."""
    whole = (0, len(quotation.text))
    is_code = any(mark.kind == "code" and (mark.start, mark.end) == whole for mark in quotation.marks)
    return quotation if is_code else quotation.marked("blockquote")


def _heading(text: str, lang: Lang) -> Draft:
    return directed(Draft(name(text)), lang).marked("bold")


def _source_list(citations: Iterable[Citation], lang: Lang) -> Draft:
    markers: dict[str, list[int]] = {}
    articles: dict[str, Article] = {}
    for citation in citations:
        numbers = markers.setdefault(citation.article.id, [])
        if citation.n not in numbers:
            numbers.append(citation.n)
        articles[citation.article.id] = citation.article
    lines = [told(TEXTS[lang].sources, lang).marked("bold")]
    for article_id, numbers in markers.items():
        lead = "".join(f"[{number}]" for number in numbers) + " "
        lines.append(_source_line(lead, articles[article_id], lang))
    return stacked(lines)


def _source_line(lead: str, article: Article, lang: Lang) -> Draft:
    """Return ``lead outlet · date · title``, the title a link where the article has an address."""
    outlet = name(article.outlet) if article.outlet else TEXTS[lang].unknown_outlet
    line = Draft(f"{lead}{outlet} · {_date(article.published, lang)}")
    # A link does not show another address than the one that it opens.
    title = _short(article.title)
    is_link = bool(title) and not is_live(title)
    if title:
        line = line + " · " + (linked(Draft(name(title)), article.url) if is_link else name(title))
    if article.url and not is_link:
        line = line + " · " + linked(Draft(TEXTS[lang].open_article), article.url)
    return directed(line, lang)


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else title[:_TITLE].rsplit(" ", 1)[0] + "…"


def _date(published: Published | None, lang: Lang) -> str:
    return name(written_date(published.date, lang)) if published else TEXTS[lang].undated


def _newest(citations: Sequence[Citation], lang: Lang) -> Draft:
    dated = [c.article.published for c in citations if c.article.published]
    newest = max(dated, key=lambda published: published.first_day, default=None)
    # The date is a name of its own: put in after the words around it were looked through.
    before, _, after = TEXTS[lang].newest_source.partition("{date}")
    return directed(Draft(before + _date(newest, lang) + after), lang)


def _degraded(reason: str, lang: Lang) -> Draft:
    texts = TEXTS[lang]
    said = {
        "lexical_only": texts.words_only,
        "unverified": texts.unverified,
        "budget": texts.budget_spent,
        "model_invalid": texts.model_invalid,
    }
    return told(said.get(reason, texts.quotes_only), lang)


def _insufficient(answer: Answer, lang: Lang) -> list[Draft]:
    texts = TEXTS[lang]
    if not answer.nearest:
        return [told(f"{texts.insufficient}\n{texts.nothing_near}", lang)]
    window = answer.question.window
    if answer.other_days and window is not None:
        head = texts.other_days.format(days=written_days(window.start, window.end, lang))
    else:
        head = texts.nearest
    lines = [told(head, lang), *(_source_line("• ", article, lang) for article in answer.nearest)]
    blocks = [told(texts.insufficient, lang), stacked(lines)]
    if answer.not_mentioned:
        # The reader's own words are names: put in after the words around them were looked through.
        before, _, after = texts.not_mentioned.partition("{words}")
        words = ("، " if lang == "ar" else ", ").join(name(word) for word in answer.not_mentioned)
        blocks.append(directed(Draft(before + words + after), lang))
    return blocks


def _card_entry(n: int, article: Article | None, start: int, end: int, lang: Lang) -> Draft:
    texts = TEXTS[lang]
    if article is None:
        return directed(Draft(f"[{n}] ") + isolated(texts.article_removed, lang), lang)
    lines = [_source_line(f"[{n}] ", article, lang)]
    if start < 0:
        lines.append(told(texts.article_changed, lang))
        return stacked(lines)
    if article.lang != lang:
        lines.append(told(_other_language(article.lang, lang), lang).marked("italic"))
    lines.append(_paragraph(article, start, end, lang))
    days = event_days(article, Span(start, end))
    if days:
        lines.append(_event_days(days, lang))
    if article.url:
        lines.append(directed(linked(Draft(texts.open_article), article.url), lang))
    return stacked(lines)


def _event_days(days: Iterable[EventDay], lang: Lang) -> Draft:
    """Return what a quote tells relative to its publication, with the days it comes to."""
    texts = TEXTS[lang]
    quotes = ("«", "»") if lang == "ar" else ("“", "”")
    told_days = []
    for day in days:
        on = written_days(day.first, day.last, lang)
        on = texts.about_days.format(days=on) if day.approximate else on
        told_days.append(f"{quotes[0]}{name(day.text)}{quotes[1]} = {on}")
    # The words are an article's: put in after the words around them were looked through.
    before, _, after = texts.counted_days.partition("{days}")
    return directed(Draft(before + " · ".join(told_days) + after), lang).marked("italic")


def _paragraph(article: Article, start: int, end: int, lang: Lang) -> Draft:
    """Return the paragraph around a quote, the quote bold and underlined, cut at sentence ends."""
    body = article.body
    first, last = body.rfind("\n", 0, start) + 1, body.find("\n", end)
    last = len(body) if last < 0 else last
    left, right = _narrowed(body, first, last, start, end)
    quote = Draft(body[start:end]).marked("underline").marked("bold")
    text = inert(Draft(body[left:start]) + quote + body[end:right])
    text = Draft("… " if left > first else "") + text + (" …" if right < last else "")
    foreign = (article.lang == "ar") != (lang == "ar")
    if foreign and lang == "ar":
        text = Draft(FSI) + text + PDI
    return _block(directed(text, "ar" if lang == "ar" or article.lang == "ar" else "en"))


def _narrowed(body: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of whole sentences around the quote that fits a card."""
    if units(body[first:last]) <= _PARAGRAPH_UNITS:
        return first, last
    left, right = start, end
    spans = [(first + span.start, first + span.end) for span in sentences(body[first:last])]
    before = [span for span in spans if span[1] <= start][::-1]
    after = [span for span in spans if span[0] >= end]
    for number in range(max(len(before), len(after))):
        for side in (before, after):
            if number < len(side):
                a, b = min(left, side[number][0]), max(right, side[number][1])
                if units(body[a:b]) <= _PARAGRAPH_UNITS:
                    left, right = a, b
    return left, right
