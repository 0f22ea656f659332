"""Measure speed, memory and disk: ``python -m tests.evals.bench``, or ``make bench``.

Machines differ: compare rows of one run, not runs of two machines. Tables go to standard output, progress to
standard error. Two runs agree in everything but times and bytes.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from tests.evals.bench import ingesting, large, large_llama, quality, samples
from tests.evals.bench.parts import Part, apart
from tests.evals.bench.sizes import FULL, Sizes
from tests.evals.shared_data import FILES

PARTS = ("samples", "large", "ingest", "data")
_WIDTH = 118


def main(arguments: list[str] | None = None) -> int:
    """Run the parts that are named, print their tables and return the exit code."""
    chosen = _read(arguments)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the Makefile: waiting threads do not spin
    sizes = _sizes(chosen)
    console = Console(file=sys.stdout, width=_WIDTH, highlight=False)
    results: dict[str, Part] = {}
    for part in chosen.parts or PARTS:
        _RUN[part](sizes, console, results)
    if chosen.json is not None:
        written = {name: result.as_json() for name, result in results.items()}
        chosen.json.write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    usual = Sizes()
    parser = argparse.ArgumentParser(
        prog="python -m tests.evals.bench", description="Measure speed and size."
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which parts ({', '.join(PARTS)}): all")
    parser.add_argument("--full", action="store_true", help="the sizes that are published: half an hour")
    parser.add_argument("--chunks", type=int, help=f"chunks of the large archive ({usual.chunks:,})")
    parser.add_argument("--questions", type=int, help=f"questions put to it ({usual.questions})")
    parser.add_argument("--articles", type=int, help=f"articles ingested ({usual.articles})")
    parser.add_argument(
        "--embedded", type=int, help=f"articles of these embedded for real ({usual.embedded})"
    )
    parser.add_argument("--data", type=Path, help="the folder of the public data sets")
    parser.add_argument(
        "--archive", type=Path, help="keep the large archive in this folder, for the next run"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to a file")
    return parser


def sizes_of(arguments: list[str]) -> Sizes:
    """Return the sizes that a command line names."""
    return _sizes(_read(arguments))


def _read(arguments: list[str] | None) -> argparse.Namespace:
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return chosen


def _sizes(chosen: argparse.Namespace) -> Sizes:
    named = {
        name: value
        for name in ("chunks", "questions", "articles", "embedded", "data", "archive")
        if (value := getattr(chosen, name)) is not None
    }
    sizes = replace(FULL if chosen.full else Sizes(), **named)
    return replace(sizes, embedded=min(sizes.embedded, sizes.articles))


def _samples(sizes: Sizes, console: Console, results: dict[str, Part]) -> None:
    results["samples"], results["samples: quality"] = apart(samples.measure, sizes)
    console.print(samples.ingest_table(results["samples"]))
    console.print(samples.stage_table(results["samples"]))
    console.print(quality.table(results["samples: quality"], "the samples"))


def _large(sizes: Sizes, console: Console, results: dict[str, Part]) -> None:
    kept = sizes.archive / str(sizes.chunks) if sizes.archive else None
    with _folder(kept) as folder:
        results["large"] = apart(large.measure, sizes, folder)
    console.print(large.times_table(results["large"]))
    console.print(large.size_table(results["large"]))
    with _folder(None) as folder:
        results["large: llamaindex"] = apart(large_llama.measure, sizes, folder)
    console.print(large_llama.table(results["large: llamaindex"], results["large"]))


def _ingest(sizes: Sizes, console: Console, results: dict[str, Part]) -> None:
    results["ingest"] = apart(ingesting.measure, sizes)
    console.print(ingesting.table(results["ingest"]))


def _data(sizes: Sizes, console: Console, results: dict[str, Part]) -> None:
    missing = [name for name in FILES.values() if sizes.data is None or not (sizes.data / name).is_file()]
    if sizes.data is None or missing:
        why = (
            f"{sizes.data} does not hold {', '.join(missing)}"
            if sizes.data
            else "no folder was named (DATA=folder)"
        )
        console.print(f"Quality on public data: left out, {why}.", markup=False)
        return
    results["data: quality"] = apart(quality.measure_shared, sizes.data, sizes.whole_data)
    of = "public data" if sizes.whole_data else "a third of the public data"
    console.print(quality.table(results["data: quality"], of))


_RUN = {"samples": _samples, "large": _large, "ingest": _ingest, "data": _data}


@contextmanager
def _folder(named: Path | None) -> Iterator[Path]:
    if named is not None:
        yield named
    else:
        with TemporaryDirectory() as folder:
            yield Path(folder)


if __name__ == "__main__":
    sys.exit(main())
