"""Measure Siyaq: ``python -m tests.evals [PART] [--data FOLDER] [--half …]``; see ``--help`` for the parts.

Figures go to standard output, progress to standard error. The exit code is 1 where a figure fell below its
floor, an attack succeeded, or a quote was not letter for letter in its article.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import Progress, TaskID

from tests.evals import dates, news, spoken
from tests.evals.attacks.reading import read_attacks
from tests.evals.attacks.running import evaluate_attacks, families_table, forms_table
from tests.evals.conversations import ask_talks, figures, read_talks, talks_file, talks_table, times_line
from tests.evals.conversations import went_wrong as talks_went_wrong
from tests.evals.floors import fingerprint, read_floors
from tests.evals.gold_questions import (
    HALVES,
    SAMPLES,
    altered_quotes,
    ask_gold,
    bars,
    further_figures,
    gold_file,
    read_gold,
)
from tests.evals.gold_report import bars_table, kinds_table, missed
from tests.evals.shared_answers import SWAPS, evaluate_answers
from tests.evals.shared_data import FILES, evaluate_shared, read_shared
from tests.evals.trials import OnProgress, open_bench
from tests.evals.verification import as_json as verification_json
from tests.evals.verification import judge, pair_files, read_pairs, shares, went_wrong
from tests.evals.verification import table as verification_table
from tests.evals.written import CLAIMS, KEPT, evaluate_written, honest_table, misbehaving_table

_WIDTH = 118


def main(arguments: list[str] | None = None) -> int:
    """Run what is named, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals", description="Measure Siyaq.")
    parts = (
        "all",
        "gold",
        "news",
        "shared",
        "written",
        "verification",
        "dates",
        "talks",
        "attacks",
        "spoken",
    )
    parser.add_argument("part", nargs="?", choices=parts, default="all")
    parser.add_argument("--data", type=Path, help="the folder of the public data sets")
    parser.add_argument(
        "--half", choices=(*HALVES, "both"), default="dev", help="which questions, pairs or talks"
    )
    parser.add_argument("--json", action="store_true", help="figures of the verification for machines")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the Makefile: waiting threads do not spin
    console = Console(file=sys.stdout, width=_WIDTH, highlight=False)
    fallen: list[str] = []
    if chosen.part in ("all", "verification"):
        for half in HALVES if chosen.half == "both" else (chosen.half,):
            fallen += _verification(half, console, as_json=chosen.json)
    if chosen.part in ("all", "dates"):
        for half in HALVES if chosen.half == "both" else (chosen.half,):
            fallen += _dates(half, console)
    if chosen.part in ("all", "shared"):
        fallen += _shared(chosen.data, console)
    if chosen.part in ("all", "written"):
        fallen += _written(console)
    if chosen.part in ("all", "attacks"):
        fallen += _attacks(console)
    if chosen.part in ("all", "gold"):
        fallen += _gold(HALVES if chosen.half == "both" else (chosen.half,), console)
    if chosen.part in ("all", "talks"):
        for half in HALVES if chosen.half == "both" else (chosen.half,):
            fallen += _talks(half, console, compared=chosen.part == "talks")
    if chosen.part in ("all", "news"):
        for half in HALVES if chosen.half == "both" else (chosen.half,):
            fallen += _news(half, console)
    if chosen.part in ("all", "spoken"):
        for half in HALVES if chosen.half == "both" else (chosen.half,):
            fallen += _spoken(half, console, compared=chosen.part == "spoken")
    for line in fallen:
        console.print(f"FELL: {line}", markup=False)
    return 1 if fallen else 0


def _verification(half: str, console: Console, *, as_json: bool) -> list[str]:
    files = pair_files(half)
    if not files:
        console.print(f"Pairs of claim and quote: there is no {half}.jsonl. Left out.\n", markup=False)
        return []
    judged, milliseconds = judge(read_pairs(*files))
    if as_json:
        print(json.dumps({"half": half, **verification_json(judged, milliseconds)}, indent=1))
        return []
    console.print(verification_table(judged))
    console.print(f"{milliseconds:.1f} ms a claim.", markup=False)
    if half != "frozen":  # nothing that could be tuned on is told of the frozen half
        console.print(f"{went_wrong(judged)}\n", markup=False)
    figures = {name: one.value for name, one in shares(judged).items()}
    return _compare(f"pairs/{half}", fingerprint(files), figures, console)


