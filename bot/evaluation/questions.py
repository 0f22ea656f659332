"""Questions with known answers: JSON lines in the neutral format, checked before anything is asked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.commands.batch import BatchQuestion, filled, read_batch
from rag.errors import UnreadableError, UsageError
from rag.questions import read_question
from rag.text import clean_body
from rag.types import Article

__all__ = ["NEAR_MISS", "EvalQuestion", "Fault", "WrongLinesError", "groups_of", "held_ids", "read_questions"]

NEAR_MISS = "near_miss"
_PAGE = "page:"
_Filled = Annotated[str, BeforeValidator(filled)]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalQuestion:
    """A question with what answers it: a quote of one of ``article_ids`` with one of ``answers`` in it.

    ``article_ids`` are as the file names them, see `held_ids`. ``line`` is where it stands in its file.
    """

    id: str
    text: str
    lang: Literal["ar", "en"]
    answerable: bool
    asked_at: dt.datetime
    article_ids: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    kind: str = ""
    line: int = 0

    @property
    def is_near_miss(self) -> bool:
        """Whether its event is held, and the detail that is asked for is not."""
        return self.kind == NEAR_MISS


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line of a file."""

    line: int
    what: str


class WrongLinesError(UnreadableError):
    """Lines of a question file cannot be used; ``faults`` are all of them, the reason names the first."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        super().__init__(f"{file}:{faults[0].line}", faults[0].what)
        self.file = file
        self.faults = tuple(faults)


class _Line(BatchQuestion):
    """A line of the file; further fields are left alone."""

    answerable: bool
    article_ids: tuple[_Filled, ...] = ()
    answers: tuple[_Filled, ...] = ()
    kind: str | None = Field(default=None)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.answerable and self.kind == NEAR_MISS:
            raise ValueError("kind: a near miss is not answerable")
        if self.answerable and not self.article_ids:
            raise ValueError("article_ids: an answerable question names the articles that answer it")
        if self.answers and not self.answerable:
            raise ValueError("answers: a question that is not answerable has none")
        return self


def read_questions(file: Path, now: dt.datetime | None = None) -> list[EvalQuestion]:
    """Return the questions of a file, those without ``asked_at`` as asked ``now``.

    Raises `WrongLinesError` with everything that is wrong, `rag.errors.UnreadableError` for no file.
    """
    questions, faults = [], []
    for line in read_batch(str(file)):
        try:
            questions.append(_question(line.read_as(_Line), line.number, now))
        except (UnreadableError, UsageError) as error:
            faults.append(Fault(line.number, error.reason))
    times = Counter(question.id for question in questions)
    first = {question.id: question.line for question in reversed(questions)}
    faults += [
        Fault(one.line, f"id: '{one.id}' is taken by line {first[one.id]}")
        for one in questions
        if times[one.id] > 1 and one.line != first[one.id]
    ]
    if faults:
        raise WrongLinesError(str(file), sorted(faults, key=lambda fault: fault.line))
    if not questions:
        raise UnreadableError(str(file), "there is no question in it")
    return questions


def _question(read: _Line, line: int, now: dt.datetime | None) -> EvalQuestion:
    asked_at = read.asked_at or now
    if asked_at is None:
        raise UsageError(read.id, "asked_at: is missing; give it, or --now for all of them")
    # What says nothing that could be asked is found here, not after an hour of asking.
    asked = read_question(read.question, now=asked_at, lang=read.lang)
    return EvalQuestion(
        id=read.id,
        text=read.question,
        lang=asked.lang,
        answerable=read.answerable,
        asked_at=asked_at,
        article_ids=tuple(dict.fromkeys(read.article_ids)),
        answers=tuple(clean_body(answer) for answer in read.answers),
        kind=read.kind or "",
        line=line,
    )


def held_ids(named: Iterable[str], articles: Sequence[Article]) -> set[str]:
    """Return the archive's ids of articles: an id, or ``page:FILE#n`` for the n-th article of a page's file.

    ``articles`` are in the order in which they came. Raises KeyError for one that is not among them.
    """
    known = {article.id for article in articles}
    return {_held_id(name, articles) if name.startswith(_PAGE) else _known(name, known) for name in named}


def _held_id(name: str, articles: Sequence[Article]) -> str:
    file, _, number = name.removeprefix(_PAGE).partition("#")
    of_page = [article.id for article in articles if Path(article.origin.ref).name == file]
    at = int(number or 1) if number.isdecimal() or not number else 0
    if not 1 <= at <= len(of_page):
        raise KeyError(name)
    return of_page[at - 1]


def _known(name: str, known: set[str]) -> str:
    if name not in known:
        raise KeyError(name)
    return name


def groups_of(articles_of: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return a group for each question id: questions that share an article, in any number of steps, are one.

    A question about no article is a group of its own. Where most questions would be one group (each names
    several articles, as multi-hop questions do), the group is the first article alone.
    """
    leaders: dict[str, str] = {}

    def leader(article: str) -> str:
        while leaders.setdefault(article, article) != article:
            article = leaders[article] = leaders[leaders[article]]
        return article

    for articles in articles_of.values():
        for article in articles[1:]:
            leaders[leader(article)] = leader(articles[0])
    joined = {question: leader(articles[0]) for question, articles in articles_of.items() if articles}
    largest = max(Counter(joined.values()).values(), default=0)
    if 2 * largest > len(joined):
        joined = {question: articles[0] for question, articles in articles_of.items() if articles}
    return {question: joined.get(question, f"question {question}") for question in articles_of}
