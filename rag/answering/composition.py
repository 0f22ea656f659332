"""An answer in quotes put together: copies once, and those who disagree side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rag.answering.companions import Companions
from rag.answering.disagreement import Disagreements, Opposed, answers, slot_of
from rag.answering.evidence import Evidence
from rag.answering.extractive import claims_from
from rag.answering.timeline import asks_what_happened, timeline
from rag.archive.archive import Archive
from rag.retrieval import Found
from rag.types import Article, Citation, Claim, Disagreement, Question, Side, Span

_OF_STORY = 12


@dataclass(frozen=True, slots=True)
class Composed:
    """The claims of an answer and where they disagree."""

    claims: tuple[Claim, ...]
    disagreement: tuple[Disagreement, ...]


class Composer:
    """Puts answers together from what one archive holds. Thread-safe."""

    def __init__(self, archive: Archive, companions: Companions, disagreements: Disagreements) -> None:
        self._archive = archive
        self._companions = companions
        self._disagreements = disagreements

    def compose(self, question: Question, found: Found, evidence: Sequence[Evidence], most: int) -> Composed:
        """Return at most ``most`` claims from ``evidence`` (the best first), those who disagree first."""
        opposed = self._opposed(question, found, evidence)
        first: list[tuple[Article, Span]] = []
        for side in (side for one in opposed for side in one.sides):
            if (side.article, side.span) not in first:
                first.append((side.article, side.span))
        others = self._around(found, evidence)
        claims = claims_from(
            evidence, question.lang, most, in_order=question.latest, first=first, others=others
        )
        return Composed(claims, tuple(_disagreement(one) for one in opposed))

    def timeline(self, question: Question, found: Found, evidence: Sequence[Evidence]) -> tuple[Claim, ...]:
        """Return the dated lines of a story for whoever asks what happened; none for any other question."""
        if not asks_what_happened(question):
            return ()
        return timeline(question, self._archive, found, evidence)

    def _opposed(self, question: Question, found: Found, evidence: Sequence[Evidence]) -> list[Opposed]:
        best = next((one for one in evidence if one.answer is not None), None)
        words = best.answer.of(best.passage.chunk.article.body) if best and best.answer else ""
        kind = slot_of(question, words)
        if kind is None or best is None:
            return []
        told = self._companions.read(question, kind, found, evidence, partial(answers, question, kind))
        return self._disagreements.among(question, kind, told)

    def _around(self, found: Found, evidence: Sequence[Evidence]) -> list[Article]:
        """Return the articles that may print what is quoted: of its stories, and of the ranking."""
        articles = {passage.chunk.article.id: passage.chunk.article for passage in found.passages}
        stories = {one.passage.chunk.article.story_id for one in evidence[:3]} - {None}
        for story in sorted(story for story in stories if story is not None):
            for article in self._archive.articles_of_story(story, _OF_STORY):
                articles.setdefault(article.id, article)
        return list(articles.values())


def _disagreement(opposed: Opposed) -> Disagreement:
    sides = tuple(
        Side(side.answer.of(side.article.body), Citation(0, side.article, side.span.start, side.span.end))
        for side in opposed.sides
    )
    return Disagreement(opposed.status, sides)
