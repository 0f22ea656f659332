"""What a number counts, and what a question wants counted: people of a fate, things of a sort, a measure.

Numbers of different ones have nothing to do with each other: twelve dead are no forty injured, a crew of 23
no forty ships, and 84 million dirrans no depth.
"""

from __future__ import annotations

import re

from rag.answering.verification.numbers import Number, numbers_in
from rag.answering.verification.reading import Text, phrases, read
from rag.text import search_fold
from rag.types import Span

_NEAR_WORDS = 5
_FATES = phrases(
    {
        "killed": (
            "killed|kill|kills|killing|dead|died|die|dies|deaths|death|fatalities|bodies|toll|lives|victims|"
            "قتيل*|قتلى|قتلوا|قتلت|مقتل|قتل|مات|ماتوا|ماتت|موتت|وفاة|وفيات|توفي|لقي|حتفهم|حتفه|مصرع*|"
            "ضحايا|جثة|جثث"
        ),
        "hurt": (
            "injured|injure|injures|injuring|wounded|wound|wounding|hurt|hurting|injuries|hospitalised|"
            "مصاب*|جريح*|جرحى|أصيب*|انصاب*|إصابات"
        ),
        "missing": "missing|unaccounted|مفقود*|فقدان|فقدوا",
        "saved": "rescued|survivors|survived|pulled alive|أنقذ*|إنقاذ|ناج|ناجون|ناجين|الناجين",
        "moved": "displaced|evacuated|homeless|fled|driven from|نازح*|نزح*|إجلاء|شرد*|مشرد*",
        "held": "arrested|detained|detainees|freed|suspects|موقوف*|اعتقل*|معتقل*|محتجز*|توقيف",
    }
)
"""What may have become of people: numbers of different fates are different numbers."""
_COUNTED = phrases(
    {
        "people": (
            "people|person|persons|men|man|worker*|miner*|soldier*|member*|crew|passenger*|resident*|"
            "student*|pupil*|patient*|tourist*|voter*|fan|fans|spectator*|detainee*|prisoner*|climber*|"
            "docker*|fishermen|observer*|monitor|monitors|volunteer*|delegate*|employee*|staff|dead|"
            "injured|wounded|missing|displaced|bodies|deaths|villager*|guest*|inmate*|farmer*|teacher*|"
            "case|cases|infection*|others|شخص*|أشخاص|"
            "واحد|رجل*|رجال|عامل*|عمال|جندي*|جنود|فرد*|أفراد|عضو*|أعضاء|طاقم|راكب*|ركاب|نسمة|ساكن*|سكان|"
            "طالب*|طلاب|تلميذ*|تلاميذ|مريض*|مرضى|ناخب*|متفرج*|مشجع*|محتجز*|معتقل*|سجين*|سجناء|متسلق*|"
            "صياد*|مراقب*|متطوع*|موظف*|قتيل*|قتلى|جريح*|جرحى|مصاب*|مفقود*|نازح*|جثة|جثث|ضحية|ضحايا|حالة|"
            "حالات|إصابة|إصابات"
        ),
        "children": "child|children|boy|boys|girl|girls|infant*|baby|babies|طفل*|أطفال|رضيع*|رضع",
        "women": "woman|women|امرأة|نساء|سيدة|سيدات",
        "households": "family|families|household*|عائلة|عائلات|أسرة|أسر",
        "vessels": (
            "ship|ships|vessel*|boat|boats|ferry|ferries|tanker*|سفينة|سفن|قارب*|قوارب|مركب|مراكب|عبارة|"
            "عبارات|ناقلة|ناقلات|زورق*|زوارق"
        ),
        "vehicles": (
            "car|cars|truck*|lorry|lorries|bus|buses|train|trains|plane|planes|سيارة|سيارات|شاحنة|شاحنات|"
            "حافلة|حافلات|قطار*|قطارات|طائرة|طائرات"
        ),
        "buildings": (
            "house|houses|home|homes|building*|shop|shops|hall|halls|school|schools|shelter*|centre|"
            "centres|center|centers|station|stations|منزل*|منازل|بيت*|بيوت|مبنى|مباني|مبان|دكان*|دكاكين|"
            "متجر*|متاجر|مدرسة|مدارس|مركز*|مراكز|ملجأ|ملاجئ"
        ),
        "places": (
            "village|villages|town|towns|city|cities|district*|قرية|قرى|قريتان|قريتين|بلدة|بلدات|مدينة|مدن"
        ),
        "animals": "turtle*|bird*|sheep|cow|cows|camel*|سلحفاة|سلاحف|طائر|طيور|رأس غنم|أغنام|جمل|جمال",
        "seats": "seat|seats|مقعد*|مقاعد",
        "votes": "vote|votes|صوت|صوتا|أصوات",
        "breaches": "violation*|breach*|مخالفة|مخالفات|خرق*|خروقات",
        "complaints": "complaint*|appeal|appeals|شكوى|شكاوى|طعن|طعون",
    }
)
"""What is counted: a number of one sort of thing is none of another's."""
_COUNTED_WITHIN = 3
_FATED = re.compile(r"dead|injured|wounded|missing|displaced")
"""People where they stand alone; before another word they tell what became of that."""
_JOINT = re.compile(r"\s(?:and|while|و(?=\w{2}))")
_OF_THEM = re.compile(
    r"(?<!\w)(?:including|among them|of them|of whom|among whom|another|further|"
    r"بينهم|بينها|منهم|منها|من بينهم)\s+(?:at least\s+)?$"
)
_FURTHER = re.compile(r"\s+(?:more|further|of (?:them|whom)|(?:\w+\s+)?(?:منهم|اخرين|اخرون|اخري))(?!\w)")
_HOW_MANY = re.compile(r"(?<!\w)(?:how many|number of|كم|كام|قديش|اديش|قداش|شكم|جم|عدد)(?!\w)")
_LASTS = (
    r"\bhow long (?:will|did|does|has|have|had|is|was|were|ago|until|it)\b|\bfor how long\b|\bكم من الوقت\b|"
    r"\bكم (?:دقيقه|ساعه|يوم|يوما|اسبوع|اسبوعا|شهر|شهرا|سنه|عام|عاما)\b|\bما مده\b"
)
_SHARE = (
    r"\b(?:what|which) (?:percentage|share|proportion)\b|\b(?:ما|كم) (?:هي )?نسبه\b|"
    r"\bكم (?:بال|في ال)م[ئي]ه\b"
)
_MEASURES = tuple(
    (re.compile(pattern), frozenset(measures))
    for pattern, measures in (
        (
            r"\bhow (?:deep|tall|high|wide|far|thick)\b|\b(?:ما|كم) (?:\w+ )?(?:عمق|عرض|مسافه)\b|\bكم متر\b",
            ("length",),
        ),
        (r"\bhow (?:fast|quick)\b|\b(?:ما|كم) (?:\w+ )?سرعه\b", ("speed",)),
        (r"\bhow heavy\b|\bhow much (?:does|did|do) .* weigh\b|\b(?:ما|كم) (?:\w+ )?وزن\b", ("mass",)),
        (r"\bhow (?:hot|cold|warm)\b|\bدرجه الحراره\b|\bدرجات الحراره\b", ("degrees",)),
        (r"\bhow old\b|\bكم عمر\b", ("months", "time")),
        (_LASTS, ("time", "months", "nights", "length")),
        (_SHARE, ("share", "points of a share")),
    )
)
"""What the answer to a question is measured in, where the question tells it."""


