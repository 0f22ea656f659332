"""Logistic regression, fitted by Newton's method: small enough to need no library, exact, and repeatable."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_STEPS = 60
_CLOSE = 1e-7


def probability(scores: Any) -> Any:
    """Return the logistic function of ``scores`` (a number or an array)."""
    return 1.0 / (1.0 + np.exp(-np.clip(scores, -40.0, 40.0)))


def fit_signed(
    features: NDArray[np.floating[Any]],
    labels: NDArray[np.floating[Any]],
    signs: NDArray[np.integer[Any]],
    *,
    penalty: float,
    importance: NDArray[np.floating[Any]] | None = None,
) -> NDArray[np.float64]:
    """Fit as `fit_logistic`, with no weight of another sign than ``signs`` ``(columns,)`` says (0: either).

    What comes out with the wrong sign is left out and the rest is fitted anew, until none is wrong.
    """
    kept = np.ones(features.shape[1], dtype=bool)
    while True:
        fitted = fit_logistic(features[:, kept], labels, penalty=penalty, importance=importance)
        weights = np.zeros(features.shape[1])
        weights[kept] = fitted
        wrong = weights * signs < 0
        if not wrong.any():
            return weights
        # The worst half first: a weight may be wrong only because of another that is.
        limit = np.median(np.abs(weights[wrong]))
        kept &= ~(wrong & (np.abs(weights) >= limit))


def fit_logistic(
    features: NDArray[np.floating[Any]],
    labels: NDArray[np.floating[Any]],
    *,
    penalty: float,
    importance: NDArray[np.floating[Any]] | None = None,
) -> NDArray[np.float64]:
    """Return weights ``(columns,)`` that predict ``labels`` (0 or 1) from ``features`` ``(rows, columns)``.

    ``penalty`` is the ridge on every weight but the first column's, which is the constant; ``importance``
    ``(rows,)`` weighs the rows. Standardise the columns before, or the ridge means something else in each.
    """
    x = features.astype(np.float64)
    rows = np.ones(len(x)) if importance is None else importance.astype(np.float64)
    ridge = np.full(x.shape[1], float(penalty))
    ridge[0] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        expected = probability(x @ weights)
        gradient = x.T @ (rows * (labels - expected)) - ridge * weights
        curvature = (x * (rows * expected * (1 - expected))[:, None]).T @ x + np.diag(ridge + 1e-9)
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return weights
