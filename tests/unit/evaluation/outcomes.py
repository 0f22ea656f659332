"""Invented outcomes: a small evaluation whose figures can be counted by hand."""

from __future__ import annotations

from typing import Any

from bot.evaluation.asking import Outcome, Quote
from bot.evaluation.measures import Ranks


def outcome(number: int, **fields: Any) -> Outcome:
    """Return an answerable question, answered rightly from Arabic in Arabic unless ``fields`` say else."""
    right: tuple[bool, ...] = fields.pop("right", (True,))
    refused = fields.pop("refused", False)
    shown = () if refused else right
    known: dict[str, Any] = {
        "id": f"q{number}",
        "kind": "",
        "lang": "ar",
        "answerable": True,
        "refused": refused,
        "right": shown,
        "quotes": tuple(Quote("a1" if one else "a9", 0, 5, "words") for one in shown),
        "claims": tuple(range(len(shown))),
        "confidence": 0.9,
        "group": f"g{number // 2}",
        "evidence_lang": "ar",
        "article_ids": ("a1",),
        "ranks": Ranks((1,), 1),
        "timings_ms": {"search": 10.0 * number},
    }
    return Outcome(**known | fields)


def unanswerable(number: int, kind: str = "", **fields: Any) -> Outcome:
    """Return a question without evidence, refused unless ``fields`` say else."""
    nothing: dict[str, Any] = {
        "answerable": False,
        "judged": False,
        "kind": kind,
        "refused": True,
        "right": (False,),
        "evidence_lang": "",
        "article_ids": (),
        "ranks": Ranks((), 0),
        "confidence": 0.1,
    }
    return outcome(number, **nothing | fields)


def evaluation() -> list[Outcome]:
    """Return twelve outcomes: eight with evidence, two without, two near misses."""
    return [
        outcome(0, confidence=0.95),
        outcome(1, confidence=0.85, right=(False, True)),
        outcome(2, confidence=0.75, ranks=Ranks((2,), 1)),
        outcome(3, confidence=0.3, refused=True),
        outcome(4, lang="en", confidence=0.95, ranks=Ranks((6,), 1)),
        outcome(5, lang="en", evidence_lang="en", confidence=0.65),
        outcome(6, lang="en", evidence_lang="en", confidence=0.55, right=(False,), ranks=Ranks((), 1)),
        outcome(7, evidence_lang="en", confidence=0.85),
        unanswerable(8),
        unanswerable(9, refused=False, confidence=0.65),
        unanswerable(10, "near_miss", confidence=0.2),
        unanswerable(11, "near_miss", refused=False, confidence=0.75),
    ]
