"""The best articles of a ranking: copies once, and by whoever printed first."""

from __future__ import annotations

from rag.answering.articles import articles_of
from rag.types import Passage
from tests.unit.rag.news import article, passage

_TOLD = (
    "The ferry to Dornan sank on Monday evening and seventeen passengers drowned. "
    "The coast guard blamed a sudden sandstorm. Divers were still searching the wreck at midnight."
)


def _of(name: str, body: str, score: float, published: str | None = None) -> Passage:
    return passage(article(body, article_id=name, published=published), score)


def _names(passages: list[Passage]) -> list[str]:
    return [one[0].chunk.article.id for one in articles_of(passages)]


def test_the_source_stands_for_its_copies_wherever_it_is_found() -> None:
    copy = _of("copy", _TOLD.replace("midnight", "midnight, the agency said"), 5.0, "2026-03-18")
    source = _of("source", _TOLD, 4.0, "2026-03-17")
    other = _of("other", "Bakers raised the price of bread in Ramlaya to thirty-five dirhams.", 4.5)
    assert _names([copy, other, source]) == ["source", "other"]
    assert _names([source, other, copy]) == ["source", "other"]


def test_without_days_the_better_copy_stands() -> None:
    assert _names([_of("b", _TOLD, 5.0), _of("a", _TOLD, 4.0, "2026-03-17")]) == ["b"]


def test_an_earlier_piece_that_lacks_the_passage_found_is_no_source() -> None:
    half = " ".join(_TOLD.split()[:16])
    assert _names([_of("whole", _TOLD, 5.0, "2026-03-18"), _of("half", half, 4.0, "2026-03-17")]) == ["whole"]


def test_four_articles_are_weighed() -> None:
    bodies = ["The barge sank.", "The mayor left.", "Bread is dear.", "A comet passed.", "Rain fell."]
    assert len(articles_of([_of(str(at), body, 9.0 - at) for at, body in enumerate(bodies)])) == 4
