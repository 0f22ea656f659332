"""What an HTML page says of its article outside the text: title, dates, author, outlet, address, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html
from lxml import etree

from ingest.extraction.names import person_named, site_named, without_site_name
from ingest.urls import is_web_url
from rag.dates import read_dateline
from rag.text import clean_line, search_fold
from rag.types import Published

Element = Any
"""An lxml element; lxml carries no types of its own."""

_ARTICLE_TYPES = {"newsarticle", "article", "reportagenewsarticle", "blogposting", "analysisnewsarticle"}
_ARTICLE_TYPES |= {"opinionnewsarticle", "backgroundnewsarticle", "liveblogposting", "report"}
_LONGEST_JSON = 1_000_000
_DATE_META = (
    "article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "og:published_time",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "parsely-pub-date",
    "sailthru.date",
    "datecreated",
    "date",
    "dc.date",
)
_AUTHOR_META = (
    "author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "twitter:creator",
)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The fields of a page's main article; ``published`` from JSON-LD or a meta tag only."""

    title: str
    heading: Element | None
    published: Published | None
    author: str | None
    outlet: str | None
    url: str | None
    lang: str | None
    sites: tuple[str, ...]


def read_metadata(tree: Element) -> PageMetadata:
    """Read a page's metadata from JSON-LD, then meta tags, then headings; every text cleaned."""
    metas = _metas(tree)
    page_title = clean_line(_text(tree.find(".//title")))
    url = _canonical(tree, metas)
    headings = _headings(tree)
    nodes = list(_json_ld(tree))
    node = _main_node(nodes, url, [text for _, text in headings] or [page_title])
    publisher = _named(node.get("publisher"), nodes)
    sites = [name for name in (publisher, metas.get("og:site_name"), metas.get("application-name")) if name]
    title, heading = _title(headings, node, metas, page_title, sites)
    beside = site_named(page_title, title)
    known = tuple(dict.fromkeys([*sites, *([beside] if beside else [])]))
    return PageMetadata(
        title=title,
        heading=heading,
        published=_published(node, metas),
        author=_author(tree, node, nodes, metas, known),
        outlet=known[0] if known else None,
        url=url,
        lang=_language(tree),
        sites=known,
    )


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext())


def _metas(tree: Element) -> dict[str, str]:
    """Return the first content of each meta name, property or itemprop, names in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = clean_line(meta.get("content") or "")
        for key in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if key and content:
                found.setdefault(key.strip().lower(), content)
    return found


def _canonical(tree: Element, metas: dict[str, str]) -> str | None:
    """Return the page's own address; one that names only a host is a template's mistake."""
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for candidate in (*links, metas.get("og:url")):
        url = (candidate or "").strip()
        if is_web_url(url) and re.match(r"^https?://[^/]+/[^?#\s]|^https?://[^/]+/?\?.", url, re.I):
            return url
    return None


def _headings(tree: Element) -> list[tuple[Element, str]]:
    found = [(heading, clean_line(_text(heading))) for heading in tree.iter("h1")]
    return [(heading, text) for heading, text in found if text]


def _json_ld(tree: Element) -> Iterator[dict[str, Any]]:
    """Yield every object of the page's JSON-LD, graphs and lists opened."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _LONGEST_JSON:
            continue
        try:
            waiting = [json.loads(script.text.strip().strip(";"), strict=False)]
        except (ValueError, RecursionError):
            # Broken JSON-LD is common; meta tags and the visible page are read instead.
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                waiting.extend(part for part in (value.get("@graph"), value.get("mainEntity")) if part)
                yield value


