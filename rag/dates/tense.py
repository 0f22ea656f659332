"""Whether a clause tells what was or what is to come: it decides which Wednesday a bare "Wednesday" is."""

from __future__ import annotations

import re
from typing import Literal

from rag.dates.folding import fold

Tense = Literal["past", "future", "open"]
"""``open``: the clause runs in a present that announces as often as it reports; nothing can be said."""
Announced = Literal["nothing", "something", "event"]
"""Whether somebody tells something, and whether that is something held or begun: as often yet to come."""


def _words(text: str) -> str:
    return "|".join(fold(word).text for word in text.split())


# Words that begin like a future verb (سيـ، ستـ، سنـ) and are none.
_NOT_FUTURE = _words(
    "سيارة سيارات سيارته سيارتها سيارتهم سيارتين سياسي سياسية سياسيا سياسيين سياسيون سياسات سياسة سياق "
    "سياقات سيادة "
    "سيادية سيادته سيادتها سيناء سينما سينمائي سيرة سيرته سيرتها سيد سيدة سيدات سيدي سيدنا سيدتي سيدتين "
    "سيفا سيول "
    "سيما سيئ سيئة سيطر سيطرت سيطرة سيطروا سيطرته سيطرتها سيطرتهم سيناريو سيناريوهات سيبيريا سيدني سيسي "
    "سيرغي سيرجي "
    "سياحة سياحي سياحية سياح سياج سيولة سيتي سيتيزن سيلفا سيرينا سيرا سيراليون سيريلانكا سيلتا سيلتك "
    "سيباستيان سيمون "
    "سيمونز سيمنز سينغ سيلينا سيسكو سيناتور سيقان سيوف سيرك سيلان سيغما سيتروين ستين ستون ستار ستاد "
    "ستوكهولم ستيفن "
    "ستيف ستيفاني ستيفنز ستوديو ستائر ستارمر ستارت ستارلينك ستاندرد ستريت ستالين ستوك ستوكس ستانفورد "
    "سترات سترة "
    "ستراسبورغ ستراتيجي ستيك سنة سنوات سنوي سنوية سنويا سنتين سنتيمتر سنتات سنتر سندات سندا سنجار سنار "
    "سنغافورة سنغال "
    "سنغالي سناء سناب سنوار سندس سنودن سنابل"
)
_TO_COME = _words(
    "المقبل المقبلة القادم القادمة المزمع المرتقب المرتقبة المقرر المقررة مقرر مقررة المنتظر المنتظرة "
    "المتوقع المتوقعة"
)
_AIMS = _words(
    "المتوقع المقرر المنتظر المرتقب المفترض المزمع المأمول يتوقع تتوقع يعتزم تعتزم ينوي تنوي يأمل تأمل "
    "يخطط تخطط "
    "يستعد تستعد تعتزمان"
)
_FUTURE = re.compile(
    rf"(?<!\w)(?:و|ف)?(?:س[يتن]\w{{2,}}|سوف|رح|لن|{_TO_COME})(?!\w)"
    rf"|(?<!\w)(?:من\s+)?(?:{_AIMS})\s+ان\s"
    r"|(?<!\w)(?:will|won't|would(?! have)|shall|to be held|(?:is|are) to(?! blame)|set to|"
    r"(?:is|are|be) (?:due|expected|forecast|scheduled|slated|set|poised|supposed)|"
    r"(?:due|scheduled|expected|slated|planned|set) (?:on|for)|"
    r"(?:scheduled|expected|planning|slated|preparing|likely) to|"
    r"(?:plan|intend|hope|aim|want|prepare)s? to|upcoming|(?:is|are|am) going to|ahead of|"
    r"due to (?:be|begin|start|meet|open|take|hold|visit|arrive|travel|vote|appear|resume|end))(?!\w)|"
    r"(?<=\w)'ll(?!\w)"
)
_PUT_OFF = _words("أجل أجلت أجلا أرجأ أرجأت تأجل تأجلت تأجيل تأجيلها إرجاء مدد مددت تمديد أرجئ أرجئت")
_FROM_NOW_ON = re.compile(r"(?<!\w)(?:اعتبارا|ابتداء|بدءا|انطلاقا)\s+من\s+(?:يوم\s+|صباح\s+|مساء\s+)?$")
# What is put off *to* a day is put off to one that is to come: "adjourned to Sunday", أجلت الجلسة إلى الأحد.
_PUT_OFF_TO = re.compile(
    rf"(?<!\w)(?<!من\s)و?(?:{_PUT_OFF})"
    r"\s(?:\w+\s){0,10}(?:الي|حتي|ل)\s(?:يوم\s|مساء\s|صباح\s|جلسه\s|موعد\s)?$"
    r"|(?<!\w)(?:adjourn|postpone|delay|defer|move|extend|reschedule|push|put|brought)\w*\s(?:\w+\s){0,5}?"
    r"(?:to|until|till|for)\s(?:the\s)?$"
)
_EXCLUDED = re.compile(rf"^(?:و|ف)?(?:{_NOT_FUTURE})$")
# A past verb between the future verb and the day takes the day to itself: "... will meet, he said Sunday".
_TOLD = _words(
    "قال قالت قالوا أعلن أعلنت أعلنوا أكد أكدت أفاد أفادت ذكر ذكرت أوضح أوضحت أضاف أضافت صرح صرحت كشف كشفت "
    "أعرب أعربت "
    "نقلت نقل نشر نشرت التقى التقت اجتمع اجتمعت وصل وصلت زار زارت وقع وقعت"
)
_IRREGULAR = (
    "said told met found became began came went won lost beat fell fed rose hit put cut let shut set saw "
    "took gave got "
    "made left held kept led felt sent spent built brought bought thought caught taught fought sought "
    "shot struck broke "
    "spoke woke chose froze drove wrote rode grew knew flew threw drew blew ran swore wore tore bore sat "
    "stood "
    "understood paid laid read sold withdrew did had was were has have sank swam sang rang drank shrank "
    "sprang stank "
    "hid bit slid lit lay ate forgot forgave shook stole arose awoke bent bled bred burst cast clung "
    "cost crept dealt dug "
    "dreamt fled flung forbade foresaw ground hung heard hurt knelt leapt learnt lent meant mistook "
    "mowed overcame oversaw "
    "overthrew overtook proved quit rebuilt resold rid sawed sewed shaved shone showed slept slew slung "
    "slit smelt sowed "
    "spat sped spelt spilt spun split spoilt spread stuck stung strove swelled swept swung thrust trod "
    "underwent "
    "undertook upheld upset wept wed withheld withstood wound wrung born killed died"
).split()
_NO_VERB_IN_ED = (
    "need speed indeed wed bed red united hundred seed feed breed exceed proceed weed shed sacred naked"
)
_PAST_ENGLISH = re.compile(
    rf"(?<!\w)(?:(?!(?:{'|'.join(_NO_VERB_IN_ED.split())})(?!\w))[a-z]{{2,}}ed|{'|'.join(_IRREGULAR)})(?!\w)"
)
_REPORTED = re.compile(
    rf"(?<!\w)(?:و|ف)?(?:{_TOLD})(?!\w)"
    r"|(?<!\w)(?:says|(?:said|told|announced|reported|added|confirmed|stated|met|arrived|signed|declared|"
    r"revealed|was|were|had|has|have))(?!\w)"
)
_WAS_TO = re.compile(
    # Who is called to something is called to a day on either side of the text's.
    r"(?<!\w)(?:call(?:s|ed|ing)?|urg(?:es|ed|ing)|invit(?:es|ed|ing))\s+(?:for|an?|to|on)(?!\w)|"
    r"(?<!\w)(?:(?:summon|order|ask|urg|invit|instruct|threaten|advis|allow|permitt|requir|"
    r"request|decid|offer|clear|direct|oblig|entitl|authori[sz]|commission|hir)ed|"
    r"told)\s+(?:\w+\s+){0,4}to\s+(?!(?:an?|the)\s)[a-z]{2,}|"
    r"(?<!\w)(?:(?:set|fixed|booked|arranged)\s+(?:an?|the)\s+(?:\w+\s+){1,3}for|"
    r"(?<!is )(?<!are )(?<!be )(?<!was )(?<!were )due\s+(?:in|by))(?!\w)|"
    # So is who means to do something, or may do it; "may" is a verb where no preposition leads to it.
    r"(?<!\w)(?:agree[sd]?(?= to (?!(?:an?|the)\s))|vow(?:s|ed)?|pledge[sd]?|promise[sd]?|(?:intend|hop|"
    r"aim|want|prepar|plann)ed) "
    r"to(?!\w)|"
    r"(?<!\w)(?:could|might|must|should|can|cannot|can't|(?<!in )(?<!of )(?<!since )(?<!until )(?<!by )may) "
    r"(?!have|said|was|had)[a-z]{2,}|"
    r"(?<!\w)(?:preparations? for|run-up to|eve of|looking ahead to)(?!\w)|"
    r"(?<!\w)و?(?:دعا|دعت|دعوا|دعوه|دعوات|حدد|حددت|حددوا)\s(?:\w+\s){0,5}(?:الي|لل?\w+|موعدا|موعد|"
    r"جلسه)(?!\w)|"
    r"(?<!\w)و?(?:طالب|هدد|لوح|اقترح|وعد|تعهد|طلب|قرر|اتفق|وافق)(?:ت|وا|"
    r"ا)?\s(?:\w+\s){0,4}(?:علي\s|عن\s)?[بل]?(?:ال)?(?:اقامه|تنظيم|عقد|بدء|"
    r"اجراء|افتتاح|فتح|اغلاق|جلسه|اجتماع|اضراب\w*|مظاهره|تظاهر|اعتصام|استئناف|استيناف)(?!\w)|"
    r"(?<!\w)و?لا\s+[يتن]\w{2,}|(?<!\w)(?:مغلقه?|مفتوحه?|معطله?|مدعوه?|مدعوون|مدعوين)(?!\w)|"
    r"(?<!\w)(?:was|were|(?:had|has|have) been)\s+(?:\w+\s+)?(?:due|scheduled|expected|slated|planned|"
    r"set|supposed|to be)(?!\w)"
    r"|(?<!\w)كان(?:ت)?\s+(?:\w+\s+){0,2}(?:مقررا|مقرره|المقرر|المفترض|المنتظر|المتوقع|يفترض|"
    r"ينتظر)(?!\w)|(?<!\w)مقررا(?!\w)"
)
_ANNOUNCED = re.compile(
    r"(?<!\w)(?:و|ف)?(?:قال|اعلن|اكد|افاد|ذكر|اوضح|اضاف|صرح|كشف)(?:ت|وا|ا)?(?!\w)"
    r"|(?<!\w)(?:said|says|told|announced|confirmed|declared|revealed)(?!\w)"
)
_ANNOUNCES = re.compile(r"اعلن|اكد|كشف|announced|confirmed|declared")
# "announced at a meeting on Thursday": the day of the announcement.
_THERE = re.compile(
    r"(?<!\w)(?:في|خلال|عقب|بعد|قبل|ختام|هامش|اثناء|اثر|لدي|at|in|during|after|before|following|"
    r"ending|to)(?!\w)"
)
_EVENT = re.compile(
    r"(?<!\w)(?:ل|ب)?(?:اقامه|تنظيم|عقد|انطلاق|بدء|بدايه|موعد|اجراء|افتتاح|اطلاق|استئناف|استيناف|"
    r"استضافه|جلسه|اجتماع|اضراب\w*|مباراه|"
    r"انتخابات|حفل|مهرجان|مؤتمر|قمه|معرض|هدنه|اغلاق|فتح|تشغيل|توزيع|تسليم|عطله|حداد\w*)(?!\w)"
    r"|(?<!\w)(?:strikes?|elections?|votes?|meetings?|talks|summit|conference|hearing|ceremony|"
    r"festival|concert|match|opening|"
    r"launch|start|closure|ceasefire|truce|holiday|rally|auction|referendum|session)(?!\w)"
)
_RUNS = _words(
    "ينطلق تنطلق يبدأ تبدأ يلتقي تلتقي يستضيف تستضيف يعقد تعقد ينعقد تنعقد يواجه تواجه يفتتح تفتتح يجتمع "
    "تجتمع يصوت تصوت "
    "يزور تزور يصل تصل يشارك تشارك تقام يقام تشهد يشهد ينظم تنظم تجرى تجري تختتم تستأنف تتوجه تعود تلعب "
    "تحتفل تستقبل "
    "تبحث تناقش تصدر تعرض تطلق تنظر تستمر تدخل تنتهي "
    "استعداد استعدادا استعدادات استعداداته استعداداتها تحضيرات ترقب انتظار بانتظار تمهيدا موعد موعدها موعده"
)
# Words that begin like a present verb of the third person (يـ) and are none.
_NOT_PRESENT = _words(
    "يناير يونيو يوليو يومين يوميا يومها يومه يومهم يونيه يوليه يوليوز يمنية يمني يمين يمينية يسار "
    "يسارية يابانية "
    "ياباني يهودية يهودي يهود يورو يونانية يوناني يدوية يدويا يقين ياسر ياسين يوسف يحيى يونس يعقوب يافا "
    "ينبع يتيم يديه "
    "يومي يومية ينتمي يوتيوب يوروبا يونيسف يونسكو يثرب"
)
# Not behind فـ, with which many a noun begins (فيضان، فيروس).
_PRESENT = re.compile(rf"(?<!\w)و?(?!(?:{_NOT_PRESENT})(?!\w))ي\w{{3,}}(?!\w)")
# Words behind which a present verb tells what was, or was not.
_MADE_PAST = re.compile(
    r"(?<!\w)(?:و|ف|ا)?(?:لم|كان|كانت|كانوا|ظل|ظلت|بات|باتت|اخذ|راح|بينما|وهو|وهي)\s(?:\w+\s){0,2}$"
)
_ANNOUNCING = re.compile(
    rf"(?<!\w)(?:و|ف)?(?:{_RUNS})(?!\w)"
    r"|(?<!\w)(?:begins?|starts?|kicks? off|opens?|faces?|hosts?|meets?|takes? place|runs|closes|ends|"
    r"returns|resumes|votes|plays|visits|travels|arrives|expires|falls|reopens|concludes|departs|"
    r"convenes|premieres|debuts|goes|comes|"
    r"hears|decides|sits|gathers|performs|airs|sails|flies|lapses|elects|unveils|publishes|"
    r"welcomes|speaks|retires|holds|joins)(?!\w)"
)
# "is closed", "will be held": a participle behind these tells no past.
_NO_PAST_BEFORE = re.compile(
    r"(?<!\w)(?:is|are|am|be|being|get|gets)\s+(?:not\s+|also\s+|now\s+|only\s+|\w+ly\s+)?$"
)
# "stayed open", "did not meet": what looks like a present is an adjective, or belongs to a past.
_NO_PRESENT_BEFORE = re.compile(
    r"(?<!\w)(?:stayed|remained|kept|held|left|was|were|been|thrown|forced|swung|lay|stood|did|didn't|"
    r"did not|failed to|refused to|began to|had to|was able to|were able to|managed to)\s+$"
)
# What leads to a weekday that may lie on either side of the text: "until Friday", قبيل انتخابات الأحد.
_EITHER_SIDE = re.compile(
    r"(?<!\w)(?:until|till|through|by|before|ahead\s+of|حتي|لغايه|بحلول|قبل|قبيل|عشيه|تمهيدا\s+ل|"
    r"استعدادا\s+ل)\s+"
    r"(?:\w+\s+)?(?:يوم\s+|\w+\s+(?=ال))?$"
    # What is put off from a day, and what is for one: "moved from Friday", "set a hearing for Friday".
    rf"|(?<!\w)(?:adjourn|postpone|delay|defer|move|extend|reschedule|push|put|brought|"
    rf"{_PUT_OFF})\w*\s(?:\w+\s){{0,4}}(?:from|من)\s+$"
    r"|(?<!\w)for\s+(?:(?:an?|the|his|her|its|their)\s+(?:\w+\s+)?(?:match|concert|vote|meeting|"
    r"summit|game|final|hearing|talks|ceremony|"
    r"election|rally|trial|race|conference|debate|session|run-off|runoff)\s+on\s+)?$"
)
_ATTRIBUTE = re.compile(r"'s?(?!\w)|\s+(?:prayers?|lunch|dinner|supper|breakfast|mass)(?!\w)")
_FROM = re.compile(r"(?<!\w)(?:from|من)\s+(?:\w+,?\s+){1,4}$")
_SINCE = re.compile(r"(?<!\w)(?:since|منذ)\s+(?:يوم\s+|مساء\s+|صباح\s+|ليل\s+|فجر\s+|early\s+|late\s+)?$")
_STOP = re.compile(r"[.](?!\d)|[!?؟؛;\n]|(?<=\s)(?:ان|انه|انها|بان|that)(?=\s)")
_AIMED = re.compile(rf"(?:كانت?\s+)?(?:من\s+)?(?:{_AIMS})\s+ان\s$")
_FULL_STOP = re.compile(r"[.!?؟\n](?!\d)")
_LINK = re.compile(
    r"[.,،;؛:!?؟()\n-]|(?<!\w)(?:and|or|but|then|while|that|who|which|ثم|او|ان|انه|انها|و\w*|ف\w+)(?!\w)"
)
_FAR = 240
_FEWEST_WORDS = 3
_COMMA = re.compile(r"[,،:\"«»()]")


