"""The refusal threshold that an operator had fitted, kept per embedding model beside the archive."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from rag.answering.evidence import Weights
from rag.errors import ArchiveError

__all__ = ["FittedThreshold", "read_threshold", "threshold_file", "weights_fingerprint"]


@dataclass(frozen=True, slots=True)
class FittedThreshold:
    """A threshold with what it was fitted for and on.

    ``weights`` and ``questions`` are fingerprints: with other weights the same threshold means something
    else, and on the same questions it flatters.
    """

    model: str
    weights: str
    threshold: float
    questions: str

    def save(self, path: Path) -> None:
        """Write it as JSON, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")
        unfinished.replace(path)


def threshold_file(folder: Path, model: str) -> Path:
    """Return where the threshold of an embedding model is kept in the folder of an archive."""
    return folder / f"threshold-{model.replace('/', '_')}.json"


def read_threshold(path: Path) -> FittedThreshold | None:
    """Return the threshold kept in ``path``, ``None`` where there is none.

    Raises `rag.errors.ArchiveError` where the file holds no threshold.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        fitted = FittedThreshold(
            str(kept["model"]), str(kept["weights"]), float(kept["threshold"]), str(kept["questions"])
        )
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, ValueError) as error:
        raise ArchiveError(
            str(path), "holds no fitted threshold: run siyaq fit again, or remove it"
        ) from error
    if not 0 <= fitted.threshold <= 1:
        raise ArchiveError(str(path), "its threshold is not between 0 and 1: run siyaq fit again")
    return fitted


def weights_fingerprint(weights: Weights) -> str:
    """Return the SHA-256 of all weights that confidence comes from."""
    digest = hashlib.sha256()
    for part in (weights.same, weights.cross, weights.same_read, weights.cross_read, weights.gate):
        digest.update(np.ascontiguousarray(part, dtype="<f4").tobytes())
    return digest.hexdigest()
