"""Stories told by several outlets that agree, update and disagree, put to the whole program.

``python -m tests.evals.opposed`` counts which disagreements are shown and which are invented. The 98 stories
(436 articles, 392 questions) were written apart, to provoke: estimates beside counts, counts that rose, other
things counted, names with and without title. They share no article with the news set or the samples. Rules
may be mended on 70 of them; ``--held`` asks about the others. What only another outlet says later is not
asked about: it is shown as neither (an *update* is one outlet's own).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TaskID

from tests.evals.news import Expected, ask_news, figures, figures_table, read_file, went_wrong

ROOT = Path(__file__).parent / "opposed"
LOOKED_AT = ("a", "b", "c", "d", "e")
HELD_BACK = ("f", "g")


def _outlets(files: Sequence[Path]) -> dict[str, str]:
    """Return the outlet of each article."""
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row["outlet"] for row in map(json.loads, lines)}


def _is_of_another_outlet(expected: Expected, outlets: Mapping[str, str]) -> bool:
    """Tell whether something is expected to be updated by outlets that had not told it before."""
    if expected.status != "updated":
        return False
    sides = [{outlets[name] for name in ids} for ids, _ in expected.sides]
    return not any(one & other for one, other in combinations(sides, 2))


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--held", action="store_true", help="ask about the stories that nothing was mended on"
    )
    parts = HELD_BACK if parser.parse_args().held else LOOKED_AT
    articles = [ROOT / f"articles-{part}.jsonl" for part in parts]
    outlets = _outlets(articles)
    asked = [one for part in parts for one in read_file(ROOT / f"questions-{part}.jsonl")]
    questions = [one for one in asked if not _is_of_another_outlet(one[1], outlets)]
    with tempfile.TemporaryDirectory() as folder, Progress(console=Console(stderr=True)) as progress:
        bars: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = progress.add_task(stage, total=total)
            progress.update(bars[stage], completed=done, total=total)

        outcomes, _ = ask_news(questions, Path(folder), tell, articles)
    console = Console(highlight=False)
    console.print(figures_table({name: one for name, one in figures(outcomes).items() if one.count}))
    console.print(went_wrong(outcomes), markup=False)


if __name__ == "__main__":
    main()
