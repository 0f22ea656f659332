"""The composed application: one archive, one embedding model, and what can be asked of them.

Synchronous and thread-safe; composition happens here and nowhere else.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import BUILT_IN_MODELS, Settings
from rag.archive.archive import INDEXED_LANE, Archive, open_archive
from rag.errors import ModelMismatchError

if TYPE_CHECKING:
    from ingest.pipeline import IngestReport, OnProgress
    from ingest.stories import Stories
    from rag.answering.answerer import Answerer
    from rag.answering.composition import Composer
    from rag.answering.evidence import Weigher, Weights
    from rag.answering.model import EndpointModel
    from rag.answering.remembered import Remembered
    from rag.answering.spending import Spending, Spent
    from rag.answering.thresholds import FittedThreshold
    from rag.answering.writer import Writer
    from rag.archive.repairing import Repair
    from rag.calibration import Calibration
    from rag.conversation import Conversation, Turn
    from rag.embedding import SiyaqEmbedding
    from rag.llama import SiyaqRetriever
    from rag.retrieval import Retriever
    from rag.types import Answer, Passage

__all__ = ["Newsroom", "open_newsroom", "reindex"]

# Below this a topic's best passage is about something else: two standard deviations over what unrelated
# texts score, after what the best of them is expected to score by chance.
_ON_TOPIC = 2.0
_LOOKED_AT = 200
_OF_STORY = 60
_STORIES_GIVEN = 500
"""Articles from before there were stories that an ingest gives theirs, some seconds' work at most."""
_log = logging.getLogger(__name__)


