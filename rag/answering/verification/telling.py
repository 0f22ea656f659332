"""Words of telling: who says what in a text, by verbs and phrases of both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.answering.verification.alignment import is_content
from rag.answering.verification.inflection import arabic, english
from rag.answering.verification.numbers import numbers_in
from rag.answering.verification.reading import Cue, Text, phrases, segments

SPEECH = phrases(
    {
        "said": (
            "found|finds|show|shows|showed|shown|put|puts|expects|expect|said|says|saying|say|told|tells|stated|states|stating|added|adds|adding|explained|explains|explaining|noted|notes|noting|remarked|commented|pointed out|stressed|stresses|stressing|insisted|insists|insisting|"
            "confirmed|confirms|confirming|affirmed|asserted|asserts|maintained|maintains|argued|argues|arguing|testified|admitted|admits|acknowledged|conceded|wrote|writes|reported|reports|reporting|believes|believe|thinks|considers that|"
            "warned|warns|warning|estimated|estimates|put the|describe|described|describes|describing|called it|suggested that|reveal|revealed|reveals|disclosed|quoted|predicted|predicts|hailed|praised|criticised|criticized|observed|remarks|replied|responded|"
            "نقل*|وجد|وجدت|تظهر|يظهر|أظهر|أظهرت|بينت|خلص|خلصت|قال|قالت|قالوا|يقول|تقول|يقولون|قائلا|قائلة|أضاف|أضافت|يضيف|تضيف|مضيفا|مضيفة|أوضح|أوضحت|يوضح|توضح|موضحا|موضحة|أكد|أكدت|أكدوا|يؤكد|تؤكد|مؤكدا|مؤكدة|صرح|صرحت|يصرح|ذكر|ذكرت|يذكر|تذكر|ذكروا|"
            "أفاد|أفادت|أفادوا|يفيد|تفيد|أشار|أشارت|يشير|تشير|مشيرا|مشيرة|لفت|لفتت|لافتا|لافتة|شدد|شددت|يشدد|تشدد|مشددا|مشددة|بين أن|مبينا|مبينة|نوه|نوهت|كشف|كشفت|كاشفا|حذر|حذرت|يحذر|تحذر|محذرا|محذرة|اعترف|اعترفت|أقر|أقرت|يقر|"
            "اعتبر|اعتبرت|يعتبر|معتبرا|معتبرة|رأى|رأت|يرى|ترى|يرون|وصف|وصفت|يصف|تصف|واصفا|واصفة|قدر|قدرت|روى|روت|كتب|كتبت|نقل عن|نقلت عن|أخبر|أخبرت|أبلغ|أبلغت|زاد|تابع|تابعت|استطرد|أردف|أردفت|"
            "يعتقد|تعتقد|اعتقاد*|توقع|توقعت|رجح|رجحت|أعرب|أعربت|عبر عن|تحدث عن|تحدثت عن|جزم|جزمت|أورد|أوردت|أوردته|أعلنه|"
            + english(
                "explain remark comment stress insist affirm assert maintain argue testify acknowledge concede warn estimate "
                "describe disclose predict hail praise criticise criticize observe conclude discover contend stipulate "
                "reckon figure forecast calculate recall recount underline emphasise emphasize reiterate clarify complain "
                "caution declare announce attribute characterise characterize deem label voice lament joke quip opine reply"
            )
            + "|thought|thinks|believed|believes|holds that|held that|felt that|feels that|called the|called a|called an|calls it|calls the|called him|called her|called them|"
            "attributed to|put it at|puts it at|put at|foresees|foresaw|foresee|is of the view|takes the view|took the view|understands|understood to|learned|learnt|heard|concur*|swore|sworn|"
            "spoke of|speaks of|speak of|talks of|talked of|in a statement|in an interview|tweeted|posted|expects|expected growth|forecast|"
            + arabic(
                "خلص/يخلص توصل/يتوصل استنتج/يستنتج اكتشف/يكتشف قدر/يقدر/مقدر رجح/يرجح/مرجح توقع/يتوقع/متوقع ظن/يظن حسب/يحسب صنف/يصنف "
                "نعت/ينعت عزا/يعزو/عازي أرجع/يرجع/مرجع رد/يرد عد/يعد علل/يعلل برر/يبرر انتقد/ينتقد/منتقد أشاد/يشيد/مشيد شكا/يشكو/شاكي اشتكى/يشتكي "
                "طمأن/يطمئن تساءل/يتساءل استنكر/يستنكر/مستنكر ندد/يندد/مندد علق/يعلق/معلق عقب/يعقب/معقب غرد/يغرد كرر/يكرر/مكرر جدد/يجدد/مجدد "
                "أبدى/يبدي/مبدي أقسم/يقسم شهد/يشهد أجاب/يجيب/مجيب أصر/يصر/مصر تمسك/يتمسك/متمسك ألمح/يلمح/ملمح لمح/يلمح نبه/ينبه/منبه ذكّر/يذكر "
                "وضح/يوضح استدرك/يستدرك صارح/يصارح تنبأ/يتنبأ/متنبئ رأى/يرى نقل/ينقل/ناقل حكى/يحكي سرد/يسرد"
            )
        ),
        "announced": "announced|announces|announcing|declared|declares|declaring|unveiled|proclaimed|أعلن|أعلنت|أعلنوا|يعلن|تعلن|معلنا|معلنة",
        "source": (
            "reckoning|estimate|estimation|in its view|according to|as reported by|quoted by|citing|cited|in the words of|in the view of|in the opinion of|by the account of|based on|figures from|on the word of|"
            "تقدير|بتقدير|بحسب|حسب|بحسبه*|حسبما|وفق|وفقا|وفقه|نقلا عن|على لسان|على حد قول|على حد تعبير|على حد وصف|عن لسان|استنادا إلى|طبقا|في رأي|برأي|من وجهة نظر|كما قال|ما أعلن|ما أفاد|ما ذكر|ورد في|جاء في|أوردت|نشرت|أرقام حصلت"
        ),
        "weak": "under the agreement|under the deal|under the plan|under the law|according to the agreement|according to the deal|according to the plan|بموجب",
        "alleged": (
            "accuse|accused|accuses|accusing|accusation*|allege|alleged|alleges|allegedly|alleging|allegation*|claimed|claims|claiming|claim|purported|purportedly|suspected|suspects|blamed|blames|blaming|blame|charged with|charges that|reportedly|supposedly|rumoured|rumored|"
            "تهمة|بتهمة|بتهم|اتهم|اتهمت|اتهموا|يتهم|تتهم|متهما|متهمة|اتهام*|اتهمه*|اتهمته*|زعم|زعمت|زعموا|يزعم|تزعم|زاعما|زاعمة|مزاعم|المزعوم*|مزعوم*|ادعى|ادعت|يدعي|تدعي|ادعاء*|مدعيا|حمل* مسؤولية|حملت|حمل|محملا|محملة|يشتبه|مشتبه|يقال|شبهات|اشتباه|ألقى باللوم|لوم|اللوم"
        ),
        "denied": "denied|denies|denying|deny|disputed|نفى|نفت|نفوا|ينفي|تنفي|نافيا|نافية|أنكر|أنكرت|فند|فندت|استبعد|استبعدت",
    },
    clitics=False,
    objects=True,
)  # fmt: skip
_THAT = re.compile(r"(?<!\w)(?:[وفب]?(?:ان|انه|انها|انهم|بان|بانه|بانها)|that)(?!\w)")
_TURN = re.compile(
    r";|؛|[,،]\s(?:but|while|whereas|although|though)(?!\w)|(?<!\w)(?:whereas|في حين|[وف]?بينما|غير ان|الا ان|الا انه|الا انها)(?!\w)"
)
_SENTENCE = re.compile(r"[.!?؟\n](?:\s|$)")
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_STUDY = re.compile(
    r"(?<!\w)(?:stud(?:y|ies)|surveys?|polls?|inquiry|investigat\w+|research\w*|scientists?|reports?|reviews?|audit\w*|firm|analy\w+|tests?|experts?|inspect\w+|doctors?)\s(?:\w+\s)?$"
)
_DETERMINED = re.compile(
    r"(?<!\w)(?:a|an|the|any|no|without|its|his|her|their|this|of|storm|weather|flood)\s$"
)
_EXPECTING = frozenset("يتوقع تتوقع يرجح ترجح يقدر تقدر يحسب تحسب".split())
"""Verbs of the present that nobody may be the subject of: يتوقع ارتفاع, but يتوقع محللون أن."""
_NOT_TOLD = frozenset(
    "recalled recalls recalling criticised criticized criticises criticizes criticising hailed hails praised praises praising انتقد انتقدت ينتقد تنتقد اشاد اشادت يشيد تشيد ندد نددت استنكر توصل توصلت توصلوا يتوصل تتوصل قدرها قدرهم زاد زادت posted learned learnt recounted figures labels swore held رد ترد يرد ردت ردوا علق علقت يعلق تعلق عد عدت يعد تعد حسب جدد جددت يجدد تجدد حسبت قدم يعدون شهد شهدت يشهد تشهد يكرر تكرر عقب يجددون نجدد مصرا مصره مرجعا".split()
)
"""Verbs of telling only where *that* follows; else mostly of something else (تشهد المدينة)."""
_ASIDE = re.compile(
    r"(?<=\w)\s(?:في (?:ساعه|وقت|بيان|تصريح|مقابله|حديث|تقرير|موتمر|كلمه|جلسه|رساله|تغريده)|عبر|خلال|امس|اليوم|مساء|صباح|يوم|ب(?!اسم|ال|لد|حر|حث|نك|يان|رنامج|رلمان)\w{3,})(?!\w)"
)
"""What stands between an Arabic speaker and what is said: في بيان، أفادت المنظمة بنزوح."""
_WHEN = re.compile(
    r"\s(?:late |early )?(?:on|in|at|yesterday|today|this|last|earlier)\b(?:\s\w+){0,4}[.\"”']*|\sin a (?:statement|report|letter|speech|survey)[.\"”]*"
)
"""What follows a verb that ends its sentence: ", the retailer said on Wednesday."."""
AUXILIARY = re.compile(r"(?<!\w)(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must)(?!\w)")
_MOST_SPEAKER = 12


@dataclass(frozen=True, slots=True)
class Said:
    """Words of somebody: the verb or phrase, the speaker's words, and the stretch that is told (folded)."""

    cue: Cue
    speaker: tuple[int, ...]
    start: int
    end: int


