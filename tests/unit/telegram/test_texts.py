"""Both languages say everything, and neither vouches for what outlets wrote."""

from __future__ import annotations

import re
import string
from datetime import date

from bot.telegram.texts import AR, EN, TEXTS, Texts, lang_of, written_days
from rag.dates.written import written_date
from rag.text import detect_language

VOUCHING = re.compile(
    r"\b(true|confirmed|verified|fact|proven)\b|صحيح|مؤكد|أكيد|حقيقي|موثوق|تم التحقق", re.IGNORECASE
)


def _strings(texts: Texts) -> dict[str, str]:
    found = {name: getattr(texts, name) for name in texts.__dataclass_fields__}
    pairs = {name: value for name, value in found.items() if not isinstance(value, str)}
    flat = {f"{name}.{command}": said for name, value in pairs.items() for command, said in value}
    return {name: value for name, value in found.items() if isinstance(value, str)} | flat


def test_both_languages_are_complete_and_fill_in_the_same_names() -> None:
    arabic, english = _strings(AR), _strings(EN)
    assert arabic.keys() == english.keys()
    for name in arabic:
        assert arabic[name].strip()
        assert english[name].strip()
        assert _names(arabic[name]) == _names(english[name]), name


def test_each_language_is_written_in_its_letters() -> None:
    for lang, texts in TEXTS.items():
        for name, text in _strings(texts).items():
            words = re.sub(r"\{\w+\}|/\w+", "", text)
            assert detect_language(words) in (lang, "und"), name


def test_the_bot_vouches_for_nothing() -> None:
    for texts in TEXTS.values():
        for name, text in _strings(texts).items():
            assert not VOUCHING.search(text), name


def test_commands_fit_telegrams_lists() -> None:
    for texts in TEXTS.values():
        assert len(texts.description) <= 512
        for command, description in texts.commands + texts.admin_commands:
            assert re.fullmatch(r"[a-z0-9_]{1,32}", command)
            assert 1 <= len(description) <= 256


def test_dates_are_written_as_precisely_as_they_are_known() -> None:
    assert written_date("2023", "ar") == "2023"
    assert written_date("2023-08", "en") == "August 2023"
    assert written_date("2023-08-28", "ar") == "28 أغسطس 2023"
    assert written_date("2023-08-28T23:30:00+03:00", "en") == "28 August 2023"


def test_days_are_written_as_the_stretch_they_are() -> None:
    assert written_days(date(2023, 8, 28), date(2023, 8, 28), "en") == "28 August 2023"
    assert written_days(date(2024, 2, 1), date(2024, 2, 29), "ar") == "فبراير 2024"
    assert written_days(date(2024, 1, 1), date(2024, 12, 31), "en") == "2024"
    assert written_days(date(2023, 12, 1), date(2023, 12, 31), "en") == "December 2023"
    assert written_days(date(2024, 2, 1), date(2025, 1, 31), "en") == "1 February 2024 – 31 January 2025"
    assert written_days(date(2024, 2, 1), None, "en") == "1 February 2024 – …"
    assert written_days(None, date(2024, 2, 1), "ar") == "… – 1 فبراير 2024"


def test_languages_of_clients() -> None:
    assert lang_of("ar-EG") == "ar"
    assert lang_of("en") == "en"
    assert lang_of("fr") is None
    assert lang_of(None) is None


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
