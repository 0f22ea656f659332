"""What a copy prints is quoted from its source, and nothing else is moved."""

from __future__ import annotations

from dataclasses import replace

from rag.answering.evidence import Evidence
from rag.answering.sources import by_source
from rag.text import sentences
from rag.types import Article, Precision, Published, Span
from tests.unit.rag.news import article, evidence, passage

_SUNK = "The ferry to Dornan sank on Monday evening and seventeen passengers drowned."
_REST = "The coast guard blamed a sudden sandstorm. Divers were still searching the wreck at midnight."
_REPORTED = _SUNK.replace(".", ", Qimam Press said.")


def _article(name: str, first: str, published: str | None, rest: str = _REST) -> Article:
    return article(f"{first} {rest}", article_id=name, published=published)


def _quoted(copy: Article, source: Article) -> Evidence:
    words = copy.body.index("seventeen")
    one = replace(evidence(copy, 0.9), answer=Span(words, words + len("seventeen")))
    (moved,) = by_source([one], [passage(copy), passage(source)])
    assert moved.probability == one.probability
    return moved


def test_the_sentence_is_quoted_from_whoever_printed_it_first() -> None:
    source = _article("source", _SUNK, "2026-03-17")
    moved = _quoted(_article("copy", _REPORTED, "2026-03-18"), source)
    assert moved.text == _SUNK
    assert moved.answer is not None
    assert moved.answer.of(source.body) == "seventeen"


def test_it_stays_where_it_is_if_the_other_is_later_undated_or_tells_another_number() -> None:
    copy = _article("copy", _REPORTED, "2026-03-18")
    for day in ("2026-03-19", "2026-03-18", None):
        assert _quoted(copy, _article("other", _SUNK, day)).text == _REPORTED
    other = _article("other", _SUNK.replace("seventeen", "fourteen"), "2026-03-17")
    assert _quoted(copy, other).text == _REPORTED
    assert (
        _quoted(_article("copy", _REPORTED, None), _article("other", _SUNK, "2026-03-17")).text == _REPORTED
    )


def test_what_only_the_copy_tells_stays_the_copy_s() -> None:
    source = _article("source", _SUNK, "2026-03-17")
    copy = _article("copy", _REPORTED, "2026-03-18", f"{_REST} A fund for families opened.")
    told = evidence(copy, 0.4, sentences(copy.body)[-1])
    assert by_source([told], [passage(source)]) == [told]


def test_another_spelling_of_the_answer_is_found_in_the_source() -> None:
    rest = (
        "وأغلقت السلطات الميناء حتى إشعار آخر، فيما واصل الغواصون البحث عن ناجين قرب الشاطئ الشرقي للمدينة."
    )
    source = _article(
        "source", "غرقت عبّارة قرب ميناء درنان بكلفة 17 مليار ريال بعد عاصفة.", "2026-03-17", rest
    )
    copy = _article("copy", "غرقت عبّارة قرب ميناء درنان بكلفة ١٧ ملیار ريال بعد عاصفة.", "2026-03-18", rest)
    source, copy = replace(source, lang="ar"), replace(copy, lang="ar")
    at = copy.body.index("١٧")
    one = replace(evidence(copy, 0.9), answer=Span(at, at + len("١٧ ملیار")))
    (moved,) = by_source([one], [passage(source)])
    assert moved.answer is not None
    assert moved.answer.of(source.body) == "17 مليار"


def test_of_several_copies_it_is_the_earliest_by_the_clock() -> None:
    copy = _article("copy", _REPORTED, "2026-03-18")
    late, early = "2026-03-17T18:00:00+01:00", "2026-03-17T19:00:00+03:00"
    sources = [
        replace(_article(name, _SUNK, None), published=Published(at, Precision.INSTANT, at, "given"))
        for name, at in (("late", late), ("early", early))
    ]
    (moved,) = by_source([evidence(copy, 0.9)], [passage(source) for source in sources])
    assert moved.passage.chunk.article.id == "early"
