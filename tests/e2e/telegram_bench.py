"""The bench of the Telegram tests: the real application, the local Bot API, and a small newsroom.

``SmallNewsroom`` has the face of ``bot.newsroom.Newsroom`` over the real archive and the real ingest; only
its reading is simple: it quotes the sentences that share most words with the question.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from bot.alerts.chats import Chats
from bot.sandbox import Sandbox, open_sandbox
from bot.settings import Settings, load_settings
from bot.telegram.app import Bot, open_bot
from bot.telegram.desk import Pace
from bot.telegram.limiter import Limits
from bot.telegram.run import running
from ingest.pipeline import IngestReport, ingest_paths
from rag.archive.archive import Archive, open_archive
from rag.conversation import Conversation, Turn
from rag.text import question_language, search_terms, sentences
from rag.types import Answer, Article, Citation, Claim, Passage, Question, StoredChunk

TOKEN = "4200000001:sandbox-token-of-the-tests"  # noqa: S105  of no account
ADMIN, READER, OTHER, GROUP = 501, 602, 703, -1804
MORNING = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
QUICK = Pace(
    status_after=0.05,
    stage_every=0.05,
    progress_every=0.05,
    read_timeout=1.5,
    poll_timeout=5,
    limits=Limits(private_rate=200, private_burst=200, group_rate=200, group_burst=200),
)

ARTICLES: list[dict[str, str]] = [
    {
        "id": "bridge-ar",
        "title": "افتتاح جسر الوادي في مدينة رمانة",
        "outlet": "صحيفة المرفأ",
        "url": "https://marfa.example/bridge",
        "lang": "ar",
        "published": "2026-03-18",
        "text": (
            "افتتح محافظ رمانة جسر الوادي صباح الثلاثاء بعد أعمال دامت ثلاثة أعوام.\n"
            "وقال المهندس سليم الراوي إن طول الجسر 840 مترا وإن كلفته بلغت 12 مليون دينار. "
            "وأضاف أن شركة Nordbau نفذت 60% من الأعمال."
        ),
    },
    {
        "id": "harbour-en",
        "title": "Harbour of Tellin to close for dredging",
        "outlet": "The Tellin Courier",
        "url": "https://courier.example/harbour?page=1",
        "lang": "en",
        "published": "2026-03-17",
        "text": (
            "The harbour of Tellin will close for nine days from 2 April, the port office said on Monday.\n"
            "Ferries to Osmar island will leave from the old quay instead. "
            '"We expect no shortage of goods," said harbour master Ida Brandt.'
        ),
    },
    {
        "id": "wheat-ar",
        "title": "أسعار القمح ترتفع في سوق سنابل",
        "outlet": "BBC المحلية",
        "lang": "ar",
        "text": "ارتفعت أسعار القمح في سوق سنابل بنسبة 7% خلال أسبوع، وفق اتحاد التجار.",
    },
]


class SmallEmbedding:
    """Vectors from a hash of the words: enough for the archive to hold, not meant to be searched."""

    name = "hash16"
    dimension = 16

    def count_tokens(self, text: str) -> int:
        """Count words."""
        return len(text.split())

    def embed_passages(self, texts: Sequence[str]) -> Any:
        """Return unit vectors."""
        rows = [np.frombuffer(hashlib.sha256(t.encode()).digest(), dtype=np.uint8)[:16] for t in texts]
        vectors = np.asarray(rows, dtype=np.float32).reshape(len(texts), 16) + 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Move on."""
        self.now += timedelta(**by)


