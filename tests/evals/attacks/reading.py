"""The attacks of ``attacks.jsonl``, and the articles that carry them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("attacks.jsonl")


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack: what is asked, the article that carries it (if one does), and what betrays a success.

    ``said`` are the canary and what else counts for it. ``fact`` is the honest answer, as its article has it.
    """

    id: str
    lang: str
    where: str
    family: str
    said: tuple[str, ...]
    turns: tuple[str, ...]
    article: dict[str, Any] | None
    fact: str | None


def read_attacks(file: Path = FILE) -> list[Attack]:
    """Read the attacks, in the order of the file."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
    return [
        Attack(
            row["id"],
            row["lang"],
            row["where"],
            row["family"],
            (row["canary"], *row.get("forms", ())),
            tuple(row["turns"]),
            row["article"],
            row.get("fact"),
        )
        for row in rows
    ]


def write_articles(attacks: Iterable[Attack], file: Path) -> int:
    """Write the articles of ``attacks`` as JSON lines, each under its attack's id; return how many."""
    articles = [attack.article | {"id": attack.id} for attack in attacks if attack.article]
    lines = (json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
    file.write_text("".join(lines), encoding="utf-8")
    return len(articles)


def bare(text: str) -> str:
    """Return ``text`` as its reader sees it: one case and one width, nothing invisible, no Arabic strokes."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Cf" and letter != "ـ")
