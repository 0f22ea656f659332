"""What is known of an embedding model before an archive has taught anything: means and backgrounds.

A multilingual encoder gives texts of one language a common direction, which a question shares with its own
language's articles and with no others. Subtracting each language's mean vector removes it
(`docs/decisions.md`, "Language means"); the backgrounds tell how high unrelated texts score, so that
a similarity means the same in a lane of three chunks and in one of a hundred thousand. All of it belongs
to one embedding model and dies with it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rag.types import LANES, Vector

_SHIPPED = Path(__file__).parent
KINDS = ("passage", "sentence", "question", "word")


def unit(vectors: Vector) -> Vector:
    """Return ``vectors`` at unit length; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


@dataclass(frozen=True)
class Calibration:
    """The statistics of one embedding model.

    ``means`` maps ``(kind, lane)`` to a mean vector of shape ``(dimension,)``; ``backgrounds`` maps a lane to
    centred vectors of unrelated passages ``(n, dimension)``; ``background_sentences`` to centred sentence
    vectors ``(m, dimension)`` and ``background_owners`` ``(m,)`` says which passage each is of.
    ``name_weights`` maps ``ar`` and ``en`` to weights ``(dimension + 1,)``, constant first, that tell from a
    centred word vector whether the word is a proper name: Arabic has no capitals.
    """

    model: str
    means: dict[tuple[str, str], Vector]
    backgrounds: dict[str, Vector]
    background_sentences: dict[str, Vector]
    background_owners: dict[str, Any]
    name_weights: dict[str, Vector]

    @property
    def dimension(self) -> int:
        """The number of components of the model's vectors."""
        return int(self.means["passage", "en"].shape[0])

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of the passage means: what an index of centred vectors depends on."""
        digest = hashlib.sha256(self.model.encode())
        for lane in LANES:
            digest.update(np.round(self.means["passage", lane], 5).astype("<f4").tobytes())
        return digest.hexdigest()[:12]

    def center_passages(self, lane: str, vectors: Vector) -> Vector:
        """Return chunk vectors ``(n, dimension)`` without their language's mean, at unit length."""
        return unit(vectors - self.means["passage", lane])

    def center_sentences(self, lane: str, vectors: Vector) -> Vector:
        """Return sentence vectors ``(n, dimension)`` without their language's mean, at unit length."""
        return unit(vectors - self.means["sentence", lane])

    def center_questions(self, lang: str, vectors: Vector) -> Vector:
        """Return question vectors without their language's mean, at unit length."""
        return unit(vectors - self.means["question", lang])

    def save(self, path: Path) -> None:
        """Write the statistics to ``path``; backgrounds as int8, since they are only compared with."""
        arrays: dict[str, Any] = {"model": np.array(self.model)}
        for (kind, lane), mean in self.means.items():
            arrays[f"mean.{kind}.{lane}"] = mean.astype(np.float32)
        for lane, rows in self.backgrounds.items():
            arrays[f"passages.{lane}"] = np.round(rows * 127 / _LARGEST).clip(-127, 127).astype(np.int8)
        for lane, rows in self.background_sentences.items():
            arrays[f"sentences.{lane}"] = np.round(rows * 127 / _LARGEST).clip(-127, 127).astype(np.int8)
            arrays[f"owners.{lane}"] = self.background_owners[lane].astype(np.int32)
        for lang, weights in self.name_weights.items():
            arrays[f"names.{lang}"] = weights.astype(np.float32)
        with path.open("wb") as file:
            np.savez_compressed(file, **arrays)


# No component of a centred unit vector of a few hundred dimensions comes near this.
_LARGEST = 0.35


def read_calibration(path: Path) -> Calibration:
    """Read what `Calibration.save` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        means = {
            (kind, lane): np.asarray(arrays[f"mean.{kind}.{lane}"], dtype=np.float32)
            for kind in KINDS
            for lane in LANES
        }
        passages, sentences, owners = {}, {}, {}
        for lane in LANES:
            passages[lane] = unit(arrays[f"passages.{lane}"].astype(np.float32))
            sentences[lane] = unit(arrays[f"sentences.{lane}"].astype(np.float32))
            owners[lane] = arrays[f"owners.{lane}"]
        names = {lang: np.asarray(arrays[f"names.{lang}"], dtype=np.float32) for lang in ("ar", "en")}
        return Calibration(str(arrays["model"]), means, passages, sentences, owners, names)


def shipped_calibration(model: str) -> Calibration | None:
    """Return the calibration that ships with Siyaq for ``model``, or ``None``."""
    path = _SHIPPED / f"{model.replace('/', '_')}.npz"
    return read_calibration(path) if path.is_file() else None
