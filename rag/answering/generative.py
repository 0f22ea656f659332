"""Written answers: what a model claims, each claim located in its articles, verified, or left out."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.answering.address import directs
from rag.answering.evidence import Evidence
from rag.answering.extractive import frame_of
from rag.answering.locating import locate, whole_sentences
from rag.answering.orders import is_mere_order, is_order, speaks_to_machines, speaks_to_reader
from rag.answering.verification import Finding, verify
from rag.answering.writer import Writer
from rag.answering.written import WrittenCitation, WrittenClaim
from rag.errors import (
    BudgetSpentError,
    ModelError,
    ModelInvalidError,
    ModelTimeoutError,
    ModelUnavailableError,
)
from rag.text import clean_line, question_language, search_fold, sentences
from rag.types import Answer, Article, Citation, Claim, Passage, Span

logger = logging.getLogger(__name__)

_PASSAGES = 6
_MOST_READ = 12
"""Claims that are looked at; what a model writes beyond is not an answer."""
_LONGEST_CLAIM = 400
_FEWEST_WORDS = 3
_MOST_CITED = 3
_TIMES_LONGER = 3
"""A translation is not so much longer, or shorter, than what it translates."""
_COVERED = 0.8
"""The share of a quote that a translation must have seen."""
_MARKER = re.compile(r"\s*[\[【]\d+[\]】]")
_LINK = re.compile(r"(?:[a-z]{2,}://|\bwww\.|\bt\.me/|\bmailto:|(?<!\w)@\w)", re.IGNORECASE)
_DEGRADED: tuple[tuple[type[ModelError], str], ...] = (
    (BudgetSpentError, "budget"),
    (ModelTimeoutError, "model_timeout"),
    (ModelInvalidError, "model_invalid"),
    (ModelUnavailableError, "model_unavailable"),
    (ModelError, "model_unavailable"),
)

Lang = Literal["ar", "en"]


def write_answer(
    quoted: Answer,
    evidence: Sequence[Evidence],
    writer: Writer,
    most: int,
    tell: Callable[[str], None],
) -> Answer:
    """Return ``quoted`` (an extractive answer) written by a model, or itself with what went wrong.

    ``evidence`` is what may be quoted, best first; the model sees its passages and nothing else. Whatever a
    model or its endpoint does, nothing is shown that did not stand up to its quotes.
    """
    question = quoted.question
    passages = passages_to_show(quoted, evidence)
    tell("writing")
    started = time.perf_counter()
    try:
        written = writer.write(question, passages, most)
    except ModelError as error:
        logger.warning("An answer is quotes only: %s", error)
        return replace(
            quoted, degraded=quoted.degraded or degraded_by(error), timings_ms=_with(quoted, "write", started)
        )
    timings = _with(quoted, "write", started)
    tell("checking")
    started = time.perf_counter()
    if not written.claims:
        logger.warning("An answer is quotes only: %s: the model found no answer in the passages", writer.name)
        return replace(quoted, degraded=quoted.degraded or "model_invalid", timings_ms=timings)
    checked = check(written.claims, passages, question.lang)
    timings["verify"] = (time.perf_counter() - started) * 1e3
    if checked.left_out:
        reasons = ", ".join(f"{reason} ({count})" for reason, count in checked.left_out.items())
        logger.info("Claims of %s were left out or shown as quotes: %s", writer.name, reasons)
    if not checked.claims:
        return replace(quoted, degraded=quoted.degraded or "unverified", timings_ms=timings)
    shown = checked.claims[:most]
    claims = _numbered([*shown, *_sides_left_out(quoted, shown)])
    return replace(quoted, answerer="generative", claims=claims, timings_ms=timings)


def degraded_by(error: ModelError) -> str:
    """Return the word of the answer contract for what went wrong with a model."""
    return next(word for kind, word in _DEGRADED if isinstance(error, kind))


def passages_to_show(quoted: Answer, evidence: Sequence[Evidence]) -> list[Passage]:
    """Return the passages that a model may see: those of the evidence, then the rest of the ranking.

    Of a question about certain days only passages with evidence from them are shown.
    """
    chosen: dict[str, Passage] = {}
    others = quoted.passages if quoted.question.window is None else ()
    for passage in (*(one.passage for one in evidence), *others):
        if len(chosen) < _PASSAGES:
            chosen.setdefault(passage.chunk.id, passage)
    return list(chosen.values())


@dataclass(frozen=True, slots=True)
class Checked:
    """Claims that may be shown, their citations not numbered yet, and why others may not, or as quotes."""

    claims: tuple[Claim, ...]
    left_out: Counter[str]


def check(written: Sequence[WrittenClaim], passages: Sequence[Passage], lang: Lang) -> Checked:
    """Locate and verify what a model wrote from ``passages`` for a reader of ``lang``."""
    shown: dict[str, tuple[Article, list[Span]]] = {}
    for passage in passages:
        article = passage.chunk.article
        shown.setdefault(article.id, (article, []))[1].append(Span(passage.chunk.start, passage.chunk.end))
    claims: list[Claim] = []
    left_out: Counter[str] = Counter()
    for one in written[:_MOST_READ]:
        made, reasons = _checked(one, shown, lang)
        left_out.update(reasons)
        claims += [claim for claim in made if not _is_told(claim, claims, lang)]
    return Checked(tuple(claims), left_out)


def _checked(
    written: WrittenClaim, shown: Mapping[str, tuple[Article, list[Span]]], lang: Lang
) -> tuple[list[Claim], tuple[str, ...]]:
    text = _MARKER.sub("", clean_line(written.text)).strip()
    if not text:
        return [], ("empty",)
    if _LINK.search(text):
        return [], ("link",)
    if is_order(text) or speaks_to_reader(text):
        return [], ("order",)
    citations = []
    for cited in written.citations[:_MOST_CITED]:
        article, spans = shown.get(cited.article_id.strip(), (None, []))
        if article is None:
            return [], ("unknown_article",)
        citation = _located(cited, article, spans, lang)
        if citation is None:
            return [], ("unknown_quote",)
        if any(is_mere_order(span.of(article.body)) for span in _sentences_of(citation)):
            return [], ("order",)
        citations.append(citation)
    verdict = verify(text, lang, citations)
    finding, reasons = verdict.finding, verdict.reasons
    if finding is Finding.KEPT and len(text) > _LONGEST_CLAIM:
        finding, reasons = Finding.QUOTE_INSTEAD, ("long",)
    elif finding is Finding.KEPT and len(text.split()) < _FEWEST_WORDS:
        finding, reasons = Finding.QUOTE_INSTEAD, ("no sentence",)
    elif finding is Finding.KEPT and question_language(text) != lang:
        finding, reasons = Finding.QUOTE_INSTEAD, ("language",)
    elif finding is Finding.KEPT and any(_is_ordered(one) for one in citations):
        finding, reasons = Finding.QUOTE_INSTEAD, ("ordered",)
    if finding is Finding.DROPPED:
        return [], reasons
    if finding is Finding.KEPT and not any(_is_its_quote(text, citation) for citation in citations):
        return [Claim(text, tuple(citations))], ()
    return [_as_quote(citation, lang) for citation in citations], reasons


def _sentences_of(citation: Citation) -> Iterator[Span]:
    return (
        Span(citation.start + span.start, citation.start + span.end) for span in sentences(citation.quote)
    )


def _is_ordered(citation: Citation) -> bool:
    """Tell whether an order stands in the article of a quote, or the quote tells its reader to do something.

    Whatever a model made of it, the reader gets the article's own words.
    """
    spans = _sentences_of(citation)
    return speaks_to_machines(citation.article) or any(
        directs(span.of(citation.article.body)) for span in spans
    )


def _as_quote(citation: Citation, lang: Lang) -> Claim:
    return Claim(frame_of(citation, lang), (citation,))


def _is_its_quote(text: str, citation: Citation) -> bool:
    """Tell whether a claim only says its quote again, word for word."""
    return re.findall(r"\w+", search_fold(text)) == re.findall(r"\w+", search_fold(citation.quote))


def _located(cited: WrittenCitation, article: Article, spans: Sequence[Span], lang: Lang) -> Citation | None:
    exact = locate(cited.quote, article.body, spans)
    whole = whole_sentences(article.body, exact) if exact is not None else None
    if exact is None or whole is None:
        return None
    citation = Citation(0, article, whole.start, whole.end)
    is_covered = exact.end - exact.start >= _COVERED * (whole.end - whole.start)
    if article.lang == lang or not cited.translation or not is_covered:
        return citation
    return replace(citation, translation=_translation(cited.translation, citation, lang))


def _translation(given: str, citation: Citation, lang: Lang) -> str | None:
    """Return a machine translation of a quote where nothing speaks against it, else ``None``."""
    text = _MARKER.sub("", clean_line(given)).strip()
    is_fit = (
        text
        and question_language(text) == lang
        and len(citation.quote) <= _TIMES_LONGER * len(text)
        and len(text) <= _TIMES_LONGER * len(citation.quote)
        and not _LINK.search(text)
        and not is_order(text)
        and not speaks_to_reader(text)
        and not speaks_to_machines(citation.article)
    )
    if not is_fit:
        return None
    # Names are written in another script there: only what contradicts the quote counts, or was put into it.
    verdict = verify(text, lang, [citation])
    put_in = any(reason.startswith(("code:", "added:")) for reason in verdict.reasons)
    return None if verdict.finding is Finding.DROPPED or put_in else text


def _is_told(claim: Claim, before: Sequence[Claim], lang: Lang) -> bool:
    """Tell whether a claim says again what one before it said, or only quotes what was cited already."""
    is_quote = claim.text == frame_of(claim.citations[0], lang)
    return any(
        (is_quote or claim.text == other.text) and _places(claim) <= _places(other) for other in before
    )


def _sides_left_out(quoted: Answer, claims: Sequence[Claim]) -> list[Claim]:
    """Return the sides of a disagreement that no claim cites, as quotes: they belong side by side."""
    cited = {place for claim in claims for place in _places(claim)}
    sides = (side.quote for one in quoted.disagreement for side in one.sides)
    return [
        _as_quote(quote, quoted.question.lang)
        for quote in sides
        if (quote.article.id, quote.start, quote.end) not in cited
    ]


def _places(claim: Claim) -> set[tuple[str, int, int]]:
    return {(one.article.id, one.start, one.end) for one in claim.citations}


def _numbered(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return claims with their citations numbered from 1; the same quote has the same number everywhere."""
    numbers: dict[tuple[str, int, int], int] = {}

    def numbered(claim: Claim) -> Iterator[Citation]:
        seen: set[int] = set()
        for one in claim.citations:
            n = numbers.setdefault((one.article.id, one.start, one.end), len(numbers) + 1)
            if n not in seen:
                seen.add(n)
                yield replace(one, n=n)

    return tuple(replace(claim, citations=tuple(numbered(claim))) for claim in claims)


def _with(answer: Answer, stage: str, started: float) -> dict[str, float]:
    return answer.timings_ms | {stage: (time.perf_counter() - started) * 1e3}
