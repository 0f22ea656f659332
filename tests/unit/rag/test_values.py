"""What two sentences say in one place: the same, something else, or it cannot be told."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.counted import answer_of_fate
from rag.answering.values import Amount, Comparison, Days, Value, Wording, value_of
from rag.questions import Kind
from rag.types import Span

_DAY = date(2026, 5, 12)


def value(kind: Kind, sentence: str, answer: str, published: date | None = _DAY) -> Value | None:
    start = sentence.index(answer)
    return value_of(kind, sentence, Span(start, start + len(answer)), published)


def amount(sentence: str, answer: str) -> Amount:
    found = value(Kind.COUNT, sentence, answer)
    assert isinstance(found, Amount), found
    return found


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("About 2,400 stopped work.", "2,400"), ("لا يتعدى المضربون 1500 عامل", "1500"), "different"),
        (("Nine people died.", "Nine people"), ("لقي تسعة أشخاص حتفهم.", "تسعة أشخاص"), "same"),
        (("Nine people died.", "Nine people"), ("لقي 14 شخصا حتفهم.", "14 شخصا"), "different"),
        (("It cost 84 million dinars.", "84 million dinars"), ("بكلفة ٨٤ مليون دينار", "٨٤ مليون"), "same"),
        (("It cost 84 million dinars.", "84 million dinars"), ("It cost 90 tonnes.", "90 tonnes"), "unclear"),
        (("Turnout was 58 percent.", "58 percent"), ("four fifths of the ballots", "four fifths"), "unclear"),
        (("Turnout was 58 percent.", "58 percent"), ("لم تتجاوز 49 في المئة", "49 في المئة"), "different"),
        (("It rose 0.8 percent a month.", "0.8 percent"), ("It rose 6.4 percent a year.", "6.4"), "unclear"),
        (("About 20 people came.", "20 people"), ("19 people came.", "19 people"), "same"),
        (("It is 11.4 kilometres long.", "11.4 kilometres"), ("طوله 11,387 مترا", "11,387 مترا"), "same"),
        (("It is 11.4 kilometres long.", "11.4 kilometres"), ("طوله 11,700 متر", "11,700 متر"), "different"),
        (("It has 612 pupils.", "612 pupils"), ("فيها أكثر من 600 تلميذ", "600 تلميذ"), "same"),
        (("Of 84 coins", "84 coins"), ("سرق أربعا وثمانين قطعة", "أربعا وثمانين قطعة"), "same"),
        (("About 20 people came.", "20 people"), ("35 people came.", "35 people"), "different"),
        (("A crowd of 31,000 came.", "31,000"), ("حضر 31240 متفرجا", "31240"), "same"),
        (("At least 12 people came.", "12 people"), ("17 people came.", "17 people"), "same"),
        (("At least 19 people came.", "19 people"), ("14 people came.", "14 people"), "different"),
        (("12 people were killed.", "12 people"), ("40 people were injured.", "40 people"), "unclear"),
    ],
)  # fmt: skip
def test_numbers_are_compared_by_value(one: tuple[str, str], other: tuple[str, str], expected: str) -> None:
    first, second = amount(*one), amount(*other)
    assert first.compare(second, later=False) is Comparison(expected)
    assert second.compare(first, later=False) is Comparison(expected)


def test_a_bound_leaves_no_room_for_a_later_count() -> None:
    first, later = amount("At least 12 people died.", "12 people"), amount("17 people died.", "17 people")
    assert first.compare(later, later=True) is Comparison.DIFFERENT


def test_a_number_of_the_injured_is_none_of_the_dead() -> None:
    hurt = amount("The flood injured 40 people.", "40 people")
    assert hurt.is_of_another_fate("How many people were killed?")
    assert not hurt.is_of_another_fate("كم عدد الجرحى؟")
    assert not hurt.is_of_another_fate("How many people live there?")


@pytest.mark.parametrize(
    ("sentence", "answer", "asked"),
    [
        ("Some forty vessels are waiting.", "forty vessels", "كم واحد كان على السفينة؟"),
        ("لقي 17 قتيلا حتفهم.", "17", "كم مركز إيواء فُتح؟"),
        ("Four children were among the dead.", "Four children", "How many people died?"),
        ("It cost 84 million dinars.", "84 million dinars", "How deep is the channel?"),
        ("It weighs 90 tonnes.", "90 tonnes", "How long did it last?"),
    ],
)
def test_a_number_of_ships_is_none_of_people_nor_a_price_a_depth(
    sentence: str, answer: str, asked: str
) -> None:
    assert amount(sentence, answer).is_of_another_thing(asked)


@pytest.mark.parametrize(
    ("sentence", "answer", "asked"),
    [
        ("All 23 members of the crew are safe.", "23", "كم واحد كانوا من الطاقم؟"),
        ("It is 14 metres deep.", "14 metres", "How deep is the channel?"),
        ("The truce lasts 45 days.", "45 days", "كم يوما تستمر الهدنة؟"),
        ("It cost 84 million dirrans.", "84 million dirrans", "How much did it cost?"),
    ],
)
def test_what_is_asked_for_is_no_other_thing(sentence: str, answer: str, asked: str) -> None:
    assert not amount(sentence, answer).is_of_another_thing(asked)


def test_numbers_of_different_things_are_not_compared() -> None:
    crew, waiting = amount("All 23 members are safe.", "23"), amount("Forty vessels waited.", "Forty")
    assert crew.compare(waiting, later=True) is Comparison.UNCLEAR


def test_an_and_parts_the_dead_from_the_injured() -> None:
    both = "Nine miners were killed and 22 others injured on Tuesday."
    assert amount(both, "Nine").fates == {"killed"}
    assert amount(both, "22").fates == {"hurt"}


@pytest.mark.parametrize(
    ("sentence", "pointed", "wanted", "meant"),
    [
        ("Nine miners were killed and 22 others injured.", "22", "killed", "Nine"),
        ("12 people were killed and 40 injured.", "12 people were killed and 40", "killed", "12"),
        ("قتل 12 شخصا وأصيب 40 بجروح.", "12", "hurt", "40"),
        ("سقط 12 قتيلا، بينهم أربعة أطفال قتلوا في بيت.", "أربعة", "killed", "12"),
        ("12 people were killed on Monday.", "12 people", "killed", "12 people"),
    ],
)
def test_of_several_numbers_the_one_of_the_fate_that_is_asked_for_answers(
    sentence: str, pointed: str, wanted: str, meant: str
) -> None:
    start = sentence.index(pointed)
    found = answer_of_fate(sentence, Span(start, start + len(pointed)), frozenset({wanted}))
    assert found is not None
    assert found.of(sentence) == meant


def test_where_no_number_or_several_are_of_the_fate_none_is_meant() -> None:
    for sentence in ("The bridge fell on 12 cars.", "12 people died there and 14 people died here."):
        assert answer_of_fate(sentence, Span(0, 2), frozenset({"killed"})) is None


def test_two_numbers_or_a_date_are_no_amount() -> None:
    assert value(Kind.COUNT, "The Bloc won 61 of the 120 seats.", "61 of the 120 seats") is None
    assert value(Kind.COUNT, "It opened on 12 May.", "12 May") is None
    assert value(Kind.COUNT, "It opened in the morning.", "morning") is None


@pytest.mark.parametrize(
    ("sentence", "answer", "number"),
    [
        ("The dead were seven, not eight, he said.", "seven, not eight", 7),
        ("The toll was raised from 9 to 13.", "from 9 to 13", 13),
        ("بلغ عددهم سبعة وليس ثمانية.", "سبعة وليس ثمانية", 7),
    ],
)
def test_a_number_that_is_right_no_more_is_none(sentence: str, answer: str, number: float) -> None:
    assert amount(sentence, answer).number.value == number


@pytest.mark.parametrize(
    ("sentence", "answer", "sort"),
    [
        ("Seven villagers died.", "Seven villagers", "people"),
        ("They found 40 dead birds.", "40 dead birds", "animals"),
        ("They counted 40 dead.", "40 dead", "people"),
    ],
)
def test_what_a_number_counts(sentence: str, answer: str, sort: str) -> None:
    assert amount(sentence, answer).counts == {sort}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("will open on 1 June", "سيفتتح في 1 حزيران", "same"),
        ("will open on 1 June", "will open on 15 July", "different"),
        ("will open on 1 June", "will open on 2 June", "different"),
        ("it began on Sunday", "it began on Monday", "unclear"),
        ("it began on Sunday", "it began on 3 May", "unclear"),
        ("it has been shut since 3 May", "it was shut on 5 May", "different"),
        ("it began on 10 May", "it began in May", "same"),
        ("will open before 1 June", "will open on 20 June", "unclear"),
    ],
)
def test_days_are_compared_as_days(one: str, other: str, expected: str) -> None:
    first, second = (value(Kind.WHEN, text, text) for text in (one, other))
    assert isinstance(first, Days)
    assert isinstance(second, Days)
    assert first.compare(second) is Comparison(expected)
    assert second.compare(first) is Comparison(expected)


def test_the_four_were_counted_elsewhere() -> None:
    assert value(Kind.COUNT, "وغادر العداؤون الأربعة المستشفى صباح اليوم.", "الأربعة") is None
    assert amount("فر ألف شخص من البلدة.", "ألف شخص").number.value == 1000


@pytest.mark.parametrize(
    ("sentence", "answer", "relation"),
    [
        ("It will not reach the coast until Friday 22 May.", "Friday 22 May", "on"),
        ("It has been moved from next Monday to Monday 25 May.", "Monday 25 May", "on"),
        ("It won't sail until 22 May.", "22 May", "on"),
        ("The office stays shut until 22 May.", "22 May", "until"),
        ("The truce was extended until 22 May.", "22 May", "until"),
    ],
)
def test_what_is_put_off_to_a_day_is_on_it(sentence: str, answer: str, relation: str) -> None:
    found = value(Kind.WHEN, sentence, answer)
    assert isinstance(found, Days)
    assert (found.relation, found.exact) == (relation, True)


def test_a_date_in_words_is_one_and_a_weekday_is_none() -> None:
    dated = value(Kind.WHEN, "تعود إلى العمل في العشرين من أيار.", "العشرين من أيار")
    assert isinstance(dated, Days)
    assert dated.exact
    weekday = value(Kind.WHEN, "It opened on Sunday.", "Sunday")
    assert isinstance(weekday, Days)
    assert not weekday.exact


def test_an_open_question_takes_what_there_is() -> None:
    assert isinstance(value(Kind.OPEN, "It weighs 90 tonnes.", "90 tonnes"), Amount)
    assert isinstance(value(Kind.OPEN, "It opened on 12 May.", "12 May"), Days)
    assert value(Kind.OPEN, "It was a gas leak.", "a gas leak") == Wording("a gas leak")
    assert value(Kind.WHY, "It was …", "…") is None
