"""What else the archive holds of the event that an answer is about: each of its articles, asked in its turn.

The search weighs the best few articles. Whether others say the same of the event shows only when they are
read with the question in mind as well: the sentences that hold a thing of the kind asked for, each alone
under its lead.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag.answering.causes import causes_in
from rag.answering.counted import answer_of_fate, fates_asked
from rag.answering.days import asked_of
from rag.answering.evidence import READINGS, Evidence
from rag.answering.features import telling_words
from rag.answering.kinds import holds, numbers_in
from rag.archive.archive import Archive
from rag.calibration import Calibration
from rag.dates import find_dates
from rag.logistic import probability
from rag.questions import Kind
from rag.reading.reader import Reader, Window
from rag.retrieval import Found, content_words
from rag.text import Word, fold, repair
from rag.types import Article, Passage, Question, Span, TimeWindow, Vector, lane_of
from rag.words import WordSpace, term_weight

_EVENTS = 3
_OF_STORY = 12
_MOST_READ = 8
"""Sentences read at once; there are two rounds, the second for articles whose first sentence did not surely
answer.
"""
_SURELY = 0.8
_BESIDE = 4
_TELLS_OF_IT = 0.25
"""The share of the best sentence's probability from which on a sentence's event is looked at."""
_WELL_POINTED = 0.4


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, read under its article's lead with the question in mind.

    ``event`` numbers the event it tells of. ``answer`` are the words of the body that answer; ``window``
    the log odds that what was read answers, ``share`` how much of the answer is in this sentence,
    ``sureness`` how surely its words were pointed at; ``cover`` the share of the question's word weight
    that it holds, and ``target`` how well a word beside the answer agrees with the one that says what is
    asked for, both 0 to 1. ``weighed`` is the probability of the same sentence as evidence, 0 where it is
    none.
    """

    passage: Passage
    span: Span
    event: int
    answer: Span
    window: float
    share: float
    sureness: float
    cover: float
    target: float
    weighed: float

    @property
    def article(self) -> Article:
        """The article that tells it."""
        return self.passage.chunk.article

    @property
    def sentence(self) -> str:
        """The sentence's words."""
        return self.span.of(self.article.body)

    @property
    def within(self) -> Span:
        """Where the answer stands in the sentence."""
        return Span(self.answer.start - self.span.start, self.answer.end - self.span.start)


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    span: Span
    event: int
    score: float
    evidence: Evidence | None

    @property
    def text(self) -> str:
        return self.span.of(self.passage.chunk.article.body)


