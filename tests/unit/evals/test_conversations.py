"""What the evaluation of conversations counts."""

from __future__ import annotations

from tests.evals.conversations import (
    ALONE,
    FOUND,
    RECOGNISED,
    REFUSED,
    TYPED,
    WRITTEN_OUT,
    Judged,
    TalkTurn,
    TurnOutcome,
    figures,
    shares,
    went_wrong,
)

RIGHT, WRONG, NOTHING = Judged(True, False), Judged(False, False), Judged(False, True)


def _turn(*, follow_up: bool = True, held: bool = True) -> TalkTurn:
    answers = ("nine days",) if held else ()
    standalone = "How long did it last?" if follow_up else None
    return TalkTurn("and how long?", follow_up, standalone, ("a1",) if held else (), answers)


def _outcome(turn: TalkTurn, understood: str | None, *judged: Judged) -> TurnOutcome:
    return TurnOutcome("t1", "en", turn, understood, *judged)


OUTCOMES = [
    _outcome(_turn(), "How long? (it)", RIGHT, RIGHT, WRONG),
    _outcome(_turn(), None, WRONG, RIGHT, WRONG),
    _outcome(_turn(held=False), "How long? (it)", NOTHING, WRONG, NOTHING),
    _outcome(_turn(follow_up=False), None, RIGHT),
    _outcome(_turn(follow_up=False), "Taken up", WRONG),
]


def test_each_share_counts_the_turns_it_is_of() -> None:
    counted = {name: (one.hits, one.total) for name, one in shares(OUTCOMES).items()}
    assert counted[RECOGNISED] == (2, 3)
    assert counted[ALONE] == (1, 2)
    assert counted[FOUND] == (1, 2)
    assert counted[WRITTEN_OUT] == (2, 2)
    assert counted[TYPED] == (0, 2)
    assert counted[REFUSED] == (1, 1)


def test_only_what_the_program_does_has_floors() -> None:
    assert set(figures(OUTCOMES)) == {RECOGNISED, ALONE, FOUND, REFUSED}
    assert REFUSED not in figures(OUTCOMES[:2]), "of nothing there is no share"


def test_what_went_wrong_is_named() -> None:
    told = went_wrong(OUTCOMES).splitlines()
    assert [line.split(":")[0] for line in told] == ["t1, not recognised", "t1, not left alone"]
    assert went_wrong(OUTCOMES[:1]) == "nothing"
