"""The short form of ``python -m tests.evals talks``: every third conversation, each turn asked once."""

from __future__ import annotations

import pytest

from rag.archive.archive import open_archive
from rag.text import clean_body
from tests.evals.conftest import GoldRun
from tests.evals.conversations import TalkRun, ask_talks, figures, read_talks, talks_file, went_wrong
from tests.evals.floors import fingerprint, read_floors
from tests.evals.gold_questions import SAMPLES

pytestmark = pytest.mark.slow

_HALF = "dev"


@pytest.fixture(scope="module")
def run(gold_run: GoldRun) -> TalkRun:
    """Every third conversation, held with the archive of the gold questions."""
    return ask_talks(read_talks(_HALF)[::3], gold_run.archive, lambda *told: None, compared=False)


@pytest.mark.parametrize("name", ["talks/dev", "talks/dev, short"])
def test_the_floors_belong_to_this_data(name: str) -> None:
    found = fingerprint([*SAMPLES, talks_file(_HALF)])
    wanted = read_floors(name).fingerprint
    assert found == wanted, f"samples or talks changed: measure anew, then write {found} into floors.json"


def test_follow_ups_are_understood_and_other_turns_left_alone(run: TalkRun) -> None:
    found, floors = figures(run.outcomes), read_floors("talks/dev, short")
    print(found, went_wrong(run.outcomes), sep="\n")
    assert floors.fallen(found) == []


def test_a_question_asked_again_has_the_same_answer(run: TalkRun) -> None:
    assert run.altered == []
    assert len(run.again_ms) >= 10


def test_the_talks_agree_with_the_samples(gold_run: GoldRun) -> None:
    with open_archive(gold_run.archive, calibration=None, role="guest") as archive:
        held = {article.id: article.body for article in archive.articles()}
    for talk in read_talks(_HALF):
        first, *later = talk.turns
        assert not first.follow_up
        for turn in talk.turns:
            assert (turn.standalone is not None) == turn.follow_up
            assert bool(turn.answers) == bool(turn.article_ids)
            for answer in turn.answers:
                assert any(clean_body(answer) in held[name] for name in turn.article_ids), (talk.id, answer)
        assert later
