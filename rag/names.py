"""Names across scripts: whether an Arabic and a Latin spelling can be the same name.

Two measures. A search compares skeletons of consonant classes (vowels, gemination and the letters that each
script writes in several ways fall together), after the phonetic matching of Freeman, Condon and Ackerman,
*Cross Linguistic Name Matching in English and Arabic*, 2006. A claim is held against its quote letter by
letter: each Arabic letter against the Latin letters that write it, long vowels included, so that أوستريل is
Austrel and not Australia.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.text import search_fold

# Digraphs first: they are one consonant in Latin letters.
_LATIN_PAIRS = (
    ("sch", "X"), ("tch", "X"), ("sh", "X"), ("ch", "X"), ("kh", "K"), ("gh", "K"), ("th", "S"), ("dh", "S"),
    ("ph", "F"), ("ck", "K"), ("qu", "K"), ("ts", "S"), ("tz", "S"), ("x", "KS"),
)  # fmt: skip
_LATIN = str.maketrans(
    {"b": "B", "p": "B", "t": "T", "d": "D", "j": "K", "g": "K", "k": "K", "q": "K", "c": "K", "s": "S",
     "z": "S", "f": "F", "v": "F", "r": "R", "l": "L", "m": "M", "n": "N"}
)  # fmt: skip
_ARABIC = str.maketrans(
    {"ب": "B", "ت": "T", "ط": "T", "د": "D", "ض": "D", "ج": "K", "غ": "K", "ق": "K", "ك": "K", "خ": "K",
     "ش": "X", "س": "S", "ص": "S", "ز": "S", "ث": "S", "ذ": "S", "ظ": "S", "ف": "F", "ر": "R", "ل": "L",
     "م": "M", "ن": "N"}
)  # fmt: skip
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=.{3})")
_LATIN_ARTICLE = re.compile(r"^(?:al|el|il|ul)[-' ]?(?=.{3})")
_ARABIC_SCRIPT = re.compile(r"[\u0620-\u064a]")

# What each letter (folded: one hamza seat, ة as ه, ى as ي) is written as in Latin letters.
_WRITTEN_AS = {
    "ا": "a aa au ea", "ب": "b p", "ت": "t", "ث": "th s t", "ج": "j g dj zh ch c", "ح": "h",
    "خ": "kh ch h x j k", "د": "d", "ذ": "dh th z d", "ر": "r", "ز": "z s", "س": "s c sc z ce",
    "ش": "sh ch sch s sz", "ص": "s c", "ض": "d dh z", "ط": "t", "ظ": "z dh th d", "ع": "a aa e i o u ' ae",
    "غ": "gh g", "ف": "f ph v", "ق": "q k g c", "ك": "k c ck q ch g", "ل": "l", "م": "m", "ن": "n",
    "ه": "h a ah e eh at et", "و": "w u o oo ou v au ow eau wh oe eu", "ي": "y i ee e ai ay ey ie j ei ea",
    "تش": "ch tch c cz tsch", "كس": "x cks cs", "كو": "qu", "نغ": "ng", "نج": "ng", "يا": "ia ya ea",
}  # fmt: skip
_SPELLED = {letters: frozenset(row.split()) for letters, row in _WRITTEN_AS.items()}
# Vowels that a long letter writes now and then (ترامب, ديفيد); at the start of a word alef writes any.
_SELDOM = {("ا", "e"): 0.12, ("ا", "o"): 0.3, ("ا", "u"): 0.3, ("ا", "i"): 0.6, ("ا", "ai"): 0.2,
           ("ا", "ei"): 0.3, ("ي", "a"): 0.6}  # fmt: skip
# What it costs to leave an Arabic letter out: vowels may be short in the other spelling, consonants not.
_UNWRITTEN = {"ا": 0.7, "و": 0.9, "ي": 0.9, "ع": 0.05, "ه": 0.6}
_VOWELS = frozenset("aeiouy")
_SHORT_VOWEL, _SECOND_VOWEL, _FINAL_VOWEL, _FIRST_VOWEL = 0.04, 0.6, 0.75, 0.6
_SILENT = {"e": 0.05, "h": 0.15, "w": 0.4, "t": 0.6}
_LIKE = 0.86
"""Likeness from which on a spelling is taken for the other one's, by `likeness`."""


@lru_cache(maxsize=65_536)
def skeletons(word: str) -> tuple[str, ...]:
    """Return the consonant skeletons that ``word`` may stand for; an Arabic one also without its clitics."""
    folded = search_fold(word)
    if not _ARABIC_SCRIPT.search(folded):
        text = folded.removesuffix("'s").removesuffix("’s")
        for pair, consonant in _LATIN_PAIRS:
            text = text.replace(pair, consonant)
        return (_squeezed(text.translate(_LATIN)),)
    # تش is how Arabic writes ch.
    return tuple(
        sorted({_squeezed(form.replace("تش", "ش").translate(_ARABIC)) for form in _without_clitics(folded)})
    )


