"""Words that mean the same in both languages, by the two dictionaries."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag import bilingual
from rag.bilingual import concepts, meanings
from rag.text import search_fold


@pytest.mark.parametrize(
    ("one", "other"),
    [("crossing", "معبر"), ("widow", "الأرملة"), ("invented", "ابتكره"), ("witness", "وشهد")],
)
def test_a_word_and_its_translation_share_a_row(one: str, other: str) -> None:
    assert meanings(search_fold(one)) & meanings(search_fold(other))


@pytest.mark.parametrize(("one", "other"), [("widow", "طاحونة"), ("several", "خطير"), ("turtle", "سلاح")])
def test_other_words_do_not(one: str, other: str) -> None:
    assert not meanings(search_fold(one)) & meanings(search_fold(other))


def test_only_the_dictionary_of_news_tells_common_words_from_names() -> None:
    assert meanings("quill")
    assert not concepts("quill")


@pytest.mark.parametrize("name", ["bilingual.txt", "vocabulary.txt"])
def test_every_row_has_both_languages(name: str) -> None:
    rows = (Path(bilingual.__file__).with_name(name)).read_text(encoding="utf-8").splitlines()
    for row in (row for row in rows if row and not row.startswith("#")):
        english, bar, arabic = row.partition(" | ")
        assert bar, row
        assert not any("\u0600" <= letter <= "\u06ff" for letter in english), row
        assert all("\u0600" <= letter <= "\u06ff" or letter in " *" for letter in arabic), row
