"""A small invented archive in two languages, and small hand-made values for what needs no archive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from bot.settings import Settings, load_settings
from rag.answering.evidence import READINGS, Evidence
from rag.answering.features import FEATURES
from rag.calibration import unit
from rag.embedding import SiyaqEmbedding
from rag.text import sentences
from rag.types import Article, Passage, Precision, Published, Span, StoredChunk, Vector
from tests.unit.rag.endpoint import DIMENSION, vector_of

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)

STORIES: tuple[dict[str, str], ...] = (
    {
        "id": "ferry-ar",
        "title": "غرق عبّارة قرب ميناء درنان",
        "lang": "ar",
        "outlet": "صحيفة الشراع",
        "published": "2026-03-17",
        "text": "غرقت عبّارة قرب ميناء درنان مساء الاثنين، وقتل سبعة عشر راكبا.\n"
        "وقال قائد خفر السواحل نبيل العرّاوي إن الحادث وقع بسبب عاصفة رملية مفاجئة.",
    },
    {
        "id": "ferry-copy-ar",
        "title": "مصرع ركاب عبّارة",
        "lang": "ar",
        "outlet": "وكالة الضفة",
        "published": "2026-03-17",
        "text": "غرقت عبّارة قرب ميناء درنان مساء الاثنين، وقتل سبعة عشر راكبا.\n"
        "وأغلقت السلطات الميناء حتى إشعار آخر.",
    },
    {
        "id": "bread-ar",
        "title": "ارتفاع سعر الخبز في رملاية",
        "lang": "ar",
        "outlet": "صدى رملاية",
        "published": "2026-03-10",
        "text": "رفعت نقابة المخابز سعر ربطة الخبز إلى 35 درهما في مدينة رملاية.\n"
        "وعزت النقابة القرار إلى غلاء الطحين المستورد.",
    },
    {
        "id": "defence-ar",
        "title": "البنتاجون يدرس صفقة طائرات",
        "lang": "ar",
        "outlet": "صحيفة الشراع",
        "published": "2026-03-12",
        "text": "قال البنتاجون إنه يدرس شراء أربعين طائرة نقل جديدة.\nولم تحدد الوزارة موعدا لتوقيع العقد.",
    },
    {
        "id": "observatory-en",
        "title": "Observatory opens on Mount Kelvar",
        "lang": "en",
        "outlet": "Velmar Courier",
        "published": "2026-03-14",
        "text": "President Ilsa Tornqvist opened the observatory on Mount Kelvar on Saturday.\n"
        "The telescope cost 48 million crowns and took six years to build.",
    },
    {
        "id": "strike-en",
        "title": "Tram drivers strike in Austrel",
        "lang": "en",
        "published": "2026-03-16",
        "text": "Tram drivers in Austrel walked out on Monday because of unpaid overtime.\n"
        "The union said 900 drivers joined the strike.",
    },
    {
        "id": "strike-old-en",
        "title": "Tram drivers strike in Austrel",
        "lang": "en",
        "outlet": "Velmar Courier",
        "published": "2025-11-03",
        "text": "About 400 tram drivers in Austrel stayed at home for a day in November.",
    },
)


def write_stories(path: Path, stories: Sequence[dict[str, str]] = STORIES) -> Path:
    """Write ``stories`` as the JSON lines that an ingest reads."""
    path.write_text("\n".join(json.dumps(story, ensure_ascii=False) for story in stories), "utf-8")
    return path


def settings_for(folder: Path, **more: str) -> Settings:
    """Return settings for an archive in ``folder``; ``more`` are settings without their common prefix."""
    env = {"SIYAQ_ARCHIVE__DIR": str(folder), "SIYAQ_EMBEDDING__THREADS": "1"}
    return load_settings(env | {f"SIYAQ_{name}": value for name, value in more.items()}, None)


def article(body: str, *, article_id: str = "a1", lang: str = "en", **fields: Any) -> Article:
    """Return an article of ``body``, dated where ``published`` names a day, a month or a year."""
    day = fields.pop("published", None)
    precision = {4: Precision.YEAR, 7: Precision.MONTH}.get(len(day or ""), Precision.DAY)
    published = Published(day, precision, day, "given") if day else None
    return Article(article_id, fields.pop("title", "A title"), lang, body, published=published, **fields)


def passage(of: Article, score: float = 1.0) -> Passage:
    """Return a passage of the whole of an article, without vectors."""
    spans = sentences(of.body)
    empty = np.zeros((len(spans), 3), dtype=np.float32)
    chunk = StoredChunk(f"{of.id}/0", of, 0, 0, len(of.body), spans, empty, empty[0])
    return Passage(chunk, score, (0.0,) * len(spans))


def evidence(of: Article, probability: float, span: Span | None = None, **features: float) -> Evidence:
    """Return the first sentence of an article (or ``span``) weighed as evidence, and read."""
    row = np.zeros(len(FEATURES) + len(READINGS), dtype=np.float32)
    for name, value in features.items():
        row[(*FEATURES, *READINGS).index(name)] = value
    readings = row[len(FEATURES) :]
    return Evidence(passage(of), span or sentences(of.body)[0], row[: len(FEATURES)], probability, readings)


class WordsEmbedding(SiyaqEmbedding):
    """Vectors by the words of a text, in no time: texts that share words are alike."""

    def __init__(self) -> None:
        super().__init__(model_name="words")

    @property
    def dimension(self) -> int:
        return DIMENSION

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        if not texts:
            return np.empty((0, DIMENSION), dtype=np.float32)
        return unit(np.array([vector_of(text) for text in texts], dtype=np.float32))

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        return self.embed_passages(texts)
