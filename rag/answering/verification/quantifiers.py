"""Quantifiers: about, at least, less than beside a number; all, most, some beside a word."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answering.verification.alignment import Alignment, is_content
from rag.answering.verification.numbers import Number, equal, numbers_in
from rag.answering.verification.reading import Text, phrases
from rag.answering.verification.units import UNITS, begins_with_unit

BOUNDS = phrases(
    {
        "about": (
            "about|around|some|roughly|approximately|approx|or so|an estimated|estimated|circa|in the region of|in the order of|on the order of|give or take|or thereabouts|in the neighbourhood of|in the vicinity of|more or less|"
            "نحو|حوالي|حوالى|تقريبا|بحدود|في حدود|حدود|يقدر ب|تقدر ب|مقدر ب|بضع و|على وجه التقريب|بالتقريب|زهاء"
        ),
        "nearly": (
            "nearly|almost|close to|just under|just short of|a little under|slightly under|slightly less than|slightly fewer than|just below|not quite|approaching|a shade under|"
            "قرابة|ما يقارب|يقارب|تقارب|ما يقرب من|يقرب من|قريب من|ما يناهز|يناهز|تناهز|ناهز|ناهزت|ناهزوا|قارب|قاربت|قاربوا|يكاد يبلغ|تكاد تبلغ|كاد يبلغ|ما يقل قليلا عن|يقل قليلا عن|تقل قليلا عن|ما يقل بقليل عن|يقل بقليل عن|أقل بقليل من|أقل قليلا من|دون ... بقليل"
        ),
        "just over": (
            "just over|a little over|slightly over|slightly more than|a little more than|just above|just more than|a shade over|"
            "أكثر بقليل من|أكثر قليلا من|أزيد بقليل من|ما يزيد قليلا على|ما يزيد قليلا عن|يزيد قليلا على|يزيد قليلا عن|فوق بقليل"
        ),
        "at least": (
            "at least|no less than|no fewer than|not less than|not fewer than|a minimum of|minimum|or more|upwards of|as a minimum|"
            "حد الأدنى|على الأقل|ما لا يقل عن|لا يقل عن|لا تقل عن|بما لا يقل عن|لا يقل|حد أدنى|كحد أدنى|بحد أدنى|حدها الأدنى|حده الأدنى|فأكثر|أو أكثر|فما فوق|وما فوق"
        ),
        "more": (
            "more than|over|above|in excess of|exceeding|exceed|exceeds|exceeded|surpass*|greater than|higher than|upward of|topped|topping|beyond|longer than|older than|"
            "أكثر من|أزيد من|ما يزيد على|ما يزيد عن|يزيد على|يزيد عن|تزيد على|تزيد عن|بما يزيد على|بما يزيد عن|يفوق|تفوق|ما يفوق|تجاوز|تجاوزت|يتجاوز|تتجاوز|متجاوزا|متجاوزة|أكبر من|فوق|أعلى من|تخطى|تخطت|يربو على|تربو على|ما يربو على|ونيف|أطول من"
        ),
        "at most": (
            "at most|no more than|not more than|up to|as many as|as much as|a maximum of|maximum|not exceeding|does not exceed|do not exceed|did not exceed|or less|or fewer|at the most|capped at|cap of|limit of|limited to|no longer than|"
            "على الأكثر|لا يتجاوز|لا تتجاوز|لم يتجاوز|لم تتجاوز|ما لا يزيد على|ما لا يزيد عن|لا يزيد على|لا يزيد عن|لا تزيد على|لا تزيد عن|لا يتعدى|لا تتعدى|ما يصل إلى|قد يصل إلى|قد تصل إلى|"
            "حد الأقصى|حد أقصى|كحد أقصى|بحد أقصى|حدها الأقصى|حده الأقصى|فأقل|أو أقل|سقف|حتى|كأقصى حد|بما لا يتجاوز|ما لا يتجاوز"
        ),
        "only": "only|just|a mere|merely|no other than|فقط|فحسب|مجرد|لا غير|ليس أكثر من",
        "reach": "يصل إلى|تصل إلى|ليصل إلى|لتصل إلى|وصل إلى|وصلت إلى|بلغ|بلغت|يبلغ|تبلغ",
        "less": (
            "less than|fewer than|under|below|lower than|short of|younger than|shorter than|smaller than|"
            "أقل من|ما يقل عن|يقل عن|تقل عن|بأقل من|دون|أدنى من|ما دون|أصغر من|أقصر من"
        ),
    },
    clitics=True,
)  # fmt: skip
_FITS = {
    "about": {"about", "nearly", "just over"},
    "nearly": {"nearly", "about", "less"},
    "just over": {"just over", "more"},
    "at least": {"at least", "more", "just over"},
    "more": {"more", "just over"},
    "at most": {"at most", "less", "reach", "only"},
    "less": {"less"},
    "reach": {"reach", "at most", "only", ""},
    "only": {"only", "at most", "reach", ""},
    "": {"", "reach", "only"},
}
AMOUNTS = phrases(
    {
        "all": "all|every|each|entire|entirely|whole|everyone|everybody|fully|completely|unanimous*|جميع|جميعا|جميعهم|جميعها|كل|كافة|كامل|كاملة|كاملا|بالكامل|كليا|كلهم|كلها|بأكمله*|بأسره*|برمته*|بإجماع|بالإجماع|عموم|سائر",
        "most": "most|mostly|majority|the bulk|largely|mainly|معظم|معظمهم|معظمها|غالبية|أغلبية|أغلب|أغلبهم|أغلبها|غالبيتهم|غالبيتها|أكثرية|أكثرهم|أكثرها|أكثره|الجزء الأكبر|القسم الأكبر",
        "some": "not all|not every|not everyone|ليس كل|ليس جميع|ليست كل|ليست جميع|لا كل|some|several|a number of|part of|partly|partially|certain|various|a few|few|a handful|handful|القليل|القلة|حفنة من|a couple of|limited number|عدد محدود|بعض|بعضهم|بعضها|عدد من|عدة|جزء من|جزئيا|جزئي|جزئية|قسم من|بضع|بضعة|قلة من|قلة|قليل من|عدد قليل|حفنة",
        "many": "many|numerous|scores|a lot of|lots of|plenty|العديد|كثير|الكثير|كثيرون|عديد|عديدة|جموع",
        "only": "only|solely|merely|just|alone|exclusively|فقط|فحسب|لا غير|وحده|وحدها|وحدهم|حصرا|حصريا|مجرد|سوى",
    },
    clitics=True,
)  # fmt: skip
_AMOUNT_FITS = {
    "all": {"all"},
    "most": {"most"},
    "some": {"some", "many"},
    "many": {"many"},
}
_AFTER = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?P<word>or so|or more|or less|or fewer|at least|at most|على الاقل|على الاكثر|علي الاقل|علي الاكثر|تقريبا|فاكثر|او اكثر|فاقل|او اقل|كحد ادني|كحد اقصي|بحد ادني|بحد اقصي|فما فوق|ونيف|at the most|as a minimum|minimum|maximum)(?!\w)"
)
_NEAR = 3


@lru_cache(maxsize=2048)
def bound_of(text: Text, number: Number) -> str:
    """Return how a number is bounded: ``about``, ``at least``, ``more``, ``at most``, ``less`` or ""."""
    if after := _AFTER.match(text.folded, number.full_end):
        for cue in BOUNDS.find(text):
            if cue.start < after.end("word") and after.start("word") < cue.end:
                return cue.key
    for cue in reversed(BOUNDS.find(text)):
        gap = text.folded[cue.end : number.start]
        if cue.end <= number.start and len(gap.split()) <= 2 and not re.search(r"[,،.;؛\d]", gap):
            if (
                number.unit
                and UNITS[number.unit].measures in ("time", "months")
                and text.folded[cue.start : cue.end] == "over"
            ):
                continue  # over three years: in the course of
            if cue.start and any(n.start < cue.end <= n.end for n in numbers_in(text) if n != number):
                continue
            if all(
                word in _BETWEEN or word.startswith(("ال", "ب", "ل")) or not word.isalpha()
                for word in gap.split()
            ):
                return cue.key
    if _PASSED.search(text.folded[max(0, number.start - 60) : number.start]):
        return "more"
    loose = _LOOSE.search(text.folded[max(0, number.start - 90) : number.start])
    if loose:
        names = {"least": "at least", "most": "at most", "more": "more", "near": "nearly"}
        return next((bound for group, bound in names.items() if loose[group]), "less")
    return ""


_PASSED = re.compile(
    r"(?<!\w)[وف]?(?<!لا )(?<!لم )(?<!لن )(?:[يت]?تجاوزت?|تخطت?|فاقت?|[يت]فوق)\s(?:[^\s\d.،,]+\s){1,4}$"
)
_LOOSE = re.compile(
    r"(?:(?P<least>(?:لا|لم|لن|الا) [يت]قل)|(?P<most>(?:لا|لم|لن|الا) (?:[يت]زيد|[يت]زد|[يت]تجاوز|[يت]تعدي?))|(?P<fewer>(?:لا|لم|لن) [يت]بلغ)|(?P<near>(?<!\w)[وف]?(?:[يت]?ناهزت?|[يت]?قاربت?))|(?P<more>زاد|زادت|[يت]زيد)|(?P<less>قل|قلت|[يت]قل))"
    r"(?=\s)(?(more)[^.،,\d]*?\s(?:عن|علي)\s(?:ال)?$|(?(less)[^.،,\d]*?\s(?:عن|علي)\s(?:ال)?$|[^.،,\d]*?\s(?:عن|علي|ال)?\s*$))"
)
"""Bounds whose verb and number stand apart: لا يزيد عدد المصابين على 40."""
_BETWEEN = frozenset("of the a an to من عن على علي الي ب ل $ € £ نسبه مبلغ us".split())


def differing(alignment: Alignment, skipped: frozenset[Number]) -> list[str]:
    """Return ``bound:…`` and ``amount:…`` for what the claim counts more or less exactly than its quote."""
    reasons: list[str] = []
    for number in numbers_in(alignment.claim):
        if number in skipped or number.sort in ("ordinal", "clock"):
            continue
        twins = [other for other in numbers_in(alignment.quote) if _one_value(number, other)]
        bound = bound_of(alignment.claim, number)
        if twins and not any(bound_of(alignment.quote, other) in _FITS[bound] for other in twins):
            reasons.append(f"bound:{bound or 'exact'}")
    return reasons + _amounts(alignment)


def _one_value(one: Number, other: Number) -> bool:
    return equal(one.value, other.value) or (
        one.measure[0] == other.measure[0] and equal(one.measure[1], other.measure[1])
    )


def _amounts(alignment: Alignment) -> list[str]:
    claimed, held = _amount_cues(alignment.claim), _amount_cues(alignment.quote)
    kinds = {key for key, _ in held}
    reasons = [f"amount:{key}" for key, _ in claimed if key in _AMOUNT_FITS and not _AMOUNT_FITS[key] & kinds]
    for key, counted in claimed:
        of_these = [k for k, words in held if {q for n in counted for q in alignment.of(n)} & set(words)]
        if key in _AMOUNT_FITS and of_these and not _AMOUNT_FITS[key] & set(of_these):
            reasons.append(f"amount:{key} of other")
    wanted = {fit for key, _ in claimed for fit in _AMOUNT_FITS.get(key, ())}
    reasons += [
        f"amount:not {key}"
        for key, counted in held
        if key in _AMOUNT_FITS
        and key not in wanted
        and any(alignment.back(n) and alignment.told_at(alignment.quote.tokens[n].start) for n in counted)
    ]
    return reasons


@lru_cache(maxsize=2048)
def _amount_cues(text: Text) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the amounts of ``text`` with the words they count; before a number they say how exact it is."""
    found = []
    starts = [n.start for n in numbers_in(text) if n.sort != "fraction"]
    for cue in AMOUNTS.find(text):
        if any(0 <= start - cue.end <= 4 for start in starts) or begins_with_unit(text, cue.end):
            continue
        counted = [n for n in text.after(cue.end, 4) if is_content(text.tokens[n])][:1]
        if not counted:
            counted = [n for n in text.before(cue.start, 3) if is_content(text.tokens[n])][-1:]
        found.append((cue.key, tuple(counted)))
    return tuple(found)
