"""Roles: who did it to whom. Buyer and seller, winner and loser, from and to must not change places.

For each verb of the claim that a verb of the quote stands for, the words on its agent's side and on its
patient's side are compared. The sides are told by the order of words (English subject first, Arabic verb
first), the passive, *by*, *from* and *to*, and by verbs that tell a thing from its other end (buy and sell).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rag.answering.verification.alignment import Alignment, is_content
from rag.answering.verification.reading import Text, phrases, segments
from rag.answering.verification.telling import said_in
from rag.bilingual import concepts

_FORWARD = phrases(
    {
        "trade": "sell|sells|sold|selling|sale of|باع|باعت|باعوا|يبيع|تبيع|بيع|بيعت",
        "contest": (
            "beat|beats|beaten|beating|defeat|defeats|defeated|defeating|outsprint*|outplay*|outscore*|outpaced|edged|edging|thrash*|overcame|overcome|overpower*|trounced|hammer*|knocked out|eliminated|ahead of|finished ahead|upset|stunned|"
            "victory over|win over|wins over|won against|won over|won|crushed|"
            "هزم|هزمت|هزموا|يهزم|فاز|فازت|فازوا|يفوز|فوز*|تغلب|تغلبت|يتغلب|تفوق|تفوقت|انتصر|انتصرت|أطاح|أطاحت|أقصى|أقصت|هزيمته ل|تقدم على|تقدمت على|متقدما على|متقدمة على|أسقط"
        ),
        "transfer": (
            "lend|lends|lent|lending|loaned|give|gives|gave|given|giving|grant|grants|granted|award|awards|awarded|donate*|donating|send|sends|sent|sending|deliver*|supply|supplies|supplied|supplying|provide*|pay|pays|paid|paying|repay|repays|repaid|"
            "transfer|transfers|transferred|transferring|transfer of|hand|hands|handed|export|exports|exported|cede*|compensate*|reimburse*|refund*|"
            "منح|منحت|يمنح|تمنح|منحه|أقرض|أقرضت|يقرض|إقراض|أعطى|أعطت|يعطي|قدم|قدمت|يقدم|تقدم|تقديم|أهدى|أهدت|أرسل|أرسلت|يرسل|ترسل|إرسال|سلم|سلمت|يسلم|تسلم ل|تسليم|دفع|دفعت|يدفع|تدفع|بدفع|سدد|سددت|تسديد|حول|حولت|تحويل|صدر|صدرت|تصدير|"
            "زود|زودت|تزويد|تبرع|تبرعت|تمرر|يمرر|مرر|تمرير|بتمرير|نقل|نقلت|ينقل|تنقل|بنقل|عوض|عوضت|تعويض|تورد"
        ),
        "replace": "replace|replaces|replaced|replacing|succeed|succeeds|succeeded|succeeding|supplant*|takes over from|took over from|take over from|يحل محل|تحل محل|حل محل|حلت محل|يحل|تحل|حلت|خلف|خلفت|يخلف|تخلف|خلفا ل|استبدل",
        "rule": "order|orders|ordered|ordering|oblige*|compel*|require*|force|forces|forced|أمر|أمرت|ألزم|ألزمت|يلزم|تلزم|أجبر|أجبرت|يجبر",
        "suit": "sue|sues|sued|suing|lawsuit against|filed a suit against|filed a lawsuit against|took to court|رفع دعوى|رفعت دعوى|قاضى|قاضت|يقاضي|تقاضي|دعوى على|دعوى ضد|شكا|شكت",
        "accuse": "accuse|accuses|accused|accusing|blame|blames|blamed|charge|charged|اتهم|اتهمت|يتهم|تتهم|متهما|متهمة|حمل|حملت|محملا|محملة",
        "hit": "rams|rammed|hit|hits|struck|attacked|attacks|assaulted|bombed|shelled|shot|stabbed|punched|bit|bitten|kills|killed|killing|killing of|murder*|injure*|wound*|صدم|صدمت|يصدم|ضرب|ضربت|هاجم|هاجمت|يهاجم|اعتدى على|اعتدت على|قصف|قصفت|قتل|قتلت|يقتل|جرح|جرحت|أصاب|أصابت|طعن|اغتال|اغتالت",
        "save": "save|saves|saved|saving|rescue|rescues|rescued|rescuing|أنقذ|أنقذت|ينقذ|تنقذ|إنقاذ|أسعف|أسعفت",
        "own": "owns|owned|hires|hired|employed|employs|appoint|appoints|appointed|dismissed|dismisses|sacked|fired|arrested|arrests|detained|invited|invites|visits|visited|visiting|hosts|hosted|helps|helped|supported|supports|teaches|taught|trained|praised|praises|criticis*|criticiz*|thank|thanked|"
        "استقبل|استقبلت|زار|زارت|يزور|دعا|دعت|عين|عينت|أقال|أقالت|اعتقل|اعتقلت|أوقف|أوقفت|ساعد|ساعدت|دعم|دعمت|درب|دربت|شكر|شكرت|انتقد|انتقدت|أشاد ب|أشادت ب|استضاف|استضافت|خطف|خطفت|هدد|هددت|حذر|حذرت",
        "lead": "lead|leads|led|leading|head|heads|headed|heading|chair|chairs|chaired|قاد|قادت|يقود|تقود|ترأس|ترأست|يترأس|تترأس|بقيادة|برئاسة",
    },
    clitics=False,
    objects=True,
)  # fmt: skip
_BACKWARD = phrases(
    {
        "trade": "buy|buys|bought|buying|purchase*|purchasing|acquire*|acquiring|acquisition|took over|takes over|اشترى|اشترت|اشتروا|يشتري|تشتري|شراء|استحوذ|استحوذت|يستحوذ|تستحوذ|استحواذ|ابتاع|ابتاعت|اقتنى|اقتنت",
        "contest": "lose|loses|lost|losing|loss to|defeat to|defeat by|fell to|خسر|خسرت|يخسر|تخسر|خسارة|خسارته|خسارتها|انهزم|انهزمت|هزيمة|هزيمته|هزيمتها|سقط أمام|سقطت أمام|ودع",
        "transfer": "borrow|borrows|borrowed|borrowing|receive|receives|received|receiving|get|gets|got|obtain*|import|imports|imported|importing|inherit*|take over|taken over|taking over|تلقى|تلقت|يتلقى|تتلقى|استلم|استلمت|تسلم|تسلمت|حصل|حصلت|يحصل|تحصل|اقترض|اقترضت|يقترض|استورد|استوردت|يستورد|استيراد|ورث|ورثت",
        "suit": "faces a lawsuit|faced a lawsuit|face a lawsuit|faces legal action|facing a lawsuit|يواجه دعوى|تواجه دعوى|واجهت دعوى|يواجه مقاضاة",
        "hit": "تعرض ل*|تعرضت ل*|يتعرض ل*|تتعرض ل*|suffered|victim of|died at the hands of",
        "replace": "precede*|makes way for|made way for|make way for|gives way to|gave way to|سبق|سبقت",
    },
    clitics=False,
    objects=True,
)  # fmt: skip
_NEAR = 6
_MONEY = re.compile(r"(?=\D{0,40}(?:[$€£]|\d[\d.,]*\s*(?:million|billion|مليون|مليار)))")
_RESCUERS = re.compile(
    r"rescue (?:team|crew|work|serv|oper|boat|miss)|(?:فريق|فرق|رجال|عمال|طواقم|عمليات|عمليه|جهود) (?:ال)?انقاذ"
)
_PURPOSE = re.compile(
    r"(?<!\w)(?:plan|plans|proposal|bid|deal|decision|idea|move|moves|efforts?|pressure|calls?)\sto\s$"
)
"""Nouns whose verb has no agent of its own: the plan to sell the stadium."""
_BE = frozenset("is are was were be been being get got gets getting".split())
_BY_ARABIC = re.compile(r"(?<!\w)(?:علي يد|علي ايدي|من قبل|من جانب|من طرف|بواسطه)(?!\w)")
_SOURCE = re.compile(r"(?<!\w)(?:from|by)(?!\w)")
_NP_END = re.compile(
    r"(?<!\w)(?:في|من|الي|علي|عن|مع|ضد|امام|[وف]?ان|بان|التي|الذي|بعد|قبل|خلال|منذ|مقابل|بسبب|بقيمه|لشراء|مقابل)(?!\w)|[,،.;؛:(]"
)
_NOUN_SUFFIX = re.compile(r"\w{2,}(?:ها|هم|هما|ه)$")


@dataclass(frozen=True, slots=True)
class Act:
    """A verb with its group and the numbers of its words, and of those on the agent's and the patient's side."""

    group: str
    words: frozenset[int]
    agents: frozenset[int]
    patients: frozenset[int]


def differing(alignment: Alignment) -> list[str]:
    """Return ``role:GROUP`` where agents and patients of one act have changed places."""
    reasons = []
    for act in acts_in(alignment.claim):
        votes = [
            _votes(alignment, act, other)
            for other in acts_in(alignment.quote)
            if act.group == other.group and (act.group in _ONE_ACT or _alike(alignment, act, other))
        ]
        if any(crossed > same for crossed, same in votes) and not any(
            same > crossed for crossed, same in votes
        ):
            reasons.append(f"role:{act.group}")
        elif _of_two_acts(alignment, act):
            reasons.append(f"role:{act.group} of two")
    return list(dict.fromkeys(reasons + _directions(alignment) + _agents(alignment)))


def _of_two_acts(alignment: Alignment, act: Act) -> bool:
    """Tell whether the claim's agent is one act's and its patient another's: A blamed B, and B blamed C."""
    others = [other for other in acts_in(alignment.quote) if other.group == act.group]
    if len(others) < 2 or act.group not in ("accuse", "contest", "suit"):
        return False
    agents = [o for o in others if any(set(alignment.of(n)) & o.agents for n in act.agents)]
    patients = [o for o in others if any(set(alignment.of(n)) & o.patients for n in sorted(act.patients)[:2])]
    return bool(agents and patients) and not any(o in patients for o in agents)


