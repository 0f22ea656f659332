"""Questions in spoken Arabic put to the archive of the news set.

180 questions in five groups of dialects about the 156 articles, written apart; split by story into a half
that may be looked at and a frozen one. To see what `rag.colloquial` gives, they are asked without it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

from rich.table import Table

from bot.evaluation.measures import Estimate
from bot.evaluation.questions import EvalQuestion
from tests.evals import news
from tests.evals.measures import share
from tests.evals.trials import OnProgress

ROOT = Path(__file__).parent / "spoken"
FIGURES = (
    "same language: right sentence among the quotes",
    "other language: right sentence among the quotes",
    "answerable: refused",
    "near miss: refused",
)
_ORDER = ("same", "other", "near_miss")


def spoken_file(half: str) -> Path:
    """Return the file of one half of the questions."""
    return ROOT / f"{half}.jsonl"


def ask_spoken(
    questions: Sequence[tuple[EvalQuestion, news.Expected]],
    directory: Path,
    tell: OnProgress,
    *,
    as_typed: bool = False,
) -> list[news.NewsOutcome]:
    """Put ``questions`` to an archive of the news set in ``directory``; ``as_typed``: not rewritten."""
    if not as_typed:
        return news.ask_news(questions, directory, tell)[0]
    with patch("rag.questions.written_form", lambda text, timely: text):
        return news.ask_news(questions, directory, tell)[0]


def figures(outcomes: Sequence[news.NewsOutcome]) -> dict[str, Estimate]:
    """Return the figures that have floors, with intervals by bootstrap over stories."""
    found = news.figures(outcomes)
    return {name: found[name] for name in FIGURES}


def spoken_table(read: Mapping[str, Sequence[news.NewsOutcome]], half: str) -> Table:
    """Return a row for each way of reading and kind of question."""
    table = Table("read", "kind", title=f"Spoken Arabic, {half} half", title_justify="left")
    for heading in ("asked", "right among quotes", "first quote right", "refused"):
        table.add_column(heading, justify="right")
    for way, outcomes in read.items():
        for kind in _ORDER:
            asked = [one.outcome for one in outcomes if one.outcome.kind == kind]
            counted = (
                share(one.found for one in asked),
                share(one.found_first for one in asked),
                share(one.refused for one in asked),
            )
            table.add_row(way, kind, str(len(asked)), *(str(one.hits) for one in counted))
    return table
