"""Where outlets put different things in the place that a question asks about.

*Updated*: one outlet (or copies of its piece) says otherwise later. *Disputed*: independent outlets say
different things of the same moment. Different things, other times, other units, estimates and bounds that
leave room for each other are no disagreement; where it is not certain, none is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Literal

from rag.answering.causes import cause_told, is_cause, is_effect
from rag.answering.companions import Told
from rag.answering.counted import fates_asked
from rag.answering.naming import Named
from rag.answering.values import Amount, Comparison, Days, Value, Wording, value_of
from rag.answering.wording import Wordings
from rag.copies import sources_of
from rag.dates import find_dates
from rag.questions import Kind, kind_of
from rag.text import search_fold
from rag.types import Article, Question, Span

_SAME_MOMENT = timedelta(hours=30)
_LATER = timedelta(hours=1)
_ONE_COUNT = timedelta(hours=3)
"""Within it two counts that rise were made at one moment."""
_NEVER = datetime.max.replace(tzinfo=UTC)
_LEAST_REASONED_SHARE, _LEAST_REASONED, _SURE_WINDOW, _SURE, _SURE_SHARE = 0.3, -3.0, 0.5, 0.4, 0.8
_LEAST_SHARE, _LEAST_SURENESS, _LEAST_WINDOW = 0.6, 0.3, -2.2
_ALL_OF_IT, _TARGET = 0.9, 0.4
_COVER = 4.0
"""What holding all words of the question is worth, in log odds that a sentence answers."""
_LEAST_SUM = 0.5
_LEAST_FATED_SUM, _LEAST_FATED_SURENESS = 0.0, 0.2
"""The least sum and sureness for the number of the dead where the dead are asked for."""
_CLEARLY, _LEAST_CLEAR_SURENESS = 1.0, 0.2
"""Where the reader finds clearly that a sentence answers, it may waver over which words of a date do."""
_LEAST_TARGET = 0.2
"""How well what is asked for must be met beside a number in the question's language."""
_LEAST_COVER = 0.2
"""The share of the question that either side must hold, unless causes are compared."""
_LESS_SURE = 0.75
"""By how much the surer side may be less sure than the surest answer of all."""
_CLOCK = re.compile(r"\bwhat (?:time|hour)\b|\bاي ساعه\b|\bالساعه (?:كم|كام)\b|\bكم الساعه\b")
_ONE_SURE = -1.2
"""Log odds that at least one of two sides must answer with: else both may be about something else."""
_CAUSE = re.compile(
    r"\bwhat (?:caused|killed|triggered|started|sparked|led to|brought (?:about|down)|destroyed|sank|"
    r"was behind|is behind|made)\b|\bcause of\b|\b(?:ما|شو|ايه|وش|ايش) (?:هو |هي )?(?:ال)?سبب\b|"
    r"\b(?:ما|مين|شو|ايه) (?:ال)?(?:ذي|لي) (?:تسبب|سبب|ادي|قتل|اشعل)\b|"
    r"\bما الذي (?:تسبب|سبب|ادي|قتل|اشعل|اسقط)\b"
)
_BODY = re.compile(
    r"\b(?:which|what) (?!(?:the|a|an|is|are|was|were|do|does|did|will|has|had) )(?:\w+ )?"
    r"(?:company|firm|bank|group|agency|team|club|party|body|union|institute|"
    r"university|ministry|court|contractor|airline|bidder|organi[sz]ation|candidate|player|minister|director)\b|"
    r"\b(?:ما|اي|انهي) (?:هي |هو )?(?:ال)?(?:شركه|شركات|مصرف|بنك|مجموعه|وكاله|فريق|نادي|حزب|هييه|نقابه|"
    r"معهد|جامعه|وزاره|محكمه|جهه|موسسه|منظمه|مرشح|لاعب|وزير|مدير)\b"
)
"""Asks who, by what it is."""
_CHANGES = re.compile(
    r"\b(?:rose|risen|rises|climbed|climbs|increased|grew|grown|jumped|reached|gone up|raised|raising|"
    r"up from|fell|fallen|revised|higher than|more than first)\b|"
    r"ارتفع|ارتفعت|يرتفع|زاد|زادت|صعد|صعدت|قفز|بلغت|انخفض|تراجع|عدل|عدلت|بعد ان كان"
)
_CLAUSE = re.compile(
    r"[,،;؛:.!?؟\n]+|\s(?:because|after|when|since|which|and)\s|\s(?:بعدما|بعد أن|لأن|حين|إذ|ما)\s"
)
_DENIES = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|not|no|reject\w*|ruled out|ruling out)\b|"
    r"(?<!\w)[وف]?(?:نفي|نافيا?|نافيه|نفت|ينفي|تنفي|ليس|ليست|لا|لم|استبعد\w*)(?!\w)"
)

