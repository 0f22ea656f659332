"""Answers given before, given again for as long as nothing that they rest on has changed.

In memory, bounded, and without anybody's words: a question is kept as a fingerprint.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

import numpy as np

from rag.archive.archive import Archive
from rag.text import clean_line, fold
from rag.types import Answer, Article, Passage, Question

_END_MARKS = " ?؟.!…"
_NONE = np.empty((0, 0), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Kept:
    state: Hashable
    answer: Answer


class Remembered:
    """At most ``most`` answers of one archive, one model and one set of settings. Thread-safe.

    An answer is given again to the same question (spelling of letters, vowel marks and the mark at its end
    apart) on the same day and about the same days, while no article was added, changed or removed, and the
    articles it shows and ranks are what they were. One that was degraded is not kept: the next may be whole.
    """

    def __init__(self, archive: Archive, most: int) -> None:
        self._archive = archive
        self._most = most
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, question: Question, make: Callable[[], Answer]) -> Answer:
        """Return the answer to ``question`` that is kept, or the one that ``make`` makes, and keep it."""
        key, state = _key(question), self._archive.state
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is not None and kept.state == state and self._stands(kept.answer):
            return replace(kept.answer, question=question, timings_ms={})
        answer = make()
        # What came meanwhile may be in the answer or not: it is kept only where nothing did.
        if answer.degraded is None and self._archive.state == state:
            self._keep(key, _Kept(state, _lightened(answer)))
        return answer

    def _keep(self, key: str, kept: _Kept) -> None:
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def _stands(self, answer: Answer) -> bool:
        ranked = (passage.chunk.article for passage in answer.passages)
        cited = (citation.article for citation in answer.citations)
        shown = {article.id: article for article in (*ranked, *answer.nearest, *cited)}
        return self._archive.held(shown.keys()) == shown


def _key(question: Question) -> str:
    folded = fold(clean_line(question.text), search=False, diacritics=False).text.strip(_END_MARKS)
    window = question.window and (question.window.start, question.window.end, question.window.phrase)
    asked = (folded, question.lang, question.asked_at.date(), question.asked_at.utcoffset(), window)
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def _lightened(answer: Answer) -> Answer:
    """Return an answer without the vectors of its ranking and the words of who asked."""
    articles: dict[str, Article] = {}

    def light(passage: Passage) -> Passage:
        article = articles.setdefault(passage.chunk.article.id, passage.chunk.article)
        chunk = replace(passage.chunk, article=article, sentence_vectors=_NONE, vector=_NONE)
        return replace(passage, chunk=chunk, sentence_scores=())

    nobodys = replace(answer.question, id="", text="", asked=None, spoken=None)
    return replace(answer, question=nobodys, passages=tuple(light(one) for one in answer.passages))
