"""Archives built of public paragraphs, and questions put to them: the project's own archive and search.

One paragraph is one article without a title. Each paragraph and each question is embedded once.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
from pydantic import PrivateAttr

from ingest.drafts import Draft, finish
from rag.archive.archive import open_archive
from rag.calibration import Calibration, shipped_calibration
from rag.embedding import PAIRED, SiyaqEmbedding, open_embedding
from rag.indexing import embed_articles
from rag.questions import read_question
from rag.retrieval import Retriever
from rag.text import repair
from rag.types import Article, EmbeddedArticle, Origin, Question, Vector
from tests.evals.measures import Asked, ranks_of

_ASKED_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_AT_ONCE = 4
_MOST_PROCESSES = 4

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")
OnProgress = Callable[[str, int, int], None]
"""Hears a stage, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one language with its questions; ``source`` is the article it was taken from.

    ``id`` has the language in it, ``place`` (``xquad-3-1``: data set, article, paragraph) has not.
    ``answers`` are those of each question, word for word in the text.
    """

    id: str
    place: str
    source: str
    lang: str
    text: str
    questions: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """The questions of ``asked``, each ``every``-th of them, put to an archive of ``held``.

    The right article of a question is the paragraph of ``held`` at the same place as its own.
    """

    name: str
    held: tuple[Paragraph, ...]
    asked: tuple[Paragraph, ...]
    every: int = 1

    def questions(self) -> list[tuple[Paragraph, Question]]:
        """Return what is asked, each with the paragraph it was written for, in that one's language."""
        asked = [(one, text) for one in self.asked for text in one.questions][:: self.every]
        return [(one, read_question(text, now=_ASKED_AT, lang=one.lang)) for one, text in asked]


class RememberingEmbedding(SiyaqEmbedding):
    """An embedding model that embeds each question once, however many archives it is put to."""

    _model: SiyaqEmbedding = PrivateAttr()
    _known: dict[str, Vector] = PrivateAttr()

    def __init__(self, model: SiyaqEmbedding, known: dict[str, Vector] | None = None) -> None:
        super().__init__(model_name=model.name)
        self._model = model
        self._known = {} if known is None else known

    @property
    def known(self) -> dict[str, Vector]:
        """The questions embedded so far."""
        return self._known

    @property
    def dimension(self) -> int:
        """The model's own."""
        return self._model.dimension

    @property
    def dictionary(self) -> SiyaqEmbedding:
        """The model's own."""
        return self._model.dictionary

    def count_tokens(self, text: str) -> int:
        """Count as the model does."""
        return self._model.count_tokens(text)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Embed as the model does."""
        return self._model.embed_passages(texts)

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        """Embed as the model does, or remember."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._model.embed_questions([text])[0]
        return np.stack([self._known[text] for text in texts])


class Bench:
    """Holds what is embedded, builds archives of it and asks them."""

    def __init__(
        self, model: RememberingEmbedding, embedded: dict[str, EmbeddedArticle] | None = None
    ) -> None:
        self._model = model
        self._embedded = {} if embedded is None else embedded
        calibration = shipped_calibration(model.name)
        if calibration is None:
            raise FileNotFoundError(f"no calibration ships for {model.name}")
        self._calibration: Calibration = calibration

    def embed(self, trials: Sequence[Trial], tell: OnProgress) -> None:
        """Embed the paragraphs and questions of ``trials`` that are not embedded yet."""
        held = {one.id: one for trial in trials for one in trial.held if one.id not in self._embedded}
        new = list(held.values())
        for at in range(0, len(new), _AT_ONCE):
            tell("embedding paragraphs", at, len(new))
            articles = [_article(one) for one in new[at : at + _AT_ONCE]]
            self._embedded.update(
                (ready.article.id, ready) for ready in embed_articles(articles, self._model)
            )
        tell("embedding paragraphs", len(new), len(new))
        texts = list(dict.fromkeys(repair(asked.text) for trial in trials for _, asked in trial.questions()))
        for number, text in enumerate(texts, 1):
            self._model.embed_questions([text])
            tell("embedding questions", number, len(texts))

    @property
    def model(self) -> RememberingEmbedding:
        """The embedding model."""
        return self._model

    @property
    def calibration(self) -> Calibration:
        """What is known of the model."""
        return self._calibration

    @contextmanager
    def searching(self, trial: Trial) -> Iterator[Retriever]:
        """Build the trial's archive and yield its search; everything is to be embedded before."""
        with (
            TemporaryDirectory() as folder,
            open_archive(Path(folder), calibration=self._calibration) as archive,
        ):
            for one in trial.held:
                archive.add(self._embedded[one.id])
            yield Retriever(archive, self._model, self._calibration)

    def run(self, trial: Trial) -> list[Asked]:
        """Put the trial's questions to its archive; everything is to be embedded before."""
        held_at = {one.place: one for one in trial.held}
        asked = []
        with self.searching(trial) as retriever:
            for paragraph, question in trial.questions():
                right = held_at[paragraph.place]
                found = retriever.search(question)
                ranks = ranks_of([right.id], (passage.chunk.article.id for passage in found.passages))
                asked.append(Asked(trial.name, paragraph.source, paragraph.lang, right.lang, ranks))
        return asked

    def run_all(self, trials: Sequence[Trial], tell: OnProgress) -> dict[str, list[Asked]]:
        """Embed what is missing, then run the trials in processes of their own; results by trial name."""
        self.embed(trials, tell)
        return self.spread("asking archives", _run_here, {trial.name: trial for trial in trials}, tell)

    def spread(
        self, stage: str, work: Callable[[_Part], _Result], parts: Mapping[str, _Part], tell: OnProgress
    ) -> dict[str, _Result]:
        """Do ``work`` on each of ``parts`` in processes that hold what is embedded (`bench_here`)."""
        results: dict[str, _Result] = {}
        tell(stage, 0, len(parts))
        with ProcessPoolExecutor(
            max_workers=min(os.cpu_count() or 1, len(parts), _MOST_PROCESSES),
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_process,
            initargs=(self._model.known, self._embedded),
        ) as pool:
            running = {pool.submit(work, part): name for name, part in parts.items()}
            for finished in as_completed(running):
                results[running[finished]] = finished.result()
                tell(stage, len(results), len(parts))
        return results


def open_bench(threads: int = 2) -> Bench:
    """Return a bench with the embedded model and the calibration that ships for it."""
    return Bench(RememberingEmbedding(open_embedding(PAIRED, threads=threads)))


def _article(paragraph: Paragraph) -> Article:
    draft = Draft(paragraph.id, "", paragraph.text, id=paragraph.id, lang=paragraph.lang)
    return finish(draft, origin=Origin("file", paragraph.id), now=_ASKED_AT)


_here: list[Bench] = []
"""The bench of a process of `Bench.run_all`; empty elsewhere."""


def _start_process(known: dict[str, Vector], embedded: dict[str, EmbeddedArticle]) -> None:
    _here.append(Bench(RememberingEmbedding(open_embedding(PAIRED, threads=1), known), embedded))


def bench_here() -> Bench:
    """Return the bench of this process, one of those of `Bench.spread`."""
    return _here[0]


def _run_here(trial: Trial) -> list[Asked]:
    return bench_here().run(trial)
