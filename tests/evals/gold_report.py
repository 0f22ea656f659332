"""The figures of the gold questions, printed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from bot.evaluation.asking import Quote
from bot.evaluation.measures import Share, share
from tests.evals.gold_questions import ANSWERABLE, GoldOutcome, bars

KINDS = (*ANSWERABLE, "unanswerable", "near_miss")


def kinds_table(outcomes: Sequence[GoldOutcome], altered: Sequence[Quote]) -> Table:
    """Return a row for each half, kind and language that was asked."""
    table = Table("half", "kind", "question", title="Gold questions on the samples", title_justify="left")
    for heading in ("asked", "right among quotes", "first quote right", "refused", "quotes", "altered"):
        table.add_column(heading, justify="right")
    wrong = set(altered)
    for half in dict.fromkeys(one.half for one in outcomes):
        for kind in KINDS:
            for lang in ("ar", "en"):
                asked = [one for one in outcomes if (one.half, one.kind, one.lang) == (half, kind, lang)]
                if asked:
                    table.add_row(half, kind, lang, *_cells(asked, wrong))
    return table


def _cells(asked: Sequence[GoldOutcome], wrong: set[Quote]) -> list[str]:
    quotes = [quote for one in asked for quote in one.quotes]
    answerable = asked[0].kind in ANSWERABLE
    return [
        str(len(asked)),
        _counted(share(one.found for one in asked)) if answerable else "-",
        _counted(share(one.found_first for one in asked)) if answerable else "-",
        _counted(share(one.refused for one in asked)),
        str(len(quotes)),
        str(sum(quote in wrong for quote in quotes)),
    ]


def bars_table(outcomes: Sequence[GoldOutcome], half: str) -> Table:
    """Return the shares of one half that have floors, with Wilson's intervals."""
    table = Table("share", title=f"All of the {half} half, 95 % Wilson intervals", title_justify="left")
    for heading in ("of", "value", "interval"):
        table.add_column(heading, justify="right")
    for name, one in bars([outcome for outcome in outcomes if outcome.half == half]).items():
        interval = f"{one.interval.low:.3f}-{one.interval.high:.3f}"
        table.add_row(name, f"{one.hits}/{one.total}", f"{one.value:.3f}", interval)
    return table


def missed(outcomes: Sequence[GoldOutcome]) -> str:
    """Return the ids of the questions that went wrong, kind by kind."""
    lines = []
    for kind in KINDS:
        wrong = [
            one.id + ("r" if one.refused else "")
            for one in outcomes
            if one.kind == kind and not (one.found if kind in ANSWERABLE else one.refused)
        ]
        lines.append(f"{kind}: {' '.join(wrong) or 'none'}")
    return "\n".join(lines)


def _counted(one: Share) -> str:
    return f"{one.hits} ({one.value:.2f})"
