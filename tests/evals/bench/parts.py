"""What a part of the bench brings: figures that two runs agree in, and what depends on the machine."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any, ParamSpec, TypeVar

from rich.console import Console
from rich.progress import Progress, TaskID

from tests.evals.trials import OnProgress

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Part:
    """One part's results, by name: ``figures`` are the same in each run, ``machine`` are times and bytes.

    ``times`` are milliseconds, one for each time that a thing was done.
    """

    figures: Mapping[str, float] = field(default_factory=dict)
    machine: Mapping[str, float] = field(default_factory=dict)
    times: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the results, each series of times as its median and what 95 % are below."""
        series = {
            name: {"count": len(spent), "median_ms": median(spent), "p95_ms": below(spent)}
            for name, spent in self.times.items()
        }
        return {"figures": dict(self.figures), "machine": {**self.machine, **series}}


class Stopwatch:
    """Collects how long things take, by name."""

    def __init__(self) -> None:
        self._spent: dict[str, list[float]] = {}

    def time(self, name: str, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``call`` returns, and note how long it took."""
        begun = time.perf_counter()
        returned = call(*args, **kwargs)
        self.note(name, (time.perf_counter() - begun) * 1e3)
        return returned

    def note(self, name: str, milliseconds: float) -> None:
        """Note a time that was taken elsewhere."""
        self._spent.setdefault(name, []).append(milliseconds)

    @property
    def times(self) -> dict[str, tuple[float, ...]]:
        """What was noted, in milliseconds."""
        return {name: tuple(spent) for name, spent in self._spent.items()}


def below(spent: tuple[float, ...], percent: int = 95) -> float:
    """Return what ``percent`` of the times are below."""
    return quantiles(spent, n=100, method="inclusive")[percent - 1] if len(spent) > 1 else spent[0]


def resident_bytes() -> int:
    """Return what this process holds in memory now, or has held at most where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return peak_bytes()
    return pages * resource.getpagesize()


def peak_bytes() -> int:
    """Return the most that this process has held in memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def disk_bytes(place: Path) -> int:
    """Return the bytes of a file, or of all files below a folder."""
    if place.is_file():
        return place.stat().st_size
    return sum(file.stat().st_size for file in place.rglob("*") if file.is_file())


def apart(call: Callable[..., T], *arguments: object) -> T:
    """Return what ``call`` returns in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(call, *arguments).result()


@contextmanager
def progress() -> Iterator[OnProgress]:
    """Show progress on standard error, a bar for each stage."""
    with Progress(console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield tell
