"""From outcomes to figures: retrieval, sentences, citations, refusals, calibration and time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.evaluation.asking import Outcome
from bot.evaluation.measures import MEASURES, Calibration, Estimate, calibration, estimate
from bot.evaluation.questions import NEAR_MISS

__all__ = ["EVIDENCE", "Latency", "Point", "Refusal", "Report", "Row", "report_on"]

EVIDENCE = ("all", "same", "other")
_LANGUAGES = ("all", "ar", "en")
_STEPS = 100
_SENTENCES: dict[str, Callable[[Outcome], float]] = {
    "first cited sentence right": lambda one: float(one.found_first),
    "any cited sentence right": lambda one: float(one.found),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of the questions in one language whose evidence is in that of ``evidence``.

    ``evidence`` is ``all``, ``same`` (as the question), ``other`` or, in pairs, a language.
    """

    lang: str
    evidence: str
    figures: dict[str, Estimate]

    def as_json(self) -> dict[str, Any]:
        """Return the row of the report."""
        figures = {name: one.as_json() for name, one in self.figures.items()}
        return {"question_lang": self.lang, "evidence": self.evidence, **figures}


@dataclass(frozen=True, slots=True)
class Point:
    """The shares at one threshold; ``None`` where no question of that sort was asked."""

    threshold: float
    refused_with_evidence: float | None
    answered_without_evidence: float | None
    answered_near_miss: float | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The two error rates at the threshold in use, near misses apart, and how they would move with it."""

    threshold: float
    refused_with_evidence: Estimate
    answered_without_evidence: Estimate
    answered_near_miss: Estimate
    curve: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one stage."""

    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class Report:
    """Every figure of one evaluation; two runs over the same data differ in ``latency`` only."""

    counts: dict[str, int]
    retrieval: tuple[Row, ...]
    pairs: tuple[Row, ...]
    sentences: tuple[Row, ...]
    citations: dict[str, Estimate]
    refusal: Refusal
    calibration: dict[str, Calibration]
    latency: dict[str, Latency]


def report_on(outcomes: Sequence[Outcome], threshold: float) -> Report:
    """Compute all figures; ``threshold`` is the one that was in use."""
    answerable = [one for one in outcomes if one.answerable]
    judged = [one for one in answerable if one.judged]
    return Report(
        counts=_counts(outcomes),
        retrieval=tuple(_split(answerable, _retrieval)),
        pairs=tuple(_pairs(answerable)),
        sentences=tuple(_split(judged, lambda some: _means(some, _SENTENCES))),
        citations=_citations([one for one in judged if not one.refused]),
        refusal=_refusal(outcomes, threshold),
        calibration=_calibration(outcomes),
        latency=_latency(outcomes),
    )


def _counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    return {
        "questions": len(outcomes),
        "answerable": sum(one.answerable for one in outcomes),
        "without_evidence": len(_without_evidence(outcomes)),
        "near_misses": sum(one.kind == NEAR_MISS for one in outcomes),
        "not_judged": sum(one.answerable and not one.judged for one in outcomes),
        "groups": len({one.group for one in outcomes}),
    }


def _without_evidence(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if not one.answerable and one.kind != NEAR_MISS]


def _means(outcomes: Sequence[Outcome], worth: dict[str, Callable[[Outcome], float]]) -> dict[str, Estimate]:
    groups = [one.group for one in outcomes]
    return {name: estimate([value(one) for one in outcomes], groups) for name, value in worth.items()}


def _retrieval(outcomes: Sequence[Outcome]) -> dict[str, Estimate]:
    groups = [one.group for one in outcomes]
    return {
        name: estimate([measure(one.ranks) for one in outcomes], groups) for name, measure in MEASURES.items()
    }


def _split(
    outcomes: Sequence[Outcome], figures: Callable[[Sequence[Outcome]], dict[str, Estimate]]
) -> list[Row]:
    """Return a row for each language asked in and each part of the evidence that has questions."""
    rows = []
    for lang in _LANGUAGES:
        for evidence in EVIDENCE:
            some = [
                one
                for one in outcomes
                if lang in ("all", one.lang)
                and (evidence == "all" or (one.evidence_lang == one.lang) == (evidence == "same"))
            ]
            if some:
                rows.append(Row(lang, evidence, figures(some)))
    return rows


def _pairs(outcomes: Sequence[Outcome]) -> list[Row]:
    pairs = sorted({(one.lang, one.evidence_lang) for one in outcomes})
    return [
        Row(*pair, _retrieval([one for one in outcomes if (one.lang, one.evidence_lang) == pair]))
        for pair in pairs
    ]


def _citations(answered: Sequence[Outcome]) -> dict[str, Estimate]:
    """Return how many quotes, claims and right articles there were to cite, and how many of them were met.

    Over the claims of answers to questions that have evidence: what was refused, or should have been, is
    counted among the refusals.
    """
    quotes = [(float(right), one.group) for one in answered for right in one.right]
    claims = [
        (float(any(r for r, c in zip(one.right, one.claims, strict=True) if c == claim)), one.group)
        for one in answered
        for claim in dict.fromkeys(one.claims)
    ]
    articles = [
        (float(article in {quote.article_id for quote in one.quotes}), one.group)
        for one in answered
        for article in one.article_ids
    ]
    return {
        "citation precision": _of(quotes),
        "citation recall": _of(claims),
        "articles cited": _of(articles),
    }


def _of(values: Sequence[tuple[float, str]]) -> Estimate:
    return estimate([value for value, _ in values], [group for _, group in values])


def _refusal(outcomes: Sequence[Outcome], threshold: float) -> Refusal:
    parts = (
        [one for one in outcomes if one.answerable],
        _without_evidence(outcomes),
        [one for one in outcomes if one.kind == NEAR_MISS],
    )
    with_evidence, without, near = parts
    sure = [np.array([one.confidence for one in part]) for part in parts]

    def point(at: float) -> Point:
        # Confidence 0 stands for no evidence at all, which is refused whatever the threshold.
        refused = [float(((part < at) | (part == 0)).mean()) if len(part) else None for part in sure]
        first, *rest = refused
        return Point(at, first, *(None if share is None else 1 - share for share in rest))

    return Refusal(
        threshold,
        _of([(float(one.refused), one.group) for one in with_evidence]),
        _of([(float(not one.refused), one.group) for one in without]),
        _of([(float(not one.refused), one.group) for one in near]),
        tuple(point(step / _STEPS) for step in range(_STEPS + 1)),
    )


def _calibration(outcomes: Sequence[Outcome]) -> dict[str, Calibration]:
    answered = [one for one in outcomes if not one.refused and (one.judged or not one.answerable)]
    sure, groups = [one.confidence for one in answered], [one.group for one in answered]
    return {
        name: calibration(sure, [bool(right(one)) for one in answered], groups)
        for name, right in _SENTENCES.items()
    }


def _latency(outcomes: Sequence[Outcome]) -> dict[str, Latency]:
    stages: dict[str, list[float]] = {}
    for one in outcomes:
        for stage, spent in one.timings_ms.items():
            stages.setdefault(stage, []).append(spent)
    return {
        stage: Latency(float(np.median(spent)), float(np.percentile(spent, 95)))
        for stage, spent in stages.items()
    }
