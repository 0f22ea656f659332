"""Dates as news tells them, beyond the plain forms of ``test_dates``, published on 19 November 2025."""

from __future__ import annotations

from datetime import date

import pytest

from rag.dates import find_dates, resolve_window
from rag.dates.folding import fold
from rag.dates.prose import _GROUPS

PUBLISHED = date(2025, 11, 19)


def told(text: str) -> list[str]:
    """Return every date of ``text`` as its days, ``~`` where approximate."""
    return [
        ("~" if span.approximate else "")
        + (str(span.first) if span.first == span.last else f"{span.first}..{span.last}")
        for span in find_dates(text, published=PUBLISHED)
    ]


RESOLVED = [
    # A day word and its weekday are one day; a night lies on two.
    ("قُتل ثلاثة فجر اليوم الأربعاء", ["2025-11-19"]),
    ("اجتمع المجلس أمس الثلاثاء", ["2025-11-18"]),
    ("اجتمع المجلس غدا الخميس", ["2025-11-20"]),
    ("أصيب عشرة ليل الاثنين - الثلاثاء", ["2025-11-17..2025-11-18"]),
    ("وقع الحادث اليوم، الأربعاء 19 نوفمبر 2025", ["2025-11-19", "2025-11-19"]),
    ("شو صار أول امبارح والنهارده وهلأ", ["2025-11-17", "2025-11-19", "2025-11-19"]),
    # The weekday beside a day says which year is meant.
    ("The court could rule on Monday 15 December", ["2025-12-15"]),
    ("يوم الجمعة 14 نوفمبر وقع الحادث", ["2025-11-14"]),
    # What is announced lies ahead.
    ("The hearing was adjourned to 12 December", ["2025-12-12"]),
    # Next week's date told as past is hardly that of a year ago.
    ("أبدى المحامون استياءهم من إرجاء النطق بالحكم إلى الثامن والعشرين من نوفمبر", []),
    ("أجلت محكمة البلدة النطق بالحكم في قضية السد القديم إلى الثاني عشر من ديسمبر", ["2025-12-12"]),
    ("أجلت المحكمة الجلسة إلى الأحد", ["2025-11-23"]),
    ("ومن المتوقع أن يصل الوفد الجمعة", ["2025-11-21"]),
    ("She hopes to sing again in May", ["2026-05-01..2026-05-31"]),
    ("The road will be closed on Friday", ["2025-11-21"]),
    ("Tickets go on sale this Friday", ["2025-11-21"]),
    ("The bridge will reopen in two weeks", ["~2025-12-03"]),
    ("The match was moved to Sunday", ["2025-11-23"]),
    ("He moved to Cairo on Sunday", ["2025-11-16"]),
    ("فاز مانشستر سيتي الأحد", ["2025-11-16"]),
    ("من أجل التوصل إلى اتفاق الأحد اجتمعوا", ["2025-11-16"]),
    ("They agreed to a truce on Sunday", ["2025-11-16"]),
    ("By Monday evening they had collected it", ["2025-11-17"]),
    # Years told from the text's own.
    ("اندلعت الحرب في فبراير من العام الماضي", ["2024-02-01..2024-02-29"]),
    ("It opened on 5 February last year", ["2024-02-05"]),
    ("انخفضت بين سبتمبر ونوفمبر من العام الماضي", ["2024-09-01..2024-11-30"]),
    ("Prices fell in the first half of next year", ["2026-01-01..2026-06-30"]),
    ("ارتفعت في النصف الثاني من أبريل الماضي", ["2025-04-16..2025-04-30"]),
    ("ارتفعت في النصف الأول من عام 2025", ["2025-01-01..2025-06-30"]),
    ("It grew in Q3 2024", ["2024-07-01..2024-09-30"]),
    ("اشتعلت الغابات صيف العام الماضي", ["~2024-06-01..2024-08-31"]),
    ("He left in '98", ["1998-01-01..1998-12-31"]),
    (
        "It was built in the 1930s and in the late 1990s",
        ["1930-01-01..1939-12-31", "~1996-01-01..1999-12-31"],
    ),
    ("بُني في سبعينيات القرن الماضي", ["1970-01-01..1979-12-31"]),
    ("هاجروا مطلع الثمانينات", ["~1980-01-01..1983-12-31"]),
    ("It had doubled by 2010", ["2010-01-01..2010-12-31"]),
    ("Opened in 1991 and 2002", ["1991-01-01..1991-12-31", "2002-01-01..2002-12-31"]),
    ("قبل نهاية العام", ["~2025-10-01..2025-12-31"]),
    # Ranges, with one year for both ends.
    ("It ran from 28 December to 3 January 2025", ["2024-12-28..2025-01-03"]),
    ("كان المعرض من 3 لـ 7 أيار", ["2025-05-03..2025-05-07"]),
    ("He ruled between 2004 and 2014", ["2004-01-01..2014-12-31"]),
    ("The visit lasted from Monday to Wednesday", ["2025-11-17..2025-11-19"]),
    ("كان المعرض في يومي 3 و4 مايو", ["2025-05-03..2025-05-04"]),
    ("نجيب محفوظ (11 ديسمبر 1911 - 30 أغسطس 2006)", ["1911-12-11", "2006-08-30"]),
    # Hijri.
    ("صدر يوم الأحد 1 رجب 1446هـ", ["2025-01-01"]),
    ("في غرة محرم 1447هـ", ["2025-06-26"]),
    ("عام 1445 هجرية", ["2023-07-19..2024-07-06"]),
    ("في العشر الأواخر من رمضان 1446", ["2025-03-21..2025-03-29"]),
    ("on the last day of Ramadan 1446", ["2025-03-29"]),
    ("مطلع رمضان الماضي", ["~2025-03-01..2025-03-10"]),
    # Around a day, and what is told of a week.
    ("It was paid around 10 May", ["~2025-05-10"]),
    ("دُفع نحو 10 مايو", ["~2025-05-10"]),
    ("He resigned on Friday of last week", ["2025-11-14"]),
    ("It rained over the weekend", ["2025-11-15..2025-11-16"]),
    ("أمطرت نهاية الأسبوع الماضي", ["~2025-11-14..2025-11-16"]),
    ("خلال الأشهر الثلاثة الماضية ارتفعت", ["2025-08-19..2025-11-19"]),
    ("في 16 من هذا الشهر", ["2025-11-16"]),
    ("احتفلوا في فاتح ماي 2024", ["2024-05-01"]),
    ("تهطل الأمطار السبت والأحد المقبلين", ["2025-11-22..2025-11-23"]),
    ("هطلت في الثلث الأول من مايو", ["2025-05-01..2025-05-31"]),
    ("الأسبوع الفارط وصل الوفد", ["2025-11-10..2025-11-16"]),
]


