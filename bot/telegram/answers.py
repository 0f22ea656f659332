"""What the *Sources* button of an answer opens, kept in the catalog so that it outlives the process.

Only where the quotes stand is kept: no question, and no words of an article, which may be removed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine, delete, insert, select

from bot.alerts.tables import answers, reader_of, stamp
from rag.types import Answer, Article

_KEPT: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stood, and a fingerprint of its words."""

    n: int
    article_id: str
    start: int
    end: int
    fingerprint: str

    def stands_in(self, article: Article) -> bool:
        """Say whether the article still holds these words at this place."""
        return _fingerprint(article.body[self.start : self.end]) == self.fingerprint


class Answers:
    """The answers given; every method is one short transaction, to be called off the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = reader_of(engine)

    def keep(self, chat_id: int, answer: Answer, now: datetime) -> str:
        """Keep where an answer's quotes stand and return a key of 12 letters that cannot be guessed."""
        key = secrets.token_urlsafe(9)
        # A quote that two claims rest on has one number, and one place on the card.
        cited = {c.n: c for c in reversed(answer.citations)}
        places = [[n, c.article.id, c.start, c.end, _fingerprint(c.quote)] for n, c in sorted(cited.items())]
        values = {
            "key": key,
            "chat_id": chat_id,
            "lang": answer.question.lang,
            "citations": json.dumps(places),
            "answered_at": stamp(now),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(answers).values(values))
            connection.execute(delete(answers).where(answers.c.answered_at < stamp(now - _KEPT)))
        return key

    def find(self, key: str, chat_id: int) -> tuple[str, list[Place]] | None:
        """Return the language and the places of an answer, or ``None`` where this chat had none such."""
        query = select(answers).where(answers.c.key == key, answers.c.chat_id == chat_id)
        with self._reader.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        held = row._mapping
        return held["lang"], [Place(*place) for place in json.loads(held["citations"])]


def _fingerprint(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]
