"""Whom an outlet quotes: the person or agency that a sentence gives its words to, as it names them.

Words of telling are found by `rag.answering.verification.telling`. Only what is surely a name or a title is
taken, letter for letter but for the capital of an article: where the speaker cannot be cut out of the
sentence cleanly, none is named.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answering.verification.reading import Text, read
from rag.answering.verification.telling import Said, said_in
from rag.text import search_fold
from rag.types import Span

_KEYS = ("said", "source", "announced")
_MOST_WORDS = 8
_CUT_AR = re.compile(
    r"\s(?:ل(?:وكاله|صحيفه|قناه|شبكه|اذاع\w+|بوابه|جريده|موقع|تلفزيون|راديو|برنامج|وسائل|مراسل\w*|ل(?!انبا)\w{3,})|"
    r"ل(?=\W)|ان|انه|انها|بان|بانه|اليوم|امس|صباح|مساء?|يوم|خلال|عبر|قبل|بعد|"
    r"في (?:اثناء|بيان|موتمر|تصريح\w*|حديث|مقابله|اعقاب|ختام))(?!\w)"
)
_THAT = re.compile(r"\s*(?:[،,]\s*)?(?<!\w)(?:ان|انه|انها|انهم|بان|بانه|بانها)(?!\w)|\s*[:«\"]")
_TO_WHOM = re.compile(r"ل(?:وكاله|صحيفه|قناه|شبكه|بوابه|جريده|ل\w{3,})")
_FAR = 120
_OPENED_BY = {"»": "«", "”": "“"}
_OF_SOMETHING = frozenset(
    "وصف وصفت يصف تصف واصفا واصفه قدر قدرت حمل حملت علل عللت برر بررت عزا عزت توقعت توقع".split()
)
"""Verbs whose object stands behind the subject: وصف المحامي المبلغ بأنه."""
_NO_SPEAKER = re.compile(
    r"\d|\b(?:is|are|was|were|has|have|had|will|that|from|in|on|at|by|to|before|after|with|whoever|anyone|anybody|should|must|if|when|\w+ed|results|figures)\b"
)
_PRONOUN = re.compile(
    r"(?:he|she|they|it|who|we|i|you|one|some|many|others|that|which|this|احدهم|احداهن|بعضهم|هو|هي|هم|انه|انها|"
    r"اخرون|اخر|نفسه|نفسها|ذلك|هذا)$"
)
_LED = re.compile(r"(?<!\w)((?:the|a|an|their|its|his|her|our)\s+(?:Mr|Mrs|Ms|Dr)?\.?\s?)$", re.IGNORECASE)


@lru_cache(maxsize=512)
def whom(quote: str, answer: Span | None = None) -> str | None:
    """Return the words of ``quote`` that name who is quoted in it; ``None`` where nobody is, or it is not
    clear.

    Of several who are quoted it is the one whose words hold ``answer``.
    """
    text = read(quote)
    said = [one for one in said_in(text) if one.cue.key in _KEYS and one.speaker]
    if answer is not None and len(said) > 1:
        start, end = text.folded_span(answer.start, answer.end)
        said = [one for one in said if one.start <= start and end <= one.end] or said
    for one in said:
        if named := _named(quote, text, one):
            return named
    return None


def _named(quote: str, text: Text, said: Said) -> str | None:
    first, last = text.tokens[min(said.speaker)], text.tokens[max(said.speaker)]
    if text.folded[first.start : last.end].count("\n"):
        return None
    span = (
        _arabic(text, said, first.start, last.end) if first.arabic else _english(text, first.start, last.end)
    )
    if span is None:
        return None
    start, end = text.origins[span.start], text.origins[span.end - 1] + 1
    while end < len(quote) and re.match(r"\w", quote[end]):
        end += 1  # a letter that folding drops, as in أنباء
    closing = quote[end : end + 1]
    opened = _OPENED_BY.get(closing)
    if opened and quote.count(opened, start, end) > quote.count(closing, start, end):
        end += 1
    words = quote[start:end].strip(" ,،;:")
    if not words or len(words.split()) > _MOST_WORDS or _PRONOUN.match(search_fold(words)):
        return None
    led = None if first.arabic else _LED.search(quote[:start])
    return f"{led[1].lower()}{words}" if led else words


def _arabic(text: Text, said: Said, start: int, end: int) -> Span | None:
    """Return an Arabic speaker, who stands behind the verb and before what is said or whom it is said to."""
    source = said.cue.key == "source"
    between = text.folded[said.cue.end : start].split()
    verb = text.folded[said.cue.start : said.cue.end]
    if start < said.cue.end or len(between) > (2 if source else 0) or verb in _OF_SOMETHING:
        return None
    cut = _CUT_AR.search(text.folded, start, end)
    stop = cut.start() if cut else end
    stop = min(stop, next((at for at in range(start, stop) if text.folded[at] in "،,.;"), stop))
    after = text.folded[stop:]
    told = _THAT.match(after) or ((cut or after[:1] in "،:") and _THAT.search(after[:_FAR]))
    if not (source or told) or _TO_WHOM.match(text.folded, start):
        return None
    return Span(start, stop) if stop > start else None


def _english(text: Text, start: int, end: int) -> Span | None:
    """Return an English speaker: a name, with the office before it."""
    parts = [(match.start(), match.end()) for match in re.finditer(r"[^,]+", text.folded[start:end])]
    for begin, stop in parts[:2]:
        begin += len(text.folded[start + begin : start + stop]) - len(
            text.folded[start + begin : start + stop].lstrip()
        )
        words = text.folded[start + begin : start + stop]
        written = text.raw[text.origins[start + begin] : text.origins[start + stop - 1] + 1]
        if not _NO_SPEAKER.search(words) and (len(parts) == 1 or written.istitle() or written[:1].isupper()):
            return Span(start + begin, start + stop)
    return None