@lru_cache(maxsize=2048)
def said_in(text: Text) -> tuple[Said, ...]:
    """Return what is attributed to somebody in ``text``."""
    cues = SPEECH.find(text)
    # وفق ما أعلنت: the phrase has been found, its verb is no second one.
    led = {
        verb.start
        for source, verb in pairwise(cues)
        if source.key == "source" and text.folded[source.end : verb.start] in (" ما ", " ")
    }
    return tuple(
        _said(text, cue) for cue in cues if cue.start not in led and not _is_another_sense(text, cue)
    )


def _is_another_sense(text: Text, cue: Cue) -> bool:
    """Tell whether "found" or "put" is no word of telling: found guilty, put out."""
    word, after = text.folded[cue.start : cue.end], text.folded[cue.end :]
    if word in ("متهما", "مشتبه") and any(one.end == cue.start - 1 for one in numbers_in(text)):
        return True  # eleven defendants: nobody is accused by saying how many there are
    if word in ("found", "finds", "find", "show", "showed", "shows"):
        by_study = _STUDY.search(text.folded, max(0, cue.start - 40), cue.start)
        return not by_study and not re.match(r"\s*(?:[.,;]|$|that\b)", after)
    passive = re.search(r"(?<!\w)(?:is|are|was|were|been|be)\s$", text.folded[: cue.start])
    if passive and cue.key in ("said", "announced") and not re.match(r"\s*(?:by|as|to|that)(?!\w)", after):
        return True
    if word == "blame" and re.search(
        r"(?<!\w)(?:is|are|was|were|be|been|not)\sto\s$", text.folded[: cue.start]
    ):
        return True  # the storm was to blame: nobody accuses
    if cue.key == "said" and _DETERMINED.search(text.folded[: cue.start]):
        return True  # a warning, the claims, without saying
    if word in _EXPECTING and not re.match(r"\s(?:[^\s.،,]+\s){1,8}(?:ان|بان|الا)(?!\w)", after):
        return True
    if word in _NOT_TOLD and not re.match(r"\s*(?:that|(?:الي\s)?(?:ان|انه|انها|بان))(?!\w)", after):
        return True
    if re.match("نقل", word) and not word.endswith("عن"):  # moved, not quoted
        return not re.match(r"[^.،]{0,50}\sعن\s", after)
    return word in ("put", "puts") and not re.match(r"[^.;]*\bat\b", after)


