"""Negation: what a claim denies its quote has to deny, and what a quote denies a claim must not assert."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.answering.verification import opposites
from rag.answering.verification.alignment import Alignment, is_content
from rag.answering.verification.inflection import arabic
from rag.answering.verification.reading import Cue, Text, phrases

NEGATIONS = phrases(
    {
        "not": (
            "not|no|never|none|neither|nor|cannot|nobody|no one|nothing|without|no longer|n't|didn't|doesn't|don't|won't|wasn't|"
            "weren't|isn't|aren't|hasn't|haven't|hadn't|can't|couldn't|wouldn't|shouldn't|didnt|failing to|short of|"
            "ليس|ليست|ليسوا|لسنا|لست|لم|لن|لا|ولا|ما عاد|ما عادت|لم يعد|لم تعد|من دون|دون|بدون|بلا|من غير|عدم|غير|ليس*|كلا|"
            "بغير|دونما|عديم*"
        ),
        "deny": (
            "deny|denies|denied|denying|denial|denials|dispute|disputed|disputes|rebut*|refute|refuted|disown*|dismissed as|"
            "rule out|ruled out|rules out|ruling out|exclude|excluded|baseless|groundless|unfounded|"
            + arabic("نفى/ينفي/نافي أنكر/ينكر/منكر استبعد/يستبعد/مستبعد كذّب/يكذب/مكذب دحض/يدحض فند/يفند/مفند")
            + "|لا أساس له*|عار من الصحة|عارية عن الصحة|نفاه|نفاها|نفته|نفتها|ينفيه|نفى|نفت|نفوا|ينفي|تنفي|نافيا|نافية|نفي|نفيه|نفيها|أنكر*|ينكر|تنكر|منكرا|إنكار*|فند|فندت|تفنيد|كذب|كذبت|تكذيب|استبعد*|يستبعد|تستبعد|استبعاد|مستبعدا|دحض*"
        ),
        "refuse": (
            "oppose|opposes|opposed|opposing|object to|objects to|objected to|objecting to|objected|refuse|refuses|refused|refusing|refusal|reject|rejects|rejected|rejecting|rejection|decline to|declined to|declines to|"
            "declining to|against *ing|decided against|decides against|voted against|advised against|ruled against|turn down|turned down|turns down|turning down|rebuff*|spurn*|veto*|voted down|vote down|threw out|thrown out|boycott*|abstain*|"
            + arabic("رفض/يرفض/رافض عارض/يعارض/معارض امتنع/يمتنع/ممتنع قاطع/يقاطع اعترض/يعترض/معترض أبى/يأبى")
            + "|مانع|مانعت|يمانع|تمانع|ممانعة|اعترض|اعترضت|يعترض|تعترض|اعتراض|رفض|رفضت|رفضوا|يرفض|ترفض|يرفضون|رافضا|رافضة|رافضين|رفضه|رفضها|رفضهم|رفضته|مرفوض*|امتنع*|يمتنع|تمتنع|امتناع*|ممتنع*|أبى|أبت|قاطع|قاطعت|مقاطعة ال*|"
            "أسقط النواب|أسقط البرلمان|نقض*|عارض|عارضت|يعارض|تعارض|معارضا"
        ),
        "fail": (
            "stay out of|stayed out of|stays out of|staying out of|stay away from|stayed away|fail|fails|failed|failing|failure|unable|inability|impossible|incapable|refrain*|miss|missed|unsuccessful*|in vain|avoided|avoid|"
            "فشل|فشلت|فشلوا|يفشل|تفشل|يفشلون|فاشل*|أخفق|أخفقت|أخفقوا|يخفق|تخفق|يخفقون|إخفاق|عجز عن|عجزت|عجزوا|يعجز|تعجز|عاجز*|تعذر|تعذرت|يتعذر|استحال|استحالة|دون جدوى"
        ),
        "unhurt": "unhurt|unharmed|uninjured|unscathed|safe and sound|سالما|سالمة|سالمين|بخير",
        "lack": "absence|miss the|misses the|lack|lacks|lacked|lacking|absent|deprived|انعدام|انتفاء|غياب|غيابه|غيابها|غاب|غابت|يغيب|تغيب|يغيبون|غائب*|يتغيب|تتغيب|يفتقر|تفتقر|افتقر|افتقرت|افتقار|يفتقرون|محروم*",
        "undo": (
            "backtrack*|back down|backed down|backs down|back away|backed away|backed out|drop plans|dropped plans|abandon*|"
            "تراجع عن|تراجعت عن|تراجعوا عن|يتراجع عن|التراجع عن|تراجعه عن|تراجعها عن|عدل عن|عدلت عن|العدول عن|تخلى عن|تخلت عن|التخلي عن|كف عن|كفت عن|حال دون|حالت دون"
        ),
    },
    clitics=False,
    objects=True,
)  # fmt: skip
_NO_NEGATION = phrases(
    {
        "no": (
            "not only|no less than|no fewer than|not less than|not fewer than|no more than|not more than|not exceeding|no later than|not later than|"
            "does not exceed|do not exceed|did not exceed|without doubt|no doubt|nothing but|not to mention|whether or not|non-|if not|"
            "no one other than|nonetheless|last but not least|no. |"
            "ما لم|إن لم|إذا لم|دون أن يتجاوز*|من دون أن يتجاوز*|دون أن تتجاوز*|دون أن يتخط*|لا يبلغ|لم يبلغ|لن يبلغ|لا تبلغ|لم تبلغ|لن تبلغ|لا يزال|لا تزال|لا يزالون|لا يزالان|لا تزالان|ما زال|ما زالت|ما زالوا|لا زال|لا زالت|لم يزل|لا سيما|ولا سيما|ما لا يقل|لا يقل عن|لا تقل عن|بما لا يقل|لا يقل|"
            "ما لا يزيد|لا يقل|لا تقل|لا يزيد|لا تزيد|لا يزد|لا تزد|لا يتجاوز|لا تتجاوز|لا يتعدى|لا تتعدى|لا يتعد|لا تتعد|لا يتخطى|لا تتخطى|لا يفوق|لا تفوق|لا يقلل|لا ينقص|لا تنقص|لا يتأخر|لم يقل|لم تقل|لم يزيد|لم تزيد|لم يزد|لم تزد|لم يتجاوز|لم تتجاوز|لم يتعدى|لم تتعدى|لم يتعد|لم تتعد|لم يتخطى|لم تتخطى|لم يفوق|لم تفوق|لم يقلل|لم ينقص|لم تنقص|لم يتأخر|لن يقل|لن تقل|لن يزيد|لن تزيد|لن يزد|لن تزد|لن يتجاوز|لن تتجاوز|لن يتعدى|لن تتعدى|لن يتعد|لن تتعد|لن يتخطى|لن تتخطى|لن يفوق|لن تفوق|لن يقلل|لن ينقص|لن تنقص|لن يتأخر|ألا يقل|ألا تقل|ألا يزيد|ألا تزيد|ألا يزد|ألا تزد|ألا يتجاوز|ألا تتجاوز|ألا يتعدى|ألا تتعدى|ألا يتعد|ألا تتعد|ألا يتخطى|ألا تتخطى|ألا يفوق|ألا تفوق|ألا يقلل|ألا ينقص|ألا تنقص|ألا يتأخر|وألا يقل|وألا تقل|وألا يزيد|وألا تزيد|وألا يزد|وألا تزد|وألا يتجاوز|وألا تتجاوز|وألا يتعدى|وألا تتعدى|وألا يتعد|وألا تتعد|وألا يتخطى|وألا تتخطى|وألا يفوق|وألا تفوق|وألا يقلل|وألا ينقص|وألا تنقص|وألا يتأخر|لما يقل|لما تقل|لما يزيد|لما تزيد|لما يزد|لما تزد|لما يتجاوز|لما تتجاوز|لما يتعدى|لما تتعدى|لما يتعد|لما تتعد|لما يتخطى|لما تتخطى|لما يفوق|لما تفوق|لما يقلل|لما ينقص|لما تنقص|لما يتأخر|ألا يقل|ألا تقل|ألا يزيد|ألا تزيد|ألا يتجاوز|ألا تتجاوز|بما لا يتجاوز|موعد لا يتجاوز|"
            "ليس فقط|لا فقط|بلا شك|لا شك|غير أن|غير أنه|غير أنها|دون سن|دون الخامسة|دون الـ|لا بد|لا محالة|فضلا عن|بغض النظر|غير مسبوق*|غير مباشر*|"
            "غير قانوني*|غير رسمي*|غير حكومي*|غير الربحية|غير نظامي*|غير شرعي*|لا غير|مجلس|ليس إلا"
        )
    },
    clitics=False,
)  # fmt: skip
# "لا تكفي إلا", "no one but": what is denied of all the others is told of one.
_ONLY = re.compile(
    r"(?<!\w)[وف]?(?:لا|لم|لن|ليس|ليست|ما)\s(?=(?:[^\s.،,]+\s){1,4}(?:الا|سوي)\s)|(?<!\w)not(?=\s(?:\w+\s){0,6}until\s)|n't(?=\s(?:\w+\s){0,6}until\s)|(?<!\w)if\s(?:\w+\s){1,8}?not(?!\w)"
)
_UN = re.compile(
    r"(?<!\w)(?:un(?!der|it|ion|iv|less|til|veil|cle|iq|ess|prec|anim|ite|like)[a-z]{4,}|non-?[a-z]{4,}|in(?:complete|eligible|correct|adequate|valid|sufficient|accurate|active)|im(?:possible|proper))(?!\w)"
)
_VERBAL = ("deny", "refuse", "fail", "undo")
_THAT = r"(?<!\w)[بوف]?(?:ان|انه|انها|انهم)(?!\w)"
_DENIED_OF = {
    "deny": re.compile(_THAT),
    "refuse": re.compile(_THAT + r"|(?<!\w)(?:عن|علي)(?!\w)"),
    "fail": re.compile(_THAT + r"|(?<!\w)(?:في|عن|علي)(?!\w)"),
    "undo": re.compile(r"(?<!\w)عن(?!\w)"),
}
_REACH = 4
_NEAR = 3
_CONTINUES = re.compile(r"\W?(?:nor|neither|no|or|ولا|لا|او)(?!\w)|و(?:لا|لم|لن|ليس)(?!\w)")
"""A negation that goes on with the one before it: nor, ولا."""
_NO_LONGER = re.compile(r"(?<!\w)(?:no longer|any longer|any more|anymore|(?:لم|لن) [يت]ع[و]?د)(?!\w)")
_UNLESS = re.compile(r"(?<!\w)(?:unless|if\s(?:\w+\s){1,8}?not|ما لم|(?:ان|اذا|لو) لم|(?:ان|اذا) لا)(?!\w)")
_IF = re.compile(r"(?<!\w)(?:if|provided|[وف]?اذا|شريطه|بشرط|في حال|في حاله)(?!\w)")
_STOPPED = re.compile(
    r"(?<!\w)(?:stop\w*|ceas\w+|halt\w*|ends?|ended|discontinu\w+|phas\w+ out|gave up|given up|[وف]?[يت]?توقفت? عن|[وف]?كفت? عن|التوقف عن|اوقفت?|[يت]وقف)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Negation:
    """A negation: its phrase and the numbers of the words it reaches, the nearest first."""

    cue: Cue
    reach: tuple[int, ...]
    continues: bool = False
    wide: tuple[int, ...] = ()
    alone: bool = False


@lru_cache(maxsize=2048)
def negations_in(text: Text) -> tuple[Negation, ...]:
    """Return the negations of ``text``; two that meet ("did not deny") take each other away."""
    masked = [(c.start, c.end) for c in _NO_NEGATION.find(text)]
    masked += [match.span() for match in _ONLY.finditer(text.folded)]
    cues = [c for c in NEGATIONS.find(text) if not any(s <= c.start < e for s, e in masked)]
    kept: list[Negation] = []
    skip = False
    for cue, following in zip(cues, (*cues[1:], None), strict=False):
        if skip:
            skip = False
            continue
        if following is not None and cue.key == "not" and following.key != "not":
            between = text.folded[cue.end : following.start].split()
            if len(between) <= 1 and not text.folded[cue.end : following.start].strip().endswith((",", "،")):
                skip = True
                continue
        kept.append(
            Negation(cue, _reach(text, cue), bool(_CONTINUES.match(text.folded, max(0, cue.start - 1))))
        )
    if len(kept) == 1:  # the only one: all of its clause may be what it denies
        cue = kept[0].cue
        around = [*text.after(cue.end, 4 * _REACH), *text.before(cue.start, 2 * _REACH)]
        wide = tuple(n for n in around if is_content(text.tokens[n]))
        kept = [replace(kept[0], wide=wide, alone=True)]
    return tuple(kept)


def _reach(text: Text, cue: Cue) -> tuple[int, ...]:
    """Return the content words after the phrase in its clause; before it where it ends its clause."""
    after = [n for n in text.after(cue.end, 2 * _REACH) if is_content(text.tokens[n])][:_REACH]
    if cue.key in _VERBAL and "\u0620" <= text.folded[cue.start] <= "\u064a":
        # The subject stands between an Arabic verb and what it denies: نفت الشركة أن، فشل الفريق في.
        stop = text.clause_of(cue.end)[1]
        led = _DENIED_OF[cue.key].search(text.folded, cue.end, stop)
        if led:
            told = [n for n in text.after(led.end(), 2 * _REACH) if is_content(text.tokens[n])][:_REACH]
            after = list(dict.fromkeys((*told, *after)))
    if after:
        return tuple(after)
    return tuple(n for n in reversed(text.before(cue.start, _REACH)) if is_content(text.tokens[n]))


def differing(alignment: Alignment) -> list[str]:
    """Return ``negation`` for each thing that the claim negates and its quote does not, or the reverse."""
    claimed, held = negations_in(alignment.claim), negations_in(alignment.quote)
    plain = all(one.cue.key == "not" for one in (*claimed, *held))
    if bool(claimed) != bool(held) and plain and opposites.tells_opposite(alignment.claim, alignment.quote):
        return []
    claim, quote = alignment.claim, alignment.quote
    if _UNLESS.search(quote.folded) and _IF.search(claim.folded) and not _UNLESS.search(claim.folded):
        return ["asserted:unless"]
    if _UNLESS.search(claim.folded) and _IF.search(quote.folded) and not _UNLESS.search(quote.folded):
        return ["negation:unless"]
    if (_NO_LONGER.search(quote.folded) and _STOPPED.search(claim.folded) and not claimed) or (
        _NO_LONGER.search(claim.folded) and _STOPPED.search(quote.folded) and not held
    ):
        return []
    reasons = [
        "negation:" + one.cue.key
        for one in _unmatched(claimed, held, lambda one, other: _same(alignment, one, other))
        if not _UN.search(alignment.quote.folded)
    ]
    reasons += [
        "asserted:" + other.cue.key
        for other in _unmatched(held, claimed, lambda other, one: _same(alignment, one, other))
        if _told(alignment, other) and not _UN.search(alignment.claim.folded)
    ]
    return reasons


def _unmatched(
    mine: Sequence[Negation], others: Sequence[Negation], same: Callable[[Negation, Negation], bool]
) -> list[Negation]:
    """Return the negations of ``mine`` that have none of ``others`` for themselves; *neither ... nor* is one."""
    left = list(others)
    found = []
    for one in mine:
        twin = next((other for other in left if same(one, other)), None)
        if twin is not None:
            left.remove(twin)
        elif not (_repeats(one, mine) and any(same(one, other) for other in others)):
            found.append(one)
    return found


def _repeats(one: Negation, others: Sequence[Negation]) -> bool:
    """Tell whether a negation may only take up the one right before it."""
    at = others.index(one)
    return at > 0 and one.cue.key == "not" == others[at - 1].cue.key and one.continues


def _same(alignment: Alignment, claimed: Negation, held: Negation) -> bool:
    """Tell whether two negations can deny one thing: a word that one reaches stands for one of the other's."""
    reached = {q for n in claimed.reach for q in alignment.of(n)}
    if reached & set(held.reach):
        return True
    held_words = set(held.wide)
    if claimed.alone and held.alone and any(set(alignment.of(n)) & held_words for n in claimed.wide):
        return True
    # Nothing of what is denied can be found in the quote: another way to say it, or another language.
    return not any(alignment.of(n) for n in claimed.reach[:2]) or not any(
        alignment.back(n) for n in held.reach[:2]
    )


def _told(alignment: Alignment, held: Negation) -> bool:
    """Tell whether the claim speaks of what a negation of the quote denies."""
    if not alignment.told_at(held.cue.start):
        return False
    quote = alignment.quote
    aside = _ASIDE.match(quote.folded, max(0, held.cue.start - 2))
    if aside:
        # "The toll for lorries, not mentioned on Tuesday, will be seven dinars."
        return any(
            alignment.back(n) for n, t in enumerate(quote.tokens) if held.cue.end <= t.start < aside.end()
        )
    return alignment.may_tell(held.reach[:_NEAR])


_ASIDE = re.compile(r", (?:not|never|without)\s[^,.;]{3,60},")
"""What an English sentence says in passing, between commas."""
