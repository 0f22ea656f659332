"""Fit the weights of answers on the tuning set and write them into the package.

``python -m tests.evals.fit [MODEL]`` does it for an embedded model, the default or the one that is named.
What is shown first stays as it is: `tests.evals.fit_shown` fits that, on other questions, afterwards.

The tuning set is news like the samples and shares no article with them; the gold questions are not read.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rag.answering.evidence import Evidence, Weigher, shipped_weights
from rag.answering.fitting import Weighed, balanced_for_leads, fit_weights, sifted, untrained
from rag.archive.archive import open_archive
from rag.calibration import shipped_calibration
from rag.calibration.fitting import read_corpus
from rag.embedding import PAIRED, open_embedding
from rag.indexing import embed_articles
from rag.questions import read_question
from rag.reading.reader import shipped_reader
from rag.retrieval import Retriever
from rag.text import clean_body, clean_line
from rag.types import Article, Precision, Published, Question

TUNING = Path(__file__).parent / "tuning"
WEIGHTS = Path(__file__).parents[2] / "rag" / "answering" / "weights"
_WITHOUT_EVIDENCE = 0.5
"""What a question counts that is asked a second time, with the articles that answer it left out."""
_FAR = 0.7
"""What a question counts that is about another subject altogether."""
_LEADS = 0.3
"""The share of answers that the lead tells: about a third of what readers ask."""


@dataclass(frozen=True)
class Asked:
    """One question of the tuning set."""

    id: str
    question: str
    lang: str
    article_ids: tuple[str, ...]
    answers: tuple[str, ...]
    asked_at: datetime
    importance: float = 1.0


def read_articles(folder: Path = TUNING) -> list[Article]:
    """Read every article of the tuning set."""
    articles = []
    for row in _rows(folder, "articles-*.jsonl"):
        day = str(row["published"])[:10]
        articles.append(
            Article(
                id=str(row["id"]),
                title=clean_line(str(row["title"])),
                lang=str(row["lang"]),
                body=clean_body(str(row["text"])),
                outlet=str(row["outlet"]),
                published=Published(day, Precision.DAY, day, "given"),
            )
        )
    return articles


def read_questions(folder: Path = TUNING) -> list[Asked]:
    """Read every question of the tuning set."""
    return [
        Asked(
            str(row["id"]),
            str(row["question"]),
            str(row["lang"]),
            tuple(row["article_ids"]),
            tuple(row["answers"]),
            datetime.fromisoformat(str(row["asked_at"])),
        )
        for row in _rows(folder, "questions-*.jsonl")
    ]


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


def sift_all(retriever: Retriever, weigher: Weigher, questions: Sequence[Asked]) -> Iterator[Weighed]:
    """Yield the evidence of each question, and of each answerable one again without what answers it."""
    for asked in questions:
        question = replace(read_question(asked.question, now=asked.asked_at, lang=asked.lang), window=None)
        found = retriever.search(question)
        yield _weighed(asked, question, weigher.sift(question, found), asked.importance)
        if asked.answers:
            others = tuple(p for p in found.passages if p.chunk.article.id not in asked.article_ids)
            without = weigher.sift(question, replace(found, passages=others))
            yield _weighed(asked, question, without, _WITHOUT_EVIDENCE)


def read_all(weigher: Weigher, questions: Iterable[Weighed]) -> Iterator[Weighed]:
    """Yield each question with its best evidence read."""
    for question in questions:
        yield replace(question, evidence=tuple(weigher.read(question.question, question.evidence)))


def _weighed(asked: Asked, question: Question, evidence: Sequence[Evidence], importance: float) -> Weighed:
    group = asked.article_ids[0] if asked.article_ids else asked.id
    return Weighed(group, question, tuple(evidence), asked.answers, importance)


def main() -> None:
    """Fit on everything in the tuning folder and write the weights of an embedded model."""
    embedder = open_embedding(sys.argv[1] if len(sys.argv) > 1 else PAIRED)
    calibration = shipped_calibration(embedder.name)
    if calibration is None:
        raise SystemExit(f"no calibration ships for {embedder.name}")
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(Path(folder), calibration=calibration) as archive,
    ):
        for embedded in embed_articles(read_articles(), embedder):
            archive.add(embedded)
        asked = [*read_questions(), *far_questions()]
        weigher = Weigher(embedder, calibration, untrained(embedder.name), shipped_reader())
        evidence = list(sift_all(Retriever(archive, embedder, calibration), weigher, asked))
    balanced = balanced_for_leads(evidence, _LEADS)
    read = list(read_all(weigher, sifted(embedder.name, balanced)))
    shipped, fitted = shipped_weights(embedder.name), fit_weights(embedder.name, read)
    fitted = replace(fitted, same_shown=shipped.same_shown, cross_shown=shipped.cross_shown)
    fitted.save(WEIGHTS / f"{embedder.name}.json")


def _rows(folder: Path, pattern: str) -> Iterator[dict[str, object]]:
    for path in sorted(folder.glob(pattern)):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


if __name__ == "__main__":
    main()
