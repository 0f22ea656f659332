"""The shape in which a model answers: claims with citations, read leniently and checked strictly."""

from __future__ import annotations

import json
import re
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from rag.errors import ModelInvalidError

_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)


def _strict(schema: dict[str, Any]) -> None:
    """Name every property as required and allow no other, as OpenAI's structured output wants it."""
    schema["additionalProperties"] = False
    schema["required"] = list(schema["properties"])
    for described in schema["properties"].values():
        described.pop("default", None)


class _Shape(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, json_schema_extra=_strict
    )


class WrittenCitation(_Shape):
    """The words of an article that a claim rests on, and the model's translation of them, if any."""

    article_id: str
    quote: str
    translation: str | None = None


class WrittenClaim(_Shape):
    """One statement."""

    text: str
    citations: tuple[WrittenCitation, ...]


class WrittenAnswer(_Shape):
    """What a model returns; without claims where the passages do not answer."""

    claims: tuple[WrittenClaim, ...]


class WrittenQuestion(_Shape):
    """A follow-up as a question that stands for itself."""

    question: str


_Read = TypeVar("_Read", bound=_Shape)


def _format(name: str, shape: type[_Shape]) -> dict[str, Any]:
    schema = {"name": name, "strict": True, "schema": shape.model_json_schema()}
    return {"type": "json_schema", "json_schema": schema}


RESPONSE_FORMAT: Final = _format("answer", WrittenAnswer)
QUESTION_FORMAT: Final = _format("question", WrittenQuestion)


def read_written(model: str, text: str) -> WrittenAnswer:
    """Read the answer in a model's reply; raises `ModelInvalidError`, see `read_as`."""
    return read_as(WrittenAnswer, model, text)


def read_as(shape: type[_Read], model: str, text: str) -> _Read:
    """Read a model's reply, also where words or a code fence stand around the object.

    Raises `ModelInvalidError` with a reason that says where it is off, and none of the model's words.
    """
    bare = _THOUGHTS.sub("", text).strip()
    if not bare:
        raise ModelInvalidError(model, "the model returned nothing")
    start = bare.find("{")
    if start < 0:
        raise ModelInvalidError(model, "the model returned no JSON object")
    try:
        found, _ = json.JSONDecoder().raw_decode(bare, start)
    except (ValueError, RecursionError) as error:
        raise ModelInvalidError(model, "the model returned broken JSON") from error
    try:
        return shape.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the object"
        # The rest of pydantic's message may hold what the model wrote.
        raise ModelInvalidError(model, f"{where}: {first['type'].replace('_', ' ')}") from None
