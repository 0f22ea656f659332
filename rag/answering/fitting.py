"""Fit the weights that rank sentences and that tell an answer from a near miss.

Fitted on questions that were written for it and are no test of it (`tests/evals/weighing.py`);
``python -m tests.evals.fit`` writes the shipped file anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rag.answering.evidence import (
    GATE_FEATURES,
    PAIRS,
    READINGS,
    SHOWN_BY,
    Evidence,
    Weights,
    gate_features,
    pair_of,
    shown_by,
)
from rag.answering.features import FEATURES, sign_of
from rag.logistic import fit_logistic, fit_signed, probability
from rag.types import Question, Vector

_RANK_PENALTY = 10.0
_GATE_PENALTY = 200.0
_FOLDS = 5
_UNCALIBRATED = np.array([[0.0, 1.0], [0.0, 1.0]], dtype=np.float32)
_READING_SIGNS = (1, 1, 1, 0, 1, -1, -1)


@dataclass(frozen=True)
class Weighed:
    """One question's evidence: what answers it, of which event it is, how much it counts.

    Where ``article_ids`` are given, only sentences of theirs answer.
    """

    group: str
    question: Question
    evidence: tuple[Evidence, ...]
    answers: tuple[str, ...]
    importance: float = 1.0
    article_ids: tuple[str, ...] = ()

    @property
    def right(self) -> tuple[bool, ...]:
        """Which of the evidence answers."""
        return tuple(
            (not self.article_ids or one.place[0] in self.article_ids)
            and any(answer in one.text for answer in self.answers)
            for one in self.evidence
        )

    @property
    def is_answerable(self) -> bool:
        """Whether any sentence answers."""
        return any(self.right)

    def is_same_language(self, one: Evidence) -> bool:
        """Whether a sentence is in the question's language."""
        return one.passage.chunk.article.lang == self.question.lang


def balanced_for_leads(questions: Sequence[Weighed], share: float) -> list[Weighed]:
    """Return ``questions`` weighed so that the lead answers the given share of the answerable ones.

    Whoever writes questions from articles looks for hard ones and asks little that the lead tells; readers
    ask it often. Without this a model learns that a lead never answers.
    """
    lead = FEATURES.index("lead")
    by_lead = [
        any(right and one.features[lead] for one, right in zip(q.evidence, q.right, strict=True))
        for q in questions
    ]
    told = sum(q.importance for q, leads in zip(questions, by_lead, strict=True) if leads)
    others = sum(
        q.importance for q, leads in zip(questions, by_lead, strict=True) if q.is_answerable and not leads
    )
    if not told:
        return list(questions)
    factor = share * others / ((1 - share) * told)
    return [
        replace(q, importance=q.importance * factor) if leads else q
        for q, leads in zip(questions, by_lead, strict=True)
    ]


def untrained(model: str) -> Weights:
    """Return weights that know nothing: evidence comes in no order."""
    nothing = np.zeros(len(FEATURES) + 1, dtype=np.float32)
    unread = np.zeros(len(READINGS) + 1, dtype=np.float32)
    gate = np.zeros(len(GATE_FEATURES) + 1, dtype=np.float32)
    shown = np.zeros(len(SHOWN_BY) + 1, dtype=np.float32)
    return Weights(model, nothing, nothing, unread, unread, shown, shown, gate, _UNCALIBRATED, 0.0)


def sifted(model: str, questions: Sequence[Weighed]) -> list[Weighed]:
    """Return ``questions`` with the evidence ordered as before reading, by weights not fitted on them.

    Folds go by group, so that no event is on both sides.
    """
    fold = [_fold_of(question.group) for question in questions]
    ordered = list(questions)
    for held_out in range(_FOLDS):
        weights = _fit_sifting(model, [q for q, f in zip(questions, fold, strict=True) if f != held_out])
        for at, question in enumerate(questions):
            if fold[at] == held_out:
                scored = [
                    replace(
                        one,
                        probability=weights.rank(one.features, same_language=question.is_same_language(one)),
                    )
                    for one in question.evidence
                ]
                ordered[at] = replace(question, evidence=tuple(sorted(scored, key=lambda e: -e.probability)))
    return ordered


def fit_weights(model: str, questions: Sequence[Weighed], refused: float = 0.1) -> Weights:
    """Fit all models on evidence sifted by `sifted` and then read.

    The gate's log odds are calibrated, for evidence in the question's language and in another, on questions
    that the gate was not fitted on. The threshold refuses the share ``refused`` of the answerable, by
    cross-validation over groups: the default leaves a little of the share that may be refused
    (`tests/evals/floors.json`).
    """
    sifting = _fit_sifting(model, questions)
    ranked = [(rank(question, weights), weights) for question, weights in out_of_fold(sifting, questions)]
    known = [at for at, (evidence, _) in enumerate(ranked) if evidence]
    odds = np.array([ranked[at][1].odds(ranked[at][0]) for at in known])
    pair = np.array([pair_of(ranked[at][0][0]) for at in known])
    answerable = np.array([questions[at].is_answerable for at in known])
    importance = np.array([questions[at].importance for at in known])
    pairs = np.stack(
        [
            _calibrated(odds[pair == p], answerable[pair == p], importance[pair == p])
            for p in range(len(PAIRS))
        ]
    )
    likely = probability(pairs[pair, 0] + pairs[pair, 1] * odds)
    threshold = weighted_quantile(likely[answerable], importance[answerable], refused)
    return replace(_fit_read(sifting, questions), pairs=pairs, threshold=threshold)


