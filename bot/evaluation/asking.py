"""Questions put to an archive as a reader would put them, and what became of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.evaluation.measures import Ranks, ranks_of
from bot.evaluation.questions import EvalQuestion, Fault, WrongLinesError, groups_of, held_ids
from rag.text import clean_body

if TYPE_CHECKING:
    from bot.newsroom import Newsroom
    from rag.types import Answer, Article

__all__ = ["OnProgress", "Outcome", "Quote", "Setting", "ask_all", "is_right", "outcome_of", "settle"]

OnProgress = Callable[[str, int, int], None]
"""Hears a stage, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation as a reader gets it."""

    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question is judged by: the ids its articles have in the archive, and their languages.

    ``judged`` tells whether some answer stands in one of the articles: else no sentence can be right.
    """

    article_ids: tuple[str, ...]
    langs: tuple[str, ...]
    judged: bool
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a question.

    ``quotes`` are in the order a reader meets them; for each, ``claims`` has the number of its claim and
    ``right`` whether it answers. ``evidence_lang`` is the question's where one of its articles is in that,
    else that of the first article; empty where it has none.
    """

    id: str
    kind: str
    lang: str
    answerable: bool
    refused: bool
    quotes: tuple[Quote, ...] = ()
    right: tuple[bool, ...] = ()
    claims: tuple[int, ...] = ()
    confidence: float = 0.0
    judged: bool = True
    group: str = ""
    evidence_lang: str = ""
    article_ids: tuple[str, ...] = ()
    ranks: Ranks = field(default_factory=lambda: Ranks((), 0))
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def found(self) -> bool:
        """Whether the right sentence is among the quotes."""
        return any(self.right)

    @property
    def found_first(self) -> bool:
        """Whether the first quote is right."""
        return self.right[:1] == (True,)


def is_right(quote: Quote, article_ids: Iterable[str], answers: Iterable[str]) -> bool:
    """Tell whether a quote is of one of the articles and holds one of the answers, letter for letter."""
    return quote.article_id in article_ids and any(clean_body(answer) in quote.text for answer in answers)


def settle(
    questions: Sequence[EvalQuestion], articles: Sequence[Article], file: str = "questions"
) -> dict[str, Setting]:
    """Return by what each question is judged in an archive of ``articles``, by its id.

    Raises `WrongLinesError`, of ``file``, that names every article id which is none of the archive's.
    """
    by_id = {article.id: article for article in articles}
    faults: list[Fault] = []
    held: dict[str, list[str]] = {}
    for question in questions:
        held[question.id] = []
        for name in question.article_ids:
            try:
                held[question.id] += [name] if name in by_id else held_ids([name], articles)
            except KeyError:
                faults.append(Fault(question.line, f"article_ids: the archive does not hold '{name}'"))
    if faults:
        raise WrongLinesError(file, faults)
    groups = groups_of(held)
    return {
        question.id: Setting(
            tuple(held[question.id]),
            tuple(by_id[name].lang for name in held[question.id]),
            any(answer in by_id[name].body for name in held[question.id] for answer in question.answers),
            groups[question.id],
        )
        for question in questions
    }


def ask_all(
    newsroom: Newsroom, questions: Sequence[EvalQuestion], settings: Mapping[str, Setting], tell: OnProgress
) -> list[Outcome]:
    """Put the questions to the archive, one after the other; ``settings`` are those of `settle`."""
    outcomes = []
    for number, question in enumerate(questions, 1):
        started = time.perf_counter()
        answer = newsroom.ask(
            question.text,
            now=question.asked_at,
            lang=question.lang,
            question_id=question.id,
            fresh=True,
        )
        whole = (time.perf_counter() - started) * 1e3
        outcomes.append(outcome_of(question, settings[question.id], answer, whole))
        tell("asking", number, len(questions))
    return outcomes


def outcome_of(question: EvalQuestion, setting: Setting, answer: Answer, whole_ms: float) -> Outcome:
    """Judge an answer that took ``whole_ms`` in all."""
    cited = [(number, citation) for number, claim in enumerate(answer.claims) for citation in claim.citations]
    quotes = tuple(Quote(one.article.id, one.start, one.end, one.quote) for _, one in cited)
    langs = setting.langs
    return Outcome(
        id=question.id,
        kind=question.kind,
        lang=question.lang,
        answerable=question.answerable,
        refused=answer.status == "insufficient",
        quotes=quotes,
        right=tuple(is_right(quote, setting.article_ids, question.answers) for quote in quotes),
        claims=tuple(number for number, _ in cited),
        confidence=answer.confidence,
        judged=setting.judged,
        group=setting.group,
        evidence_lang=question.lang if question.lang in langs else "".join(langs[:1]),
        article_ids=setting.article_ids,
        ranks=ranks_of(setting.article_ids, (passage.chunk.article.id for passage in answer.passages)),
        timings_ms={**answer.timings_ms, "whole question": whole_ms},
    )
