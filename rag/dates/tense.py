"""Whether a clause tells what was or what is to come: it decides which Wednesday a bare "Wednesday" is."""

from __future__ import annotations

import re
from typing import Literal

from rag.dates.folding import fold

Tense = Literal["past", "future", "open"]
"""``open``: the clause runs in a present that announces as often as it reports; nothing can be said."""


def _words(text: str) -> str:
    return "|".join(fold(word).text for word in text.split())


# Words that begin like a future verb (سيـ، ستـ، سنـ) and are none.
_NOT_FUTURE = _words(
    "سيارة سيارات سياسي سياسية سياسيا سياسيين سياسيون سياسات سياسة سياق سيادة سيادية سيناء سينما سينمائي "
    "سيرة سيد سيدة "
    "سيدات سيدي سيفا سيول سيما سيئ سيئة سيطر سيطرت سيطرة سيطروا سيناريو سيناريوهات سيبيريا سيدني سيسي سيرغي "
    "سيرجي سياحة "
    "سياحي سياحية سياح سياج سيولة سيارته سيدتي ستين ستون ستار ستاد ستوكهولم ستيفن ستوديو ستائر ستارمر سترات "
    "سترة سنة "
    "سنوات سنوي سنوية سنويا سندات سنجار سنار سنتيمتر سنغافورة سنغال سنغالي سناء سنوار سندس ستراسبورغ "
    "ستانفورد ستيف"
)
_TO_COME = _words("المقبل المقبلة القادم القادمة المزمع المرتقب المرتقبة المقرر المقررة مقرر مقررة")
_FUTURE = re.compile(
    rf"(?<!\w)(?:و|ف)?(?:س[يتن]\w{{2,}}|سوف|رح|{_TO_COME})(?!\w)"
    r"|(?<!\w)(?:will|won't|would(?! have)|shall|to be held|(?:is|are) to (?!blame)|set to|"
    r"(?:due|scheduled|expected|slated) (?:on|for)|"
    r"scheduled to|expected to|plans? to|planned for|upcoming|going to|"
    r"due to (?:be|begin|start|meet|open|take|hold|visit|arrive|travel|vote|appear|resume|end))(?!\w)|"
    r"(?<=\w)'ll(?!\w)"
)
_EXCLUDED = re.compile(rf"^(?:و|ف)?(?:{_NOT_FUTURE})$")
# A past verb between the future verb and the day takes the day to itself: "... will meet, he said Sunday".
_TOLD = _words(
    "قال قالت قالوا أعلن أعلنت أعلنوا أكد أكدت أفاد أفادت ذكر ذكرت أوضح أوضحت أضاف أضافت صرح صرحت كشف كشفت "
    "أعرب أعربت "
    "نقلت نقل نشر نشرت التقى التقت اجتمع اجتمعت وصل وصلت زار زارت وقع وقعت"
)
_REPORTED = re.compile(
    rf"(?<!\w)(?:و|ف)?(?:{_TOLD})(?!\w)"
    r"|(?<!\w)(?:said|says|told|announced|reported|added|confirmed|stated|met|arrived|signed|declared|"
    r"revealed|"
    r"was|were|had|has)(?!\w)"
)
_RUNS = _words(
    "ينطلق تنطلق يبدأ تبدأ يلتقي تلتقي يستضيف تستضيف يعقد تعقد ينعقد تنعقد يواجه تواجه يفتتح تفتتح يجتمع "
    "تجتمع يصوت تصوت "
    "يزور تزور يصل تصل يشارك تشارك تقام يقام تشهد يشهد ينظم تنظم"
)
_ANNOUNCING = re.compile(
    rf"(?<!\w)(?:و|ف)?(?:{_RUNS})(?!\w)"
    r"|(?<!\w)(?:begins?|starts?|kicks? off|opens?|faces?|hosts?|meets?|takes? place)(?!\w)"
)
_STOP = re.compile(r"[.](?!\d)|[!?؟؛;\n]|(?<=\s)(?:ان|انه|انها|بان|that)(?=\s)")
_COMMA = re.compile(r"[,،:\"«»()]")


def is_future_verb(word: str) -> bool:
    """Tell whether a folded Arabic word is a verb of the future (سيعلن), not a noun like it."""
    return bool(re.fullmatch(r"[وف]?س[يتن]\w{2,}", word)) and not _EXCLUDED.match(word)


def tense_at(text: str, start: int, end: int) -> Tense:
    """Return the tense of the clause around ``text[start:end]``; ``text`` is folded.

    The nearest verb before the expression in its clause decides; an expression that opens its clause is read
    with what follows it. Where no verb is known, news tells what was.
    """
    before = _clause_before(text[max(0, start - 240) : start])
    told = _nearest(before)
    if told is None and _opens(before):
        after = _STOP.split(text[end : end + 120], maxsplit=1)[0]
        told = _first(after)
    return told or "past"


def _clause_before(text: str) -> str:
    """Return ``text`` from where its last clause began; a pair of commas set off is looked through."""
    stops = list(_STOP.finditer(text))
    if stops:
        text = text[stops[-1].start() :] if stops[-1].group()[0].isalpha() else text[stops[-1].end() :]
    pieces = _COMMA.split(text)
    while len(pieces) > 1 and len(pieces[-1].split()) <= 1:
        pieces.pop()
    return pieces[-1]


def _opens(clause: str) -> bool:
    return len(clause.split()) <= 2


def _is_future(found: re.Match[str]) -> bool:
    return not _EXCLUDED.match(found.group())


def _verbs(clause: str) -> list[tuple[int, Tense]]:
    future = [found for found in _FUTURE.finditer(clause) if _is_future(found)]
    # "will open", "سوف تعقد": the verb belongs to the word before it.
    led = {found.end() + 1 for found in future}
    return [
        *((found.start(), "future") for found in future),
        *((found.start(), "past") for found in _REPORTED.finditer(clause)),
        *((found.start(), "open") for found in _ANNOUNCING.finditer(clause) if found.start() not in led),
    ]


def _nearest(clause: str) -> Tense | None:
    return max(_verbs(clause), default=(0, None))[1]


def _first(clause: str) -> Tense | None:
    return min(_verbs(clause), default=(0, None))[1]
