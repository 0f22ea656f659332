"""What looks like a date and is none, or is the date of something that is not told: nothing is made of it."""

from __future__ import annotations

import re

from rag.dates import tables
from rag.dates.grammar import (
    ARABIC_WEEKDAY,
    DUAL,
    ENGLISH_WEEKDAY,
    HIJRI_MONTH,
    MONTH,
    NUMBER,
    SEASON,
    UNIT,
    Rule,
    any_of,
    build,
    phrase,
    unresolved,
)

_MEDIUM = "صحيفه|جريده|موقع|قناه|مجله|تلفزيون|وكاله|شبكه|برنامج|منصه|كتاب|روايه|فيلم|مسلسل"
_PLACE = (
    "سوق|نادي|ناد|بلده|قريه|مدينه|حي|شارع|ميدان|ساحه|جسر|كوبري|ملعب|مستشفي|جامعه|مدرسه|مسجد|جامع|مطعم|مقهي|"
    "محطه|معبر|حزب|حركه|تيار|فرقه|شركه|سياره|مصنع|منتدي|مركز|قاعده|طريق|كتيبه|لواء|تحالف|قوي|"
    "كتله|معسكر|مجموعه|"
    "جماعه|رابطه|جمعيه|مبادره|صالون|حمله|مؤسسه|مؤسسه|استاد|مطار|ميناء|حديقه|قصر|قاعه|سد|نفق|محور|دوار|وسام|"
    "لجان|مخيم|ضاحيه|منظمه|تنظيم|عمليه|مجلس|سرايا|كتايب|قوات|لجنه|جايزه|مجمع|برج|مبني|جبهه|عايله|اسره"
)
_EVENT = (
    "ثوره|انتفاضه|هجوم|هجمات|احداث|حرب|انقلاب|مجزره|نكسه|ذكري|اتفاق|اتفاقيه|تفاهم|معركه|تفجير|"
    "تفجيرات|حراك|جيل|"
    "شهداء|ضحايا|زلزال|اعصار|كارثه|حدود|خط|خطوط"
)
_HAPPENED = (
    "alliance|coalition|bridge|city|square|street|brigades?|camp|revolution|uprising|attacks?|"
    "war|movement|massacre|coup|bombings?|riots?|protests?|crisis|stadium|group|organi[sz]ation|party|hall|"
    "school|university|hospital|airport|park|station|road|avenue|barracks|battalion|front|lines?|borders?|museum|memorial|commission|victims|plot|"
    "committee|club|dam|palace"
)
_DAY_MONTH = (
    rf"(?:(?:ال)?\d{{1,2}}|{any_of(tables.ORDINALS)})\s*(?:من\s+|of\s+)?(?:{MONTH})"
    rf"|(?:{MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?"
)
_DAY_HIJRI = rf"(?:(?:ال)?\d{{1,2}}|{any_of(tables.ORDINALS)})\s*(?:من\s+)?(?:{HIJRI_MONTH})"
_NO_YEAR = r"(?!\s*[,،]?\s*(?:من\s+)?(?:عام\s+|سنه\s+)?\d{4})"
_YEAR = r"(?:1[5-9]|20)\d\d"
# People and things that have a year in their name: the class of 2020, جيل عام 1967, a model year.
_COHORT = (
    "generation|class|spirit|men|boys|girls|children|heroes|veterans|cohort|vintage|batch|intake|squad|"
    "graduates|model|models|vision|agenda"
)
_COHORT_AR = "جيل|دفعه|دفعات|خريجو|خريجي|طراز|موديل|موديلات|رؤيه|اجنده|عرب|فلسطينيو|فلسطينيي"
_WORDS = "|".join(
    (rf"(?:(?:يوم|ليله)\s+)?{ARABIC_WEEKDAY}", ENGLISH_WEEKDAY, MONTH, HIJRI_MONTH, any_of(tables.DAY_WORDS))
)
_AGES = any_of(tables.DECADES)
_BEFORE_A_NAME = (
    r"و?(?:قال|اكد|ذكر|اضاف|اوضح|صرح|اعلن|تابع|كتب|روي|توفي|انضم)ت?|"
    "السيد|السيده|الحاج|الشيخ|الدكتور|الدكتوره|المهندس|الاستاذ|المدرب|اللاعب|الفنان|المواطن|النائب"
)
_GIVEN = (
    "محمد|احمد|محمود|علي|حسن|حسين|خالد|سالم|ابراهيم|يوسف|عمر|عبدالله|عبد\\s+الله|مصطفي|كريم|"
    "سعيد|ياسر|سامي|نبيل|فاطمه|مريم|زينب|ليلي|سعاد"
)
_PERSON = "رجل|رجلا|امراه|سيده|مسن|مسنه|مسنا|عجوز|شخص|شيخ|وهو|وهي|مواطن|مواطنه|ثمانيني|اناس|نساء|رجال"

