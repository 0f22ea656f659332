"""Text that speaks to a machine instead of its readers: orders, forged turns of a talk, markup, disguises.

News tells; it does not say what to answer. A sentence that does is an order, whoever wrote it: it is no
evidence, a model is not shown it, and nothing of its article is said in a model's words. Orders are found by
tables of phrases in both languages and by forms that prose has not. What neither knows is missed, and is then
held against its quotes like any claim.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rag.answering.order_phrases import MARKUP, ORDERS, SAID, TO_READER, TURNED, TURNS
from rag.text import search_fold, sentences
from rag.types import Article

_ORDERS = tuple((tuple(anchors.split()), re.compile(pattern, re.MULTILINE)) for anchors, pattern in ORDERS)

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]")
_LOOKALIKE = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_DRESSED = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\U0001f130-\U0001f189]")
_SIMILAR = str.maketrans(
    "аеіоріѕсухһԁԛԝгӏАВЕЅІЈКМНОРСТУХԌαεινορτυκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeiopiscyxhdqwrlABESIJKMHOPCTYXGaeivoptukABEZHIKMNOPTYX",
)
_CLAUSE = re.compile(r"[,،;؛:()\[\]{}]|\s[-–—]+\s")
_SAME_AGAIN = 5
_LONGEST_NAME = 300
_MORE_THAN_A_NAME = re.compile(r"://|[@#<>{}\\]|\[\d+\]|(?<![\w/])/\w|\w\.\w{2,}/")


@lru_cache(maxsize=8192)
def is_order(text: str) -> bool:
    """Tell whether ``text``, a sentence or a name, speaks to a machine, or has a form that prose has not."""
    return bool(TURNS.search(text) or MARKUP.search(text)) or _is_disguised(text) or _is_worded(text)


def speaks_to_reader(claim: str) -> bool:
    """Tell whether a claim asks its reader to do something, or says *you*, outside of quotation marks."""
    return bool(TO_READER.search(_plain(SAID.sub(" ", claim))))


@lru_cache(maxsize=8192)
def is_mere_order(sentence: str) -> bool:
    """Tell whether a sentence is an order, and not one put into a sentence that tells something."""
    if TURNS.search(sentence) or _is_disguised(sentence):
        return True
    told = MARKUP.sub(" ", sentence)
    if not _is_worded(told):
        return 2 * len("".join(told.split())) < len("".join(sentence.split()))
    clauses = [clause.strip() for clause in _CLAUSE.split(told) if clause.strip()]
    telling = [clause for clause in clauses if not _is_worded(clause)]
    words = sum(len(clause.split()) for clause in telling)
    # Where no clause orders by itself, all of them together do.
    return len(telling) == len(clauses) or telling[:1] != clauses[:1] or 2 * words < len(told.split())


@lru_cache(maxsize=8192)
def is_plain_name(name: str) -> bool:
    """Tell whether an outlet's name or a title is no more: without an address, a citation or an order."""
    return len(name) <= _LONGEST_NAME and not _MORE_THAN_A_NAME.search(name) and not is_order(name)


def speaks_to_machines(article: Article) -> bool:
    """Tell whether an article has an order in its title, its outlet or its body."""
    return _speaks(article.title, article.outlet or "", article.body)


@lru_cache(maxsize=1024)
def _speaks(title: str, outlet: str, body: str) -> bool:
    told = [span.of(body) for span in sentences(body)]
    again = max((told.count(one) for one in set(told)), default=0) >= _SAME_AGAIN
    return again or any(is_order(one) for one in (title, outlet, *told))


def _is_disguised(text: str) -> bool:
    """Tell whether letters of other alphabets, or letters made for show, stand for plain ones."""
    if text.isascii():
        return False
    mixed = (word for word in _WORD.findall(text) if _LOOKALIKE.search(word) and _LATIN.search(word))
    return bool(_DRESSED.search(text)) or next(mixed, None) is not None


def _is_worded(text: str) -> bool:
    plain = _plain(text)
    if TURNED.search(plain):
        plain += "\n" + plain[::-1]
    return any(
        pattern.search(plain) for anchors, pattern in _ORDERS if any(anchor in plain for anchor in anchors)
    )


def _plain(text: str) -> str:
    """Return ``text`` in plain letters of one case, whatever they are dressed as."""
    if not text.isascii():
        shown = unicodedata.normalize("NFKC", text).replace("’", "'")
        text = _WORD.sub(lambda word: _undisguised(word.group()), shown)
    return search_fold(text)


def _undisguised(word: str) -> str:
    return word.translate(_SIMILAR) if _LOOKALIKE.search(word) and _LATIN.search(word) else word
