"""What a sentence puts in the place that a question asks about, and whether two sentences put the same there.

Numbers are compared by value, across scripts and number words, with their units and bounds; days as days;
words by the encoder (`rag.answering.wording`). Where it cannot be told whether two values differ, it is not
said that they do.
"""

from __future__ import annotations

import enum
import math
import re
from dataclasses import dataclass
from datetime import date

from rag.answering.counted import (
    counted_behind,
    counted_by,
    fates_asked,
    fates_of,
    measures_asked,
    stretch_of,
)
from rag.answering.naming import Named, named_in
from rag.answering.verification import dates as told_dates
from rag.answering.verification.numbers import Number, equal, numbers_in
from rag.answering.verification.quantifiers import bound_of
from rag.answering.verification.reading import Text, read
from rag.answering.verification.units import UNITS, often
from rag.dates import find_dates
from rag.dates.tables import MONTHS
from rag.questions import Kind
from rag.text import search_fold
from rag.types import Span

_ROUGHLY = 0.15
"""By how much two numbers may differ, as a share of the larger, where one of them is an estimate."""
_JUST = 0.05
"""By how much a number may lie on the open side of a bound that rounds it, as a share of the larger."""
_THE = re.compile(r"[وفبلك]?ال(?!ف(?:ا|ي|ين|ان)?(?!\w))")
"""*The four* have been counted elsewhere, and are often some of them."""
_NO_LONGER = re.compile(
    r"(?<!\w)(?:not|rather than|instead of|(?:up|down|raised|cut|corrected|revised) from|"
    r"لا|و?ليس(?:ت|وا)?|بدلا من|عوضا عن|بعد ان كان(?:ت)?)\s+(?:the\s+)?$"
)
"""Before a number that is told to be right no more: seven, not eight."""
_ONLY_THEN = re.compile(
    r"\b(?:not|put (?:off|back)|postponed|delayed|deferred|moved|pushed back|brought forward|rescheduled)\b|"
    r"n't\b|"
    r"(?<!\w)(?:لن|لا|لم|الا|[وف]?(?:تاجيل|تاجيله|تاجيلها|تاجل|تاجلت|اجل|اجلت|ارجاء|ارجاوه|ارجي|ارجات|"
    r"نقل|تقديم|ترحيل|رحل))(?!\w)"
)
"""Before *until* or *to*: what is put off to a day is on that day, and what is not until then is then."""
_MONTHS = "|".join(sorted(search_fold(month) for month in MONTHS if not month.isdigit()))
_BY_DATE = re.compile(rf"\d|(?<!\w)(?:{_MONTHS})(?!\w)")


class Comparison(enum.Enum):
    """How two values compare."""

    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, how it is bounded, by what time it counts, whose fate it counts, and what sort of thing."""

    number: Number
    bound: str
    often: frozenset[str]
    fates: frozenset[str]
    counts: frozenset[str] = frozenset()

    def is_of_another_fate(self, asked: str) -> bool:
        """Tell whether it counts the injured, say, where ``asked`` is for the dead."""
        wanted = fates_asked(asked)
        return bool(wanted and self.fates and not wanted & self.fates)

    def is_of_another_thing(self, asked: str) -> bool:
        """Tell whether it counts ships where ``asked`` is for people, or dollars where it is for metres."""
        wanted = counted_by(asked)
        if wanted and self.counts and not wanted & self.counts:
            return True
        measures = measures_asked(asked)
        return measures is not None and self.number.measure[0] not in measures

    def compare(self, other: Amount, *, later: bool) -> Comparison:
        """Compare by value; other units, times and fates make two numbers that have nothing to do with each
        other.

        A bound ("at least 12") leaves room for other numbers, but not for those of a ``later`` count.
        """
        one, two = self.number, other.number
        if (one.unit is None) != (two.unit is None) or one.measure[0] != two.measure[0]:
            return Comparison.UNCLEAR
        if self.often != other.often or (self.fates and other.fates and not self.fates & other.fates):
            return Comparison.UNCLEAR
        if self.counts and other.counts and not self.counts & other.counts:
            return Comparison.UNCLEAR
        if _is_rounded(one.measure[1], two.measure[1], self, other):
            return Comparison.SAME
        roomy = not later and (_allows(self, other) or _allows(other, self))
        return Comparison.SAME if roomy else Comparison.DIFFERENT


@dataclass(frozen=True, slots=True)
class Days:
    """The days from ``first`` to ``last``; ``exact`` where they are told by date, not by weekday or
    "yesterday".
    """

    first: date
    last: date
    approximate: bool
    exact: bool
    relation: str

    @property
    def order(self) -> str:
        """How what happened lies to the days: what has been so since Sunday began on Sunday."""
        return "on" if self.relation in ("since", "from") else self.relation

    def compare(self, other: Days) -> Comparison:
        """Compare by days; neighbouring ones are told apart only where both are dates."""
        if self.first <= other.last and other.first <= self.last:
            return Comparison.SAME
        if self.order != other.order or self.approximate or other.approximate:
            return Comparison.UNCLEAR
        if not (self.exact and other.exact) and (self.first - other.first).days % 7 == 0:
            return Comparison.UNCLEAR  # Sunday may be the last or the next one
        apart = max((self.first - other.last).days, (other.first - self.last).days)
        return Comparison.DIFFERENT if apart > 1 or (self.exact and other.exact) else Comparison.UNCLEAR


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that are neither a number nor a day, and whom they name where it is asked who."""

    text: str
    named: Named | None = None