class Companions:
    """Reads the articles of an event. Thread-safe."""

    def __init__(self, archive: Archive, calibration: Calibration, reader: Reader, space: WordSpace) -> None:
        self._archive = archive
        self._calibration = calibration
        self._reader = reader
        self._space = space

    def read(
        self,
        question: Question,
        kind: Kind,
        found: Found,
        evidence: Sequence[Evidence],
        answers: Callable[[Told], bool],
    ) -> list[Told]:
        """Return what each article of the events says of a thing of ``kind``: the sentence that surest
        ``answers``.

        ``evidence`` is what may be quoted, the best first, and ``found`` the search that brought it.
        """
        waiting = [
            sentences
            for article, event in self._events(evidence).values()
            if (sentences := self._sentences(question, kind, found, evidence, article, event))
        ]
        best: dict[str, Told] = {}
        for _ in range(2):
            for one in self._read(question, kind, [sentences[0] for sentences in waiting[:_MOST_READ]]):
                known = best.get(one.article.id)
                if answers(one) and (known is None or _surer(one, known)):
                    best[one.article.id] = one
            sure = {name for name, one in best.items() if one.window > 0 and one.share >= _SURELY}
            waiting = [
                rest
                for sentences in waiting
                if (rest := sentences[1:]) and rest[0].passage.chunk.article.id not in sure
            ]
        return list(best.values())

    def _events(self, evidence: Sequence[Evidence]) -> dict[str, tuple[Article, int]]:
        """Return the articles of the stories that the best evidence is of, each with its story's number."""
        articles: dict[str, tuple[Article, int]] = {}
        events = 0
        for one in evidence:
            article = one.passage.chunk.article
            if one.probability < _TELLS_OF_IT * evidence[0].probability or events == _EVENTS:
                break
            if article.id in articles:
                continue
            articles[article.id] = (article, events)
            if article.story_id is not None:
                for other in self._archive.articles_of_story(article.story_id, _OF_STORY):
                    articles.setdefault(other.id, (other, events))
            events += 1
        return articles

    def _sentences(
        self,
        question: Question,
        kind: Kind,
        found: Found,
        evidence: Sequence[Evidence],
        article: Article,
        event: int,
    ) -> list[_Sentence]:
        """Return the two sentences of an article to be read: those weighed best, else the likest to the
        question.
        """
        if question.window is not None and not _is_of(article, question.window):
            return []
        weighed: Mapping[Span, Evidence] = {
            one.span: one for one in evidence if one.place[0] == article.id and one.answer is not None
        }
        asked = content_words(question)
        sentences = []
        for chunk in self._archive.chunks_of([article.id]):
            vectors = self._calibration.center_sentences(lane_of(article.lang), chunk.sentence_vectors)
            passage = Passage(chunk, 0.0)
            for span, similarity in zip(chunk.sentences, vectors @ found.question_vector, strict=True):
                known = weighed.get(span)
                surely = known is not None and known.sureness >= _WELL_POINTED
                if not surely and not _holds(kind, span.of(article.body), article, asked):
                    continue
                score = float(similarity) + (1.0 + known.probability if known else 0.0)
                sentences.append(_Sentence(passage, span, event, score, known))
        return sorted(sentences, key=lambda one: -one.score)[:2]

    def _read(self, question: Question, kind: Kind, sentences: Sequence[_Sentence]) -> Iterator[Told]:
        asked = content_words(question)
        wanted = fates_asked(question.text) if kind is Kind.COUNT else frozenset()
        weights = np.array([term_weight(word.term) for word in asked], dtype=np.float32)
        for one in sentences:
            article = one.passage.chunk.article
            known = one.evidence
            if known is not None and known.answer is not None and known.sureness >= _WELL_POINTED:
                window = float(known.readings[READINGS.index("window_answers")])
                here = float(np.exp(known.readings[READINGS.index("answers_here")]))
                share = min(1.0, here / float(probability(window)))
                answer, sureness = known.answer, known.sureness
            else:
                lead = self._lead(article)
                texts = [one.text] if lead == one.span else [lead.of(article.body), one.text]
                window_read = Window(repair(article.title), tuple(repair(text) for text in texts))
                (reading,) = self._reader.read(repair(asked_of(question, article)), [window_read])
                pointed = reading.pointed[-1] if reading.pointed else None
                if pointed is None:
                    continue
                window, share, sureness = reading.answers, reading.shares[-1], pointed.share
                words = fold(one.text, search=False).original(Span(pointed.start, pointed.end))
                answer = Span(one.span.start + words.start, one.span.start + words.end)
            within = Span(answer.start - one.span.start, answer.end - one.span.start)
            fated = answer_of_fate(one.text, within, wanted) if wanted else None
            if fated is not None and fated != within:
                within = fated
                answer = Span(one.span.start + within.start, one.span.start + within.end)
            cover, target = self._met(asked, weights, one.text, within)
            weighed = known.probability if known else 0.0
            yield Told(
                one.passage, one.span, one.event, answer, window, share, sureness, cover, target, weighed
            )

    def _lead(self, article: Article) -> Span:
        return self._archive.chunks_of([article.id])[0].sentences[0]

    def _met(self, asked: Sequence[Word], weights: Vector, text: str, answer: Span) -> tuple[float, float]:
        """Return how much of the question a sentence holds, and how well what is asked for is met by the
        answer.
        """
        found = telling_words(text)
        if not asked or not found or not weights.sum():
            return 0.0, 0.0
        agreements = self._space.agreements(asked, found)
        inside = [at for at, word in enumerate(found) if _overlap(word.span, answer)]
        near = range(min(inside) - _BESIDE, max(inside) + _BESIDE + 1) if inside else range(0)
        beside = [float(agreements[0, at]) for at in near if 0 <= at < len(found)]
        return float(agreements.max(axis=1) @ weights / weights.sum()), max(beside, default=0.0)


def _is_of(article: Article, window: TimeWindow) -> bool:
    """Tell whether an article was published on a day that was asked about, not only while it was news."""
    day = article.published
    if day is None:
        return False
    begun = window.end is None or day.first_day <= window.end
    return begun and (window.start is None or day.last_day >= window.start)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _surer(one: Told, other: Told) -> bool:
    mine, theirs = (side.window + math.log(side.share + 1e-3) for side in (one, other))
    return mine > theirs


def _holds(kind: Kind, text: str, article: Article, asked: Sequence[Word]) -> bool:
    """Tell whether a sentence holds a thing of ``kind``, days counted from the article's own."""
    if kind in (Kind.COUNT, Kind.AMOUNT):
        return bool(numbers_in(text))
    if kind is Kind.WHEN:
        published = article.published.first_day if article.published else None
        return bool(find_dates(text, published=published))
    if kind is Kind.WHY:
        return bool(causes_in(text))
    return holds(kind, text, asked)