MISLEADING: list[Rule] = [
    *build(
        unresolved,
        # Days of a name.
        r"اليوم\s+(?:السابع|العالمي|الوطني|الدولي|الاول|الثاني|الثالث|الرابع|الخامس|السادس|الثامن|"
        r"التاسع|العاشر|"
        r"الاخير|المفتوح|الذي|الدراسي|العلمي|الواحد|الكامل|الاخر|الموعود|المشهود|الاسود|الدامي)",
        r"(?:المصري|راي|البيان|العرب)\s+اليوم|(?:قالت|ذكرت|نقلت|افادت|بحسب|وفق|عن|لقناه|"
        r"لوكاله)\s+(?:روسيا|سوريا|مصر)\s+اليوم",
        rf"(?:{_MEDIUM}|اغنيه|ديوان|قصيده)\s+(?:{any_of(tables.DAY_WORDS)})",
        r"(?:في\s+)?مثل\s+هذا\s+(?:اليوم|الوقت|الشهر|الاسبوع)",
        r"(?<![^\W\d_]\s)غدا\s+ال(?!(?:اثنين|ثلاثاء|اربعاء|خميس|جمعه|سبت|احد)(?!\w))\w{2,}\s+(?!ال)\w{2,}ه",
        r"امس\s+(?:ال)?حاجه|(?:ال)?غد\s+(?:ال)?(?:افضل|مشرق|اجمل|واعد|زاهر)|بكره\s+واصيلا",
        # A reel or hatred of something; and early, but for the Gulf's tomorrow.
        r"بكره\s+ال(?!صبح|صباح|ظهر|عصر|مغرب|عشا|ليل|مسا|اثنين|ثلاثاء|اربعاء|خميس|جمعه|سبت|احد)\w+",
        rf"(?:the\s+)(?:next|following|previous|preceding)\s+(?:{SEASON}|{MONTH})|ides\s+of\s+march",
        r"غدا?\s+لناظره",
        # What is asked, or told, of a word or of a song.
        rf"(?:معني|كلمه|تعبير|عباره|مصطلح|لفظ|مفرده|اسم)\s+(?:كلمه\s+)?[\"«“]?(?:{_WORDS})",
        rf"(?:(?:word|term|phrase|expression|names?)s?|meaning\s+of)\s+[\"'“]?(?:{_WORDS})",
        rf"who\s+(?:sings?|sang|wrote|composed|directed|recorded|performed|painted)\s+[\"'“]?(?:{_WORDS})",
        r"اليوم\s+خمر\s+و?غدا\s+امر|يوم\s+لك\s+ويوم\s+عليك",
        r"اليوم\s+قبل\s+(?:ال)?غد|(?:عمل|عملك)\s+اليوم\s+الي\s+(?:ال)?غد|(?:جيل|شباب|عالم|نجوم|"
        r"قاده|رجال)\s+(?:اليوم|الغد)",
        r"(?:امس|غد|يوم)\s+بعيد|الامس\s+البعيد|بين\s+(?:ال)?امس\s+و(?:ال)?يوم",
        r"tomorrow\s+never|no\s+tomorrow|tomorrow\s+is\s+another\s+day|yesterday's\s+(?:m[ae]n|"
        r"news|papers?|heroes)",
        r"here\s+today,?\s+(?:and\s+)?gone\s+tomorrow|as\s+if\s+it\s+were\s+yesterday|"
        r"like\s+(?:it\s+was\s+)?yesterday",
        r"(?:leaders|stars|youth|world|cit(?:y|ies)|champions|generations?|homes|cars|children|"
        r"m[ae]n|women|technolog(?:y|ies)|jobs|"
        r"workers|schools?|classrooms?|voices|heroes)\s+of\s+(?:today|tomorrow|yesterday)",
        r"usa\s+today|today's\s+(?:world|youth)|(?:a\s+)?(?:better|brighter)\s+tomorrow|"
        r"tomorrow's\s+(?:world|leaders)",
        rf"(?:{_PLACE}|{_MEDIUM}|كنيسه|صلاه|خطبه|سوره|احد|بطوله|دوري)\s+(?:{ARABIC_WEEKDAY})",
        rf"(?:{_PLACE}|{_MEDIUM})\s+(?:غدا?|الغد)|الصباح\s+الباكر|(?:وقت|"
        rf"ساعه|نحو|بشكل|موعد)\s+باكر[اه]?|"
        r"بالامس\s+القريب|الامس\s+القريب",
        # "Became": it takes a noun and what that noun became, in the accusative.
        rf"غدا\s+(?!(?:{ARABIC_WEEKDAY})(?!\w))\w{{3,}}\s+(?!(?:غدا|ايضا|مساء|صباحا|ظهرا)(?!\w))\w{{2,}}ا",
        r"(?:black|good|big|palm|easter|bloody|ash|maundy|holy|super|cyber|casual)\s+"
        rf"(?:{ENGLISH_WEEKDAY})",
        rf"(?:{ENGLISH_WEEKDAY})\s+(?:times|telegraph|mirror|mail|express|post|herald|tribune|"
        rf"gazette|journal|magazine|schools?|"
        r"leagues?|best|roasts?|prayers?|markets?|clubs?|morning\s+football|services?|groups?|"
        r"bands?|circles?|choirs?|"
        r"society|movement|party|association|teams?|collective|orchestra|ensemble|theatre|forum|"
        r"foundation|project|"
        r"network|podcast|supplement|papers?|newspapers?|editions?|child|drivers?|people|crowd|"
        r"boys|girls|blues|feeling|mosques?|trading|opening|morning\s+quarterbacks?|"
        r"nights|mornings|afternoons|evenings|jobs?)",
        rf"(?:{ENGLISH_WEEKDAY})(?=\s+of\s+(?!(?:last|next|this|that|the\s+(?:week|previous|"
        rf"following|same|past|coming))(?!\w)))",
        # Somebody's or something's name: called him Friday, اسمه رمضان.
        rf"(?:called|named|nicknamed|christened|dubbed|titled|entitled)\s+(?:(?:him|her|it|them|"
        rf"himself|herself|his\s+\w+|her\s+\w+|a\s+\w+)\s+)?"
        rf"[\"'“]?(?:{ENGLISH_WEEKDAY}|{MONTH}|today|tomorrow|yesterday)",
        rf"(?:اسمه|اسمها|اسمي|يدعي|تدعي|المدعو|المدعوه|سماه|سماها|سموه|لقبه|باسم|تسمي|يسمي|"
        rf"الملقب\s+ب)\s+[\"«“]?(?:{ARABIC_WEEKDAY}|{MONTH}|{HIJRI_MONTH}|"
        rf"{any_of(name for name in tables.WEEKDAYS if not name.isascii())})",
        r"friday\s+the\s+(?:13th|thirteenth)",
        # A weekday is a surname behind a bare given name: قال محمد السبت إن.
        rf"(?:{_BEFORE_A_NAME})\s+(?:{_GIVEN})\s+(?:{ARABIC_WEEKDAY})",
        rf"(?:the\s+)?(?:{_YEAR}|'?\d0)(?:'?s[\s-]|-)(?:style|styled|themed|inspired|vintage|look)",
        rf"(?:every|each|any|per)\s+(?:\w+\s+)?(?:{ENGLISH_WEEKDAY})",
        rf"(?:كل|ايام)\s+(?:يوم\s+)?(?:{ARABIC_WEEKDAY})(?:\s+و(?:{ARABIC_WEEKDAY}))*(?!\s+و?\d)",
        rf"[\"«“]\s*(?:{ARABIC_WEEKDAY}|{ENGLISH_WEEKDAY}|اليوم|today)\s*[\"»”]|an?\s+(?:{ENGLISH_WEEKDAY})",
        rf"(?:كان|كانت|صادف|يصادف|يوافق|وافق)\s+(?:يوم\s+)?(?:{ARABIC_WEEKDAY})",
        rf"(?:{ARABIC_WEEKDAY})\s+(?:العظيم|السوداء|الاسود|البيضاء|الابيض|الحزين|الدامي|الدموي|"
        rf"الكبير|الاحمر|المقدس)ه?",
        rf"(?:(?:يوم|ليله|مساء|صباح|فجر|ظهر|عصر)\s+)?(?:{ARABIC_WEEKDAY})\s+من\s+كل",
        # الأحد عشر are eleven, and الاثنين may be the two.
        r"الاحد\s+عشر|(?:كلا|كلي|كل|احد|هذين|هذان|ثاني)\s+الاثنين|الاثنين\s+(?:معا|كليهما|"
        r"الاخر\w*|سويا|سوا)|بين\s+الاثنين(?!\s+و)",
        # Days and years of another day, or of no day at all.
        r"(?:في\s+)?(?:ذلك|نفس|ذات|هذاك)\s+الاسبوع",
        r"في\s+اليوم(?:\s+الواحد)?(?!\s+(?:التالي|السابق|الموالي|اللاحق|نفسه|ذاته|عينه|الذي|"
        r"ال(?:اول|ثاني|ثالث|رابع)\s))",
        r"(?:نهايه\s+ال)?اليوم\s+الواحد",
        rf"(?:منذ|بعد)\s+(?:(?:{NUMBER})\s+)?(?:{UNIT}|{DUAL})(?:\s+(?:{NUMBER}))?\s+"
        r"(?:من(?!\s+(?:الان|اليوم)(?!\w))|علي|فقط\s+من)",
        rf"(?:قبل|منذ|بعد)\s+(?:بضعه?|عده|كم)\s+(?:{UNIT})",
        rf"(?:قبل|منذ)\s+(?:اكثر|اقل|ما\s+يزيد|ما\s+يقل)\s+(?:من|عن|"
        rf"علي)\s+(?:(?:{NUMBER})\s+)?(?:{UNIT}|{DUAL})",
        r"(?:a\s+few|several|some|many)\s+(?:hours|days|weeks|months|years)\s+(?:ago|earlier)",
        rf"(?:more|less|fewer)\s+than\s+(?:{NUMBER})\s+(?:{UNIT})\s+ago|"
        rf"(?:over|under|nearly|almost|at\s+least)\s+(?:{NUMBER})\s+(?:{UNIT})\s+ago",
        rf"(?:{NUMBER})\s+(?:{UNIT})\s+(?:after|before|from|since)\s+(?:{ENGLISH_WEEKDAY})|"
        rf"(?:{ENGLISH_WEEKDAY})\s+week(?!end)",
        # Names that hold a date.
        rf"(?:{_EVENT}|{_PLACE})\s+(?:{_DAY_MONTH}|{_DAY_HIJRI}){_NO_YEAR}",
        rf"(?:{_PLACE})\s+(?:{_DAY_MONTH})\s+(?:عام\s+|سنه\s+)?{_YEAR}",
        rf"(?:{_COHORT})\s+(?:of\s+|the\s+)?(?:year\s+)?'?(?:{_YEAR}|\d\d)(?!\w)",
        rf"(?:{_COHORT_AR})\s+(?:ال)?(?:عام\s+|سنه\s+)?(?:{_YEAR}|\d\d)(?!\w)",
        rf"(?:{_PLACE}|حرب|ثوره)\s+(?:{MONTH}){_NO_YEAR}",
        rf"(?:the\s+)?(?:{_DAY_MONTH})\s+(?:{_HAPPENED})",
        rf"(?:square|street|road|avenue|bridge|city|stadium|movement|university|"
        rf"hospital)\s+of\s+(?:the\s+)?(?:{_DAY_MONTH})",
        rf"(?:the\s+)?(?:{MONTH})\s+(?:{_HAPPENED})|black\s+september|(?:ايلول|سبتمبر|ايلول/سبتمبر)\s+الاسود",
        rf"(?:قبل|منذ)\s+(?:(?:{NUMBER})\s+)?(?:{UNIT}|{DUAL})\s+ونصف",
        rf"(?:رقم|ال(?:قانون|مرسوم|قرار|ماده|فقره|فصل))\s*\(?\d+\)?\s*(?:ل|لعام|لسنه|من|سنه|عام|/|"
        rf"-)?\s*(?:لعام|لسنه|سنه|عام)?\s*{_YEAR}",
        rf"(?:no|number|nos|resolution|law|act|decree)\.?\s*\d+\s*(?:of|/|-)\s*{_YEAR}",
        # Ages, rates and counts.
        rf"(?:{_PERSON})\s+في\s+(?:(?:منتصف|اواخر|اوائل|مطلع)\s+)?(?:ال)?(?:{_AGES})",
        rf"(?:ال)?(?:{_AGES})\s+من\s+(?:ال)?عمر\w*|عمر\w*\s+(?:في\s+)?(?:ال)?(?:{_AGES})",
        r"(?:his|her|their|my|your|our)\s+(?:(?:early|mid|late)[\s-]+)?'?\d0'?s",
    ),
    # A half or a quarter of a month is not its second or fourth day.
    Rule(
        phrase(rf"(?:النصف|الربع|الثلث|الاسبوع|العقد|العشر)\s+\w+\s+من(?=\s+(?:شهر\s+)?(?:{MONTH})(?!\w))"),
        unresolved,
    ),
    Rule(
        re.compile(
            r"(?P<core>(?<!\w)(?:the\s+)?(?:first|second|third|fourth|last|next)\s+"
            r"(?:week|weeks|weekend|days?|half)\s+(?:of|in)(?!\w))"
        ),
        unresolved,
    ),
]
