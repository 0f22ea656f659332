"""Scraped text pages: lines of title, date, body, embeds, outlet and keywords, of one or more articles.

Marks may come in any order and any of them may be missing. A heading such as "إقرأ أيضاً:" opens another
article, which inherits neither date nor outlet from the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.drafts import Draft
from ingest.extraction.marks import (
    Mark,
    MarkedLine,
    is_caption_of_embed,
    looks_like_paragraph,
    looks_like_title,
    mark_of,
)
from ingest.extraction.names import person_named
from ingest.urls import is_web_url
from rag.text import clean_body
from rag.types import Published

# A label whose value may stand on the line below it.
_LABELS = frozenset((Mark.OUTLET, Mark.KEYWORDS))


@dataclass(slots=True)
class Section:
    """One article of a page while its lines are read; ``closed`` once marks have followed its body."""

    related: bool = False
    title: str | None = None
    body: list[str] = field(default_factory=list)
    published: Published | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    closed: bool = False


def read_scraped_text(ref: str, text: str) -> list[Draft]:
    """Return the articles of a scraped text page, in order; none where it holds no text."""
    sections = split_sections(clean_body(text).split("\n"))
    return [
        Draft(
            ref=ref,
            title=section.title or "",
            body="\n".join(section.body),
            outlet=section.outlet,
            url=section.url,
            author=section.author,
            published=section.published,
        )
        for section in sections
    ]


def split_sections(lines: Sequence[str], *, title: str | None = None) -> list[Section]:
    """Split a page's cleaned lines into its articles, marks taken out; a known ``title`` heads the first."""
    reader = _Reader(Section(title=title))
    marked = [(line, mark_of(line)) for line in lines if line]
    following = [""] * len(marked)
    for number in range(len(marked) - 2, -1, -1):
        line, mark = marked[number + 1]
        following[number] = line if mark is None else following[number + 1]
    for (line, mark), ahead in zip(marked, following, strict=True):
        reader.read(line, mark, ahead)
    return reader.finish()


class _Reader:
    """Reads a page line by line; ``section`` is the article the reading is in."""

    def __init__(self, section: Section) -> None:
        self.sections = [section]
        self.awaited: Mark | None = None
        self.after_text = False

    @property
    def section(self) -> Section:
        return self.sections[-1]

    def read(self, line: str, marked: MarkedLine | None, following: str) -> None:
        """Take one line with its mark; ``following`` is the next line of text, empty at the end."""
        if marked is None or self._is_text_after_all(marked):
            self._read_text(line, following)
            return
        if marked.mark is Mark.EMBED and self.after_text and is_caption_of_embed(self.section.body[-1]):
            self.section.body.pop()
        self.after_text = False
        self._read_mark(marked)

    def _is_text_after_all(self, marked: MarkedLine) -> bool:
        """A bare date inside a body is a heading of a chronicle, and not every "By …" names a person."""
        if marked.mark is Mark.DATE and marked.published is not None:
            return bool(self.section.body) and not marked.labelled
        if marked.mark is Mark.AUTHOR:
            return person_named(marked.value) is None or (bool(self.section.body) and not marked.labelled)
        return False

    def _read_mark(self, marked: MarkedLine) -> None:
        section = self.section
        self.awaited = marked.mark if marked.mark in _LABELS and not marked.value else None
        match marked.mark:
            case Mark.READ_ALSO:
                self.sections.append(Section(related=True))
            case Mark.INLINE_LINK if section.closed:
                self.sections.append(Section(related=True, title=marked.value))
            case Mark.DATE:
                section.published = section.published or marked.published
            case Mark.AUTHOR:
                section.author = section.author or person_named(marked.value)
            case Mark.URL if is_web_url(marked.value):
                section.url = section.url or marked.value
            case Mark.OUTLET | Mark.KEYWORDS:
                if marked.mark is Mark.OUTLET:
                    section.outlet = section.outlet or marked.value or None
                section.closed = bool(section.body)

    def _read_text(self, line: str, following: str) -> None:
        section = self.section
        awaited, self.awaited = self.awaited, None
        if awaited is not None and not looks_like_paragraph(line):
            if awaited is Mark.OUTLET and section.outlet is None:
                section.outlet = line
            return
        if section.title is None and not section.body and following and looks_like_title(line):
            section.title = line
            return
        if section.closed:
            if looks_like_title(line) and looks_like_paragraph(following):
                self.sections.append(Section(related=True, title=line))
                return
            if not looks_like_paragraph(line):
                return
        section.body.append(line)
        self.after_text = True

    def finish(self) -> list[Section]:
        """Return the sections that are articles: those beside the first need a paragraph of their own."""
        first, *others = self.sections
        kept = [first] if first.body else []
        for section in others:
            while (
                section.body[1:] and not looks_like_paragraph(section.body[0]) and len(section.body[0]) >= 25
            ):
                # A list of links: the last line before running text is the title.
                section.title = section.body.pop(0)
            if any(looks_like_paragraph(line) for line in section.body):
                kept.append(section)
        return kept
