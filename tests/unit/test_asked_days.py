"""Days as readers name them in questions, in both languages and their dialects."""

from __future__ import annotations

import time
from datetime import date

import pytest

from rag.dates import find_dates, resolve_window

TODAY = date(2026, 5, 20)  # a Wednesday

WINDOWS = [
    # Parts of a month.
    ("What was decided in the first week of May?", "2026-05-01", "2026-05-07"),
    ("شو حكوا بأول أسبوع من أيار؟", "2026-05-01", "2026-05-07"),
    ("ماذا قيل في الأسبوع الثاني من الشهر الجاري؟", "2026-05-08", "2026-05-14"),
    ("ماذا أعلن في الأسبوع الأخير من أبريل؟", "2026-04-24", "2026-04-30"),
    ("شنو صار بتالي أسبوع من نيسان؟", "2026-04-24", "2026-04-30"),
    ("what was the toll in the last week of February 2024?", "2024-02-23", "2024-02-29"),
    ("بكم حطوا الخبز أول الشهر؟", "2026-05-01", "2026-05-07"),
    ("how much was bread at the start of the month?", "2026-05-01", "2026-05-07"),
    ("شو قالوا بنص شهر خمسة؟", "2026-05-11", "2026-05-21"),
    ("what was said at the end of the month?", "2026-04-21", "2026-04-30"),
    ("متى سيفتح الجسر آخر الشهر؟", "2026-05-21", "2026-05-31"),
    ("When will it open by the end of the month?", None, "2026-05-31"),
    ("بكم كان الخبز بالنص الأول من أيار؟", "2026-05-01", "2026-05-15"),
    ("What did the ministry say in the first half of the month?", "2026-05-01", "2026-05-15"),
    ("what happened in the first ten days of May?", "2026-05-01", "2026-05-10"),
    ("ماذا حدث في أول ثلاثة أيام من مايو؟", "2026-05-01", "2026-05-03"),
    ("ماذا حدث في الأيام الأولى من مايو؟", "2026-05-01", "2026-05-07"),
    ("شو صار بأول يوم من أيار؟", "2026-05-01", "2026-05-01"),
    ("what was said on the last day of last month?", "2026-04-30", "2026-04-30"),
    # Months and days by numbers.
    ("كم واحد مات بشهر 4؟", "2026-04-01", "2026-04-30"),
    ("إيه اللي حصل في شهر أربعة؟", "2026-04-01", "2026-04-30"),
    ("مين استقال بشهر 9 الماضي؟", "2025-09-01", "2025-09-30"),
    ("إيه اللي حصل يوم 5 في الشهر؟", "2026-05-05", "2026-05-05"),
    ("ماذا حدث في العاشر من الشهر؟", "2026-05-10", "2026-05-10"),
    ("شو صار بعشرة أيار؟", "2026-05-10", "2026-05-10"),
    ("ايش صار يوم 7/5؟", "2026-05-07", "2026-05-07"),
    ("شو صار الخميس 7/5؟", "2026-05-07", "2026-05-07"),
    ("How many were hurt on the 5th?", "2026-05-05", "2026-05-05"),
    ("How many were hurt on the 25th?", "2026-04-25", "2026-04-25"),
    ("Since the 10th, how many cases?", "2026-05-10", "2026-05-20"),
    # Weeks and days of the week.
    ("شو حكوا بأول الأسبوع؟", "2026-05-17", "2026-05-19"),
    ("what was said earlier in the week?", "2026-05-18", "2026-05-20"),
    ("what happened the week before last?", "2026-05-04", "2026-05-10"),
    ("شو صار الأسبوع اللي قبل الماضي؟", "2026-05-03", "2026-05-09"),
    ("ماذا حدث الجمعة قبل الماضية؟", "2026-05-08", "2026-05-08"),
    ("شنو وقع السيمانة اللي فاتت؟", "2026-05-10", "2026-05-16"),
    ("وش صار الأسبوع اللي راح؟", "2026-05-10", "2026-05-16"),
    ("شو صار الشهر يلي فات؟", "2026-04-01", "2026-04-30"),
    ("شو صار يوم الحد؟", "2026-05-17", "2026-05-17"),
    ("من الحد للتلات كم واحد انصاب؟", "2026-05-17", "2026-05-19"),
    ("what was reported on Mon?", "2026-05-18", "2026-05-18"),
    ("شو صار من تلات تيام؟", "2026-05-17", "2026-05-17"),
    ("شو صار هاليومين؟", "2026-05-18", "2026-05-20"),
    ("in the last few days what happened?", "2026-05-13", "2026-05-20"),
    ("What's happened in the last fortnight?", "2026-05-06", "2026-05-20"),
    # What runs ends with the day of asking, unless it is asked what is to come.
    ("What fee did they settle on this week?", "2026-05-18", "2026-05-20"),
    ("كم بلغ العرض هذا الأسبوع؟", "2026-05-17", "2026-05-20"),
    ("واش وقعات شي حاجة هاد السيمانة؟", "2026-05-17", "2026-05-20"),
    ("ايه اللي حصل الشهر ده؟", "2026-05-01", "2026-05-20"),
    ("what will open this month?", "2026-05-01", "2026-05-31"),
    ("متى سيفتتح الجسر هذا الأسبوع؟", "2026-05-17", "2026-05-23"),
    ("إيه اللي بيحصل دلوقتي؟", "2026-05-20", "2026-05-20"),
    # Bounds.
    ("As of 5 May, how many had died?", None, "2026-05-05"),
    ("لحد امبارح كام واحد مات؟", None, "2026-05-19"),
]


