"""Words by which a turn of conversation is read, folded for search; dialects beside the written language."""

from __future__ import annotations

import re
from typing import Final

from rag.dates.tables import MONTHS, WEEKDAYS
from rag.text import search_fold


def _folded(*rows: str) -> frozenset[str]:
    return frozenset(search_fold(word) for row in rows for word in row.split())


ASKING: Final = _folded(
    "who whom whose what which when where why how",
    "who's what's where's when's why's how's",
    "من ما ماذا متى أين كم كيف لماذا هل أي أية مين شو وين إمتى ايمتى امتا ليش ليه قديش أديش قداش كام فين إيه ايش وش منو "
    "شنو شكم بكم بكام بقديش لمن ممن مم عم بم بماذا علاش شلون كيفاش إزاي منين وقتيش شوكت أنهي انو أيش لإيمتى لشو لوين "
    "لأي لأية بأي بأية لماذا لمين بمين عمين",
)
"""Words that ask."""

ADVERBS: Final = _folded(
    "when where why how",
    "متى أين كيف لماذا وين إمتى ايمتى امتا ليش ليه فين علاش شلون كيفاش إزاي منين وقتيش شوكت",
)
"""Asking words that leave the rest of a question a clause: *when was it built* asks of what *why was it built* does."""

AUXILIARIES: Final = _folded(
    "did do does was were is are am has have had will would can could should shall may might must",
    "be been being didn't don't doesn't wasn't weren't isn't aren't won't hasn't haven't",
)

BINDING: Final = _folded(
    "a an the of in on at to from for with by into onto than as about over under up out off per via",
    "and or but so then not no any some all every each both either such than if whether",
    "i you we me us my your our mine",
    "في على إلى عن مع عند لدى بين حتى منذ من قبل بعد خلال أثناء عبر ضد نحو حول دون بدون ضمن أو أم ثم بل لكن أن إن إنه إنها لا لم لن "
    "ليس ما قد لقد سوف كل بعض أي غير عا عَ ب ل و يا",
)
"""Words of grammar that carry nothing over."""

VAGUE: Final = _folded(
    "happen happened happens happening occur occurred take took taken taking place go goes going went gone back come came coming",
    "get got getting give gave given make made do done doing use used say says said saying tell told telling know known",
    "think thinks thought mean means meant call called put want wants wanted start started begin began begun end ended",
    "last lasted lasting run runs work works set show shows seem seems become became keep kept need needs let lets try",
    "anyone anybody someone somebody nobody everyone anything something nothing thing things people person persons man men woman women child children part parts number numbers amount total figure",
    "figures name names way kind sort rest time times date day days week weeks month months year years hour hours minute",
    "minutes long short much many far old big large high tall wide deep soon often more most less least few fewer several",
    "exactly actually really still yet again ever also too now then here there today tonight tomorrow yesterday so far next",
    "first second other others another else same own previous later earlier before after since until please details detail",
    "value cost costs price reason reasons cause result size length age well okay exact whole half",
    "حدث يحدث تحدث حصل يحصل حصلت حدثت صار صارت يصير بيصير وقع وقعت جرى جرت يجري تم تمت يتم كان كانت كانوا يكون تكون سيكون ستكون "
    "بيكون بيضل ضل ظل ظلت يزال تزال زال زالت ما زال بات أصبح أصبحت عاد بلغ بلغت يبلغ تبلغ وصل وصلت يصل تصل استمر استمرت دام دامت "
    "قال قالت قالوا يقول تقول يقولون قاله قالها حكى حكت بيقول بيقولوا ذكر ذكرت راح رح عم بعده",
    "بدأ بدأت يبدأ تبدأ بلش بلشت بتبلش بيبلش انتهى انتهت ينتهي تنتهي خلص خلصت",
    "شخص شخصا أشخاص ناس الناس واحد واحدة حد حدا أحد رجل امرأة نساء طفل أطفال عدد العدد اسم اسمه اسمها الاسم شيء شي أشياء الأمر الموضوع "
    "سبب السبب أسباب نتيجة تفاصيل التفاصيل قيمة كلفة تكلفة سعر ثمن حجم عمر طول وزن مكان المكان طريقة كيفية تاريخ موعد",
    "يوم يوما أيام الأيام أسبوع أسابيع شهر أشهر سنة سنوات عام عاما أعوام ساعة ساعات دقيقة دقائق مرة مرات وقت الوقت اليوم أمس غدا "
    "بكرا مبارح امبارح الآن هلأ هلق دلوقتي حاليا أيضا كمان برضو برضه كذلك فقط بس تحديدا بالضبط تماما فعلا حقا أكثر أقل آخر أخرى "
    "الآخر بالآخر أخيرا النهاية بالنهاية لاحقا قبل بعد أول ثاني ثان نفس الأول الأولى الثاني الثانية التاني التانية الثالث الثالثة التالت التالتة يعني عشان مشان لسا لسه هناك هون هنا اللي يلي الذي التي الذين "
    "في فيه عنده عندهم هو هي هم مش مو موش ليس",
)
"""Words that any question may hold: none of them is something to search for."""

