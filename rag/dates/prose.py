"""Dates in prose, resolved against the day the text was published."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from heapq import heappop, heappush

from rag.dates import tables
from rag.dates.asked import ASKED
from rag.dates.folding import Folded, fold
from rag.dates.grammar import DUAL, HIJRI_MONTH, MONTH, SEASON, UNIT, Rule, Setting, any_of
from rag.dates.hijri import HIJRI
from rag.dates.misleading import MISLEADING
from rag.dates.months import MONTHS
from rag.dates.numeric import NUMERIC
from rag.dates.periods import PERIODS
from rag.dates.ranges import DatedSpan, joined
from rag.dates.relative import RELATIVE
from rag.dates.tense import tense_at
from rag.dates.weekdays import WEEKDAYS

# Each group of rules with what a text must hold for any of them to match: most sentences hold little of it.
_GROUPS: tuple[tuple[re.Pattern[str], list[Rule]], ...] = (
    (re.compile(MONTH), MONTHS),
    (re.compile(rf"{HIJRI_MONTH}|(?<!\d)1[345]\d\d(?!\d)"), HIJRI),
    (re.compile(rf"\d\d|ربع|quarter|نصف|half|{SEASON}|{any_of(tables.DECADES)}"), PERIODS),
    (re.compile(r"\d[-/.]\d"), NUMERIC),
    (re.compile(rf"{any_of(tables.WEEKDAYS)}|{any_of(tables.DAY_WORDS)}|week|اسبوع|ويك"), WEEKDAYS),
    (re.compile(rf"{UNIT}|{DUAL}|الجاري|الحالي|fortnight|الصب"), RELATIVE),
)
_CUE = re.compile(
    r"(?:(?<!\w)[وف]?(?:في|منذ|خلال|طوال|طيله|طول|شهر|حتي|لشهر|بشهر|من|in|since|during|throughout|over|until|by|of|from|between|and|to|الي|بين|before|after|قبل|بعد)\s+|(?<!\w)و?[بل])$"
)
_AROUND = re.compile(
    r"(?<!\w)(?:around|about|circa|roughly|approximately|on\s+or\s+about|some\s+time\s+(?:around|in)|نحو|حوالي|قرابه|زهاء|"
    r"في\s+حدود|بحدود|ما\s+يقارب)\s+(?:يوم\s+|عام\s+|سنه\s+|شهر\s+|the\s+)?$"
)
_ENGLISH_WORD = re.compile(r"[A-Z][a-z]+")
_SHOWN_AT = re.compile(r"[A-Z][a-z]+day (?:Night|Morning|Evening|Afternoon)\b")
_FATHER = re.compile(r"أ[\u064b-\u0652]*ب(?!\w)")  # the month is آب
_SURNAME = re.compile(
    r" (?!(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b)[A-Z][a-z]+"
)
_LEADS_TO_A_DAY = frozenset(
    "on last next this since until till by from late early before after through and".split()
)
# The word before, where it stands in the same sentence; "5 PM Friday" and "GMT Friday" are no names.
_BEFORE_IN_SENTENCE = re.compile(r"(?<![A-Za-z])(?P<word>[A-Za-z][a-z]*),?\s+$")
_NO_NAMES = frozenset(
    "on the this last next late early by since from until and or a that at in of for before after "
    "through pm am mid "
    "between during around about throughout over within once so yet not no if all our my his her their "
    "its one "
    "two three four five six half most some many another such what why how who than every each but while "
    "as when "
    "though although now also only both monday tuesday wednesday thursday friday saturday sunday".split()
)
_OR_SO = re.compile(r"^\s+(?:تقريبا|or\s+so|or\s+thereabouts)(?!\w)")


_Place = tuple[int, int, int]
"""Where a match begins, how far it reaches (negative), and the number of its rule."""


def find_dates(
    text: str, *, published: date | None, now_like: bool = False, sure: bool = True
) -> list[DatedSpan]:
    """Return the dates told in ``text`` in order, without overlaps; offsets are into ``text``.

    Relative expressions count from ``published``: a bare weekday or a day without a year is the latest one
    not after it, unless the clause's verb is in the future. Without ``published`` only complete dates are
    found. With ``now_like`` the text is a question put on that day: month names count without their
    capital, and what names days in questions only counts too (`rag.dates.asked`). The two ends of a range
    (from … to …) are one span. Where a clause does not say on which side of ``published`` a date lies, it
    is left out; without ``sure`` it is taken to lie before, for callers to whom it only matters that a time
    is told, or whether two texts tell the same one.
    """
    folded = fold(text)
    found: list[DatedSpan] = []
    taken = 0
    matches = _matches(folded, ASKED if now_like else [])
    waiting = sorted(matches)
    while waiting:
        place = heappop(waiting)
        match, rule = matches[place]
        start, end = match.span("core")
        if start < taken:
            # What is taken may have been only the beginning of it: "today, Monday 5 May".
            again = rule.pattern.search(folded.text, taken) if end > taken else None
            if again is not None and _place(again, place[2]) not in matches:
                matches[_place(again, place[2])] = again, rule
                heappush(waiting, _place(again, place[2]))
            continue
        days = rule.resolve(match, _setting(text, folded, start, end, published, now_like, sure))
        taken = end
        if days is not None:
            soft = _AROUND.search(folded.text[max(0, start - 30) : start]) or _OR_SO.match(folded.text[end:])
            vague = days.approximate or bool(soft)
            found.append(DatedSpan(start, end, days.first, days.last, days.precision, vague))
    return [
        replace(span, start=start, end=end)
        for span in joined(folded.text, found)
        for start, end in [folded.span(span.start, span.end)]
    ]


def _matches(folded: Folded, asked: list[Rule]) -> dict[_Place, tuple[re.Match[str], Rule]]:
    """Return every match of every rule; in order of their places the longest is first where several begin."""
    rules = [*asked, *(rule for needed, group in _GROUPS if needed.search(folded.text) for rule in group)]
    if not rules:
        return {}
    numbered = enumerate([*MISLEADING, *rules])
    return {
        _place(match, number): (match, rule)
        for number, rule in numbered
        for match in rule.pattern.finditer(folded.text)
    }


def _place(match: re.Match[str], number: int) -> _Place:
    return match.start("core"), -match.end("core"), number


def _setting(
    text: str, folded: Folded, start: int, end: int, published: date | None, now_like: bool, sure: bool
) -> Setting:
    letter = text[folded.source[start]]
    cued = bool(_CUE.search(folded.text[max(0, start - 12) : start]))
    capital = letter.isupper() or not letter.isascii()
    if letter.isascii() and letter.isalpha() and not now_like:
        cued = cued and capital
    tense = tense_at(folded.text, start, end) if published else "past"
    if tense == "open" and (now_like or not sure):
        tense = "past"  # an archive is asked about what was
    in_name = _in_name(text, folded.source[start])
    return Setting(published, tense, cued, capital or now_like, now_like, sure, in_name)


def _in_name(text: str, start: int) -> bool:
    """Tell whether a capital at ``start`` is one of a name: of *Yesterday*, of *Ruby Tuesday*."""
    word = _ENGLISH_WORD.match(text, start)
    before = _BEFORE_IN_SENTENCE.search(text[max(0, start - 40) : start])
    if _SHOWN_AT.match(text, start) or _FATHER.match(text, start):
        return True
    if word is None or before is None:
        return False
    if word.group().lower() not in tables.WEEKDAYS:
        return True
    if before["word"].lower() not in _LEADS_TO_A_DAY and _SURNAME.match(text, word.end()):
        return True
    return before["word"][0].isupper() and before["word"].lower() not in _NO_NAMES
