"""What a line of a scraped page is, when it is not the article's text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rag.dates import read_dateline
from rag.types import Published


class Mark(StrEnum):
    """The kinds of line a page sets around its articles."""

    DATE = "date"
    OUTLET = "outlet"
    KEYWORDS = "keywords"
    READ_ALSO = "read also"
    INLINE_LINK = "inline link"
    EMBED = "embed"
    AUTHOR = "author"
    URL = "url"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line with its mark, and the value behind a label where it has one."""

    mark: Mark
    value: str = ""
    published: Published | None = None
    labelled: bool = False


_COLON = r"\s*[:：]\s*"
# Without its article "مصدر:" opens headlines: "a source: ...".
_OUTLET = re.compile(
    rf"^(?:المصدر|مصدر\s+الخبر|source|outlet|publisher){_COLON}(?P<value>[^؟?!]{{0,80}})$", re.I
)
_KEYWORDS = re.compile(
    r"^(?:(?:ال)?كلمات\s+(?:ال)?(?:دلالي[ةه]|مفتاحي[ةه])|(?:ال)?وسوم|(?:ال)?تاغات|تاجات|هاشتاغات|مواضيع|"
    rf"key\s*words?|tags?|topics|filed\s+under){_COLON}(?P<value>.*)$",
    re.I,
)
_READ_ALSO = re.compile(
    r"^[\W_]*(?:[إا]قر[أا]\s*(?:[أا]يض[اًـ]*|المزيد)|طالع\s+[أا]يض[اً]*|شاهد\s+[أا]يض[اً]*|"
    r"مواضيع\s+(?:ذات\s+صل[ةه]|متعلق[ةه])|"
    r"[أا]خبار\s+(?:ذات\s+صل[ةه]|متعلق[ةه])|قد\s+يهمك(?:\s+[أا]يض[اً]*)?|"
    r"read\s+(?:also|more|next)|also\s+read|see\s+also|related(?:\s+(?:articles?|stories|news|topics))?|"
    r"more\s+on\s+this(?:\s+story)?)"
    rf"(?!\w)(?P<tail>{_COLON}|\s*[-–—|]\s*|\s*)(?P<value>.*)$",
    re.I,
)
_AUTHOR = re.compile(
    rf"^(?:(?:كتبت?|بقلم|الكاتبة?|المحررة?|حوار|تحرير|[إا]عداد|تقرير)(?:{_COLON}|\s*[-–—]\s*)|"
    rf"بقلم\s+|(?:author|written\s+by|reporter){_COLON}|by\s+)(?P<value>[^.؟?!]{{3,60}})$",
    re.I,
)
_URL = re.compile(rf"^(?:(?:ال)?رابط(?:\s+الخبر)?|url|link|canonical){_COLON}(?P<value>https?://\S+)$", re.I)
_EMBED = re.compile(
    r"pic\.twitter\.com/|https?://t\.co/|لمشاهد[ةه]\s+المزيد|watch\s+more|instagram\.com/p/|youtu\.be/", re.I
)
_TWEETED = re.compile(r"^\s*[—–-]\s.{0,80}\(@\w{1,30}\)", re.I)
_BARE_LINK = re.compile(r"^https?://\S+(?:\s+https?://\S+)*$", re.I)
_HASHTAGS = re.compile(r"^(?:\s*#[\w_]+)+\s*$")
_NOISE = re.compile(
    r"^[\W_]*(?:شارك(?:ها|ه)?(?:\s+(?:الخبر|على|عبر|هذا).*)?|تابعونا?\s+(?:على|عبر).*|تابعنا\s+(?:على|عبر).*|"
    r"اشترك\s+(?:في|الآن).*|"
    r"(?:ال)?تعليقات(?:\s*\(\d+\))?|طباع[ةه]|[إا]علان|advertisement|share(?:\s+(?:this|on).*)?|follow\s+us.*|"
    r"subscribe(?:\s+(?:to|now).*)?|"
    r"sign\s+up\s+(?:for|to).*|comments?(?:\s*\(\d+\))?|leave\s+a\s+comment|print|email\s+this.*|"
    r"loading\.*)[\W_]*$",
    re.I,
)
_LONGEST_LABELLED = 160
_LONGEST_EMBED = 320


def mark_of(line: str) -> MarkedLine | None:
    """Return what ``line`` (cleaned, not empty) is, or ``None`` for text."""
    for pattern, mark in ((_KEYWORDS, Mark.KEYWORDS), (_URL, Mark.URL)):
        found = pattern.match(line)
        if found:
            return MarkedLine(mark, found["value"].strip())
    also = _READ_ALSO.match(line)
    if also and len(line) <= 2 * _LONGEST_LABELLED and (not also["value"] or also["tail"].strip()):
        return MarkedLine(
            Mark.INLINE_LINK if also["value"].strip() else Mark.READ_ALSO, also["value"].strip()
        )
    if len(line) <= _LONGEST_EMBED and (
        _EMBED.search(line) or _TWEETED.match(line) or _BARE_LINK.match(line)
    ):
        return MarkedLine(Mark.EMBED)
    if len(line) > _LONGEST_LABELLED:
        return None
    outlet = _OUTLET.match(line)
    if outlet:
        return MarkedLine(Mark.OUTLET, outlet["value"].strip())
    if _HASHTAGS.match(line):
        return MarkedLine(Mark.EMBED)
    if _NOISE.match(line):
        return MarkedLine(Mark.NOISE)
    published = read_dateline(line)
    if published is not None:
        return MarkedLine(Mark.DATE, published.raw, published, labelled=published.raw != line)
    author = _AUTHOR.match(line)
    if author:
        return MarkedLine(Mark.AUTHOR, author["value"].strip(), labelled=bool(re.search("[:：]", line)))
    return None


_PARAGRAPH = 90
_FULL_STOP = re.compile(r"(?<![.…])[.۔][\"'»”’)\]]*$")
_SENTENCE_END = re.compile(r"[.!?؟…۔][\"'»”’)\]]*$")


def looks_like_title(line: str) -> bool:
    """Whether ``line`` may head an article: not long, and without a sentence's full stop."""
    return len(line) <= 200 and not _FULL_STOP.search(line)


def looks_like_paragraph(line: str) -> bool:
    """Whether ``line`` is running text rather than a link or a button."""
    return len(line) >= _PARAGRAPH or (len(line) >= 25 and bool(_SENTENCE_END.search(line)))


def is_caption_of_embed(line: str) -> bool:
    """Whether a line right before an embed is the embed's own words: short, with a hashtag."""
    return len(line) <= 200 and "#" in line
