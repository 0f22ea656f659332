"""The reader: question and passage side by side through the E5's layers, the upper ones retrained for this.

Similarity of two vectors says that a passage is about the question. The reader sees each word of the question
beside each word of the passage, and was trained on questions that the passage answers and on near misses,
which it does not (`tests/evals/reading`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from rag.reading.e5 import LINEAR, NORMS, E5File, Layer, normed, open_e5, run_layer
from rag.types import Vector

WEIGHTS = Path(__file__).parent / "weights" / "reader.npz"
MOST_TOKENS = 384
"""Of question, title and passage together; what is longer is cut at its end."""
MOST_QUESTION_TOKENS = 96
MOST_TITLE_TOKENS = 40
MOST_ANSWER_TOKENS = 30
QUESTION, TITLE, TEXT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Window:
    """What is read at once: a few sentences that follow each other, and the title over them."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pointed:
    """The words of a sentence that the reader points at: ``sentence[start:end]``, and how surely, 0 to 1."""

    start: int
    end: int
    share: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a window: the log odds that it answers; where, by sentence (summing to 1).

    ``pointed`` is, for each sentence, the words that are the likeliest answer in it; ``None`` where it was
    cut.
    """

    answers: float
    shares: tuple[float, ...]
    pointed: tuple[Pointed | None, ...] = ()


@dataclass(frozen=True)
class Laid:
    """Question and window as tokens: piece ids, their parts, each token's sentence (-1: none) and its place
    there.

    ``begins`` are letters of the sentence, 0 where a token is of none.
    """

    ids: list[int]
    parts: list[int]
    sentences: list[int]
    begins: list[int]


class Reader:
    """Reads windows with a question in mind. Thread-safe; holds about 90 MB."""

    def __init__(self, file: E5File, weights: dict[str, Any]) -> None:
        self._file = file
        self._weights = weights
        first = int(weights["first"])
        self._layers = [
            *(file.layer(at) for at in range(first)),
            *(_retrained(weights, at) for at in range(first, file.layers)),
        ]
        self._parted = int(weights.get("parted", first))
        self._positions = file.floats("emb.pos").reshape(-1, file.width)
        self._kind = file.floats("emb.type")[: file.width]
        self._norm = (file.floats("emb.ln.w"), file.floats("emb.ln.b"))

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """Return what each window makes of the question."""
        laid = [lay_out(self._file, question, window) for window in windows]
        if not laid:
            return []
        bounds = np.cumsum([0, *(len(one.ids) for one in laid)]).tolist()
        states = self._states(laid, bounds)
        return [
            self._reading(states[start:stop], one, window.sentences)
            for one, window, start, stop in zip(laid, windows, bounds, bounds[1:], strict=False)
        ]

    def _states(self, laid: Sequence[Laid], bounds: Sequence[int]) -> Vector:
        file = self._file
        ids = [piece for one in laid for piece in one.ids]
        parts = np.array([part for one in laid for part in one.parts])
        places = np.concatenate([np.arange(len(one.ids)) for one in laid])
        states = normed(
            file.rows("emb.word", ids) + self._positions[places] + self._kind, self._norm, file.epsilon
        )
        for at, layer in enumerate(self._layers):
            if at == self._parted:
                states = states + self._weights["parts"][parts]
            states = run_layer(layer, states, bounds, file.heads, file.epsilon)
        return states

    def _reading(self, states: Vector, laid: Laid, sentences: Sequence[str]) -> Reading:
        weights = self._weights
        pooled = np.concatenate([states[0], states.mean(axis=0)])
        hidden = np.tanh(pooled @ weights["answers.0.weight"].T + weights["answers.0.bias"])
        answers = float(hidden @ weights["answers.1.weight"][0] + weights["answers.1.bias"][0])
        ends = states @ weights["ends.weight"].T + weights["ends.bias"]
        ends[np.array(laid.parts) != TEXT] = -1e4
        shares = np.exp(ends - ends.max(axis=0))
        shares /= shares.sum(axis=0)
        by_sentence = np.zeros(len(sentences) + 1)
        np.add.at(by_sentence, laid.sentences, shares.mean(axis=1))
        pointed = tuple(_pointed(laid, shares, at, text) for at, text in enumerate(sentences))
        return Reading(answers, tuple(by_sentence[:-1].tolist()), pointed)


def lay_out(file: E5File, question: str, window: Window) -> Laid:
    """Return question, title and sentences as tokens, with the marks that the E5 knows between them."""
    pieces = file.pieces
    asked = [pieces.begin, *file.split(f"query: {question}")[0][:MOST_QUESTION_TOKENS], pieces.end]
    title = [*file.split(window.title)[0][:MOST_TITLE_TOKENS], pieces.end] if window.title else []
    ids, parts = asked + title, [QUESTION] * len(asked) + [TITLE] * len(title)
    sentences, begins = [-1] * len(ids), [0] * len(ids)
    for at, sentence in enumerate(window.sentences):
        split, places = file.split(sentence)
        ids += split
        parts += [TEXT] * len(split)
        sentences += [at] * len(split)
        begins += places
    room = MOST_TOKENS - 1
    return Laid(
        [*ids[:room], pieces.end], [*parts[:room], TEXT], [*sentences[:room], -1], [*begins[:room], 0]
    )


def _pointed(laid: Laid, shares: Vector, at: int, sentence: str) -> Pointed | None:
    """Return the likeliest answer in sentence ``at``: its first token's share of the beginnings, its last
    one's of the ends.
    """
    tokens = [token for token, of in enumerate(laid.sentences) if of == at]
    if not tokens:
        return None
    first, count = tokens[0], len(tokens)
    together = np.outer(shares[first : first + count, 0], shares[first : first + count, 1])
    together = np.triu(together) - np.triu(together, MOST_ANSWER_TOKENS)
    begin, last = divmod(int(together.argmax()), count)
    start, end = laid.begins[first + begin], len(sentence)
    if last + 1 < count:
        end = laid.begins[first + last + 1]
    while start < end and sentence[start].isspace():
        start += 1
    while start < end and sentence[end - 1].isspace():
        end -= 1
    return Pointed(start, end, float(together[begin, last])) if start < end else None


@lru_cache(1)
def shipped_reader() -> Reader:
    """Return the reader that ships, loaded once a process."""
    with np.load(WEIGHTS) as weights:
        return Reader(open_e5(), {name: weights[name] for name in weights.files})


def _retrained(weights: dict[str, Any], at: int) -> Layer:
    """Return a retrained layer; its matrices are kept in 8 bits with a scale a row."""
    linear = {}
    for name in LINEAR:
        small, scale = weights[f"l{at}.{name}.w"], weights[f"l{at}.{name}.scale"]
        whole = small.astype(np.float32) * scale[:, None].astype(np.float32)
        linear[name] = (np.ascontiguousarray(whole.T), weights[f"l{at}.{name}.b"].astype(np.float32))
    norms = {
        name: tuple(weights[f"l{at}.{name}.{end}"].astype(np.float32) for end in ("w", "b")) for name in NORMS
    }
    return Layer(linear, norms)
