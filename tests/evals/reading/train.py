"""Train the reader: ``python -m tests.evals.reading.train`` writes its weights into the package.

Needs PyTorch (``pip install torch``), which nothing else does. Two cores take ten examples a second, of some
50,000 an epoch; ``--minutes`` ends sooner. Some items are held back (`is_held_back`); how the reader does on
those is printed in the end.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from rag.reading.e5 import E5File, open_e5
from rag.reading.reader import QUESTION, WEIGHTS, lay_out
from tests.evals.reading.examples import (
    Drawer,
    Example,
    Item,
    every_direction,
    is_held_back,
    read_items,
    read_subjects,
    subject_of,
)
from tests.evals.reading.network import Network

_BATCH = 32
_WARM_UP = 0.06  # of the whole run
_SLOWEST = 0.02
_LIKE_LENGTHS = 16  # batches sorted by length together
_ENDS = 0.5
_REPORTED = 120  # of the items held back: each takes fifty readings
_HALF = torch.cpu.get_capabilities().get("avx512_bf16", False)
"""Whether the processor multiplies in 16 bits; where it does not, they are slower than 32."""


def _tensors(file: E5File, examples: Sequence[Example]) -> dict[str, Any]:
    laid = [lay_out(file, one.question, one.window) for one in examples]
    length = max(len(one.ids) for one in laid)
    shape = (len(laid), length)
    ids, parts = torch.full(shape, 1), torch.full(shape, QUESTION)
    mask, sentences = torch.zeros(shape, dtype=torch.bool), torch.full(shape, -1)
    start, end = torch.full((len(laid),), -1), torch.full((len(laid),), -1)
    for row, (one, example) in enumerate(zip(laid, examples, strict=True)):
        size = len(one.ids)
        ids[row, :size], parts[row, :size] = torch.tensor(one.ids), torch.tensor(one.parts)
        mask[row, :size], sentences[row, :size] = True, torch.tensor(one.sentences)
        if example.answer:
            start[row], end[row] = _ends_of(file, one.sentences, example)
    return {"ids": ids, "parts": parts, "mask": mask, "sentences": sentences, "start": start, "end": end}


def _embed(file: E5File, network: Network, texts: Sequence[str]) -> Any:
    """Return the vectors of ``texts``, those of like length embedded together: little is filled up so."""
    laid = [[file.pieces.begin, *file.split(f"passage: {text}")[0], file.pieces.end] for text in texts]
    order = sorted(range(len(laid)), key=lambda at: len(laid[at]))
    vectors = np.zeros((len(laid), file.width), dtype=np.float32)
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        length = len(laid[batch[-1]])
        ids = torch.tensor([[*laid[at], *[1] * (length - len(laid[at]))] for at in batch])
        mask = torch.tensor([[place < len(laid[at]) for place in range(length)] for at in batch])
        with torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
            vectors[batch] = network.embed(ids, mask).float().numpy()
    return vectors


def _ends_of(file: E5File, sentences: Sequence[int], example: Example) -> tuple[int, int]:
    """Return the first and last token of the answer, or -1 where it was cut off."""
    assert example.answer
    at, start, end = example.answer
    if at not in sentences:
        return -1, -1
    begins = file.split(example.window.sentences[at])[1]
    first = sentences.index(at)
    inside = [
        i for i, (a, b) in enumerate(zip(begins, [*begins[1:], end], strict=True)) if b > start and a < end
    ]
    there = [first + i for i in inside if first + i < len(sentences) - 1]
    return (there[0], there[-1]) if there else (-1, -1)


def _loss(network: Network, tensors: dict[str, Any], answered: Any) -> Any:
    with torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
        answers, ends = network(tensors["ids"], tensors["parts"], tensors["mask"])
    loss = functional.binary_cross_entropy_with_logits(answers.float(), answered)
    there = tensors["start"] >= 0
    if there.any():
        ends = ends.float()[there]
        starting = functional.cross_entropy(ends[..., 0], tensors["start"][there])
        ending = functional.cross_entropy(ends[..., 1], tensors["end"][there])
        loss = loss + _ENDS * (starting + ending) * there.float().mean()
    return loss


def train(
    file: E5File, items: Sequence[Any], held_back: Sequence[Any], settings: argparse.Namespace
) -> Network:
    """Train on ``items`` and print how it does on ``held_back`` in the end."""
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    untrained = Network(file, file.layers).eval()
    drawer = Drawer(
        items,
        lambda texts: _embed(file, untrained, texts),
        lambda item: _times(item, settings),
    )
    network = Network(file, settings.first)
    if settings.start:
        network.load(settings.start)
    trained = [p for p in network.parameters() if p.requires_grad]
    heads = [*network.answers.parameters(), *network.ends.parameters(), network.parts]
    lower = [p for layer in network.layers[network.first : network.parted] for p in layer.parameters()]
    known = {id(p) for p in (*heads, *lower)}
    body = [p for p in trained if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [
            {"params": body, "rate": settings.rate},
            {"params": heads, "rate": 5 * settings.rate},
            *([{"params": lower, "rate": settings.lower * settings.rate}] if lower else []),
        ],
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )
    steps = settings.epochs * (len(drawer.epoch(random.Random(0))) // _BATCH)
    step, done, started = 0, 0.0, time.monotonic()
    for epoch in range(settings.epochs):
        network.train()
        total, trained_on = 0.0, 0
        batches = _batches(file, drawer.epoch(rng), rng)
        for batch in batches:
            done = max(step / steps, (time.monotonic() - started) / (60 * settings.minutes))
            if done >= 1:
                break
            # Of what will be done, not of what was planned: a run of few minutes would only warm up.
            pace = max(_SLOWEST, min(done / _WARM_UP, 1 - done))
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * pace
            answered = torch.tensor([float(one.answer is not None) for one in batch])
            loss = _loss(network, _tensors(file, batch), answered)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            step, total, trained_on = step + 1, total + float(loss.detach()), trained_on + 1
            if step % 50 == 0:
                print(f"  step {step}/{steps} {time.monotonic() - started:.0f} s", flush=True)
        print(
            f"epoch {epoch + 1}: loss {total / max(1, trained_on):.3f}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
        network.save(settings.out)
        if done >= 1:
            break
    if held_back:
        _report(file, network, held_back)
    return network


def _times(item: Item, settings: argparse.Namespace) -> int:
    """Return how often an item is drawn an epoch."""
    often = settings.subjects if subject_of(item) else 1
    return 2 * often if item["id"].startswith(tuple(settings.twice)) else often


def _length(file: E5File) -> Callable[[Example], int]:
    """Return what counts an example's tokens, to put those of like length into one batch."""
    return lambda one: len(lay_out(file, one.question, one.window).ids)


