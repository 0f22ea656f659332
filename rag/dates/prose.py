"""Dates in prose, resolved against the day the text was published."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from heapq import heappop, heappush

from rag.dates import tables
from rag.dates.anaphora import ANAPHORA, antecedent
from rag.dates.asked import ASKED
from rag.dates.feasts import FEASTS
from rag.dates.folding import Folded, fold
from rag.dates.grammar import DUAL, HIJRI_MONTH, MONTH, NUMBER, SEASON, UNIT, Rule, Setting, any_of
from rag.dates.hijri import HIJRI
from rag.dates.misleading import MISLEADING
from rag.dates.months import MONTHS
from rag.dates.numeric import NUMERIC
from rag.dates.periods import PERIODS
from rag.dates.ranges import DatedSpan, joined
from rag.dates.relative import RELATIVE
from rag.dates.tense import announced_at, has_its_verb, tense_at
from rag.dates.weekdays import WEEKDAYS

# Each group of rules with what a text must hold for any of them to match: most sentences hold little of it.
_OF_ANOTHER_DATE = re.compile(
    r"same|that|next|following|ensuing|previous|preceding|prior|before|after|earlier|later|نفس|ذات|عين|ذلك|تلك|هذاك"
    r"|ال(?:تالي|موالي|لاحق|سابق|ذي|تي)|بعد|قبل"
)
_FEAST = re.compile(
    r"عيد|الفطر|الاضحي|السنه|فالنتاين|عمال|نكبه|الشعانين|العظيمه|احد\s|النسيم|الارض|عاشوراء|"
    r"المولد|عرف|الميلاد"
    r"|christmas|new\s+year|\sday|easter|hallow|friday|sunday|thursday|nessim|ash|mawlid|"
    r"birthday|id[\s-]"
)
_GROUPS: tuple[tuple[re.Pattern[str], list[Rule]], ...] = (
    (re.compile(MONTH), MONTHS),
    (re.compile(rf"{HIJRI_MONTH}|(?<!\d)1[345]\d\d(?!\d)"), HIJRI),
    (re.compile(rf"\d\d|q[1-4]|ربع|quarter|نصف|half|{SEASON}|{any_of(tables.DECADES)}"), PERIODS),
    (re.compile(r"\d[-/.]\d"), NUMERIC),
    (re.compile(rf"{any_of(tables.WEEKDAYS)}|{any_of(tables.DAY_WORDS)}|week|اسبوع|ويك"), WEEKDAYS),
    (re.compile(rf"{UNIT}|{DUAL}|الجاري|الحالي|الصب"), RELATIVE),
)
_CUE = re.compile(
    r"(?:(?<!\w)[وف]?(?:في|منذ|خلال|طوال|طيله|طول|شهر|حتي|لشهر|بشهر|من|in|since|during|throughout|"
    r"over|until|by|of|from|between|and|to|الي|بين|before|after|قبل|بعد)\s+|(?<!\w)و?[بل])$"
)
_AROUND = re.compile(
    r"(?<!\w)(?:around|about|circa|roughly|approximately|on\s+or\s+about|some\s+time\s+(?:around|"
    r"in)|نحو|حوالي|قرابه|زهاء|"
    r"في\s+حدود|بحدود|ما\s+يقارب)\s+(?:يوم\s+|عام\s+|سنه\s+|شهر\s+|the\s+)?$"
)
_ENGLISH_WORD = re.compile(r"[A-Z][a-z]+")
_SHOWN_AT = re.compile(
    r"[A-Z][a-z]+day (?:Night|Morning|Evening|Afternoon)\b|(?:Today|Tomorrow)'s (?!I\b)[A-Z]\w+"
)
_QUOTED = re.compile(
    r"\"([^\"\n]{1,60})\"|“([^”\n]{1,60})”|«([^»\n]{1,60})»|(?<!\w)['‘]([^'’\n]{1,60})['’](?!\w)"
)
_WORK = re.compile(
    r"(?<!\w)[وفبلك]?(?:ال)?(?:فيلم\w*|مسلسل\w*|اغني\w+|رواي\w+|كتاب\w*|ديوان\w*|البوم\w*|"
    r"مسرحي\w+|قصيد\w+|قص[هت]\w*|لوح[هت]\w*|"
    r"معرض\w*|برنامج\w*|مجموع[هت]\w*|حمل[هت]|مبادر[هت]|فرق[هت]|عملي[هت]|صحيف[هت]|مجل[هت]|جريد[هت]|"
    r"وثايقي|حلق[هت])\s+(?:\w+\s+)?$"
    r"|(?<!\w)(?:film|movie|song|album|single|novel|book|play|series|show|poem|painting|"
    r"exhibition|musical|documentary|"
    r"magazine|memoir|operation|campaign|episode|band|called|titled|entitled|named)\W+$"
)
_SMALL = frozenset("a an and at by for from in of on or the to with".split())
_LEADING = _SMALL - {"a", "an", "the"}
_TITLE_WORDS = 6
_COUNTED_TO = re.compile(
    rf"(?<!\w)(?:{NUMBER}|few|several|many|some)\s+(?:{UNIT})\s+(?:after|before|from|since)\s+(?:the\s+)?$"
)
_BESIDE = re.compile(r"(?<!\w)[وف]?(?:قبل|بعد)\s+(?:يوم\s+|شهر\s+|عام\s+)?$")
_BY = re.compile(rf"\s+ب(?:نحو\s+|حوالي\s+)?(?:بضعه?\s+|عده\s+)?(?:(?:{NUMBER})\s+)?(?:{UNIT}|{DUAL})(?!\w)")
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
        setting = _setting(text, folded, start, end, published, now_like, sure, found)
        days = rule.resolve(match, setting)
        taken = end
        is_other = not now_like and _is_counted_from(folded.text, start, end)
        if days is not None and (is_other or _in_title(text, folded, start)):
            days = None
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
    feasts = FEASTS if _FEAST.search(folded.text) else []
    if not rules and not feasts:
        return {}  # there is nothing that another date could count from
    of_another = ANAPHORA if _OF_ANOTHER_DATE.search(folded.text) else []
    # What misleads comes behind *the same day*, and *Good Friday*, which is a name as well.
    numbered = enumerate([*of_another, *feasts, *MISLEADING, *rules])
    return {
        _place(match, number): (match, rule)
        for number, rule in numbered
        for match in rule.pattern.finditer(folded.text)
    }


def _place(match: re.Match[str], number: int) -> _Place:
    return match.start("core"), -match.end("core"), number


def _is_counted_from(text: str, start: int, end: int) -> bool:
    """Tell whether another day is told from a date: two days after Easter Monday, قبل رمضان بأسبوع."""
    before = text[max(0, start - 40) : start]
    return bool(_COUNTED_TO.search(before) or (_BESIDE.search(before) and _BY.match(text, end)))


def _in_title(text: str, folded: Folded, start: int) -> bool:
    """Tell whether a date stands in a short quotation that is a title: 'Summer of 1942', فيلم «يوم الأحد»."""
    place = folded.source[start]
    for quoted in _QUOTED.finditer(text, max(0, place - 64), place + 64):
        if not quoted.start() < place < quoted.end():
            continue
        words = re.findall(r"[^\W\d_][\w']*", quoted[quoted.lastindex or 0])
        if len(words) > _TITLE_WORDS or quoted[0][-2] in ",.!?،؟":
            return False
        capitals = len(words) > 1 and all(word[0].isupper() or word in _SMALL for word in words)
        is_work = _WORK.search(fold(text[max(0, quoted.start() - 30) : quoted.start()]).text)
        return (capitals and words[0].isascii() and words[0].lower() not in _LEADING) or bool(is_work)
    return False


def _setting(
    text: str,
    folded: Folded,
    start: int,
    end: int,
    published: date | None,
    now_like: bool,
    sure: bool,
    found: list[DatedSpan],
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
    beside = _capital_beside(text, folded.source[start], folded.source[end - 1] + 1)
    told = antecedent(folded.text, found, start)
    second = bool(
        found and found[-1].precision == "day" and not has_its_verb(folded.text, found[-1].end, start)
    )
    announced = announced_at(folded.text, start) if published else "nothing"
    return Setting(
        published, tense, cued, capital or now_like, now_like, sure, in_name, beside, told, announced, second
    )


def _capital_beside(text: str, start: int, end: int) -> bool:
    """Tell whether a name stands right before or behind an English expression: Red October, October Storm."""
    if not text[start].isascii():
        return False
    if _SURNAME.match(text, end):
        return True
    before = _BEFORE_IN_SENTENCE.search(text[max(0, start - 40) : start])
    if before is None or "," in before[0]:
        return False
    return before["word"][0].isupper() and before["word"].lower() not in _NO_NAMES


def _in_name(text: str, start: int) -> bool:
    """Tell whether a capital at ``start`` is one of a name: of *Yesterday*, of *Ruby Tuesday*."""
    word = _ENGLISH_WORD.match(text, start)
    before = _BEFORE_IN_SENTENCE.search(text[max(0, start - 40) : start])
    if _SHOWN_AT.match(text, start) or _FATHER.match(text, start):
        return True
    if word is None:
        return False
    if before is None:
        # "Tuesday Weld starred in the film" opens with a name.
        return word.group().lower() in tables.WEEKDAYS and bool(_SURNAME.match(text, word.end()))
    if word.group().lower() not in tables.WEEKDAYS:
        return True
    if before["word"].lower() not in _LEADS_TO_A_DAY and _SURNAME.match(text, word.end()):
        return True
    return before["word"][0].isupper() and before["word"].lower() not in _NO_NAMES
