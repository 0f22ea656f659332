"""Whether a question asks how things stand now."""

from __future__ import annotations

import re

from rag.dates.folding import fold
from rag.dates.grammar import DUAL, NUMBER, UNIT

_ASKS = (
    r"ما|هو|هي|هم|شو|ايه|ايش|وش|شنو|مين|من|متي|كم|كام|قديش|كيف|عن|علي|حسب|وفق|بحسب|كان|كانت|بلغ|بلغت|هات|اعطني|"
    r"اعطيني"
)
_LATEST = re.compile(
    # آخر before a noun is *last*, behind one *another*; آخر ثلاثة أيام are days.
    rf"(?:(?:^|(?<!\w)و?(?:{_ASKS})\s+)ب?اخر\s+|(?<!\w)في\s+اخر\s+(?!ال))"
    rf"(?!(?:{NUMBER}|{UNIT}|{DUAL}|مره)(?!\w))\w"
    r"|(?<!\w)[وفبل]*(?:ال)?احدث(?!\w)"
    r"|(?<!\w)(?:حتي|الي|لحد|لغايه)\s+(?:الان|اللحظه|هذه\s+اللحظه|الساعه|تاريخه|هلا|هلق|دلوقتي|الحين)(?!\w)"
    r"|(?<!\w)(?:لهلا|لهلق|للحين|حاليا|الان|هلا|هلق|دلوقتي|دلوقت|الحين|مؤخرا|موخرا|مستجدات|المستجدات|لسه|لسا)(?!\w)"
    r"|(?<!\w)(?:ما|شو|ايه|وش|شنو)\s+(?:هو\s+)?(?:ال)?جديد(?!\w)|(?<!\w)ال(?:تطورات|وضع)(?!\w)"
    r"|(?<!\w)(?:ما|لا)\s+(?:زال|يزال|تزال|زالت|زالوا|يزالون)(?!\w)"
    r"|(?<!شهر\s)(?<!عام\s)(?<!سنه\s)(?<!اسبوع\s)(?<!قرن\s)(?<!موسم\s)(?<!عقد\s)ال(?:حالي|حاليه|راهن|راهنه)(?!\w)"
    r"|(?<!\w)(?:latest|newest|most\s+recent(?:ly)?|recently|so\s+far|to\s+date|(?:up\s+to|until|till|as\s+of|right|by)"
    r"\s+now|now|nowadays|currently|at\s+(?:the\s+moment|present)|still|these\s+days|what'?s\s+new|any\s+(?:news|updates?)|"
    r"updates?\s+on|yet)(?!\w)"
    r"|(?<!\w)the\s+current\s+(?!year|month|week|season|century|decade)\w"
)


def asks_for_latest(question: str) -> bool:
    """Tell whether ``question`` wants the newest of what is known: أحدث، حتى الآن, latest, so far, now."""
    return bool(_LATEST.search(fold(question).text))
