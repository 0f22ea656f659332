"""Words of both languages that mean nearly the same, by two small dictionaries.

``bilingual.txt`` is of news, with wide rows: it finds a claim's words in a quote and a question's words in a
sentence, and tells common words from names. ``vocabulary.txt`` is of whatever texts tell, with a row for one
meaning each, and aligns the words of claims besides. Clitics and the prefixes of verbs are taken off first,
so that a word is found as it stands there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from rag.text import search_fold

_NEWS = Path(__file__).with_name("bilingual.txt")
_VOCABULARY = Path(__file__).with_name("vocabulary.txt")
VERB_PREFIX = re.compile(r"^(?:س(?=[يتنا]\w{3}))?[يتنا](?=\w{3})")


@lru_cache(maxsize=65_536)
def forms(folded: str) -> tuple[tuple[str, bool], ...]:
    """Return what a folded word may be without its clitics, and whether a conjunction was taken off."""
    found = [(folded, False)]
    if not "\u0620" <= folded[:1] <= "\u064a":
        return tuple(found)
    if folded[0] in "وف" and len(folded) > 3:
        found.append((folded[1:], True))
    for form, joined in tuple(found):
        if form[:1] in "بلك" and len(form) > 3:
            found.append((form[1:], joined))
    for form, joined in tuple(found):
        if (form.startswith("ال") and len(form) > 4) or (form.startswith("لل") and len(form) > 4):
            found.append((form[2:], joined))
    return tuple(found)


@lru_cache(maxsize=2)
def _dictionary(path: Path) -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Return which rows hold a whole word, and which hold the beginning of one."""
    whole: dict[str, set[int]] = {}
    begun: dict[str, set[int]] = {}
    rows = path.read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(row for row in rows if "|" in row):
        for word in row.replace("|", " ").split():
            table = begun if word.endswith("*") else whole
            table.setdefault(search_fold(word.rstrip("*")), set()).add(number)
    return {k: frozenset(v) for k, v in whole.items()}, {k: frozenset(v) for k, v in begun.items()}


@lru_cache(maxsize=65_536)
def concepts(folded: str) -> frozenset[int]:
    """Return the rows of the dictionary of news that hold a folded word."""
    return _rows_of(folded, _NEWS)


@lru_cache(maxsize=65_536)
def meanings(folded: str) -> frozenset[int]:
    """Return the rows of both dictionaries that hold a folded word, those of the second as negatives."""
    return concepts(folded) | {~row for row in _rows_of(folded, _VOCABULARY)}


def _rows_of(folded: str, path: Path) -> frozenset[int]:
    folded = folded.removesuffix("'s").removesuffix("s'")
    whole, begun = _dictionary(path)
    found: set[int] = set()
    candidates = {form for form, _ in forms(folded)}
    candidates |= {
        VERB_PREFIX.sub("", form) for form in tuple(candidates) if "\u0620" <= form[:1] <= "\u064a"
    }
    # يطلق is of أطلق: the alef of the past is not written in the present.
    candidates |= {"ا" + form for form in tuple(candidates) if form not in {f for f, _ in forms(folded)}}
    for form in candidates:
        found |= whole.get(form, frozenset())
        for length in range(2, len(form) + 1):
            rows = begun.get(form[:length])
            # A short beginning says little about a long word.
            if rows and len(form) - length <= (3 if length < 5 else 5):
                found |= rows
    return frozenset(found)
