"""The regression underneath: exact, repeatable, tame on separable data."""

from __future__ import annotations

import numpy as np
import pytest

from rag.logistic import fit_logistic, probability


def test_probability_is_logistic_and_never_overflows() -> None:
    assert probability(0.0) == 0.5
    assert probability(2.0) == pytest.approx(1 / (1 + np.exp(-2)))
    assert probability(np.array([-1e9, 1e9])) == pytest.approx([0, 1])


def test_a_constant_alone_is_the_share_of_the_right() -> None:
    weights = fit_logistic(np.ones((4, 1)), np.array([1.0, 1, 1, 0]), penalty=5.0)
    assert probability(weights[0]) == pytest.approx(0.75, abs=1e-4)


def test_known_weights_are_found_again() -> None:
    random = np.random.default_rng(7)
    rows = np.hstack([np.ones((4000, 1)), random.normal(size=(4000, 2))])
    truth = np.array([0.5, 2.0, -1.0])
    labels = (random.random(4000) < probability(rows @ truth)).astype(float)
    assert fit_logistic(rows, labels, penalty=0.1) == pytest.approx(truth, abs=0.2)


def test_separable_labels_stay_finite_and_the_ridge_shrinks() -> None:
    rows = np.array([[1.0, -1.0], [1.0, -2.0], [1.0, 1.0], [1.0, 2.0]])
    labels = np.array([0.0, 0, 1, 1])
    loose, tight = (fit_logistic(rows, labels, penalty=p)[1] for p in (0.1, 10.0))
    assert loose > tight > 0
    assert np.isfinite(loose)


def test_a_row_that_counts_twice_is_a_row_given_twice() -> None:
    rows = np.array([[1.0, 0.3], [1.0, -0.7], [1.0, 1.1]])
    labels = np.array([1.0, 0, 0])
    doubled = fit_logistic(rows[[0, 0, 1, 2]], labels[[0, 0, 1, 2]], penalty=1.0)
    weighed = fit_logistic(rows, labels, penalty=1.0, importance=np.array([2.0, 1, 1]))
    assert weighed == pytest.approx(doubled, abs=1e-6)
