"""A turn as a later one sees it: its question and what its answer cites first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rag.conversation.reading import Reading, read_turn
from rag.text import search_terms
from rag.types import Article


@dataclass(frozen=True)
class Before:
    """A question that was asked, self-contained; ``quote`` is the first of its answer, out of ``article``."""

    question: str
    article: Article | None = None
    quote: str = ""

    @cached_property
    def reading(self) -> Reading:
        """The question taken apart."""
        return read_turn(self.question)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The search terms of the question."""
        return frozenset(search_terms(self.question))

    @cached_property
    def held(self) -> frozenset[str]:
        """The search terms of the question and of the article that answered it."""
        if self.article is None:
            return self.asked
        return self.asked | frozenset(search_terms(f"{self.article.title}\n{self.article.body}"))

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The search terms of the question's words that carry something, in order."""
        return tuple(self.reading.tokens[n].term for n in self.reading.content)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything a self-contained question may take its words from."""
        title = self.article.title if self.article else ""
        return tuple(text for text in (self.question, title, self.quote) if text)

    def as_json(self) -> dict[str, str]:
        """Return what a model is shown of the turn."""
        title = self.article.title if self.article else ""
        shape = {"question": self.question, "article": title, "quote": self.quote}
        return {name: value for name, value in shape.items() if value}
