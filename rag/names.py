"""Names across scripts: whether an Arabic and a Latin spelling can be the same name.

Both are reduced to a skeleton of consonant classes (vowels, gemination and the letters that each script
writes in several ways fall together) and compared by edit distance, after the phonetic matching of
Freeman, Condon and Ackerman, *Cross Linguistic Name Matching in English and Arabic*, 2006.
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
_ARABIC_SCRIPT = re.compile(r"[\u0620-\u064a]")


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
    forms = {folded, _ARTICLE.sub("", folded)}
    forms |= {form[1:] for form in tuple(forms) if form[:1] in "وفبلك" and len(form) > 4}
    return tuple(sorted({_squeezed(form.replace("تش", "ش").translate(_ARABIC)) for form in forms}))


def _squeezed(letters: str) -> str:
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^A-Z]", "", letters))


def same_name(one: str, other: str) -> float:
    """Return how well two spellings in different scripts agree, 0 to 1; skeletons below three letters say 0.

    A name is a guess from its consonants, so nothing is ever asserted on it: it only lets a word of a
    question count as covered by a sentence in the other script.
    """
    return max((_agreement(a, b) for a in skeletons(one) for b in skeletons(other)), default=0.0)


@lru_cache(maxsize=65_536)
def _agreement(one: str, other: str) -> float:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < 2 or one[0] != other[0]:
        return 0.0
    if one == other:
        return 1.0 if shorter > 2 else 0.7
    if shorter < 3 or longer - shorter > 2:
        return 0.0
    agreement = 1 - _edit_distance(one, other) / longer
    return agreement if agreement >= 0.65 else 0.0


def _edit_distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
