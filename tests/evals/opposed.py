"""Stories told by several outlets that agree, update and disagree, put to the whole program.

``python -m tests.evals.opposed`` counts which disagreements are shown and which are invented. The 28 stories
(131 articles, 112 questions) were written apart, to provoke: estimates beside counts, counts that rose, other
things counted, names with and without title. They share no article with the news set or the samples.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TaskID

from tests.evals.news import ask_news, figures, figures_table, read_file, went_wrong

ROOT = Path(__file__).parent / "opposed"
PARTS = ("a", "b")


def main() -> None:
    """Ask and print."""
    questions = [one for part in PARTS for one in read_file(ROOT / f"questions-{part}.jsonl")]
    articles = [ROOT / f"articles-{part}.jsonl" for part in PARTS]
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