_PASSIVE = re.compile(r"(?<!\w)(\w{2,}(?:ed|en|wn|de|nt|pt|ld|ht|nd|ut|un|ung))\s(?:\w+ly\s)?by\s")


def _agents(alignment: Alignment) -> list[str]:
    """Return ``role:by`` where an English passive has an agent of another clause of the quote than its verb."""
    claim, quote = alignment.claim, alignment.quote
    parts = segments(quote)
    if len(parts) < 2:
        return []
    for match in _PASSIVE.finditer(claim.folded):
        verbs = [q for n in claim.at(*match.span(1)) for q in alignment.of(n)]
        agents = [n for n in _phrase(claim, match.end(), len(claim.folded)) if alignment.of(n)]
        inside = [(a, b) for a, b in parts if any(a <= quote.tokens[q].start < b for q in verbs)]
        if (
            len(inside) == 1
            and agents
            and not any(
                inside[0][0] <= quote.tokens[q].start < inside[0][1] for n in agents for q in alignment.of(n)
            )
        ):
            return ["role:by"]
    return []


def _directions(alignment: Alignment) -> list[str]:
    """Return ``role:from/to`` where the claim goes to the place that its quote comes from."""
    traded = ("trade", "transfer")
    if any(act.group in traded for act in acts_in(alignment.claim)) and any(
        act.group in traded for act in acts_in(alignment.quote)
    ):
        return []  # bought from, sold to: the sides of the act have been compared
    for n in alignment.content:
        here = _LED_BY.search(alignment.claim.folded[: alignment.claim.tokens[n].start])
        there = [
            _LED_BY.search(alignment.quote.folded[: alignment.quote.tokens[q].start]) for q in alignment.of(n)
        ]
        if here and there and all(led and bool(led["to"]) != bool(here["to"]) for led in there):
            return ["role:from/to"]
    return []