Value = Amount | Days | Wording


def value_of(kind: Kind, sentence: str, answer: Span, published: date | None) -> Value | None:
    """Return what the words ``answer`` (a span of ``sentence``) say, as a thing of ``kind``; ``None`` if
    nothing can be told.

    A question that asks for no certain kind is taken to ask for a number or a day where the words are one.
    """
    if kind in (Kind.COUNT, Kind.AMOUNT):
        return _amount(sentence, answer, published)
    if kind is Kind.WHEN:
        return _days(sentence, answer, published)
    if kind is Kind.OPEN:
        days = _days(sentence, answer, published)
        found = days or _amount(sentence, answer, published)
        if found is not None:
            return found
    words = answer.of(sentence).strip()
    if not re.search(r"[^\W\d]", words):
        return None
    return Wording(words, named_in(sentence, answer) if kind is Kind.WHO else None)


def _amount(sentence: str, answer: Span, published: date | None) -> Amount | None:
    text = read(sentence)
    start, end = text.folded_span(answer.start, answer.end)
    dated = told_dates.dated_numbers(text, told_dates.dates_in(text, published or date(2020, 6, 15)))
    inside = [
        number
        for number in numbers_in(text)
        if number.start < end
        and start < max(number.end, number.full_end)
        and number not in dated
        and number.sort not in ("ordinal", "clock", "many")
    ]
    if len(inside) > 1:
        inside = [number for number in inside if not _NO_LONGER.search(text.folded[: number.start])]
    if len(inside) != 1:
        return None
    number = inside[0]
    if number.in_words and _THE.match(text.folded, number.start):
        return None
    near = stretch_of(text, number)
    counts = counted_behind(text, number.end) if number.unit is None else frozenset()
    return Amount(number, bound_of(text, number), _rates(text, near), fates_of(text, number, near), counts)


def _rates(text: Text, near: tuple[int, int]) -> frozenset[str]:
    return often(read(text.folded[near[0] : near[1]]))


def _is_rounded(one: float, other: float, first: Amount, second: Amount) -> bool:
    """Tell whether two values are one, or one of them is the other rounded or estimated."""
    if equal(one, other):
        return True
    larger, apart = max(abs(one), abs(other)), abs(one - other)
    if {first.bound, second.bound} & {"about", "nearly", "just over"}:
        return apart <= _ROUGHLY * larger
    if apart <= _JUST * larger and (_allows(first, second) or _allows(second, first)):
        return True  # 612 are more than 600
    if first.number.unit and first.number.unit != second.number.unit:
        # Of 11.4 kilometres and 11,387 metres the former are rounded.
        coarse = max((first, second), key=_size)
        return apart / _size(coarse) <= 0.5 * 10.0 ** -_decimals(coarse.number.value)
    return any(_grain(amount.number.value) / 2 >= apart / _size(amount) for amount in (first, second))


def _decimals(value: float) -> int:
    return 0 if value == int(value) else len(repr(value).partition(".")[2])


def _grain(value: float) -> float:
    """Return the step by which a number of three figures or fewer that counts a great many seems to be
    rounded.
    """
    if value < 1000 or value != int(value):
        return 0.0
    figures = len(str(int(value)).rstrip("0"))
    return 10.0 ** (len(str(int(value))) - figures) if figures <= 3 else 0.0


def _size(amount: Amount) -> float:
    return UNITS[amount.number.unit].size if amount.number.unit else 1.0


def _allows(bounded: Amount, other: Amount) -> bool:
    """Tell whether a bound ("at least 12", "fewer than 50") leaves room for another's number."""
    one, two = bounded.number.measure[1], other.number.measure[1]
    if bounded.bound in ("at least", "more"):
        return two >= one and not math.isclose(one, two)
    return bounded.bound in ("at most", "less") and two <= one


def _days(sentence: str, answer: Span, published: date | None) -> Days | None:
    text = read(sentence)
    told = told_dates.dates_in(text, published)
    found = [
        span
        for span in find_dates(sentence, published=published)
        if span.start < answer.end and answer.start < span.end
    ]
    if not found:
        return None
    first = found[0]
    start, end = text.folded_span(first.start, first.end)
    relation = next((one.relation for one in told if one.start < end and start < one.end), "on")
    if relation == "until" and _ONLY_THEN.search(text.folded[text.clause_of(start)[0] : start]):
        relation = "on"
    exact = bool(_BY_DATE.search(text.folded[start:end]))
    return Days(first.first, first.last, first.approximate, exact, relation)
