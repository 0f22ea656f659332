"""Training examples for the reader: questions laid beside windows that answer them, and that do not.

Each item of ``items-*.jsonl`` is a short article told in both languages, with questions that a sentence of it
answers and near misses, which it does not. Those of ``subjects-*.jsonl`` are told as an encyclopaedia does,
up to four to a subject (``ba-07-1`` to ``ba-07-4``), so that what one answers is looked for in the others
too. An epoch draws languages, windows and a few questions spoilt on purpose anew, so that no two epochs are
the same.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rag.reading.reader import Window

ITEMS = Path(__file__).parent
LANGUAGES = ("ar", "en")
_SAME_LANGUAGE = 0.5
_TITLED = 0.6
"""Of all windows alike: where only those that answer came without a title, having none would tell."""
_WHOLE = 0.1
_AS_READ = 0.5
_MOST_SENTENCES = 3
_WITHOUT, _OTHER_NAME, _OTHER_NUMBER = 0.3, 0.25, 0.25
_ELSEWHERE, _ELSEWHERE_MISSED = 0.6, 0.2
_NEAREST = 0.6
_LOOKALIKES = 10

Item = dict[str, Any]
Question = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """A question beside a window; ``answer`` is (sentence, start, end) in letters, or nothing answers."""

    item: str
    kind: str
    question: str
    window: Window
    answer: tuple[int, int, int] | None


def read_items(folder: Path = ITEMS, files: str = "items-*.jsonl") -> list[Item]:
    """Read every item, in the order of their files."""
    return [
        json.loads(line)
        for path in sorted(folder.glob(files))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def read_subjects(folder: Path = ITEMS) -> list[Item]:
    """Read every item that is told as an encyclopaedia does."""
    return read_items(folder, "subjects-*.jsonl")


def subject_of(item: Item) -> str | None:
    """Return the subject that an item of ``subjects-*.jsonl`` tells of (``ba-07``); others have none."""
    subject, _, part = item["id"].rpartition("-")
    return subject if part and "-" in subject else None


def is_held_back(item: Item) -> bool:
    """Whether the reader is not trained on ``item``: one in ten; of subjects one in four, with all its items.

    The files ``items-aa`` to ``items-ac`` (``p1-001`` and so on) are kept for what is fitted on its readings.
    """
    name, subject = item["id"], subject_of(item)
    drawn = hashlib.sha256((subject or name).encode()).digest()[0]
    return name.startswith("p") or drawn % (4 if subject else 10) == 0


class Drawer:
    """Draws epochs from ``items``.

    A question is also laid beside sentences of other items that look most like it, as a search would find
    them in an archive without its article; ``embed`` gives vectors ``(texts, dimension)`` of unit length to
    find these by. Of each item as much is drawn as ``times`` says.
    """

    def __init__(
        self,
        items: Sequence[Item],
        embed: Callable[[list[str]], Any],
        times: Callable[[Item], int] = lambda _: 1,
    ) -> None:
        self._items = items
        self._times = times
        self._names: dict[str, list[dict[str, str]]] = {}
        for item in items:
            for name in item["names"]:
                self._names.setdefault(name["kind"], []).append(name)
        places = [(at, row) for at, item in enumerate(items) for row in range(len(item["text"]))]
        vectors = embed([items[at]["text"][row]["en"] for at, row in places])
        mean = vectors.mean(axis=0)
        questions = [
            (at, question)
            for at, item in enumerate(items)
            for question in (*item["answered"], *item["missed"])
        ]
        asked = embed([question["en"] for _, question in questions])
        for (at, question), alike in zip(questions, asked @ (vectors - mean).T, strict=True):
            likest = np.argsort(-alike)
            order = [places[i] for i in likest[: _LOOKALIKES + len(items[at]["text"])]]
            question["elsewhere"] = [place for place in order if place[0] != at][:_LOOKALIKES]
            question["nearest"] = next((row for found, row in order if found == at), 0)

    def epoch(self, rng: random.Random) -> list[Example]:
        """Return one epoch's examples, in a new order."""
        examples = [
            example
            for item in self._items
            for _ in range(self._times(item))
            for example in self._of(item, rng)
        ]
        rng.shuffle(examples)
        return examples

    def _of(self, item: Item, rng: random.Random) -> Iterator[Example]:
        for question in item["answered"]:
            yield from self._of_answered(item, question, rng)
        for question in item["missed"]:
            asked, told = _languages(rng)
            count = len(item["text"])
            at = question["nearest"] if rng.random() < _NEAREST else rng.randrange(count)
            window = _window(item, told, _rows(at, count, rng), titled=rng.random() < _TITLED)
            yield Example(item["id"], "missed", question[asked], window, None)
            if rng.random() < _ELSEWHERE_MISSED:
                yield self._elsewhere(item, question, asked, told, rng)

    def _of_answered(self, item: Item, question: Question, rng: random.Random) -> Iterator[Example]:
        asked, told = _languages(rng)
        at, count = question["sentence"], len(item["text"])
        rows = _rows(at, count, rng)
        window = _window(item, told, rows, titled=rng.random() < _TITLED)
        yield Example(
            item["id"], "yes", question[asked], window, _place(question, told, window, rows.index(at))
        )

        if rng.random() < _WITHOUT:
            rest = [sentence[told] for i, sentence in enumerate(item["text"]) if i != at]
            begin = rng.randrange(max(1, len(rest) - 1))
            kept = Window(window.title, tuple(rest[begin : begin + rng.randint(1, _MOST_SENTENCES)]))
            if question["answer"][told] not in " ".join((kept.title, *kept.sentences)):
                yield Example(item["id"], "without", question[asked], kept, None)
        if rng.random() < _OTHER_NAME:
            spoilt = _with_other_name(question[asked], asked, item, self._names, rng)
            if spoilt:
                yield Example(item["id"], "other name", spoilt, window, None)
        if rng.random() < _OTHER_NUMBER:
            spoilt = _with_other_number(question[asked], rng)
            if spoilt:
                yield Example(item["id"], "other number", spoilt, window, None)
        if rng.random() < _ELSEWHERE:
            yield self._elsewhere(item, question, asked, told, rng)

    def _elsewhere(
        self, item: Item, question: Question, asked: str, told: str, rng: random.Random
    ) -> Example:
        other, row = rng.choice(question["elsewhere"])
        found = self._items[other]
        rows = _rows(row, len(found["text"]), rng)
        window = _window(found, told, rows, titled=rng.random() < _TITLED)
        return Example(item["id"], "elsewhere", question[asked], window, None)