@pytest.mark.parametrize(("text", "expected"), RESOLVED, ids=[text for text, _ in RESOLVED])
def test_it_is_resolved(text: str, expected: list[str]) -> None:
    assert told(text) == expected


SILENT = [
    # Names.
    "Ruby Tuesday closed its doors",
    "The song Yesterday was played",
    "احترق سوق الخميس القديم",
    "كشفت صحيفة «الأحد» عن تفاصيل",
    "صحيفة المصري اليوم",
    "The October 7 attack changed everything",
    "هجوم السابع من أكتوبر",
    "شارع 26 يوليو",
    "حرب تموز",
    "زلزال 6 فبراير",
    "the March 14 Alliance",
    "What is Wednesday Addams",
    "He hosts Saturday Night Live",
    "من غنى أغنية بكرة",
    "شركة نيسان تربح",
    "مضيق باب السلام",
    "ولد من أب مصري",
    "June Astell came third",
    "The Fisheries Act no. 12 of 2003",
    "صدر القانون 17 لسنة 2018",
    # Other days than the text's.
    "The following Monday he returned",
    "اجتمعوا الاثنين التالي",
    "في فبراير من العام نفسه",
    "عاد قبل يومين من الانتخابات",
    "بعد أسبوعين من الحادث",
    "He left on Monday week",
    "It was a Sunday",
    "وصادف الأحد",
    "on the last Sunday of each month",
    "قبل أكثر من ثلاث سنوات",
    "more than three years ago",
    "قبل شهرين ونصف",
    # Each week, or no day at all.
    "open from Sunday to Thursday",
    "يقام السوق أيام الخميس",
    "every Friday the shop closes",
    "مرتين في اليوم",
    "رجل في الثمانينيات",
    "in his late 70s",
    "في الصباح الباكر",
    "غدا اللاعب نجما",
    "في 2000 مدرسة",
    "since 2019 people",
    "on 3 and 7 May",
    "a total of 1998 votes",
    "the 1900s",
    "in the nineties",
    # It may be on either side.
    "The shop is closed until Friday",
    "They must leave by Friday",
    "Voters choose a president on Sunday",
    "يتوجه الناخبون الأحد إلى الصناديق",
    "دعت النقابات إلى إضراب الخميس",
    "The vote was planned for June",
    "He said they could vote on Sunday",
    "They agreed to meet on Sunday",
    "وكان من المتوقع أن يصل الأحد",
    "استعدادات لمباراة الأحد",
    "next weekend",
    "winter 2010",
    # What is told twice and does not agree.
    "أمس الأحد",
    "on Friday 5 November",
]


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_said(text: str) -> None:
    assert told(text) == []


