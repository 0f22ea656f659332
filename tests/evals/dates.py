"""How well dates in sentences and the days of questions are resolved, on sets written apart from the code.

``dates/expressions-*.jsonl`` holds sentences with one expression each and the days it stands for;
``dates/windows-*.jsonl`` questions with every window that a sensible reader could mean. There are two sets,
the second (``-b``) written after the rules had been mended on the first; a half is both of them together.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from rich.table import Table

from rag.dates import DatedSpan, find_dates, resolve_window
from tests.evals.measures import Share, share

DATES = Path(__file__).parent / "dates"
_SETS = ("", "b-")
_GRAINS = ("day", "week", "month", "season", "year", "decade")
"""From fine to coarse."""

Edges = tuple[date, date]


class Outcome(StrEnum):
    """What came of one expression."""

    RIGHT = "right"
    VAGUER = "vaguer"  # holds the days expected and says that it is coarser: counts as unresolved
    SILENT = "silent"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Expression:
    """A sentence published on a day; ``phrase`` in it stands for any of ``readings``, or for no days."""

    id: str
    lang: str
    published: date
    text: str
    phrase: str
    readings: tuple[Edges, ...]
    precision: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """An expression, what was found where it stands, and what came of it."""

    expression: Expression
    found: tuple[DatedSpan, ...]
    outcome: Outcome

    @property
    def keeps_softness(self) -> bool:
        """Whether soft edges are told as soft, and sharp ones as sharp."""
        return self.found[0].approximate == self.expression.approximate


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the windows that are right, and the one that was resolved; ``None`` is no window."""

    id: str
    lang: str
    question: str
    right: tuple[tuple[str | None, str | None], ...]
    found: tuple[str | None, str | None] | None

    @property
    def is_right(self) -> bool:
        """Whether the window is one of the right ones, or none is named where none is right."""
        return self.found in self.right if self.right else self.found is None


def files(half: str) -> list[Path]:
    """Return the files of a half, those of the first set first; empty where they are not there."""
    paths = [DATES / f"{kind}-{of}{half}.jsonl" for of in _SETS for kind in ("expressions", "windows")]
    return [path for path in paths if path.is_file()]


def judge(half: str) -> tuple[list[Judged], list[Asked]]:
    """Resolve everything of a half."""
    expressions, windows = (
        [row for path in files(half) if path.name.startswith(kind) for row in _rows(path)]
        for kind in ("expressions", "windows")
    )
    return [_judged(_expression(row)) for row in expressions], [_asked(row) for row in windows]


def shares(judged: Sequence[Judged], asked: Sequence[Asked]) -> dict[str, Share]:
    """Return the shares that have bars."""
    return {
        "wrong": share(one.outcome is Outcome.WRONG for one in judged),
        "resolvable: resolved": share(
            one.outcome is Outcome.RIGHT for one in judged if one.expression.readings
        ),
        "questions that name days: right window": share(one.is_right for one in asked if one.right),
        "questions that name none: no window": share(one.is_right for one in asked if not one.right),
    }


def expressions_table(judged: Sequence[Judged]) -> Table:
    """Return a row for each language and precision, with Wilson's 95 % intervals."""
    shown = Table("expressions", title="Dates in sentences, 95 % Wilson intervals", title_justify="left")
    for heading in ("of", "resolved", "interval", "vaguer", "silent", "wrong", "soft edges kept"):
        shown.add_column(heading, justify="right")
    for name, of in _groups(judged).items():
        right = share(one.outcome is Outcome.RIGHT for one in of)
        count = [sum(one.outcome is what for one in of) for what in Outcome]
        resolved = [one for one in of if one.outcome is Outcome.RIGHT and one.found]
        soft = share(one.keeps_softness for one in resolved)
        shown.add_row(
            name,
            str(len(of)),
            f"{right.hits} ({right.value:.3f})",
            f"{right.interval.low:.3f}-{right.interval.high:.3f}",
            *map(str, count[1:]),
            f"{soft.hits} of {soft.total}",
        )
    return shown


