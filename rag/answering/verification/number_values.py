"""The value of a run of digits and number words: two and a half million, ثلاثة وعشرون ألفا وخمسمئة."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rag.answering.verification.number_words import DUAL_SCALES, FRACTION_WORDS, HUNDREDS, SCALES, SMALL
from rag.answering.verification.reading import Text
from rag.answering.verification.units import UNITS, sign_before, unit_after
from rag.bilingual import forms

_DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?$|\d+(?:[.,]\d+)?$")
_BEFORE_TEN = frozenset(("اثنا", "اثني", "اثنتا", "اثنتي"))
"""Forms of two that stand in twelve alone."""


Kind = Literal["digits", "small", "hundred", "scale", "fraction", "teen"]
_TABLES: tuple[tuple[Kind, Mapping[str, float]], ...] = (
    ("small", SMALL),
    ("hundred", HUNDREDS),
    ("scale", SCALES),
    ("fraction", FRACTION_WORDS),
)


@dataclass(frozen=True, slots=True)
class Atom:
    """What one word adds, multiplies or stands for; ``joined`` where it begins with *and*."""

    kind: Kind
    value: float
    joined: bool
    dual: bool = False


def atom_at(text: Text, at: int) -> Atom | None:
    """Return what the word at ``at`` is in a number, ``None`` where it is no part of one."""
    token = text.tokens[at]
    if token.digits:
        value = _digits(token.folded)
        return None if value is None else Atom("digits", value, False)
    if token.folded == "m" and not _attached(text, at):
        return None
    for form, joined in forms(token.folded):
        if form in ("اثنين", "اثنان") and token.folded.endswith("ل" + form):
            return None  # Monday
        if form in _BEFORE_TEN or form in ("احد", "احدي"):
            following = text.tokens[at + 1].folded if at + 1 < len(text.tokens) else ""
            # أحد عشر is eleven, أحد السكان one of them; اثناء folds like اثنا.
            if following not in ("عشر", "عشره"):
                return None
            return Atom("small", 2 if form in _BEFORE_TEN else 1, joined)
        if form in ("عشر", "عشره") and not joined:
            return Atom("teen", 10, joined)
        for kind, table in _TABLES:
            if form in table:
                return Atom(kind, table[form], joined, table[form] in DUAL_SCALES)
    return None


def _attached(text: Text, at: int) -> bool:
    """Tell whether an "m" right behind digits is a million: money stands before or after it."""
    token = text.tokens[at]
    before = text.tokens[at - 1] if at else None
    if before is None or not before.digits or text.folded[before.end : token.start].strip():
        return False
    unit, _ = unit_after(text, token.end)
    return bool(sign_before(text, before.start)) or (
        unit is not None and len(UNITS[unit].measures) > 0 and UNITS[unit].measures == unit
    )


def _digits(folded: str) -> float | None:
    if not _DIGITS.match(folded):
        parts = folded.replace(",", "")
        return float(parts) if parts.replace(".", "", 1).isdigit() else None
    if re.search(r",\d{3}(?!\d)", folded):
        folded = folded.replace(",", "")
    return float(folded.replace(",", "."))


def value_at(text: Text, at: int) -> tuple[float, int, bool]:
    """Return the value that begins at a word, the first word behind it, and whether it is a fraction alone."""
    total, current, last = 0.0, 0.0, ""
    start, here = at, at
    fraction: float | None = None
    scale_before = 0.0
    while here < len(text.tokens):
        token = text.tokens[here]
        gap = text.folded[text.tokens[here - 1].end : token.start] if here > start else ""
        if here > start and not re.fullmatch(r"[\s-]*", gap):
            break
        if here > start and token.folded in ("and", "a", "an", "of", "و") and here + 1 < len(text.tokens):
            joins = atom_at(text, here + 1)
            if token.folded == "of" and fraction is None:
                break
            if token.folded in ("a", "an", "of"):
                if text.tokens[here + 1].folded in ("a", "an"):
                    here += 1
                    continue
                if (
                    joins is None
                    or joins.kind not in ("scale", "fraction", "hundred")
                    or (last != "fraction" and joins.kind != "fraction")
                ):
                    break
                here += 1
                continue
            if joins is None and text.tokens[here + 1].folded not in ("a", "an"):
                break
            if (
                last == "small"
                and (joins is None or joins.kind != "fraction")
                and text.tokens[here + 1].folded not in ("a",)
            ):
                break
            if joins is not None and joins.kind == "digits" and token.folded == "and":
                break
            if last in ("scale", "hundred", "digits", "small"):
                here += 1
                continue
            break
        atom = atom_at(text, here)
        if atom is None:
            break
        joined = atom.joined or (here > start and text.tokens[here - 1].folded in ("and", "و", "a"))
        if atom.kind == "fraction":
            if here == start:
                fraction = atom.value
            elif not joined:
                break
            else:  # two and a half, مليون ونصف
                current += atom.value * (scale_before if last == "scale" else 1)
                total_scale = last == "scale"
                last, here = "fraction", here + 1
                if total_scale:
                    total, current = total + current, 0.0
                    # مليون ونصف المليون
                    if here < len(text.tokens) and (again := atom_at(text, here)) and again.kind == "scale":
                        here += 1
                    break
                continue
            last, here = "fraction", here + 1
            continue
        if atom.kind == "scale":
            if fraction is not None and current == 0:
                current, fraction = fraction, None
            if (
                atom.dual
                and (current or joined)
                and last in ("small", "digits", "hundred", "teen")
                and not joined
            ):
                break
            if joined and last == "scale":
                total += atom.value
            else:
                total += (current or 1.0) * atom.value
            scale_before, current = atom.value, 0.0
        elif fraction is not None:
            break
        elif atom.kind == "hundred":
            if (
                atom.value == 100
                and 0 < current < (10 if token.arabic else 20)
                and not joined
                and last in ("small", "digits")
            ):
                current *= 100
            elif current and not joined and last != "scale":
                break
            else:
                current += atom.value
        elif token.folded == "dozen" and last in ("small", "digits"):
            current *= 12
        elif atom.kind == "teen":
            if (
                (last == "small" and 0 < current % 100 < 10)
                or here == start
                or joined
                or last in ("scale", "hundred")
            ):
                current += 10
            else:
                break
        elif atom.kind == "digits":
            if here > start and not (joined or last in ("scale",)):
                break
            if last == "scale" and not joined and atom.value >= scale_before:
                break
            current += atom.value
        else:  # small
            if last == "digits" or (
                last in ("small", "teen")
                and not joined
                and not (current % 100 >= 20 and current % 10 == 0 and atom.value < 10)
            ):
                break
            if last == "small" and joined and not token.arabic:
                break
            if last == "small" and joined and not (current % 100 < 10 and atom.value >= 20):
                break
            if (
                joined
                and last in ("scale", "hundred", "teen")
                and token.arabic
                and current % 100
                and atom.value < 20
            ):
                break
            current += atom.value
        last, here = atom.kind, here + 1
    if fraction is not None:
        return fraction, here, True
    return total + current, max(here, at + 1), False