def _dates(half: str, console: Console) -> list[str]:
    paths = dates.files(half)
    if not paths:
        console.print(f"Dates: there are no sets of {half}. Left out.\n", markup=False)
        return []
    judged, asked = dates.judge(half)
    console.print(dates.expressions_table(judged))
    console.print(dates.windows_table(asked))
    if half != "frozen":  # nothing that could be tuned on is told of the frozen half
        console.print(f"Not right\n{dates.went_wrong(judged, asked)}\n", markup=False)
    figures = {name: one.value for name, one in dates.shares(judged, asked).items()}
    return _compare(f"dates/{half}", fingerprint(paths), figures, console)


def _shared(folder: Path | None, console: Console) -> list[str]:
    missing = [name for name in FILES.values() if folder is None or not (folder / name).is_file()]
    if folder is None or missing:
        why = (
            f"{folder} does not hold {', '.join(missing)}" if folder else "no folder was named (DATA=folder)"
        )
        console.print(
            f"Public data sets: {why}. Left out: XQuAD, the archive of two languages, ARCD.\n",
            markup=False,
        )
        return []
    data, bench = read_shared(folder), open_bench()
    paths = [folder / name for name in FILES.values()]
    with _progress() as tell:
        figures = evaluate_shared(data, bench, console, tell)
        fallen = _compare("shared/two-language", fingerprint(paths), figures, console)
        figures = evaluate_answers(data, bench, console, tell)
    return fallen + _compare("shared/answers", fingerprint([*paths, SWAPS]), figures, console)


def _gold(halves: tuple[str, ...], console: Console) -> list[str]:
    questions = [question for half in halves for question in read_gold(half)]
    with TemporaryDirectory() as folder:
        with _progress() as tell:
            outcomes = ask_gold(questions, Path(folder), tell)
        altered = altered_quotes([quote for one in outcomes for quote in one.quotes], Path(folder))
    console.print(kinds_table(outcomes, altered))
    fallen = [f"a quote of {quote.article_id} is not letter for letter in it" for quote in altered]
    for half in halves:
        console.print(bars_table(outcomes, half))
        figures = {name: one.value for name, one in bars([o for o in outcomes if o.half == half]).items()}
        data = fingerprint([*SAMPLES, gold_file(half)])
        fallen += _compare(f"samples/{half}", data, figures, console)
        if half == "dev":
            further = further_figures([one for one in outcomes if one.half == half])
            fallen += _compare("samples/dev, siyaq eval", data, further, console)
    if "frozen" not in halves:  # nothing that could be tuned on is told of the frozen half
        console.print(f"Went wrong (r: refused)\n{missed(outcomes)}", markup=False)
    return fallen


def _news(half: str, console: Console) -> list[str]:
    with TemporaryDirectory() as folder, _progress() as tell:
        outcomes, articles = news.ask_news(news.read_news(half), Path(folder), tell)
    console.print(news.kinds_table(outcomes, half))
    found = news.figures(outcomes)
    console.print(news.figures_table(found))
    stories = news.story_figures(articles)
    for name, value in stories.items():
        console.print(f"{name}: {value:.3f}", markup=False)
    if half != "frozen":  # nothing that could be tuned on is told of the frozen half
        console.print(f"Went wrong (r: refused)\n{news.went_wrong(outcomes)}", markup=False)
    figures = {name: math.nan if one.value is None else one.value for name, one in found.items()} | stories
    data = fingerprint([*news.ARTICLES, *news.EVENTS, *news.question_files(half)])
    return _compare(f"news/{half}", data, figures, console)


