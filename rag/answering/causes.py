"""Where a sentence says what something came of, by words that name a cause and nothing else.

Narrower than `rag.answering.kinds`, where "after" may tell a cause as well: here it must be certain.
"""

from __future__ import annotations

import re

from rag.text import fold
from rag.types import Span

_CAUSE = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|caused by|(?:the )?cause (?:was|is)|blamed? (?:it )?(?:on )?|"
    r"as a result of|triggered by|started by|set off by|brought on by|brought about by|attributed to|"
    r"responsible for|put down to|happened when|resulted from|stemmed from|sparked by)\b|"
    r"(?<!\w)(?:و|ف)?(?:بسبب|سببه|سببها|سبب|لان|لانه|لانها|نتيجه|جراء|بفعل|نجم عن|نجمت عن|ناجم عن|ناجمه عن|"
    r"ناتج عن|ناتجه عن|نتج عن|نتجت عن|يعود الي|تعود الي|عزا|عزت|عزته|يعزي الي|وراءه|وراءها|"
    r"المسووليه ل|المسووليه علي|مسووليه\s+\w+\s+ل)"
)
_EFFECT = re.compile(
    r"(?:led to|leading to|resulted in|resulting in|causing|caused|ادي الي|ادت الي|يودي الي|اسفر عن|اسفرت عن|"
    r"متسببا في|تسبب في|تسببت في|نجم عنه|نتج عنه)\s*(?:the|a|an)?\s*$"
)
_CLAUSE_END = re.compile(r"[,،;؛.:!?؟]|\s(?:which|who|that|الذي|التي|اذ|حيث|فيما|بينما)\s")
_REACH = 40
_ADJACENT = 3
_MOST_WORDS = 12


def causes_in(text: str) -> list[Span]:
    """Return where ``text`` names a cause."""
    folded = fold(text)
    return [folded.original(Span(*match.span())) for match in _CAUSE.finditer(folded.text)]


def is_cause(sentence: str, answer: Span) -> bool:
    """Tell whether the words ``answer`` stand right behind words that name a cause, or hold them."""
    return any(
        cue.start <= answer.end and answer.start - cue.end <= _REACH and cue.start - answer.start <= _REACH
        for cue in causes_in(sentence)
    )


def is_effect(sentence: str, answer: Span) -> bool:
    """Tell whether the words ``answer`` are what came of it, and not what it came of."""
    before = fold(sentence[: answer.start]).text
    return bool(_EFFECT.search(before))


def cause_told(sentence: str, answer: Span) -> str:
    """Return the words ``answer`` with the rest of their clause: a cause is seldom one word."""
    start = max(
        (cue.end for cue in causes_in(sentence) if 0 <= answer.start - cue.end <= _ADJACENT),
        default=answer.start,
    )
    end = _CLAUSE_END.search(fold(sentence[answer.end :]).text)
    stop = len(sentence) if end is None else answer.end + end.start()
    words = sentence[start:stop].split()
    return " ".join(words[:_MOST_WORDS])