def test_a_time_is_told_even_where_its_side_is_not_known() -> None:
    text = "The shop is closed until Friday"
    assert [span.first for span in find_dates(text, published=PUBLISHED, sure=False)] == [date(2025, 11, 14)]


def test_rules_are_passed_over_only_where_none_of_them_could_match() -> None:
    for text in (*SILENT, *(text for text, _ in RESOLVED)):
        folded = fold(text).text
        for needed, rules in _GROUPS:
            assert needed.search(folded) or not any(rule.pattern.search(folded) for rule in rules), text


# Asked on Wednesday 20 May 2026; Ramadan 1447 was from 18 February to 19 March.
WINDOWS = [
    ("What happened last week?", "2026-05-11", "2026-05-17"),
    ("ماذا حدث الأسبوع الماضي؟", "2026-05-10", "2026-05-16"),
    ("what is new this week?", "2026-05-18", "2026-05-20"),
    ("what happened in the last week?", "2026-05-13", "2026-05-20"),
    ("شو صار آخر أسبوع؟", "2026-05-13", "2026-05-20"),
    ("what happened over the past month?", "2026-04-20", "2026-05-20"),
    ("what changed since the start of the year?", "2026-01-01", "2026-05-20"),
    ("كم ارتفع منذ مطلع الشهر؟", "2026-05-01", "2026-05-20"),
    ("شو صار من أول السنة؟", "2026-01-01", "2026-05-20"),
    ("ماذا حدث في رمضان؟", "2026-02-18", "2026-03-19"),
    ("ماذا حدث قبل رمضان؟", None, "2026-02-17"),
    ("ماذا حدث في شوال؟", "2026-03-20", "2026-04-17"),
    ("which laws were passed in 2024 and 2025?", "2024-01-01", "2025-12-31"),
    ("what was written before 2020?", None, "2019-12-31"),
    ("what was said from 3 to 7 May?", "2026-05-03", "2026-05-07"),
    ("what was said after 3 March and before 10 April?", "2026-03-04", "2026-04-09"),
    ("what was said since March until April?", "2026-03-01", "2026-04-30"),
    ("كم بلغ النمو في الربع الأول؟", "2026-01-01", "2026-03-31"),
    ("من استقال قبل يومين من الحكومة؟", "2026-05-18", "2026-05-18"),
    ("which matches were played last weekend?", "2026-05-16", "2026-05-17"),
    ("ماذا قال الوزير صباح اليوم؟", "2026-05-20", "2026-05-20"),
    ("what happened in the last 24 hours?", "2026-05-19", "2026-05-20"),
    ("أخبار الأسبوع", "2026-05-17", "2026-05-20"),
    ("شو صار بالويك اند؟", "2026-05-15", "2026-05-17"),
    ("هل حدث شيء منذ الصباح؟", "2026-05-20", "2026-05-20"),
    ("what happened in the winter of 2024?", "2024-12-01", "2025-02-28"),
    ("ماذا قالت قناة المدار اليوم؟", "2026-05-20", "2026-05-20"),
    ("ماذا حدث في صيف 2025؟", "2025-06-01", "2025-08-31"),
    ("when does the fair begin in June?", "2025-06-01", "2025-06-30"),
    ("who will speak on Friday?", "2026-05-22", "2026-05-22"),
]


@pytest.mark.parametrize(("question", "start", "end"), WINDOWS, ids=[question for question, *_ in WINDOWS])
def test_windows(question: str, start: str | None, end: str | None) -> None:
    window = resolve_window(question, asked_on=date(2026, 5, 20))
    assert window is not None
    assert window.as_json() == {"from": start, "to": end}


@pytest.mark.parametrize(("asked_on", "start"), [("2026-05-23", 16), ("2026-05-24", 17), ("2026-05-25", 18)])
def test_where_readers_weeks_differ_last_week_is_the_last_seven_days(asked_on: str, start: int) -> None:
    day = date.fromisoformat(asked_on)
    window = resolve_window("What happened last week?", asked_on=day)
    assert window is not None
    assert (window.start, window.end) == (date(2026, 5, start), day)


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote Yesterday?",
        "من أسس حركة 20 فبراير؟",
        "أين يقع شارع 9 أبريل؟",
        "ما هو القرار 1701 لعام 2006؟",
    ],
)
def test_a_name_is_no_window(question: str) -> None:
    assert resolve_window(question, asked_on=date(2026, 5, 20)) is None
