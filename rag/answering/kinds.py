"""Whether a sentence holds the kind of thing that a question asks for: a number, a day, a cause, a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from rag.dates import find_dates
from rag.questions import Kind, is_asking_word
from rag.text import Word, fold, repair, search_fold, words
from rag.types import Span
from rag.words import background_frequencies

# An undated article's "on Sunday" is a time told as well: any day of publication serves to find it.
_ANY_DAY = date(2020, 6, 15)
# Kinds whose absence can be seen in the letters; the rest is a matter of degree.
STRICT = frozenset({Kind.COUNT, Kind.AMOUNT, Kind.WHEN})

_NUMBER_WORDS = frozenset(
    search_fold(
        "واحد واحدة اثنان اثنين اثنتان اثنتين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان ثماني ثمانية تسع "
        "تسعة عشر عشرة عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين "
        "تسعون تسعين مئة مائة مئتان مئتين مئتي مائتي ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة ألف ألفا "
        "ألفان ألفين ألفي آلاف مليون مليونا مليوني مليونان مليونين ملايين مليار مليارا مليارات ملياري مليارين "
        "عشرات مئات نصف ثلث ربع ثلثي شخصان شخصين مرتين مرتان ضعف "
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
        "million millions billion billions dozen dozens half third quarter twice double single both"
    ).split()
)
_DUAL = re.compile(r"[\u0621-\u064a]{3}(?:ين|ان|ا)\b|\d")
"""Endings of two of a thing, of some nouns in the plural as well; a year by itself counts too."""
_DATE_NEAR = re.compile(r"(?:عام|سنه|سنة|في|in|since|منذ|until|حتي|by)\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[3-9]\d\d|20\d\d)$")
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|caused|causing|after|following|as a result|resulted|amid|over|to protest|"
    r"in protest|in order to|so that|blamed|blaming|reason|citing|triggered|led to|prompted|attributed|since|for "
    r"fear|aim\w*|intended|to (?:avoid|prevent|allow|protect|make|reduce|cut|help|ease|give|keep|stop))\b|"
    r"بسبب|لان|لانه|لانها|اثر|نتيجه|جراء|بعد|عقب|نظرا|احتجاج|بهدف|من اجل|بغيه|لكي|كي|حتي|سببه|اسباب|سبب|ادي الي|"
    r"ادت الي|مما|ما ادي|علي خلفيه|في ظل|بفعل|بدعوي|لتفادي|لتجنب|لمنع|لحمايه|لتخفيف|لضمان|عزا|عزت|يعود|تعود|يرجع|"
    r"ارجع|مبرر|معلل|تمهيد|بداعي|ل(?:خفض|دعم|مواجه|تحسين|زياده|تقليل|توفير)"
)
_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|into|through|via|outside|off|across|around|between|north|south|east|west|along|"
    r"towards?)\s+(?:the\s+)?(?:\w+\s+){0,2}?[A-Z]|"
    r"\b(?:في|من|الي|قرب|عبر|نحو|شمال|جنوب|شرق|غرب|وسط|قباله|بين|خارج|داخل|بمدينه|بمحافظه|بمنطقه|باتجاه|بمدخل|"
    r"لمدينه|علي)\b"
)


def holds(kind: Kind, text: str, asked: Sequence[Word]) -> bool:
    """Tell whether ``text`` holds a thing of ``kind`` that the ``asked`` words do not bring themselves."""
    if kind in (Kind.COUNT, Kind.AMOUNT):
        return bool(numbers_in(text, {word.term for word in asked}))
    if kind is Kind.WHEN:
        return bool(dates_in(text))
    if kind is Kind.WHY:
        return bool(reasons_in(text))
    if kind is Kind.WHERE:
        return bool(_PLACE.search(text) or _PLACE.search(search_fold(text)))
    if kind is Kind.WHO:
        return _brings_a_name(text, {word.term for word in asked})
    return True


def points_past(kind: Kind, sentence: str, pointed: Span) -> tuple[bool, bool]:
    """Tell whether the words ``pointed`` at hold no number or time though one is asked for, and no name
    though somebody is. By the letters alone: where no text can be embedded, sentences are read all the same.
    """
    text = pointed.of(sentence)
    if kind in STRICT:
        # "March" is a time in its sentence, and hardly one by itself; a time may be told as a number.
        there = any(d.start < pointed.end and pointed.start < d.end for d in dates_in(sentence))
        return not (there or numbers_in(text) or _DUAL.search(text)), False
    return False, kind is Kind.WHO and not _is_named(text)


def _is_named(text: str) -> bool:
    common = background_frequencies()[1]
    return any(
        word.written[0].isupper() or ("\u0620" <= word.written[0] <= "\u064a" and word.term not in common)
        for word in words(text)
        if not is_asking_word(word.written)
    )


def numbers_in(text: str, known: Collection[str] = ()) -> list[Span]:
    """Return where numbers stand in ``text``, in digits or in words; years and days of dates are left out."""
    dated = dates_in(text)
    found = []
    for word in words(text):
        if any(d.start <= word.span.start < d.end for d in dated) or word.term in known:
            continue
        written = repair(word.written)
        if written[0].isdigit():
            before = text[max(0, word.span.start - 8) : word.span.start]
            if not (_YEAR.match(written) and _DATE_NEAR.search(search_fold(before))):
                found.append(word.span)
        elif _is_number_word(search_fold(written)):
            found.append(word.span)
    return found


def dates_in(text: str) -> list[Span]:
    """Return where a time is told; whether it can be resolved does not matter here."""
    return [Span(told.start, told.end) for told in find_dates(text, published=_ANY_DAY, sure=False)]


def reasons_in(text: str) -> list[Span]:
    """Return where a cause or an aim is told."""
    folded = fold(text)
    return [folded.original(Span(match.start(), match.end())) for match in _CAUSE.finditer(folded.text)]


def _is_number_word(folded: str) -> bool:
    bare = folded.removeprefix("و").removeprefix("ال")
    return bool({folded, bare, folded.removeprefix("ب"), folded.removeprefix("ل")} & _NUMBER_WORDS)


def _brings_a_name(text: str, known: set[str]) -> bool:
    for at, word in enumerate(words(text)):
        if word.term in known or word.term.isdigit():
            continue
        capital = word.written[:1].isupper() and at > 0
        rare = "\u0620" <= word.written[0] <= "\u064a" and word.term not in background_frequencies()[1]
        if capital or rare:
            return True
    return False
