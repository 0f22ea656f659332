"""Order in time: what came before another thing in the quote must not come after it in the claim."""

from __future__ import annotations

import re

from rag.answering.verification.alignment import Alignment, is_content
from rag.answering.verification.reading import Cue, Text, phrases

_ORDER = phrases(
    {
        "before": "before|prior to|قبل|قبيل|قبل أن|سبق|سبقت|يسبق|تسبق",
        "after": "after|following|بعد|بعيد|بعدما|بعد أن|عقب|إثر|في أعقاب|تلا|تلت|أعقب|أعقبت",
    },
    clitics=False,
    objects=True,
)
_AGO = re.compile(
    r"\s(?:about |nearly |only |just |more than )?\d|\s(?:a|two|three|four|five|six|ten|several|a few|\w+) (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)(?!\w)|\s+(?:نحو |حوالي |اكثر من |اقل من |\d+ |\w+ )?(?:ساع\w*|يوم\w*|ايام|اسبوع\w*|اسابيع|شهر\w*|اشهر|عام\w*|اعوام|سن\w+|دقيق\w*|دقايق|قرن\w*|قرون|عقد\w*|عقود)(?!\w)(?!\s+(?:\w+\s+)?(?:من|علي)(?!\w))"
)
"""قبل أسبوع, a week ago, and بعد أسبوع, a week later: no other thing is told of."""
_BACK = re.compile(r"\s(?:that|this|which|then|ذلك|هذا|هذه)(?!\w)")
_REACH = 7


def differing(alignment: Alignment) -> list[str]:
    """Return ``order:…`` where the claim puts two things in an order that its quote does not."""
    claim, quote = alignment.claim, alignment.quote
    held = [(cue, *_sides(quote, cue)) for cue in _cues(quote)]
    reasons = []
    for cue in _cues(claim):
        before, after = _sides(claim, cue)
        scores = []
        for other, earlier, later in held:
            kept = _shared(alignment, before, earlier) + _shared(alignment, after, later)
            crossed = _shared(alignment, before, later) + _shared(alignment, after, earlier)
            if kept != crossed:
                same = (kept > crossed) == (cue.key == other.key)
                scores.append((abs(kept - crossed), same))
        best = max((score for score, _ in scores), default=0)
        if scores and not any(same for score, same in scores if score == best):
            reasons.append(f"order:{claim.folded[cue.start : cue.end]}")
    return reasons


def _cues(text: Text) -> list[Cue]:
    return [
        cue
        for cue in _ORDER.find(text)
        if not _AGO.match(text.folded, cue.end) and not _BACK.match(text.folded, cue.end)
    ]


def _sides(text: Text, cue: Cue) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the words that say something on either side of a word of order, in its sentence."""
    start = max((m.end() for m in re.finditer(r"[.!?؟;؛]\s", text.folded[: cue.start])), default=0)
    before = [n for n, t in enumerate(text.tokens) if start <= t.start and t.end <= cue.start]
    after = list(text.after(cue.end, 2 * _REACH, clause=False))
    comma = re.search(r"[,،]", text.folded[cue.end :])
    if not any(is_content(text.tokens[n]) for n in before) and comma:
        # "After the vote, he resigned": what came later follows the comma.
        edge = cue.end + comma.start()
        before = [n for n in after if text.tokens[n].start > edge]
        after = [n for n in after if text.tokens[n].start < edge]
    return (
        tuple(n for n in before if is_content(text.tokens[n])),
        tuple(n for n in after if is_content(text.tokens[n]))[:_REACH],
    )


def _shared(alignment: Alignment, claimed: tuple[int, ...], held: tuple[int, ...]) -> int:
    return sum(bool(set(alignment.of(n)) & set(held)) for n in claimed)