def windows_table(asked: Sequence[Asked]) -> Table:
    """Return a row for each language, with Wilson's 95 % intervals."""
    shown = Table("questions", title="Windows of questions, 95 % Wilson intervals", title_justify="left")
    for heading in ("of", "right", "interval"):
        shown.add_column(heading, justify="right")
    for name, of in {
        "Arabic, naming days": [one for one in asked if one.right and one.lang == "ar"],
        "English, naming days": [one for one in asked if one.right and one.lang == "en"],
        "all that name days": [one for one in asked if one.right],
        "naming none": [one for one in asked if not one.right],
    }.items():
        right = share(one.is_right for one in of)
        interval = f"{right.interval.low:.3f}-{right.interval.high:.3f}"
        shown.add_row(name, str(len(of)), f"{right.hits} ({right.value:.3f})", interval)
    return shown


def went_wrong(judged: Sequence[Judged], asked: Sequence[Asked]) -> str:
    """Return what did not come out right, one a line."""
    lines = [
        f"{one.expression.id} {one.outcome}: {one.expression.phrase}: "
        + (", ".join(f"{span.first}..{span.last} {span.precision}" for span in one.found) or "nothing")
        for one in judged
        if one.outcome is not Outcome.RIGHT and (one.expression.readings or one.found)
    ]
    lines += [f"{one.id} window: {one.question}: {one.found}" for one in asked if not one.is_right]
    return "\n".join(lines) or "none"


def _judged(one: Expression) -> Judged:
    start = one.text.index(one.phrase)
    end = start + len(one.phrase)
    spans = find_dates(one.text, published=one.published)
    found = tuple(span for span in spans if span.start < end and start < span.end)
    return Judged(one, found, _outcome(one, found))


def _outcome(one: Expression, found: Sequence[DatedSpan]) -> Outcome:
    if not one.readings:
        return Outcome.WRONG if found else Outcome.RIGHT
    if not found:
        return Outcome.SILENT
    if len(found) == 1 and any(_is_reading(found[0], edges, one) for edges in one.readings):
        return Outcome.RIGHT
    is_vaguer = all(any(_is_vaguer(span, edges, one) for edges in one.readings) for span in found)
    return Outcome.VAGUER if is_vaguer else Outcome.WRONG


def _is_reading(span: DatedSpan, edges: Edges, one: Expression) -> bool:
    """Whether a span stands for ``edges``: exactly, or as finely as the expression is told.

    A month ("earlier this month") and soft edges ("mid-March") are expected as the month itself: days of it
    that claim no more than the month, or that have soft edges themselves, are that month.
    """
    if (span.first, span.last) == edges:
        return True
    inside = edges[0] <= span.first and span.last <= edges[1]
    coarse = span.precision == one.precision and span.precision in ("month", "year")
    return inside and (coarse or (one.approximate and span.approximate and span.precision != "day"))


def _is_vaguer(span: DatedSpan, edges: Edges, one: Expression) -> bool:
    holds = span.first <= edges[0] and edges[1] <= span.last
    fine = "day" if one.precision == "range" else one.precision
    return holds and (span.approximate or _GRAINS.index(span.precision) > _GRAINS.index(fine))


def _groups(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    resolvable = [one for one in judged if one.expression.readings]
    groups = {
        "Arabic": [one for one in resolvable if one.expression.lang == "ar"],
        "English": [one for one in resolvable if one.expression.lang == "en"],
    }
    for precision in ("day", "week", "month", "year", "range"):
        groups[precision] = [one for one in resolvable if one.expression.precision == precision]
    groups["all that can be resolved"] = resolvable
    groups["nothing can be said (right: silent)"] = [one for one in judged if not one.expression.readings]
    return {name: of for name, of in groups.items() if of}


def _rows(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _expression(row: dict[str, Any]) -> Expression:
    edges = [[row["first"], row["last"]], *row.get("also", [])] if row["resolvable"] else []
    readings = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in edges)
    published = date.fromisoformat(row["published"])
    precision, approximate = row["precision"] or "", row["approximate"]
    return Expression(
        row["id"], row["lang"], published, row["text"], row["phrase"], readings, precision, approximate
    )


def _asked(row: dict[str, Any]) -> Asked:
    window = resolve_window(row["question"], asked_on=date.fromisoformat(row["asked_on"]))
    found = tuple(window.as_json().values()) if window else None
    right = tuple((one["from"], one["to"]) for one in row["windows"])
    return Asked(row["id"], row["lang"], row["question"], right, (found[0], found[1]) if found else None)
