"""Opposites: a claim that says *opened* of what its quote calls *closed*."""

from __future__ import annotations

from rag.answering.verification.alignment import Alignment
from rag.answering.verification.reading import Text, phrases

_PAIRS = (
    ("rise|rises|rose|risen|rising|increase|increases|increased|increasing|grew|grow|grows|growth|climbed|jumped|surged|soared|gained|up by|up from|up to|up on|raised|raise|ارتفع|ارتفعت|ارتفاع|زاد|زادت|زيادة|ازداد|ازدادت|نما|نمت|نمو|صعد|صعود|قفز|قفزت|رفع|رفعت|يرتفع|ترتفع|يزيد|تزيد",
     "fall|falls|fell|fallen|falling|decrease|decreases|decreased|decline|declines|declined|dropped|drop|drops|shrank|shrunk|down by|down from|down to|down on|cut|cuts|reduced|reduce|lowered|slashed|انخفض|انخفضت|انخفاض|تراجع|تراجعت|هبط|هبطت|هبوط|نقص|نقصت|تقلص|خفض|خفضت|تخفيض|قلص|قلصت|يتراجع|ينخفض|تنخفض|تدنى"),
    ("open|opens|opened|reopen*|inaugurat*|مفتوح*|افتتح|افتتحت|افتتاح|فتح|فتحت",
     "closed|closes|closure|shut|shuts|shutdown|sealed|مغلق*|أغلق|أغلقت|إغلاق|غلق|أقفل|مقفل*"),
    ("start|starts|started|begin|begins|began|begun|launched|resumed|resume|بدأ|بدأت|انطلق|انطلقت|استأنف|استأنفت|استئناف",
     "stop|stops|stopped|halt|halted|halts|suspend*|cancel*|paused|توقف|توقفت|وقف|إيقاف|أوقف|أوقفت|علق|علقت|تعليق|ألغى|ألغت|إلغاء|جمد|جمدت"),
    ("allow|allows|allowed|permit*|authoris*|authoriz*|legalis*|سمح|سمحت|السماح|يسمح|تسمح|أجاز|أجازت|رخص",
     "ban|bans|banned|forbid*|forbade|prohibit*|barred|outlaw*|حظر|حظرت|يحظر|منع|منعت|يمنع|تمنع"),
    ("release|released|freed|free|أفرج|الإفراج|إفراج|أطلق سراح|إطلاق سراح",
     "arrest*|detain*|jailed|imprisoned|اعتقل|اعتقلت|اعتقال|احتجز|احتجزت|احتجاز|توقيف|سجن|حبس"),
    ("acquit*|cleared|برأ|برأت|براءة|تبرئة", "convict*|found guilty|sentenced|أدان|أدانت|أدين|إدانة"),
    ("approve*|approval|accept*|adopted|agreed|passed|وافق|وافقت|موافقة|أقر|أقرت|قبلت|اعتمد|صادق|صادقت",
     "reject*|refus*|turned down|voted down|رفض|رفضت|يرفض|ترفض"),
    ("support|supports|supported|back|backs|backed|in favour|دعم|دعمت|أيد|أيدت|تأييد|يؤيد|تؤيد|ساند",
     "oppose*|opposed|opposing|against|عارض|عارضت|يعارض|تعارض|ضد"),
    ("appoint*|hired|named|عين|عينت|تعيين", "dismiss*|sacked|fired|ousted|أقال|أقالت|أقيل|إقالة|عزل|عزلت"),
    ("import*|استورد|استوردت|استيراد|واردات", "export*|صدرت|تصدير|صادرات"),
    ("arriv*|وصل|وصلت|وصول", "left|depart*|غادر|غادرت|مغادرة"),
    ("north*|شمال*", "south*|جنوب*"),
    ("east|eastern|شرق|شرقي*", "west|western|غرب|غربي*"),
    ("largest|biggest|highest|most|أكبر|أعلى", "smallest|lowest|least|أصغر|أدنى"),
    ("first|الأول|الأولى|أول", "last|final|الأخير|الأخيرة|آخر"),
    ("guilty|مذنب*", "innocent|بريء|بريئة"),
    ("genuine|authentic|real|أصلي|أصلية|حقيقي*", "fake*|forged|counterfeit|مزور*|مزيف*"),
    ("safe|آمن|آمنة", "dangerous|unsafe|خطر|خطير*"),
    ("early|مبكر*|باكر*", "late|متأخر*"),
)  # fmt: skip
_TABLES = tuple(
    (phrases({"one": one}, objects=True), phrases({"one": other}, objects=True)) for one, other in _PAIRS
)


