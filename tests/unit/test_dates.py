"""Dates in prose, date lines, and the days of a question; "today" is Monday 28 August 2023."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.dates import find_dates, read_dateline, resolve_window

TODAY = date(2023, 8, 28)


def spoken(text: str, published: date | None = TODAY) -> str | None:
    """Return the first date of ``text`` as a day, a month, a year or a range; ``~`` where approximate."""
    spans = find_dates(text, published=published)
    if not spans:
        return None
    span = spans[0]
    length = {"day": 10, "month": 7, "year": 4}.get(span.precision, 10)
    first, last = span.first.isoformat()[:length], span.last.isoformat()[:length]
    return ("~" if span.approximate else "") + (first if first == last else f"{first}..{last}")


PROSE = [
    # Days with a month, in the names of four regions.
    ("افتتح الجسر في 3 يناير 2021 بعد ترميمه", "2021-01-03"),
    ("وُلد في 3 كانون الثاني 1958", "1958-01-03"),
    ("وقعت الاتفاقية في 9 تشرين الأول/أكتوبر 2022", "2022-10-09"),
    ("انتهت المهلة في 15 حزيران (يونيو) 2023", "2023-06-15"),
    ("منذ 5 جانفي 2020", "2020-01-05"),
    ("يوم 20 أوت 2022", "2022-08-20"),
    ("في 11 غشت 2021", "2021-08-11"),
    ("في 2 يوليوز 2023", "2023-07-02"),
    ("في 7 دجنبر 2022", "2022-12-07"),
    ("في ٧ ديسمبر ٢٠٢٢", "2022-12-07"),
    ("بتاريخ ۷ دیسمبر ۲۰۲۲", "2022-12-07"),
    ("والأربعاء 19 من شهر يوليو 2023", "2023-07-19"),
    ("opened on 3 January 2021 after repairs", "2021-01-03"),
    ("on January 3rd, 2021, the bridge opened", "2021-01-03"),
    ("on Sunday, March 5, the mayor resigned", "2023-03-05"),
    ("the 2nd of May 2022", "2022-05-02"),
    ("Sept. 4, 2022", "2022-09-04"),
    ("في 13 ديسمبر2018", "2018-12-13"),
    ("في الأول من يناير 2021", "2021-01-01"),
    ("في الخامس والعشرين من حزيران الماضي", "2023-06-25"),
    ("on the first of May", "2023-05-01"),
    ("in May 1756 the ships left", "1756-05"),
    ("في 12 مايو، 1347", None),
    ("in November 1347", None),
    # Days without a year: the latest one, or the next in the future.
    ("اندلع الحريق في 12 آب", "2023-08-12"),
    ("اندلع الحريق في 12 أيلول", "2022-09-12"),
    ("سيفتتح المعرض في 12 أيلول", "2023-09-12"),
    ("في 12 سبتمبر المقبل", "2023-09-12"),
    ("في 12 سبتمبر الماضي", "2022-09-12"),
    ("في 10 أغسطس الجاري", "2023-08-10"),
    ("the fire broke out on 12 September", "2022-09-12"),
    ("the fair will open on 12 September", "2023-09-12"),
    ("the mayor said the fair would open on 12 September", "2023-09-12"),
    ("the bank said it would lower its rate to 5.1 per cent from 12 September", "2023-09-12"),
    ("the fair would have opened on 12 September", "2022-09-12"),
    ("between 5 and 9 March the road was closed", "2023-03-05..2023-03-09"),
    ("من 5 إلى 9 آذار", "2023-03-05..2023-03-09"),
    # Numeric.
    ("في 2022-11-30", "2022-11-30"),
    ("في 30/11/2022", "2022-11-30"),
    ("on 11/30/2022", "2022-11-30"),
    ("on 05.05.2022", "2022-05-05"),
    ("on 04/05/2022", None),
    ("في 31/02/2022", None),
    ("بلغت النتيجة 3-2", None),
    # Hijri.
    ("في 1 محرم 1445", "2023-07-19"),
    ("في 10 ذو الحجة 1444 هـ", "2023-06-28"),
    ("خلال شهر رمضان الماضي", "2023-03..2023-04"),
    ("في رمضان 2020", "2020-04..2020-05"),
    ("in Ramadan 1443", "2022-04..2022-05"),
    ("on 12 Rabi al-Awwal 1445", "2023-09-27"),
    # Months, years, seasons, quarters.
    ("في نوفمبر 2021", "2021-11"),
    ("في نوفمبر الماضي", "2022-11"),
    ("in November", "2022-11"),
    ("last March", "2023-03"),
    ("next March", "2024-03"),
    ("عام 2014", "2014"),
    ("since 2014", "2014"),
    ("بين عامي 2014 و2016", "2014..2016"),
    ("العام المقبل", "2024"),
    ("هذا العام", "2023"),
    ("last year", "2022"),
    ("next month", "2023-09"),
    ("الشهر الجاري", "2023-08"),
    ("صيف 2021", "~2021-06-01..2021-08-31"),
    ("الصيف الماضي", "~2022-06-01..2022-08-31"),
    ("last winter", "~2022-12-01..2023-02-28"),
    ("في الربع الأول من عام 2023", "2023-01-01..2023-03-31"),
    ("in the third quarter of 2022", "2022-07-01..2022-09-30"),
    # Soft edges.
    ("في مطلع عام 2021", "~2021-01-01..2021-03-31"),
    ("مطلع مارس 2021", "~2021-03"),
    ("في أواخر العام الماضي", "~2022-10-01..2022-12-31"),
    ("in early 2021", "~2021-01-01..2021-03-31"),
    ("in late July", "~2023-07"),
    ("by the end of last month", "~2023-07"),
    ("قبل شهر", "~2023-07"),
    ("a year ago", "~2022"),
    # Days told from the day of publication.
    ("وصل الوفد اليوم", "2023-08-28"),
    ("وصل الوفد بالأمس", "2023-08-27"),
    ("قبل ثلاثة أيام", "2023-08-25"),
    ("قبل أسبوعين", "~2023-08-14"),
    ("five days ago", "2023-08-23"),
    ("the day before yesterday", "2023-08-26"),
    ("غداً الثلاثاء", "2023-08-29"),
    ("بعد غد", "2023-08-30"),
    ("خلال الأيام الثلاثة الماضية", "2023-08-25..2023-08-28"),
    ("in the last 48 hours", "2023-08-26..2023-08-28"),
    # Weekdays.
    ("التقى الوزيران مساء الخميس", "2023-08-24"),
    ("أعلنت البلدية الاثنين", "2023-08-28"),
    ("الاثنين الماضي", "2023-08-21"),
    ("سوف تُعقد الجلسة الخميس", "2023-08-31"),
    ("the minister resigned on Friday", "2023-08-25"),
    ("the council will vote on Friday", "2023-09-01"),
    ("next Monday", "2023-09-04"),
    ("this Friday the council will vote", "2023-09-01"),
    # The verb that governs the day decides, not any verb near it.
    ("أعلن الوزير الأحد أن اللجنة ستجتمع قريباً", "2023-08-27"),
    ("قال الوزير إن اللجنة ستجتمع الأربعاء", "2023-08-30"),
    ("سيجتمع المجلس قريبا، وأكدت الوزارة الخميس ذلك", "2023-08-24"),
    ("أكدت السيارة المفخخة سيطرة المسلحين الأربعاء", "2023-08-23"),
    ("The council, the mayor said on Thursday, will meet soon", "2023-08-24"),
    ("الأربعاء سيجتمع الوزراء", "2023-08-30"),
    ("قبل عام 2014", "2014"),
    ("منذ عام 1871", "1871"),
    # Nothing can be said.
    ("أكبر من 18 عاماً", None),
    ("في أقل من يومين", None),
    ("The Sunday Times reported", None),
    ("ينطلق المهرجان الأربعاء", None),
    ("قبل أيام", None),
    ("منذ بضعة أشهر", None),
    ("several weeks ago", None),
    ("صحيفة اليوم السابع", None),
    ("في اليوم التالي", None),
    ("احتفل باليوم العالمي للبيئة", None),
    ("قبل يومين من الانتخابات", None),
    ("he may march on", None),
    ("sales on Black Friday", None),
    ("17 مارس/ نيسان 2020", None),
    ("كأس 2022", None),
    ("فاز أب لثلاثة أبناء", None),
]


@pytest.mark.parametrize(("text", "expected"), PROSE, ids=[text for text, _ in PROSE])
def test_prose(text: str, expected: str | None) -> None:
    assert spoken(text) == expected


def test_offsets_are_into_the_text_as_it_stands() -> None:
    text = "وَقَعَ الانفجارُ، يومَ الأحـــد، في ٢٦ مِن أبريل (نيسان) الماضي"
    assert [text[span.start : span.end] for span in find_dates(text, published=TODAY)] == [
        "يومَ الأحـــد",
        "٢٦ مِن أبريل (نيسان) الماضي",
    ]


def test_without_a_publication_day_only_complete_dates_resolve() -> None:
    told = "أعلنت الوزارة الجمعة، مطلع العام الجاري، أن العمل بدأ عام 2014 وانتهى في 3 مايو 2016 وليس أمس"
    spans = find_dates(told, published=None)
    assert [(span.first, span.precision) for span in spans] == [
        (date(2014, 1, 1), "year"),
        (date(2016, 5, 3), "day"),
    ]


@given(st.text(alphabet="0123456789 /-.,منأاليوم بعدقشهرعاmaych\n", max_size=60), st.none() | st.dates())
def test_any_text_gives_ordered_spans_inside_it(text: str, published: date | None) -> None:
    end = 0
    for span in find_dates(text, published=published):
        assert end <= span.start < span.end <= len(text)
        assert span.first <= span.last
        end = span.end


@pytest.mark.parametrize("piece", ["1 ", "1-", "من ", "نهاية ", "12 من شهر ", "the end of ", "سيـ", " "])
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    started = time.process_time()
    find_dates(text, published=TODAY)
    assert time.process_time() - started < 3


def test_the_shared_forms_are_right_or_silent(shared: Path) -> None:
    forms = json.loads((shared / "data/dates/forms.json").read_text("utf-8"))
    reference = date.fromisoformat(forms["reference"])
    wrong = {}
    for form in forms["forms"]:
        found = spoken(form["text"], reference)
        if (found or "").lstrip("~") != (form["date"] or "") or (form.get("approximate") and found[0] != "~"):
            wrong[form["text"]] = found
    assert not wrong


LINES = [
    ("14th, March 2022 GMT", "2022-03-14", "day"),
    ("تاريخ النشر: 14th, March 2022 GMT", "2022-03-14", "day"),
    ("Published: 14 March 2022", "2022-03-14", "day"),
    ("الاثنين 14 مارس 2022", "2022-03-14", "day"),
    ("تم نشره الاثنين 14 آذار / مارس 2022 09:22 مساءً", "2022-03-14", "day"),
    ("نشر في: 14 مارس 2022 - 10:30 ص بتوقيت غرينتش", "2022-03-14T10:30:00+00:00", "instant"),
    ("14 مارس 2022 | 11:05 م بتوقيت مكة المكرمة", "2022-03-14T23:05:00+03:00", "instant"),
    ("الاثنين, 14 مارس 2022", "2022-03-14", "day"),
    ("Mon, 14 Mar 2022 10:00:00 GMT", "2022-03-14T10:00:00+00:00", "instant"),
    ("Mon, 14 Mar 2022 10:00:00 +0300", "2022-03-14T10:00:00+03:00", "instant"),
    ("Mon, 14 Mar 2022 10:00:00 AST", "2022-03-14", "day"),
    ("March 14, 2022 at 10:30 AM GMT+3", "2022-03-14T10:30:00+03:00", "instant"),
    ("March 14, 2022 at 12:10 AM UTC", "2022-03-14T00:10:00+00:00", "instant"),
    ("2022-03-14", "2022-03-14", "day"),
    ("2022-03-14T10:00:00Z", "2022-03-14T10:00:00+00:00", "instant"),
    ("2022-03-14T10:00:00.123+02:00", "2022-03-14T10:00:00+02:00", "instant"),
    ("2022-03-14T10:00:00", "2022-03-14", "day"),
    ("2022-03-14T00:00:00Z", "2022-03-14", "day"),
    ("GMT 17:27 14.03.2022", "2022-03-14T17:27:00+00:00", "instant"),
    ("14/03/2022 10:00", "2022-03-14", "day"),
    ("الثلاثاء 05/04/2022", "2022-04-05", "day"),
    ("١١ شعبان ١٤٤٣ هـ", "2022-03-14", "day"),
    ("١٤٤٣/٠٨/١١", "2022-03-14", "day"),
    ("11 شعبان 1443 هـ الموافق 14 مارس 2022 م", "2022-03-14", "day"),
    ("مارس 2022", "2022-03", "month"),
    ("Date: 2022", "2022", "year"),
    ("Published: 14 March 2022 | Updated: 16 March 2022", "2022-03-14", "day"),
    ("دمشق - 14 مارس 2022", None, None),
    ("05/04/2022", None, None),
    ("2022", None, None),
    ("© 2022", None, None),
    ("31 فبراير 2022", None, None),
    ("14 March 2022, 17 April 2022", None, None),
    ("في 14 مارس 2022 وقع انفجار كبير", None, None),
    ("أمس", None, None),
    ("بدون تاريخ", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(
    ("line", "expected", "precision"), LINES, ids=[line or "empty" for line, *_ in LINES]
)
def test_date_lines(line: str, expected: str | None, precision: str | None) -> None:
    published = read_dateline(line)
    assert (published and published.date, published and str(published.precision)) == (expected, precision)


def test_a_date_line_keeps_its_words_without_the_label() -> None:
    published = read_dateline("تاريخ النشر:  14th, March 2022 GMT ")
    assert published is not None
    assert published.as_json() == {
        "date": "2022-03-14",
        "precision": "day",
        "raw": "14th, March 2022 GMT",
        "from": "dateline",
    }


WINDOWS = [
    ("ماذا حدث اليوم في الميناء؟", "2023-08-28", "2023-08-28"),
    ("ماذا قالت البلدية أمس؟", "2023-08-27", "2023-08-27"),
    ("ايه اللي حصل امبارح؟", "2023-08-27", "2023-08-27"),
    ("إيه أخبار النهارده؟", "2023-08-28", "2023-08-28"),
    ("مين زار المدينة أول امبارح؟", "2023-08-26", "2023-08-26"),
    ("شو عم يصير هلأ؟", "2023-08-28", "2023-08-28"),
    ("مين استقال من يومين؟", "2023-08-26", "2023-08-26"),
    ("ماذا حدث قبل عام 2014؟", None, "2013-12-31"),
    ("What happened yesterday?", "2023-08-27", "2023-08-27"),
    ("what did the mayor say on sunday?", "2023-08-27", "2023-08-27"),
    ("What happened last week?", "2023-08-21", "2023-08-28"),
    ("ما أهم أحداث الأسبوع الماضي؟", "2023-08-21", "2023-08-28"),
    ("ما أخبار هذا الأسبوع؟", "2023-08-22", "2023-08-28"),
    ("شو صار هالأسبوع؟", "2023-08-22", "2023-08-28"),
    ("ماذا حدث خلال الأيام الثلاثة الماضية؟", "2023-08-25", "2023-08-28"),
    ("in the last 3 days", "2023-08-25", "2023-08-28"),
    ("what happened this month?", "2023-08-01", "2023-08-28"),
    ("ماذا حدث الشهر اللي فات؟", "2023-07-01", "2023-07-31"),
    ("what was built in march?", "2023-03-01", "2023-03-31"),
    ("ماذا بني في مارس؟", "2023-03-01", "2023-03-31"),
    ("who resigned on 12 March?", "2023-03-12", "2023-03-12"),
    ("ماذا أعلن في رمضان؟", "2023-03-23", "2023-04-20"),
    ("من استقال قبل يومين؟", "2023-08-26", "2023-08-26"),
    ("what changed since Sunday?", "2023-08-27", "2023-08-28"),
    ("what changed since 5 March?", "2023-03-05", "2023-08-28"),
    ("ما الجديد منذ الخميس؟", "2023-08-24", "2023-08-28"),
    ("ما الجديد منذ يومين؟", "2023-08-26", "2023-08-28"),
    ("who resigned before 5 March?", None, "2023-03-04"),
    ("من استقال بعد 5 مارس؟", "2023-03-06", "2023-08-28"),
    ("between 5 and 9 March", "2023-03-05", "2023-03-09"),
    ("بين 5 مارس و 9 أبريل", "2023-03-05", "2023-04-09"),
    ("from January to March", "2023-01-01", "2023-03-31"),
    ("what happened in 2014?", "2014-01-01", "2014-12-31"),
    ("what rate will the bank offer from 12 September?", "2023-09-12", None),
]


@pytest.mark.parametrize(("question", "start", "end"), WINDOWS, ids=[question for question, *_ in WINDOWS])
def test_windows(question: str, start: str | None, end: str | None) -> None:
    window = resolve_window(question, asked_on=TODAY)
    assert window is not None
    assert window.as_json() == {"from": start, "to": end}
    assert window.phrase in question


@pytest.mark.parametrize(
    "question",
    ["من فاز بكأس 2022؟", "متى افتتح الجسر؟", "Who may march?", "ما هو اليوم الوطني؟", "How many days?", ""],
)
def test_a_question_without_days_has_no_window(question: str) -> None:
    assert resolve_window(question, asked_on=TODAY) is None
