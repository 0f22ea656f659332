"""Attribution: what somebody said stays what that person said, and an accusation stays one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from rag.answering.verification.alignment import Alignment, SameName, alike, same_word
from rag.answering.verification.names import is_name
from rag.answering.verification.numbers import numbers_in
from rag.answering.verification.reading import Text, pattern_of
from rag.answering.verification.telling import AUXILIARY, Said, said_in, segment_of
from rag.bilingual import concepts

_GENERIC = pattern_of(
    "company|firm|retailer|maker|manufacturer|operator|carrier|airline|club|team|group|bank|lender|university|college|school|hospital|agency|authority|authorities|"
    "organisation|organization|institute|institution|union|association|federation|party|bloc|council|committee|commission|body|board|museum|network|charity|watchdog|"
    "developer|publisher|brewer|producer|chain|business|employer|owner|management|leader|head|chief|chairman|chairwoman|president|director|boss|statement|"
    "شركة|مؤسسة|مصرف|بنك|ناد|نادي|جامعة|هيئة|وكالة|سلطات|سلطة|إدارة|جماعة|مجموعة|منظمة|نقابة|جمعية|حزب|كتلة|حركة|مجلس|لجنة|اتحاد|معهد|متحف|شبكة|مستشفى|"
    "رئيس*|مدير*|زعيم*|قائد*|إدارت*|بيان*|صاحب*|مالك*".split("|")
)
"""Nouns that take up somebody named before: the retailer, its leader, رئيسها."""
_PRONOUN = re.compile(r"(?<!\w)(?:it|they|them|he|she|انه|انها|انهم|بانه|بانها|وانه|وانها)(?!\w)")
_NEEDED = ("said", "source", "alleged", "denied")


def differing(alignment: Alignment, outlets: Sequence[Text], names: SameName | None) -> list[str]:
    """Return ``attribution:…`` where the claim drops, adds or changes who says something."""
    claim, quote = alignment.claim, alignment.quote
    claimed, held = said_in(claim), said_in(quote)
    reasons = []
    needed = [
        said
        for said in held
        if said.cue.key in _NEEDED and (said.speaker or said.cue.key == "alleged") and _told(alignment, said)
    ]
    if needed and not claimed:
        reasons.append("attribution:dropped")
    if (
        any(s.cue.key == "alleged" for s in needed)
        and claimed
        and not any(s.cue.key in ("alleged", "said", "source", "denied") for s in claimed)
    ):
        reasons.append("attribution:accusation")
    for said in claimed:
        if len(claimed) > 1 and _is_told_of(alignment, said, held):
            continue
        if said.cue.key in ("announced", "weak") and not held:
            continue
        outlet = any(
            alike(claim.tokens[n], token, names)
            for n in said.speaker
            for text in outlets
            for token in text.tokens
        )
        if not held:
            reasons += [] if outlet else ["attribution:added"]
            continue
        best = _nearest(alignment, said, held)
        said = _without_what_is_told(alignment, said, held)
        speakers = {n for other in best for n in other.speaker}
        others = {n for other in held for n in other.speaker} - speakers
        known = [n for n in said.speaker if set(alignment.of(n)) & speakers]
        strange = [
            n
            for n in said.speaker
            if n not in known
            and (alignment.of(n) or claim.arabic == quote.arabic or concepts(claim.tokens[n].folded))
        ]
        moved = [n for n in strange if set(alignment.of(n)) & others]
        if others and all(set(alignment.of(n)) & others for n in known) and strange and not moved:
            # Each word that fits the speaker fits another one as well: the rest tells which.
            moved, known = [*known], []
        of_others = any(set(alignment.of(n)) & others for n in said.speaker)
        if speakers and not of_others and _taken_up(alignment, said, best):
            continue
        if (
            speakers
            and not outlet
            and (
                len(moved) > len(known)
                or len(strange) > len(known)
                or _new_head(alignment, said)
                or _exchanged(alignment, strange, known, speakers)
            )
        ):
            reasons.append("attribution:speaker")
        elif speakers and not outlet and not known and _understood(claim, quote, said.speaker):
            reasons.append("attribution:other")
        if outlet and not known and any(other in needed for other in best):
            reasons.append("attribution:outlet")
    return list(dict.fromkeys(reasons))


def _without_what_is_told(alignment: Alignment, said: Said, held: Sequence[Said]) -> Said:
    """Return an Arabic saying whose speaker ends where what is told begins: أعلنت الشرطة | توقيف.

    Without أن only the quote tells where that is: at the first word that no speaker there has.
    """
    if not alignment.claim.arabic or said.cue.key not in ("said", "announced"):
        return said
    speakers = {n for other in held for n in other.speaker}
    for at, n in enumerate(said.speaker):
        found = set(alignment.of(n))
        if at and found and not found & speakers:
            return replace(said, speaker=said.speaker[:at])
    return said


def _is_told_of(alignment: Alignment, claimed: Said, held: Sequence[Said]) -> bool:
    """Tell whether a verb of telling is itself what the quote tells, and no telling there: did not warn savers."""
    telling = {n for said in held for n in alignment.quote.at(said.cue.start, said.cue.end)}
    own = [q for n in alignment.claim.at(claimed.cue.start, claimed.cue.end) for q in alignment.of(n)]
    return bool(own) and not telling & set(own)


def _taken_up(alignment: Alignment, claimed: Said, held: Sequence[Said]) -> bool:
    """Tell whether one text names who speaks and the other takes the name up: *the retailer*, رئيسها, *it*."""
    claim, quote = alignment.claim, alignment.quote
    for other in held:
        if _is_generic(quote, other.speaker):
            noun = quote.tokens[other.speaker[-1]]
            named = [n for n in range(min(other.speaker)) if same_word(quote.tokens[n], noun)]
            if named and not any(set(alignment.of(n)) & set(named) for n in claimed.speaker):
                continue
            # All the words for the speaker stand in the quote, before the noun that takes them up.
            if claimed.speaker and all(
                any(q < min(other.speaker) or q in other.speaker for q in alignment.of(n))
                for n in claimed.speaker
            ):
                return True
        elif _is_generic(claim, claimed.speaker) and not any(alignment.of(n) for n in claimed.speaker):
            named = [c for n in other.speaker for c in alignment.back(n)]
            if named and any(c not in claimed.speaker for c in named):
                return True
    return False


def _is_generic(text: Text, speaker: Sequence[int]) -> bool:
    """Tell whether a speaker is a bare noun that takes up somebody named before."""
    return 0 < len(speaker) <= 2 and all(
        not (text.tokens[n].capital and not text.tokens[n].opens)
        and _GENERIC.fullmatch(text.folded, text.tokens[n].start, text.tokens[n].end) is not None
        for n in speaker
    )


def _exchanged(
    alignment: Alignment, strange: Sequence[int], known: Sequence[int], speakers: Collection[int]
) -> bool:
    """Tell whether words of the quote's speaker were exchanged for others: the defence, not the farm ministry."""
    claim, quote = alignment.claim, alignment.quote
    if not strange or len(strange) < len(known) or any(is_name(claim.tokens[n]) for n in known):
        return False
    left = [n for n in speakers if not alignment.back(n) and concepts(quote.tokens[n].folded)]
    return bool(left) and all(concepts(claim.tokens[n].folded) for n in strange)


