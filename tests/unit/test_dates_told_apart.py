"""Dates that hang on another date, on a feast or on a verb, and the names that only look like one.

Published, unless another day is named, on Wednesday 19 November 2025.
"""

from __future__ import annotations

from datetime import date

import pytest

from rag.dates import find_dates, resolve_window
from rag.dates.anaphora import ANAPHORA
from rag.dates.feasts import FEASTS as FEAST_RULES
from rag.dates.folding import fold
from rag.dates.prose import _FEAST, _OF_ANOTHER_DATE

PUBLISHED = date(2025, 11, 19)


def told(text: str, published: date = PUBLISHED) -> list[str]:
    """Return every date of ``text``: a whole year or month in short, ``~`` where approximate."""
    return [
        _short(span.first, span.last, "~" * span.approximate)
        for span in find_dates(text, published=published)
    ]


def _short(first: date, last: date, soft: str) -> str:
    if first == last:
        return f"{soft}{first}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{soft}{first.year}"
    return f"{soft}{first}..{last}"


OF_ANOTHER_DATE = [
    ("The boat left on 14 April 2025 and sank the same day", ["2025-04-14", "2025-04-14"]),
    ("The boat left on 14 April 2025 and sank the next day", ["2025-04-14", "2025-04-15"]),
    ("The fire began on Sunday and was put out the next morning", ["2025-11-16", "2025-11-17"]),
    ("He fell on 5 May, the day after", ["2025-05-05", "2025-05-06"]),
    ("Exports fell in 2021 after a rise the previous year", ["2021", "2020"]),
    ("Output grew in 2023 but shrank the year after", ["2023", "2024"]),
    ("Output hit a record in 2023, up from a year earlier", ["2023", "2022"]),
    ("She won in 2016 and lost four years later", ["2016", "2020"]),
    ("He was held on 3 May 2021 and freed two days later", ["2021-05-03", "2021-05-05"]),
    (
        "It opened in May 2019 and shut in August of the same year",
        ["2019-05-01..2019-05-31", "2019-08-01..2019-08-31"],
    ),
    (
        "He quit in December 2024 and died the following month",
        ["2024-12-01..2024-12-31", "2025-01-01..2025-01-31"],
    ),
    ("غادرت في 11 حزيران 2024 وعادت في اليوم التالي", ["2024-06-11", "2024-06-12"]),
    ("اندلع الحريق الأحد وأُخمد مساء اليوم نفسه", ["2025-11-16", "2025-11-16"]),
    ("أسس الشركة عام 1998 وباعها في العام التالي", ["1998", "1999"]),
    ("ارتفعت الصادرات عام 2024 مقارنة مع العام الذي سبقه", ["2024", "2023"]),
    ("بدأت في أيار 2019 وانتهت في آب من العام نفسه", ["2019-05-01..2019-05-31", "2019-08-01..2019-08-31"]),
    ("اعتقل في 3 مايو 2021 وأفرج عنه بعد ذلك بيومين", ["2021-05-03", "2021-05-05"]),
    ("اندلع الحريق في 3 أيار 2025 وأُخمد بعد يومين.", ["2025-05-03", "2025-05-05"]),
    ("في العام الماضي، في 3 أيار، وصلوا", ["2024", "2024-05-03"]),
    # Nothing is told that it could be counted from, or somebody tells it on that day.
    ("The same year the factory closed", []),
    ("Two weeks later she died", []),
    ("The next day he returned", []),
    ("He fell in May. The following year he died", ["2025-05-01..2025-05-31"]),
    ("Police said on Sunday that he was freed the same day", ["2025-11-16"]),
    ("He was freed in 2021, two years after the war", ["2021"]),
    ("He was held on Monday and freed three days later", ["2025-11-17"]),  # that day has not been
    ("في العام التالي هاجر", []),
    ("عاد في 2010 بعد خمس سنوات في السجن", ["2010"]),
    ("قالت الشرطة الأحد إن الرجل أفرج عنه في اليوم نفسه", ["2025-11-16"]),
    ("اليوم التالي للحرب", []),
    # Which year a bare day behind a dated one is of, nobody can say.
    ("He was held on 3 May 2021 and freed on 10 June", ["2021-05-03"]),
]