def _said(text: Text, cue: Cue) -> Said:
    start = max((m.end() for m in _SENTENCE.finditer(text.folded, 0, cue.start)), default=0)
    stop = next((m.start() for m in _SENTENCE.finditer(text.folded, cue.end)), len(text.folded))
    turn = _TURN.search(text.folded, cue.end, stop)
    if turn:
        stop = turn.start()
    arabic = "\u0620" <= text.folded[cue.start] <= "\u064a"
    opening = max(start, segment_of(text, cue.start)[0])
    before = _content(
        text,
        [n for n, t in enumerate(text.tokens) if opening <= t.start and t.end <= cue.start][-_MOST_SPEAKER:],
    )
    that = _THAT.search(text.folded, cue.end, stop)
    edge = min(that.start() if that else stop, next((b for b in text.breaks if b >= cue.end), stop))
    after = _content(
        text, [n for n, t in enumerate(text.tokens) if cue.end <= t.start < edge][:_MOST_SPEAKER]
    )
    if text.folded[cue.start : cue.end] in ("reckoning", "estimate", "estimation"):
        of = text.folded[cue.end :].startswith(" of ")
        return Said(cue, after[:4] if of else before[-2:], start, stop)
    if cue.key == "weak":
        return Said(cue, tuple(text.at(cue.start, cue.end))[-1:], start, stop)
    if cue.key == "source" and not after and re.match(r"\s(?:ما|لما)\s\w+", text.folded[cue.end :]):
        return Said(cue, (), start, stop)  # وفق ما أعلنته: who was told before
    if cue.key == "source":
        return Said(cue, (*after, *_in_apposition(text, after, edge, stop)) or before, start, stop)
    passive = re.search(r"(?<!\w)(?:is|are|was|were|been|be)\s$", text.folded[: cue.start])
    if not arabic and passive and (agent := re.match(r"\s(?:\w+\s)?by\s", text.folded[cue.end :])):
        behind = list(text.after(cue.end + agent.end(), 5))
        limit = re.search(
            r"(?<!\w)(?:to|as|of|for|in|on|at|that)(?!\w)|[,.]", text.folded[cue.end + agent.end() :]
        )
        edge = cue.end + agent.end() + (limit.start() if limit else 200)
        return Said(cue, _content(text, [n for n in behind if text.tokens[n].start < edge]), start, stop)
    by = re.compile(r"\s(?:من قبل|من جانب|علي يد)\s").search(text.folded, cue.end, stop)
    if arabic and cue.key == "alleged" and by:
        return Said(cue, tuple(_content(text, list(text.after(by.end(), 3)))), cue.end, stop)
    if arabic and cue.key == "alleged" and not that:
        who: tuple[int, ...] = (after or before)[:2]
        if (
            len(who) == 2
            and re.search(r"(?<!ي)ين$", text.tokens[who[1]].folded)
            and not text.tokens[who[0]].folded.endswith("ين")
        ):
            who = who[:1]  # the accused are told in the accusative: المقاول المهندسين
        return Said(cue, who, cue.end, stop)
    if arabic:
        to = re.search(r"\sالي(?!\w)", text.folded[cue.end : edge])
        if not after and re.match(r"م|قايل|لافت|كاشف|زاعم", text.folded[cue.start : cue.end]):
            # طالبت النائبة بتحقيق، قائلة: who began the sentence.
            # But وأوضح أن: that one is not named in the sentence.
            first = _THAT.search(text.folded, start, cue.start)
            until = first.start() if first else cue.start
            opening_words = _content(
                text, [n for n, t in enumerate(text.tokens) if start <= t.start and t.end <= until]
            )
            return Said(cue, opening_words[:6], edge, stop)
        if not after and re.search(r"(?:،|,|كما|مثلما)\s$", text.folded[: cue.start]):
            return Said(cue, (), start, stop)  # ..., كما أعلنت: who was told before
        aside = _ASIDE.search(text.folded, cue.end, edge)
        if aside:
            after = tuple(n for n in after if text.tokens[n].start < aside.start())
        if to:  # عزت الإدارة الحادث إلى
            after = tuple(n for n in after if text.tokens[n].start < cue.end + to.start())
        return Said(cue, after or before, edge, stop)
    # The subject is what stands right before the verb; behind a comma it may be an apposition.
    led = max((b for b in text.breaks if start <= b < cue.start), default=-1)
    close = [n for n, t in enumerate(text.tokens) if max(opening, led + 1) <= t.start and t.end <= cue.start]
    near = tuple(n for n in before if n in close) if close else before
    # "..., X said." and "..., said X, ...": the words come first.
    if (
        not text.folded[cue.end : stop].strip(" .;\"'”")
        or (led >= 0 and _WHEN.fullmatch(text.folded, cue.end, stop))
        or text.folded[cue.end : cue.end + 1] in ".,;"
    ):
        return Said(cue, near, start, stop)
    if text.folded[cue.start : cue.end].endswith("ing") and text.folded[: cue.start].rstrip()[-1:] == ",":
        # "Residents blamed the operator, saying": who began the sentence.
        opening_words = _content(
            text, [n for n, t in enumerate(text.tokens) if start <= t.start and t.end <= cue.start]
        )
        return Said(cue, opening_words[:3], cue.end, stop)
    if text.folded[: cue.start].rstrip()[-1:] in ",\"'”" and not that:
        return Said(cue, tuple(dict.fromkeys((*before, *after))), start, stop)
    # "Lydia Farnworth, the chief executive, said", but "Nineteen were killed, officials said".
    is_clause = AUXILIARY.search(text.folded, max(opening, start), max(led, 0))
    appositive = led >= 0 and text.folded[led] in ",،" and not is_clause
    return Said(cue, before if appositive else near, cue.end, stop)


