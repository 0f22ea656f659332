"""A turn of conversation taken apart: how it leads in, what it asks with, what it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rag.conversation.tables import (
    ABOUT,
    ADDRESSING,
    ASKING,
    AUXILIARIES,
    BINDING,
    CALENDAR,
    LEADS,
    NO_CONJUNCTION,
    POLITE,
    REFERRING,
    ROLES,
    SOCIAL,
    VAGUE,
)
from rag.text import Word, fold, question_language, search_fold, words
from rag.words import background_frequencies

NameSense = Callable[[Sequence[Word]], Sequence[float]]
"""Returns for each word how likely it is a proper name, 0 to 1."""

_QUOTED: Final = re.compile(r"[«“\"]\s*\w[^»”\"]+[»”\"]")
_PARTICLE: Final = re.compile(r"^(?:ال|لل|بال|كال|فال)(?=\w{2})")
_VERBAL: Final = re.compile(r"^(?:[يت]\w{2,}|س[يتن]\w{2,}|ب[يتن]\w{2,}|\w{3,}وا)$")
_NAME: Final = 0.3
"""How likely a name an Arabic word has to be to be taken for one."""
_SURE_NAME: Final = 0.6
"""The same of a word that has the form of a verb: dialects have many that no model has seen."""


@dataclass(frozen=True)
class Token:
    """A word of a turn: folded, its search term, and what kind of word it is."""

    word: Word
    folded: str
    arabic: bool
    opens: bool
    after_mark: bool

    @property
    def written(self) -> str:
        """The word as it was written."""
        return self.word.written

    @property
    def term(self) -> str:
        """The word as it is searched for."""
        return self.word.term

    @cached_property
    def asks(self) -> bool:
        """Whether it is an asking word, in Arabic also behind a preposition."""
        return self.folded in ASKING

    @cached_property
    def is_time(self) -> bool:
        """Whether it is the name of a day or a month."""
        return _bare(self.folded) in CALENDAR or self.folded in CALENDAR

    @cached_property
    def carries(self) -> bool:
        """Whether it is a word that something could be searched for by."""
        if self.folded in BINDING or self.folded in AUXILIARIES or self.asks or self.folded in REFERRING:
            return False
        said = self.folded.removesuffix("'s")
        if said in ADDRESSING:
            return False
        return said not in REFERRING and said not in VAGUE and _bare(said) not in VAGUE

    @cached_property
    def is_role(self) -> bool:
        """Whether it names a person or body by what they are to something unsaid."""
        return self.folded in ROLES or _bare(self.folded, keep_article=True) in ROLES

    @cached_property
    def is_definite(self) -> bool:
        """Whether it is an Arabic noun with its article."""
        return bool(_PARTICLE.match(_bare(self.folded, keep_article=True)))


@dataclass(frozen=True)
class Reading:
    """What rules see of a turn.

    ``whole`` is the turn without what leads in (``leads`` says whether anything did), ``text`` the same
    without *what about* at its head (``about`` says whether it asks that).
    """

    text: str
    whole: str
    lang: str
    leads: bool
    about: bool
    tokens: tuple[Token, ...]
    names: frozenset[int]

    @cached_property
    def content(self) -> tuple[int, ...]:
        """The numbers of the words that carry something."""
        return tuple(n for n, token in enumerate(self.tokens) if token.carries)

    @property
    def asks(self) -> bool:
        """Whether it has the form of a question: an asking word, or *did he ...*."""
        opens = self.tokens[0].folded in AUXILIARIES if self.tokens else False
        return opens or any(token.asks for token in self.tokens)

    @property
    def is_social(self) -> bool:
        """Whether it is nothing but politeness."""
        return all(token.folded in SOCIAL for token in self.tokens)

    @property
    def anchored(self) -> bool:
        """Whether it names something that can be found by its name."""
        return bool(self.names) or bool(_QUOTED.search(self.text))


def read_turn(turn: str, names: NameSense | None = None) -> Reading:
    """Take a turn apart; ``names`` tells Arabic names, which no capital shows."""
    lang = question_language(turn)
    text, leads = _led(turn.strip())
    whole = text
    about = ABOUT.match(search_fold(text))
    if about:
        text = _after(text, about.end())
    tokens = _tokens(text)
    return Reading(text, whole, lang, leads, bool(about), tokens, _names(tokens, names))


def _after(text: str, end: int) -> str:
    """Return what stands in ``text`` behind the first ``end`` letters of its folded copy."""
    folded = fold(text)
    return text[folded.origins[end] :] if end < len(folded.origins) else ""


def _led(text: str) -> tuple[str, bool]:
    """Return a turn without the conjunctions, fillers and politeness at its head."""
    leads = False
    while True:
        if (polite := POLITE.match(search_fold(text))) and polite.end() < len(search_fold(text)):
            text = _after(text, polite.end())
        first, _, rest = text.partition(" ")
        bare = search_fold(first).strip("،,.!؟?:…")
        if rest.strip() and bare in LEADS:
            text, leads = rest.strip(), True
            continue
        bound = _unbound(first)
        if bound is not None and bound.strip("،,.!؟?:… "):
            text, leads = text[len(first) - len(bound) :], True
        return text, leads


def _unbound(first: str) -> str | None:
    """Return an Arabic first word without the conjunction written to it, or ``None`` where it has none.

    Of words that no table has, the one is taken that is met more often: وأسعار is *and prices*, وصول is no
    *and ...*.
    """
    plain = "".join(word.written for word in words(first)) or first
    folded = search_fold(plain)
    if len(folded) < 3 or folded[0] not in "وف" or folded in NO_CONJUNCTION:
        return None
    unbound = first[first.index(plain[0]) + 1 :]
    rest = folded[1:]
    if rest in ASKING | BINDING | VAGUE | REFERRING | LEADS or rest.startswith(("ال", "لل", "بال")):
        return unbound
    _, known = background_frequencies()
    with_it, without = (next((word.term for word in words(one)), "") for one in (plain, plain[1:]))
    is_met = with_it != without and known.get(without, 0) > known.get(with_it, 0)
    return unbound if folded[0] == "و" and is_met else None


def _tokens(text: str) -> tuple[Token, ...]:
    found = []
    end = 0
    for number, word in enumerate(words(text)):
        between = text[end : word.span.start]
        end = word.span.end
        folded = search_fold(word.written).replace("’", "'")
        arabic = question_language(word.written) == "ar"
        found.append(Token(word, folded, arabic, number == 0, bool(re.search(r"[,،;؛:.\-–—]", between))))
    return tuple(found)


def _bare(folded: str, *, keep_article: bool = False) -> str:
    """Return an Arabic word without the conjunction, preposition and article written to it."""
    if not re.match(r"[\u0620-\u064a]", folded):
        return folded.removesuffix("'s")
    match = re.match(r"^[وف]?(لل|[بلك]?ال)(?=\w{2})", folded)
    if match:
        return ("ال" if keep_article else "") + folded[match.end() :]
    return folded


def _names(tokens: Sequence[Token], sense: NameSense | None) -> frozenset[int]:
    shouted = len(tokens) > 1 and all(t.written.isupper() for t in tokens if not t.arabic)
    known = background_frequencies()[1]
    can_be = [n for n, t in enumerate(tokens) if t.carries and not t.is_role and not t.is_time]
    latin = {
        n
        for n in can_be
        if tokens[n].written[:1].isupper()
        and not shouted
        and not (tokens[n].opens and tokens[n].term in known)
    }
    arabic = [n for n in can_be if tokens[n].arabic]
    likely = sense([tokens[n].word for n in arabic]) if sense is not None and arabic else [0.0] * len(arabic)
    return frozenset(latin).union(
        n
        for n, value in zip(arabic, likely, strict=True)
        if value >= (_SURE_NAME if _VERBAL.match(tokens[n].folded) else _NAME)
    )
