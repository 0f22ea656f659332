"""Spoken Arabic put into the written form that articles have, for the encoders: they have read few chats.

Only words that bind and ask are replaced, word by word from a table; what a question is about stays as it was
typed. Words that also mean something else in writing are replaced only where their neighbours tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from rag.countries import country_of

_WORD = re.compile(r"[^\W\d_][\w\u064b-\u0652\u0640]*")
_SAME_LETTERS: Final = str.maketrans("أإٱگک", "اااكك", "\u0640" + "".join(map(chr, range(0x64B, 0x653))))
"""Seats of hamza alike, but no ه for ة: *إيه* asks, and *آية* does not."""


def _table(rows: Mapping[str, str]) -> dict[str, str]:
    return {spoken.translate(_SAME_LETTERS): said for said, words in rows.items() for spoken in words.split()}


_WHAT: Final = frozenset("شو شنو شنوا ايش وش ويش اشنو اشنوا شنهو شنهي وشو ايشو".split())
_WHAT_BEHIND: Final = "ايه"
_HOW_MANY: Final = frozenset("كم كام قديش قداش شحال شكد".split())
_HOW_MUCH: Final = frozenset((("قد", "ايش"), ("قد", "ايه"), ("قد", "شو")))
_ADVERBS: Final = _table(
    {
        "أين": "وين فين وينو",
        "متى": "إمتى إمتي إيمتى إيمتي إمتا إيمتا وقتاش فوقاش وقتيش شوكت شوقت",
        "لماذا": "ليش ليه علاش لشو عليش لويش",
        "كيف": "كيفاش شلون ازاي شلونو كيفن",
    }
)
_WORDS: Final = _ADVERBS | _table(
    {
        "من": "مين منو منهو شكون",
        "لمن": "لمين",
        "عمن": "عمين",
        "بمن": "بمين",
        "كم": "قديش أديش قداش كام شحال شكد شقد شكثر شكم چم قدايش كدايش",
        "بكم": "بكام بقديش بقداش بشحال بيش",
        "إلى كم": "لكام لقديش",
        "إلى أين": "لوين",
        "من أين": "منين منوين",
        "إلى متى": "لإمتى لإمتي لإيمتى لإيمتي لإمتا لإيمتا",
        "بماذا": "بشو بايش بإيه بشنو",
        "على ماذا": "عشو علاه",
        "أين هو": "وينه",
        "أين هي": "وينها فينها",
        "أين هم": "وينهم",
        "هل": "واش",
        "أي": "أنهي أنهو أشمن شمن ياهي",
        "ما اسم": "شسمه شسمها شاسم شاسمه شسم",
        "بأن": "بإنو بانو",
        "لأن": "لأنو لانو",
        "لا يزال": "لسا لسه لسة",
        "الآن": "هلق دلوقتي دلوقت هسه هسا دابا الحين هالحين",
        "أمس": "امبارح مبارح إمبارح",
        "اليوم": "النهارده النهاردة انهارده انهاردة",
        "هناك": "اكو كاين كاينة كاينين",
        "لا يوجد": "ماكو مفيش مافيش",
        "ليس": "مش موش مب مهوب",
        "من أجل": "عشان علشان منشان مشان باش",
        "يريد": "عايز عاوز يبي يبغى يبغا",
        "تريد": "عايزة عاوزة تبي تبغى تبغا بدها",
        "يريدون": "عايزين عاوزين بدهم يبون يبغون",
        "هذا": "هاد هيدا هادا ده",
        "هذه": "هاي هيدي هذي هاذي",
        "أيضا": "كمان",
        "أحد": "حدا",
        "هكذا": "هيك",
        "أمام": "قدام",
        "وراء": "ورا",
        "خارج": "برا",
        "داخل": "جوا جوه",
        "": "بتاع بتاعة بتاعت بتوع تاع نتاع ديال",
    }
)
_AS_TYPED: Final = {"هلأ": "الآن"}
"""Words that their hamza tells from others."""
_BEFORE_VERBS: Final = {"من أجل": "لكي", "ليس": "لا"}
_THAT_WHICH: Final = frozenset(("اللي", "يلي"))
_THAT: Final = frozenset(("انو", "بانو", "لانو"))
_WILL: Final = frozenset(("رح", "راح", "غادي"))
_WENT: Final = "راح"
"""It also says that somebody went, and many names begin as verbs do."""
_NAMES: Final = frozenset(
    "ترامب تيمور تميم تامر توفيق يوسف ياسر ياسين يحيى يزيد يعقوب يونس يسرا يلدز".split()
)
_IMPERFECT: Final = re.compile(r"ب?([يتن]\w{2,})")
_WILL_IN_EGYPT: Final = re.compile(r"ه([يتن]\w{2,})")
_NO_VERBS: Final = re.compile(
    r"هي(?:ا|ئ|كل|ثم|رو|من|لي|بة|فا|وس|ون|را|وم|لا|غ)|هت(?:لر|اف)|هن(?:اك|ال|د|غ|ري|ية)"
)
_OF_EGYPT: Final = frozenset(
    "ايه كام فين امتى امتي امتا ليه ازاي اللي بتاع بتاعة بتاعت بتوع عشان علشان مين ده بكام "
    "منين دلوقتي لسه".split()
)
_NOUN: Final = re.compile(
    r"(?:ال\w{3,}|(?:اسم|سبب|عدد|موعد|نوع|لون|عنوان|آخر|اخر|اهم|اول|حكاية|قصة|نتيجة|مصير|اسباب)\w*|ه[ويم]|هي)"
)
_VERB: Final = re.compile(
    r"[هب]?[يتن]\w{2,}|(?:حصل|صار|جرى|عمل|قال|طلب|قرر|اعلن|كان|لقي|كسب|اكتشف|وعد)(?:ت|وا)?"
)
_ADVERBS_SAID: Final = frozenset(_ADVERBS.values())
_BEFORE_WHICH: Final = frozenset(("في", "من", "الى", "على"))


def written_form(question: str, *, timely: str = "") -> str:
    """Return a question in spoken Arabic with its binding and asking words written; others as they are.

    So are those of the phrase ``timely``, which names days: it has been read already.
    """
    found = list(_WORD.finditer(question))
    plain = [match.group().translate(_SAME_LETTERS) for match in found]
    start = question.find(timely) if timely else -1
    days = range(start, start + len(timely)) if start >= 0 else range(0)
    said = [
        None if match.start() in days else _AS_TYPED.get(match.group()) or _said(plain, at)
        for at, match in enumerate(found)
    ]
    if all(word is None for word in said):
        return question
    front = _taken_to_the_front(plain, said)
    pieces, end = [front], 0
    for match, word in zip(found, said, strict=True):
        pieces += [question[end : match.start()], match.group() if word is None else word]
        end = match.end()
    whole = " ".join("".join([*pieces, question[end:]]).split())
    return re.sub(r"\s+(?=[?؟.,،!])", "", whole)


def _said(plain: Sequence[str], at: int) -> str | None:
    """Return how word ``at`` is written, ``None`` where it is already."""
    word = plain[at]
    before = plain[at - 1] if at else ""
    after = plain[at + 1] if at + 1 < len(plain) else ""
    if (word, after) in _HOW_MUCH:
        return ""
    if (before, word) in _HOW_MUCH:
        return "كم"
    if word in _WHAT or (word == _WHAT_BEHIND and not at):
        return "ما" if after in _THAT_WHICH or _NOUN.fullmatch(after) else "ماذا"
    if word == _WHAT_BEHIND:
        return ""
    if not at and word in ("هو", "هي") and _is_spoken(plain[1:]):
        return ""  # in Egypt it only opens a question
    if word in _THAT_WHICH:
        return "التي" if before.endswith(("ة", "ات")) else "الذي"
    if word == "انو" and (not at or before in _BEFORE_WHICH):
        return "أي"
    if word in _THAT:
        return {"انو": "أن", "بانو": "بأن", "لانو": "لأن"}[word]
    if word == "في" and before in _THAT and after and not after.startswith(("ال", "لل")):
        return "هناك"
    if word in _WILL and _will_be(word, after):
        return ""
    will_be = _will_be(before, word)
    if will_be is None and not _OF_EGYPT.isdisjoint(plain) and not _NO_VERBS.match(word):
        will_be = _WILL_IN_EGYPT.fullmatch(word)
    if will_be:
        return f"س{will_be.group(1)}"
    if word in _WORDS:
        return _BEFORE_VERBS.get(_WORDS[word], _WORDS[word]) if _IMPERFECT.fullmatch(after) else _WORDS[word]
    if word == "واحد" and before in _HOW_MANY:
        return "شخصا"
    joined = _WORDS.get(word[1:]) if word[:1] in ("و", "ف") else None
    return f"{word[0]}{joined}" if joined else None


def _will_be(before: str, word: str) -> re.Match[str] | None:
    """Return the verb that ``word`` is where ``before`` says that it will be."""
    if before not in _WILL or (
        before == _WENT and (word[:1] == "ن" or country_of(word) is not None or word in _NAMES)
    ):
        return None
    return _IMPERFECT.fullmatch(word)


def _is_spoken(plain: Sequence[str]) -> bool:
    return any(word in _WORDS or word in _WHAT or word == _WHAT_BEHIND for word in plain)


def _taken_to_the_front(plain: Sequence[str], said: list[str | None]) -> str:
    """Return what a question asks with, where that was said at its end, and take it away there."""
    asks = next((at for at, word in enumerate(plain) if at and word == _WHAT_BEHIND and said[at] == ""), None)
    if asks is not None:
        return "ماذا " if _VERB.fullmatch(plain[asks - 1]) else "ما "
    last = said[-1]
    if len(said) > 2 and last in _ADVERBS_SAID:
        said[-1] = ""
        return f"{last} "
    return ""