_TO_COME = re.compile(
    r"\bwhen (?:will|does|do|is|are)\b|\b(?:what|which|for what) (?:date|day) (?:will|does|do|is|are)\b|"
    r"(?<!\w)(?:متي|ايمتي|امتي|ايمت|اي يوم|باي يوم) (?:س|سوف |رح |راح |ح|ه)?[يت]\w{3,}"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

Status = Literal["updated", "disputed"]


@dataclass(frozen=True, slots=True)
class Opposed:
    """Sentences that say different things of one slot, by status: the newest first of *updated*, else the
    oldest.
    """

    status: Status
    sides: tuple[Told, ...]


def slot_of(question: Question, words: str) -> Kind | None:
    """Return the kind of thing whose values can be compared for a question, ``None`` where there is none.

    ``words`` are those that answer it best: they tell what is asked for where the question does not.
    """
    kind = kind_of(question.text)
    if kind is Kind.WHEN and _CLOCK.search(search_fold(question.text)):
        return None  # the time of day is not compared
    if kind in (Kind.COUNT, Kind.AMOUNT, Kind.WHEN, Kind.WHY, Kind.WHO):
        return kind
    folded = " ".join(search_fold(question.text).split())
    if _CAUSE.search(folded):
        return Kind.WHY
    if _BODY.search(folded):
        return Kind.WHO
    if kind is Kind.OPEN and words:
        value = value_of(Kind.OPEN, words, Span(0, len(words)), None)
        return {Amount: Kind.AMOUNT, Days: Kind.WHEN}.get(type(value))
    return None


def answers(question: Question, kind: Kind, told: Told) -> bool:
    """Tell whether a sentence surely answers ``question`` with a thing of ``kind``."""
    value = _value(kind, told)
    if value is None:
        return False
    fated = False
    if isinstance(value, Days) and not _is_of_its_time(question, value, told.article):
        return False
    if kind is not Kind.WHEN and not _is_of_its_year(question, told):
        return False
    if isinstance(value, Amount):
        if value.is_of_another_fate(question.text) or value.is_of_another_thing(question.text):
            return False
        fated = bool(value.fates & fates_asked(question.text))
        met = fated or told.target >= _LEAST_TARGET or told.article.lang != question.lang
        if kind is Kind.COUNT and not met:
            return False
    if kind is Kind.WHY:
        if is_effect(told.sentence, told.within):
            return False
        reasoned = told.share >= _LEAST_REASONED_SHARE and told.window >= _LEAST_REASONED
        surely = told.window >= _SURE_WINDOW and told.sureness >= _SURE
        return surely or (reasoned and is_cause(told.sentence, told.within))
    if kind is Kind.WHO:
        return told.window >= 0 and told.share >= _SURE_SHARE and told.sureness >= _SURE
    clear = told.window >= _CLEARLY and told.share >= _ALL_OF_IT
    sureness = _LEAST_FATED_SURENESS if fated else _LEAST_CLEAR_SURENESS if clear else _LEAST_SURENESS
    if told.share < _LEAST_SHARE or told.sureness < sureness:
        return False
    least = _LEAST_FATED_SUM if fated else _LEAST_SUM
    if told.window >= _LEAST_WINDOW and told.window + _COVER * told.cover >= least:
        return True
    pointed = told.share >= _ALL_OF_IT and told.sureness >= _ALL_OF_IT
    return pointed and told.target >= _TARGET and told.window >= _LEAST_REASONED


class Disagreements:
    """Finds who disagrees, among sentences that answer one question. Thread-safe."""

    def __init__(self, wordings: Wordings) -> None:
        self._wordings = wordings

    def among(self, question: Question, kind: Kind, told: Sequence[Told]) -> list[Opposed]:
        """Return where ``told``, all of which answer with a thing of ``kind``, disagree: at most one of
        each status.

        Whoever asks for the latest is shown no earlier values.
        """
        of_sources = sources_of([one.article for one in told])
        values = {id(one): value for one in told if (value := _value(kind, one)) is not None}
        statements = [one for one in told if id(one) in values]
        surest = max((one.window for one in statements), default=0.0)
        found: dict[Status, Opposed] = {}
        for one, other in sorted(combinations(statements, 2), key=lambda pair: -_weight(*pair)):
            if one.event != other.event or max(one.window, other.window) < _ONE_SURE:
                continue
            if kind is not Kind.WHY and (
                min(one.cover, other.cover) < _LEAST_COVER
                or max(one.window, other.window) < surest - _LESS_SURE
            ):
                continue
            older, newer = sorted((one, other), key=lambda side: _instant(side.article) or _NEVER)
            same_source = of_sources[one.article.id] == of_sources[other.article.id]
            status: Status = "updated" if same_source else "disputed"
            if status in found or not self._are_opposed(older, newer, values, status):
                continue
            if status == "updated":
                if not question.latest:
                    found[status] = Opposed(status, (newer, older))
            elif not _agree_elsewhere(older, newer, statements, values, of_sources):
                found[status] = Opposed(status, (older, newer))
        return list(found.values())

    def _are_opposed(self, older: Told, newer: Told, values: dict[int, Value], status: Status) -> bool:
        before, after = _instant(older.article), _instant(newer.article)
        if before is None or after is None:
            return False
        one, other = values[id(older)], values[id(newer)]
        if status == "updated":
            if after - before < _LATER:
                return False
            if isinstance(one, Wording) or isinstance(other, Wording):
                return _names_another_later(older, one, newer, other)
            # A day is put off to another day; a weekday may be that of whatever is told beside it.
            exact = not any(isinstance(day, Days) and not day.exact for day in (one, other))
            return exact and _compare(one, other, later=True) is Comparison.DIFFERENT
        if after - before > _SAME_MOMENT:
            return False
        if isinstance(one, Wording) and isinstance(other, Wording):
            return self._say_otherwise(older, one, newer, other)
        counted_later = isinstance(one, Amount) and after - before > _ONE_COUNT
        if counted_later and _CHANGES.search(search_fold(newer.sentence)):
            return False
        return _compare(one, other, later=False) is Comparison.DIFFERENT

    def _say_otherwise(self, older: Told, mine: Wording, newer: Told, theirs: Wording) -> bool:
        """Tell whether two answers in words differ, and neither stands beside the other one's."""
        if mine.named and theirs.named and (mine.named.names or theirs.named.names):
            return _name_others(older, mine.named, newer, theirs.named, later=False)
        first, second = (cause_told(side.sentence, side.within) for side in (older, newer))
        if not self._wordings.differ(first, second):
            return False
        return not self._wordings.any_like(first, _clauses(newer)) and not self._wordings.any_like(
            second, _clauses(older)
        )


def _names_another_later(older: Told, one: Value, newer: Told, other: Value) -> bool:
    """Tell whether an outlet names another one than before; causes are told in too many ways."""
    if not isinstance(one, Wording) or not isinstance(other, Wording) or not one.named or not other.named:
        return False
    return _name_others(older, one.named, newer, other.named, later=True)


def _value(kind: Kind, told: Told) -> Value | None:
    published = told.article.published
    return value_of(kind, told.sentence, told.within, published.first_day if published else None)


def _name_others(older: Told, first: Named, newer: Told, second: Named, *, later: bool) -> bool:
    """Tell whether two answers name different ones, and neither names the other's beside its own.

    What is told ``later`` may name who was named before.
    """
    if not first.is_other_than(second):
        return False
    if any(second.is_told_in(clause) for clause in _clauses(older)):
        return False
    return later or not any(first.is_told_in(clause) for clause in _clauses(newer))


def _is_of_its_time(question: Question, days: Days, article: Article) -> bool:
    """Tell whether days may be those of what is asked for: what is still to come is not told as past."""
    published = article.published
    ahead = _TO_COME.search(" ".join(search_fold(question.text).split()))
    return not ahead or published is None or days.last >= published.first_day


def _is_of_its_year(question: Question, told: Told) -> bool:
    """Tell whether a sentence can be of the time asked about: not where it names another year alone."""
    published = told.article.published
    asked, named = _years(question.text), _years(told.sentence)
    own = {str(published.first_day.year)} if published else set()
    if asked:
        return bool(asked & (named | own))
    return not named or not own or bool(named & own)


def _years(text: str) -> set[str]:
    """Return the years that a text's dates are told with; 2000 people are no year."""
    if not _YEAR.search(search_fold(text)):
        return set()
    told = (search_fold(text[date.start : date.end]) for date in find_dates(text, published=None))
    return {year for words in told for year in _YEAR.findall(words)}


def _compare(one: Value, other: Value, *, later: bool) -> Comparison:
    if isinstance(one, Amount) and isinstance(other, Amount):
        return one.compare(other, later=later)
    if isinstance(one, Days) and isinstance(other, Days):
        return one.compare(other)
    return Comparison.UNCLEAR


def _agree_elsewhere(
    one: Told, other: Told, told: Sequence[Told], values: dict[int, Value], of_sources: dict[str, int]
) -> bool:
    """Tell whether one of two sources also says what the other does: then the two do not dispute it."""
    for side, opposite in ((one, other), (other, one)):
        of_side = of_sources[side.article.id]
        further = (one for one in told if of_sources[one.article.id] == of_side and one is not side)
        if any(
            _compare(values[id(one)], values[id(opposite)], later=True) is Comparison.SAME for one in further
        ):
            return True
    return False


def _weight(one: Told, other: Told) -> float:
    """Return how much two sentences together are worth to whoever asks."""
    return one.weighed + other.weighed + min(one.window, other.window) / 100


def _instant(article: Article) -> datetime | None:
    return article.published.instant if article.published else None


def _clauses(told: Told) -> list[str]:
    """Return the clauses of the sentence that answers and of those beside it, but what it denies."""
    spans = told.passage.chunk.sentences
    at = spans.index(told.span)
    text = told.article.body[spans[max(0, at - 1)].start : spans[min(len(spans) - 1, at + 1)].end]
    clauses = (clause.strip() for clause in _CLAUSE.split(text))
    return [clause for clause in clauses if clause and not _DENIES.search(search_fold(clause))]
