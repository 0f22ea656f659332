"""Numbers by value: digits of three scripts and number words of both languages, with their units."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.answering.verification.number_values import atom_at, value_at
from rag.answering.verification.number_words import (
    DUALS,
    FRACTIONS,
    MANY,
    MULTIPLES,
    ORDINALS,
    SCALES,
    SMALL,
)
from rag.answering.verification.reading import Text
from rag.answering.verification.units import UNITS, sign_before, unit_after
from rag.bilingual import forms

Sort = Literal["count", "ordinal", "fraction", "many", "dual", "multiple", "clock"]

_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>a\.?m\b\.?|p\.?m\b\.?|صباحا|مساء|فجرا|ظهرا|ليلا|عصرا|صباح|gmt)"
    r"|(?<![\d:.])(?P<hour2>\d{1,2}):(?P<minute2>\d{2})(?![:\d])"
    r"|(?<=ساعه )ال(?P<word>\w+)(?:\s+(?P<past>والنصف|والربع))?(?:\s+(?P<half2>صباحا|مساء?|فجرا|ظهرا|ليلا|عصرا|بعد الظهر|من (?:مساء?|صباح|فجر)))?"
)
_EVENING = re.compile(r"p\.?m|مسا|ظهر|عصر|ليل")
_HOURS = {"واحده": 1, "ثانيه": 2, "ثالثه": 3, "رابعه": 4, "خامسه": 5, "سادسه": 6, "سابعه": 7, "ثامنه": 8,
          "تاسعه": 9, "عاشره": 10, "حاديه": 11}  # fmt: skip
_ORDINAL_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th)(?!\w)")
_TIMES = re.compile(r"\s*(?:fold\b|times\b|اضعاف)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: its value (without its unit), its unit's name, and its stretch of the folded text.

    ``end`` is behind the digits or number words, ``full_end`` behind the unit.
    """

    value: float
    sort: Sort
    unit: str | None
    start: int
    end: int
    full_end: int
    in_words: bool = False

    @property
    def measure(self) -> tuple[str, float]:
        """What is measured, and how much of it in its base unit; a bare count measures nothing."""
        if self.sort == "fraction" and self.unit is None:
            return "share", self.value
        if self.unit is None:
            return "", self.value
        unit = UNITS[self.unit]
        return unit.measures, self.value * unit.size


def equal(one: float, other: float) -> bool:
    """Tell whether two values are one, but for rounding in the last place of a float."""
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


@lru_cache(maxsize=2048)
def numbers_in(text: Text) -> tuple[Number, ...]:
    """Return the numbers of ``text`` in order, dates included (`rag.dates` says which those are)."""
    found: list[Number] = []
    taken = -1
    clocks = [_clock(match) for match in _CLOCK.finditer(text.folded)]
    found.extend(clock for clock in clocks if clock)
    at = 0
    while at < len(text.tokens):
        token = text.tokens[at]
        if token.start < taken or any(c.start <= token.start < c.end for c in found if c.sort == "clock"):
            at += 1
            continue
        number, following = _number_at(text, at)
        if number is None:
            at += 1
            continue
        found.append(number)
        taken = number.full_end
        at = following
    return _ratios(text, sorted(found, key=lambda n: n.start))


def _ratios(text: Text, found: list[Number]) -> tuple[Number, ...]:
    """Return ``found`` with "two in three" and "واحد من كل أربعة" as fractions."""
    merged: list[Number] = []
    for number in found:
        last = merged[-1] if merged else None
        if (
            last
            and last.sort == number.sort == "count"
            and last.unit is None
            and 0 < last.value < number.value
        ):
            between = text.folded[last.full_end : number.start]
            if (
                re.fullmatch(
                    r"\s(?:\w+\s)?(?:in|in every|of every|out of every|من كل|من بين كل|من اصل كل)\s", between
                )
                and number.value <= 20
            ):
                merged[-1] = Number(
                    last.value / number.value, "fraction", None, last.start, number.end, number.full_end, True
                )
                continue
        merged.append(number)
    return tuple(merged)


def _clock(match: re.Match[str]) -> Number | None:
    if match["word"]:
        if match["word"] not in _HOURS:
            return None
        hour, minute, half = (
            _HOURS[match["word"]],
            {None: 0, "والنصف": 30, "والربع": 15}[match["past"]],
            match["half2"],
        )
    else:
        hour, minute = int(match["hour"] or match["hour2"]), int(match["minute"] or match["minute2"] or 0)
        half = match["half"]
    if hour > 24 or minute > 59:
        return None
    if half and _EVENING.search(half) and hour < 12 and not (hour < 5 and "ليل" in half):
        hour += 12
    if half and re.match(r"a\.?m|صبا|فجر", half) and hour == 12:
        hour = 0
    return Number(hour * 60 + minute, "clock", None, match.start(), match.end(), match.end())


