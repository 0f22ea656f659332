"""Arabic and English text: cleaning, repair, folding for search, sentences and language.

One place, used on both sides of every comparison. A body is cleaned once, before any offset is
taken; *repair* and *search folding* live in the index copies only and keep a map back to the body.
"""

from __future__ import annotations

import hashlib
import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import snowballstemmer

from rag.types import Span

_DIRECTION_MARKS = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_JOINERS = "\u200c\u200d"
# Controls but for the line ends, which split paragraphs, and the tab, which is white space.
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff"
# What no reader sees and a machine reads: fillers, invisible operators, selectors of shapes, tags.
_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2064\u206a-\u206f\u3164\ufe00-\ufe0d"
    "\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# The flags of England, Scotland and Wales are spelt in tags.
_FLAGS = "\U0001f3f4\U000e0067\U000e0062(?:{})\U000e007f".format(
    "|".join("".join(chr(0xE0000 + ord(letter)) for letter in code) for code in ("eng", "sct", "wls"))
)
_REMOVED = re.compile(f"(?P<flag>{_FLAGS})|[{_DIRECTION_MARKS}{_CONTROLS}{_UNSEEN}]")
# Joiners shape Persian and Indic words; in Latin, Greek and Cyrillic ones, and in a long row, they only hide.
_PLAIN = "A-Za-z\u00c0-\u052f0-9"
_LOOSE_JOINERS = re.compile(
    f"(?<![\\w{_JOINERS}])[{_JOINERS}]+|[{_JOINERS}]++(?!\\w)|(?<=[{_PLAIN}])[{_JOINERS}]+|[{_JOINERS}]++(?=[{_PLAIN}])"
    f"|(?<=[{_JOINERS}]{{2}})[{_JOINERS}]+"
)
# A symbol or a digit may be shown as a picture; behind anything else this is one more thing that is not seen.
_LOOSE_SELECTORS = re.compile("(?<![^\\w\\s\ufe0e\ufe0f]|[0-9])[\ufe0e\ufe0f]")
_SPACES = re.compile(r"[^\S\n]+")

_DIACRITICS = frozenset(chr(c) for c in (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670))
_REPAIRED_LETTERS = {
    "ی": "ي",
    "ې": "ي",
    "ک": "ك",
    "ڪ": "ك",
    "ہ": "ه",
    "ە": "ه",
    "ھ": "ه",
    "٫": ".",
    "٬": ",",
    "٪": "%",
}
_DROPPED_BY_REPAIR = frozenset("ـ\u200b\u200c\u200d\u2060\u00ad\ufeff")
_FOLDED_LETTERS = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ة": "ه",
    "ء": "",
    "گ": "ك",
    "ڨ": "ق",
    "پ": "ب",
    "ڤ": "ف",
    "چ": "ج",
    "ژ": "ز",
}
_ARABIC_LETTER = re.compile(
    r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"
)
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?", re.UNICODE)


