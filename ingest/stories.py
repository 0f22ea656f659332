"""Stories: an article joins the story whose articles it is likest to, or begins one.

Candidates come from the index. An article joins where its likeness to the four likest of a story is enough on
average: by one that is like it alone, stories of one town would run together. Copies join in any case.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from ingest.likeness import LONGEST_APART, Lead, Likeness, days_apart
from rag.archive.archive import Archive
from rag.archive.stories import StoredLead
from rag.calibration import Calibration
from rag.copies import are_copies
from rag.types import Article, EmbeddedArticle, TimeWindow, Vector

_CANDIDATES = 12
"""Chunks of each lane whose stories are looked at."""
_STORIES = 4
_MEMBERS = 8
_LIKEST = 4
_JOINS = 0.0
_COPY = 20.0


class Stories:
    """Finds the stories of one archive's articles."""

    def __init__(self, archive: Archive, calibration: Calibration) -> None:
        self._archive = archive
        self._likeness = Likeness(archive, calibration)

    def placed(self, embedded: EmbeddedArticle) -> EmbeddedArticle:
        """Return an article that is about to be added as one of a story; one that has a story keeps it."""
        article = embedded.article
        story = self._archive.story_of(article.id)
        if story is None:
            story = self._story_for(article, embedded.chunk_vectors[0])
        return replace(embedded, article=replace(article, story_id=story))

    def give(self, most: int) -> int:
        """Give at most ``most`` articles that came before there were stories theirs; return how many."""
        waiting = self._archive.leads_without_story(most)
        for lead in waiting:
            self._archive.give_story(lead.article.id, self._story_for(lead.article, lead.vector))
        return len(waiting)

    def _story_for(self, article: Article, vector: Vector) -> str:
        lead = self._likeness.lead(article, vector)
        best, story = _JOINS, _new_story(article)
        for known in self._candidates(lead)[:_STORIES]:
            likeness = self._of_story(lead, self._archive.leads_of_story(known, _MEMBERS))
            if likeness >= best:
                best, story = likeness, known
        return story

    def _candidates(self, lead: Lead) -> list[str]:
        """Return the stories of the chunks nearest to a lead in each lane, the likest first."""
        hits: list[tuple[float, str]] = []
        day, apart = lead.article.published, timedelta(days=LONGEST_APART)
        around = TimeWindow(day.first_day - apart, day.last_day + apart) if day is not None else None
        for lane, size in self._archive.lane_sizes().items():
            # Undated articles are in no window: they are looked for without one.
            for window in {around, None} if size else ():
                found = self._archive.dense(lane, lead.vector, _CANDIDATES, window)
                hits += [(lead.standard(hit.score, lane), hit.chunk_id) for hit in found]
        return self._archive.stories_of_chunks([chunk_id for _, chunk_id in sorted(hits, reverse=True)])

    def _of_story(self, lead: Lead, members: Sequence[StoredLead]) -> float:
        """Return the log odds that an article is of the story of ``members``."""
        near = [one for one in members if days_apart(lead.article, one.article) <= LONGEST_APART]
        if any(are_copies(lead.article, one.article) for one in near):
            return _COPY
        odds = sorted((self._likeness.log_odds(lead, one.article, one.vector) for one in near), reverse=True)
        return float(np.mean(odds[:_LIKEST])) if odds else -math.inf


def _new_story(article: Article) -> str:
    return "s_" + hashlib.sha256(article.id.encode()).hexdigest()[:16]