def _in_apposition(text: Text, speaker: Sequence[int], edge: int, stop: int) -> tuple[int, ...]:
    """Return the name behind a comma that says who a speaker is: *the office's director, Mustafa Kerdous*."""
    if not speaker or text.folded[edge : edge + 1] not in (",", "،"):
        return ()
    end = min((b for b in text.breaks if b > edge), default=stop)
    behind = [n for n, t in enumerate(text.tokens) if edge < t.start < min(end, stop)]
    return tuple(behind) if behind and all(text.tokens[n].capital for n in behind) else ()


def _content(text: Text, numbers: Sequence[int]) -> tuple[int, ...]:
    """Return the words that say something; what stands in quotation marks is said, not who says it."""
    told = {n for cue in SPEECH.find(text) if cue.key != "weak" for n in text.at(cue.start, cue.end)}
    return tuple(
        n
        for n in numbers
        if n not in told and is_content(text.tokens[n]) and not _is_quoted(text, text.tokens[n].start)
    )


def _is_quoted(text: Text, position: int) -> bool:
    return any(
        m.start() < position < m.end() and len(m.group().split()) > 2 for m in _QUOTED.finditer(text.folded)
    )


def segment_of(text: Text, position: int) -> tuple[int, int]:
    """Return the segment that holds ``position``, or all of the text."""
    return next(((a, b) for a, b in segments(text) if a <= position < b), (0, len(text.folded)))
