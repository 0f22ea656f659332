"""Public data sets, from a folder that the operator has, to articles and questions in the neutral format."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.evaluation.multihop import multihop_rows
from bot.evaluation.squad import Paragraph, read_paragraphs
from rag.errors import UnreadableError, UsageError

__all__ = ["arcd_rows", "convert", "xquad_rows"]

_Rows = tuple[list[dict[str, Any]], list[dict[str, Any]]]
_LANGUAGES = ("ar", "en")
_ASKED_AT = "2026-01-01T00:00:00Z"
"""Neither set asks about days: one instant for all."""


def convert(name: str, folder: Path, out: Path, *, one_language: bool) -> tuple[Path, Path]:
    """Write the articles and the questions of the data set ``name`` in ``folder`` into ``out``.

    Returns the two files. Raises `rag.errors.UsageError` where one is there already, and
    `rag.errors.UnreadableError` where the data set is not as it should be.
    """
    if one_language and name != "xquad":
        raise UsageError("--one-language", "is for xquad, which alone tells everything in two languages")
    kinds: dict[str, Callable[[], _Rows]] = {
        "xquad": lambda: xquad_rows(folder, one_language=one_language),
        "arcd": lambda: arcd_rows(folder),
        "multihop-rag": lambda: multihop_rows(folder),
    }
    files = out / "articles.jsonl", out / "questions.jsonl"
    for file in files:
        if file.exists():
            raise UsageError(str(file), "is there already; name another folder with --out")
    rows = kinds[name]()
    out.mkdir(parents=True, exist_ok=True)
    for file, lines in zip(files, rows, strict=True):
        file.write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
        )
    return files


def xquad_rows(folder: Path, *, one_language: bool) -> _Rows:
    """Return XQuAD in Arabic and English: each paragraph an article, each question in both languages.

    Every paragraph is held in both languages, and both answer; with ``one_language`` it is held in one of
    them only (by a hash of its place), so that half of the questions have their evidence in the other.
    """
    told = {lang: list(read_paragraphs(_only_file(folder, f"xquad.{lang}*.json"))) for lang in _LANGUAGES}
    shapes = [[(p.entry, p.number, len(p.questions)) for p in paragraphs] for paragraphs in told.values()]
    if shapes[0] != shapes[1]:
        raise UnreadableError(str(folder), "its two languages are not parallel")
    articles, questions = [], []
    for pair in zip(*told.values(), strict=True):
        by_lang = dict(zip(_LANGUAGES, pair, strict=True))
        place = f"xquad-{pair[0].entry}-{pair[0].number}"
        held = [_LANGUAGES[_parity(place)]] if one_language else list(_LANGUAGES)
        articles += [_article(f"{place}-{lang}", lang, by_lang[lang].text) for lang in held]
        for lang, paragraph in by_lang.items():
            for number, asked in enumerate(paragraph.questions):
                answers = [a for other in held for a in by_lang[other].questions[number].answers]
                ids = [f"{place}-{other}" for other in held]
                questions.append(_question(f"{place}-q{number}-{lang}", asked.text, lang, ids, answers))
    return articles, questions


def arcd_rows(folder: Path) -> _Rows:
    """Return ARCD: each paragraph of each of its files an article, asked in Arabic."""
    files = sorted(folder.glob("arcd*.json"))
    if not files:
        raise UnreadableError(str(folder), "holds no arcd*.json")
    articles, questions = [], []
    for file in files:
        for paragraph in read_paragraphs(file):
            place = f"{file.stem}-{paragraph.entry}-{paragraph.number}"
            articles.append(_article(place, "ar", paragraph.text))
            questions += _own_questions(place, paragraph)
    return articles, questions


def _own_questions(place: str, paragraph: Paragraph) -> list[dict[str, Any]]:
    return [
        _question(f"{place}-q{number}", asked.text, "ar", [place], asked.answers)
        for number, asked in enumerate(paragraph.questions)
    ]


def _article(article_id: str, lang: str, text: str) -> dict[str, Any]:
    return {"id": article_id, "lang": lang, "text": text}


def _question(
    question_id: str, text: str, lang: str, article_ids: list[str], answers: Sequence[str]
) -> dict[str, Any]:
    return {
        "id": question_id,
        "question": text.strip(),
        "lang": lang,
        "article_ids": article_ids,
        "answers": list(dict.fromkeys(answers)),
        "answerable": True,
        "asked_at": _ASKED_AT,
    }


def _only_file(folder: Path, pattern: str) -> Path:
    files = sorted(folder.glob(pattern))
    if len(files) != 1:
        raise UnreadableError(str(folder), f"holds {len(files)} files {pattern}, and needs one")
    return files[0]


def _parity(place: str) -> int:
    return hashlib.sha256(place.encode()).digest()[0] % 2