def is_future_verb(word: str) -> bool:
    """Tell whether a folded Arabic word is a verb of the future (سيعلن), not a noun like it."""
    return bool(re.fullmatch(r"[وف]?س[يتن]\w{2,}", word)) and not _EXCLUDED.match(word)


def has_its_verb(text: str, before: int, start: int) -> bool:
    """Tell whether a verb, a comma or a conjunction stands between another date and the one at ``start``."""
    between = text[before:start]
    return len(between) > _FAR or bool(
        _verbs(between) or _LINK.search(between) or len(between.split()) < _FEWEST_WORDS
    )


def announced_at(text: str, start: int) -> Announced:
    """Return what the nearest verb before ``text[start]`` in its clause announces, if it is one that does."""
    before = _clause_before(text[max(0, start - _FAR) : start])
    nearest = max(_ANNOUNCED.finditer(before), default=None, key=lambda found: found.start())
    if nearest is None or any(place > nearest.start() for place, _ in _verbs(before)):
        return "nothing"
    event = _EVENT.search(before, nearest.end())
    is_told_of = (
        event and _ANNOUNCES.search(nearest[0]) and not _THERE.search(before[nearest.end() : event.start()])
    )
    return "event" if is_told_of else "something"


def tense_at(text: str, start: int, end: int) -> Tense:
    """Return the tense of the clause around ``text[start:end]``; ``text`` is folded.

    The nearest verb before the expression in its clause decides; an expression that opens its clause is read
    with what follows it. Where no verb is known, news tells what was: but an English sentence without a past
    verb announces.
    """
    led = text[max(0, start - 40) : start]
    if _SINCE.search(led):
        return "past"
    before = _clause_before(text[max(0, start - _FAR) : start])
    if _PUT_OFF_TO.search(before):
        return "future"
    told = _nearest(before)
    if told is None and _opens(before):
        after = _STOP.split(text[end : end + 120], maxsplit=1)[0]
        told = _first(after)
        if told == "past":
            return "past"
    bound = _EITHER_SIDE.search(led)
    if bound and bound[0].startswith("for") and _ATTRIBUTE.match(text, end):
        bound = None  # "apologised for Friday's attack"
    if told != "future" and bound and not _FROM.search(led[: bound.start()]):
        return "open"
    if told is None and _FROM_NOW_ON.search(led):
        return "open"
    if told is None and text[start:end].isascii():
        return _of_sentence(text, start, end)
    return told or "past"


