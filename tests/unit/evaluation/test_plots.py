"""The plots: there, labelled in both languages, the same twice; a clear word where none can be drawn."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.evaluation.figures import report_on
from bot.evaluation.plot_words import WORDS
from bot.evaluation.plots import draw, require_matplotlib
from rag.errors import UsageError
from tests.unit.evaluation.outcomes import evaluation, unanswerable

_SIGNATURES = {"png": b"\x89PNG\r\n", "svg": b"<?xml"}


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("kind", ["png", "svg"])
def test_every_plot_is_drawn_and_is_the_same_twice(tmp_path: Path, lang: str, kind: str) -> None:
    pytest.importorskip("matplotlib")
    report = report_on(evaluation(), 0.405)
    once, again = (draw(report, tmp_path / turn, lang, kind) for turn in ("once", "again"))
    assert [file.name for file in once] == [f"{name}.{kind}" for name in ("refusal", "calibration", "recall")]
    for first, second in zip(once, again, strict=True):
        assert first.read_bytes().startswith(_SIGNATURES[kind])
        assert first.read_bytes() == second.read_bytes()


def test_a_set_without_evidence_is_drawn_too(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    assert len(draw(report_on([unanswerable(1)], 0.5), tmp_path, "ar", "svg")) == 3


def test_arabic_is_joined_and_runs_from_the_right() -> None:
    """Joined letters are narrower than the same letters each alone; the first letter is the rightmost."""
    pytest.importorskip("matplotlib")
    from matplotlib.textpath import TextPath

    def width(text: str) -> float:
        return float(TextPath((0, 0), text, size=20).get_extents().width)

    joined = "سنسنس"
    assert width(joined) < 0.9 * sum(width(letter) for letter in joined)
    # A tall letter first, then flat ones: what stands high stands right.
    path = TextPath((0, 0), "طبببب", size=20)
    top = path.vertices[path.vertices[:, 1].argmax()]
    assert top[0] > path.get_extents().width / 2


def test_the_font_has_every_letter_of_both_languages() -> None:
    pytest.importorskip("matplotlib")
    from matplotlib.font_manager import findfont, get_font

    font = get_font(findfont("DejaVu Sans"))
    letters = {letter for words in WORDS.values() for text in words.values() for letter in text} - {"\n"}
    assert {letter for letter in letters if not font.get_char_index(ord(letter))} == set()


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["ar"].keys() == WORDS["en"].keys()


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"--plots: needs matplotlib: install siyaq\[plots\]"):
        require_matplotlib()
