"""Dates by value: each day that a claim tells must be told, or follow, from its quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rag.answering.verification.number_words import ORDINALS
from rag.answering.verification.numbers import Number, numbers_in
from rag.answering.verification.reading import Text, phrases
from rag.answering.verification.telling import said_in
from rag.answering.verification.units import FREQUENCIES
from rag.dates import find_dates
from rag.dates.calendar import Grain
from rag.dates.tables import AMBIGUOUS_MONTHS, MONTHS, WEEKDAYS
from rag.text import search_fold

_RELATIONS = phrases(
    {
        "before": "before|ahead of|prior to|قبل|قبيل|سابق ل",
        "by": "by|no later than|not later than|بحلول|في موعد أقصاه|في موعد لا يتجاوز|على أبعد تقدير",
        "after": "after|following|بعد|عقب|إثر",
        "since": "since|منذ",
        "from": "from|starting|starting from|starting on|beginning|beginning on|as of|with effect from|effective|اعتبارا من|ابتداء من|بدءا من|انطلاقا من",
        "until": "until|till|through|up to|حتى|لغاية|إلى غاية",
    },
    clitics=False,
)  # fmt: skip
_AGAINST = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "before/after before/on before/since before/from after/on after/by after/until until/from until/since until/on by/on by/from by/since"
    ).split()
)
"""Words that lead to one date and do not say the same."""
_DAYS = {search_fold(name): number for name, number in WEEKDAYS.items()}
_WEEKDAY = re.compile(
    rf"(?<!\w)(?:[وفبل]*(?:ال|لل))?({'|'.join(sorted(_DAYS, key=len, reverse=True))})(?!\w)"
)
_MONTH_NAMES = {search_fold(name): number for name, number in MONTHS.items()}
_MONTH = "|".join(
    re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_MONTH_NAMES, key=len, reverse=True)
)
_DAY_OF_MONTH = re.compile(
    rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+|من\s+)?(?:شهر\s+)?(?P<month>{_MONTH})(?!\w)"
    rf"|(?<!\w)(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%])(?!\s*(?:ال[فا]|مليون|%))"
)


_ORDINAL_DAYS = {
    **{name: int(value) for name, value in ORDINALS.items() if value <= 10 and not name.isascii()},
    **{
        f"{name} والعشرين": int(value) + 20
        for name, value in ORDINALS.items()
        if value < 10 and not name.isascii()
    },
    **{
        f"{name} عشر": int(value) + 10
        for name, value in ORDINALS.items()
        if value < 10 and not name.isascii()
    },
    "عشرين": 20,
    "ثلاثين": 30,
}
_ORDINAL_DAY = re.compile(
    rf"(?<!\w)[وفب]?(?:ال|لل)(?P<day>{'|'.join(sorted(_ORDINAL_DAYS, key=len, reverse=True))})\s+من\s+(?:شهر\s+)?(?P<month>{_MONTH})(?!\w)"
)
"""الثالث من أيار: days told by ordinals."""


@dataclass(frozen=True, slots=True)
class Told:
    """A date of a text: its days, how fine it is, the word that leads to it, and where it stands (folded)."""

    first: date
    last: date
    precision: Grain
    approximate: bool
    relation: str
    start: int
    end: int


@lru_cache(maxsize=2048)
def dates_in(text: Text, published: date | None) -> tuple[Told, ...]:
    """Return the dates of ``text``, relative ones told from the day it was published."""
    found = []
    rates = [(cue.start, cue.end) for cue in FREQUENCIES.find(text)]
    for span in find_dates(text.raw, published=published, sure=False):
        start, end = text.folded_span(span.start, span.end)
        # "في اليوم" behind a dose is a rate, not today.
        if end > start and not any(a <= start and end <= b for a, b in rates):
            relation = _relation(text, start, end)
            found.append(Told(span.first, span.last, span.precision, span.approximate, relation, start, end))
    return tuple(found)


def _relation(text: Text, start: int, end: int) -> str:
    before = text.folded[max(0, start - 40) : start]
    if _TO_THE_END.search(before):
        return "until"
    for cue in reversed(_RELATIONS.find(text)):
        gap = text.folded[cue.end : start]
        if cue.end <= start and len(gap.split()) <= 3 and not re.search(r"[.,،;؛:]", gap):
            between = [w for w in gap.split() if w not in _LEADING]
            if not between:
                return cue.key
        if cue.start == start and cue.end < end and cue.key != "until":
            # "منذ ثلاثة أيام": the relation is part of the expression, which was counted from the day.
            return "on"
        if cue.key == "by" and 0 <= cue.start - end <= 2:
            return "by"
    return "from" if re.search(r"(?:^|\s)[ف]?صاعدا", text.folded[end : end + 10]) and before else "on"


_TO_THE_END = re.compile(r"(?<!\w)(?:من\s[^.,،]*\sالي|from\s[^.,]*\sto)\s+$")
_LEADING = frozenset(
    search_fold(word)
    for word in "midday noon midnight morning evening afternoon night dawn the end of start beginning early late mid- middle day month year a on يوم شهر عام سنه نهايه مطلع بدايه اواخر منتصف ايام "
    "مساء صباح فجر ظهر ليل تاريخ early-".split()
)


def days_of_months(text: Text) -> tuple[tuple[int, int, int, int], ...]:
    """Return each day and month that ``text`` names together: month, day, and where (folded)."""
    ordinals = tuple(
        (_MONTH_NAMES[re.sub(r"\s+", " ", match["month"])], _ORDINAL_DAYS[match["day"]], *match.span())
        for match in _ORDINAL_DAY.finditer(text.folded)
    )
    return ordinals + tuple(
        (
            _MONTH_NAMES[re.sub(r"\s+", " ", match["month"] or match["month2"])],
            int(match["day"] or match["day2"]),
            *match.span(),
        )
        for match in _DAY_OF_MONTH.finditer(text.folded)
    )


def months_in(text: Text) -> tuple[tuple[int, int, int], ...]:
    """Return the months that ``text`` names, and where (folded); everyday words only beside a number or *شهر*."""
    found = []
    for match in _MONTH_NAME.finditer(text.folded):
        name = re.sub(r"\s+", " ", match[1])
        capital = text.raw[text.origins[match.start(1)]].isupper()
        if name.isascii() and (
            not capital or (name in _EVERYDAY and not _BESIDE.search(text.folded[: match.start(1)]))
        ):
            continue
        if (
            not name.isascii()
            and name in _EVERYDAY
            and not re.search(r"(?:\d|شهر)\s$", text.folded[: match.start(1)])
        ):
            continue
        found.append((_MONTH_NAMES[name], match.start(1), match.end(1)))
    return tuple(found)


_MONTH_NAME = re.compile(rf"(?<!\w)(?:[وف]?[بلك]?)({_MONTH})(?!\w)")
_EVERYDAY = frozenset(search_fold(name) for name in AMBIGUOUS_MONTHS)
_BESIDE = re.compile(
    r"(?:\d|(?<!\w)(?:in|of|until|since|by|from|to|and|early|late|mid|last|next|this|before|after|through|end))[\s-]$"
)


def dated_numbers(text: Text, told: Sequence[Told]) -> frozenset[Number]:
    """Return the numbers of ``text`` that stand inside its dates."""
    spans = [(t.start, t.end) for t in told] + [span[2:] for span in days_of_months(text)]
    return frozenset(n for n in numbers_in(text) if any(start <= n.start < end for start, end in spans))


def unsupported(claim: Text, quotes: Sequence[tuple[Text, date | None]]) -> list[tuple[Told, str]]:
    """Return the claim's dates that no quote tells, each with what differs: ``date`` or ``relation``.

    The claim's own relative dates are read as its quotes' are, from their day of publication.
    """
    missing: list[tuple[Told, str]] = []
    days = [published for _, published in quotes if published]
    held = [told for quote, published in quotes for told in dates_in(quote, published)]
    telling = {
        id(told)
        for quote, published in quotes
        for told in dates_in(quote, published)
        if told.first == told.last and _is_of_telling(quote, told)
    }
    for told in dates_in(claim, days[0] if days else None):
        if told.first == told.last and any(
            (told.first.month, told.first.day) == found[:2]
            and not any(t.start < found[3] and found[2] < t.end for t in dates_in(quote, published))
            for quote, published in quotes
            for found in days_of_months(quote)
        ):
            continue  # told by its day and month alone
        covered = [other for other in held if _covers(told, other) or _same_but_for_year(claim, told, other)]
        if not covered:
            if _counted_alike(claim, told, [quote for quote, _ in quotes]):
                continue
            missing.append((told, "date"))
        elif all(id(other) in telling for other in covered) and not _is_beside_telling(claim, told):
            missing.append((told, "date"))  # the day of the telling, not of what is told
        elif all(_against(told.relation, other.relation) for other in covered):
            missing.append((told, "relation"))
    resolved = dates_in(claim, days[0] if days else None)
    for month, day, start, end in days_of_months(claim):
        if any(t.start < end and start < t.end for t in resolved):
            continue
        named = any((month, day) == found[:2] for quote, _ in quotes for found in days_of_months(quote))
        if not named and not any((t.first.month, t.first.day) == (month, day) for t in held):
            missing.append((Told(date.min, date.min, "day", False, "on", start, end), "date"))
    held_months = {t.first.month for t in held} | {t.last.month for t in held}
    held_months |= {month for quote, _ in quotes for month, _, _ in months_in(quote)}
    missing += [
        (Told(date.min, date.min, "month", False, "on", start, end), "date")
        for month, start, end in months_in(claim)
        if month not in held_months and not any(t.start <= start < t.end for t in resolved)
    ]
    missing += [
        (Told(date.min, date.min, "day", False, "on", start, end), "weekday")
        for start, end in _lone_weekdays(claim, [quote for quote, _ in quotes], days)
    ]
    return missing


def _is_of_telling(text: Text, told: Told) -> bool:
    """Tell whether a date follows a verb of telling that ends its sentence: ", police said on Thursday."."""
    for said in said_in(text):
        gap = text.folded[said.cue.end : told.start]
        if said.cue.key == "said" and said.cue.end <= told.start and len(gap.split()) <= 1:
            led = re.search(r"[,،]\s(?:\w+\s){1,4}$", text.folded[: said.cue.start])
            if led and re.match(r"\s*(?:[.]|$)", text.folded[told.end :]):
                return True
    return False


def _is_beside_telling(text: Text, told: Told) -> bool:
    return any(
        len(text.folded[min(said.cue.end, told.end) : max(said.cue.start, told.start)].split()) <= 3
        for said in said_in(text)
    )


def _covers(claimed: Told, held: Told) -> bool:
    """Tell whether what is claimed is as fine as what is held, or coarser."""
    if claimed.first <= held.first and held.last <= claimed.last:
        return True
    if claimed.approximate and held.approximate:
        return claimed.first <= held.last and held.first <= claimed.last
    return False


def _same_but_for_year(claim: Text, claimed: Told, held: Told) -> bool:
    """Tell whether a day or month told without its year is the held one, whose tense chose another year."""
    if re.search(
        r"\d{4}|(?:last|next|this|ماضي|مقبل|قادم|جاري|حالي)", claim.folded[claimed.start : claimed.end]
    ):
        return False
    if claimed.precision != held.precision or claimed.precision not in ("day", "month"):
        return False
    return all(
        (a.month, a.day) == (b.month, b.day)
        for a, b in ((claimed.first, held.first), (claimed.last, held.last))
    ) or (
        claimed.first == claimed.last
        and held.first == held.last
        and _bare_weekday(claim, claimed)
        and claimed.first.weekday() == held.first.weekday()
    )


def _bare_weekday(text: Text, told: Told) -> bool:
    return bool(_WEEKDAY.search(text.folded, max(0, told.start - 3), told.end)) and not re.search(
        r"\d", text.folded[told.start : told.end]
    )


def _against(claimed: str, held: str) -> bool:
    return frozenset((claimed, held)) in _AGAINST


def _counted_alike(claim: Text, told: Told, quotes: Sequence[Text]) -> bool:
    """Tell whether a stretch such as "the past three years" stands in a quote with its count and unit."""
    inside = [n for n in numbers_in(claim) if told.start <= n.start < told.end and n.unit]
    return bool(inside) and all(
        any(n.measure == other.measure for quote in quotes for other in numbers_in(quote)) for n in inside
    )


def _lone_weekdays(claim: Text, quotes: Sequence[Text], days: Sequence[date]) -> list[tuple[int, int]]:
    """Return the weekdays that a claim names beside a date and no quote names, nor any of their dates is."""
    held = {_DAYS[name] for quote in quotes for name in weekdays_in(quote)}
    for quote in quotes:
        held |= {
            told.first.weekday()
            for told in dates_in(quote, days[0] if days else None)
            if told.first == told.last
        }
    return [
        (match.start(), match.end())
        for match in _WEEKDAY.finditer(claim.folded)
        if _is_weekday(match) and _DAYS[match[1]] not in held
    ]


def _is_weekday(match: re.Match[str]) -> bool:
    return len(match[1]) > 3 and (match[0].isascii() or match[0] != match[1])


def weekdays_in(text: Text) -> list[str]:
    """Return the weekday names of ``text``, folded."""
    return [match[1] for match in _WEEKDAY.finditer(text.folded) if _is_weekday(match)]