@pytest.mark.parametrize(("question", "start", "end"), WINDOWS, ids=[question for question, *_ in WINDOWS])
def test_windows(question: str, start: str | None, end: str | None) -> None:
    window = resolve_window(question, asked_on=TODAY)
    assert window is not None
    assert window.as_json() == {"from": start, "to": end}
    assert window.phrase in question


NONE = [
    "كم ضحية سقطت خلال شهر 3 أشخاص؟",
    "كم يتقاضى العامل في الشهر؟",
    "ما الحد الأدنى للأجور؟",
    "كم ستكون حصة الأربع دول؟",
    "متى بداية العام الدراسي؟",
    "كم ارتفعت الأسعار مقارنة بالعام الماضي؟",
    "How much more than last year did it cost?",
    "How many goals did they win by, 3-1?",
    "Who is on the 5th floor?",
    "What is the first week like for students?",
    "Who sat on the fence?",
    "شنو صار ذاك اليوم؟",
    "قديش الفايدة هلق؟",
    "بكام الدولار دلوقتي؟",
    "قبل كم يوم صار الحريق؟",
]


@pytest.mark.parametrize("question", NONE)
def test_what_looks_like_such_a_day_is_none(question: str) -> None:
    assert resolve_window(question, asked_on=TODAY) is None


def test_the_dead_of_a_month_are_no_day_of_it() -> None:
    window = resolve_window("كم قتل خمسة في أيار؟", asked_on=TODAY)
    assert window is not None
    assert window.as_json() == {"from": "2026-05-01", "to": "2026-05-31"}


@pytest.mark.parametrize("text", ["رواتب أول الشهر", "in the first week of the month", "شهر 4", "on the 5th"])
def test_prose_does_not_know_them(text: str) -> None:
    assert find_dates(text, published=TODAY) == []


@pytest.mark.parametrize("piece", ["1 ", "اول ", "شهر ", "من شهر 5 ", "the first ", "خمسة ", "1/", "يوم "])
def test_no_question_takes_long(piece: str) -> None:
    text = piece * (1000 // len(piece))
    started = time.process_time()
    resolve_window(text, asked_on=TODAY)
    assert time.process_time() - started < 1
