"""Spoken Arabic in its written form: what binds and asks is replaced, everything else stays as typed."""

from __future__ import annotations

import pytest

from rag.colloquial import written_form
from rag.questions import read_question
from tests.unit.rag.news import NOW


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("مين قال إنو في ناس هربوا؟", "من قال أن هناك ناس هربوا؟"),
        ("شو اسم المدرب يلي راح يدرب الفريق؟", "ما اسم المدرب الذي سيدرب الفريق؟"),
        ("شو قال الوزير؟", "ماذا قال الوزير؟"),
        ("وش السبب", "ما السبب"),
        ("وين صار الحريق ومين شافه؟", "أين صار الحريق ومن شافه؟"),
        ("ليش سكّروا الجسر؟", "لماذا سكّروا الجسر؟"),
        ("واش كاين ضحايا؟", "هل هناك ضحايا؟"),
        ("شحال من واحد مات", "كم من واحد مات"),
        ("شكد انطى النادي؟", "كم انطى النادي؟"),
        ("قد إيش كلّف الجسر؟", "كم كلّف الجسر؟"),
        ("شسمه القائد", "ما اسم القائد"),
        ("غادي يبداو وقتاش؟", "متى سيبداو؟"),
        ("السفينة اللي غرقت", "السفينة التي غرقت"),
        ("سكّروه عشان يصلحوه", "سكّروه لكي يصلحوه"),
    ],
)
def test_words_that_bind_and_ask_are_written(spoken: str, written: str) -> None:
    assert written_form(spoken) == written


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("حصل إيه في المينا؟", "ماذا حصل في المينا؟"),
        ("اسم المدرب إيه؟", "ما اسم المدرب؟"),
        ("القطر اتأخر ليه؟", "لماذا القطر اتأخر؟"),
        ("هو كام واحد حضر الماتش بتاع الكاس؟", "كم شخصا حضر الماتش الكاس؟"),
        ("الشركة هتدفع كام؟", "الشركة ستدفع كم؟"),
    ],
)
def test_what_asks_at_the_end_comes_to_the_front_and_what_will_be_is_told(spoken: str, written: str) -> None:
    assert written_form(spoken) == written


@pytest.mark.parametrize(
    "written",
    [
        "من قال إن في السجن مرضى؟",
        "في أي يوم أنهى عمال الميناء إضرابهم؟",  # أنهى ends, أنهي asks which
        "ما آية الكرسي؟",
        "من هي هلا حداد؟",  # a name, not هلأ
        "متى راح ضحيتها عشرة؟",
        "متى راح ترامب إلى الصين؟",  # he went
        "من راح تونس؟",
        "هل راح نتنياهو إلى هناك؟",
        "هيئة الإغاثة ماذا قالت؟",
        "هو من أعلن ذلك؟",
        "Who is Mo Hana?",
        "",
    ],
)
def test_what_is_written_already_stays_letter_for_letter(written: str) -> None:
    assert written_form(written) == written


@pytest.mark.parametrize("organisation", ["هيئة الإغاثة", "هيكل المبنى", "كتاب هتلر"])
def test_a_name_is_no_verb_of_what_will_be(organisation: str) -> None:
    assert written_form(f"{organisation} فين؟").endswith(f"{organisation}؟")


@pytest.mark.parametrize(
    ("spoken", "phrase"),
    [
        ("شو صار امبارح؟", "امبارح"),
        ("مين مات أول امبارح؟", "أول امبارح"),
        ("فين كان الحريق النهارده؟", "النهارده"),
        ("مين استقال الأسبوع اللي فات؟", "الأسبوع اللي فات"),
        ("ليه وقفوا القطر يوم الاتنين اللي فات؟", "يوم الاتنين اللي فات"),
        ("شو صار من يومين؟", "من يومين"),
    ],
)
def test_words_that_name_days_stay_as_typed(spoken: str, phrase: str) -> None:
    question = read_question(spoken, now=NOW)
    assert question.window is not None
    assert question.window.phrase == phrase
    assert phrase in question.text
    assert question.spoken == spoken


def test_a_question_is_shown_as_it_was_typed() -> None:
    question = read_question("مين قال هيك؟", now=NOW)
    assert question.text == "من قال هكذا؟"
    assert question.typed == "مين قال هيك؟"
    assert read_question("من قال ذلك؟", now=NOW).spoken is None