def tells_ahead(text: str, start: int, end: int) -> bool:
    """Tell whether the clause around ``text[start:end]`` (folded) tells, or may tell, what is to come.

    Other than `tense_at` a clause without any known verb does not.
    """
    tense = tense_at(text, start, end)
    if tense != "open":
        return tense == "future"
    around = _FULL_STOP.split(text[max(0, start - _FAR) : start])[-1] + text[start : end + _FAR]
    return any(tense != "past" for _, tense in _verbs(around))


def _of_sentence(text: str, start: int, end: int) -> Tense:
    """Return the tense of an English sentence whose clause has no known verb."""
    before = _FULL_STOP.split(text[max(0, start - _FAR) : start])[-1]
    after = _FULL_STOP.split(text[end : end + _FAR], maxsplit=1)[0]
    if len(before.split()) + len(after.split()) < _FEWEST_WORDS:
        return "past"
    return "past" if any(tense == "past" for _, tense in _verbs(before) + _verbs(after)) else "open"


def _clause_before(text: str) -> str:
    """Return ``text`` from where its last clause began; a pair of commas set off is looked through."""
    stops = list(_STOP.finditer(text))
    if stops:
        stop = stops[-1]
        aim = _AIMED.search(text[: stop.end() + 1])
        text = text[(aim or stop).start() :] if stop.group()[0].isalpha() else text[stop.end() :]
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
    led = {found.end() + 1 for found in future} | {found.end() for found in future}
    was_to = list(_WAS_TO.finditer(clause))
    held = [*future, *was_to]
    return [
        *((found.start(), "future") for found in future if not _inside(found, was_to)),
        *((found.start(), "past") for found in _REPORTED.finditer(clause) if not _inside(found, held)),
        *(
            (found.start(), "past")
            for found in _PAST_ENGLISH.finditer(clause)
            if not _inside(found, held) and not _NO_PAST_BEFORE.search(clause[: found.start()])
        ),
        *(
            (found.start(), "open")
            for found in _ANNOUNCING.finditer(clause)
            if found.start() not in led and not _NO_PRESENT_BEFORE.search(clause[: found.start()])
        ),
        *(
            (found.start(), "past" if _MADE_PAST.search(clause[: found.start()]) else "open")
            for found in _PRESENT.finditer(clause)
            if found.start() not in led
        ),
        *((found.start(), "open") for found in was_to),
    ]


def _inside(found: re.Match[str], others: list[re.Match[str]]) -> bool:
    return any(other.start() <= found.start() < other.end() for other in others)


def _nearest(clause: str) -> Tense | None:
    return max(_verbs(clause), default=(0, None), key=_place)[1]


def _first(clause: str) -> Tense | None:
    return min(_verbs(clause), default=(0, None), key=_place)[1]


def _place(verb: tuple[int, Tense | None]) -> int:
    return verb[0]
