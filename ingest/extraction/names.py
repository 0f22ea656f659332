"""Names on a page: whether one is a person's, and titles without the site's own name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.text import clean_line, search_fold

_NOT_A_PERSON = re.compile(
    r"(?<!\w)(?:وكال[ةه]|وكالات|موقع|صحيف[ةه]|جريد[ةه]|قنا[ةه]|شبك[ةه]|نيوز|تحرير|التحرير|محرر|فريق|هيئ[ةه]|"
    r"مؤسس[ةه]|قسم|القسم|"
    r"مراسل|مراسلون|مراسلنا|متابع[ةه]|متابعات|رويترز|سانا|بترا|واس|وام|خاص|ترجم[ةه]|الإخباري[ةه]|"
    r"الاخباري[ةه]|غرف[ةه]|"
    r"news|staff|agency|agencies|editor|editors|editorial|desk|team|reuters|afp|ap|bbc|admin|administrator|"
    r"newsroom|correspondents?|press|media|times|post|daily|online|tv|channel|network|website|wire|"
    r"getty|images?|photos?|صور[ةه]?|تصوير|com|net|org)(?!\w)",
    re.I,
)
_PREFIX = re.compile(
    r"^\s*(?:كتبت?|بقلم|الكاتبة?|حوار|تقرير|[إا]عداد|by|written\s+by|author)(?!\w)\s*[:：|–-]?\s*", re.I
)
_NAME = re.compile(r"^[^\W\d_]+(?:(?:[.'’`-]\s?|\s)[^\W\d_]+)*\.?$")
_VOWELS = re.compile(r"[\u064b-\u0652\u0670\u0640]")
_SEPARATOR = re.compile(r"\s+[-–—|·•:»]+\s+|\s*\|\s*")


def person_named(raw: str, *, not_these: Iterable[str] = ()) -> str | None:
    """Return the person that a byline names, ``None`` where it names an outlet, an agency or nobody.

    ``not_these`` are names of the site itself.
    """
    name = _PREFIX.sub("", clean_line(raw)).strip(" -–—|،,")
    parts = name.split()
    if (
        not 2 <= len(parts) <= 5
        or len(name) > 50
        or not _NAME.match(_VOWELS.sub("", name))
        or _NOT_A_PERSON.search(name)
    ):
        return None
    folded = search_fold(name)
    if any(folded == search_fold(other) or folded in search_fold(other) for other in not_these):
        return None
    latin = [part for part in parts if part.isascii()]
    if latin and sum(part[0].isupper() for part in latin) * 2 < len(latin) + 1:
        return None
    return name


def without_site_name(title: str, sites: Iterable[str]) -> str:
    """Return a page's title without a site's name before or after a separator."""
    known = {search_fold(site) for site in sites if site}
    kept = title.strip()
    for _ in range(3):
        pieces = list(_SEPARATOR.finditer(kept))
        if not pieces:
            return kept
        head, tail = kept[: pieces[0].start()], kept[pieces[-1].end() :]
        if search_fold(tail) in known:
            kept = kept[: pieces[-1].start()].strip()
        elif search_fold(head) in known:
            kept = kept[pieces[0].end() :].strip()
        else:
            return kept
    return kept


def site_named(page_title: str, heading: str) -> str | None:
    """Return what stands beside ``heading`` in a page's title, where it is short: the site's name."""
    title, head = clean_line(page_title), clean_line(heading)
    if not head or head not in title:
        return None
    rest = [piece.strip(" -–—|·•:»") for piece in title.split(head, 1)]
    named = [piece for piece in rest if piece]
    if len(named) != 1 or len(named[0]) > 40:
        return None
    return re.split(r"\s*[|–—]\s*", named[0])[0].strip() or None
