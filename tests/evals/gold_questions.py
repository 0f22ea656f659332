"""The gold questions put to the whole program: is the sentence that answers among the quotes?

The samples are ingested into an archive of their own, and every question is asked as a reader would ask it.
The frozen half is for the test of the floors and is never tuned on: it is read only where it is named.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.newsroom import open_newsroom
from bot.settings import ArchivePlace, Embedding, Settings
from rag.archive.archive import open_archive
from rag.errors import UnknownArticleError
from rag.text import clean_body
from rag.types import Article
from tests.evals.measures import Share, share

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = (ROOT / "samples" / "articles.jsonl", ROOT / "samples" / "pages")
HALVES = ("dev", "frozen")
ANSWERABLE = ("same", "time", "cross")
INGESTED_AT = dt.datetime(2026, 3, 20, 8, tzinfo=dt.UTC)
_PAGE = "page:"

OnProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what answers it: some quote of one of ``article_ids`` with one of ``answers`` in it.

    ``article_ids`` are as the gold files name them: ``page:FILE#n`` is the n-th article of a page's file.
    """

    id: str
    half: str
    text: str
    lang: str
    kind: str
    article_ids: tuple[str, ...]
    answers: tuple[str, ...]
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation as a reader gets it."""

    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question. ``right`` tells of each quote whether it answers."""

    id: str
    half: str
    kind: str
    lang: str
    refused: bool
    quotes: tuple[Quote, ...]
    right: tuple[bool, ...]

    @property
    def found(self) -> bool:
        """Whether the right sentence is among the quotes."""
        return any(self.right)

    @property
    def found_first(self) -> bool:
        """Whether the first quote is right."""
        return self.right[:1] == (True,)


def gold_file(half: str) -> Path:
    """Return the file of one half of the questions."""
    return ROOT / "tests" / "evals" / "gold" / f"{half}.jsonl"


def read_gold(half: str) -> list[GoldQuestion]:
    """Read one half of the questions."""
    rows = [
        json.loads(line) for line in gold_file(half).read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    return [
        GoldQuestion(
            id=row["id"],
            half=half,
            text=row["question"],
            lang=row["lang"],
            kind=row["kind"],
            article_ids=tuple(row["article_ids"]),
            answers=tuple(row["answers"]),
            asked_at=dt.datetime.fromisoformat(row["asked_at"]),
        )
        for row in rows
    ]


def held_ids(named: Iterable[str], articles: Sequence[Article]) -> set[str]:
    """Return the archive's ids of articles named as in the gold files.

    ``articles`` are in the order in which they came. Raises KeyError for one that is not among them.
    """
    known = {article.id for article in articles}
    return {_held_id(name, articles) if name.startswith(_PAGE) else _known(name, known) for name in named}


def _held_id(name: str, articles: Sequence[Article]) -> str:
    file, _, number = name.removeprefix(_PAGE).partition("#")
    of_page = [article.id for article in articles if Path(article.origin.ref).name == file]
    at = int(number or 1)
    if not 1 <= at <= len(of_page):
        raise KeyError(name)
    return of_page[at - 1]


def _known(name: str, known: set[str]) -> str:
    if name not in known:
        raise KeyError(name)
    return name


def is_right(quote: Quote, article_ids: set[str], answers: Iterable[str]) -> bool:
    """Tell whether a quote is of one of the articles and holds one of the answers, letter for letter."""
    return quote.article_id in article_ids and any(clean_body(answer) in quote.text for answer in answers)


def ask_gold(questions: Sequence[GoldQuestion], directory: Path, tell: OnProgress) -> list[Outcome]:
    """Ingest the samples into an archive in ``directory`` and put the questions to it."""
    settings = Settings(
        archive=ArchivePlace(dir=directory), embedding=Embedding(threads=min(4, os.cpu_count() or 1))
    )
    outcomes = []
    with open_newsroom(settings) as newsroom:
        report = newsroom.ingest(
            SAMPLES, now=INGESTED_AT, on_progress=lambda at: tell(f"{at.stage} samples", at.done, at.total)
        )
        if report.refused:
            raise ValueError(f"{report.refused[0].ref}: {report.refused[0].reason}")
        articles = newsroom.archive.articles()
        for number, question in enumerate(questions, 1):
            answer = newsroom.ask(
                question.text, now=question.asked_at, lang=question.lang, question_id=question.id
            ).as_json()
            outcomes.append(_outcome(question, answer, held_ids(question.article_ids, articles)))
            tell("asking gold questions", number, len(questions))
    return outcomes


def _outcome(question: GoldQuestion, answer: Mapping[str, Any], article_ids: set[str]) -> Outcome:
    quotes = tuple(
        Quote(cited["article_id"], cited["start"], cited["end"], cited["quote"])
        for claim in answer["claims"]
        for cited in claim["citations"]
    )
    return Outcome(
        id=question.id,
        half=question.half,
        kind=question.kind,
        lang=question.lang,
        refused=answer["status"] == "insufficient",
        quotes=quotes,
        right=tuple(is_right(quote, article_ids, question.answers) for quote in quotes),
    )


def altered_quotes(quotes: Iterable[Quote], directory: Path) -> list[Quote]:
    """Return the quotes that differ from ``body[start:end]``, bodies read anew from the archive."""
    with open_archive(directory, calibration=None, role="guest") as archive:

        def is_verbatim(quote: Quote) -> bool:
            try:
                body = archive.article(quote.article_id).body
            except UnknownArticleError:
                return False
            inside = 0 <= quote.start < quote.end <= len(body)
            return inside and body[quote.start : quote.end] == quote.text

        return [quote for quote in quotes if not is_verbatim(quote)]


def bars(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """Return the shares that have floors; a refused question has no right sentence among its quotes."""

    def of(*kinds: str) -> list[Outcome]:
        return [one for one in outcomes if one.kind in kinds]

    return {
        "same language: right sentence among the quotes": share(one.found for one in of("same", "time")),
        "other language: right sentence among the quotes": share(one.found for one in of("cross")),
        "unanswerable: refused": share(one.refused for one in of("unanswerable")),
        "near miss: refused": share(one.refused for one in of("near_miss")),
        "answerable: refused": share(one.refused for one in of(*ANSWERABLE)),
    }


def to_json(outcomes: Sequence[Outcome]) -> str:
    """Write outcomes for another process."""
    return json.dumps([asdict(one) for one in outcomes], ensure_ascii=False)


def from_json(text: str) -> list[Outcome]:
    """Read what `to_json` wrote."""
    return [
        Outcome(
            **row | {"quotes": tuple(Quote(**quote) for quote in row["quotes"]), "right": tuple(row["right"])}
        )
        for row in json.loads(text)
    ]
