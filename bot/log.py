"""The log: lines on standard error, as text or as JSON, in which no secret ever stands."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TextIO

from pydantic import BaseModel, SecretStr

from bot.settings import Settings

__all__ = ["configure_logging", "secrets_of"]

# These log every request with its URL, and a bot's URL holds its token.
_TALKATIVE = ("httpx", "httpcore", "openai", "chromadb", "urllib3", "apscheduler", "alembic")
_HIDDEN = "[hidden]"


class _Hiding(logging.Formatter):
    """A formatter that hides secrets wherever they stand: message, arguments or traceback."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = tuple(sorted(filter(None, secrets), key=len, reverse=True))

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one text without secrets."""
        return self._hide(super().format(record))

    def _hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return text


class _JsonLines(_Hiding):
    """One JSON object a line: ``time``, ``level``, ``logger``, ``message`` and, of an error, ``error``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a JSON object, secrets hidden before they are escaped."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._hide(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = self._hide(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def configure_logging(settings: Settings, stream: TextIO | None = None) -> None:
    """Send the log to ``stream`` (standard error where ``None``) at the level the settings name."""
    secrets = secrets_of(settings)
    handler = logging.StreamHandler(sys.stderr if stream is None else stream)
    handler.setFormatter(_JsonLines(secrets) if settings.log.format == "json" else _Hiding(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log.level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def secrets_of(section: BaseModel) -> list[str]:
    """Return the plain value of every secret in ``section`` and the sections inside it."""
    found: list[str] = []
    for _, value in section:
        if isinstance(value, SecretStr):
            found.append(value.get_secret_value())
        elif isinstance(value, BaseModel):
            found += secrets_of(value)
    return found
