"""Whom an outlet quotes is named as the sentence names them, or not at all."""

from __future__ import annotations

import pytest

from rag.answering.quoting import whom
from rag.types import Span


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The toll is 17, the civil protection service said on Friday.", "the civil protection service"),
        ("Commander Nabil Karoush said the vessel had turned over.", "Commander Nabil Karoush"),
        ("Its leader, Idris Qamoun, told the agency that talks had collapsed.", "Idris Qamoun"),
        ("The step ends free entry for grain, Belqara Press Service reported.", "Belqara Press Service"),
        ("وقالت وزيرة الصحة لينا صبرون، في أثناء زيارتها، إن الحملة مجانية.", "وزيرة الصحة لينا صبرون"),
        ("وقال اتحاد الكرة لوكالة قمم إن 31 ألف متفرج تابعوا اللقاء.", "اتحاد الكرة"),
        ("لقي 14 شخصا حتفهم، وفق ما قالت المديرة رشا البيدقي لوكالة قمم.", "المديرة رشا البيدقي"),
        ("بدأ العمال إضرابا مفتوحا، بحسب وكالة قمم للأنباء.", "وكالة قمم للأنباء"),
        ("بدأ العمال إضرابا مفتوحا، بحسب وكالة «قمم بريس».", "وكالة «قمم بريس»"),
        ("وقال مصدر برلماني طلب عدم ذكر اسمه إن الكتلة لم تحسم موقفها.", "مصدر برلماني طلب عدم ذكر اسمه"),
    ],
)  # fmt: skip
def test_the_speaker_is_named_letter_for_letter(sentence: str, speaker: str) -> None:
    assert whom(sentence) == speaker
    assert speaker in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Two dredgers will be brought from Orvane.",
        "He said that the gates would be closed.",
        "وقال أحدهم إنه اقترض ثمن الثلج.",
        "ووصف المحامي المبلغ بأنه قليل.",
        "وتوقعت الأرصاد انحسار الرياح تماما مساء.",
        "وأعلنت وزارة النقل فتح تحقيق، فيما يواصل الغواصون البحث.",
    ],
)
def test_nobody_is_named_where_it_is_not_clear(sentence: str) -> None:
    assert whom(sentence) is None


def test_of_several_it_is_the_one_whose_words_answer() -> None:
    sentence = "The minister said the bridge is safe, while engineer Lena Vosk said it needs nine new cables."
    at = sentence.index("nine")
    assert whom(sentence, Span(at, at + 4)) == "engineer Lena Vosk"