class Newsroom:
    """What the command line and the bot ask and order."""

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        embedder: SiyaqEmbedding,
        calibration: Calibration,
        model: EndpointModel | None = None,
    ) -> None:
        self.settings = settings
        self.archive = archive
        self._embedder = embedder
        self._calibration = calibration
        self._model = model
        self._ingesting = threading.Lock()

    @cached_property
    def _retriever(self) -> Retriever:
        from rag.retrieval import Retriever

        return Retriever(self.archive, self._embedder, self._calibration)

    @cached_property
    def _stories(self) -> Stories:
        from ingest.stories import Stories

        return Stories(self.archive, self._calibration)

    @cached_property
    def _weights(self) -> Weights:
        from rag.answering.evidence import shipped_weights

        return shipped_weights(self._embedder.name)

    @cached_property
    def _weigher(self) -> Weigher:
        from rag.answering.evidence import Weigher
        from rag.reading.reader import shipped_reader

        return Weigher(self._embedder, self._calibration, self._weights, shipped_reader())

    @cached_property
    def _conversation(self) -> Conversation:
        from rag.conversation import Conversation

        return Conversation(self.archive, self._weigher.words, self._writer)

    @cached_property
    def _remembered(self) -> Remembered:
        from rag.answering.remembered import Remembered

        return Remembered(self.archive, self.settings.answers.remembered)

    @cached_property
    def _answerer(self) -> Answerer:
        from rag.answering.answerer import Answerer

        return Answerer(
            self._retriever,
            self._weigher,
            threshold=self.refusal_threshold,
            most_quotes=self.settings.answers.max_quotes,
            writer=self._writer,
            composer=self._composer,
        )

    @cached_property
    def _composer(self) -> Composer:
        from rag.answering.companions import Companions
        from rag.answering.composition import Composer
        from rag.answering.disagreement import Disagreements
        from rag.answering.wording import Wordings

        weigher = self._weigher
        companions = Companions(self.archive, self._calibration, weigher.reader, weigher.words)
        wordings = Wordings(self._embedder, self._calibration, weigher.words)
        return Composer(self.archive, companions, Disagreements(wordings))

    @cached_property
    def refusal_threshold(self) -> float:
        """Below this confidence there is no answer: as set, else as fitted (`siyaq fit`), else as shipped."""
        if self.settings.answers.refusal_threshold is not None:
            return self.settings.answers.refusal_threshold
        fitted = self.fitted_threshold
        return self._weights.threshold if fitted is None else fitted.threshold

    @cached_property
    def fitted_threshold(self) -> FittedThreshold | None:
        """The threshold that was fitted for the model and weights in use, if one was."""
        from rag.answering.thresholds import read_threshold, threshold_file, weights_fingerprint

        path = threshold_file(self.settings.archive.dir, self._embedder.name)
        kept = read_threshold(path)
        if kept is None or kept.weights == weights_fingerprint(self._weights):
            return kept
        _log.warning("%s: fitted with another version of Siyaq, not used: run siyaq fit again", path)
        return None

    def keep_threshold(self, threshold: float, questions: str) -> Path:
        """Keep a threshold that was fitted on ``questions`` (a fingerprint); return the file it is in.

        It is used from the next start on.
        """
        from rag.answering.thresholds import FittedThreshold, threshold_file, weights_fingerprint

        path = threshold_file(self.settings.archive.dir, self._embedder.name)
        weights = weights_fingerprint(self._weights)
        FittedThreshold(self._embedder.name, weights, threshold, questions).save(path)
        return path

    @cached_property
    def _writer(self) -> Writer | None:
        if self._model is None or self._spending is None:
            return None
        from rag.answering.writer import Writer
        from rag.types import utc_now

        # Not the clock of the question, which may be set: what is spent is spent today.
        return Writer(self._model, self._spending, utc_now)

    @cached_property
    def _spending(self) -> Spending | None:
        named = self.settings.model
        if named.name is None:
            return None
        from rag.answering.spending import Limits, Spending

        limits = Limits(
            named.daily_tokens or None, named.daily_cost, named.input_price or 0.0, named.output_price or 0.0
        )
        return Spending(self.archive.engine, named.name, limits)

    def spent(self, now: datetime) -> Spent | None:
        """Return what models have cost on the day of ``now`` (UTC); ``None`` where no model is named."""
        return self._spending.today(now) if self._spending is not None else None

    def ask(
        self,
        text: str,
        *,
        now: datetime,
        lang: str | None = None,
        question_id: str = "q1",
        on_stage: Callable[[str], None] | None = None,
        history: Sequence[Turn] = (),
        fresh: bool = False,
    ) -> Answer:
        """Answer ``text`` as asked at ``now``; raises `rag.errors.UsageError` when nothing is asked.

        A turn that follows up on ``history`` (oldest first) is answered as it is understood after it. Without
        ``fresh`` an answer is given again where nothing that it rests on has changed since.
        """
        from rag.questions import read_question

        question = read_question(text, now=now, lang=lang, question_id=question_id)
        understood = self._conversation.understood(question.text, history, now)
        if understood is not None and understood != question.text:
            whole = read_question(understood, now=now, lang=question.lang, question_id=question_id)
            question = replace(whole, asked=question.typed)

        def answered() -> Answer:
            return self._answerer.answer(question, on_stage)

        return answered() if fresh else self._remembered.answer(question, answered)

    def as_retriever(self, *, most: int = 5) -> SiyaqRetriever:
        """Return the search as a retriever of LlamaIndex, which gives ``most`` passages, read and ordered."""
        from rag.llama import SiyaqRetriever

        return SiyaqRetriever(self._retriever, most=most, weigher=self._weigher)

    def ingest(
        self, paths: Sequence[Path], *, now: datetime, on_progress: OnProgress | None = None
    ) -> IngestReport:
        """Take files and folders into the archive; one ingest at a time."""
        from ingest.pipeline import ingest_paths

        with self._ingesting:
            self._stories.give(_STORIES_GIVEN)
            report = ingest_paths(
                paths,
                archive=self.archive,
                embedder=self._embedder,
                now=now,
                on_progress=on_progress,
                stories=self._stories,
            )
        # A large lane is searched by its index, which nobody else may be there to bring up to date.
        if self.archive.is_owner and max(self.archive.lane_sizes().values()) >= INDEXED_LANE:
            self.archive.sync()
        return report

    def news_on(self, topic: str, *, since: datetime, now: datetime, limit: int = 5) -> list[Passage]:
        """Return at most ``limit`` passages on ``topic``, one each of articles taken in after ``since``.

        The best sentence of a passage is the one with the highest of its ``sentence_scores``.
        """
        from rag.questions import read_question

        question = replace(read_question(topic, now=now), window=None)
        fresh = {
            article.id
            for article in self.archive.articles()
            if since < datetime.fromisoformat(article.ingested_at) <= now
        }
        held = sum(self.archive.lane_sizes().values())
        looked_at = _LOOKED_AT
        while fresh:
            # Older news on a topic must not crowd out today's: look further until its ranking ends.
            ranking = self._retriever.search(question, candidates=looked_at, most=2 * looked_at).passages
            on_topic: dict[str, Passage] = {}
            for passage in ranking:
                if passage.score >= _ON_TOPIC and passage.chunk.article.id in fresh:
                    on_topic.setdefault(passage.chunk.article.id, passage)
            ended = not ranking or ranking[-1].score < _ON_TOPIC or looked_at >= held
            if ended or len(on_topic) >= limit:
                return list(on_topic.values())[:limit]
            looked_at *= 4
        return []

    def brief(
        self, topic: str | None = None, *, day: date | None = None, now: datetime, lang: str | None = None
    ) -> Answer:
        """Return a brief: a line for each story printed on ``day``, counted in the zone of ``now``.

        With a ``topic`` of what is about that, of any day where none is named; without either it is today's.
        Raises `rag.errors.UsageError` where the topic says nothing.
        """
        from rag.answering.briefs import brief, printed_on
        from rag.questions import read_question
        from rag.types import Question, TimeWindow

        zone = now.tzinfo or UTC
        if topic is None:
            day = day or now.date()
            question = Question("brief", "", "ar" if lang == "ar" else "en", now)
            near = self.archive.printed_between(day - timedelta(days=1), day + timedelta(days=1))
        else:
            question = replace(read_question(topic, now=now, lang=lang, question_id="brief"), window=None)
            ranking = self._retriever.search(question, most=_LOOKED_AT, candidates=_LOOKED_AT).passages
            on_topic = {one.chunk.article.id: one.chunk.article for one in ranking if one.score >= _ON_TOPIC}
            # Whoever tells of it in other words, or in the other language, is of the same stories.
            for story in dict.fromkeys(article.story_id for article in list(on_topic.values())):
                others = self.archive.articles_of_story(story, _OF_STORY) if story else []
                on_topic |= {article.id: article for article in others}
            near = list(on_topic.values())
        if day is not None:
            near = printed_on(near, day, zone)
            question = replace(question, window=TimeWindow(day, day))
        return brief(question, self.archive, near)

    def give_stories(self, most: int = _STORIES_GIVEN) -> int:
        """Give articles that came before there were stories theirs, at most ``most``; return how many.

        None while articles are taken in: that gives some theirs too.
        """
        if not self._ingesting.acquire(blocking=False):
            return 0
        try:
            return self._stories.give(most)
        finally:
            self._ingesting.release()

    def repair(self) -> list[Repair]:
        """Put right what can be in the archive; raises `rag.errors.ArchiveError` beside another owner."""
        from rag.indexing import embed_articles

        return self.archive.repair(lambda article: next(embed_articles([article], self._embedder)))

    def remove(self, article_id: str) -> None:
        """Hide an article at once and for good; raises `rag.errors.UnknownArticleError`."""
        self.archive.remove(article_id)


