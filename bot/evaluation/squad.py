"""Data sets in the shape of SQuAD: paragraphs with questions, each answered by a stretch of its paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from rag.errors import UnreadableError

__all__ = ["Paragraph", "PublicQuestion", "read_model", "read_paragraphs"]

_Shape = TypeVar("_Shape", bound=BaseModel)


class _Answer(BaseModel):
    text: str


class _Asked(BaseModel):
    question: str
    answers: tuple[_Answer, ...] = ()


class _Paragraph(BaseModel):
    context: str
    qas: tuple[_Asked, ...]


class _Entry(BaseModel):
    paragraphs: tuple[_Paragraph, ...]


class _File(BaseModel):
    data: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """A question of a paragraph and what answers it there."""

    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The ``number``-th paragraph of the ``entry``-th article of a file, both from 0."""

    entry: int
    number: int
    text: str
    questions: tuple[PublicQuestion, ...]


def read_model(shape: type[_Shape], path: Path) -> _Shape:
    """Return what a JSON file holds in the given shape; `rag.errors.UnreadableError` where it is another."""
    try:
        return shape.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise UnreadableError(str(path), f"{where}: {message}" if where else message) from None


def read_paragraphs(path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of a file, in its order."""
    for entry, article in enumerate(read_model(_File, path).data):
        for number, paragraph in enumerate(article.paragraphs):
            questions = tuple(
                PublicQuestion(asked.question, tuple(answer.text for answer in asked.answers))
                for asked in paragraph.qas
            )
            yield Paragraph(entry, number, paragraph.context, questions)
