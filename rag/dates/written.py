"""Days in words, in either language."""

from __future__ import annotations

from typing import Final, Literal

_MONTHS: Final = {
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def written_date(told: str, lang: Literal["ar", "en"]) -> str:
    """Return ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or an instant (its day, in its own zone) in words."""
    parts = [int(part) for part in told[:10].split("-")]
    words = [str(parts[0])]
    if len(parts) > 1:
        words.insert(0, _MONTHS[lang][parts[1] - 1])
    if len(parts) > 2:
        words.insert(0, str(parts[2]))
    return " ".join(words)
