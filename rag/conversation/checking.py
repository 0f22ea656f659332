"""Whether a question that a model made of a follow-up may be asked: nothing new in it, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rag.answering.verification.alignment import alike, is_content, of_one_place, same_spelling
from rag.answering.verification.names import is_name
from rag.answering.verification.numbers import equal, numbers_in
from rag.answering.verification.reading import Text, read
from rag.answering.verification.reading import Token as ReadToken
from rag.bilingual import concepts
from rag.conversation.reading import Reading, read_turn
from rag.conversation.references import refers
from rag.conversation.tables import ASKING, AUXILIARIES, VAGUE
from rag.questions import Kind, kind_of
from rag.text import question_language

_LONGEST: Final = 300
_MOST_NEW: Final = 2
"""Words without a name or number in them that a model may add to bind what it carries over."""
_NO_QUESTION: Final = re.compile(r"[a-z]{2,}://|\bwww\.|(?<!\w)[@#/]\w|[<>{}\[\]`|\\]", re.IGNORECASE)


def is_faithful(written: str, reading: Reading, history: Sequence[str]) -> bool:
    """Tell whether ``written`` asks what the turn asks, of what ``history`` (questions, titles, quotes) says.

    It has to be one short question in the turn's language, of the turn's kind, that refers to nothing unsaid,
    adds something to the turn, keeps its names and numbers, and has none that nobody said.
    """
    if not 0 < len(written) <= _LONGEST or _NO_QUESTION.search(written):
        return False
    if question_language(written) != reading.lang:
        return False
    made = read_turn(written)
    if made.leads or refers(made) or _asks_for(reading) not in (Kind.OPEN, _asks_for(made)):
        return False
    said, turn, sources = read(written), read(reading.whole), [read(text) for text in history]
    return _adds(said, turn) and _keeps(said, turn) and _says_nothing_new(said, [turn, *sources])


def _asks_for(reading: Reading) -> Kind:
    """Return the kind of what is asked first: *who said how many ...* asks who."""
    asking = [token for token in reading.tokens if token.asks]
    return kind_of(reading.whole[: asking[1].word.span.start] if len(asking) > 1 else reading.whole)


def _adds(said: Text, turn: Text) -> bool:
    own = {token.stem for token in turn.tokens}
    return any(token.stem not in own for token in said.tokens if is_content(token) or token.digits)


def _keeps(said: Text, turn: Text) -> bool:
    names = [token for token in turn.tokens if is_name(token) and not token.arabic]
    numbers = [number.value for number in numbers_in(said)]
    return all(_stands(token, said) for token in names) and all(
        any(equal(number.value, value) for value in numbers)
        for number in numbers_in(turn)
        if not number.in_words
    )


def _says_nothing_new(said: Text, sources: Sequence[Text]) -> bool:
    held = [number.value for source in sources for number in numbers_in(source)]
    for number in numbers_in(said):
        counts_nothing = number.in_words and number.value in (1, 2)
        if not counts_nothing and not any(equal(number.value, value) for value in held):
            return False
    new = [
        token
        for token in said.tokens
        if is_content(token) and not _is_grammar(token) and not any(_stands(token, text) for text in sources)
    ]
    # A word that no dictionary has can be a name: Arabic shows it by no capital.
    if any(not concepts(token.folded) or (token.capital and not token.opens) for token in new):
        return False
    is_translated = any(source.arabic != said.arabic for source in sources)
    return is_translated or len(new) <= _MOST_NEW


def _is_grammar(token: ReadToken) -> bool:
    return token.folded in ASKING or token.folded in AUXILIARIES or token.folded in VAGUE


def _stands(token: ReadToken, text: Text) -> bool:
    return any(
        same_spelling(token.written, other.written) or alike(token, other) or of_one_place(token, other)
        for other in text.tokens
    )
