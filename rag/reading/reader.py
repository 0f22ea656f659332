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
QUESTION, TITLE, TEXT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Window:
    """What is read at once: a few sentences that follow each other, and the title over them."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a window: the log odds that it answers; where, by sentence (summing to 1)."""

    answers: float
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Laid:
    """Question and window as tokens: piece ids, their parts, and each token's sentence (-1: none)."""

    ids: list[int]
    parts: list[int]
    sentences: list[int]


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
        self._first = first
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
            self._reading(states[start:stop], one, len(window.sentences))
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
            if at == self._first:
                states = states + self._weights["parts"][parts]
            states = run_layer(layer, states, bounds, file.heads, file.epsilon)
        return states

    def _reading(self, states: Vector, laid: Laid, sentences: int) -> Reading:
        weights = self._weights
        pooled = np.concatenate([states[0], states.mean(axis=0)])
        hidden = np.tanh(pooled @ weights["answers.0.weight"].T + weights["answers.0.bias"])
        answers = float(hidden @ weights["answers.1.weight"][0] + weights["answers.1.bias"][0])
        ends = states @ weights["ends.weight"].T + weights["ends.bias"]
        ends[np.array(laid.parts) != TEXT] = -1e4
        shares = np.exp(ends - ends.max(axis=0))
        shares /= shares.sum(axis=0)
        by_sentence = np.zeros(sentences + 1)
        np.add.at(by_sentence, laid.sentences, shares.mean(axis=1))
        return Reading(answers, tuple(by_sentence[:sentences].tolist()))


def lay_out(file: E5File, question: str, window: Window) -> Laid:
    """Return question, title and sentences as tokens, with the marks that the E5 knows between them."""
    pieces = file.pieces
    asked = [pieces.begin, *file.split(f"query: {question}")[0][:MOST_QUESTION_TOKENS], pieces.end]
    title = [*file.split(window.title)[0][:MOST_TITLE_TOKENS], pieces.end] if window.title else []
    ids, parts = asked + title, [QUESTION] * len(asked) + [TITLE] * len(title)
    sentences = [-1] * len(ids)
    for at, sentence in enumerate(window.sentences):
        split = file.split(sentence)[0]
        ids += split
        parts += [TEXT] * len(split)
        sentences += [at] * len(split)
    room = MOST_TOKENS - 1
    return Laid([*ids[:room], pieces.end], [*parts[:room], TEXT], [*sentences[:room], -1])


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
