"""Who disagrees is shown; what is not certainly a disagreement is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from rag.answering.companions import Told
from rag.answering.disagreement import Disagreements, Opposed, answers, slot_of
from rag.answering.wording import Wordings
from rag.calibration import Calibration
from rag.questions import Kind, read_question
from rag.text import sentences
from rag.types import Precision, Published, Question, Span
from rag.words import WordSpace
from tests.unit.rag.news import NOW, WordsEmbedding, article, passage

_HOW_MANY = read_question("How many people died in the ferry?", now=NOW)


class FixedWordings(Wordings):
    """Answers in words that differ as they are told to."""

    def __init__(self, *different: str) -> None:
        embedder, calibration = WordsEmbedding(), Calibration("words", {}, {}, {}, {}, {})
        super().__init__(embedder, calibration, WordSpace(embedder, calibration))
        self._different = different

    def differ(self, one: str, other: str) -> bool:
        return any(one.startswith(word) for word in self._different) and not other.startswith(one)

    def any_like(self, words: str, others: Sequence[str]) -> bool:
        return any(words in other for other in others)


def told(
    outlet: str | None, published: str | None, body: str, answer: str, *, event: int = 0, window: float = 1.0
) -> Told:
    """Return the sentence of ``body`` that holds ``answer``, well read."""
    known = article(body, article_id=f"{outlet} {published} {body[:9]}", outlet=outlet)
    if published:
        precision = Precision.INSTANT if "T" in published else Precision.DAY
        known = replace(known, published=Published(published, precision, published, "given"))
    at = body.index(answer)
    span = next(one for one in sentences(body) if one.start <= at < one.end)
    return Told(passage(known), span, event, Span(at, at + len(answer)), window, 1.0, 0.9, 0.9, 0.9, 0.9)


def among(*statements: Told, question: Question = _HOW_MANY, kind: Kind = Kind.COUNT) -> list[Opposed]:
    return Disagreements(FixedWordings("a gas leak", "a drone")).among(question, kind, statements)


_NINE = told("Courier", "2026-05-13T08:20:00+03:00", "Nine people died when the ferry sank.", "Nine people")
_FOURTEEN = told("Ledger", "2026-05-13T12:00:00+03:00", "The sinking killed 14 people.", "14 people")
_LATER = told("Courier", "2026-05-15T09:00:00+03:00", "The death toll has climbed to 17 people.", "17 people")


def test_independent_outlets_of_one_moment_dispute() -> None:
    (found,) = among(_FOURTEEN, _NINE)
    assert found.status == "disputed"
    assert found.sides == (_NINE, _FOURTEEN)


def test_an_outlet_that_says_otherwise_later_updates_newest_first() -> None:
    (found,) = among(_NINE, _LATER)
    assert found.status == "updated"
    assert found.sides == (_LATER, _NINE)


def test_both_can_be_shown_each_once() -> None:
    assert {one.status for one in among(_NINE, _FOURTEEN, _LATER)} == {"updated", "disputed"}


def test_whoever_asks_for_the_latest_is_shown_no_earlier_count() -> None:
    latest = replace(_HOW_MANY, latest=True)
    assert among(_NINE, _LATER, question=latest) == []


def test_another_outlet_days_later_is_neither() -> None:
    later = told("Ledger", "2026-05-16", "The sinking killed 14 people.", "14 people")
    assert among(_NINE, later) == []
    assert among(_NINE, told("Ledger", None, "The sinking killed 14 people.", "14 people")) == []


def test_the_same_said_in_other_figures_is_none() -> None:
    assert among(_NINE, told("Ledger", "2026-05-13", "At least 9 people died.", "9 people")) == []


def test_another_event_is_none() -> None:
    assert among(_NINE, replace(_FOURTEEN, event=1)) == []


def test_two_sides_neither_of_which_surely_answers_are_none() -> None:
    unsure = [replace(side, window=-1.5) for side in (_NINE, _FOURTEEN)]
    assert among(*unsure) == []
    assert among(unsure[0], _FOURTEEN)


def test_a_side_that_holds_hardly_a_word_of_the_question_is_none() -> None:
    assert among(_NINE, replace(_FOURTEEN, cover=0.1)) == []


def test_two_sides_of_which_neither_is_near_the_surest_answer_are_none() -> None:
    surest = told("Herald", "2026-05-16", "In all 21 people died.", "21 people", window=2.5)
    unsure = [replace(side, window=0.5) for side in (_NINE, _FOURTEEN)]
    assert among(*unsure) != []
    assert among(*unsure, surest) == []
    assert among(*unsure, replace(surest, event=1)) == [], "another event answers"


def test_names_tell_who_differs_in_either_script() -> None:
    who = read_question("Who chairs the board?", now=NOW)
    english = told("Courier", "2026-05-13", "Its chairman is Rafiq Solane of Kelm.", "Rafiq Solane")
    arabic = told("Ledger", "2026-05-13", "ويرأس المجلس المهندس رفيق سولان منذ عام.", "المهندس رفيق سولان")
    other = told("Ledger", "2026-05-13", "Its chairman is Dora Kessin of Kelm.", "Dora Kessin")
    office = told("Ledger", "2026-05-13", "The chair is held by a judge.", "a judge")
    both = told("Ledger", "2026-05-13", "Dora Kessin, after Rafiq Solane, leads it.", "Dora Kessin")
    assert among(english, arabic, question=who, kind=Kind.WHO) == []
    assert [one.status for one in among(english, other, question=who, kind=Kind.WHO)] == ["disputed"]
    assert among(english, office, question=who, kind=Kind.WHO) == [], "an office is held by somebody"
    assert among(english, both, question=who, kind=Kind.WHO) == [], "the other name stands beside"
    followed = told("Courier", "2026-05-16", "Its chairman is Dora Kessin of Kelm.", "Dora Kessin")
    assert [one.status for one in among(english, followed, question=who, kind=Kind.WHO)] == ["updated"]


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Which company is to build the mill?", Kind.WHO),
        ("ما الشركة التي ستبني المطحنة؟", Kind.WHO),
        ("أي مصرف يمول المطحنة؟", Kind.WHO),
        ("What caused the fire?", Kind.WHY),
        ("At what hour did it open?", None),
        ("What did the ministry say?", None),
        ("What did the bank decide on Tuesday?", None),
        ("ماذا اشترت البلدية من شركة المطاحن؟", None),
    ],
)
def test_the_thing_that_is_compared(asked: str, kind: Kind | None) -> None:
    assert slot_of(read_question(asked, now=NOW), "") is kind


def test_a_day_is_put_off_to_a_date_and_not_to_a_weekday_told_beside() -> None:
    when = read_question("When did the roof fall?", now=NOW)
    first = told("Courier", "2026-05-05", "The roof fell on Tuesday.", "Tuesday")
    later = told("Courier", "2026-05-08", "The toll of the fall rose on Friday.", "Friday")
    assert among(first, later, question=when, kind=Kind.WHEN) == []
    planned = told("Courier", "2026-05-05", "It will open on 16 May.", "16 May")
    put_off = told("Courier", "2026-05-11", "It will open on 23 May.", "23 May")
    assert [one.status for one in among(planned, put_off, question=when, kind=Kind.WHEN)] == ["updated"]


def test_a_count_that_rose_within_the_day_is_not_disputed() -> None:
    risen = told("Ledger", "2026-05-13T20:00:00+03:00", "The toll rose to 14 people by night.", "14 people")
    assert among(_NINE, risen) == []


def test_a_copy_is_its_agency() -> None:
    text = " ".join(f"Word number {n} of a long agency report follows here." for n in range(20))
    agency = told("Agency", "2026-05-13T08:00:00Z", f"Nine people died. {text}", "Nine people")
    reprint = told("Daily", "2026-05-14T08:00:00Z", f"Twelve people died. {text}", "Twelve people")
    (found,) = among(agency, reprint)
    assert found.status == "updated"


def test_who_comes_to_the_others_figure_does_not_dispute_it() -> None:
    agreed = told("Courier", "2026-05-13T18:00:00+03:00", "It is 14 people now who died.", "14 people")
    assert [one.status for one in among(_NINE, _FOURTEEN, agreed)] == ["updated"]


def test_causes_that_differ_are_disputed_and_never_updated() -> None:
    why = read_question("What caused the fire?", now=NOW)
    leak = told("Courier", "2026-05-13", "The fire was caused by a gas leak.", "a gas leak")
    drone = told("Ledger", "2026-05-13", "It was started by a drone.", "a drone")
    (found,) = among(leak, drone, question=why, kind=Kind.WHY)
    assert found.status == "disputed"
    same_outlet = told("Courier", "2026-05-16", "It was started by a drone.", "a drone")
    assert among(leak, same_outlet, question=why, kind=Kind.WHY) == []
    beside = told("Ledger", "2026-05-13", "A drone it was not. A gas leak, a gas leak set it off.", "A drone")
    assert among(leak, beside, question=why, kind=Kind.WHY) == [], "the other cause stands beside"


def test_a_sentence_that_does_not_surely_answer_counts_for_nothing() -> None:
    assert answers(_HOW_MANY, Kind.COUNT, _NINE)
    assert not answers(_HOW_MANY, Kind.COUNT, replace(_NINE, share=0.2))
    assert not answers(_HOW_MANY, Kind.COUNT, replace(_NINE, sureness=0.1))
    assert not answers(_HOW_MANY, Kind.COUNT, replace(_NINE, window=-2.0, cover=0.1, target=0.1))
    assert answers(_HOW_MANY, Kind.COUNT, replace(_NINE, window=-2.0, cover=0.1, target=0.8, sureness=0.95))
    ships = told("Courier", "2026-05-13", "It held up 14 ships.", "14 ships")
    assert not answers(_HOW_MANY, Kind.COUNT, ships), "asked for people"
    bare = told("Courier", "2026-05-13", "It was the 3 again.", "3")
    assert answers(_HOW_MANY, Kind.COUNT, bare)
    assert not answers(_HOW_MANY, Kind.COUNT, replace(bare, target=0.1)), "nothing says what it counts"
    wavering = replace(bare, sureness=0.25)
    assert answers(_HOW_MANY, Kind.COUNT, replace(wavering, window=2.0)), "it clearly answers"
    assert not answers(_HOW_MANY, Kind.COUNT, replace(wavering, window=0.5))
    hurt = told("Courier", "2026-05-13", "The sinking injured 40 people.", "40 people")
    assert not answers(_HOW_MANY, Kind.COUNT, hurt), "asked for the dead"


def test_another_year_is_another_time() -> None:
    before = told("Courier", "2026-05-13", "In 2019 a ferry sank and 14 people died.", "14 people")
    assert not answers(_HOW_MANY, Kind.COUNT, before)
    asked = read_question("How many people died in the ferry in 2019?", now=NOW)
    assert answers(asked, Kind.COUNT, before)
    assert not answers(read_question("How many died in 2021?", now=NOW), Kind.COUNT, before)
    many = told("Courier", "2026-05-13", "The sinking killed 2000 people.", "2000 people")
    assert answers(_HOW_MANY, Kind.COUNT, many), "a count is no year"


def test_what_is_to_come_is_not_told_as_past() -> None:
    when = read_question("When will the ferry sail again?", now=NOW)
    past = told("Courier", "2026-05-13", "The ferry was built in June 2019.", "June 2019")
    coming = told("Courier", "2026-05-13", "It sails again on 20 May.", "20 May")
    assert not answers(when, Kind.WHEN, past)
    assert answers(when, Kind.WHEN, coming)
    assert not answers(read_question("متى تعود العبارة إلى العمل؟", now=NOW), Kind.WHEN, past)
    assert answers(read_question("متى بنيت العبارة؟", now=NOW), Kind.WHEN, past)


def test_an_effect_is_no_cause_however_sure() -> None:
    why = read_question("Why did the ships collide?", now=NOW)
    effect = told("Courier", "2026-05-13", "They collided, which led to an oil spill.", "an oil spill")
    assert not answers(why, Kind.WHY, effect)


def test_what_can_be_compared_is_what_the_question_asks_for() -> None:
    assert slot_of(read_question("How many died?", now=NOW), "") is Kind.COUNT
    assert slot_of(read_question("What killed the fish?", now=NOW), "a leak") is Kind.WHY
    assert slot_of(read_question("ما سبب الحريق؟", now=NOW), "تسرب غاز") is Kind.WHY
    assert slot_of(read_question("What does a kilo of mullet cost?", now=NOW), "38 dirrans") is Kind.AMOUNT
    assert slot_of(read_question("What time does the final start?", now=NOW), "16 May") is None
    assert slot_of(read_question("What did the minister say?", now=NOW), "that it is safe") is None
