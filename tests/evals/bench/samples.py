"""The samples: milliseconds for each stage of a question, the raw parts beside, and the right article."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.table import Table

from bot.evaluation.questions import held_ids
from bot.newsroom import Newsroom, open_newsroom
from bot.settings import ArchivePlace, Embedding, Settings
from rag.calibration import Calibration
from rag.embedding import SiyaqEmbedding
from rag.questions import read_question
from rag.text import repair
from rag.types import Answer, Article
from tests.evals.bench.models import open_model, threads
from tests.evals.bench.parts import Part, Stopwatch, below, disk_bytes, peak_bytes, progress
from tests.evals.bench.quality import SIYAQ, Wanted, ask_llama, part_of
from tests.evals.bench.raw import open_raw_parts, terms_of
from tests.evals.bench.sizes import Sizes
from tests.evals.gold_questions import ANSWERABLE, INGESTED_AT, SAMPLES, GoldQuestion, read_gold
from tests.evals.measures import Asked
from tests.evals.trials import OnProgress

_LANES = ("ar", "en")


def measure(sizes: Sizes) -> tuple[Part, Part]:
    """Ingest the samples and ask the questions that may be looked at; returns the times and the quality."""
    model, calibration = open_model()
    questions = read_gold("dev")
    watch = Stopwatch()
    with TemporaryDirectory() as folder, progress() as tell:
        settings = Settings(archive=ArchivePlace(dir=Path(folder)), embedding=Embedding(threads=threads()))
        with open_newsroom(settings) as newsroom:
            begun = time.perf_counter()
            report = newsroom.ingest(
                SAMPLES,
                now=INGESTED_AT,
                on_progress=lambda at: tell(f"{at.stage} samples", at.done, at.total),
            )
            ingested = time.perf_counter() - begun
            articles = newsroom.archive.articles()
            asked = _ask(newsroom, questions, articles, watch, tell)
            again = questions[:: max(1, len(questions) // sizes.questions)]
            _ask_again(newsroom, again, watch, tell)
            newsroom.archive.sync()
            _time_raw_parts(Path(folder), questions, model, calibration, watch)
            chunks = sum(newsroom.archive.lane_sizes().values())
        size = disk_bytes(Path(folder))
        wanted = [_wanted(one, articles) for one in questions if one.kind in ANSWERABLE]
        held = [{"id": one.id, "title": one.title, "text": one.body} for one in articles]
        theirs = ask_llama(held, wanted, model, tell)
    times = Part(
        figures={"articles": len(report.added), "chunks": chunks, "questions": len(questions)},
        machine={
            "seconds_an_article": ingested / len(report.added),
            "disk_bytes": size,
            "peak_bytes": peak_bytes(),
        },
        times=watch.times,
    )
    return times, part_of({SIYAQ: asked, **theirs}, len(articles))


def _ask(
    newsroom: Newsroom,
    questions: Sequence[GoldQuestion],
    articles: Sequence[Article],
    watch: Stopwatch,
    tell: OnProgress,
) -> list[Asked]:
    asked = []
    for number, question in enumerate(questions, 1):
        answer = _timed(newsroom, question, watch, " (first time asked)")
        if question.kind in ANSWERABLE:
            ranked = [passage.chunk.article.id for passage in answer.passages]
            asked.append(_wanted(question, articles).asked(SIYAQ, ranked))
        tell("asking about the samples", number, len(questions))
    return asked


def _ask_again(
    newsroom: Newsroom, questions: Sequence[GoldQuestion], watch: Stopwatch, tell: OnProgress
) -> None:
    for number, question in enumerate(questions, 1):
        _timed(newsroom, question, watch, "")
        tell("asking some again", number, len(questions))


def _timed(newsroom: Newsroom, question: GoldQuestion, watch: Stopwatch, kind: str) -> Answer:
    begun = time.perf_counter()
    answer = newsroom.ask(question.text, now=question.asked_at, lang=question.lang, fresh=True)
    whole = {"whole question": (time.perf_counter() - begun) * 1e3}
    for stage, spent in (answer.timings_ms | whole).items():
        watch.note(f"{stage}{kind}", spent)
    return answer


def _wanted(question: GoldQuestion, articles: Sequence[Article]) -> Wanted:
    right = held_ids(question.article_ids, articles)
    langs = {article.lang for article in articles if article.id in right}
    evidence = question.lang if question.lang in langs else min(langs)
    return Wanted(question.text, question.lang, frozenset(right), evidence, min(right))


def _time_raw_parts(
    directory: Path,
    questions: Sequence[GoldQuestion],
    model: SiyaqEmbedding,
    calibration: Calibration,
    watch: Stopwatch,
) -> None:
    with open_raw_parts(directory, _LANES) as raw:
        for one in questions:
            question = read_question(one.text, now=one.asked_at, lang=one.lang)
            text = repair(question.text)
            vector = watch.time("raw: question embedded", model.embed_questions, [text])[0]
            centred = calibration.center_questions(question.lang, vector)
            for lane in _LANES:
                watch.time(f"raw: Chroma, lane {lane}", raw.nearest, lane, centred)
            watch.time("raw: full text", raw.by_words, question.lang, terms_of(question))


def ingest_table(part: Part) -> Table:
    """Return what taking in the samples cost."""
    table = Table("taking in the samples", "", title="Ingest of the samples", title_justify="left")
    articles, machine = part.figures["articles"], part.machine
    table.add_row("articles, chunks", f"{articles:.0f}, {part.figures['chunks']:.0f}")
    table.add_row("seconds an article", f"{machine['seconds_an_article']:.2f}")
    table.add_row("disk, kB an article", f"{machine['disk_bytes'] / 1024 / articles:.0f}")
    table.add_row("largest resident set, MB", f"{machine['peak_bytes'] / 1e6:.0f}")
    return table


def stage_table(part: Part) -> Table:
    """Return how long each stage of a question takes, and the raw parts."""
    title = f"A question to the samples, {part.figures['chunks']:.0f} chunks: milliseconds"
    table = Table("stage", title=title, title_justify="left")
    for heading in ("asked", "median", "95 % below"):
        table.add_column(heading, justify="right")
    for name, spent in part.times.items():
        table.add_row(name, str(len(spent)), f"{median(spent):.1f}", f"{below(spent):.1f}")
    return table