def _types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    return {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _main_node(nodes: list[dict[str, Any]], url: str | None, titles: list[str]) -> dict[str, Any]:
    """Return the node of the page's own article: by its address, by its headline, or the only one."""
    articles = [node for node in nodes if _types(node) & _ARTICLE_TYPES]
    if len(articles) <= 1:
        return articles[0] if articles else {}
    folded = [search_fold(title) for title in titles if title]
    for node in articles:
        headline = search_fold(_string(node.get("headline")) or _string(node.get("name")))
        if headline and any(headline in title or title in headline for title in folded):
            return node
    addressed = [node for node in articles if url and url in json.dumps(node, ensure_ascii=False)]
    return addressed[0] if len(addressed) == 1 else {}


def _string(value: object) -> str:
    return clean_line(value) if isinstance(value, str) else ""


def _named(value: object, nodes: list[dict[str, Any]]) -> str | None:
    """Return the name of a JSON-LD thing, followed through its ``@id``."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict) and "name" not in value and "@id" in value:
        value = next((node for node in nodes if node.get("@id") == value["@id"] and "name" in node), None)
    name = _string(value.get("name")) if isinstance(value, dict) else _string(value)
    return name or None


def _title(
    headings: list[tuple[Element, str]],
    node: dict[str, Any],
    metas: dict[str, str],
    page_title: str,
    sites: list[str],
) -> tuple[str, Element | None]:
    """Return the title and the heading that shows it: the one that the page's other titles repeat."""
    headline = _string(node.get("headline")) or _string(node.get("name"))
    shared = metas.get("og:title", "")
    others = [search_fold(text) for text in (headline, shared, page_title) if text]
    site_names = {search_fold(site) for site in sites}
    for heading, text in headings:
        folded = search_fold(text)
        if folded not in site_names and any(folded in other for other in others) and len(text.split()) > 1:
            return text, heading
    for candidate in (headline, shared, page_title):
        if candidate:
            title = without_site_name(candidate, [*sites, *_repeated_site(headline or shared, page_title)])
            if title == page_title:
                title = _before_bar(title)
            near = [heading for heading, text in headings if search_fold(text) == search_fold(title)]
            return title, near[0] if near else (headings[0][0] if len(headings) == 1 else None)
    return (headings[0][1], headings[0][0]) if headings else ("", None)


def _before_bar(page_title: str) -> str:
    """Return a page's title without what follows its last bar: by custom the site's name."""
    before, bar, after = page_title.rpartition(" | ")
    return before if bar and len(before.split()) > max(2, len(after.split())) else page_title


def _repeated_site(shared: str, page_title: str) -> list[str]:
    beside = site_named(page_title, shared) if shared and shared != page_title else None
    return [beside] if beside else []


def _published(node: dict[str, Any], metas: dict[str, str]) -> Published | None:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        stated = read_dateline(_string(node.get(key)), source="jsonld")
        if stated is not None:
            return stated
    for name in _DATE_META:
        stated = read_dateline(metas.get(name, ""), source="meta")
        if stated is not None:
            return stated
    return None


def _author(
    tree: Element,
    node: dict[str, Any],
    nodes: list[dict[str, Any]],
    metas: dict[str, str],
    sites: tuple[str, ...],
) -> str | None:
    """Return the writer where one is named and is a person; an organisation is nobody's byline."""
    value = node.get("author")
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict) and "organization" in " ".join(_types(part)):
            continue
        person = person_named(_named(part, nodes) or "", not_these=sites)
        if person:
            return person
    for name in _AUTHOR_META:
        person = person_named(metas.get(name, ""), not_these=sites)
        if person:
            return person
    bylines = tree.xpath(
        "//*[@rel='author' or @itemprop='author' or contains(@class,'byline') or contains(@class,'author') "
        "or contains(@class,'writeBy') or contains(concat(' ',@class,' '),' by ') or "
        "contains(@class,'writer')][not(ancestor::aside|ancestor::footer)]"
    )
    named = (
        person_named(_text(byline), not_these=sites) for byline in bylines[:20] if len(_text(byline)) < 120
    )
    return next((person for person in named if person), None)


def _language(tree: Element) -> str | None:
    root = tree.getroottree().getroot()
    stated = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    code = re.split(r"[-_]", stated)[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) else None


def parse_page(text: str) -> Element | None:
    """Parse a page without opening anything it names; ``None`` where it holds no element."""
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8", "ignore"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