def _calibrated(odds: Any, labels: Any, importance: Any) -> Vector:
    """Return constant and slope that make of log odds a probability (Platt, 1999)."""
    rows = np.stack([np.ones(len(odds)), odds], axis=1)
    fitted = fit_logistic(rows, labels.astype(np.float64), penalty=1e-3, importance=importance)
    return np.asarray(fitted, dtype=np.float32)


def out_of_fold(sifting: Weights, questions: Sequence[Weighed]) -> list[tuple[Weighed, Weights]]:
    """Return each question with weights, for what comes after sifting, that were not fitted on its event."""
    fold = [_fold_of(question.group) for question in questions]
    fitted = [
        _fit_read(sifting, [q for q, f in zip(questions, fold, strict=True) if f != held_out])
        for held_out in range(_FOLDS)
    ]
    return [(question, fitted[f]) for question, f in zip(questions, fold, strict=True)]


def rank(question: Weighed, weights: Weights) -> list[Evidence]:
    """Return the evidence, once read, in the order of ``weights``."""
    scored = [
        replace(
            one, probability=weights.rank_read(one.readings, same_language=question.is_same_language(one))
        )
        for one in question.evidence
    ]
    return sorted(scored, key=lambda one: -one.probability)


def _fit_sifting(model: str, questions: Sequence[Weighed]) -> Weights:
    signs = [sign_of(name) for name in FEATURES]

    def features(one: Evidence) -> Vector:
        return one.features

    same, cross = (_fit_rank(questions, which, features, signs) for which in (True, False))
    return replace(untrained(model), same=same, cross=cross)


def _fit_read(sifting: Weights, questions: Sequence[Weighed]) -> Weights:
    def readings(one: Evidence) -> Vector:
        return one.readings

    same, cross = (_fit_rank(questions, which, readings, _READING_SIGNS) for which in (True, False))
    weights = replace(sifting, same_read=same, cross_read=cross)
    asked = [question for question in questions if question.evidence]
    rows = np.stack([gate_features(rank(question, weights)) for question in asked])
    labels = np.array([float(question.is_answerable) for question in asked])
    importance = np.array([question.importance for question in asked])
    # A gate feature ends with the name of the sentence feature it is made of; its own three speak for.
    signs = [1 if at < 3 else _sign_of_either(name.split(".")[-1]) for at, name in enumerate(GATE_FEATURES)]
    return replace(weights, gate=_fit_standardised(rows, labels, importance, _GATE_PENALTY, signs))


def fit_shown(weights: Weights, questions: Sequence[Weighed]) -> Weights:
    """Return ``weights`` with the order of what is shown fitted on ``questions``, weighed by the others."""
    signs = [_sign_of_either(name) for name in SHOWN_BY]
    same, cross = (_fit_rank(questions, which, shown_by, signs) for which in (True, False))
    return replace(weights, same_shown=same, cross_shown=cross)


def _sign_of_either(name: str) -> int:
    return _READING_SIGNS[READINGS.index(name)] if name in READINGS else sign_of(name)


def weighted_quantile(values: Any, importance: Any, share: float) -> float:
    """Return the value below which ``share`` of all ``importance`` lies; both arrays ``(rows,)``."""
    order = np.argsort(values)
    below = np.cumsum(importance[order]) / importance.sum()
    return float(values[order][np.searchsorted(below, share)])


def _fit_rank(
    questions: Sequence[Weighed],
    same_language: bool,
    features: Callable[[Evidence], Vector],
    signs: Sequence[int],
) -> Any:
    rows, labels, importance = [], [], []
    for question in questions:
        if question.is_answerable:
            for one, right in zip(question.evidence, question.right, strict=True):
                if question.is_same_language(one) is same_language:
                    rows.append(features(one))
                    labels.append(float(right))
                    importance.append(question.importance)
    return _fit_standardised(np.stack(rows), np.array(labels), np.array(importance), _RANK_PENALTY, signs)


def _fit_standardised(rows: Any, labels: Any, importance: Any, penalty: float, signs: Sequence[int]) -> Any:
    mean, deviation = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)
    standard = np.hstack([np.ones((len(rows), 1)), (rows - mean) / deviation])
    fitted = fit_signed(standard, labels, np.array([0, *signs]), penalty=penalty, importance=importance)
    weights = fitted[1:] / deviation
    return np.concatenate([[fitted[0] - float(weights @ mean)], weights]).astype(np.float32)


def _fold_of(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % _FOLDS
