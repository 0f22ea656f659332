"""No rendered message breaks a rule of Telegram or of Arabic, whatever an article holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from bidi.algorithm import get_base_level
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.rules import check_text, clean, units
from bot.telegram.drafting import FSI, LRM, PDI, RLM, Draft, Message, is_live, paged
from bot.telegram.rendering import answer_messages, digest_messages, plain_messages, source_card
from bot.telegram.texts import TEXTS, Lang, written_days
from rag.text import clean_body, clean_line, sentences
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

MARKS = f"{RLM}{LRM}{FSI}{PDI}"
WORDS = st.sampled_from(
    [
        "القمح",
        "ارتفع",
        "BBC",
        "في",
        "2023",
        "3-1",
        "-5%",
        "«نعم»",
        "the",
        "🌾",
        "(NATO)",
        "10:30",
        "الوادي.",
        "end.",
        "أمس",
        "yesterday",
        "قبل شهر",
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)


def article_of(body: str, lang: str = "ar", **fields: object) -> Article:
    """Return an article as the archive would hold it."""
    article = Article(
        id="a1",
        title="عنوان فيه BBC و 3-1",
        lang=lang,
        body=clean_body(body),
        outlet="Reuters عربي",
        url="https://outlet.example/a?b=c",
        published=Published("2023-08-28", Precision.DAY, "28 August 2023", "given"),
    )
    return replace(article, **fields)  # type: ignore[arg-type]  # fields of Article


def answer_of(lang: Lang, *articles: Article, frame: str = "", degraded: str | None = None) -> Answer:
    """Return an answer that quotes every sentence of every article."""
    claims = []
    n = 0
    for article in articles:
        for span in sentences(article.body):
            n += 1
            claims.append(Claim(frame, (Citation(n, article, span.start, span.end),)))
    question = Question("q", "سؤال؟" if lang == "ar" else "Why?", lang, datetime(2026, 1, 1, tzinfo=UTC))
    status = "answered" if claims else "insufficient"
    return Answer(question, status, "extractive", 1.0, tuple(claims), degraded=degraded)


def as_api(message: Message) -> list[dict[str, object]]:
    """Return the entities as they go over the wire."""
    return [entity.to_dict() for entity in message.entities]


def check(messages: list[Message], lang: Lang) -> None:
    """Assert every rule there is about a message."""
    assert messages
    for message in messages:
        assert check_text(message.text, as_api(message)) == message.text, "Telegram would alter the text"
        for line in message.text.split("\n"):
            assert line.count(FSI) == line.count(PDI)
            if lang == "ar" and line.strip():
                assert get_base_level(line) == 1, f"an Arabic line runs left to right: {line!r}"
                assert line[0] == RLM or re.match("[\u0620-\u06ff\ufb50-\ufefc]", line)


@given(LINES, LINES, st.sampled_from(["ar", "en"]), st.sampled_from(["ar", "en", "fr"]))
def test_every_answer_keeps_the_rules_and_its_quotes(body: str, frame: str, lang: Lang, written: str) -> None:
    article = article_of(body, written)
    answer = answer_of(lang, article, frame=frame)
    messages = answer_messages(answer, lang)
    check(messages, lang)
    whole = "\n".join(message.text for message in messages)
    for citation in answer.citations:
        assert citation.quote in whole
        assert re.search(re.escape(citation.quote) + f"{PDI}? {FSI}\\[{citation.n}\\]{PDI}", whole)


@given(st.lists(LINES, min_size=1, max_size=30), st.sampled_from(["ar", "en"]), st.integers(200, 600))
def test_long_answers_are_split_between_blocks_and_never_before_a_marker(
    bodies: list[str], lang: Lang, limit: int
) -> None:
    articles = [article_of(body, "ar", id=f"a{n}") for n, body in enumerate(bodies)]
    messages = answer_messages(answer_of(lang, *articles), lang, limit)
    check(messages, lang)
    for message in messages:
        assert units(message.text) <= limit
        assert not re.match(rf"[{MARKS}]*\[\d+\][{MARKS}]*(\n|$)", message.text), "a marker without its quote"


@given(LINES, LINES, LINES, st.sampled_from(["ar", "en"]), st.sampled_from(["ar", "en"]))
def test_source_cards_and_digests_keep_the_rules(a: str, b: str, c: str, lang: Lang, written: str) -> None:
    article = article_of(f"{a}\n{b} {c}\n{a}", written)
    spans = sentences(article.body)
    places = [(n, article, span.start, span.end) for n, span in enumerate(spans, start=1)]
    check(source_card([*places, (90, None, 0, 0), (91, article, -1, -1)], lang), lang)
    items = [(n, a, article, span.start, span.end) for n, span in enumerate(spans, start=1)]
    check(digest_messages("2026-03-21", items, lang, again=True), lang)


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("ar", "محسوبا من يوم النشر: «الأحد» = 27 أغسطس 2023 · «قبل شهر» = نحو يوليو 2023"),
        ("en", "Counted from the day of publication: “الأحد” = 27 August 2023 · “قبل شهر” = about July 2023"),
    ],
)
def test_a_source_card_tells_the_days_that_count_from_the_publication(lang: Lang, line: str) -> None:
    article = article_of("وصل القارب الأحد بعد أن غاب قبل شهر. ثم غادر.")
    messages = source_card([(1, article, 0, 36)], lang)
    check(messages, lang)
    assert line in re.sub(f"[{MARKS}]", "", messages[0].text)
    undated = source_card([(1, replace(article, published=None), 0, 36)], lang)
    assert "=" not in undated[0].text


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_an_answer_about_now_says_when_its_sources_are_old(lang: Lang) -> None:
    article = article_of("ارتفع القمح.")
    answer = answer_of(lang, article)
    latest = replace(answer, question=replace(answer.question, latest=True))
    undated = answer_of(lang, replace(article, published=None))
    undated = replace(undated, question=latest.question)
    for shown, line in ((latest, TEXTS[lang].stale), (undated, TEXTS[lang].stale_undated)):
        messages = answer_messages(shown, lang)
        check(messages, lang)
        assert line in messages[-1].text
    assert TEXTS[lang].stale not in answer_messages(answer, lang)[-1].text


@pytest.mark.parametrize(
    ("lang", "days"), [("ar", "1 مايو 2026 – 3 مايو 2026"), ("en", "1 May 2026 – 3 May 2026")]
)
def test_news_of_other_days_is_called_so(lang: Lang, days: str) -> None:
    window = TimeWindow(date(2026, 5, 1), date(2026, 5, 3))
    answer = answer_of(lang)
    asked = replace(answer.question, window=window)
    found = (article_of("ارتفع القمح."),)
    messages = answer_messages(replace(answer, question=asked, other_days=True, nearest=found), lang)
    check(messages, lang)
    assert days in re.sub(f"[{MARKS}]", "", messages[0].text)
    assert ("28 أغسطس 2023" if lang == "ar" else "28 August 2023") in messages[0].text
    near = answer_messages(replace(answer, question=asked, nearest=found), lang)
    assert TEXTS[lang].nearest in near[0].text


@given(st.text(max_size=300), st.sampled_from(["ar", "en"]))
def test_any_title_outlet_and_body_can_be_shown(text: str, lang: Lang) -> None:
    body = clean_body(text)
    if not body:
        return
    article = article_of(body, "ar", title=clean_line(text), outlet=clean_line(text) or None)
    for message in answer_messages(answer_of(lang, article), lang):
        assert units(clean(message.text)) <= 4096


def test_a_quote_ending_in_a_latin_word_does_not_swallow_its_marker() -> None:
    message = answer_messages(answer_of("ar", article_of("قالت ذلك شبكة BBC")), "ar")[0]
    assert f"BBC {FSI}[1]{PDI}" in message.text


def test_the_layout_of_an_arabic_answer() -> None:
    article = article_of("ارتفع القمح. ثم هبط.")
    message = answer_messages(answer_of("ar", article, frame="ورد في BBC:", degraded="model_timeout"), "ar")[
        0
    ]
    plain = re.sub(f"[{MARKS}]", "", message.text).split("\n")
    assert plain == [
        "ورد في BBC:",
        "ارتفع القمح. [1]",
        "",
        "ورد في BBC:",
        "ثم هبط. [2]",
        "",
        "المصادر",
        "[1][2] Reuters عربي · 28 أغسطس 2023 · عنوان فيه BBC و 3-1",
        "",
        "أحدث مصدر مذكور: 28 أغسطس 2023",
        "الجواب اقتباسات فقط، فنموذج الصياغة غير متاح الآن.",
    ]


@given(LINES, LINES, st.sampled_from(["ar", "en"]), st.sampled_from(["ar", "en"]))
def test_a_translation_stands_below_its_quote_and_is_the_machines(
    body: str, translation: str, lang: Lang, written: str
) -> None:
    article = article_of(body, written)
    cited = Citation(1, article, 0, len(article.body), translation)
    question = Question("q", "?", lang, datetime(2026, 1, 1, tzinfo=UTC))
    answer = Answer(question, "answered", "generative", 1.0, (Claim(body, (cited,)),))
    messages = answer_messages(answer, lang)
    check(messages, lang)
    whole = "\n".join(message.text for message in messages)
    plain = re.sub(f"[{MARKS}]", "", whole)
    assert plain.index(f"{article.body} [1]") < plain.index(TEXTS[lang].machine_translation)
    assert f"{TEXTS[lang].machine_translation} {translation}" in plain
    (message,) = messages
    raw = message.text.encode("utf-16-le")
    blocks = [
        raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
        for entity in message.entities
        if entity.type == "blockquote"
    ]
    assert blocks
    assert all(TEXTS[lang].machine_translation not in block for block in blocks)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_each_reason_for_quotes_only_is_said_in_its_own_words(lang: Lang) -> None:
    reasons = ("model_unavailable", "model_invalid", "unverified", "budget", "lexical_only")
    article = article_of("ارتفع القمح.")
    said = {answer_messages(answer_of(lang, article, degraded=why), lang)[-1].text for why in reasons}
    assert len(said) == len(reasons)
    late = answer_messages(answer_of(lang, article, degraded="model_timeout"), lang)[-1].text
    assert late in said


def test_the_layout_of_a_refusal() -> None:
    question = Question("q", "Why?", "en", datetime(2026, 1, 1, tzinfo=UTC))
    undated = article_of("نص", url="not a url", published=None, outlet=None)
    answer = Answer(question, "insufficient", "extractive", 0.0, nearest=(undated,))
    message = answer_messages(answer, "en")[0]
    assert "I find nothing in the archive" in message.text
    assert "outlet not named · undated" in message.text
    assert not message.entities, "what is no web address is no link"


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_refusal_says_what_is_not_mentioned(lang: Lang) -> None:
    question = Question("q", "Why?", lang, datetime(2026, 1, 1, tzinfo=UTC))
    words = ("Suhail", "السعر")
    near = (article_of("نص"),)
    answer = Answer(question, "insufficient", "extractive", 0.0, nearest=near, not_mentioned=words)
    messages = answer_messages(answer, lang)
    check(messages, lang)
    comma = "،" if lang == "ar" else ","
    assert f"{FSI}Suhail{PDI}{comma} {FSI}السعر{PDI}" in messages[-1].text


def test_a_quote_longer_than_a_message_is_cut_at_a_sentence_end_with_its_marker_last() -> None:
    body = " ".join(f"هذه هي الجملة رقم {number} من نص طويل." for number in range(300))
    article = article_of(body)
    claim = Claim("ورد:", (Citation(1, article, 0, len(article.body)),))
    question = Question("q", "لماذا؟", "ar", datetime(2026, 1, 1, tzinfo=UTC))
    messages = answer_messages(Answer(question, "answered", "extractive", 1.0, (claim,)), "ar")
    check(messages, "ar")
    assert len(messages) > 2
    assert messages[0].text.endswith(".")
    last = next(message for message in messages if "[1]" in message.text)
    assert re.search(rf"طويل\. {FSI}\[1\]{PDI}", last.text)


def test_a_hundred_entities_at_most_in_a_message() -> None:
    many = [Draft("قول").marked("bold") for _ in range(250)]
    messages = paged(many, "ar")
    check(messages, "ar")
    assert sum(len(message.entities) for message in messages) == 250


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_sentence_of_the_bot_keeps_the_rules(lang: Lang) -> None:
    latin = (
        "zone",
        "topic",
        "hour",
        "date",
        "lang",
        "ref",
        "reason",
        "count",
        "id",
        "days",
        "words",
        "question",
    )
    counts = ("done", "total", "added", "held", "changed", "refused")
    filled = dict.fromkeys(latin, "Asia/Riyadh") | dict.fromkeys(counts, "3")
    fields = [getattr(TEXTS[lang], name) for name in TEXTS[lang].__dataclass_fields__]
    texts = [text for text in fields if isinstance(text, str)]
    assert len(texts) > len(fields) / 2
    for text in texts:
        check(plain_messages(text.format_map(filled), lang), lang)


@given(LINES, LINES, st.sampled_from(["ar", "en"]), st.sampled_from(["ar", "en", "fr"]))
def test_who_disagrees_keeps_the_rules_whatever_is_said(
    body: str, other: str, lang: Lang, written: str
) -> None:
    answer = answer_of(lang, article_of(body, written), article_of(other, "ar", id="a2", outlet=None))
    sides = tuple(Side(citation.quote, citation) for citation in answer.citations)
    shown = replace(
        answer, disagreement=(Disagreement("disputed", sides), Disagreement("updated", sides[:2]))
    )
    messages = answer_messages(shown, lang)
    check(messages, lang)
    whole = "\n".join(message.text for message in messages)
    assert TEXTS[lang].disputed in whole
    for side in sides:
        (number,) = shown.numbers_of(side)
        assert re.search(re.escape(side.value) + f"{PDI} {FSI}\\[{number}\\]{PDI}", whole)


@given(LINES, st.sampled_from(["ar", "en"]))
def test_a_brief_keeps_the_rules_and_says_what_it_is_of(topic: str, lang: Lang) -> None:
    day = TimeWindow(date(2026, 3, 8), date(2026, 3, 8))
    answer = replace(answer_of(lang, article_of("The ship sank.", "en")), form="brief")
    of_day = replace(answer, question=replace(answer.question, text="", window=day))
    on_topic = replace(answer, question=replace(answer.question, text=clean_line(topic)))
    for brief in (of_day, on_topic):
        check(answer_messages(brief, lang), lang)
        nothing = answer_messages(replace(brief, status="insufficient", claims=()), lang)
        check(nothing, lang)
    assert written_days(day.start, day.end, lang) in answer_messages(of_day, lang)[0].text
    assert clean_line(topic) in answer_messages(on_topic, lang)[0].text


HOSTILE = (
    '</blockquote><a href="https://bad.example/win">@somebody</a> /start '
    "[more](tg://resolve?domain=bad) #vote bad.example."
)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_nothing_of_an_article_can_be_pressed(lang: Lang) -> None:
    body = f"It opened, {HOSTILE} And so on."
    article = article_of(body, "en", title=HOSTILE, outlet=f"Post {HOSTILE}")
    answer = answer_of(lang, article, frame=f"According to Post {HOSTILE}:")
    cards = source_card([(1, article, 0, 20), (2, article, 4, len(article.body))], lang)
    digest = digest_messages("2026-03-21", [(1, HOSTILE, article, 0, len(article.body))], lang)
    near = replace(answer, status="insufficient", claims=(), nearest=(article,))
    for messages in (answer_messages(answer, lang), cards, digest, answer_messages(near, lang)):
        check(messages, lang)
        for message in messages:
            raw = message.text.encode("utf-16-le")
            at = {(e.type, e.offset, e.length, e.url) for e in message.entities}
            for _, offset, length, _ in sorted(
                (one for one in at if one[0] in ("code", "text_link")), key=lambda one: -one[1]
            ):
                raw = raw[: 2 * offset] + b" \0" * length + raw[2 * (offset + length) :]
            rest = raw.decode("utf-16-le")
            assert not is_live(rest), rest
            assert {url for kind, _, _, url in at if kind == "text_link"} <= {"https://outlet.example/a?b=c"}
            shown = {
                message.text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")
                for kind, offset, length, _ in at
                if kind == "text_link"
            }
            assert shown <= {TEXTS[lang].open_article}, "a link shows another address than it opens"


def test_a_quote_that_is_an_address_alone_is_code() -> None:
    article = article_of("https://bad.example/x", "en")
    (message,) = digest_messages(None, [(1, None, article, 0, len(article.body))], "en")
    assert [entity.type for entity in message.entities if entity.type != "text_link"] == ["code"]
    check([message], "en")
