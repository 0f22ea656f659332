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
from rag.dates.tense import Tense


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an expression stands: the day it is told from, its clause's tense, what else speaks for it."""

    reference: date | None
    tense: Tense
    cued: bool
    capital: bool
    asked: bool

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
WHICH = rf"(?:من\s+)?(?:هذا\s+)?(?P<which>{LAST}|{NEXT}|{THIS}|last|next|this\s+year)"
_AR_DAYS = any_of(day for day in tables.WEEKDAYS if not day.isascii())
_EN_DAYS = any_of(day for day in tables.WEEKDAYS if day.endswith("day"))
_EN_SHORT = any_of(day for day in tables.WEEKDAYS if day.isascii())
WEEKDAY = rf"(?:ال|لل)(?P<arday>{_AR_DAYS})|(?P<enday>{_EN_DAYS})"
ANY_WEEKDAY = rf"(?:(?:ال|لل)(?:{_AR_DAYS})|(?:{_EN_SHORT})\.?)"

_LAST = re.compile(rf"^(?:{LAST}|last|past|previous)$")
_NEXT = re.compile(rf"^(?:{NEXT}|next|coming)$")


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


def build(resolve: Resolver, *cores: str) -> list[Rule]:
    """Return one rule for each pattern, all resolved alike."""
    return [Rule(phrase(core), resolve) for core in cores]


unresolved: Resolver = partial(lambda _match, _setting: None)
"""What a vague or misleading expression stands for: nothing, and neither do the words inside it."""
