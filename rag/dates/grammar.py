"""The pieces that patterns of dates are made of, over folded text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from rag.dates import tables
from rag.dates.calendar import Days, Direction
from rag.dates.folding import fold
from rag.dates.tense import Announced, Tense


@dataclass(frozen=True, slots=True)
class Told:
    """Another date of the sentence; whether it tells its year, or a month, and what stands behind it."""

    days: Days
    names_year: bool
    names_month: bool
    between: str


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an expression stands: the day it is told from, its clause's tense, what else speaks for it.

    Without ``sure`` what may well be no month is taken for one. ``in_name`` says that an English word is
    written as names are: with a capital inside a sentence where the word has none, or where it has one
    anyway, right behind another word with one (Ruby Tuesday). ``beside_name`` says that it
    has a name right before or behind it. ``told`` is the date that *the same day* counts
    from; ``announced`` what the nearest verb tells of, if it only tells of something;
    ``second`` that the verb has its day already: met on Monday to prepare the vote on Thursday.
    """

    reference: date | None
    tense: Tense
    cued: bool
    capital: bool
    asked: bool
    sure: bool
    in_name: bool
    beside_name: bool
    told: Told | None
    announced: Announced
    second: bool

    @property
    def direction(self) -> Direction | None:
        """The side on which a bare recurring date lies; ``None`` where nothing can be said."""
        if self.reference is None or self.tense == "open":
            return None
        return "future" if self.tense == "future" else "past"


Resolver = Callable[[re.Match[str], Setting], Days | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern whose group ``core`` is an expression, and what it stands for."""

    pattern: re.Pattern[str]
    resolve: Resolver


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of the folded words, the longest first."""
    folded = {fold(word).text for word in words}
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(folded, key=lambda word: (-len(word), word))
    )


def phrase(core: str) -> re.Pattern[str]:
    """Compile ``core`` between word edges; Arabic's one-letter prefixes may lean on it."""
    return re.compile(rf"(?<![\w])(?:[وف]?[بلك]?)(?P<core>{core})(?!\w)")


def words_of(text: str) -> list[str]:
    """Split a table's ``|``-separated words."""
    return text.split("|")


MONTH = any_of(tables.MONTHS)
HIJRI_MONTH = any_of(tables.HIJRI_MONTHS)
NUMBER = rf"\d{{1,3}}|{any_of(tables.NUMBERS)}"
UNIT = any_of(tables.UNITS)
DUAL = any_of(tables.DUALS)
PART = any_of(tables.PARTS)
SEASON = any_of(tables.SEASONS)
LAST = any_of(words_of(tables.LAST_WORDS))
NEXT = any_of(words_of(tables.NEXT_WORDS))
THIS = any_of(words_of(tables.THIS_WORDS))
WHICH = rf"(?:من\s+)?(?:هذا\s+)?(?P<which>{LAST}|{NEXT}|{THIS}|last|next)"
_LED_YEAR = rf"ال(?:عام|سنه)\s+(?:{LAST}|{NEXT}|{THIS}|التالي|التاليه|السابق|السابقه|نفسه|ذاته|نفسها|ذاتها)"
_SAID_YEAR = rf"{_LED_YEAR}|(?:هذا|هذه|نفس|ذات|ذلك|تلك)\s+ال(?:عام|سنه)"
OF_SAID_YEAR = (
    rf"\s*,?\s*(?:من\s+|في\s+|ل|of\s+|in\s+)?(?P<saidyear>{_SAID_YEAR}"
    r"|(?:last|this|next|(?:the\s+)?(?:same|current|coming|previous|following)|that)\s+year)"
)
"""A year told from the day of the text, behind a month or a part of a year: من العام الماضي, last year."""
_AR_DAYS = any_of(day for day in tables.WEEKDAYS if not day.isascii())
_EN_DAYS = any_of(day for day in tables.WEEKDAYS if day.endswith("day"))
_EN_SHORT = any_of(day for day in tables.WEEKDAYS if day.isascii())
ARABIC_WEEKDAY = rf"(?:ال|لل)(?:{_AR_DAYS})"
ENGLISH_WEEKDAY = rf"(?:{_EN_DAYS})"
WEEKDAY = rf"(?:ال|لل)(?P<arday>{_AR_DAYS})|(?P<enday>{_EN_DAYS})"
ANY_WEEKDAY = rf"(?:{ARABIC_WEEKDAY}|(?:{_EN_SHORT})\.?)"

