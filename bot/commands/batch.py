"""The questions of ``siyaq ask --batch``: JSON lines, read one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

import click
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.commands.frame import read_instant
from rag.errors import UnreadableError

__all__ = ["BatchLine", "BatchQuestion", "filled", "read_batch"]

_Shape = TypeVar("_Shape", bound=BaseModel)


def _instant(value: Any) -> Any:
    return None if value is None else read_instant(str(value))


def filled(value: Any) -> Any:
    """Return ``value``; ``ValueError`` where it is a text of nothing but white space."""
    if isinstance(value, str) and not value.strip():
        raise ValueError("is empty")
    return value


class BatchQuestion(BaseModel):
    """One line: what an evaluation adds to it (``answers``, ``answerable`` ...) is left alone."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, coerce_numbers_to_str=True
    )

    id: str = Field(min_length=1)
    question: Annotated[str, BeforeValidator(filled)]
    asked_at: Annotated[datetime | None, BeforeValidator(_instant)] = None
    lang: Literal["ar", "en"] | None = None


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A line of the file with its number, counted from one, not read yet."""

    ref: str
    number: int
    raw: bytes

    def read(self) -> BatchQuestion:
        """Return the question; :class:`UnreadableError` where the line is none."""
        return self.read_as(BatchQuestion)

    def read_as(self, shape: type[_Shape]) -> _Shape:
        """Return what the line holds in the given shape; :class:`UnreadableError` where it holds none."""
        try:
            return shape.model_validate_json(self.raw.removeprefix(b"\xef\xbb\xbf"))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            message = first["msg"].removeprefix("Value error, ")
            raise UnreadableError(self.ref, f"{where}: {message}" if where else message) from None


def read_batch(name: str) -> Iterator[BatchLine]:
    """Yield the lines of the file ``name`` (``-``: standard input) that are not blank.

    Raises :class:`UnreadableError` where the file cannot be opened.
    """
    try:
        with click.open_file(name, "rb") as file:
            yield from _lines(name, file)
    except OSError as error:
        raise UnreadableError(name, (error.strerror or "cannot be read").lower()) from error


def _lines(name: str, file: Any) -> Iterator[BatchLine]:
    for number, raw in enumerate(file, start=1):
        if raw.strip():
            yield BatchLine(name, number, raw)
