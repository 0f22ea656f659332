"""The refusal threshold, fitted on an operator's own questions and judged on articles held out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.evaluation.asking import Outcome
from bot.evaluation.measures import Estimate, estimate
from bot.evaluation.questions import NEAR_MISS
from rag.answering.fitting import weighted_quantile
from rag.errors import UsageError

__all__ = ["LEAST_ANSWERABLE", "Fit", "fit_threshold"]

LEAST_ANSWERABLE = 20
_LEAST_GROUPS = 5
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Fit:
    """A threshold, and the error rates to expect of one that is fitted like it: on articles held out."""

    threshold: float
    refused_with_evidence: Estimate
    answered_without_evidence: Estimate
    answered_near_miss: Estimate

    def as_json(self) -> dict[str, Any]:
        """Return the threshold and the rates."""
        return {
            "threshold": round(self.threshold, 4),
            "refused_with_evidence": self.refused_with_evidence.as_json(),
            "answered_without_evidence": self.answered_without_evidence.as_json(),
            "answered_near_miss": self.answered_near_miss.as_json(),
        }


def fit_threshold(outcomes: Sequence[Outcome], refused: float) -> Fit:
    """Return the threshold that refuses the share ``refused`` of the questions with evidence.

    The rates are by cross-validation over groups of articles. Raises `rag.errors.UsageError` where there
    are too few questions with evidence to tell a quantile of.
    """
    answerable = [one for one in outcomes if one.answerable]
    groups = {one.group for one in answerable}
    if len(answerable) < LEAST_ANSWERABLE or len(groups) < _LEAST_GROUPS:
        raise UsageError(
            "questions",
            f"{len(answerable)} with evidence, about {len(groups)} groups of articles, are too few: "
            f"{LEAST_ANSWERABLE} about {_LEAST_GROUPS} are needed to fit on",
        )
    fold = _folds(outcomes)
    thresholds = [
        _threshold([one for one in answerable if fold[one.group] != held_out], refused)
        for held_out in range(_FOLDS)
    ]
    refused_then = {one.id: _is_refused(one, thresholds[fold[one.group]]) for one in outcomes}
    without = [one for one in outcomes if not one.answerable]
    near = [one for one in without if one.kind == NEAR_MISS]
    far = [one for one in without if one.kind != NEAR_MISS]
    return Fit(
        _threshold(answerable, refused),
        _rate(answerable, [refused_then[one.id] for one in answerable]),
        _rate(far, [not refused_then[one.id] for one in far]),
        _rate(near, [not refused_then[one.id] for one in near]),
    )


def _folds(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """Return a fold for each group, those with evidence spread over all folds, the same in every run."""

    def shuffled(groups: set[str]) -> list[str]:
        return sorted(groups, key=lambda group: hashlib.sha256(group.encode()).hexdigest())

    with_evidence = {one.group for one in outcomes if one.answerable}
    others = {one.group for one in outcomes} - with_evidence
    return {group: at % _FOLDS for at, group in enumerate([*shuffled(with_evidence), *shuffled(others)])}


def _is_refused(one: Outcome, threshold: float) -> bool:
    # Confidence 0 stands for no evidence at all, which is refused whatever the threshold.
    return one.confidence < threshold or one.confidence == 0


def _threshold(answerable: Sequence[Outcome], refused: float) -> float:
    # The same quantile as of the threshold that ships.
    sure = np.array([one.confidence for one in answerable])
    return weighted_quantile(sure, np.ones(len(sure)), refused)


def _rate(outcomes: Sequence[Outcome], errors: Sequence[bool]) -> Estimate:
    return estimate([float(error) for error in errors], [one.group for one in outcomes])