def clean_body(raw: str) -> str:
    """Clean an article's body, once and before any offset is taken.

    NFC; direction marks, joiners where they shape no word, controls and whatever else is not seen removed;
    white space inside a line folded to one space; empty lines dropped and paragraphs joined by one line
    feed; nothing else. Idempotent.
    """
    text = "\n".join(raw.splitlines())
    text = _REMOVED.sub(lambda found: found["flag"] or "", text)
    text = _LOOSE_SELECTORS.sub("", _LOOSE_JOINERS.sub("", text))
    text = unicodedata.normalize("NFC", text)
    lines = (_SPACES.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def clean_line(raw: str) -> str:
    """Clean a title, a name or an outlet: as `clean_body`, on one line."""
    return " ".join(clean_body(raw).split("\n"))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded copy of a text with its way back: ``origins[i]`` is where ``text[i]`` came from."""

    text: str
    origins: tuple[int, ...]
    length: int

    def original(self, span: Span) -> Span:
        """Return the stretch of the original text that ``span`` of the folded one stands for."""
        if span.end <= span.start:
            at = self.origins[span.start] if span.start < len(self.origins) else self.length
            return Span(at, at)
        return Span(self.origins[span.start], self.origins[span.end - 1] + 1)


def _repaired_character(character: str) -> str:
    if character in _DROPPED_BY_REPAIR:
        return ""
    if character in _REPAIRED_LETTERS:
        return _REPAIRED_LETTERS[character]
    if "\ufb50" <= character <= "\ufdff" or "\ufe70" <= character <= "\ufefc":
        # Persian letters have presentation forms of their own, which are repaired in turn.
        return "".join(_REPAIRED_LETTERS.get(c, c) for c in unicodedata.normalize("NFKC", character))
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return character


def _searchable_character(character: str) -> str:
    if character in _DIACRITICS:
        return ""
    if character in _FOLDED_LETTERS:
        return _FOLDED_LETTERS[character]
    if character < "\u0250":
        decomposed = unicodedata.normalize("NFD", character.casefold())
        return "".join(c for c in decomposed if not unicodedata.combining(c))
    return character.casefold()


def fold(text: str, *, search: bool = True, diacritics: bool = True) -> Folded:
    """Fold ``text`` and keep the way back: repaired, and where ``search`` is set also search-folded.

    Without ``diacritics`` the vowel marks go too, which would otherwise cut a word in two.
    """
    characters: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(text):
        # A presentation form may repair to a letter that search folding changes again.
        for repaired in _repaired_character(character):
            if not diacritics and repaired in _DIACRITICS:
                continue
            folded = _searchable_character(repaired) if search else repaired
            characters.append(folded)
            origins.extend([at] * len(folded))
    return Folded("".join(characters), tuple(origins), len(text))


def repair(text: str) -> str:
    """Repair letters before the encoder sees them.

    Persian letters, tatweel, presentation forms and the digits of three scripts become the plain Arabic
    letters and ASCII digits; without it the embedding of a name with a Persian letter is another name's.
    """
    return "".join(map(_repaired_character, text))


def search_fold(text: str) -> str:
    """Fold for comparing words: repaired, no diacritics, one hamza seat, ى as ي, ة as ه, lower case."""
    return "".join(_searchable_character(c) for repaired in map(_repaired_character, text) for c in repaired)


# A stemmer object keeps the word it works on, so threads take turns.
_STEMMING = threading.Lock()
_ARABIC_STEMMER = snowballstemmer.stemmer("arabic")
_ENGLISH_STEMMER = snowballstemmer.stemmer("english")
_CONJUNCTION_BEFORE_ARTICLE = re.compile(r"^[وف](?=(?:ال|لل|بال|كال)\w{2,})")


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    if _ARABIC_LETTER.match(word):
        # Snowball knows hamza seats and ة, so it comes before they are folded away.
        bare = _CONJUNCTION_BEFORE_ARTICLE.sub("", "".join(c for c in word if c not in _DIACRITICS))
        with _STEMMING:
            stem = _ARABIC_STEMMER.stemWord(bare)
        return search_fold(stem) or search_fold(bare)
    folded = search_fold(word).replace("’", "'")
    with _STEMMING:
        return str(_ENGLISH_STEMMER.stemWord(folded)).replace("'", "")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its letters as written, its search term and where it stands."""

    written: str
    term: str
    span: Span


def words(text: str) -> Iterator[Word]:
    """Yield the words of ``text`` with their search terms and their spans in ``text`` itself."""
    bare = fold(text, search=False, diacritics=False)
    for match in _WORD.finditer(bare.text):
        term = _stem(match.group()) if not match.group()[0].isdigit() else _number_term(match.group())
        if term:
            span = bare.original(Span(match.start(), match.end()))
            yield Word(span.of(text), term, span)


def _number_term(digits: str) -> str:
    # 1,250 and 1250 are one number; a full text index keeps letters and digits only.
    return re.sub(r"[^\d]", "", re.sub(r",(?=\d{3}(?:\D|$))", "", digits))


def search_terms(text: str, lang: str | None = None) -> tuple[str, ...]:
    """Return the search terms of ``text`` in order, with repeats: folded and stemmed.

    Each word is stemmed by its own script, so ``lang`` is not needed; it is taken for callers that know it.
    """
    del lang
    return tuple(word.term for word in words(text))


_FOREIGN_G = "غجكق"


def spelling_variants(term: str) -> tuple[str, ...]:
    """Return other spellings of an Arabic term in which a foreign *g* is written غ, ج, ك or ق.

    ``البنتاغون`` and ``البنتاجون`` are one name; at most two letters are varied.
    """
    places = [at for at, letter in enumerate(term) if letter in _FOREIGN_G]
    if not 1 <= len(places) <= 2 or len(term) < 4:
        return ()
    spellings = {term}
    for at in places:
        spellings |= {s[:at] + letter + s[at + 1 :] for s in tuple(spellings) for letter in _FOREIGN_G}
    return tuple(sorted(spellings - {term}))


def content_hash(title: str, body: str) -> str:
    """Return the hash that tells whether an article changed: over its folded title and body."""
    folded = search_fold(title) + "\n" + search_fold(body)
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()


# --- Sentences -------------------------------------------------------------------------------------

_CLOSING = "\"'”’»)]}›"
_SENTENCE_END = re.compile(rf"[.!?؟۔…]+[{re.escape(_CLOSING)}]*|\n+")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt sgt capt st jr sr vs etc inc ltd co corp jan feb apr jun jul "
    "aug sep sept oct nov dec mon tue thu fri approx est dept univ e.g i.e a.m p.m u.s u.k u.n e.u d.c "
    "ph.d".split()
) | frozenset("د أ م ص ج ق ت ه ا.د أ.د".split())
_WORD_BEFORE = re.compile(r"[^\s\"'“”«»()\[\]]+$")


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of ``text`` as spans without surrounding white space.

    A sentence ends at ``. ! ? ؟ ۔ …`` (with closing quotes) or at a line end. A full stop inside a number,
    an abbreviation, an initial or an address does not end one; a full stop between two Arabic letters
    without a space (``الروسية.وأغلقت``) does.
    """
    spans: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.group().startswith("\n"):
            _append_trimmed(spans, text, start, match.start())
            start = match.end()
        elif _ends_sentence(text, match):
            _append_trimmed(spans, text, start, match.end())
            start = match.end()
    _append_trimmed(spans, text, start, len(text))
    return tuple(spans)


def _append_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        piece = text[start:end]
        # Marks alone are the tail of the sentence before, never one of their own.
        if spans and not re.search(r"\w", piece) and "\n" not in text[spans[-1].end : start]:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    mark, before, end = match.group(), text[max(0, match.start() - 40) : match.start()], match.end()
    following = text[end : end + 1]
    if following and not following.isspace():
        # No space: only Arabic prose does this, with letters (or a closing quote) on both sides.
        glued = _ARABIC_LETTER.match(following) or following in "\"'“«("
        after_arabic = bool(before) and (bool(_ARABIC_LETTER.match(before[-1])) or before[-1] in _CLOSING)
        if not (glued and after_arabic and not _is_abbreviation(before)):
            return False
    elif mark == "." and _is_abbreviation(before):
        return False
    trailing = mark[0] == "…" or mark.startswith("..")
    spoken = mark[0] in "!?" and mark[-1] in _CLOSING
    if trailing or (following == " " and (mark == "." or spoken)):
        while text.startswith(" ", end):
            end += 1
        return not text[end : end + 1].islower()
    return True


def _is_abbreviation(before: str) -> bool:
    match = _WORD_BEFORE.search(before)
    if not match:
        return False
    word = match.group()
    if word.lower() in _ABBREVIATIONS:
        return True
    initial = len(word) == 1 and word.isalpha() and (word.isupper() or bool(_ARABIC_LETTER.match(word)))
    return initial or bool(re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word))


# --- Language --------------------------------------------------------------------------------------

_PERSIAN_WORDS = frozenset("است که این را از می شود برای آن های شد کرد بود خود دیگر کند".split())
_URDU_WORDS = frozenset("ہے کے کی میں اور سے کو نے پر ہیں تھا گیا".split())
_ENGLISH_WORDS = frozenset(
    "the of and to in a is was for on that with as by at from it he has have had are were be this an who "
    "what when where which how many much did does do why said not will".split()
)


def detect_language(text: str) -> str:
    """Return the language of ``text``: ``ar``, ``en``, another ISO 639-1 code, or ``und`` without letters."""
    arabic, latin = len(_ARABIC_LETTER.findall(text)), len(_LATIN_LETTER.findall(text))
    letters = len(_LETTER.findall(text))
    if not letters:
        return "und"
    tokens = re.findall(r"[^\W\d_]+", text.lower())
    if arabic * 2 >= letters or arabic > latin * 2:
        persian = sum(token in _PERSIAN_WORDS for token in tokens)
        urdu = sum(token in _URDU_WORDS for token in tokens)
        if max(persian, urdu) * 12 > len(tokens) and max(persian, urdu) > 1:
            return "fa" if persian >= urdu else "ur"
        return "ar"
    if latin * 2 >= letters:
        english = sum(token in _ENGLISH_WORDS for token in tokens)
        if english * 6 >= len(tokens) or (len(tokens) < 6 and text.isascii()):
            return "en"
    return _identified(text)


def _identified(text: str) -> str:
    import py3langid  # loads a model: only a text that is clearly neither language needs it

    code, _ = py3langid.classify(text[:4000])
    return str(code)


def question_language(text: str) -> Literal["ar", "en"]:
    """Return the language to answer in: ``ar`` when at least half of the letters are Arabic, else ``en``."""
    arabic = len(_ARABIC_LETTER.findall(text))
    return "ar" if arabic and arabic >= len(_LATIN_LETTER.findall(text)) else "en"
