"""Expressions that count from another date of their sentence: the same day, العام السابق, two days later."""

from __future__ import annotations

import re
from datetime import timedelta

from rag.dates import tables
from rag.dates.calendar import Days, month_of, one_day, year_of
from rag.dates.grammar import DUAL, MONTH, NUMBER, UNIT, Rule, Setting, Told, build, number_of
from rag.dates.ranges import DatedSpan
from rag.dates.relative import ahead

_UNITS = {
    "month": "month",
    "شهر": "month",
    "year": "year",
    "عام": "year",
    "سنه": "year",
}
"""What is named behind *the same*; all others are times of a day."""

_SHIFTS = {"same": 0, "next": 1, "previous": -1}
_EN_UNIT = r"(?P<unit>day|night|evening|morning|afternoon|month|year)"
_AR_TIME = r"(?:(?:صباح|مساء|فجر|ظهر|عصر|ليل)\s+)?"
_AR_UNIT = r"ال(?P<unit>يوم|ليله|مساء|صباح|شهر|عام|سنه)"
# "The same day last year" and "the day before the vote" are told from something else again.
_OF_ANOTHER = re.compile(
    r"\s+(?:last|this|next|of|as|a|an|that|من|علي|عن|ل\w+)(?!\w)|"
    r"\s+(?:in\s+)?(?:the\s+(?:previous|following|same)\s|\d{4})|'"
)
_CLOSES = r"(?=\s*(?:$|[.,،;؛:!?؟)\]»\"”\n]|(?:and|but|or|while|when|to)(?!\w)))"
_AR_CLOSES = r"(?=\s*(?:$|[.,،;؛:!?؟)\]»\"”\n]|و\w))"

# Who tells something on a day tells it of another: "said on Tuesday that he was freed the same day".
_REPORTS = re.compile(
    r"(?<!\w)(?:sa(?:id|ys)|told|announced|reported|added|confirmed|stated|according|that|who|"
    r"whose|which)(?!\w)"
    r"|(?<!\w)[وف]?(?:قال|اعلن|اكد|افاد|ذكر|اوضح|اضاف|صرح|كشف|نقل)(?:ت|وا|ا)?(?!\w)"
    r"|(?<!\w)(?:وفق|بحسب|حسب|الذي|التي|الذين)(?!\w)|"
    r"(?<!بعد\s)(?<!قبل\s)(?<!منذ\s)(?<!الي\s)(?<!\w)[وفب]?ان(?:ه|ها|هم)?(?!\w)"
)
_STOP = re.compile(r"[.!?؟\n](?!\d)")
_FULL_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_SAYS_MONTH = re.compile(rf"(?<!\w)(?:ال|ل|ب)?(?:{MONTH})(?!\w)")
_VERB_BETWEEN = re.compile(r"(?<!\w)(?:و|ثم\s|ف)\w{2,}")
_LED = 25
_FAR = 240
_MOST = 200


def antecedent(text: str, spans: list[DatedSpan], start: int) -> Told | None:
    """Return the date that the expression at ``start`` of a folded text may count from.

    It is the nearest one before it in its sentence, told sharply, and not the day on which something is said.
    """
    if not spans:
        return None
    span = spans[-1]
    between = text[span.end : start]
    if len(between) > _FAR:
        return None
    if span.approximate or _STOP.search(between) or _REPORTS.search(between):
        return None
    if _REPORTS.search(_STOP.split(text[max(0, span.start - _LED) : span.start])[-1]):
        return None
    own = text[span.start : span.end]
    digits = _FULL_YEAR.findall(own)
    names_year = span.precision == "year" if not digits else int(digits[-1]) == span.last.year
    return Told(
        Days(span.first, span.last, span.precision), names_year, bool(_SAYS_MONTH.search(own)), between
    )


def _shifted(setting: Setting, unit: str, count: int, *, counted: bool = False) -> Days | None:
    told = setting.told
    if told is None or setting.reference is None:
        return None
    days = _from(told, unit, count, counted)
    if days is not None and days.first > setting.reference and setting.tense != "future":
        return None  # what is told as past has not yet been: the other date was not meant
    return days


def _from(told: Told, unit: str, count: int, counted: bool) -> Days | None:
    first, last = told.days.first, told.days.last
    if unit == "year":
        if not told.names_year or (count == 0 and first.year != last.year):
            return None
        year = year_of((last if count > 0 else first).year + count)
        return year if told.days.precision == "year" or not counted else year.vague()
    if unit == "month":
        if not told.names_month or (first.year, first.month) != (last.year, last.month):
            return None
        month = month_of(first.year, first.month + count)
        return month.vague() if counted else month
    if first != last:
        return None
    if unit == "day":
        return one_day(first + timedelta(days=count))
    return one_day(first + timedelta(weeks=count)).vague() if unit == "week" else None


