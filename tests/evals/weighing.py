"""Evidence to fit on: sets of articles made archives, and their questions put to them, in processes.

Two sets: news written for tuning (`tests/evals/tuning`), and what of `tests/evals/reading` the reader was not
trained on: news by dozens, and paragraphs that an encyclopaedia might hold.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from rich.progress import track

from bot.evaluation.questions import groups_of
from ingest.drafts import Draft, finish
from rag.answering.evidence import Evidence, Weigher
from rag.answering.fitting import Weighed, untrained
from rag.archive.archive import open_archive
from rag.calibration import Calibration, shipped_calibration
from rag.calibration.fitting import read_corpus
from rag.embedding import SiyaqEmbedding, open_embedding
from rag.indexing import embed_articles
from rag.questions import read_question
from rag.reading.reader import shipped_reader
from rag.retrieval import Retriever
from rag.text import clean_body, clean_line
from rag.types import Article, EmbeddedArticle, Origin, Passage, Precision, Published, Question
from tests.evals.reading.examples import (
    ITEMS,
    LANGUAGES,
    Item,
    is_held_back,
    read_items,
    read_subjects,
    subject_of,
)

TUNING = Path(__file__).parent / "tuning"
_WITHOUT_EVIDENCE = 0.5
"""What a question counts that is asked a second time, with the articles that answer it left out."""
_FAR = 0.7
"""What a question counts that is about another subject altogether."""
_TITLED = 0.5
_SEED = 12
_MISSED_OF_NEWS = 0.7
_OF_NEWS = 0.4
_PLAIN_EVERY = 2
_ALSO_WITHOUT = 0.5
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_AT_ONCE = 8
_PROCESSES = min(4, os.cpu_count() or 1)
_PARTS = 16
"""Parts to read: as many as show how far it is."""

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Asked:
    """One question; of one ``group`` are all that are about the same articles.

    ``also_without`` has one that is answered asked a second time, with the articles that answer it left out.
    """

    id: str
    question: str
    lang: str
    article_ids: tuple[str, ...]
    answers: tuple[str, ...]
    asked_at: datetime
    importance: float = 1.0
    group: str = ""
    also_without: bool = True


@dataclass(frozen=True)
class QuestionSet:
    """Articles, and what an archive of them is asked."""

    articles: tuple[Article, ...]
    asked: tuple[Asked, ...]


def read_tuning(folder: Path = TUNING) -> QuestionSet:
    """Read the tuning set, and with it questions about what none of its articles tells."""
    return QuestionSet(tuple(_tuning_articles(folder)), (*_tuning_questions(folder), *far_questions()))


def _tuning_articles(folder: Path) -> Iterator[Article]:
    for row in _rows(folder, "articles-*.jsonl"):
        day = str(row["published"])[:10]
        yield Article(
            id=str(row["id"]),
            title=clean_line(str(row["title"])),
            lang=str(row["lang"]),
            body=clean_body(str(row["text"])),
            outlet=str(row["outlet"]),
            published=Published(day, Precision.DAY, day, "given"),
        )


def _tuning_questions(folder: Path) -> Iterator[Asked]:
    rows = list(_rows(folder, "questions-*.jsonl"))
    groups = groups_of({row["id"]: row["article_ids"] for row in rows})
    for row in rows:
        yield Asked(
            str(row["id"]),
            str(row["question"]),
            str(row["lang"]),
            tuple(row["article_ids"]),
            tuple(row["answers"]),
            datetime.fromisoformat(str(row["asked_at"])),
            group=groups[row["id"]],
        )


def far_questions() -> list[Asked]:
    """Return questions about what no article of the tuning set tells: those of the calibration corpus.

    Each text asks in one of its two languages, in turn.
    """
    now = datetime(2026, 2, 16, 9, tzinfo=UTC)
    return [
        Asked(f"{item.id}-{item.lang}", item.question, item.lang, (), (), now, _FAR)
        for at, item in enumerate(read_corpus())
        if (at // 2 + at) % 2 == 0
    ]


def read_unseen(folder: Path = ITEMS) -> QuestionSet:
    """Read the items that the reader was not trained on, each in one language by chance, half without title.

    Of the news four in ten, of the subjects all. Of each one question that it answers is asked, of seven in
    ten of the news also a near miss, of the subjects always one; and every second plain question
    (``plain-*.jsonl``), which use the words of the text as they come, where the others avoid them. All in
    either language by chance.
    """
    rng = random.Random(_SEED)  # noqa: S311 - draws a sample that can be drawn again, and guards nothing
    news = [item for item in read_items(folder) if is_held_back(item) and rng.random() < _OF_NEWS]
    items = [*news, *(item for item in read_subjects(folder) if is_held_back(item))]
    groups = {item["id"]: subject_of(item) or item["id"] for item in items}
    answered = [rng.choice(item["answered"]) | {"id": item["id"]} for item in items if item["answered"]]
    plain = [row for row in _rows(folder, "plain-*.jsonl") if row["id"] in groups][::_PLAIN_EVERY]
    missed = [
        rng.choice(item["missed"]) | {"id": item["id"]}
        for item in items
        if item["missed"] and (subject_of(item) or rng.random() < _MISSED_OF_NEWS)
    ]
    asked = []
    for number, question in enumerate((*answered, *plain, *missed)):
        lang, held_in = rng.choice(LANGUAGES), question["id"]
        ids = (held_in,) if "answer" in question else ()
        answers = tuple(question["answer"][one] for one in LANGUAGES) if ids else ()
        name = f"{held_in}-{number}"
        without = rng.random() < _ALSO_WITHOUT
        asked.append(Asked(name, question[lang], lang, ids, answers, _NOW, 1.0, groups[held_in], without))
    return QuestionSet(tuple(article_of(item, rng) for item in items), tuple(asked))


def article_of(item: Item, rng: random.Random) -> Article:
    """Return an item as an article in one of its languages, by chance without its title."""
    lang = rng.choice(LANGUAGES)
    title = item["title"][lang] if rng.random() < _TITLED else ""
    body = " ".join(sentence[lang] for sentence in item["text"])
    draft = Draft(item["id"], title, body, id=item["id"], lang=lang)
    return finish(draft, origin=Origin("file", item["id"]), now=_NOW)


@dataclass(frozen=True)
class _Asking:
    """A part of the questions put to an archive of what is embedded."""

    model: str
    embedded: tuple[EmbeddedArticle, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class _Reading:
    """A part of what was sifted, to be read in its order."""

    model: str
    sifted: tuple[Weighed, ...]


def sift(model: str, asked: QuestionSet) -> list[Weighed]:
    """Return the evidence of each question, unread, and of some again without the articles that answer."""
    embedder = open_embedding(model, threads=os.cpu_count() or 1)
    embedded = tuple(
        one
        for at in track(range(0, len(asked.articles), _AT_ONCE), "embedding")
        for one in embed_articles(asked.articles[at : at + _AT_ONCE], embedder)
    )
    # A part builds the archive anew: as many as there are processes, and no more.
    parts = [_Asking(model, embedded, asked.asked[at::_PROCESSES]) for at in range(_PROCESSES)]
    return _spread("asking", _sift_here, parts)


def read_all(model: str, sifted: Sequence[Weighed]) -> list[Weighed]:
    """Return each question with its best evidence read, in order; see `rag.answering.fitting.sifted`."""
    size = -(-len(sifted) // _PARTS)
    parts = [_Reading(model, tuple(sifted[at : at + size])) for at in range(0, len(sifted), size)]
    return _spread("reading", _read_here, parts)


def _spread(stage: str, work: Callable[[_Part], list[_Result]], parts: Sequence[_Part]) -> list[_Result]:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=_PROCESSES, mp_context=spawn) as pool:
        done = track(pool.map(work, parts), stage, total=len(parts))
        return [one for part in done for one in part]


def _sift_here(part: _Asking) -> list[Weighed]:
    embedder, calibration = _opened(part.model)
    weigher = Weigher(embedder, calibration, untrained(part.model), shipped_reader())
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(Path(folder), calibration=calibration) as archive,
    ):
        for one in part.embedded:
            archive.add(one)
        return list(_sifted(Retriever(archive, embedder, calibration), weigher, part.asked))


def _sifted(retriever: Retriever, weigher: Weigher, questions: Sequence[Asked]) -> Iterator[Weighed]:
    for asked in questions:
        question = replace(read_question(asked.question, now=asked.asked_at, lang=asked.lang), window=None)
        found = retriever.search(question)
        yield _weighed(asked, question, weigher.sift(question, found), asked.importance)
        if asked.answers and asked.also_without:
            others = tuple(p for p in found.passages if p.chunk.article.id not in asked.article_ids)
            without = weigher.sift(question, replace(found, passages=others))
            yield _weighed(asked, question, without, _WITHOUT_EVIDENCE)


def _read_here(part: _Reading) -> list[Weighed]:
    embedder, calibration = _opened(part.model)
    weigher = Weigher(embedder, calibration, untrained(part.model), shipped_reader())
    return [replace(one, evidence=tuple(weigher.read(one.question, one.evidence))) for one in part.sifted]


def _opened(model: str) -> tuple[SiyaqEmbedding, Calibration]:
    calibration = shipped_calibration(model)
    if calibration is None:
        raise FileNotFoundError(f"no calibration ships for {model}")
    return open_embedding(model, threads=1), calibration


def _weighed(asked: Asked, question: Question, evidence: Iterable[Evidence], importance: float) -> Weighed:
    light = tuple(replace(one, passage=_without_vectors(one.passage)) for one in evidence)
    return Weighed(asked.group or asked.id, question, light, asked.answers, importance, asked.article_ids)


def _without_vectors(passage: Passage) -> Passage:
    """Return a passage as it may go from process to process: what its vectors tell is in the features."""
    chunk = passage.chunk
    return replace(passage, chunk=replace(chunk, sentence_vectors=chunk.sentence_vectors[:0]))


def _rows(folder: Path, pattern: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(pattern)):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
