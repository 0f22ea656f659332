"""A report as pictures: refusals over the threshold, calibration, and recall by languages.

matplotlib 3.11 and newer shapes and orders Arabic by itself; its own DejaVu Sans has the letters.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from bot.evaluation.plot_words import WORDS
from rag.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bot.evaluation.figures import Report

__all__ = ["draw", "require_matplotlib"]

_SIZE = (7.2, 4.6)
_DOTS = 120
_LOWEST = -0.09
# Okabe and Ito's colours, which are told apart whatever colours one sees.
_BLUE, _ORANGE, _GREEN, _GREY = "#0072B2", "#D55E00", "#009E73", "#777777"
_RECALLS = (("R@1", _BLUE), ("R@5", _ORANGE), ("R@10", _GREEN))


def require_matplotlib() -> None:
    """Raise `rag.errors.UsageError`, which says how to get it, where matplotlib is not installed."""
    if importlib.util.find_spec("matplotlib") is None:
        raise UsageError("--plots", "needs matplotlib: install siyaq[plots]")


def draw(report: Report, folder: Path, lang: str, kind: str) -> list[Path]:
    """Write the plots into ``folder`` as ``kind`` (png, svg), labelled in ``lang``; return the files."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    folder.mkdir(parents=True, exist_ok=True)
    words = WORDS[lang]
    files = []
    # A salt of its own, so that the same figures are drawn into the same bytes.
    with mpl.rc_context({"font.family": "DejaVu Sans", "svg.hashsalt": "siyaq"}):
        for name, plot in (("refusal", _refusal), ("calibration", _calibration), ("recall", _recall)):
            figure = Figure(figsize=_SIZE, dpi=_DOTS, layout="constrained")
            FigureCanvasAgg(figure)
            axes = figure.add_subplot()
            plot(axes, report, words)
            axes.set_title(words[name])
            axes.set_ylim(_LOWEST, 1.02)
            axes.grid(alpha=0.3)
            # Below the axes, where it hides no line.
            figure.legend(loc="outside lower center", ncols=2)
            file = folder / f"{name}.{kind}"
            figure.savefig(file, metadata={"Date": None} if kind == "svg" else {"Software": None})
            files.append(file)
    return files


def _refusal(axes: Axes, report: Report, words: dict[str, str]) -> None:
    curve = report.refusal.curve
    at = [point.threshold for point in curve]
    lines = (
        ("refused_with_evidence", _BLUE, "-"),
        ("answered_without_evidence", _ORANGE, "-"),
        ("answered_near_miss", _GREEN, "--"),
    )
    for name, colour, style in lines:
        shares = [getattr(point, name) for point in curve]
        if shares[0] is not None:
            axes.plot(at, shares, color=colour, linestyle=style, label=words[name])
    used = report.refusal.threshold
    axes.axvline(used, color=_GREY, linestyle=":", label=f"{words['in_use']} ({used:.2f})")
    axes.set_xlabel(words["threshold"])
    axes.set_ylabel(words["share"])


def _calibration(axes: Axes, report: Report, words: dict[str, str]) -> None:
    axes.plot([0, 1], [0, 1], color=_GREY, linestyle=":", label=words["ideal"])
    looks: tuple[tuple[str, str], ...] = ((_BLUE, "o"), (_ORANGE, "s"))
    for (name, one), (colour, marker) in zip(report.calibration.items(), looks, strict=True):
        filled = [(each.confidence or 0.0, each.right or 0.0) for each in one.bins if each.count]
        error = "-" if one.error.value is None else f"{one.error.value:.2f}"
        axes.plot(
            [sure for sure, _ in filled],
            [right for _, right in filled],
            color=colour,
            marker=marker,
            label=words[name].format(error=error),
        )
    for each in next(iter(report.calibration.values())).bins:
        if each.count:
            axes.annotate(str(each.count), (each.confidence or 0.0, _LOWEST + 0.01), ha="center", color=_GREY)
    axes.set_xlim(-0.02, 1.02)
    axes.set_xlabel(words["confidence"])
    axes.set_ylabel(words["right"])


def _recall(axes: Axes, report: Report, words: dict[str, str]) -> None:
    width = 0.8 / len(_RECALLS)
    for number, (name, colour) in enumerate(_RECALLS):
        places = [at + (number - 1) * width for at in range(len(report.pairs))]
        figures = [row.figures[name] for row in report.pairs]
        axes.bar(places, [one.value or 0.0 for one in figures], width, color=colour, label=name)
        for place, one in zip(places, figures, strict=True):
            if one.interval:
                axes.plot([place, place], [one.interval.low, one.interval.high], color="black", marker="_")
    labels = []
    for row in report.pairs:
        asked, evidence = (words.get(lang, words["other"]) for lang in (row.lang, row.evidence))
        count = words["questions"].format(count=row.figures["R@1"].count)
        labels.append(f"{words['pair'].format(asked=asked, evidence=evidence)}\n{count}")
    axes.set_xticks(range(len(labels)), labels)
    axes.set_ylabel(words["recall_axis"])
