"""Number words of Arabic and English, folded: what each adds, multiplies or stands for."""

from __future__ import annotations

from rag.text import search_fold


def _table(rows: dict[float, str]) -> dict[str, float]:
    return {search_fold(word): value for value, row in rows.items() for word in row.split("|")}


SMALL = _table(
    {
        0: "zero|صفر",
        1: "one|واحد|واحدا|واحدة|إحدى",
        2: "two|اثنان|اثنين|اثنتان|اثنتين|إثنان|إثنين|اثنا|اثني|اثنتا|اثنتي",
        3: "three|ثلاثة|ثلاث|ثلاثا",
        4: "four|أربعة|أربع|أربعا",
        5: "five|خمسة|خمس|خمسا",
        6: "six|ستة|ست|ستا",
        7: "seven|سبعة|سبع|سبعا",
        8: "eight|ثمانية|ثماني|ثمان|ثمانيا",
        9: "nine|تسعة|تسع|تسعا",
        10: "ten|عشرة|عشر",
        11: "eleven",
        12: "twelve|dozen",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty|عشرون|عشرين",
        30: "thirty|ثلاثون|ثلاثين",
        40: "forty|fourty|أربعون|أربعين",
        50: "fifty|خمسون|خمسين",
        60: "sixty|ستون|ستين",
        70: "seventy|سبعون|سبعين",
        80: "eighty|ثمانون|ثمانين",
        90: "ninety|تسعون|تسعين",
    }
)
"""Words below a hundred; an Arabic unit before عشر or عشرة makes a number of the teens."""

HUNDREDS = _table(
    {
        100: "hundred|مئة|مائة|مية|مئه",
        200: "مئتان|مئتين|مئتا|مئتي|مائتان|مائتين|مائتا|مائتي|ميتين",
        300: "ثلاثمئة|ثلاثمائة|ثلثمائة",
        400: "أربعمئة|أربعمائة",
        500: "خمسمئة|خمسمائة",
        600: "ستمئة|ستمائة",
        700: "سبعمئة|سبعمائة",
        800: "ثمانمئة|ثمانمائة|ثمانيمئة|ثمانيمائة|ثمنمائة",
        900: "تسعمئة|تسعمائة",
    }
)

SCALES = _table(
    {
        1e3: "thousand|ألف|ألفا|آلاف|الاف",
        2e3: "ألفان|ألفين|ألفا|ألفي",
        1e6: "million|مليون|مليونا|ملايين|m|mn",
        2e6: "مليونان|مليونين|مليونا|مليوني",
        1e9: "billion|مليار|مليارا|مليارات|بليون|بلايين|bn",
        2e9: "ملياران|مليارين|مليارا|ملياري",
        1e12: "trillion|تريليون|تريليونا|تريليونات|ترليون|tn",
        2e12: "تريليونان|تريليونين|تريليوني",
    }
    # The accusative of one and the construct of two are one spelling: read as one.
) | _table({1e3: "ألفا", 1e6: "مليونا", 1e9: "مليارا"})

DUAL_SCALES = frozenset((2e3, 2e6, 2e9, 2e12))

MANY = _table(
    {
        10: "tens|dozens|عشرات",
        1e2: "hundreds|مئات|مائات",
        1e3: "thousands|آلاف|ألوف",
        1e6: "millions|ملايين",
        1e9: "billions|مليارات",
    }
)
"""Words that count nothing exactly; in Arabic some are also plurals after a number."""

FRACTIONS = _table(
    {
        1 / 2: "half|halves|نصف",
        1 / 3: "third|ثلث",
        2 / 3: "thirds|ثلثا|ثلثي|ثلثان|ثلثين",
        1 / 4: "quarter|ربع",
        3 / 4: "quarters|أرباع",
        1 / 5: "fifth|خمس",
        1 / 10: "tenth|عشر",
    }
)
"""``thirds`` and ``quarters`` stand for what news tells: two thirds, three quarters (ثلاثة أرباع)."""

FRACTION_WORDS = _table({1 / 2: "half|نصف", 1 / 3: "ثلث", 2 / 3: "ثلثا|ثلثي|ثلثان|ثلثين", 1 / 4: "ربع"})
"""Fractions that are nothing else: *third* and *quarter* are ordinals and parts of a year as well."""

_AR_ORDINALS = "ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر".split()
_AR_TENS = {
    20: "العشر",
    30: "الثلاث",
    40: "الأربع",
    50: "الخمس",
    60: "الست",
    70: "السبع",
    80: "الثمان",
    90: "التسع",
}
ORDINALS: dict[str, float] = {
    search_fold(word): float(number)
    for number, row in {
        **{number: f"{name}|{name}ة|{name}ه" for number, name in enumerate(_AR_ORDINALS, 2)},
        **{number: stem + "ون|" + stem + "ين" for number, stem in _AR_TENS.items()},
        1: "حادي|حادية|first|أول|أولى",
    }.items()
    for word in row.split("|")
} | {
    word: float(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}

MULTIPLES = _table(
    {
        2: "double|doubled|doubling|doubles|twice|twofold|ضعف|ضعفي|ضعفين|ضعفا|تضاعف|تضاعفت|يتضاعف|مضاعفة|ضاعف|ضاعفت|مرتين|مرتان",
        3: "triple|tripled|threefold|thrice",
        4: "quadruple|quadrupled|fourfold",
    }
)

DUALS = frozenset(
    search_fold(word)
    for word in (
        "يومين|يومان|شهرين|شهران|عامين|عامان|أسبوعين|أسبوعان|ساعتين|ساعتان|سنتين|سنتان|دقيقتين|دقيقتان|شخصين|شخصان|"
        "طفلين|طفلان|رجلين|رجلان|مترين|متران|كيلومترين|دولارين|دينارين|طنين|هدفين|هدفان|نائبين|نائبان|جنديين|جنديان|"
        "مسلحين|قتيلين|قتيلان|جريحين|جريحان|عاملين|عاملان|لاعبين|لاعبان|قرنين|عقدين|عقدان|بلدين|بلدان|صاروخين|صاروخان|"
        "حيين|حيان|مسارين|مساران|مدينين|مبنيين|مبنيان|منزلين|منزلان|شقيقين|شقيقان|وزيرين|وزيران"
    ).split("|")
)
"""Duals whose ending alone would not tell them from a plural."""
