"""HTML pages: the article's text by trafilatura, its fields by what the page states; no connection is "
"opened."""

from __future__ import annotations

import logging
import re

from lxml import etree

from ingest.drafts import Draft
from ingest.extraction.html_heading import reconciled, shown_author, shown_date
from ingest.extraction.html_metadata import Element, PageMetadata, parse_page, read_metadata
from ingest.extraction.scraped_text import split_sections
from rag.errors import EmptyError, UnreadableError
from rag.text import clean_body, clean_line, detect_language, search_fold

# What it says of a page that it cannot read, the report of the ingest says in one line.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_ASIDE = re.compile(
    r"(?:^|(?<!no)(?<!has)(?<!with)[-_ ])(?:related|newsletter|subscri(?:be|ption)|comments?|disqus|caption|"
    r"wp-caption-text|"
    r"read-?also|see-?also|"
    r"also-?read|read-?more|recommended|recommendations|most-?read|trending|share|sharing|social|tags?|"
    r"breadcrumbs?|"
    r"twitter-tweet|instagram-media|promo|advert(?:isement)?|cookie|sidebar|popup)(?:$|[-_ ])",
    re.I,
)
_UNSEEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|assistive-text)(?:\s|$)", re.I
)
_UNSEEN_STYLE = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|font-size:(?:0(?![.\d])|0?\.0\d|1px)|"
    r"(?:text-indent|left|right|top):-\d{3,}|(?:color:(?P<ink>[^;]+)(?=;)(?=.*background(?:-color)?:(?P=ink)(?:;|$))))",
    re.I,
)
_DROPPED_TAGS = (
    "script",
    "style",
    "noscript",
    "template",
    "figcaption",
    "aside",
    "form",
    "iframe",
    "nav",
    "svg",
    "button",
)
_LEAD = re.compile(r"(?:^|[-_ ])(?:lead|lede|intro|standfirst|chapo|sapo|excerpt|summary)(?:$|[-_ ])", re.I)
_LONGEST_HEADING = 120
# A line above the text that only says who wrote it, and perhaps when.
_BYLINE = re.compile(r"(?:By|بقلم|كتب|كتبت)[:\s][^.؟!]{2,70}$")
_DEEPEST = 400


def read_html(ref: str, text: str, *, url: str | None = None) -> list[Draft]:
    """Return the articles of a page: its own first, then any that stands under a "read also" heading.

    ``url`` is where the page was fetched from; a canonical address in the page goes before it. Raises
    EmptyError where no article is found, UnreadableError where the page cannot be parsed.
    """
    tree = parse_page(text)
    if tree is None:
        raise EmptyError(ref, "there is no text in it")
    if _depth_exceeded(tree):
        raise UnreadableError(ref, f"its elements are nested more than {_DEEPEST} deep")
    metadata = read_metadata(tree)
    lead = _lead_of(tree)
    published = reconciled(metadata.published, shown_date(tree, metadata.heading))
    author = metadata.author or shown_author(tree, metadata.heading, sites=metadata.sites)
    pruned = _pruned(tree, metadata)
    headings = _heading_texts(pruned)
    lines = _without_heading(_body_lines(pruned), metadata.title)
    lines = [line for line in lines if search_fold(line) not in headings]
    if lines and _BYLINE.match(lines[0]):
        lines = lines[1:]
    if lead and lines and search_fold(lead) not in search_fold("\n".join(lines)):
        lines.insert(0, lead)
    sections = split_sections(lines, title=metadata.title)
    if not sections:
        raise EmptyError(ref, "no article was found in the page")
    first, *others = sections
    main = Draft(
        ref=ref,
        title=first.title or "",
        body="\n".join(first.body),
        lang=_language(metadata, "\n".join(first.body)),
        outlet=metadata.outlet or first.outlet,
        url=metadata.url or url,
        author=author or first.author,
        published=published or first.published,
    )
    return [main, *(_second(ref, section.title, section.body, section.outlet) for section in others)]


