"""A report as JSON for machines and as tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from bot.evaluation.asking import Outcome
from bot.evaluation.figures import Report, Row
from bot.evaluation.measures import Calibration, Estimate

__all__ = ["as_json", "tables"]

_CURVE_ROWS = 10
_NOTHING = "-"


def as_json(report: Report, outcomes: Sequence[Outcome], data: Mapping[str, str]) -> dict[str, Any]:
    """Return the whole report, with what became of each question; ``data`` are fingerprints.

    Everything but ``latency_ms`` is the same in the next run over the same data.
    """
    refusal = report.refusal
    return {
        "data": dict(data),
        "counts": report.counts,
        "retrieval": [row.as_json() for row in report.retrieval],
        "pairs": [row.as_json() for row in report.pairs],
        "sentences": [row.as_json() for row in report.sentences],
        "citations": {name: one.as_json() for name, one in report.citations.items()},
        "refusal": {
            "threshold": round(refusal.threshold, 4),
            "refused_with_evidence": refusal.refused_with_evidence.as_json(),
            "answered_without_evidence": refusal.answered_without_evidence.as_json(),
            "answered_near_miss": refusal.answered_near_miss.as_json(),
            "curve": [_rounded(asdict(point)) for point in refusal.curve],
        },
        "calibration": {name: _calibration(one) for name, one in report.calibration.items()},
        "latency_ms": {stage: _rounded(asdict(one)) for stage, one in report.latency.items()},
        "questions": [_question(one) for one in outcomes],
    }


def _calibration(one: Calibration) -> dict[str, Any]:
    return {"expected_error": one.error.as_json(), "bins": [_rounded(asdict(each)) for each in one.bins]}


def _question(one: Outcome) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind or None,
        "question_lang": one.lang,
        "evidence_lang": one.evidence_lang or None,
        "answerable": one.answerable,
        "judged": one.judged,
        "status": "insufficient" if one.refused else "answered",
        "confidence": round(one.confidence, 4),
        "ranks": list(one.ranks.found),
        "right": list(one.right),
    }


def _rounded(shape: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in shape.items()}


def tables(report: Report) -> Iterator[Table]:
    """Yield the tables; what no question of the set tells about is left out of them."""
    if report.retrieval:
        yield _rows("Retrieval, over articles", report.retrieval)
    if len(report.pairs) > 1:
        yield _rows("Retrieval by languages", report.pairs, "evidence in")
    if report.sentences:
        yield _rows("Sentences, refused questions counted as wrong", report.sentences)
    yield _named("Answers to questions with evidence", report.citations)
    refusal = report.refusal
    yield _named(
        f"Refusal, at the threshold {refusal.threshold:.3f}",
        {
            "refused with evidence": refusal.refused_with_evidence,
            "answered without evidence": refusal.answered_without_evidence,
            "near misses answered": refusal.answered_near_miss,
        },
    )
    yield _curve(report)
    yield _calibration_table(report)
    yield _latency(report)


def _table(title: str, *names: str) -> Table:
    return Table(*names, title=title, title_justify="left", title_style="bold")


def _numbers(table: Table, headings: Sequence[str]) -> Table:
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _rows(title: str, rows: Sequence[Row], evidence: str = "evidence") -> Table:
    table = _numbers(_table(title, "asked in", evidence), ["questions", *rows[0].figures])
    for row in rows:
        cells = [_with_interval(one) for one in row.figures.values()]
        table.add_row(row.lang, row.evidence, str(next(iter(row.figures.values())).count), *cells)
    return table


def _named(title: str, figures: Mapping[str, Estimate]) -> Table:
    table = _numbers(_table(title, ""), ["of", "share", "95 %"])
    for name, one in figures.items():
        interval = f"{one.interval.low:.3f}-{one.interval.high:.3f}" if one.interval else _NOTHING
        table.add_row(name, str(one.count), _share(one.value), interval)
    return table


def _curve(report: Report) -> Table:
    headings = ["refused with evidence", "answered without evidence", "near misses answered"]
    table = _numbers(_table("Refusal, were the threshold another"), ["threshold", *headings])
    curve = report.refusal.curve
    for point in curve[:: (len(curve) - 1) // _CURVE_ROWS]:
        shares = (point.refused_with_evidence, point.answered_without_evidence, point.answered_near_miss)
        table.add_row(f"{point.threshold:.1f}", *map(_share, shares))
    return table


def _calibration_table(report: Report) -> Table:
    table = _table("Confidence of what was answered, against being right", "confidence")
    _numbers(table, ["answered", "mean", *report.calibration])
    for bins in zip(*(one.bins for one in report.calibration.values()), strict=True):
        first = bins[0]
        if first.count:
            ends = f"{first.low:.1f}-{first.high:.1f}"
            right = [_share(one.right) for one in bins]
            table.add_row(ends, str(first.count), _share(first.confidence), *right)
    errors = [_with_interval(one.error) for one in report.calibration.values()]
    table.add_section()
    table.add_row("expected calibration error", "", "", *errors)
    return table


def _latency(report: Report) -> Table:
    table = _numbers(_table("Milliseconds a question", "stage"), ["median", "95 % below"])
    for stage, one in report.latency.items():
        table.add_row(stage, f"{one.median:.0f}", f"{one.p95:.0f}")
    return table


def _share(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.3f}"


def _with_interval(one: Estimate) -> str:
    interval = f"{one.interval.low:.2f}-{one.interval.high:.2f}" if one.interval else _NOTHING
    return f"{_share(one.value)}\n{interval}"