@contextmanager
def open_newsroom(settings: Settings, archive_dir: Path | None = None) -> Iterator[Newsroom]:
    """Open the archive and the embedding model that the settings name.

    ``archive_dir`` is another folder for the articles; what was fitted is still read beside the archive of
    the settings. Raises `rag.errors.ModelMismatchError` when the archive was made with another model:
    `reindex` changes it.
    """
    with ExitStack() as stack:
        folder = archive_dir or settings.archive.dir
        embedder = _open_embedder(settings, _model_for(folder, settings))
        stack.callback(embedder.close)
        calibration = _calibration_for(embedder, settings)
        archive = stack.enter_context(open_archive(folder, calibration=calibration))
        if archive.model not in (None, embedder.name):
            reason = f"its vectors are of the model {archive.model}, the settings name {embedder.name}"
            raise ModelMismatchError(str(folder), f"{reason}: run siyaq reindex")
        model = _named_model(settings)
        if model is not None:
            stack.callback(model.close)
        yield Newsroom(settings, archive, embedder, calibration, model)


def reindex(settings: Settings, on_progress: Callable[[int, int], None] | None = None) -> tuple[str, int]:
    """Embed every article anew with the model that the settings name; return its name and how many were.

    Can be stopped and taken up again: what is done stays done, and the old vectors serve until the last.
    """
    from rag.indexing import embed_articles, reindex_archive

    with ExitStack() as stack:
        embedder = _open_embedder(settings, settings.embedding.model)
        stack.callback(embedder.close)
        calibration = _calibration_for(embedder, settings)
        archive = stack.enter_context(open_archive(settings.archive.dir, calibration=None))
        done = reindex_archive(
            archive, calibration, lambda article: next(embed_articles([article], embedder)), on_progress
        )
        return embedder.name, done


def _named_model(settings: Settings) -> EndpointModel | None:
    """Return the model that writes; nothing is imported or connected before it is asked."""
    named = settings.model
    if named.name is None:
        return None
    from rag.answering.model import EndpointModel

    key = named.api_key.get_secret_value() if named.api_key else None
    return EndpointModel(
        named.name, named.base_url, key, seconds=named.seconds, most_output=named.most_output
    )


def _model_for(folder: Path, settings: Settings) -> str:
    """Return the embedding model to open: what the settings name, else what the archive was made with.

    An archive of an older default goes on answering after an upgrade, until `reindex` moves it.
    """
    named = settings.embedding
    if "model" not in named.model_fields_set and named.base_url is None and folder.is_dir():
        with open_archive(folder, calibration=None, role="guest") as archive:
            held = archive.model
        if held is not None and held != named.model and held in BUILT_IN_MODELS:
            _log.info("%s is of the model %s: siyaq reindex moves it to %s", folder, held, named.model)
            return held
    return named.model


def _open_embedder(settings: Settings, model: str) -> SiyaqEmbedding:
    from rag.embedding import open_embedding

    named = settings.embedding
    key = named.api_key.get_secret_value() if named.api_key else None
    base_url = str(named.base_url) if named.base_url else None
    return open_embedding(model, base_url, key, named.threads)


def _calibration_for(embedder: SiyaqEmbedding, settings: Settings) -> Calibration:
    """Return the model's calibration: shipped, or fitted once and kept beside the archive."""
    from rag.calibration import read_calibration, shipped_calibration

    shipped = shipped_calibration(embedder.name)
    if shipped:
        return shipped
    kept = settings.archive.dir / f"calibration-{embedder.name.replace('/', '_')}.npz"
    if kept.is_file():
        return read_calibration(kept)
    from rag.calibration.fitting import fit

    calibration = fit(embedder)
    kept.parent.mkdir(parents=True, exist_ok=True)
    calibration.save(kept)
    return calibration