def every_direction(item: Item) -> Iterator[Example]:
    """Yield each question of an item in both languages beside its whole text in both."""
    for asked in LANGUAGES:
        for told in LANGUAGES:
            window = _window(item, told, range(len(item["text"])), titled=True)
            for question in item["answered"]:
                answer = _place(question, told, window, question["sentence"])
                yield Example(item["id"], f"{asked}>{told}", question[asked], window, answer)
            for question in item["missed"]:
                yield Example(item["id"], f"{asked}>{told}", question[asked], window, None)


def _languages(rng: random.Random) -> tuple[str, str]:
    asked = rng.choice(LANGUAGES)
    return asked, asked if rng.random() < _SAME_LANGUAGE else LANGUAGES[asked == "ar"]


def _rows(at: int, count: int, rng: random.Random) -> Sequence[int]:
    """Return the sentences to read for sentence ``at``: often as an answer is looked for, else any run.

    An answer is looked for in a sentence between its neighbours, under the lead.
    """
    if rng.random() < _WHOLE:
        return range(count)
    if rng.random() < _AS_READ:
        middle = min(count - 1, max(0, at + rng.choice((-1, 0, 0, 0, 1))))
        return sorted({0, *range(max(0, middle - 1), min(count, middle + 2))})
    start = rng.randint(max(0, at - _MOST_SENTENCES + 1), at)
    stop = rng.randint(at + 1, max(at + 1, min(count, start + _MOST_SENTENCES)))
    return range(start, stop)


def _window(item: Item, lang: str, rows: Sequence[int], *, titled: bool) -> Window:
    sentences = tuple(item["text"][row][lang] for row in rows)
    return Window(item["title"][lang] if titled else "", sentences)


def _place(question: dict[str, Any], lang: str, window: Window, at: int) -> tuple[int, int, int]:
    answer = question["answer"][lang]
    start = window.sentences[at].index(answer)
    return at, start, start + len(answer)


def _with_other_name(
    question: str, lang: str, item: Item, names: dict[str, list[dict[str, str]]], rng: random.Random
) -> str | None:
    """Return the question with a name of the item replaced by one of another item, of the same kind."""
    found = []
    for name in item["names"]:
        if name[lang] in question:
            found.append((name[lang], name))
            continue
        for word in name[lang].split():
            if len(word) > 3 and re.search(
                rf"(?<!\w)(?:[وبلفك]|بال|ال|لل)?{re.escape(word)}(?!\w)", question
            ):
                found.append((word, name))
                break
    if not found:
        return None
    old, name = rng.choice(found)
    text = " ".join(sentence[lang] for sentence in item["text"])
    others = [one[lang] for one in names[name["kind"]] if one[lang] not in text]
    if not others:
        return None
    new = rng.choice(others)
    return question.replace(old, new if old == name[lang] else new.split()[-1])


def _with_other_number(question: str, rng: random.Random) -> str | None:
    numbers = list(re.finditer(r"\d+", question))
    if not numbers:
        return None
    found = rng.choice(numbers)
    old = int(found.group())
    if 1900 <= old <= 2100:
        new = old + rng.choice((-7, -4, -3, -2, -1, 1, 2, 3, 5))
    elif old < 32:
        new = max(1, old + rng.choice((-3, -2, -1, 1, 2, 3, 4)))
    else:
        new = int(old * rng.choice((0.5, 0.7, 0.8, 1.2, 1.5, 2)))
    return None if new == old else question[: found.start()] + str(new) + question[found.end() :]
