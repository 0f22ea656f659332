"""Fit what an answer shows first: ``python -m tests.evals.fit_shown [MODEL]``, after `tests.evals.fit`.

Asked is an archive of 965 articles of `tests/evals/reading`, each in one language by chance, every second one
without its title: every second plain question (`plain-*.jsonl`, which use the words of the text as it comes),
and the first question of every fourth article that is asked about (which avoid them). The tuning set is too
small for it: what tells a passage among hundreds, how far ahead it was found, does not show among 112
articles. The reader that ships was trained on none of the articles asked about: a tenth of the items, and the
files `items-aa` to `items-ac`.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rich.progress import track

from ingest.drafts import Draft, finish
from rag.answering.evidence import Weigher, shipped_weights
from rag.answering.fitting import Weighed, fit_shown
from rag.archive.archive import open_archive
from rag.calibration import shipped_calibration
from rag.embedding import PAIRED, SiyaqEmbedding, open_embedding
from rag.indexing import embed_articles
from rag.questions import read_question
from rag.reading.reader import shipped_reader
from rag.retrieval import Retriever
from rag.types import Article, Origin
from tests.evals.fit import WEIGHTS, Asked
from tests.evals.reading.examples import ITEMS, LANGUAGES, Item, is_held_back, read_items

_DISTRACTORS = 172
_PLAIN_EVERY, _HARD_EVERY = 2, 4
_TITLED = 0.5
_ARTICLES_SEED, _QUESTIONS_SEED = 11, 5
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_AT_ONCE = 8


def read_unseen(folder: Path = ITEMS) -> tuple[list[Item], list[Item]]:
    """Return the items that the reader was not trained on, and the others."""
    items = read_items(folder)
    return [one for one in items if is_held_back(one)], [one for one in items if not is_held_back(one)]


def archived() -> list[Article]:
    """Return what the archive holds: first the articles that the reader was not trained on."""
    unseen, others = read_unseen()
    rng = _dice(_ARTICLES_SEED)
    rng.shuffle(others)
    return [_article(item, rng) for item in (*unseen, *others[:_DISTRACTORS])]


def _dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - draws a sample that can be drawn again, and guards nothing


def _article(item: Item, rng: random.Random) -> Article:
    lang = rng.choice(LANGUAGES)
    title = item["title"][lang] if rng.random() < _TITLED else ""
    body = " ".join(sentence[lang] for sentence in item["text"])
    draft = Draft(item["id"], title, body, id=item["id"], lang=lang)
    return finish(draft, origin=Origin("file", item["id"]), now=_NOW)


def asked_of_it(folder: Path = ITEMS) -> list[Asked]:
    """Return what the archive is asked, each question in one of its two languages by chance."""
    plain = [
        json.loads(line)
        for path in sorted(folder.glob("plain-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    unseen, _ = read_unseen(folder)
    hard = [item["answered"][0] | {"id": item["id"]} for item in unseen if item["answered"]]
    rng = _dice(_QUESTIONS_SEED)
    asked = []
    for row in (*plain[::_PLAIN_EVERY], *hard[::_HARD_EVERY]):
        lang = rng.choice(LANGUAGES)
        answers = tuple(row["answer"][one] for one in LANGUAGES)
        asked.append(Asked(row["id"], row[lang], lang, (row["id"],), answers, _NOW))
    return asked


def weigh_all(retriever: Retriever, weigher: Weigher, asked: Sequence[Asked]) -> Iterator[Weighed]:
    """Yield the evidence of each question, read."""
    for one in asked:
        question = replace(read_question(one.question, now=one.asked_at, lang=one.lang), window=None)
        evidence = weigher.weigh(question, retriever.search(question))
        yield Weighed(one.id, question, tuple(evidence), one.answers, article_ids=one.article_ids)


def weighed(embedder: SiyaqEmbedding) -> list[Weighed]:
    """Build the archive and put every question to it; an hour on one core."""
    calibration = shipped_calibration(embedder.name)
    if calibration is None:
        raise SystemExit(f"no calibration ships for {embedder.name}")
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(Path(folder), calibration=calibration) as archive,
    ):
        articles = archived()
        for at in track(range(0, len(articles), _AT_ONCE), "embedding"):
            for embedded in embed_articles(articles[at : at + _AT_ONCE], embedder):
                archive.add(embedded)
        weigher = Weigher(embedder, calibration, shipped_weights(embedder.name), shipped_reader())
        retriever, asked = Retriever(archive, embedder, calibration), asked_of_it()
        return list(track(weigh_all(retriever, weigher, asked), "asking", total=len(asked)))


def main() -> None:
    """Fit on the questions and write the weights of an embedded model."""
    embedder = open_embedding(sys.argv[1] if len(sys.argv) > 1 else PAIRED)
    fitted = fit_shown(shipped_weights(embedder.name), weighed(embedder))
    fitted.save(WEIGHTS / f"{embedder.name}.json")


if __name__ == "__main__":
    main()