def _new_head(alignment: Alignment, said: Said) -> bool:
    """Tell whether the noun that an Arabic speaker's phrase begins with is nowhere in an Arabic quote."""
    both = alignment.claim.arabic and alignment.quote.arabic
    return (
        both
        and bool(said.speaker)
        and not alignment.of(said.speaker[0])
        and bool(concepts(alignment.claim.tokens[said.speaker[0]].folded))
    )


def _understood(claim: Text, quote: Text, speaker: Sequence[int]) -> bool:
    """Tell whether each word of a speaker would have been found in the quote if it stood there."""
    return bool(speaker) and (
        claim.arabic == quote.arabic
        or all(concepts(claim.tokens[n].folded) or is_name(claim.tokens[n]) for n in speaker)
    )


def _nearest(alignment: Alignment, claimed: Said, held: Sequence[Said]) -> list[Said]:
    """Return which of the quote's sayings hold most of what is said in the claim."""
    claim, quote = alignment.claim, alignment.quote
    span = segment_of(claim, claimed.cue.start)
    told = [
        n
        for n in alignment.content
        if span[0] <= claim.tokens[n].start < span[1] and n not in claimed.speaker
    ]
    values = {x.value for x in numbers_in(claim) if span[0] <= x.start < span[1]}
    counts = []
    for said in held:
        start, end = segment_of(quote, said.cue.start)
        # "..., while the lawyer says they are genuine": what was told before is told of once more.
        again = 0.25 if start else 0.0
        if start and _PRONOUN.search(quote.folded, start, end):
            subject = AUXILIARY.search(quote.folded, 0, start)
            again = 0.5 + sum(
                any(quote.tokens[q].start < subject.start() for q in alignment.of(n)) for n in told if subject
            )
        counts.append(
            again
            + sum(
                any(start <= quote.tokens[q].start < end and q not in said.speaker for q in alignment.of(n))
                for n in told
            )
            + 5 * sum(x.value in values for x in numbers_in(quote) if start <= x.start < end)
        )
    return [said for said, count in zip(held, counts, strict=True) if count == max(counts)]


def _told(alignment: Alignment, said: Said) -> bool:
    """Tell whether most of what the claim takes from the quote stands in what is said there."""
    quote = alignment.quote
    covered = [n for n in alignment.covered() if n not in said.speaker]
    inside = [n for n in covered if said.start <= quote.tokens[n].start < said.end]
    return bool(inside) and 2 * len(inside) >= len(covered)