ROLES: Final = _folded(
    "governor minister ministry president premier mayor government cabinet parliament opposition police army court judge",
    "prosecutor lawyer company firm owner owners bank union team club coach captain director chief chairman chairwoman head",
    "spokesman spokeswoman spokesperson authorities authority official officials council committee commission jury board",
    "victim victims dead injured wounded missing survivor survivors resident residents family families student students",
    "worker workers passenger passengers crew driver suspect suspects winner winners loser losers author king prince",
    "university hospital school schools agency organisers organizers party rebels witnesses experts critics",
    "الوزير الوزيرة الوزارة الوزراء الرئيس الرئاسة الرئيسة الحكومة المحافظ الوالي العمدة البلدية البرلمان المعارضة الشرطة الجيش "
    "المحكمة القاضي النيابة المحامي الشركة الشركات المالك المالكون البنك المصرف النقابة الفريق النادي المدرب القائد المدير المديرة "
    "الإدارة المتحدث المتحدثة الناطق السلطات المسؤول المسؤولون المسؤولين المجلس اللجنة الهيئة الضحايا الضحية القتلى القتيل الجرحى "
    "المصابون المصابين الإصابات المفقودون المفقودين الناجون الناجين السكان الأهالي العائلة العائلات الأسر الطلاب الطلبة العمال الموظفون "
    "الركاب الطاقم السائق المشتبه المتهم المتهمون المتهمين الفائز الفائزون الفائزة الخاسر الكاتب المؤلف الملك الأمير الجامعة المستشفى "
    "المدرسة المدارس الوكالة المنظمون الحزب الشهود الخبراء",
)
"""People and bodies that nobody can find without being told of what: *the governor*, الوزارة."""

TIMES: Final = _folded(
    "week weekend month year morning evening afternoon night day season summer winter spring autumn fall century decade time",
    "الأسبوع الشهر العام السنة اليوم الأيام الصباح المساء الليلة الموسم الصيف الشتاء الربيع الخريف القرن العقد المرة الأثناء",
)
"""Behind *this* or هذا they are times of the asker, not of the conversation."""

CALENDAR: Final = frozenset(search_fold(name) for name in (*MONTHS, *WEEKDAYS) if " " not in name) | _folded(
    "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
)

LEADS: Final = _folded(
    "and but so or then also plus well ok okay now right",
    "طب طيب وطيب طيّب بس يعني أوكي اوكيه تمام وبعدين بعدين ثم لكن هلأ وهلأ يعني",
)
"""What a turn may begin with before it says anything."""

SOCIAL: Final = _folded(
    "thanks thank you thx hi hello hey bye goodbye ok okay yes no great good nice cool wow lol sorry please really indeed",
    "شكرا شكراً مرحبا أهلا سلام السلام عليكم مع السلامة نعم لا أيوه ايوا لأ تمام ممتاز رائع عظيم جميل عفوا آسف طيب حسنا يسلمو مشكور "
    "حقا والله صباح الخير مساء النور جزيلا لك لكم",
)
"""Words of politeness: a turn of nothing else asks nothing."""

REFERRING: Final = _folded(
    "it its it's they them their theirs he him his she her hers this that these those there such else",
    "ذلك هذا هذه تلك هؤلاء أولئك ذاك هذي هاد هادا هاي هيك ده دي دا كده كدا هالشي هذاك هذول هدول هناك هونيك",
)
"""Pronouns and words that point."""

