"""What tells whether a sentence answers a question: its features, by name.

Similarity says that a sentence is *about* the question. Whether it *answers* shows in finer things: does each
weighty word of the question have its counterpart in the sentence, beside it, or anywhere in the article; does
the question come nearer to the sentence when a word is left out of it (then the sentence does not speak of
that word); is there a thing of the kind asked for (a *slot*: a number, a day, a name, a cause), and do the
question's words stand close to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rag.answering.kinds import STRICT, dates_in, holds, numbers_in, reasons_in
from rag.calibration import Calibration
from rag.countries import countries_in
from rag.embedding import SiyaqEmbedding
from rag.questions import Kind, is_asking_word, kind_of
from rag.retrieval import Standard, content_words
from rag.text import Word, repair, words
from rag.types import Passage, Question, Vector, lane_of
from rag.words import WordSpace, term_weight

FEATURES = (
    "sentence",  # similarity to the question, standardised
    "sentence_before",  # that of the sentence before it
    "behind_best_sentence",  # of the same article
    "article",  # score of the article's best passage
    "behind_best_article",
    "passage",  # the sentence's own passage, relative to its article's best
    "lead",  # the article's first sentence
    "met",  # share of the question's word weight met in the sentence
    "met_near",  # in it, beside it, or in the title
    "met_around",  # anywhere in the article's passages or title
    "least_met",  # the worst met of the heavy words
    "least_met_near",
    "least_met_around",
    "unmet_near",  # share of the word weight that is hardly met
    "unmet_around",
    "detail_met",  # of the words that the title does not bring
    "detail_share",
    "target",  # the word that says what is asked for
    "target_near",
    "target_around",
    "figures_missing",  # the article lacks a number of the question
    "least_name_met",  # the worst met proper name of the question, 1 where it has none
    "least_name_met_around",
    "least_name_met_beside",  # in the sentence, its neighbours, the title or the lead: where it is read
    "figures_missing_beside",  # a number of the question is not there
    "least_word_met_near",  # the worst met word of any weight
    "least_word_met_around",
    "question_words",
    "least_support",  # how much nearer the least supported word brings the question to the sentence
    "least_support_scaled",
    "lacking_support",  # the sum of what unsupported words cost
    "least_support_near",
    "lacking_support_near",
    "strict_kind_missing",
    "soft_kind_missing",
    "slot",
    "slots",
    "met_by_slot",  # within a few words of the best slot
    "met_about_slot",
    "detail_met_by_slot",
    "detail_met_about_slot",
    "target_at_slot",
    "target_by_slot",
    "target_about_slot",
    "any_name",
    "asks_who",
    "asks_when",
    "asks_where",
    "asks_count",
    "asks_amount",
    "asks_why",
    "same_language",
)
# Whatever a set of questions suggests, holding more of a question's words is never a reason against a
# sentence. Features without a sign may speak for either.
_AGAINST = frozenset(
    (
        "unmet_near",
        "unmet_around",
        "figures_missing",
        "figures_missing_beside",
        "strict_kind_missing",
        "soft_kind_missing",
    )
)
_EITHER = frozenset(("lead", "detail_share", "question_words", "same_language", "sentence_before"))


def sign_of(feature: str) -> int:
    """Return 1 where more of ``feature`` can only speak for an answer, -1 against it, 0 for either."""
    if feature in _EITHER or feature.startswith("asks_"):
        return 0
    return -1 if feature in _AGAINST else 1


_HEAVY = 0.6  # of the heaviest word's weight
_HARDLY = 0.3
_BROUGHT = 0.6  # a word that agrees this well with the title is no detail
_BESIDE = 0.9  # what a word counts that stands beside the sentence and not in it
_NAME = 0.4
_ASKED = (Kind.WHO, Kind.WHEN, Kind.WHERE, Kind.COUNT, Kind.AMOUNT, Kind.WHY)


@dataclass(frozen=True)
class Asked:
    """A question taken apart once for all sentences.

    ``vector`` is the centred question ``(dimension,)``, ``without`` the question with each word left out in
    turn ``(words, dimension)``, ``changes`` how far leaving it out moves the question ``(words,)``, ``names``
    how likely each word is a proper name ``(words,)``.
    """

    kind: Kind
    words: tuple[Word, ...]
    weights: Vector
    vector: Vector
    without: Vector
    changes: Vector
    names: Vector
    lang: str

    @property
    def countries(self) -> frozenset[int]:
        """The countries that the question names."""
        return countries_in(" ".join(word.written for word in self.words))


def take_apart(
    question: Question,
    vector: Vector,
    embedder: SiyaqEmbedding,
    calibration: Calibration,
    space: WordSpace,
) -> Asked:
    """Take ``question`` apart: its content words with weights, and itself without each of them."""
    found = tuple(content_words(question))
    text = question.text
    shorter = [
        re.sub(r"\s+", " ", text[: word.span.start] + " " + text[word.span.end :]).strip() for word in found
    ]
    raw = embedder.embed_questions([repair(one) for one in shorter])
    without = calibration.center_questions(question.lang, raw)
    weights = np.array([term_weight(word.term) for word in found], dtype=np.float32)
    names = space.name_likelihoods(found)
    for at, word in enumerate(found):
        # A capital inside a question is a name's; a reader may well write names without.
        if word.span.start and word.written[0].isupper():
            names[at] = 1.0
    return Asked(kind_of(text), found, weights, vector, without, 1.0 - without @ vector, names, question.lang)


class ArticleFeatures:
    """The features of each sentence of one article's passages (best passage first)."""

    def __init__(
        self,
        asked: Asked,
        passages: Sequence[Passage],
        standard: Standard,
        best_article: float,
        space: WordSpace,
        calibration: Calibration,
    ) -> None:
        self._asked = asked
        self._article = passages[0].chunk.article
        self._standard = standard
        self._best_article = best_article
        self._best_passage = passages[0].score
        self._space = space
        lane = lane_of(self._article.lang)
        rows = {
            span: (passage, similarity, vector)
            for passage in passages
            for span, similarity, vector in zip(
                passage.chunk.sentences,
                passage.sentence_scores,
                calibration.center_sentences(lane, passage.chunk.sentence_vectors),
                strict=True,
            )
        }
        self.spans = sorted(rows, key=lambda span: span.start)
        self._passages = [rows[span][0] for span in self.spans]
        self._scores = [standard.sentence(rows[span][1]) for span in self.spans]
        vectors = np.stack([rows[span][2] for span in self.spans])
        self._support = (vectors @ asked.vector)[:, None] - vectors @ asked.without.T
        self._meet_words()

    def _meet_words(self) -> None:
        body, asked = self._article.body, self._asked.words
        self._words = [telling_words(span.of(body)) for span in self.spans]
        title = telling_words(self._article.title)
        every = [*title, *(word for of_sentence in self._words for word in of_sentence)]
        matrix = self._space.agreements(asked, every)
        cuts = np.cumsum([len(title), *(len(of_sentence) for of_sentence in self._words)])
        title_matrix, *self._matrices = np.split(matrix, cuts[:-1], axis=1)
        self._title = _best(title_matrix)
        self._met = np.stack([_best(one) for one in self._matrices])
        self._around = np.maximum(self._met.max(axis=0), self._title)
        self._details = self._asked.weights * (self._title < _BROUGHT)
        figures = [at for at, word in enumerate(asked) if word.term.isdigit()]
        self._figures = np.array(figures, dtype=int)

    def passage(self, at: int) -> Passage:
        """Return the passage that holds sentence ``at``."""
        return self._passages[at]

    def of(self, at: int) -> Vector:
        """Return the features of sentence ``at``, in the order of `FEATURES`."""
        kind = self._asked.kind
        text = self.spans[at].of(self._article.body)
        missing = not holds(kind, text, self._asked.words)
        return np.array(
            [
                *self._similarities(at),
                *self._coverage(at),
                *self._supports(at),
                float(missing and kind in STRICT),
                float(missing and kind not in STRICT),
                *self._slot_features(at, text),
                *(float(kind is asked) for asked in _ASKED),
                float(self._asked.lang == self._article.lang),
            ],
            dtype=np.float32,
        )

    def _similarities(self, at: int) -> tuple[float, ...]:
        return (
            self._scores[at],
            self._scores[max(0, at - 1)],
            self._scores[at] - max(self._scores),
            self._best_passage,
            self._best_passage - self._best_article,
            self._passages[at].score - self._best_passage,
            float(self.spans[at].start == 0),
        )

    def _coverage(self, at: int) -> tuple[float, ...]:
        weights, here = self._asked.weights, self._met[at]
        near = self._met[max(0, at - 1) : at + 2].max(axis=0)
        near = np.maximum(here, _BESIDE * np.maximum(near, self._title))
        beside = np.maximum(near, _BESIDE * self._met[0]) if self.spans[0].start == 0 else near
        return (
            _share(here, weights),
            _share(near, weights),
            _share(self._around, weights),
            _least(here, weights),
            _least(near, weights),
            _least(self._around, weights),
            _share(near < _HARDLY, weights),
            _share(self._around < _HARDLY, weights),
            _share(here, self._details, empty=0.5),
            _share(self._details > 0, weights),
            *(float(met[0]) if len(met) else 0.0 for met in (here, near, self._around)),
            float((self._around[self._figures] < 1).any()),
            _least_of(here, self._asked.names > 0.5),
            _least_of(self._around, self._asked.names > 0.5),
            _least_of(beside, self._asked.names > 0.5),
            float((beside[self._figures] < _BESIDE).any()),
            _least_of(near, weights > 0),
            _least_of(self._around, weights > 0),
            float(min(len(weights), 10)),
        )

    def _supports(self, at: int) -> tuple[float, ...]:
        here = self._support[at]
        if not len(here):
            return (0.0,) * 5
        near = np.maximum(here, self._support[max(0, at - 1)])
        return (
            float(here.min()),
            float((here / np.sqrt(self._asked.changes + 0.01)).min()),
            float(np.minimum(here, 0.0).sum()),
            float(near.min()),
            float(np.minimum(near, 0.0).sum()),
        )

    def _slot_features(self, at: int, text: str) -> tuple[float, ...]:
        matrix, found, weights = self._matrices[at], self._words[at], self._asked.weights
        if not found or not len(weights):
            return (0.0,) * 10
        names = self._new_names(at)
        slots = self._slots(at, text, names)

        def met(reach: int, of: Vector) -> float:
            close = [_share(_best(matrix[:, max(0, s - reach) : s + reach + 1]), of) for s in slots]
            return max(close, default=0.0)

        def target(reach: int) -> float:
            return max(
                (float(matrix[0, max(0, s - reach) : s + reach + 1].max()) for s in slots), default=0.0
            )

        return (
            float(bool(slots)),
            float(min(len(slots), 4)),
            met(3, weights),
            met(6, weights),
            met(3, self._details),
            met(6, self._details),
            target(1),
            target(3),
            target(6),
            float(bool(names)),
        )

    def _slots(self, at: int, text: str, names: Sequence[int]) -> Sequence[int]:
        """Return the places, among the telling words of sentence ``at``, of things of the kind asked for."""
        kind, found = self._asked.kind, self._words[at]
        if kind in (Kind.WHO, Kind.WHERE):
            return names
        if kind in (Kind.COUNT, Kind.AMOUNT):
            known = {word.term for word in self._asked.words}
            starts = [span.start for span in numbers_in(text, known)]
        elif kind is Kind.WHEN:
            starts = [span.start for span in dates_in(text)]
        elif kind is Kind.WHY:
            starts = [span.start for span in reasons_in(text)]
        else:
            return [place for place in range(len(found)) if self._matrices[at][:, place].max() < 0.5]
        return [min(range(len(found)), key=lambda p: abs(found[p].span.start - start)) for start in starts]

    def _new_names(self, at: int) -> list[int]:
        found, matrix = self._words[at], self._matrices[at]
        likelihoods = self._space.name_likelihoods(found)
        return [
            place
            for place, word in enumerate(found)
            if (likelihoods[place] > _NAME or (place > 0 and word.written[0].isupper()))
            and matrix[:, place].max() < _BROUGHT
            and not word.term.isdigit()
        ]


def telling_words(text: str) -> list[Word]:
    """Return the words of ``text`` that say something: no asking or binding words."""
    return [word for word in words(text) if not is_asking_word(word.written)]


def _best(matrix: Vector) -> Vector:
    return np.asarray(matrix.max(axis=1) if matrix.shape[1] else np.zeros(len(matrix)), dtype=np.float32)


def _share(met: Any, weights: Vector, empty: float = 0.0) -> float:
    total = float(weights.sum())
    return float(met @ weights) / total if total else empty


def _least_of(met: Vector, which: Any) -> float:
    return float(met[which].min()) if which.any() else 1.0


def _least(met: Vector, weights: Vector) -> float:
    return float(met[weights >= float(weights.max()) * _HEAVY].min()) if len(weights) else 0.0
