"""What the reader is trained on, and claims to learn judging from: well formed, and held back as a whole."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.evals.reading.examples import (
    LANGUAGES,
    Item,
    is_held_back,
    read_items,
    read_subjects,
    subject_of,
)
from tests.evals.verification import KINDS

_FURTHER = {"cause", "comparison", "order", "place", "fate", "part", "scope"}
"""In what else claims to learn from differ from their quote, beside what is checked by kind."""
_JUDGING = Path(__file__).parents[2] / "evals" / "judging"


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return [*read_items(), *read_subjects()]


def test_every_answer_stands_letter_for_letter_in_its_sentence(items: list[Item]) -> None:
    wrong = [
        (item["id"], question["en"])
        for item in items
        for question in item["answered"]
        for lang in LANGUAGES
        if question["answer"][lang] not in item["text"][question["sentence"]][lang]
    ]
    assert not wrong


def test_every_item_has_a_name_of_its_own(items: list[Item]) -> None:
    assert [name for name, times in Counter(item["id"] for item in items).items() if times > 1] == []


def test_the_items_of_a_subject_are_held_back_together() -> None:
    held: dict[str, set[bool]] = {}
    for item in read_subjects():
        subject = subject_of(item)
        assert subject
        held.setdefault(subject, set()).add(is_held_back(item))
    assert all(len(alike) == 1 for alike in held.values())
    share = sum(alike == {True} for alike in held.values()) / len(held)
    assert 0.15 < share < 0.35


def test_claims_come_in_pairs_that_differ_over_one_quote() -> None:
    quotes = [
        json.loads(line)
        for path in sorted(_JUDGING.glob("pairs-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len({quote["id"] for quote in quotes}) == len(quotes)
    for quote in quotes:
        assert {quote["claim_lang"], quote["quote_lang"]} <= set(LANGUAGES)
        assert quote["pairs"]
        for pair in quote["pairs"]:
            assert pair["kind"] in {*KINDS, *_FURTHER}
            assert pair["right"].strip() != pair["wrong"].strip()
