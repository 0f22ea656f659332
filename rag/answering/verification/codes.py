"""What a claim holds beside words of its language: identifiers, handles, letters of another alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rag.answering.verification.reading import Text
from rag.text import search_fold

_RUN = re.compile(r"[^\s\"'“”«»()\[\]{}<>,;،؛!?؟…]+")
_MEASURE = re.compile(
    r"[\d.,:/]+(?:st|nd|rd|th|s|am|pm|k|m|bn|tn|mn|km|kms|cm|mm|nm|kg|g|mg|t|l|ml|ha|hz|khz|mhz|ghz|w|kw|mw|gw|kwh|mwh|gwh|v|mph|kph|kmh|c|f|x|d|h|hrs?|mins?|secs?|yrs?|p)?",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-z0-9-]{2,}\.[a-z]{2,}")
_LATIN = re.compile(r"[A-Za-z]{2}")
_ARABIC = re.compile(r"[\u0620-\u064a]{2}")
_ORDINARY = re.compile(r"[A-Za-z\u00c0-\u024f\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


def unsupported(claim: Text, quotes: Sequence[Text]) -> list[str]:
    """Return the claim's identifiers, and its words of another alphabet, that no quote has letter for letter."""
    held = [_runs(quote.raw) for quote in quotes]
    other = _LATIN if claim.arabic else _ARABIC
    return [
        run
        for run in dict.fromkeys(_runs(claim.raw))
        if (_is_code(run) or other.search(run)) and not any(run in runs for runs in held)
    ]


def _runs(text: str) -> list[str]:
    """Return the words of ``text`` and the parts of compounds, folded."""
    runs = (run.strip(".:-–—*") for run in _RUN.findall(text))
    return [
        search_fold(part) for run in runs for part in dict.fromkeys((run, *re.split(r"[-–—/]", run))) if part
    ]


def _is_code(run: str) -> bool:
    if "_" in run or "@" in run or "#" in run or _HOST.search(run):
        return True
    if any(unicodedata.category(letter)[0] == "L" and not _ORDINARY.match(letter) for letter in run):
        return True
    parts = re.split(r"[-–—/]", run)
    return (
        len(parts) == 1
        and bool(re.search(r"\d", run) and re.search(r"[a-z]", run))
        and not _MEASURE.fullmatch(run)
    )
