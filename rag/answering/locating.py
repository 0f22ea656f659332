"""Where a quote that a model gives stands in an article, or that it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rag.text import Folded, clean_body, fold, sentences
from rag.types import Span

_MARKS = dict.fromkeys("«»“”„‟″", '"') | dict.fromkeys("‘’‚‛′`", "'")
_AROUND = " \"'"
_FEWEST_WORDS = 2
_MOST_SENTENCES = 3
_LONGEST = 1200
"""Code points; what is longer is a passage and no quote."""


def locate(quote: str, body: str, shown: Sequence[Span] = ()) -> Span | None:
    """Return where ``quote`` stands word for word in ``body``, or ``None``.

    Letters are compared after repair, with white space and quotation marks of one kind each. Of several
    places the first one inside of ``shown`` is taken. A quote of one word is none: it stands anywhere.
    """
    wanted = _plain(clean_body(quote)).text.strip(_AROUND)
    if len(wanted.split()) < _FEWEST_WORDS:
        return None
    places = list(_places(wanted, _plain_body(body)))
    inside = [at for at in places if any(span.start <= at.start and at.end <= span.end for span in shown)]
    return next(iter(inside or places), None)


def whole_sentences(body: str, span: Span) -> Span | None:
    """Return the sentences that ``span`` stands in; ``None`` where they are too many to be a quote.

    Half a sentence can say the opposite of the whole ("denied that ...").
    """
    around = [one for one in sentences(body) if one.start < span.end and span.start < one.end]
    if not around or len(around) > _MOST_SENTENCES:
        return None
    whole = Span(min(span.start, around[0].start), max(span.end, around[-1].end))
    return whole if whole.end - whole.start <= _LONGEST else None


def _places(wanted: str, body: Folded) -> Iterator[Span]:
    at = body.text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        cuts_a_word = (at > 0 and _joins(body.text[at - 1], wanted[0])) or (
            end < len(body.text) and _joins(wanted[-1], body.text[end])
        )
        if not cuts_a_word:
            yield body.original(Span(at, end))
        at = body.text.find(wanted, at + 1)


def _joins(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum()


@lru_cache(maxsize=64)
def _plain_body(body: str) -> Folded:
    return _plain(body)


def _plain(text: str) -> Folded:
    """Return ``text`` repaired, with one kind of white space and of each quotation mark."""
    repaired = fold(text, search=False)
    letters: list[str] = []
    origins: list[int] = []
    for letter, origin in zip(repaired.text, repaired.origins, strict=True):
        plain = " " if letter.isspace() else _MARKS.get(letter, letter)
        if plain != " " or letters[-1:] != [" "]:
            letters.append(plain)
            origins.append(origin)
    return Folded("".join(letters), tuple(origins), len(text))
