"""Floors: what a figure must not fall below (or rise above), and the data for which that was decided."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.fingerprints import fingerprint

__all__ = ["Floor", "FloorSet", "fingerprint", "read_floors"]

_FILE = Path(__file__).with_name("floors.json")


@dataclass(frozen=True, slots=True)
class Floor:
    """A bound of one figure; one of the two is set."""

    at_least: float | None = None
    at_most: float | None = None

    def holds(self, value: float) -> bool:
        """Tell whether ``value`` is within the bound; what is no number is not."""
        if math.isnan(value):
            return False
        above = self.at_least is None or value >= self.at_least
        return above and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        return f"at least {self.at_least:.3f}" if self.at_least is not None else f"at most {self.at_most:.3f}"


@dataclass(frozen=True, slots=True)
class FloorSet:
    """The floors of one evaluation; they mean something on the data of ``fingerprint`` only.

    ``bars`` are what the figures are to reach: a floor keeps what was won, a bar says what is still to win.
    """

    fingerprint: str
    origin: str
    floors: Mapping[str, Floor]
    bars: Mapping[str, Floor]

    def short_of_bars(self, figures: Mapping[str, float]) -> list[str]:
        """Return a line for each figure that is not yet what it is to be."""
        return [
            f"{name}: {figures.get(name, math.nan):.3f}, the bar is {bar}"
            for name, bar in self.bars.items()
            if not bar.holds(figures.get(name, math.nan))
        ]

    def fallen(self, figures: Mapping[str, float]) -> list[str]:
        """Return a line for each figure that is missing or outside of its floor."""
        return [
            f"{name}: {figures.get(name, math.nan):.3f}, is to be {floor}"
            for name, floor in self.floors.items()
            if not floor.holds(figures.get(name, math.nan))
        ]


def read_floors(name: str, file: Path = _FILE) -> FloorSet:
    """Read the floors of the evaluation ``name``; raises KeyError where there are none."""
    row = json.loads(file.read_text(encoding="utf-8"))[name]
    floors, bars = (
        {figure: Floor(**bound) for figure, bound in row.get(which, {}).items()}
        for which in ("floors", "bars")
    )
    return FloorSet(row["data"], row["origin"], floors, bars)