def _spoken(half: str, console: Console, *, compared: bool) -> list[str]:
    questions = news.read_file(spoken.spoken_file(half))
    read = {}
    for way, as_typed in (("written", False), ("as typed", True)):
        if compared or not as_typed:
            with TemporaryDirectory() as folder, _progress() as tell:
                read[way] = spoken.ask_spoken(questions, Path(folder), tell, as_typed=as_typed)
    console.print(spoken.spoken_table(read, half))
    found = spoken.figures(read["written"])
    console.print(news.figures_table(found))
    if half != "frozen":  # nothing that could be tuned on is told of the frozen half
        console.print(f"Went wrong (r: refused)\n{news.went_wrong(read['written'])}", markup=False)
    figures = {name: math.nan if one.value is None else one.value for name, one in found.items()}
    data = fingerprint([*news.ARTICLES, spoken.spoken_file(half)])
    return _compare(f"spoken/{half}", data, figures, console)


def _written(console: Console) -> list[str]:
    questions = read_gold("dev")
    few = [question.id for question in questions][::8]
    with TemporaryDirectory() as folder, _progress() as tell:
        run = evaluate_written(questions, few, Path(folder), tell)
    console.print(honest_table(run))
    console.print(f"Claims kept: {run.kept.hits} of {run.kept.total}.", markup=False)
    for what, ids in (
        ("Refused by the gate", run.refused),
        ("The sentence was not among the passages", run.not_shown),
        ("Not kept", [one.question_id for one in run.honest if not one.is_kept]),
    ):
        console.print(f"{what}: {', '.join(ids) or 'none'}.", markup=False)
    console.print(misbehaving_table(run))
    faults = run.faults()
    console.print(
        f"Shown without standing up to its quotes, or ended otherwise: {len(faults)}.\n", markup=False
    )
    data = fingerprint([*SAMPLES, gold_file("dev"), CLAIMS])
    return [*_compare("samples/dev, written", data, {KEPT: run.kept.value}, console), *faults]


def _talks(half: str, console: Console, *, compared: bool) -> list[str]:
    with TemporaryDirectory() as folder, _progress() as tell:
        run = ask_talks(read_talks(half), Path(folder), tell, compared=compared)
    console.print(talks_table(run.outcomes, half))
    console.print(times_line(run), markup=False)
    if half != "frozen":  # nothing that could be tuned on is told of the frozen half
        console.print(f"Went wrong\n{talks_went_wrong(run.outcomes)}\n", markup=False)
    data = fingerprint([*SAMPLES, talks_file(half)])
    faults = [f"{name}: another answer when asked again" for name in run.altered]
    return [*_compare(f"talks/{half}", data, figures(run.outcomes), console), *faults]


def _attacks(console: Console) -> list[str]:
    with TemporaryDirectory() as folder, _progress() as tell:
        run = evaluate_attacks(read_attacks(), Path(folder), tell)
    console.print(families_table(run))
    console.print(forms_table(run))
    facts = sum(attack.fact is not None for attack in run.attacks)
    console.print(f"Not taken in: {', '.join(run.refused) or 'none'}.", markup=False)
    console.print(
        f"The honest answer is quoted in spite of the attack: {len(run.answered)} of {facts}.", markup=False
    )
    console.print(f"Succeeded: {len(run.successes)}. Secrets sent to the model: {len(run.leaks)}.\n")
    return [*run.succeeded(), *(f"a prompt holds {one}" for one in set(run.leaks))]


def _compare(name: str, data: str, figures: Mapping[str, float], console: Console) -> list[str]:
    floors = read_floors(name)
    if floors.fingerprint != data:
        console.print(f"Floors of {name}: for other data than this ({data}): not compared.\n", markup=False)
        return []
    fallen = floors.fallen(figures)
    console.print(f"Floors of {name}: {len(floors.floors) - len(fallen)} of {len(floors.floors)} hold.")
    for line in floors.short_of_bars(figures):
        console.print(f"Not reached yet: {line}", markup=False)
    console.print()
    return [f"{name}, {line}" for line in fallen]


@contextmanager
def _progress() -> Iterator[OnProgress]:
    """Show progress on standard error, a bar for each stage."""
    with Progress(console=Console(stderr=True)) as bars_shown:
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars_shown.add_task(stage, total=total)
            bars_shown.update(tasks[stage], completed=done, total=total)

        yield tell


if __name__ == "__main__":
    sys.exit(main())
