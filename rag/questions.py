"""A turn of conversation made a self-contained `Question`: its language, its kind, its words, its days."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Literal

from rag.colloquial import written_form
from rag.dates import asks_for_latest, resolve_window
from rag.errors import UsageError
from rag.text import clean_body, question_language, search_fold
from rag.types import Question

LONGEST_QUESTION = 1000


class Kind(StrEnum):
    """The kind of thing a question asks for."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    COUNT = "count"
    AMOUNT = "amount"
    WHY = "why"
    OPEN = "open"


# Matched on the search-folded question, in this order; dialects beside the written language.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            Kind.AMOUNT,
            r"\bhow (?:much|long|far|fast|old|tall|high|deep|big|large|heavy|wide)\b|\bwhat (?:is|was|were|are) "
            r"the (?:\w+ )?(?:price|cost|rate|value|share|percentage|speed|size|budget|salary|fee|distance|"
            r"temperature|magnitude|length|height|depth|weight|area|capacity)\b|\bwhat (?:percentage|share|price)\b"
            r"|\bat what (?:price|rate|speed)\b|\b(?:ب|بـ)?(?:كم|كام|اديش|قديش|قداش|بقديش|بكام) (?:بلغ|بلغت|يبلغ|تبلغ|"
            r"وصل|وصلت|تكلف|كلف|كلفت|سعر|ثمن|قيمه|تكلفه|كانت (?:قيمه|نسبه|تكلفه|سرعه|قوه)|ارتفع|ارتفعت|انخفض|انخفضت|"
            r"يستغرق|استغرق|استغرقت|تستغرق|طول|عمق|ارتفاع|مساحه|يبعد|تبعد|نسبه)|\bبكم\b|\bبكام\b|\bبقديش\b"
            r"|\bما (?:هي |هو )?(?:نسبه|قيمه|سعر|تكلفه|كلفه|حجم|مساحه|سرعه|قوه|طول|ارتفاع|عمق|ثمن|معدل|درجه|ميزانيه)\b",
        ),
        (
            Kind.COUNT,
            r"\bhow many\b|\bwhat number\b|\b(?:what|which) (?:is|was|were) the (?:\w+ ){0,2}(?:number|total|toll|count)\b|"
            r"\bالى كم\b|\bكم\b|\bكام\b|\bقديش\b|\bاديش\b|\bقداش\b|\bشكم\b|\bجم\b|\bما (?:هو |هي )?(?:ال)?(?:عدد|حصيله|اجمالي)\b|"
            r"^عدد\b|\bhow often\b",
        ),
        (
            Kind.WHEN,
            r"^(?:\w+ ){0,2}when\b|\b(?:on |in |by |since )?(?:what|which) (?:day|date|year|month|time|week)\b|"
            r"\bhow (?:soon|recently)\b|\bمتي\b|\bامتي\b|\bايمتي\b|\bامتا\b|\bوقتيش\b|\bشوكت\b|"
            r"\b(?:في )?(?:اي|انهي|انو) (?:يوم|تاريخ|عام|سنه|شهر|وقت|ساعه)\b|\bما (?:هو )?(?:تاريخ|موعد)\b",
        ),
        (
            Kind.WHERE,
            r"\bwhere\b|\b(?:in|from|to|at|through|near)? ?(?:what|which) (?:\w+ )?(?:city|town|country|village|place|"
            r"province|region|street|port|airport|crossing|district|border crossing|stadium|venue)\b|"
            r"\bاين\b|\bوين\b|\bفين\b|\bمنين\b|\bفي (?:اي|انهي) (?:مدينه|بلد|دوله|قريه|مكان|منطقه|محافظه|ملعب)\b|"
            r"\b(?:من |الي |عبر |في )?اي (?:مدينه|بلد|دوله|قريه|مكان|منطقه|محافظه|معبر|ميناء|مطار)\b",
        ),
        (
            Kind.WHY,
            r"\bwhy\b|\bwhat (?:caused|led to|is the reason|was the reason|were the reasons)\b|\bhow come\b|"
            r"\bلماذا\b|\bليش\b|\bليه\b|\bعلاش\b|\bما (?:هو |هي )?(?:سبب|اسباب|الذي تسبب|السبب)\b|\bشو سبب\b|"
            r"\bايه سبب\b",
        ),
        (
            Kind.WHO,
            r"\bwho(?:m|se)?\b|\b(?:which|what) (?:\w+ )?(?:person|man|woman|minister|player|team|club|company|firm|bank|union|court|militia|coach|ministry|"
            r"candidate|party|agency|group|organi[sz]ation|president|judge|scientist|author|outlet|newspaper)\b|"
            r"\bwhat is the name\b|^من\b(?! اي| اين)|\bمين\b|\bمنو\b|\bمن (?:هو|هي|هم|الذي|التي|الذين)\b|"
            r"\b(?:ما|شو|ايه|شنو|ايش|وش) (?:هو |هي )?(?:اسم|اسماء|اسما)\b|"
            r"\bاي (?:لاعب|وزير|فريق|ناد|نادي|شركه|حزب|مرشح|جهه|وكاله|صحيفه|بنك|مصرف|نقابه|جماعه|مدرب|محكمه|وزاره)\b",
        ),
    )
)