def differing(alignment: Alignment, *, negated: bool) -> list[str]:
    """Return ``opposite:…`` for a word of the claim whose opposite, and not itself, stands in the quote.

    ``negated`` says that one of the two negates something: *not open* is *closed*.
    """
    if negated:
        return []
    claim, quote = alignment.claim, alignment.quote
    return [
        f"opposite:{claim.folded[cue.start : cue.end]}"
        for one, other in (*_TABLES, *((b, a) for a, b in _TABLES))
        for cue in one.find(claim)[:1]
        if not one.find(quote) and not other.find(claim) and other.find(quote)
    ]


_KINDS = (
    # Whose an institution is.
    "national|وطني*|قومي* ; municipal|بلدي ; regional|إقليمي* ; royal|ملكي* ; federal|اتحادي*|فيدرالي* ; provincial ; private|خاص|خاصة",
    # Ministries and departments.
    (
        "foreign|خارجية|خارجيته* ; interior|home affairs|داخلية ; defence|defense|دفاع ; finance|مالية ; health|صحة ; education|تعليم|تربية ; justice|عدل ; "
        "agriculture|زراعة ; culture|ثقافة ; energy|طاقة ; transport|نقل ; labour|labor|عمل ; environment|بيئة ; tourism|سياحة ; sports|رياضة ; housing|إسكان"
    ),
    # Ranks.
    "colonel|عقيد ; captain|نقيب ; sergeant|رقيب ; lieutenant|ملازم ; brigadier|عميد ; admiral|أميرال ; major|رائد",
    "north|northern|northwards|شمال|شمالي* ; south|southern|جنوب|جنوبي* ; east|eastern|شرق|شرقي* ; west|western|غرب|غربي* ; central|وسط",
    "hijri|AH|هجرية|هجري|هجريا|للهجرة|الهجرة ; AD|CE|ميلادية|ميلادي|ميلاديا|للميلاد|الميلاد",
    "muharram|محرم ; safar|صفر ; rajab|رجب ; shaban|sha'ban|شعبان ; ramadan|رمضان ; shawwal|shawal|شوال",
    "gold|ذهب*|ذهبية ; silver|فضة|فضية ; bronze|برونز*",
    "red|أحمر|حمراء ; green|أخضر|خضراء ; blue|أزرق|زرقاء ; yellow|أصفر|صفراء ; black|أسود|سوداء ; white|أبيض|بيضاء",
    "morning|صباح*|صباحا ; evening|مساء ; midday|noon|ظهر|ظهرا ; midnight|منتصف الليل ; dawn|فجر|فجرا",
    "novel|رواية|روايته* ; play|مسرحية|مسرحيته* ; film|movie|فيلم|فيلمه* ; album|ألبوم ; painting|لوحة ; poem|قصيدة",
    "deputy|vice|نائب رئيس|نائب وزير|نائب المدير|نائبه* ; former|سابق|سابقة|السابق ; acting|interim|caretaker|بالوكالة|بالإنابة",
    "semi-final|نصف النهائي|نصف نهائي ; quarter-final|ربع النهائي|ربع نهائي",
)  # fmt: skip
"""Words of which one thing is only one at a time."""
_SETS = tuple(phrases({str(number): row for number, row in enumerate(kind.split(";"))}) for kind in _KINDS)


def exchanged(alignment: Alignment) -> list[str]:
    """Return ``other:…`` for a word of the claim for which its quote has another of its kind: national, municipal."""
    reasons = []
    for table in _SETS:
        here, there = table.find(alignment.claim), table.keys(alignment.quote)
        keys = {cue.key for cue in here}
        if there - keys:
            reasons += [
                f"other:{alignment.claim.folded[cue.start : cue.end]}" for cue in here if cue.key not in there
            ]
    return reasons


def tells_opposite(text: Text, other: Text) -> bool:
    """Tell whether ``text`` says in one word the opposite of one of ``other``: *closed* for *not open*."""
    return any(one.find(text) and two.find(other) for one, two in (*_TABLES, *((b, a) for a, b in _TABLES)))
