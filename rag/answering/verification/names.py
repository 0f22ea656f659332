"""Proper names: each one of a claim must stand in its quotes, in either script, or be their outlet's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.verification.alignment import (
    SameName,
    is_content,
    of_one_place,
    root,
    same_spelling,
    same_word,
)
from rag.answering.verification.reading import Text, Token
from rag.bilingual import concepts, forms
from rag.dates.tables import HIJRI_MONTHS, MONTHS, WEEKDAYS
from rag.names import edit_distance, likeness
from rag.text import search_fold
from rag.words import background_frequencies

_CALENDAR = frozenset(
    search_fold(word) for name in (*MONTHS, *HIJRI_MONTHS, *WEEKDAYS) for word in name.split()
)
_TITLES = frozenset(
    search_fold(word)
    for word in (
        "mr mrs ms dr prof col gen lt capt sgt sir lord lady sheikh sheikha judge colonel general captain major professor doctor "
        "دكتور دكتورة الدكتور الدكتورة السيد السيدة العقيد اللواء الفريق العميد الشيخ الشيخة المهندس الأستاذ القاضي النقيب الرائد المقدم الملازم "
        "al el bin ben ibn abu abd bint of the st saint عبد بن ابن أبو بو آل"
    ).split()
)
_PARTICLES = frozenset("al el bin ben ibn abu de van von of the for s".split())
_LED = frozenset(
    search_fold(word)
    for word in (
        "وزير وزيرة رئيس رئيسة مدير مديرة مدينة بلدة قرية شركة نادي فريق جامعة معهد مختبر مختبرات بنك مصرف وادي عين تل بني قصر باب دار كفر رأس برج سوق بحر سهل هضبة قلعة كلية أكاديمية مسرح متحف مركز فندق قناة سد بئر حقل منجم مصنع سفينة رواية فيلم جائزة كأس بطولة مهرجان صحيفة جزيرة نهر جبل حي ميناء مطار "
        "محافظة منطقة المهاجم اللاعب المدرب النائب النائبة السفير القائد المتحدث المتحدثة الممثل الممثلة المخرج المخرجة الكاتب الكاتبة الشاعر "
        "السباح السباحة العداء العداءة القاضي المحامي المحامية الصحافي الصحافية الفنان الفنانة الطبيب الخبير الخبيرة الباحث الباحثة العالم جمهورية مملكة دولة وكالة مستشفى محطة شارع جسر خليج مضيق بحيرة حزب مجموعة مؤسسة"
    ).split()
)
"""Words that a name follows."""


def is_name(token: Token) -> bool:
    """Tell whether a word is a proper name: capital inside a sentence, or known to no dictionary at all."""
    if not is_content(token) or token.folded in _CALENDAR or token.folded in _TITLES:
        return False
    if any(form in _CALENDAR or form in _TITLES for form, _ in forms(token.folded)):
        return False
    if not token.arabic and token.capital and not token.opens:
        return not concepts(token.folded)
    if not token.arabic and not token.capital:
        return False
    return not concepts(token.folded) and token.stem not in background_frequencies()[1]


def unsupported(
    claim: Text,
    quotes: Sequence[Text],
    outlets: Sequence[Text],
    skipped: frozenset[int],
    names: SameName | None,
) -> list[tuple[Token, bool]]:
    """Return the claim's names that no quote or outlet has, each with whether a quote has another in its place.

    ``skipped`` are words that are read otherwise: dates, numbers, units, words of the tables. A Latin name
    shows by its capital; an Arabic word is taken for a name that was changed only where a word of the quote
    that the claim does not use stands in its place or is spelt nearly like it.
    """
    sources = (*quotes, *outlets)
    found = []
    for number, token in enumerate(claim.tokens):
        if number in skipped or not is_content(token) or _is_calendar(token):
            continue
        if not (token.arabic or is_name(token) or _opens_a_name(claim, number)):
            continue
        if any(_stands(token, text, names) for text in sources):
            continue
        led = token.arabic and number > 0 and _is_led_name(claim, number)
        if (
            led
            and all(not quote.arabic for quote in quotes)
            and not any(_sounds_like(token, other) for quote in quotes for other in quote.tokens)
        ):
            found.append((token, False))
            continue
        changed = any(_changed(claim, number, quote, names) for quote in quotes)
        if changed or (not token.arabic and is_name(token)):
            found.append((token, changed))
    return found


_SOUNDS = {
    **dict.fromkeys("اءأإآع", "aeiouh"), "ب": "bp", "پ": "p", "ت": "t", "ط": "t", "ث": "t", "ج": "jgc", "ح": "h", "خ": "k", "د": "d",
    "ذ": "dt", "ر": "r", "ز": "z", "س": "sc", "ش": "sc", "ص": "s", "ض": "d", "ظ": "z", "غ": "g", "ف": "fpv", "ق": "qkg", "ك": "kcq",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "wouv", "ي": "yij",
}  # fmt: skip


def _sounds_like(token: Token, other: Token) -> bool:
    """Tell whether an Arabic and a capital Latin word share most consonants: loose spellings of one name do."""
    if not other.capital:
        return False
    mine = [_SOUNDS[letter] for letter in token.folded if letter in _SOUNDS and letter not in "اوي"]
    theirs = [letter for letter in other.folded if letter.isalpha() and letter not in "aeiouyw"]
    shared = at = 0
    for letters in mine:
        place = next((p for p in range(at, len(theirs)) if theirs[p] in letters), None)
        if place is not None:
            shared, at = shared + 1, place + 1
    return shared >= 0.75 * max(len(mine), len(theirs))


def _is_led_name(claim: Text, number: int) -> bool:
    """Tell whether an Arabic word behind *university*, *company* and the like can only be their name."""
    token, before = claim.tokens[number], claim.tokens[number - 1]
    return (
        (before.folded in ("في", "الي") or any(form in _LED for form, _ in forms(before.folded)))
        and not concepts(token.folded)
        and _can_be_a_name(token)
        and len(token.folded) > 3
        and not token.folded.startswith(("ال", "ل"))
        and not token.folded.endswith(("ه", "ي", "ها", "هم", "ات", "ين", "ون"))
        and token.stem not in background_frequencies()[1]
    )


def _opens_a_name(claim: Text, number: int) -> bool:
    """Tell whether a capital word that begins a sentence is the first of a name of several words."""
    token = claim.tokens[number]
    following = next((t for t in claim.tokens[number + 1 :] if t.folded not in _PARTICLES), None)
    return (
        token.opens and token.capital and not concepts(token.folded) and bool(following and following.capital)
    )


def _is_calendar(token: Token) -> bool:
    return any(form in _CALENDAR or form in _TITLES for form, _ in forms(token.folded))


def _changed(claim: Text, number: int, quote: Text, names: SameName | None) -> bool:
    """Tell whether a word of ``quote`` that the claim leaves unused was written otherwise in the claim."""
    token = claim.tokens[number]
    for place, other in enumerate(quote.tokens):
        if (
            not is_content(other)
            or _is_calendar(other)
            or (same_word(token, other) and not _of_names(token, other))
        ):
            continue
        if concepts(token.folded) & concepts(other.folded):
            continue
        if any(_same(one, other, names) for one in claim.tokens):
            continue
        across = token.arabic != other.arabic
        latin = other if token.arabic else token
        opens = _opens_a_name(quote, place) if latin is other else _opens_a_name(claim, number)
        if across and not (is_name(latin) or opens):
            continue
        if _nearly_spelt(token, other):
            return True
        if across and not _can_stand_for(token, other, quote, place, claim, number):
            continue
        if not (across and opens and latin is other) and _in_one_place(claim, number, quote, place, names):
            return True
    return False


def _can_stand_for(token: Token, other: Token, quote: Text, place: int, claim: Text, number: int) -> bool:
    """Tell whether an Arabic word has the form of a name that a Latin one could be.

    The article is part of a name only where the Latin one is led by *al*.
    """
    arabic = token if token.arabic else other
    text, at = (quote, place) if token.arabic else (claim, number)
    led = at > 0 and text.tokens[at - 1].folded in ("al", "el", "the")
    if concepts(arabic.folded) or arabic.folded.startswith(("بال", "لل", "كال")):
        return False
    return led or (not arabic.written.startswith(("ال", "وال")) and not _BOUND.fullmatch(arabic.folded))


_BOUND = re.compile(r"(?:[بل]\w{4,}|\w{3,}(?:ها|هم|هما|يره|يته|اته)|و(?:ا|[يت])\w{3,})")
"""Words with a preposition, a possessive ending, or a verb behind a conjunction."""


def _nearly_spelt(token: Token, other: Token) -> bool:
    if token.arabic != other.arabic:
        return likeness(token.written, other.written) >= 0.6
    one, two = (min((form for form, _ in forms(t.folded)), key=len) for t in (token, other))
    if min(len(one), len(two)) < 4 or (root(one) and root(one) == root(two) and not _of_names(token, other)):
        return False
    distance = edit_distance(one, two)
    if not (_can_be_a_name(token) and _can_be_a_name(other)):
        return distance == 1 and len(one) == len(two) > 4
    ends_alike = one[0] == two[0] and one[-1] == two[-1]
    return distance <= (1 if min(len(one), len(two)) < 5 and not ends_alike else 2) or (
        one[:2] == two[:2] and one[-1] == two[-1] and distance <= 3
    )


def _of_names(token: Token, other: Token) -> bool:
    """Tell whether both words have the form of a family name, ال…ي, and no dictionary knows them."""
    return (
        all(
            re.fullmatch(r"ال\w{3,}ي", t.folded) is not None and not concepts(t.folded)
            for t in (token, other)
        )
        and token.folded != other.folded
    )


def _can_be_a_name(token: Token) -> bool:
    """Tell whether an Arabic word has the form of a name: no preposition, no verb's prefix, no adverb's ending."""
    folded = token.folded.removeprefix("و")
    if concepts(folded) or folded.startswith(("بال", "لل", "كال")):
        return False
    return not (
        token.written.endswith(("اً", "ًا")) or re.match(r"(?:[يت]\w{2,}|است\w{2,}|س[يت]\w{3,})$", folded)
    )


def _in_one_place(claim: Text, number: int, quote: Text, place: int, names: SameName | None) -> bool:
    """Tell whether two words stand beside one name: the other part of a name, or the name behind a title."""
    here, there = _beside(claim, number), _beside(quote, place)
    across = claim.arabic != quote.arabic
    for side, one in enumerate(here):
        # University of Andalus, Andalus University: جامعة الأندلس.
        for other in there if across else there[side : side + 1]:
            if one is None or other is None:
                continue
            led = side == 0 and any(form in _LED for form, _ in (*forms(one.folded), (one.folded[1:], True)))
            bare = {one.folded, one.folded.removeprefix("و")} & {other.folded, other.folded.removeprefix("و")}
            if led and (bare or same_word(one, other) or concepts(one.folded) & concepts(other.folded)):
                return True
            named = is_name(one) or is_name(other)
            if (
                named
                and (across or _can_be_named(claim.tokens[number], quote.tokens[place]))
                and _same(one, other, names)
            ):
                return True
    return False


def _can_be_named(token: Token, other: Token) -> bool:
    return all(
        _can_be_a_name(t) and len(t.folded) > 3 and not t.folded.endswith(("ها", "هم"))
        for t in (token, other)
    )


def _beside(text: Text, number: int) -> tuple[Token | None, Token | None]:
    """Return the words that say something before and after a word, particles such as *of* and *al* left out."""
    steps = (text.tokens[max(0, number - 3) : number][::-1], text.tokens[number + 1 : number + 4])
    found = [next((t for t in tokens if t.folded not in _PARTICLES), None) for tokens in steps]
    return found[0], found[1]


def _stands(token: Token, text: Text, names: SameName | None) -> bool:
    if any(_same(token, other, names) for other in text.tokens):
        return True
    # Abdulrahman is عبد الرحمن: a name may be cut in two.
    pairs = zip(text.tokens, text.tokens[1:], strict=False)
    return any(
        same_spelling(
            token.written, (one.folded + other.folded) if one.arabic else one.written + other.folded
        )
        for one, other in pairs
        if one.folded in _TITLES or other.folded in _TITLES
    )


def _same(token: Token, other: Token, names: SameName | None) -> bool:
    if other.digits:
        return False
    if same_spelling(token.written, other.written) or _of_one_country(token, other):
        return True
    if not token.arabic and not other.arabic and not other.capital:
        return same_word(token, other)
    if token.arabic == other.arabic:
        return bool(names and names(token.written, other.written))
    return bool(names and names(token.written, other.written)) or of_one_place(token, other)


def _of_one_country(token: Token, other: Token) -> bool:
    """Tell whether one word is the other's country, people or adjective: Velmar, Velmarian; فيلمار، الفيلمارية."""
    if token.arabic != other.arabic:
        return False
    if not token.arabic:
        one, two = sorted((token.folded.removesuffix("'s"), other.folded.removesuffix("'s")), key=len)
        base = one.rstrip("aeiou")
        return (
            len(base) >= 4
            and two.startswith(base)
            and two[len(base) :].lstrip("aeiou") in ("n", "ns", "se", "sh", "t", "r", "rs", "", "s", "te")
        )
    ends = ("يه", "ي", "يين", "يون", "يان", "يات", "ه", "ا", "")
    bases = [
        {form.removesuffix(end) for form, _ in forms(t.folded) for end in ends if form.endswith(end)}
        for t in (token, other)
    ]
    return any(len(base) >= 4 for base in bases[0] & bases[1])
