"""Modality: whether a thing is done, to come, planned, possible, expected or only called for."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answering.verification.alignment import Alignment, is_content
from rag.answering.verification.numbers import numbers_in
from rag.answering.verification.reading import Cue, Text, phrases, segments
from rag.dates.tables import MONTHS
from rag.dates.tense import is_future_verb
from rag.text import search_fold

MODALS = phrases(
    {
        "will": (
            "was to|were to|will|won't|'ll|shall|going to|is to|are to|set to|is due to|are due to|due to open|due to start|due to begin|due to be|scheduled|slated|"
            "upcoming|to be held|would|"
            "سوف|لن|المفترض|يفترض|مقرر|مقررة|المقرر|المقررة|يقرر أن|المزمع|مزمع|المزمعة|من المقرر|على أن|بصدد|في طريقها إلى|"
            "المقرر أن"
        ),
        "plan": (
            "plan|plans|planned|planning|intend|intends|intended|intention|intentions|aim|aims|aimed|aiming|hope|hopes|hoped|hoping|seek to|seeks to|seeking to|sought to|"
            "prepare to|prepares to|preparing to|prepared to|gearing up|ready to|willing|keen to|ambition*|"
            "يعتزم|تعتزم|يعتزمون|نعتزم|أعتزم|اعتزم|اعتزمت|اعتزام*|عزم|عزمه|عزمها|عزمهم|عازم*|ينوي|تنوي|ينوون|ننوي|نوى|نيته|نيتها|نيتهم|نية|نوايا|يخطط|تخطط|يخططون|نخطط|خطط ل|"
            "خطة ل|خططا ل|يسعى|تسعى|يسعون|نسعى|سعى|سعت|سعيا|سعيه|سعيها|تستهدف|يستهدف|نستهدف|يهدف|تهدف|يطمح|تطمح|نطمح|يأمل|تأمل|يأملون|نأمل|آملا|آملة|"
            "يستعد ل|تستعد ل|يستعدون ل|استعداد* ل|يتطلع|تتطلع|مخطط"
        ),
        "want": "want|wants|wanted|wish|wishes|wished|يريد|تريد|يريدون|أراد|أرادت|يرغب|ترغب|رغبته|رغبتها|رغبة|راغبا|راغبة|يفضل|تفضل|prefer|prefers",
        "consider": (
            "discusses|discussing|debating|debates|in talks|in early talks|in negotiations|in discussions|negotiating|consider|considers|considering|considered|weigh|weighs|weighing|weighed|mull|mulls|mulling|mulled|study|studies|studying|studied|"
            "look at|looking at|looking into|explore|explores|exploring|explored|under consideration|under review|under study|contemplat*|"
            "يتفاوض|تتفاوض|يناقش|تناقش|يبحث|تبحث|ينظر|تنظر|يدرس|تدرس|يدرسون|ندرس|تدارس|يتدارس|دراسة إمكان*|دراسة خيار*|قيد الدراسة|قيد البحث|ينظر في|تنظر في|يفكر|تفكر|التفكير|بدراسة"
        ),
        "may": (
            "may|might|could|possible|possibly|possibility|perhaps|maybe|potential|potentially|did not rule out|not ruled out|does not rule out|not rule out|left open|leaves open|keeps open|conceivable|conceivably|there is a chance|there is a risk|a risk of|risks|"
            "لم يستبعد|لا يستبعد|لم تستبعد|لا تستبعد|لا يستبعدون|ربما|المحتمل*|الممكن|يمكن|يمكنه|يمكنها|بإمكان*|قد ي*|قد ت*|قد ن*|وقد ي*|قد لا|محتمل*|يحتمل|احتمال*|من الممكن|إمكانية|لعل"
        ),
        "expect": (
            "likelier|more likely|thought it likely|think it likely|on course to|on track to|tipped to|bet on|foresees|foresaw|envisage*|expect|expects|expected|expecting|expectation*|forecast|forecasts|forecasting|predict|predicts|predicted|prediction*|anticipate*|anticipating|likely|probable|probably|projected|foresee*|looks set to|"
            "يتوقع|تتوقع|يتوقعون|نتوقع|متوقع*|المتوقع|المتوقعة|توقع|توقعت|توقعوا|توقعات|توقعا|توقعه|مرتقب*|المرتقب*|يرجح|ترجح|المرجح*|المستبعد*|مرجح*|رجح|رجحت|ترجيح*|مرشح* ل|ينتظر أن|ينتظر|المنتظر|المنتظرة"
        ),
        "call": (
            "call for|calls for|called for|calling for|call on|called on|calls on|calling on|urge|urges|urged|urging|demand|demands|demanded|demanding|appeal for|appeals for|appealed for|appealed to|appealing|"
            "request|requests|requested|ask|asks|asked|asking|press for|pressed for|propose|proposes|proposed|proposing|proposal|proposals|recommend*|suggest|suggests|suggested|suggesting|advise*|advocat*|insist on|insisted on|"
            "دعا|دعت|دعوا|يدعو|تدعو|يدعون|داعيا|داعية|داعين|دعوة إلى|الدعوة إلى|دعوته|دعوتها|طالب|طالبت|طالبوا|يطالب|تطالب|يطالبون|مطالبا|مطالبة|مطالبين|للمطالبة|المطالبة|مطالبته|ناشد|ناشدت|يناشد|تناشد|مناشدة|مناشدا|"
            "حث|حثت|يحث|تحث|حثا|طلب|طلبت|طلبوا|يطلب|تطلب|اقترح|اقترحت|يقترح|تقترح|مقترح*|اقتراح|أوصى|أوصت|يوصي|توصي|توصية|توصيات"
        ),
        "should": "should|ought|حري ب|الأجدر",
        "must": (
            "compelled|must|need to|needs to|needed to|has to|have to|had to|required to|obliged to|obligation|necessary|mandatory|compulsory|bound to|forced to|"
            "يجب|وجب|ينبغي|يتعين|يلزم|لا بد|من الضروري|ضرورة|بضرورة|مطالب ب|يحتاج|تحتاج|إلزام|إلزامي*|ملزم|ملزمة|تلتزم|يلتزم|بإلزام|يضطر|تضطر|اضطر|اضطرت|اضطروا|مضطر*"
        ),
        "order": (
            "ordered|orders|ordering|instructed|instructs|directed|obliges|obliged|requires|"
            "ألزم|ألزمت|يلزم|تلزم|أمر|أمرت|أمرا|أمروا|يأمر|تأمر|أوعز|أوعزت|وجه ب|فرض|فرضت|أجبر|أجبرت|يجبر|تجبر"
        ),
        "decide": (
            "decided|decides|decision|decisions|ruled|rules that|ruling|resolved to|voted to|"
            "قرر|قررت|قرروا|تقرر|قراره|قرارها|قضت|قضى"
        ),
        "near": "about to|on the verge|on the brink|poised to|على وشك|أوشك|أوشكت|يوشك|توشك|كاد|كادت|يكاد|تكاد|على شفا|بات قريبا",
        "try": "try|tries|tried|trying|attempt|attempts|attempted|attempting|effort to|efforts to|bid to|حاول|حاولت|حاولوا|يحاول|تحاول|يحاولون|محاولا|محاولة|في محاولة|محاولات|محاولته",
        "threaten": "threaten|threatens|threatened|threatening|threat|هدد|هددت|هددوا|يهدد|تهدد|مهددا|مهددة|تهديد*|لوح ب|لوحت ب|يلوح ب|تلوح ب",
        "offer": "offer|offers|offered|offering|bid|bids|عرض|عرضت|يعرض",
        "promise": "promise|promises|promised|promising|pledge|pledges|pledged|pledging|vow|vows|vowed|vowing|undertook|وعد|وعدت|وعدوا|يعد ب|تعد ب|واعدا|تعهد|تعهدت|تعهدوا|يتعهد|تتعهد|متعهدا|متعهدة|بتعهد|التزم ب|التزمت ب|تلتزم|يلتزم",
        "if": "if|unless|provided that|on condition|as long as|in case|in the event|were to|إذا|لو|شريطة|بشرط|شرط أن|شرط|ما لم|في حال|في حالة|إن لم",
    },
    clitics=False,
)  # fmt: skip
_NOT_MODAL = phrases(
    {"no": "the study|a study|this study|new study|study by|study found|study shows|study showed|studies show|studies found|studies suggest|his offer|in order to|in short order|court orders|الأمر|أمر الواقع|ربما لا|may day|last may|early may|mid-may|late may|due to a|due to an|due to the|as well as|can of|one of the|in need to|قد تم|وقد تم|لو كان|ولو|ما يمكن"},
    clitics=False,
)  # fmt: skip
_PERFECT = re.compile(
    r"(?<!\w)[وف]?قد\s(?=ت\w+ت(?!\w))|(?<!\w)[يت]كون\s(?:\w+\s){0,3}قد(?!\w)|(?<!\w)[وف]?(?:[يت]?رفضت?|[يت]?قبلت?|قدمت?|علي)\s(?:\w+\s){0,4}طلب\w{0,2}(?!\w)"
)
"""قد before a verb of the past, although it begins with ت (قد تسربت), and a request that is turned down."""

_FITS: dict[str, frozenset[str]] = {
    "will": frozenset({"will", "promise", "must"}),
    "plan": frozenset({"plan", "try", "want", "will"}),
    "consider": frozenset({"consider"}),
    "may": frozenset({"may"}),
    "expect": frozenset({"expect"}),
    "call": frozenset({"call", "want", "should"}),
    "should": frozenset({"should", "call", "must", "expect", "will", "want"}),
    "must": frozenset({"must", "order", "promise", "should", "if"}),
    "order": frozenset({"order", "must", "decide"}),
    "decide": frozenset({"decide", "order", "must"}),
    "want": frozenset({"want", "call", "plan"}),
    "near": frozenset({"near"}),
    "try": frozenset({"try", "plan"}),
    "threaten": frozenset({"threaten"}),
    "offer": frozenset({"offer", "call"}),
    "promise": frozenset({"promise", "must"}),
    "if": frozenset({"if"}),
}
"""For each kind in a claim, the kinds of a quote that bear it out."""
_STRONG = frozenset(("order", "decide"))
"""Kinds of what is as good as done: a claim may leave them out, and say them of what is told in other words."""
_WEAKER = frozenset(("call", "consider", "offer", "may", "plan", "want", "should", "threaten"))
_NEAR = 3


@lru_cache(maxsize=2048)
def modals_in(text: Text) -> tuple[Cue, ...]:
    """Return the words of modality in ``text``, verbs with the Arabic prefix of the future among them."""
    masked = [(c.start, c.end) for c in _NOT_MODAL.find(text)]
    masked += [match.span() for match in _PERFECT.finditer(text.folded)]
    cues = [
        c
        for c in MODALS.find(text)
        if not any(s <= c.start < e for s, e in masked) and not _is_another_sense(text, c)
    ]
    counted = [(n.start, n.end) for n in numbers_in(text)]
    cues += [
        Cue("will", t.start, t.start)
        for t in text.tokens
        if is_future_verb(t.folded) and not any(a <= t.start < b for a, b in counted)
    ]
    return tuple(sorted(cues, key=lambda c: c.start))


def _runs_in_the_present(alignment: Alignment, cue: Cue) -> bool:
    """Tell whether the claim tells in the present what the quote tells of the future (the board meets)."""
    claim = alignment.claim
    heads = [c for n in alignment.quote.after(cue.end, 4) for c in alignment.back(n)]
    spans = [s for s in segments(claim) if any(s[0] <= claim.tokens[c].start < s[1] for c in heads)] or list(
        segments(claim)
    )
    if claim.arabic:
        return any(
            _IMPERFECT.match(t.folded) and t.folded not in _MONTHS
            for t in claim.tokens
            if any(a <= t.start < b for a, b in spans)
        )
    return not any(_PAST.search(claim.folded, a, b) for a, b in spans)


_MONTHS = frozenset(search_fold(name) for name in MONTHS)
_IMPERFECT = re.compile(r"[وف]?(?:ي|ت(?!ق?رير|صريح|حقيق|وقيع|مويل|علي[قم]|دريب))\w{2,}(?<!ه)(?<!ات)$")
_PAST = re.compile(
    r"(?<!\w)(?:was|were|had|has|have|did|\w{3,}ed|won|lost|rose|fell|went|took|gave|came|met|made|began|sold|bought|built|left|sent|held|paid|became|beat|ran|got|broke|spoke|wrote|chose)(?!\w)"
)


def _is_another_sense(text: Text, cue: Cue) -> bool:
    """Tell whether the word is the month of May, 34 ألف طالب who ask for nothing, or a man who is being tried."""
    before, word = text.folded[: cue.start], text.folded[cue.start : cue.end]
    if text.raw[text.origins[cue.start] :][:3] == "May":
        return cue.start > 0
    if word == "طالب":
        return bool(_COUNTED.search(before))
    return word == "tried" and bool(_PASSIVE.search(before))


_COUNTED = re.compile(r"(?:\d|(?<!\w)(?:الف|الاف|مليون|مئه|مائه|كل|لكل|اي))\s$")
_PASSIVE = re.compile(r"(?<!\w)(?:is|are|was|were|be|been|being)\s$")


def differing(alignment: Alignment) -> list[str]:
    """Return ``modality:KIND`` for what the claim makes more, or less, certain than its quote."""
    claimed, held = modals_in(alignment.claim), modals_in(alignment.quote)
    kinds = {c.key for c in held}
    reasons = [
        f"modality:{cue.key}"
        for cue in claimed
        if cue.key != "will"
        and not _FITS[cue.key] & kinds
        and not _is_a_plain_word(alignment, cue)
        and (cue.key not in _STRONG or kinds & _WEAKER)
    ]
    if not held and _is_past(alignment.quote):
        reasons += ["modality:will" for cue in claimed if cue.key == "will" and _is_new(alignment, cue)][:1]
    wanted = {key for cue in claimed for key in _FITS[cue.key]}
    reasons += [
        f"certain:{cue.key}"
        for cue in held
        if cue.key not in wanted
        and cue.key not in _STRONG
        and _told(alignment, cue)
        and not (cue.key == "will" and _runs_in_the_present(alignment, cue))
    ]
    return list(dict.fromkeys(reasons))


def _is_new(alignment: Alignment, cue: Cue) -> bool:
    """Tell whether what is to come in the claim is not a word of the quote as well."""
    return not any(alignment.of(n) for n in alignment.claim.at(cue.start, max(cue.end, cue.start + 1)))


def _is_past(text: Text) -> bool:
    """Tell whether all that a text tells is over: no verb of the present announces anything."""
    if text.arabic:
        return False
    return bool(_PERFECT_ENGLISH.search(text.folded)) and not _TO_COME.search(text.folded)


_PERFECT_ENGLISH = re.compile(
    r"(?<!\w)(?:has|have|had)\s(?:\w+ly\s|not\s|been\s|already\s|now\s)*\w{2,}(?:ed|en|n|t|ne|ld|nd|de|id)(?!\w)"
)
_TO_COME = re.compile(
    r"(?<!\w)(?:agree[sd]|agreement|next|tomorrow|upcoming|coming|from (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|until|"
    r"starts?|opens?|begins?|meets?|is|are|takes|holds|ends|runs|leaves)(?!\w)"
)


def _is_a_plain_word(alignment: Alignment, cue: Cue) -> bool:
    """Tell whether the phrase itself stands in the quote in the same words (the offer, the proposal)."""
    inside = alignment.claim.at(cue.start, max(cue.end, cue.start + 1))
    content = [n for n in inside if is_content(alignment.claim.tokens[n])]
    return cue.key in ("offer", "threaten") and any(alignment.of(n) for n in content)


def _told(alignment: Alignment, cue: Cue) -> bool:
    """Tell whether the claim speaks of what a word of modality in the quote is about."""
    quote = alignment.quote
    after = [n for n in quote.after(cue.end, 8) if is_content(quote.tokens[n])][:_NEAR]
    if not after or not alignment.told_at(cue.start):
        return False
    if alignment.claim.arabic != quote.arabic:
        return alignment.may_tell(after)
    return bool(alignment.back(after[0]) or sum(bool(alignment.back(n)) for n in after) >= 2)
