"""Readers averaged: matrices in 8 bits by what they stand for, the rest as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.reading.e5 import LINEAR, NORMS, open_e5
from tests.evals.reading.average import average

AS_TRAINED = {"first": 6, "parted": 6}


def reader(folder: Path, name: str, row: list[int], scale: float, bias: float) -> Path:
    path = folder / f"{name}.npz"
    matrix = np.array([row], dtype=np.int8)
    scales = np.array([scale], dtype=np.float32)
    np.savez(path, **{"l6.q.w": matrix, "l6.q.scale": scales, "l6.q.b": np.float16([bias]), **AS_TRAINED})
    return path


def test_the_average_lies_between_its_parts(tmp_path: Path) -> None:
    one, other = reader(tmp_path, "one", [127, 0], 0.01, 1.0), reader(tmp_path, "other", [0, 127], 0.03, 3.0)
    found = average([(one, 0.5), (other, 0.5)])
    assert found["l6.q.w"].dtype == np.int8
    full = found["l6.q.w"] * found["l6.q.scale"][:, None]
    assert full[0] == pytest.approx([0.635, 1.905], abs=0.01)
    assert found["l6.q.b"] == pytest.approx([2.0])
    assert int(found["first"]) == 6


def test_a_reader_alone_stays_as_it_is(tmp_path: Path) -> None:
    path = reader(tmp_path, "one", [127, -63], 0.02, 1.5)
    found = average([(path, 1.0)])
    assert found["l6.q.w"].tolist() == [[127, -63]]
    assert found["l6.q.scale"] == pytest.approx([0.02])


def test_readers_of_different_shapes_are_not_mixed(tmp_path: Path) -> None:
    one = reader(tmp_path, "one", [1, 2], 0.02, 1.5)
    np.savez(tmp_path / "else.npz", **AS_TRAINED)
    with pytest.raises(ValueError, match=r"else\.npz"):
        average([(one, 0.5), (tmp_path / "else.npz", 0.5)])


def test_a_layer_that_one_of_them_leaves_as_it_is_counts_as_that(tmp_path: Path) -> None:
    upper = reader(tmp_path, "upper", [127, 0], 0.01, 1.0)
    layer, more = open_e5().layer(5), {}
    for name in LINEAR:
        matrix, bias = layer.linear[name]
        scale = np.abs(matrix).max(axis=0) / 127 * 2
        more[f"l5.{name}.w"] = np.round(2 * matrix.T / scale[:, None]).astype(np.int8)
        more[f"l5.{name}.scale"] = scale.astype(np.float32)
        more[f"l5.{name}.b"] = (3 * bias).astype(np.float16)
    for name in NORMS:
        for end, part in zip(("w", "b"), layer.norms[name], strict=True):
            more[f"l5.{name}.{end}"] = part.astype(np.float16)
    with np.load(upper) as weights:
        np.savez(tmp_path / "lower.npz", **{**weights, **more, "first": 5})
    found = average([(upper, 0.5), (tmp_path / "lower.npz", 0.5)])
    assert int(found["first"]) == 5
    matrix, bias = layer.linear["q"]
    full = found["l5.q.w"] * found["l5.q.scale"][:, None]
    assert full == pytest.approx(1.5 * matrix.T, abs=0.02 * float(np.abs(matrix).max()))
    assert found["l5.q.b"] == pytest.approx(2 * bias, abs=0.01)
    assert found["l6.q.b"] == pytest.approx([1.0])