def measures_asked(asked: str) -> frozenset[str] | None:
    """Return what the answer to ``asked`` is measured in; ``None`` where the question does not tell it."""
    folded = search_fold(asked)
    return next((measures for pattern, measures in _MEASURES if pattern.search(folded)), None)


def fates_asked(asked: str) -> frozenset[str]:
    """Return whose number ``asked`` is for: that of the dead, the injured …; empty where it tells none."""
    return _FATES.keys(read(asked))


def answer_of_fate(sentence: str, answer: Span, wanted: frozenset[str]) -> Span | None:
    """Return the one number of ``sentence`` that counts people of a ``wanted`` fate, if there is one.

    Of several numbers in one sentence a reader often points at another one, or at all of them.
    """
    text = read(sentence)
    found = [
        number
        for number in numbers_in(text)
        if number.unit is None and number.sort == "count" and number.value
    ]
    fated = [
        one
        for one in found
        if wanted & fates_of(text, one, stretch_of(text, one)) and not _is_of_them(text, one)
    ]
    if len(fated) != 1:
        return None
    start, end = text.folded_span(answer.start, answer.end)
    if (
        fated[0].start < end
        and start < fated[0].end
        and sum(n.start < end and start < n.end for n in found) == 1
    ):
        return answer
    return Span(text.origins[fated[0].start], text.origins[fated[0].end - 1] + 1)


def _is_of_them(text: Text, number: Number) -> bool:
    """Tell whether a number counts some of those counted before: among them four children, خمس جثث أخرى."""
    return bool(_OF_THEM.search(text.folded[: number.start]) or _FURTHER.match(text.folded[number.end :]))


def counted_by(asked: str) -> frozenset[str]:
    """Return the sort of thing that ``asked`` wants counted."""
    text = read(asked)
    how_many = _HOW_MANY.search(text.folded)
    return counted_behind(text, how_many.end()) if how_many else frozenset()


def counted_behind(text: Text, position: int) -> frozenset[str]:
    """Return the sort of thing that the words behind ``position`` name first."""
    near = text.after(position, _COUNTED_WITHIN)
    stop = text.tokens[near[-1]].end if near else position
    named = [cue for cue in _COUNTED.find(text) if position <= cue.start < stop]
    if len(named) > 1 and _FATED.fullmatch(text.folded, named[0].start, named[0].end):
        named = named[1:]
    return frozenset(cue.key for cue in named[:1])


def stretch_of(text: Text, number: Number) -> tuple[int, int]:
    """Return the stretch around a number, within its clause, that no other number takes a part of.

    Of "nine were killed and 22 injured" what stands before the *and* is the first one's.
    """
    begin, stop = text.clause_of(number.start)
    before, after = text.before(number.start, _NEAR_WORDS), text.after(number.end, _NEAR_WORDS)
    begin = max(begin, text.tokens[before[0]].start if before else number.start)
    stop = min(stop, text.tokens[after[-1]].end if after else max(number.end, number.full_end))
    for other in numbers_in(text):
        if other.end <= number.start:
            begin = max(begin, _last_joint(text.folded, other.end, number.start) or other.end)
        elif other.start >= max(number.end, number.full_end):
            stop = min(stop, _last_joint(text.folded, number.end, other.start) or other.start)
    return begin, stop


def _last_joint(folded: str, start: int, end: int) -> int | None:
    """Return where the last *and* between two numbers stands."""
    joints = list(_JOINT.finditer(folded, start, end))
    return joints[-1].start() + 1 if joints else None


def fates_of(text: Text, number: Number, near: tuple[int, int]) -> frozenset[str]:
    """Return the fate whose word stands nearest to a number, if there is one."""
    found = [cue for cue in _FATES.find(text) if near[0] <= cue.start and cue.end <= near[1]]
    if not found:
        return frozenset()
    gaps = [max(cue.start - number.end, number.start - cue.end, 0) for cue in found]
    return frozenset(cue.key for cue, gap in zip(found, gaps, strict=True) if gap == min(gaps))