@pytest.mark.parametrize(("text", "expected"), OF_ANOTHER_DATE, ids=[text for text, _ in OF_ANOTHER_DATE])
def test_it_counts_from_another_date_of_its_sentence(text: str, expected: list[str]) -> None:
    assert told(text) == expected


FEASTS = [
    ("The terminal stayed open on Christmas Day", ["2024-12-25"]),
    ("They met on Christmas Eve 2023", ["2023-12-24"]),
    ("The shop will close on New Year's Day", ["2026-01-01"]),
    ("It snowed on Boxing Day", ["2024-12-26"]),
    ("He walked free on Good Friday", ["2025-04-18"]),
    ("The park was closed on the second day of Eid al-Adha", ["2025-06-07"]),
    ("Schools closed during Eid al-Fitr", ["~2025-03-30..2025-04-01"]),
    ("Markets were shut on Ashura", ["2025-07-05"]),
    ("أغلقت المتنزهات في أول أيام عيد الفطر", ["2025-03-30"]),
    ("أغلقت الأسواق في اليوم الثالث من عيد الأضحى 1445", ["2024-06-18"]),
    ("أغلقت المحال يوم عرفة", ["2025-06-05"]),
    ("أغلقت المحال في رأس السنة الهجرية", ["2025-06-26"]),
    ("تساقطت الثلوج ليلة رأس السنة", ["2024-12-31"]),
    ("أغلقت المحال يوم عيد الميلاد", ["2024-12-25"]),
    ("أغلقت المحال في شم النسيم", ["2025-04-21"]),
    ("أغلقت المحال في عيد الفصح", ["2025-04-20"]),  # in 2025 of both churches
    # Named, and not told as a day.
    ("the Boxing Day tsunami killed thousands", []),
    ("The Good Friday Agreement holds", []),
    ("Christmas Island holds migrants", []),
    ("The Coptic church celebrated Christmas Day", []),
    ("عطلة عيد الفطر طويلة", []),
    ("احتفل بعيد ميلاد ابنته", []),
    ("في رأس السنة الصينية احتفلوا", []),
    ("عادوا قبل عيد الأضحى بيومين", []),
]