def _number_at(text: Text, at: int) -> tuple[Number | None, int]:
    token = text.tokens[at]
    ordinal = _ordinal(text, at)
    if ordinal is not None:
        return ordinal, at + 1
    for form, joined in forms(token.folded):
        if form in MANY and not joined and not _counts(text, at):
            return Number(MANY[form], "many", None, token.start, token.end, token.end, True), at + 1
        if form in MULTIPLES and (form != "ضعف" or at == 0 or not text.tokens[at - 1].digits):
            return Number(MULTIPLES[form], "multiple", None, token.start, token.end, token.end, True), at + 1
    first = atom_at(text, at)
    if first is None:
        return _dual(text, at)
    if (
        first.value in (2, 3, 4)
        and at + 1 < len(text.tokens)
        and text.tokens[at + 1].folded in ("thirds", "quarters", "fifths", "ارباع", "اخماس")
    ):
        parts = {"thirds": 3, "quarters": 4, "fifths": 5, "ارباع": 4, "اخماس": 5}[text.tokens[at + 1].folded]
        end = text.tokens[at + 1].end
        return Number(first.value / parts, "fraction", None, token.start, end, end, True), at + 2
    value, following, only_fraction = value_at(text, at)
    end = text.tokens[following - 1].end
    unit, full_end = unit_after(text, end)
    start = token.start
    if sign := sign_before(text, start):
        unit, full_end = sign, end
    if unit == "metre" and "m" in text.folded[end:full_end].split():
        unit = "metre"
    sort: Sort = "fraction" if only_fraction and unit != "per cent" else "count"
    if _TIMES.match(text.folded, end):
        sort = "multiple"
    if only_fraction and unit is not None and UNITS[unit].measures not in ("share",):
        sort = "count"  # half an hour, half a tonne
    return Number(value, sort, unit, start, end, max(end, full_end), not token.digits), following


def _counts(text: Text, at: int) -> bool:
    """Tell whether the Arabic plural at ``at`` (آلاف, ملايين, مئات) belongs to a number before it."""
    if not text.tokens[at].arabic:
        return False
    return at > 0 and atom_at(text, at - 1) is not None


def _ordinal(text: Text, at: int) -> Number | None:
    token = text.tokens[at]
    if token.digits:
        match = _ORDINAL_DIGITS.match(text.folded, token.start)
        return (
            Number(float(match[1]), "ordinal", None, token.start, match.end(), match.end()) if match else None
        )
    if token.arabic:
        bare = re.sub(r"^[وف]?[بلك]?(?:ال|ل)", "", token.folded)
        if bare == token.folded and token.folded not in ORDINALS:
            return None
        if (
            bare == token.folded
            and token.folded in ("ثانيه", "ثاني", "رابع", "اول", "اولي")
            and token.folded == "ثانيه"
        ):
            return None
        value = ORDINALS.get(bare)
        if value is None or bare in ("عشرون", "عشرين"):
            return None
        following = text.tokens[at + 1].folded if at + 1 < len(text.tokens) else ""
        if following in ("عشر", "عشره") and value < 10:
            value += 10
        elif following.startswith("وال") and following[3:] in SMALL and SMALL[following[3:]] >= 20:
            value += SMALL[following[3:]]
        return Number(value, "ordinal", None, token.start, token.end, token.end, True)
    value = ORDINALS.get(token.folded)
    if value is None or (token.folded == "second" and at and text.tokens[at - 1].folded == "per"):
        return None
    if at and (before := text.tokens[at - 1]).folded in SMALL and SMALL[before.folded] >= 20:
        value += SMALL[before.folded]
    if at and value in (3, 4, 5, 10) and text.tokens[at - 1].folded in ("a", "one", "two", "three"):
        share = {"one": 1, "a": 1, "two": 2, "three": 3}[text.tokens[at - 1].folded] / value
        return Number(share, "fraction", None, token.start, token.end, token.end, True)
    return Number(value, "ordinal", None, token.start, token.end, token.end, True)


def _dual(text: Text, at: int) -> tuple[Number | None, int]:
    token = text.tokens[at]
    if token.folded in ("thirds", "quarters") and at:
        return Number(
            FRACTIONS[token.folded], "fraction", None, token.start, token.end, token.end, True
        ), at + 1
    if token.folded == "quarter" and at and text.tokens[at - 1].folded in ("a", "one"):
        following = text.after(token.end, 3)
        scale = next(
            (SCALES[text.tokens[n].folded] for n in following if text.tokens[n].folded in SCALES), None
        )
        if scale and "of" in [text.tokens[n].folded for n in following]:
            end = text.tokens[following[-1]].end
            unit, full = unit_after(text, end)
            return Number(scale / 4, "count", unit, token.start, end, max(end, full), True), following[-1] + 1
        return Number(0.25, "fraction", None, token.start, token.end, token.end, True), at + 1
    if not token.arabic:
        return None, at
    for form, _joined in forms(token.folded):
        if form in DUALS or re.search(r"\w{3}ت(?:ان|ين)$", form):
            unit, full_end = unit_after(text, token.start)
            return Number(2, "dual", unit, token.start, token.start, max(token.end, full_end), True), at + 1
    return None, at