def _second(ref: str, title: str | None, body: list[str], outlet: str | None) -> Draft:
    return Draft(ref=ref, title=title or "", body="\n".join(body), outlet=outlet)


def _language(metadata: PageMetadata, body: str) -> str | None:
    """Return what the text itself is in; the page's word only where the text does not tell."""
    detected = detect_language(body)
    return metadata.lang or detected if detected == "und" else detected


def _depth_exceeded(tree: Element) -> bool:
    """Whether elements nest deeper than any real page's do; the walk itself is not recursive."""
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def _size(element: Element) -> int:
    """Count the characters of an element's paragraphs."""
    return sum(len(piece) for paragraph in element.iter("p") for piece in paragraph.itertext())


def _pruned(tree: Element, metadata: PageMetadata) -> Element:
    """Take out what is never the article's text: captions, related links, boxes, the hidden, other articles.

    A box's name alone takes nothing out that holds the heading or a third of the page's paragraphs.
    """
    heading = metadata.heading
    above = set() if heading is None else {heading, *heading.iterancestors()}
    for tag in _DROPPED_TAGS:
        for element in [found for found in tree.iter(tag) if found not in above]:
            _remove(element)
    whole = _size(tree)
    doomed = [
        element
        for element in tree.iter()
        if isinstance(element.tag, str)
        and element not in above
        and (_is_unseen(element) or _ASIDE.search(f"{element.get('class') or ''} {element.get('id') or ''}"))
        and _size(element) <= whole / 3
    ]
    for element in [*doomed, *_other_articles(tree, above)]:
        _remove(element)
    return tree


def _is_unseen(element: Element) -> bool:
    """Tell whether an element says of itself that a reader does not see it."""
    style = re.sub(r"\s|!important", "", element.get("style") or "")
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return bool(hidden or _UNSEEN_STYLE.search(style) or _UNSEEN_CLASS.search(element.get("class") or ""))


def _other_articles(tree: Element, above: set[Element]) -> list[Element]:
    """Return the ``article`` elements beside the page's own, where it has one that holds its heading."""
    articles = list(tree.iter("article"))
    own = [article for article in articles if article in above]
    if not own or _size(own[-1]) < 250:
        return []
    kin = {own[-1], *own[-1].iterancestors(), *own[-1].iterdescendants()}
    return [article for article in articles if article not in kin]


def _remove(element: Element) -> None:
    """Take an element out and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _body_lines(tree: Element) -> list[str]:
    import trafilatura  # a second of imports, for pages only

    text = trafilatura.extract(
        tree,
        output_format="txt",
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        include_links=False,
        with_metadata=False,
    )
    return clean_body(text or "").split("\n")


def _heading_texts(tree: Element) -> set[str]:
    """Return what stands in headings, folded; a heading that is a whole sentence is prose in disguise."""
    texts = (
        clean_line("".join(heading.itertext())) for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")
    )
    return {search_fold(text) for text in texts if len(text) <= _LONGEST_HEADING and text[-1:] not in ".؟!…"}


def _without_heading(lines: list[str], title: str) -> list[str]:
    """Drop the title where it is repeated as the first lines of the text."""
    folded = search_fold(title)
    for number, line in enumerate(lines[:3]):
        if folded and search_fold(line) == folded:
            return lines[number + 1 :]
    return lines


def _lead_of(tree: Element) -> str | None:
    """Return the paragraph that some sites set above the body, apart from it; extractors lose it."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("meta", "html", "body"):
            continue
        if element.get("itemprop") == "description" or _LEAD.search(element.get("class") or ""):
            if any(map(_is_unseen, (element, *element.iterancestors()))):
                continue
            text = clean_line("".join(element.itertext()))
            if 60 <= len(text) <= 1500 and re.search(r"[.!?؟…][\"'»”’)\]]*$", text):
                return text
    return None
