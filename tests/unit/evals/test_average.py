"""Readers averaged: matrices in 8 bits by what they stand for, the rest as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.evals.reading.average import average


def reader(folder: Path, name: str, row: list[int], scale: float, bias: float) -> Path:
    path = folder / f"{name}.npz"
    matrix = np.array([row], dtype=np.int8)
    scales = np.array([scale], dtype=np.float32)
    np.savez(path, **{"l6.q.w": matrix, "l6.q.scale": scales, "l6.q.b": np.float16([bias]), "first": 6})
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
    np.savez(tmp_path / "else.npz", first=6)
    with pytest.raises(ValueError, match=r"else\.npz"):
        average([(one, 0.5), (tmp_path / "else.npz", 0.5)])