@pytest.mark.parametrize(("text", "expected"), FEASTS, ids=[text for text, _ in FEASTS])
def test_a_feast_is_its_day(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_feast_that_the_churches_keep_apart_is_no_day() -> None:
    assert told("أغلقت المحال في عيد الفصح", date(2024, 6, 1)) == []
    assert told("أغلقت المحال يوم عيد الميلاد", date(2025, 1, 9)) == []


NAMES = [
    "He wrote a history of the 'Generation of 1936'",
    "Class of 2020 graduates still owe the most",
    "the veterans of 1973 marched",
    "Model year 2021 cars were recalled",
    "The film 'Summer of 1942' opens the festival",
    'He read "A Spring Day in 1968" aloud',
    "The Monday Group of moderates split",
    "Sunday schools were closed down",
    "Her Friday nights were quiet",
    "It was the best Sunday of her life",
    "Robinson called him Friday",
    "The 4 July Stadium was rebuilt",
    "The 17 November group claimed the attack",
    "Operation October Storm was launched",
    "The Red October factory was hit",
    "Today's Woman is a magazine",
    "Tomorrow never comes, says the proverb",
    "The leaders of tomorrow were honoured",
    "In 2010 homes were without water",
    "call 05-12-2020-33 for help",
    "March on the capital, he told them",
    "An august assembly heard the verdict",
    "The fall of the dictator shocked many",
    "من جيل عام 1967 خرج كثيرون",
    "خريجو دفعة عام 2010 أسسوا رابطة",
    "اشترى سيارة موديل عام 2021",
    "فيلم «يوم الأحد» عُرض",
    "رواية «شتاء 1991» ترجمت",
    "مجموعة الاثنين المعارضة انقسمت",
    "جسر 14 رمضان في بغداد",
    "جامعة 8 ماي 1945 أضربت",
    "رمضان صبحي سجل هدفا",
    "قال رمضان قديروف إن القوات باقية",
    "قال جمعة إن الفريق مستعد",
    "حميد شباط نقابي مغربي",
    "أيار عزيز كاتبة",
    "عاد آب إلى قريته بعد غياب",
    "مارس ضغوطا على الحكومة",
    "قال أحد الشهود إن الحريق كبير",
    "ربيع بركات كاتب وصحفي",
    "الأحد عشر لاعبا وصلوا",
    "كلا الاثنين رفضا",
    "الثلاثاء الأسود للبورصة",
    "ليلة الجمعة من كل أسبوع",
    "حزب الغد رفض القرار",
    "اليوم الآخر ركن من الإيمان",
    "لا تؤجل عمل اليوم إلى الغد",
    "منذ الأمس البعيد",
    "هم في أمس الحاجة إلى الماء",
    "عادوا إلى حدود الرابع من حزيران",
    "Tuesday Weld starred in the film",
    "The next spring they returned",
    "اتهموه بكره الأجانب",
    "تشخيص باكر أنقذه",
    "اليوم خمر وغدا أمر",
    "غدا الحلم حقيقة",
    "كتبت آذار قصيدة",
    "في 1990 قرية لا ماء",
    "قبل عقد القمة وصلوا",
    "قبل يوم واحد من الاقتراع",
    "قال محمد السبت إن المحل أغلق",
    "The 1920s-style cafe opened",
]


@pytest.mark.parametrize("text", NAMES)
def test_a_name_or_an_idiom_is_no_date(text: str) -> None:
    assert told(text) == []


BY_ITS_VERB = [
    # What runs in a present, and is near, lies ahead.
    ("The festival runs from 6 to 10 December", ["2025-12-06..2025-12-10"]),
    ("تقام البطولة في الدوحة من 1 إلى 18 كانون الأول", ["2025-12-01..2025-12-18"]),
    ("Registration closes on 30 November", ["2025-11-30"]),
    ("The fair is back in June", []),
    ("أعلنت البلدية إقامة المهرجان من 6 إلى 10 كانون الأول", ["2025-12-06..2025-12-10"]),
    ("لن تفتح المدارس الأحد", ["2025-11-23"]),
    ("The strike lasted from 28 October until 3 November", ["2025-10-28..2025-11-03"]),
    # "Stayed open" tells what was.
    ("The shop was open on Friday", ["2025-11-14"]),
    ("They did not meet on Friday", ["2025-11-14"]),
    # The day may be of what is announced, ordered, put off, or held.
    ("The union announced a strike on Thursday", []),
    ("أعلنت النقابة إضرابا الخميس", []),
    ("The minister told a news conference on Tuesday", ["2025-11-18"]),
    ("قال الوزير في مؤتمر صحفي الثلاثاء إن السد آمن", ["2025-11-18"]),
    ("She was summoned to appear in court on Monday", []),
    ("They invited him to dinner on Sunday", []),
    ("The judge set a hearing for Friday", []),
    ("He apologised for Friday's attack", ["2025-11-14"]),
    ("Officials met on Monday to prepare the vote on Thursday", ["2025-11-17"]),
    ("He arrived on Sunday and left on Monday", ["2025-11-16", "2025-11-17"]),
    ("The parade was moved from Friday to Saturday", ["2025-11-22"]),
    ("المدارس مغلقة الأحد", []),
    ("يستمر المعرض من 15 إلى 30 تشرين الثاني", ["2025-11-15..2025-11-30"]),
    ("The port was paralysed between Tuesday and Thursday", ["2025-11-11..2025-11-13"]),
]


@pytest.mark.parametrize(("text", "expected"), BY_ITS_VERB, ids=[text for text, _ in BY_ITS_VERB])
def test_its_verb_says_on_which_side_it_lies(text: str, expected: list[str]) -> None:
    assert told(text) == expected


FURTHER = [
    ("They were freed 48 hours ago", ["2025-11-17"]),
    ("أفرج عنهم قبل 72 ساعة", ["2025-11-16"]),
    ("They were freed 36 hours ago", ["~2025-11-18..2025-11-19"]),
    ("Over the past fortnight prices rose", ["2025-11-05..2025-11-19"]),
    ("The tower was built three decades ago", ["~1995"]),
    ("عاد قبل عقدين", ["~2005"]),
    ("A year ago today he left", ["2024-11-19"]),
    ("He resigned the month before last", ["2025-09-01..2025-09-30"]),
    ("استقال العام قبل الماضي", ["2023"]),
    ("They met between the 3rd and the 9th of November", ["2025-11-03..2025-11-09"]),
    ("اجتمعوا في الأول والثاني من تشرين الأول", ["2025-10-01..2025-10-02"]),
    ("سافر في الخامس والعشرين من تشرين الأول", ["2025-10-25"]),
    ("صاموا في اليوم العاشر من رمضان", ["2025-03-10"]),
    ("ارتفعت الأسعار في رمضان", ["2025-03-01..2025-03-29"]),
]


@pytest.mark.parametrize(("text", "expected"), FURTHER, ids=[text for text, _ in FURTHER])
def test_further_forms(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_what_is_read_first_is_passed_over_only_where_none_of_it_could_match() -> None:
    for text in [text for text, _ in (*OF_ANOTHER_DATE, *FEASTS)]:
        folded = fold(text).text
        for needed, rules in ((_OF_ANOTHER_DATE, ANAPHORA), (_FEAST, FEAST_RULES)):
            assert needed.search(folded) or not any(rule.pattern.search(folded) for rule in rules), text


# Asked on Wednesday 20 May 2026.
WINDOWS = [
    ("How many ships were attacked in the past fortnight?", "2026-05-06", "2026-05-20"),
    ("Was there a truce on Christmas Day?", "2025-12-25", "2025-12-25"),
    ("What happened last Christmas?", "2025-12-25", "2025-12-25"),
    ("What happened the week before last?", "2026-05-04", "2026-05-10"),
    ("What happened in Q1?", "2026-01-01", "2026-03-31"),
    ("what happened up to 2019", None, "2019-12-31"),
    ("what happened over the past decade", "2016-05-20", "2026-05-20"),
    ("ماذا حدث في أول أيام عيد الفطر؟", "2026-03-20", "2026-03-20"),
    ("ماذا حدث بعد عيد الفطر؟", "2026-03-23", "2026-05-20"),
    ("ماذا حدث قبل رمضان 1446؟", None, "2025-02-28"),
    ("ماذا حدث ليلة رأس السنة؟", "2025-12-31", "2025-12-31"),
    ("شو صار العام الماضي بأيار؟", "2025-05-01", "2025-05-31"),
    ("شو صار ب 2024؟", "2024-01-01", "2024-12-31"),
    ("شو صار مبارح بحلب؟", "2026-05-19", "2026-05-19"),
    ("شو صار بآخر يومين؟", "2026-05-18", "2026-05-20"),
    ("ايه اللي حصل السنة اللي فاتت؟", "2025-01-01", "2025-12-31"),
    ("ايه اللي هيحصل بكرة؟", "2026-05-21", "2026-05-21"),
    ("وش صار يوم الخميس اللي راح؟", "2026-05-14", "2026-05-14"),
    ("وش بيصير باجر؟", "2026-05-21", "2026-05-21"),
    ("شنو وقع السيمانة اللي فاتت؟", "2026-05-10", "2026-05-16"),
    ("آش وقع البارح فالرباط؟", "2026-05-19", "2026-05-19"),
    ("شنو وقع فشهر غشت؟", "2025-08-01", "2025-08-31"),
    ("شنوة صار الجمعة الفارطة؟", "2026-05-15", "2026-05-15"),
]


@pytest.mark.parametrize(("question", "start", "end"), WINDOWS, ids=[question for question, *_ in WINDOWS])
def test_windows(question: str, start: str | None, end: str | None) -> None:
    window = resolve_window(question, asked_on=date(2026, 5, 20))
    assert window is not None
    assert window.as_json() == {"from": start, "to": end}


@pytest.mark.parametrize(
    "question",
    [
        "Who belongs to the Monday group?",
        "who sang in the band called Thursday?",
        "What is the class of 2020?",
        "What is the Good Friday Agreement?",
        "When is Christmas Day?",
        "Who is Ramadan Shallah?",
        "متى يبدأ عيد الأضحى؟",
        "من هو محمد رمضان؟",
        "من كتب رواية «شتاء 2010»؟",
        "من يقود كتيبة 22 شباط؟",
        "ما معنى كلمة السبت؟",
        "Who sings Friday I'm in Love?",
        "What is the September 11 museum?",
        "ما هي مجموعة الاثنين؟",
    ],
)
def test_a_name_is_no_window(question: str) -> None:
    assert resolve_window(question, asked_on=date(2026, 5, 20)) is None