HAPPENING: Final = _folded(
    "happen happened happening occur occurred exactly says said so",
    "حدث يحدث حدثت حصل حصلت يحصل صار صارت يصير وقع وقعت جرى جرت تم كان كانت بالضبط تحديدا",
)
"""What a turn that only asks may say of what it asks about."""

HOW: Final = _folded("many much long old far often big large tall high deep fast wide heavy soon")
"""What is asked for behind *how*."""

BEFORE_ASKING: Final = _folded(
    "on in at by from to for until till since of with about through within per",
    "من في على الى إلى عن حتى منذ ب ل بعد قبل يوم",
)
"""Prepositions that stand before an asking word."""

COUNTED: Final = _folded("عدد العدد هو هي هم بلغ بلغت يبلغ تبلغ كان كانت الذي التي الذين اللي")
"""What an Arabic asking word is followed by before the question says what it is about."""

POINTING: Final = _folded(
    "this that these those",
    "ذلك هذا هذه تلك هؤلاء أولئك ذاك هذي هاد هادا هاي هيك ده دي دا كده كدا هالشي هذاك هذول هدول",
)
"""Words that point at something, alone or with a noun."""

THERE: Final = _folded("هناك هنا هون هونيك")
SUBJECTS: Final = frozenset("he she they it".split())
POSSESSIVES: Final = frozenset("its their his".split())
REMAINING: Final = frozenset("else rest others latter former".split())
"""What is left of something that was spoken of."""

INDEPENDENT: Final = _folded("هو هي هم هما هن هني هوا هيا")
RELATIVES: Final = _folded("الذي التي الذين اللذين اللي يلي اللواتي")
BOUNDARIES: Final = frozenset(
    "and but when before after because if that which who while as since until though although so where".split()
)
"""What an English clause begins with."""

NO_PRONOUN: Final = _folded(
    "أنها إنها لأنها أنه إنه لأنه أنهم إنهم لهو بهو وجه مياه اتجاه شبه تجاه منتبه نزيه الله فقه كره مهم متهم درهم أهم فهم سهم وهم تفهم أسهم",
    "ملهم ساهم تهم رهن ذهن كهن أبله تافه مشبوه انتباه سفيه فواكه فاكهة وجوه دراهم تفاهم جبهة نزهة شبهة بلدة مدينة هم هن هما",
)
"""Words that end as if a pronoun were written to them."""

EMPTY_IT: Final = _folded(
    "true possible clear likely known expected allowed legal safe raining snowing take takes cost"
)
"""What *it* is said of without meaning anything: *is it true that ...*, *what does it take to ...*."""

ADDRESSING: Final = _folded("you your yours yourself أنت انت إنت حالك اسمك حالكم أنتم تفعل بتعمل بتسوي")
"""Words that speak to the bot."""

WHO: Final = _folded("who whom من مين منو")

ABOUT: Final = re.compile(
    r"^(?:(?:what|how) about|what of|[وف]?ماذا عن|(?:شو|ايش|وش|ايه) (?:عن|بالنسبه (?:ل|الي))|"
    r"بالنسبه (?:ل|الي))\s*"
)
"""*What about* at the head of a turn."""

POLITE: Final = re.compile(
    r"^(?:(?:please |and |so )*(?:(?:can|could|would|will) you (?:please )?)?(?:tell me|let me know)|do you know|"
    r"i (?:want|would like) to know|(?:ممكن |لو سمحت |من فضلك )*(?:تقول لي|تقولي|تقللي|قل لي|قلي|قولي|احكيلي|خبرني|اخبرني)|"
    r"هل (?:تعرف|تعلم)|بتعرف|تعرف)\s+(?=(?:who|what|when|where|which|why|how|whose|if|whether|[وف]?(?:من|ما|متي|اين|كم|كيف|"
    r"لماذا|هل|اي|مين|شو|وين|امتي|ليش|ليه|قديش|كام|فين|ايه|وش))(?!\w))"
)
"""Politeness before a question, matched on the folded turn."""

NO_CONJUNCTION: Final = _folded("والي والد والدة والده والدها والدته والدتها والدهم والدا ولاية ولايات فالق")
"""Words that begin as if a conjunction were written to them."""

DETERMINERS: Final = frozenset("the a an all some any no we i".split())
WHICH: Final = frozenset({"what", "which"})
COUNTING: Final = _folded("كم كام قديش أديش قداش شكم أي أية بأي بأية لأي لأية")