def _beside(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the day, month or year of the other date, the one behind it or before it."""
    if _OF_ANOTHER.match(match.string, match.end("core")):
        return None
    groups = match.groupdict()
    way = next(way for way in _SHIFTS if groups.get(way))
    return _shifted(setting, _UNITS.get(groups["unit"], "day"), _SHIFTS[way])


def _next(match: re.Match[str], setting: Setting) -> Days | None:
    """Return *the next year* behind another date, else the one behind the text's own."""
    days = _shifted(setting, match["unit"], 1) if setting.tense == "past" else None
    if days is not None or setting.reference is None or setting.tense != "future":
        return days
    day = setting.reference
    return month_of(day.year, day.month + 1) if match["unit"] == "month" else year_of(day.year + 1)


def _counted(match: re.Match[str], setting: Setting) -> Days | None:
    """Return what lies so many days, months or years behind the other date, or before it."""
    groups = match.groupdict()
    if groups.get("dual"):
        count, unit = 2, tables.DUALS[groups["dual"]]
    else:
        count = number_of(groups["count"]) if groups.get("count") else 1
        unit = tables.UNITS[groups["unit"]]
    if unit in ("fortnight", "decade"):
        count, unit = (2 * count, "week") if unit == "fortnight" else (10 * count, "year")
    if count > _MOST:
        return None
    return _shifted(setting, unit, -count if groups.get("back") else count, counted=True)


def _then(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the day of "وأفرج عنه بعد يومين": behind a further verb it counts from the first one's day."""
    told = setting.told
    if setting.tense == "future":
        return ahead(match, setting)
    if told is None or not _VERB_BETWEEN.search(told.between):
        return None
    return _counted(match, setting)


_COUNT = rf"(?:(?P<count>{NUMBER})\s+)?(?P<unit>{UNIT})"

ANAPHORA: list[Rule] = [
    *build(
        _beside,
        rf"(?P<same>(?:(?:the|that)\s+)?(?:very\s+)?same|that)\s+{_EN_UNIT}",
        rf"the\s+(?:(?P<next>following|ensuing)|(?P<previous>previous|preceding|prior))\s+{_EN_UNIT}",
        r"the\s+(?P<next>next)\s+(?P<unit>day|night|evening|morning|afternoon)",
        rf"the\s+{_EN_UNIT}\s+(?:(?P<next>after)|(?P<previous>before)){_CLOSES}",
        rf"(?P<same>نفس|ذات|ذلك|تلك|هذاك)\s+{_AR_UNIT}",
        rf"{_AR_TIME}{_AR_UNIT}\s+(?P<same>(?:نفس|ذات|عين)(?:ه|ها))",
        rf"{_AR_TIME}{_AR_UNIT}\s+(?P<next>التالي|التاليه|الموالي|المواليه|اللاحق|اللاحقه|"
        rf"الذي\s+(?:يليه|تلاه)|"
        rf"التي\s+(?:تليها|تلتها))",
        rf"{_AR_TIME}{_AR_UNIT}\s+(?P<previous>السابق|السابقه|الذي\s+(?:سبقه|يسبقه|قبله)|"
        rf"التي\s+(?:سبقتها|قبلها))",
    ),
    *build(_next, r"the\s+next\s+(?P<unit>month|year)(?!')(?!\s+(?:of|to|or)(?!\w))"),
    *build(
        _counted,
        rf"{_COUNT}\s+(?:later|afterwards?|(?P<back>earlier|beforehand|previously))(?!\s+than(?!\w))",
        rf"{_COUNT}\s+(?:after|(?P<back>before)){_CLOSES}",
        rf"(?:(?:بعد\s+ذلك|بعدها|بعده)|(?P<back>قبل\s+ذلك|قبلها|قبله))\s+ب(?:نحو\s+)?{_COUNT}(?!\s*\d)",
        rf"(?:(?:بعد\s+ذلك|بعدها|بعده)|(?P<back>قبل\s+ذلك|قبلها|قبله))\s+ب(?:نحو\s+)?(?P<dual>{DUAL})",
    ),
    *build(
        _then,
        rf"بعد\s+{_COUNT}{_AR_CLOSES}",
        rf"بعد\s+(?P<dual>{DUAL}){_AR_CLOSES}",
    ),
]