_LED_BY = re.compile(r"(?<!\w)(?:(?P<to>to|الي)|from|من)\s(?:the\s)?(?:ال)?$")
_ONE_ACT = frozenset(("trade", "contest", "transfer", "replace", "suit", "accuse"))
"""Groups whose verbs all tell one act; in the others only words that mean the same do."""


def _alike(alignment: Alignment, claimed: Act, held: Act) -> bool:
    return any(set(alignment.of(n)) & held.words for n in claimed.words)


def _votes(alignment: Alignment, claimed: Act, held: Act) -> tuple[int, int]:
    def shared(numbers: Collection[int], others: Collection[int], against: Collection[int]) -> int:
        return sum(
            1
            for n in numbers
            if set(alignment.of(n)) & set(others) and not set(alignment.of(n)) & set(against)
        )

    crossed = (
        shared(claimed.agents, held.patients, held.agents),
        shared(claimed.patients, held.agents, held.patients),
    )
    same = shared(claimed.agents, held.agents, held.patients) + shared(
        claimed.patients, held.patients, held.agents
    )
    # Both sides crossed is an exchange, whatever else stayed where it was.
    if not all(crossed) and same + sum(crossed) < 2 and claimed.agents and claimed.patients:
        return 0, same
    return sum(crossed) * (2 if all(crossed) else 1), same