@dataclass
class SmallNewsroom:
    """The newsroom's face over a real archive; questions with ``slow`` in them wait for ``gate``."""

    settings: Settings
    archive: Archive
    gate: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)

    def ask(
        self,
        text: str,
        *,
        now: datetime,
        lang: Any = None,
        question_id: str = "q1",
        on_stage: Callable[[str], None] | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """Quote the sentences that share most words with the question, understood as the real one would."""
        self.asked.append(text)
        asked, text = text, Conversation(self.archive).understood(text, history, now) or text
        for stage in ("searching", "reading", "checking"):
            if on_stage:
                on_stage(stage)
            if "slow" in text and stage == "reading":
                self.gate.wait(20)
        if "burst" in text:
            raise RuntimeError("a fault in the newsroom")
        spoken = lang or question_language(asked)
        question = Question(question_id, text, spoken, now, asked=asked if asked != text else None)
        found = self._best(text)
        if not found:
            nearest = tuple(self.archive.articles()[:2])
            return Answer(question, "insufficient", "extractive", 0.1, nearest=nearest)
        claims = tuple(
            Claim(self._frame(article, question.lang), (Citation(n, article, start, end),))
            for n, (article, start, end) in enumerate(found, start=1)
        )
        return Answer(question, "answered", "extractive", 0.9, claims=claims)

    def _frame(self, article: Article, lang: str) -> str:
        outlet = article.outlet or ""
        return f"ورد في {outlet}:" if lang == "ar" else f"According to {outlet}:"

    def _best(self, text: str) -> list[tuple[Article, int, int]]:
        terms = set(search_terms(text))
        scored = []
        for article in self.archive.articles():
            full = self.archive.article(article.id)
            for span in sentences(full.body):
                shared = len(terms & set(search_terms(span.of(full.body))))
                if shared >= 2:
                    scored.append((shared, full, span.start, span.end))
        scored.sort(key=lambda row: (-row[0], row[1].id, row[2]))
        return [row[1:] for row in scored[:2]]

    def ingest(self, paths: Sequence[Path], *, now: datetime, on_progress: Any = None) -> IngestReport:
        """Ingest as the real one does."""
        return ingest_paths(
            paths, archive=self.archive, embedder=SmallEmbedding(), now=now, on_progress=on_progress
        )

    def news_on(self, topic: str, *, since: datetime, now: datetime, limit: int = 5) -> list[Passage]:
        """Return articles that share a word with the topic."""
        terms = set(search_terms(topic))
        found = []
        for held in self.archive.articles():
            article = self.archive.article(held.id)
            at = datetime.fromisoformat(article.ingested_at)
            if since < at <= now and terms & set(search_terms(f"{article.title} {article.body}")):
                found.append(passage_of(article))
        return sorted(found, key=lambda p: p.chunk.article.ingested_at, reverse=True)[:limit]

    def remove(self, article_id: str) -> None:
        """Remove an article."""
        self.archive.remove(article_id)


def passage_of(article: Article) -> Passage:
    """Return the whole of an article as one passage."""
    none = np.zeros((0, 16), dtype=np.float32)
    spans = sentences(article.body)
    chunk = StoredChunk(f"{article.id}#0", article, 0, 0, len(article.body), spans, none, none)
    return Passage(chunk, 1.0, tuple(1.0 / (n + 1) for n in range(len(spans))))


@dataclass
class Bench:
    """Everything a test needs to act and to look."""

    sandbox: Sandbox
    newsroom: SmallNewsroom
    bot: Bot
    clock: Clock
    folder: Path

    @property
    def chats(self) -> Chats:
        """The chats of the running bot."""
        return self.bot.desk.chats

    async def tick(self) -> dict[str, int]:
        """Do now what the bot does every few seconds."""
        return dict(await self.bot.digests.tick(self.clock(), self.bot.posting.send))


def settings_for(sandbox_url: str, folder: Path, **more: str) -> Settings:
    """Return settings as an operator would write them."""
    return load_settings(
        {
            "SIYAQ_TELEGRAM__TOKEN": TOKEN,
            "SIYAQ_TELEGRAM__API_URL": sandbox_url,
            "SIYAQ_TELEGRAM__ADMINS": str(ADMIN),
            "SIYAQ_TELEGRAM__INGEST_DIRS": str(folder / "inbox"),
            "SIYAQ_ARCHIVE__DIR": str(folder / "archive"),
            **more,
        },
        dotenv=None,
    )


def write_lines(path: Path, articles: Sequence[dict[str, str]]) -> Path:
    """Write articles as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")
    return path


@asynccontextmanager
async def open_bench(
    folder: Path,
    *,
    sandbox: Sandbox | None = None,
    pace: Pace = QUICK,
    clock: Clock | None = None,
    **more: str,
) -> AsyncIterator[Bench]:
    """Run the bot on a fresh sandbox, or on one that is running; the archive in ``folder`` is kept."""
    clock = clock or Clock()
    if sandbox is None:
        async with (
            open_sandbox() as fresh,
            open_bench(folder, sandbox=fresh, pace=pace, clock=clock, **more) as bench,
        ):
            yield bench
        return
    settings = settings_for(sandbox.url, folder, **more)
    (folder / "inbox").mkdir(exist_ok=True)
    with open_archive(folder / "archive", calibration=None) as archive:
        newsroom = SmallNewsroom(settings, archive)
        if not archive.articles():
            newsroom.ingest([write_lines(folder / "seed.jsonl", ARTICLES)], now=clock())
        with open_bot(newsroom, settings, clock=clock, pace=pace) as bot:  # type: ignore[arg-type]  # the same face
            await bot.application.initialize()
            try:
                async with running(bot, tick_seconds=3600):
                    yield Bench(sandbox, newsroom, bot, clock, folder)
            finally:
                newsroom.gate.set()
