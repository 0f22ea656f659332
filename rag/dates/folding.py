"""A copy of a text in which dates are easy to match, with the way back to every character."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ئ": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "’": "'",
        "‘": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "٬": ",",
        "؍": "/",
        "⁄": "/",
    }
)
_TATWEEL = "ـ"


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``source[i]`` is where its character ``i`` stands in the original."""

    text: str
    source: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's half-open span of a folded, non-empty one."""
        return self.source[start], self.source[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold letters, digits of three scripts and case; drop vowels, tatweel, direction marks, space runs."""
    letters: list[str] = []
    source: list[int] = []
    for position, letter in enumerate(text):
        for piece in unicodedata.normalize("NFKC", letter) if "\ufb50" <= letter <= "\ufefc" else letter:
            if piece == _TATWEEL or unicodedata.category(piece) in ("Mn", "Cf"):
                continue
            if piece.isspace() and letters and letters[-1] in " \n":
                letters[-1] = "\n" if piece == "\n" else letters[-1]
                continue
            digit = unicodedata.decimal(piece, None)
            folded = str(digit) if digit is not None else piece.translate(_LETTERS).lower()
            letters.append(" " if folded.isspace() and folded != "\n" else folded[0])
            source.append(position)
    return Folded("".join(letters), tuple(source))
