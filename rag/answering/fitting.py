"""Fit the weights that rank sentences and that tell an answer from a near miss.

Fitted on a tuning set that was written for it and is no test of it (`tests/evals/tuning`);
``python -m tests.evals.fit`` writes the shipped file anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rag.answering.evidence import GATE_FEATURES, Evidence, Weights, gate_features
from rag.answering.features import FEATURES, sign_of
from rag.logistic import fit_signed

_RANK_PENALTY = 10.0
_GATE_PENALTY = 200.0
_FOLDS = 5


@dataclass(frozen=True)
class Weighed:
    """One question's evidence: which of it answers, of which event it is, how much it counts."""

    group: str
    evidence: tuple[Evidence, ...]
    right: tuple[bool, ...]
    same_language: tuple[bool, ...]
    importance: float = 1.0

    @property
    def is_answerable(self) -> bool:
        """Whether any sentence answers."""
        return any(self.right)


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
    return Weights(model, nothing, nothing, np.zeros(len(GATE_FEATURES) + 1, dtype=np.float32), 0.0)


def fit_weights(model: str, questions: Sequence[Weighed], refused: float = 0.2) -> Weights:
    """Fit both models; the threshold refuses the share ``refused`` of the answerable, by cross-validation.

    The default was chosen where the development half of the gold questions lost about a tenth.

    Folds go by group, so that no event is on both sides.
    """
    fold = np.array([_fold_of(question.group) for question in questions])
    likely = np.zeros(len(questions))
    for held_out in range(_FOLDS):
        weights = _fit(model, [q for q, f in zip(questions, fold, strict=True) if f != held_out])
        for at, question in enumerate(questions):
            if fold[at] == held_out:
                likely[at] = weights.answers(ranked(question, weights)[0])
    answerable = np.array([question.is_answerable for question in questions])
    importance = np.array([question.importance for question in questions])
    threshold = _weighted_quantile(likely[answerable], importance[answerable], refused)
    return replace(_fit(model, questions), threshold=threshold)


def ranked(question: Weighed, weights: Weights) -> tuple[list[Evidence], list[bool]]:
    """Return the evidence anew in the order of ``weights``, and which of it is right."""
    scored = [
        (replace(one, probability=weights.rank(one.features, same_language=same)), right)
        for one, right, same in zip(question.evidence, question.right, question.same_language, strict=True)
    ]
    scored.sort(key=lambda pair: -pair[0].probability)
    return [one for one, _ in scored], [right for _, right in scored]


def _fit(model: str, questions: Sequence[Weighed]) -> Weights:
    weights = replace(untrained(model), same=_fit_rank(questions, True), cross=_fit_rank(questions, False))
    # The gate must see rankings as they will be: of questions that the ranking was not fitted on.
    rows, labels, importance = [], [], []
    fold = [_fold_of(question.group + "gate") for question in questions]
    for held_out in range(_FOLDS):
        fitted = [q for q, f in zip(questions, fold, strict=True) if f != held_out]
        inner = replace(weights, same=_fit_rank(fitted, True), cross=_fit_rank(fitted, False))
        for question, f in zip(questions, fold, strict=True):
            if f == held_out and question.evidence:
                rows.append(gate_features(ranked(question, inner)[0]))
                labels.append(float(question.is_answerable))
                importance.append(question.importance)
    # A gate feature ends with the name of the sentence feature it is made of; its own three speak for.
    signs = [1 if at < 3 else sign_of(name.split(".")[-1]) for at, name in enumerate(GATE_FEATURES)]
    gate = _fit_standardised(np.stack(rows), np.array(labels), np.array(importance), _GATE_PENALTY, signs)
    return replace(weights, gate=gate)


def _weighted_quantile(values: Any, importance: Any, share: float) -> float:
    order = np.argsort(values)
    below = np.cumsum(importance[order]) / importance.sum()
    return float(values[order][np.searchsorted(below, share)])


def _fit_rank(questions: Sequence[Weighed], same_language: bool) -> Any:
    rows, labels, importance = [], [], []
    for question in questions:
        for one, right, same in zip(question.evidence, question.right, question.same_language, strict=True):
            if same is same_language and question.is_answerable:
                rows.append(one.features)
                labels.append(float(right))
                importance.append(question.importance)
    signs = [sign_of(name) for name in FEATURES]
    return _fit_standardised(np.stack(rows), np.array(labels), np.array(importance), _RANK_PENALTY, signs)


def _fit_standardised(rows: Any, labels: Any, importance: Any, penalty: float, signs: Sequence[int]) -> Any:
    mean, deviation = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)
    standard = np.hstack([np.ones((len(rows), 1)), (rows - mean) / deviation])
    fitted = fit_signed(standard, labels, np.array([0, *signs]), penalty=penalty, importance=importance)
    weights = fitted[1:] / deviation
    return np.concatenate([[fitted[0] - float(weights @ mean)], weights]).astype(np.float32)


def _fold_of(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % _FOLDS
