"""What an HTML page shows its readers around the heading: the date line and the byline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from ingest.extraction.html_metadata import Element
from ingest.extraction.marks import looks_like_paragraph
from ingest.extraction.names import person_named
from rag.dates import read_dateline
from rag.dates.dateline import local_time
from rag.text import clean_line
from rag.types import Precision, Published

_SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "nav", "aside", "form", "figcaption", "title", "option")
)
_DATE_CLASS = re.compile(r"date|time|publi|created|posted", re.I)
_CLOCK_CLASS = re.compile(r"clock|today|now(?![a-z])|current|top-?bar|weather", re.I)
_UPDATED_CLASS = re.compile(r"modif|updat|upd(?:$|[-_ ])", re.I)
_UPDATED_TEXT = re.compile(r"تحديث|محدث|updated|modified", re.I)
_SEPARATOR = re.compile(r"\s*[|•·]\s*")
_BYLINE = re.compile(r"^(?:بقلم|كتبت?|by|written\s+by|author)(?:\s*[:：]\s*|\s+)(?P<name>.+)$", re.I)
_LONGEST_LINE = 160
_RUNNING_TEXT = 100


def shown_date(tree: Element, heading: Element | None) -> Published | None:
    """Return the date line that stands by the heading, where exactly one day stands there.

    A page carries other dates (a clock, related articles, a copyright): only what follows the heading up to
    the first long paragraph counts, or else what stands right above the heading in the same box.
    """
    before: list[Published] = []
    after: list[Published] = []
    for element, reached in _around(tree, heading):
        shown = _date_in(element)
        if shown is not None and reached:
            after.append(shown)
        elif shown is not None and _shares_a_box(element, heading):
            before.append(shown)
    beside = after or before[-1:]
    return beside[0] if len({shown.first_day for shown in beside}) == 1 else None


def _shares_a_box(element: Element, heading: Element | None) -> bool:
    """Whether an element above the heading belongs to it, and is not the clock of the page."""
    boxes = [box for box in (element.getparent(), element.getparent().getparent()) if box is not None]
    named = " ".join(f"{box.get('class') or ''} {box.get('id') or ''}" for box in (element, *boxes))
    inside = any(
        box.tag not in ("body", "html", "header") and heading in set(box.iter("h1")) for box in boxes
    )
    return inside and not _CLOCK_CLASS.search(named)


def shown_author(tree: Element, heading: Element | None, *, sites: tuple[str, ...]) -> str | None:
    """Return the person that a byline right after the heading names."""
    for element, reached in _around(tree, heading):
        text = _short_text(element) if reached else None
        for piece in _SEPARATOR.split(text) if text else ():
            byline = _BYLINE.match(piece)
            person = person_named(byline["name"], not_these=sites) if byline else None
            if person:
                return person
    return None


def _around(tree: Element, heading: Element | None) -> Iterator[tuple[Element, bool]]:
    """Yield the elements up to the running text, each with whether the heading was reached.

    One short paragraph may stand between heading and date line, as a deck does.
    """
    if heading is None:
        return
    reached = False
    decks = 0
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            continue
        reached = reached or element is heading
        if reached and element.tag == "p":
            text = clean_line("".join(element.itertext()))
            decks += looks_like_paragraph(text)
            if len(text) > _RUNNING_TEXT or decks > 1:
                return
        yield element, reached


def _short_text(element: Element) -> str | None:
    """Return an element's whole text where it is no longer than a line of a heading."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece.strip())
        if length > _LONGEST_LINE:
            return None
    return clean_line(" ".join(pieces)) or None


def _date_in(element: Element) -> Published | None:
    named = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"
    if _UPDATED_CLASS.search(named):
        return None
    text = _short_text(element)
    shown = _date_of(text) if text else None
    if shown is None and (element.tag == "time" or _DATE_CLASS.search(named)):
        stated = element.get("datetime") or element.get("content") or ""
        shown = read_dateline(stated) if stated and not (text and _UPDATED_TEXT.search(text)) else None
    return shown


def _date_of(text: str) -> Published | None:
    """Read a line as a date, or the one part of it between bars that is."""
    whole = read_dateline(text) if not _UPDATED_TEXT.match(text) else None
    if whole is not None:
        return whole
    pieces = [piece for piece in _SEPARATOR.split(text) if not _UPDATED_TEXT.search(piece)]
    return next((shown for shown in map(read_dateline, pieces) if shown is not None), None)


def reconciled(stated: Published | None, shown: Published | None) -> Published | None:
    """Choose between what the page states to machines and what it shows to readers.

    An instant in UTC whose hour is shown in local time is told in that zone, since the local day is the day
    of publication; a day off by one is a midnight of UTC, and the shown one is right.
    """
    if stated is None or shown is None:
        return stated or shown
    if stated.precision is Precision.INSTANT:
        instant = datetime.fromisoformat(stated.date)
        zone = _zone_between(instant, shown) if instant.utcoffset() == timedelta(0) else None
        if zone is not None:
            return Published(
                instant.astimezone(zone).isoformat(), Precision.INSTANT, stated.raw, stated.source
            )
        if instant.utcoffset() != timedelta(0):
            return stated
    if (
        shown.precision in (Precision.DAY, Precision.INSTANT)
        and abs(shown.first_day - stated.first_day).days == 1
    ):
        return shown
    return stated


def _zone_between(instant: datetime, shown: Published) -> timezone | None:
    local = local_time(shown.raw)
    if local is None:
        return None
    shift = local - instant.astimezone(UTC).replace(tzinfo=None, second=0, microsecond=0)
    quarters, rest = divmod(shift, timedelta(minutes=15))
    return timezone(shift) if not rest and quarters and -48 <= quarters <= 56 else None
