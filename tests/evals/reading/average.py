"""Average readers: ``python -m tests.evals.reading.average OUT WEIGHTS:SHARE WEIGHTS:SHARE …``.

Weights trained on from one start can be averaged, and keep more of what each learned than training further
does (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"). A layer that one of them leaves as it
is in the E5 counts as that.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag.reading.e5 import LINEAR, NORMS, Layer, open_e5

_SCALE = ".scale"


def average(parts: Sequence[tuple[Path, float]]) -> dict[str, Any]:
    """Return the weights of readers, each times its share; raises `ValueError` where their shapes differ."""
    stored = [(path, _load(path), share) for path, share in parts]
    first = min(int(weights["first"]) for _, weights, _ in stored)
    kinds = next(weights for _, weights, _ in stored if weights["first"] == first)
    total: dict[str, Any] = {}
    for path, weights, share in stored:
        full = _untrained(first, int(weights["first"])) | _in_full(weights)
        if full.keys() != _in_full(kinds).keys() or weights["parted"] != kinds["parted"]:
            raise ValueError(f"{path}: is a reader of another shape")
        for name, array in full.items():
            total[name] = total.get(name, 0) + share * array
    total |= {"first": np.array(first), "parted": kinds["parted"]}
    return _in_short(total, {name: array.dtype for name, array in kinds.items()})


def _load(path: Path) -> dict[str, Any]:
    with np.load(path) as stored:
        weights = {name: stored[name] for name in stored.files}
    return {"parted": weights["first"]} | weights  # as it was before the two could differ


def _untrained(first: int, last: int) -> dict[str, Any]:
    """Return the E5's own layers from ``first`` to before ``last``, under the names of a reader's."""
    return {
        name: array for at in range(first, last) for name, array in _named(at, open_e5().layer(at)).items()
    }


def _named(at: int, layer: Layer) -> dict[str, Any]:
    linear = {f"l{at}.{name}.w": layer.linear[name][0].T for name in LINEAR}
    biases = {f"l{at}.{name}.b": layer.linear[name][1] for name in LINEAR}
    norms = {
        f"l{at}.{name}.{end}": part
        for name in NORMS
        for end, part in zip(("w", "b"), layer.norms[name], strict=True)
    }
    return linear | biases | norms


def _in_full(weights: Mapping[str, Any]) -> dict[str, Any]:
    """Return weights as they are multiplied with: matrices kept in 8 bits times the scales of their rows."""
    full = {}
    for name, array in weights.items():
        if not name.endswith(_SCALE):
            scale = weights.get(name.removesuffix(".w") + _SCALE)
            full[name] = array.astype(np.float64) * (1 if scale is None else scale[:, None])
    return full


def _in_short(full: Mapping[str, Any], kinds: Mapping[str, Any]) -> dict[str, Any]:
    short = {}
    for name, array in full.items():
        scale_name = name.removesuffix(".w") + _SCALE
        if scale_name in kinds:
            scale = np.abs(array).max(axis=1) / 127
            short[scale_name] = scale.astype(kinds[scale_name])
            array = np.round(array / scale[:, None])
        short[name] = array.astype(kinds[name])
    return short


def main() -> None:
    """Write the average of the named readers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("parts", nargs="+", metavar="WEIGHTS:SHARE")
    settings = parser.parse_args()
    parts = [
        (Path(path), float(share)) for path, _, share in (part.rpartition(":") for part in settings.parts)
    ]
    if abs(sum(share for _, share in parts) - 1) > 1e-6:
        parser.error("the shares are to sum up to 1")
    np.savez_compressed(settings.out, **average(parts))


if __name__ == "__main__":
    main()