_LAST = re.compile(rf"^(?:{LAST}|last|past|previous)$")
_NEXT = re.compile(rf"^(?:{NEXT}|next|coming)$")


_OTHER_YEAR = re.compile(
    r"same|that|(?P<previous>previous|السابق)|(?P<following>following|التالي)|نفس|ذات|ذلك|تلك"
)

YEAR = r"(?P<year>(?:1[5-9]|20)\d\d|'\d\d)(?![\d]|s(?!\w)|[-/]\d)(?:\s*م(?!\w))?"
OF_YEAR = rf"\s*[,،]?\s*(?:من\s+|of\s+)?(?:ال|ل|لل)?(?:عام\s+|سنه\s+)?{YEAR}"
# A year that no pattern takes (1347, 1225) is still the date's own: without it the date is not told.
NO_YEAR = r"(?!\s*[,،]?\s*(?:من\s+|of\s+)?(?:ال)?(?:عام\s+|سنه\s+)?\d{4})"


def direction_of(which: str) -> Direction:
    """Return the side that a word such as الماضي, المقبل, this names; ``which`` is folded."""
    word = re.sub(r"\s+", " ", which.strip())
    if _LAST.match(word):
        return "last"
    return "next" if _NEXT.match(word) else "this"


def number_of(text: str) -> int:
    """Return the value of a matched number."""
    return int(text) if text.isdigit() else tables.NUMBERS[re.sub(r"\s+", " ", text)]


def look(table: dict[str, int], text: str) -> int:
    """Return the value of a matched name of ``table``."""
    return table[re.sub(r"\s+", " ", text)]


def part_named(name: str) -> str:
    """Return ``early``, ``mid`` or ``late`` for a matched word such as أواخر."""
    return tables.PARTS[re.sub(r"\s+", " ", name)]


def weekday_number(name: str) -> int:
    """Return Python's number of a matched weekday."""
    return tables.WEEKDAYS[re.sub(r"^(?:ال|لل)", "", name.rstrip("."))]


def full_year(digits: str, setting: Setting) -> int | None:
    """Return the year of four digits, or of two behind an apostrophe: the latest one not after the text."""
    if digits.isdigit() and len(digits) == 4:
        return int(digits)
    if setting.reference is None:
        return None
    latest = setting.reference.year + (10 if setting.tense == "future" else 0)
    return latest - (latest - int(digits.strip("'"))) % 100


def _shift(other: re.Match[str]) -> int:
    return -1 if other["previous"] else 1 if other["following"] else 0


def said_year(words: str, setting: Setting) -> int | None:
    """Return the year of *last year* or العام المقبل; of العام نفسه if the sentence tells a year before."""
    if setting.reference is None:
        return None
    other = _OTHER_YEAR.search(words)
    if other:
        return (
            setting.told.days.last.year + _shift(other) if setting.told and setting.told.names_year else None
        )
    which = re.sub(r"^ال(?:عام|سنه)\s+|\s+(?:ال(?:عام|سنه)|year)$|^the\s+", "", words)
    shift: dict[Direction, int] = {"last": -1, "next": 1}
    return setting.reference.year + shift.get(direction_of(which), 0)


def build(resolve: Resolver, *cores: str) -> list[Rule]:
    """Return one rule for each pattern, all resolved alike."""
    return [Rule(phrase(core), resolve) for core in cores]


def build_led(resolve: Resolver, lead: str, *cores: str) -> list[Rule]:
    """Return one rule for each pattern that counts only behind ``lead``, which is no part of it."""
    return [Rule(re.compile(rf"(?<!\w)[وف]?(?:{lead})\s+(?P<core>{core})(?!\w)"), resolve) for core in cores]


unresolved: Resolver = partial(lambda _match, _setting: None)
"""What a vague or misleading expression stands for: nothing, and neither do the words inside it."""