@lru_cache(maxsize=2048)
def acts_in(text: Text) -> tuple[Act, ...]:
    """Return the acts that ``text`` tells."""
    found = []
    telling = {
        n
        for said in said_in(text)
        if said.cue.key in ("said", "source")
        for n in (*said.speaker, *text.at(said.cue.start, said.cue.end))
    }
    for table, forward in ((_FORWARD, True), (_BACKWARD, False)):
        for cue in table.find(text):
            arabic = "\u0620" <= text.folded[cue.start] <= "\u064a"
            if cue.key == "save" and _MONEY.search(text.folded, cue.end):
                continue
            if cue.key == "save" and _RESCUERS.search(text.folded[max(0, cue.start - 12) : cue.end + 10]):
                continue
            if not arabic and _PURPOSE.search(text.folded[: cue.start]):
                continue
            sides = (_arabic if arabic else _english)(text, cue.start, cue.end, forward)
            sides = (
                [n for n in sides[0] if n not in telling],
                [n for n in sides[1] if n not in telling],
            )
            act = Act(
                cue.key,
                frozenset(text.at(cue.start, cue.end)),
                *(frozenset(n for n in side if is_content(text.tokens[n])) for side in sides),
            )
            if act.agents or act.patients:
                found.append(act)
    return tuple(found)


def _span(text: Text, position: int) -> tuple[int, int]:
    return next(((a, b) for a, b in segments(text) if a <= position < b), (0, len(text.folded)))


def _numbers(text: Text, start: int, end: int) -> list[int]:
    return [n for n, t in enumerate(text.tokens) if start <= t.start and t.end <= end]


def _english(text: Text, start: int, end: int, forward: bool) -> tuple[list[int], list[int]]:
    first, last = _span(text, start)
    joined = re.search(r"[,،]\s(?:and|but)\s", text.folded[end:last])
    last = end + joined.start() if joined else last
    told = [m.end() for m in re.finditer(r"(?<!\w)that(?!\w)|,\s(?:and|but)\s", text.folded[first:start])]
    first = first + told[-1] if told else first
    before, after = _numbers(text, first, start), _numbers(text, end, last)
    passive = any(text.tokens[n].folded in _BE for n in before[-3:]) and not re.search(
        r"ing$", text.folded[start:end]
    )
    passive = passive and bool(
        re.search(r"(?:ed|en|t|id|old|ought|ound|un|ung|d|eat|ut)$", text.folded[start:end])
    )
    by = re.search(r"(?<!\w)by(?!\w)", text.folded[end:last])
    if passive:
        agent = _phrase(text, end + by.end(), last) if by else []
        if not forward:  # was bought by X from Y: the buyer is the patient of a sale
            source = re.search(r"(?<!\w)from(?!\w)", text.folded[end:last])
            return (_phrase(text, end + source.end(), last) if source else before), agent
        goal = re.search(r"(?<!\w)to(?!\w)", text.folded[end:last])
        receiver = _phrase(text, end + goal.end(), last) if goal else []
        return agent, [*before, *receiver] if agent or not receiver else receiver
    if text.folded[end:].lstrip().startswith("by "):  # a defeat by X
        return _phrase(text, end + 3, last), before
    if forward:
        return before, after
    source = _SOURCE.search(text.folded, end, last) or re.search(r"(?<!\w)to(?!\w)", text.folded[end:last])
    if source is None:
        return [], before
    offset = source.end() if source.re is _SOURCE else end + source.end()
    return _phrase(text, offset, last), before


def _phrase(text: Text, start: int, end: int) -> list[int]:
    """Return the words of the phrase that begins at ``start``: up to a comma or the next preposition."""
    stop = re.search(
        r"[,;.]|(?<!\w)(?:from|to|by|in|on|at|for|over|after|before|with|as|because|who|which)(?!\w)",
        text.folded[start:end],
    )
    return _numbers(text, start, start + stop.start() if stop else end)


