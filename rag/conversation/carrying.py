"""A follow-up completed by rules: its own asking words, and what the question before it was about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from rag.conversation.before import Before
from rag.conversation.reading import Reading, Token
from rag.conversation.tables import ADVERBS, AUXILIARIES, BEFORE_ASKING, HAPPENING, HOW, REFERRING
from rag.conversation.topics import CARRIED, END_MARKS, folded_word, joined, topic_of
from rag.dates import find_dates
from rag.text import Word, question_language, search_fold, words

Likeness = Callable[[Sequence[Word], Sequence[Word]], Sequence[Sequence[float]]]
"""Returns how alike each of some words is to each of others, 0 to 1."""

_MARKS: Final = {"ar": "؟", "en": "?"}
_LIKE: Final = 0.5
"""Likeness from which on a word takes the place of another: trucks that of cars."""
_THIN: Final = 2
"""Words that carry something, below which a question without a name says too little to be found by."""
_SIDES: Final = {"before": "after", "after": "before", "قبل": "بعد", "بعد": "قبل"}
_WHEN_BEFORE: Final = frozenset({"on", "in", "في", "يوم"})
_ADVERBIAL: Final = frozenset(
    search_fold(w) for w in "yesterday today tomorrow last this next أمس اليوم غدا مبارح".split()
)
"""Days that stand without a preposition."""
_DAY: Final = re.compile(
    r"^(?P<led>(?:on|(?:و?في|و?يوم))\s+)?(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+منه)?$",
    re.IGNORECASE,
)


def carried_over(reading: Reading, before: Before, today: date, likeness: Likeness | None) -> str:
    """Return the turn as it would be asked on ``today`` without the conversation.

    Where it can be, it is the question before with one part exchanged: the asking word, a day, a word like
    the turn's own. Otherwise it is the turn, and in brackets what it leaves unsaid.
    """
    mark = _MARKS[reading.lang]
    whole = None
    if reading.lang == before.reading.lang:
        if reading.about or not reading.asks:
            whole = _with_other_part(reading, before, today, likeness)
        elif _only_asks(reading):
            whole = _with_other_asking(reading, before)
    if whole is not None:
        return _tidied(whole, mark)
    asked = _tidied(reading.whole, mark)
    topic = _topic(reading, before)
    return f"{asked} ({topic})" if topic else asked


def _topic(reading: Reading, before: Before) -> str:
    """Return what the turn is about: the question before, or the title that answered it.

    The title comes where it is in the turn's language and the question is not, and with a question that
    says little.
    """
    topic = topic_of(before.question)
    title = before.article.title if before.article else ""
    if title and question_language(title) == reading.lang != before.reading.lang:
        return title
    says_little = len(before.reading.content) < _THIN and not before.reading.anchored
    return joined(topic, title) if says_little else topic


def _only_asks(reading: Reading) -> bool:
    """Tell whether a turn has nothing but its asking words: *when was that?*, متى حدث ذلك؟."""
    nothing = AUXILIARIES | REFERRING | BEFORE_ASKING | HAPPENING
    return all(token.asks or token.folded in nothing for token in reading.tokens)


def _with_other_asking(reading: Reading, before: Before) -> str | None:
    """Return the question before with the turn's asking word, where both ask for a circumstance."""
    asked = before.reading.tokens
    asking = next((token for token in reading.tokens if token.asks), None)
    if asking is None:
        return None
    if CARRIED.match(before.question) or len(asked) < 2 or not {asking.folded, asked[0].folded} <= ADVERBS:
        return None
    if asked[0].folded == "how" and asked[1].folded in HOW:
        return None
    return _with_preposition(reading, asking) + before.reading.text[asked[0].word.span.end :]


def _with_preposition(reading: Reading, asking: Token) -> str:
    number = reading.tokens.index(asking)
    first = (
        reading.tokens[number - 1]
        if number and reading.tokens[number - 1].folded in BEFORE_ASKING
        else asking
    )
    return reading.text[first.word.span.start : asking.word.span.end]


def _with_other_part(reading: Reading, before: Before, today: date, likeness: Likeness | None) -> str | None:
    """Return the question before with the turn in the place of the part that it is another of."""
    piece = reading.text.rstrip(END_MARKS)
    return (
        _with_other_side(reading, before.reading)
        or _with_other_day(piece, before.reading.whole, today)
        or _with_other_word(reading, piece, before.reading, likeness)
    )


def _with_other_side(reading: Reading, asked: Reading) -> str | None:
    """*What was the fee after the rise?* — *and before?*."""
    if len(reading.tokens) != 1:
        return None
    opposite = _SIDES.get(reading.tokens[0].folded)
    side = next((token for token in asked.tokens if token.folded == opposite), None)
    return _exchanged(asked.text, side.word, reading.tokens[0].written) if side else None


def _with_other_day(piece: str, asked: str, today: date) -> str | None:
    """*Why was it put off on 19 February?* — *and on the 27th?*."""
    told = find_dates(asked, published=today, now_like=True)
    day = _DAY.match(piece.strip())
    if day and told:
        written = asked[told[0].start : told[0].end]
        changed, times = re.subn(r"\d+", day["day"], written, count=1)
        return asked[: told[0].start] + changed + asked[told[0].end :] if times else None
    mine = find_dates(piece, published=today, now_like=True)
    beside = (piece[: mine[0].start] + piece[mine[0].end :]).split() if mine else []
    if not mine or any(folded_word(word) not in BEFORE_ASKING for word in beside):
        return None
    if not told:
        return f"{asked.rstrip(END_MARKS)} {piece}"
    start = _start_with_preposition(asked, told[0].start, piece)
    return asked[:start] + piece + asked[told[0].end :]


def _with_other_word(reading: Reading, piece: str, asked: Reading, likeness: Likeness | None) -> str | None:
    """*What is the unemployment rate?* — *and inflation?*: the word most like the turn's first makes room."""
    mine = [reading.tokens[n].word for n in reading.content[:1]]
    theirs = [asked.tokens[n].word for n in asked.content]
    if likeness is None or not mine or not theirs or CARRIED.match(asked.whole):
        return None
    row = likeness(mine, theirs)[0]
    best = max(range(len(theirs)), key=lambda n: row[n])
    return _exchanged(asked.text, theirs[best], piece) if row[best] >= _LIKE else None


def _exchanged(text: str, word: Word, piece: str) -> str:
    return text[: _start_with_preposition(text, word.span.start, piece)] + piece + text[word.span.end :]


def _start_with_preposition(text: str, start: int, piece: str) -> int:
    """Return where a part of ``text`` begins, its preposition included where ``piece`` takes none of it."""
    first = next(iter(words(piece)), None)
    lead = text[:start].rstrip()
    last = folded_word(lead.split()[-1]) if lead else ""
    if first is None or not last:
        return start
    brings = folded_word(first.written)
    same = brings in BEFORE_ASKING and last in (brings, *_WHEN_BEFORE)
    return (
        len(lead) - len(lead.split()[-1])
        if same or (brings in _ADVERBIAL and last in _WHEN_BEFORE)
        else start
    )


def _tidied(text: str, mark: str) -> str:
    bare = text.strip().rstrip(END_MARKS)
    return bare[:1].upper() + bare[1:] + mark