def _batches(file: E5File, examples: Sequence[Example], rng: random.Random) -> Iterator[list[Example]]:
    size = _BATCH * _LIKE_LENGTHS
    for at in range(0, len(examples), size):
        alike = sorted(examples[at : at + size], key=_length(file))
        batches = [alike[i : i + _BATCH] for i in range(0, len(alike), _BATCH)]
        rng.shuffle(batches)
        yield from batches


@torch.no_grad()
def _report(file: E5File, network: Network, items: Sequence[Any]) -> None:
    network.eval()
    rows = []
    examples = sorted((one for item in items for one in every_direction(item)), key=_length(file))
    for at in range(0, len(examples), _BATCH):
        batch = examples[at : at + _BATCH]
        tensors = _tensors(file, batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
            answers, ends = network(tensors["ids"], tensors["parts"], tensors["mask"])
        shares = ends.float().softmax(1).mean(2)
        for row, example in enumerate(batch):
            told = tensors["sentences"][row]
            by_sentence = [float(shares[row][told == i].sum()) for i in range(len(example.window.sentences))]
            right = bool(example.answer and int(np.argmax(by_sentence)) == example.answer[0])
            rows.append((example.kind, example.answer is not None, float(answers[row]), right))
    for kind in ("", "ar>ar", "en>en", "ar>en", "en>ar"):
        chosen = [row for row in rows if row[0] == kind or not kind]
        yes = np.array([row[2] for row in chosen if row[1]])
        no = np.array([row[2] for row in chosen if not row[1]])
        area = float((yes[:, None] > no[None, :]).mean())
        missed = float((no < np.quantile(yes, 0.1)).mean())
        right = float(np.mean([row[3] for row in chosen if row[1]]))
        print(
            f"  {kind or 'all'}: {len(yes)} answered, {len(no)} near misses; area {area:.3f}, near misses "
            f"told at 10 % lost {missed:.3f}; right sentence {right:.3f}",
            flush=True,
        )


def main() -> None:
    """Train on nine items in ten and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument(
        "--minutes", type=float, default=600, help="the longest it may take; the rate falls towards the end"
    )
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--first", type=int, default=6, help="the first layer that is trained")
    parser.add_argument(
        "--lower", type=float, default=0.5, help="the rate of layers below the parts, as a share of --rate"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--items", type=float, default=1.0, help="the share of the news items trained on")
    parser.add_argument(
        "--subjects", type=int, default=1, help="how often the items of subjects are drawn an epoch"
    )
    parser.add_argument(
        "--twice",
        nargs="*",
        default=[],
        metavar="ID",
        help="items drawn whatever --items says, and twice, by how their ids begin",
    )
    parser.add_argument("--start", type=Path, help="weights to train on from")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    settings = parser.parse_args()
    # As a sample that can be drawn again, so that a short run sees something of each file.
    news, rng = read_items(), random.Random(settings.seed)
    drawn = rng.sample(news, round(settings.items * len(news)))
    known = {item["id"] for item in drawn}
    twice = tuple(settings.twice)
    drawn += [item for item in news if item["id"].startswith(twice) and item["id"] not in known]
    chosen = [*drawn, *(read_subjects() if settings.subjects else [])]
    held_back = [item for item in chosen if is_held_back(item)]
    train(
        open_e5(texts_kept=1 << 17),
        [item for item in chosen if not is_held_back(item)],
        rng.sample(held_back, min(_REPORTED, len(held_back))),
        settings,
    )


if __name__ == "__main__":
    main()
