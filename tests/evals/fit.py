"""Fit the weights of answers and write them into the package.

``python -m tests.evals.fit [MODEL]`` does it for an embedded model, the default or the one that is named, on
the two sets of `tests.evals.weighing`. What is shown first is fitted on the larger of them alone: what tells
a passage among many, how far ahead it was found, does not show among the 112 articles of the other. Neither
set shares an article with the samples; the gold questions are not read.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rag.answering.fitting import balanced_for_leads, fit_shown, fit_weights, sifted
from rag.embedding import PAIRED
from tests.evals.weighing import read_all, read_tuning, read_unseen, sift

WEIGHTS = Path(__file__).parents[2] / "rag" / "answering" / "weights"
_LEADS = 0.3
"""The share of answers that the lead tells: about a third of what readers ask."""


def main() -> None:
    """Fit on everything in the two sets and write the weights of an embedded model."""
    model = sys.argv[1] if len(sys.argv) > 1 else PAIRED
    tuning, unseen = sift(model, read_tuning()), sift(model, read_unseen())
    # Leads are counted for each set by itself: who wrote its questions sought them out or did not.
    balanced = [*balanced_for_leads(tuning, _LEADS), *balanced_for_leads(unseen, _LEADS)]
    read = read_all(model, sifted(model, balanced))
    weights = fit_shown(fit_weights(model, read), read[len(tuning) :])
    weights.save(WEIGHTS / f"{model}.json")


if __name__ == "__main__":
    main()
