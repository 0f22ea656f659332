"""JSON lines: one article a line, as ``siyaq ingest`` takes them; a bad line is refused by its number."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from pydantic_core import from_json

from ingest.drafts import Draft
from ingest.urls import is_web_url
from rag.dates import read_dateline
from rag.errors import RefusedError, UnreadableError
from rag.types import Precision, Published

_MAX_ID = 200


class Line(BaseModel):
    """The fields of a line; all but ``text`` may be missing, null or empty, further ones are ignored."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    text: str
    id: str | None = None
    title: str | None = None
    lang: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None

    @field_validator("text")
    @classmethod
    def _some_text(cls, text: str) -> str:
        if not text:
            raise ValueError("is empty")
        return text

    @field_validator("id", mode="before")
    @classmethod
    def _number_as_text(cls, given: object) -> object:
        return str(given) if isinstance(given, int) and not isinstance(given, bool) else given

    @field_validator("id", "title", "lang", "outlet", "url", "author", "published")
    @classmethod
    def _empty_is_none(cls, given: str | None) -> str | None:
        return given or None

    @field_validator("id")
    @classmethod
    def _usable_id(cls, given: str | None) -> str | None:
        if given is not None and (len(given) > _MAX_ID or not given.isprintable() or re.search(r"\s", given)):
            raise ValueError(f"must be at most {_MAX_ID} printable characters without spaces")
        return given

    @field_validator("lang")
    @classmethod
    def _language_code(cls, given: str | None) -> str | None:
        if given is None:
            return None
        code = re.split(r"[-_]", given.lower())[0]
        if not re.fullmatch(r"[a-z]{2,3}", code):
            raise ValueError("must be a language code such as ar or en")
        return code

    @field_validator("url")
    @classmethod
    def _web_url(cls, given: str | None) -> str | None:
        if given is not None and not is_web_url(given):
            raise ValueError("must be an http or https URL")
        return given

    @field_validator("published")
    @classmethod
    def _a_date(cls, given: str | None) -> str | None:
        if given is not None and read_given_date(given) is None:
            raise ValueError("must be a date such as 2023-08-28 or an instant such as 2023-08-28T10:00:00Z")
        return given


def read_given_date(given: str) -> Published | None:
    """Read a date that came with the article: a day, an instant, a month, a year or a date line."""
    if re.fullmatch(r"(?:19|20)\d\d", given):
        return Published(given, Precision.YEAR, given, "given")
    if re.fullmatch(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])", given):
        return Published(given, Precision.MONTH, given, "given")
    return read_dateline(given, source="given")


def read_json_lines(ref: str, text: str) -> Iterator[Draft | RefusedError]:
    """Yield a draft for each line, or the error that refuses it as ``ref:line``; empty lines are skipped."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _read_line(f"{ref}:{number}", line)


def read_json_file(ref: str, text: str) -> Iterator[Draft | RefusedError]:
    """Yield the drafts of a ``.json`` file: one object, a list of them as ``ref#1`` and on, or JSON lines."""
    try:
        whole = from_json(text)
    except ValueError:
        yield from read_json_lines(ref, text)
        return
    if not isinstance(whole, list):
        yield _read_value(ref, whole)
        return
    for number, value in enumerate(whole, 1):
        yield _read_value(f"{ref}#{number}", value)


def _read_value(ref: str, value: object) -> Draft | RefusedError:
    try:
        return _draft(ref, Line.model_validate(value))
    except ValidationError as error:
        return UnreadableError(ref, _one_line(error))


def _read_line(ref: str, line: str) -> Draft | RefusedError:
    try:
        return _draft(ref, Line.model_validate_json(line))
    except ValidationError as error:
        return UnreadableError(ref, _one_line(error))


def _draft(ref: str, given: Line) -> Draft:
    return Draft(
        ref=ref,
        title=given.title or "",
        body=given.text,
        id=given.id,
        lang=given.lang,
        outlet=given.outlet,
        url=given.url,
        author=given.author,
        published=read_given_date(given.published) if given.published else None,
    )


def _one_line(error: ValidationError) -> str:
    """Say what is wrong with a line in a few words, without repeating what stands in it."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    message = first["msg"].removeprefix("Value error, ").splitlines()[0]
    if first["type"] == "json_invalid":
        return f"not a JSON object ({message.removeprefix('Invalid JSON: ')})"
    field = ".".join(str(part) for part in first["loc"])
    return f"{json.dumps(field)} {message}" if field else "not a JSON object with the fields of an article"
