"""How well claims are told from claims that differ from their quote in one thing.

Each pair of ``pairs/*.jsonl`` holds a quote, a claim that it supports (to be kept) and the same claim with
one thing changed (to be dropped, or replaced by its quote).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from rag.answering.verification import Finding, Verdict, verify
from rag.types import Article, Citation, Precision, Published
from tests.evals.measures import Share, share

PAIRS = Path(__file__).parent / "pairs"
KINDS = ("negation", "role", "number", "unit", "date", "modality", "quantifier", "attribution", "name")


@dataclass(frozen=True, slots=True)
class Pair:
    """One quote with a right and a wrong claim."""

    id: str
    kind: str
    claim_lang: str
    quote_lang: str
    quote: str
    outlet: str | None
    published: str | None
    right: str
    wrong: str

    @property
    def languages(self) -> str:
        """The claim's language and its quote's."""
        return f"{self.claim_lang}>{self.quote_lang}"

    def citation(self) -> Citation:
        """Return the quote as a citation of an article of its own."""
        published = (
            Published(self.published, Precision.DAY, self.published, "given") if self.published else None
        )
        article = Article(self.id, "", self.quote_lang, self.quote, outlet=self.outlet, published=published)
        return Citation(1, article, 0, len(self.quote))


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with the verdicts on both of its claims."""

    pair: Pair
    right: Verdict
    wrong: Verdict

    @property
    def kept(self) -> bool:
        """Whether the right claim was kept."""
        return self.right.finding is Finding.KEPT

    @property
    def caught(self) -> bool:
        """Whether the wrong claim was dropped or replaced."""
        return self.wrong.finding is not Finding.KEPT


def pair_files(half: str) -> list[Path]:
    """Return the files of a half: the development pairs came in several, each unseen when it came."""
    return sorted(PAIRS.glob("dev*.jsonl")) if half == "dev" else sorted(PAIRS.glob(f"{half}.jsonl"))


def read_pairs(*paths: Path) -> list[Pair]:
    """Read the pairs of files of JSON lines."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in lines if line.strip()]
    return [Pair(**{name: row.get(name) for name in Pair.__slots__}) for row in rows]


def judge(pairs: Iterable[Pair]) -> tuple[list[Judged], float]:
    """Verify both claims of each pair; return the verdicts and the mean milliseconds of one."""
    judged, started = [], time.perf_counter()
    for pair in pairs:
        citation = pair.citation()
        right, wrong = (verify(text, pair.claim_lang, [citation]) for text in (pair.right, pair.wrong))
        judged.append(Judged(pair, right, wrong))
    return judged, 1000 * (time.perf_counter() - started) / max(1, 2 * len(judged))


def shares(judged: Sequence[Judged]) -> dict[str, Share]:
    """Return the shares that have bars."""
    return {
        "wrong claims dropped or replaced": share(one.caught for one in judged),
        "right claims kept": share(one.kept for one in judged),
    }


def groups(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """Return the pairs by kind, by languages, and all of them."""
    found = {kind: [one for one in judged if one.pair.kind == kind] for kind in KINDS}
    for languages in ("ar>ar", "en>en", "ar>en", "en>ar"):
        found[languages] = [one for one in judged if one.pair.languages == languages]
    return {name: of for name, of in found.items() if of} | {"all": list(judged)}


def table(judged: Sequence[Judged]) -> Table:
    """Return a row for each group, with Wilson's 95 % intervals."""
    shown = Table("pairs", title="Claims and quotes, 95 % Wilson intervals", title_justify="left")
    for heading in ("of", "wrong dropped or replaced", "interval", "right kept", "interval"):
        shown.add_column(heading, justify="right")
    for name, of in groups(judged).items():
        cells = [
            cell
            for one in shares(of).values()
            for cell in (
                f"{one.hits} ({one.value:.3f})",
                f"{one.interval.low:.3f}-{one.interval.high:.3f}",
            )
        ]
        shown.add_row(name, str(len(of)), *cells)
    return shown


def went_wrong(judged: Sequence[Judged]) -> str:
    """Return the ids of the claims judged wrongly, with why right ones were not kept."""
    kept = " ".join(f"{one.pair.id}({one.pair.kind})" for one in judged if not one.caught)
    lost = "; ".join(f"{one.pair.id}({', '.join(one.right.reasons)})" for one in judged if not one.kept)
    return f"Wrong claims kept: {kept or 'none'}\nRight claims not kept: {lost or 'none'}"


def as_json(judged: Sequence[Judged], milliseconds: float) -> dict[str, Any]:
    """Return every share with its interval, for machines."""
    return {
        "milliseconds": round(milliseconds, 2),
        "groups": {
            name: {
                title: {
                    "hits": one.hits,
                    "of": one.total,
                    "low": round(one.interval.low, 4),
                    "high": round(one.interval.high, 4),
                }
                for title, one in shares(of).items()
            }
            for name, of in groups(judged).items()
        },
    }