def _arabic(text: Text, start: int, end: int, forward: bool) -> tuple[list[int], list[int]]:
    first, last = _span(text, start)
    by = _BY_ARABIC.search(text.folded, first, last)
    rest = _numbers(text, end, last)
    if by:
        agents = _arabic_phrase(text, by.end(), last)
        return agents, [
            n
            for n in [*_numbers(text, first, start), *rest]
            if n not in agents and text.tokens[n].start < by.start()
        ]
    clause = max([first, *(b + 1 for b in text.breaks if first < b < start)])
    led = list(re.finditer(r"(?<!\w)[وفب]?(?:ان|بان|التي|الذي|الذين)(?!\w)", text.folded[clause:start]))
    before = _numbers(text, clause + led[-1].end() if led else clause, start)
    before = [n for n in before if is_content(text.tokens[n])][-_NEAR:]
    passive = (
        text.raw[text.origins[start] : text.origins[start] + 2][1:] == "\u064f" and text.folded[start] == "ا"
    )
    passive = passive or (
        _FIRST_FORM.fullmatch(text.folded, start, end) is not None
        and "\u064f" in text.raw[text.origins[start] : text.origins[start] + 2]
    )
    passive = passive or text.folded[start:end] in ("بيع", "بيعت", "يباع", "تباع", "قتل" if not rest else "")
    if led and not before and led[-1].group().endswith(("ي", "ين")):  # the earthquake that hit the town
        before = [n for n in _numbers(text, clause, clause + led[-1].start()) if is_content(text.tokens[n])][
            -1:
        ]
    following = _numbers(text, end, last)
    if (
        not before
        and following
        and text.folded[start - 1 : start] == "و"
        and re.fullmatch(r"(?!ال)\w{3,}(?:ها|هم|هما)", text.tokens[following[0]].folded)
    ):
        # وأوقفت سائقها: who acts was told with the verb before.
        before = [n for n in _numbers(text, first, start) if is_content(text.tokens[n])][:_NEAR]
    subject = before if before else _arabic_phrase(text, end, last)
    if not subject:  # the subject was told with the verb before: يُلزم الاتفاق سهرون بأن تمرر
        subject = [n for n in _numbers(text, first, start) if is_content(text.tokens[n])][-_NEAR:]
    objects = [n for n in rest if n not in subject]
    if len(subject) > 1 and not before and not any(concepts(text.tokens[n].folded) for n in subject):
        subject = subject[:1]  # two names in a row: a first and a last name, or a giver and a receiver
    goal = _NEXT["goal"].search(text.folded, end, last)
    source = _NEXT["source"].search(text.folded, end, last)
    if passive:
        return [], subject
    if not forward:
        return (_arabic_phrase(text, source.end(), last) if source else []), subject
    if source and goal and text.folded[end : source.start()].count(" ") <= 5:  # نقل كذا من X إلى Y
        return _arabic_phrase(text, source.end(), last), _arabic_phrase(text, goal.end(), last)
    return subject, objects


_FIRST_FORM = re.compile(r"[يت](?:دفع|منح|نقل|قتل|صدم|ضرب|طعن|قصف|جرح|هزم|باع)")
"""Verbs whose ُ after the first letter is the passive, as it is not in other forms (يُلزم)."""
_NEXT = {
    "source": re.compile(r"(?<!\w)(?:من|امام)(?!\w)"),
    "goal": re.compile(r"(?<!\w)الي(?!\w)"),
}


def _arabic_phrase(text: Text, start: int, end: int) -> list[int]:
    """Return the words of the noun phrase at ``start``.

    It ends at a preposition, a mark, a noun with a possessive ending, or an indefinite noun behind a definite one.
    """
    stop = _NP_END.search(text.folded, start, end)
    words = _numbers(text, start, stop.start() if stop else end)
    kept: list[int] = []
    definite = False
    for n in words:
        folded = text.tokens[n].folded
        if kept and (
            (
                _NOUN_SUFFIX.fullmatch(folded)
                and not folded.startswith("ال")
                and folded.endswith(("ها", "هم", "هما"))
            )
            or (definite and not folded.startswith(("ال", "و")) and concepts(folded))
        ):
            break
        if kept and re.fullmatch(r"ال\w{2,}ين", folded) and not text.tokens[kept[-1]].folded.endswith("ين"):
            break  # a plural of the accusative: the object begins
        if kept and folded.endswith("ه") and definite and not folded.startswith("ال"):
            break
        # دانا هولت | رئيس بلدية إلسينغ: behind a name a noun begins anew.
        if len(kept) > 1 and not definite and concepts(folded) and not concepts(text.tokens[n - 1].folded):
            break
        # إلسينغ begins with no article: its hamza is written.
        definite = text.tokens[n].written.startswith(("ال", "وال"))
        kept.append(n)
    return kept