def _without_clitics(folded: str) -> set[str]:
    forms = {folded, _ARTICLE.sub("", folded)}
    return forms | {form[1:] for form in tuple(forms) if form[:1] in "وفبلك" and len(form) > 4}


def _squeezed(letters: str) -> str:
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^A-Z]", "", letters))


def same_name(one: str, other: str) -> float:
    """Return how well the consonants of two spellings agree, 0 to 1; skeletons below two letters say 0.

    A name is a guess from its consonants (Australia agrees with أوستريل), so nothing is ever asserted on it:
    it only lets a word of a question count as covered by a sentence in the other script.
    """
    return max((_agreement(a, b) for a in skeletons(one) for b in skeletons(other)), default=0.0)


def spelled_alike(one: str, other: str) -> bool:
    """Tell whether two spellings in different scripts can be one name, short names such as علي included."""
    return likeness(one, other) >= _LIKE


@lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> float:
    """Return how well the letters of an Arabic and a Latin spelling agree, 0 to 1 (0 within one script)."""
    arabic, latin = (one, other) if _ARABIC_SCRIPT.search(one) else (other, one)
    if not _ARABIC_SCRIPT.search(arabic) or _ARABIC_SCRIPT.search(latin):
        return 0.0
    if not any(_near(a, b) for a in skeletons(arabic) for b in skeletons(latin)):
        return 0.0
    folded = search_fold(latin).replace("’", "'").removesuffix("'s").removesuffix("s'")
    plain = re.sub(r"([^aeiou])\1+", r"\1", re.sub(r"[^a-z]", "", folded))
    spellings = {plain, _LATIN_ARTICLE.sub("", plain)} if folded != plain or len(plain) > 5 else {plain}
    return max(
        (
            1 - _cost(form, spelling) / max(len(form), len(spelling) * 0.7)
            for written in {arabic, re.sub("ى$", "ا", arabic)}
            for form in _without_clitics(re.sub(r"[^\u0620-\u064a]", "", search_fold(written)))
            for spelling in spellings
            if form and spelling
        ),
        default=0.0,
    )


def _near(one: str, other: str) -> bool:
    """Tell whether two skeletons are worth reading letter by letter."""
    shorter, longer = sorted((len(one), len(other)))
    return longer - shorter <= 2 and (shorter < 2 or edit_distance(one, other) <= 1 + longer // 4)


def _cost(arabic: str, latin: str) -> float:
    """Return the least cost of reading ``arabic`` as ``latin``: about 1 for each wrong consonant."""
    rows = len(arabic) + 1
    width = len(latin) + 1
    best = [[99.0] * width for _ in range(rows)]
    best[0][0] = 0.0
    for i in range(rows):
        for j in range(width):
            here = best[i][j]
            if here >= 4:
                continue
            if j < len(latin):
                _offer(best, i, j + 1, here + _inserted(latin, j, first=i == 0))
            if i == len(arabic):
                continue
            _offer(best, i + 1, j, here + _UNWRITTEN.get(arabic[i], 1.0))
            if j < len(latin):
                _offer(best, i + 1, j + 1, here + 1.1)
            for (letter, vowel), extra in _SELDOM.items():
                if letter == arabic[i] and latin.startswith(vowel, j):
                    _offer(
                        best, i + len(letter), j + len(vowel), here + (extra if i or letter != "ا" else 0.0)
                    )
            for taken in (1, 2):
                written = _SPELLED.get(arabic[i : i + taken]) if i + taken <= len(arabic) else None
                for length in (1, 2, 3) if written else ():
                    if written and latin[j : j + length] in written and j + length < width:
                        _offer(best, i + taken, j + length, here)
    return best[-1][-1]


def _offer(best: list[list[float]], i: int, j: int, cost: float) -> None:
    best[i][j] = min(best[i][j], cost)


def _inserted(latin: str, at: int, *, first: bool) -> float:
    """Return what a Latin letter costs that no Arabic letter writes: little for a short vowel."""
    letter, last = latin[at], at == len(latin) - 1
    if letter in _VOWELS:
        if first and at == 0:
            return _FIRST_VOWEL
        if last:
            return _SILENT["e"] if letter == "e" else _FINAL_VOWEL
        return _SECOND_VOWEL if at and latin[at - 1] in "aeiou" else _SHORT_VOWEL
    return _SILENT.get(letter, 1.0)


@lru_cache(maxsize=65_536)
def _agreement(one: str, other: str) -> float:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < 2 or one[0] != other[0]:
        return 0.0
    if one == other:
        return 1.0 if shorter > 2 else 0.7
    if shorter < 3 or longer - shorter > 2:
        return 0.0
    agreement = 1 - edit_distance(one, other) / longer
    return agreement if agreement >= 0.65 else 0.0


@lru_cache(maxsize=65_536)
def edit_distance(one: str, other: str) -> int:
    """Return how many letters have to be added, left out or changed (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