_ASKING_WORDS = frozenset(
    search_fold(
        "من ما ماذا متى أين كم كيف لماذا هل أي أية مين شو وين إمتى ايمتى ليش ليه قديش أديش كام فين إيه ايش إيش وش "
        "منو شنو هو هي هم هذا هذه ذلك تلك الذي التي الذين كان كانت بلغ بلغت عدد اسم تم يتم مش يلي اللي إنو إنه ان في "
        "على إلى عن مع عند بعد قبل بين وما ومن أو لو قد لم لن لا يا هيك هلأ دلوقتي عشان شلون كيفاش منين بكم بكام أكتر "
        "who whom whose what which when where why how many much long far did does do done is are was were be been being "
        "has have had will would can could should may might the a an of in on at to for from by with about into "
        "through during between and or but not no it its their his her they them he she this that these those there "
        "any some name number please tell me know happen happened long old"
    ).split()
)


def kind_of(text: str) -> Kind:
    """Return the kind of thing the question ``text`` asks for; `Kind.OPEN` where no rule says."""
    folded = " ".join(search_fold(text).split())
    for kind, pattern in _KINDS:
        if pattern.search(folded):
            return kind
    return Kind.OPEN


def is_asking_word(written: str) -> bool:
    """Tell whether a word only asks (``متى``, ``how``) or binds, so that no evidence need contain it."""
    return search_fold(written) in _ASKING_WORDS


def read_question(text: str, *, now: datetime, lang: str | None = None, question_id: str = "q1") -> Question:
    """Make a `Question` of what a reader typed at ``now`` (an aware time in the reader's zone).

    Spoken Arabic is put into its written form (`rag.colloquial`). Raises `UsageError` when nothing is asked
    or the text is over `LONGEST_QUESTION` characters.
    """
    cleaned = " ".join(clean_body(text).split())
    if not re.search(r"\w", cleaned):
        raise UsageError("question", "there is nothing to answer in it")
    if len(cleaned) > LONGEST_QUESTION:
        raise UsageError("question", f"it has {len(cleaned)} characters; the longest is {LONGEST_QUESTION}")
    language: Literal["ar", "en"] = question_language(cleaned)
    if lang == "ar":
        language = "ar"
    elif lang == "en":
        language = "en"
    window = resolve_window(cleaned, asked_on=now.date())
    latest = asks_for_latest(cleaned)
    timely = window.phrase if window else ""
    written = written_form(cleaned, timely=timely) if language == "ar" else cleaned
    typed = cleaned if written != cleaned else None
    return Question(question_id, written, language, now, window, latest, spoken=typed)
