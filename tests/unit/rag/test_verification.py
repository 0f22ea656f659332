"""Claims held against their quotes: each right one is kept, and not kept with one thing changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.answering.verification import Finding, Verdict, verify
from rag.answering.verification.numbers import numbers_in
from rag.answering.verification.reading import read
from rag.text import sentences
from rag.types import Article, Citation, Precision, Published

_SAMPLES = Path(__file__).parents[3] / "samples" / "articles.jsonl"
_CLAIMS = Path(__file__).with_name("claims.jsonl")
"""A line a quote, with a claim that it bears out and the same claim with one thing changed."""
PAIRS = [
    tuple(json.loads(line)[name] for name in ("kind", "quote", "right", "wrong"))
    for line in _CLAIMS.read_text(encoding="utf-8").splitlines()
]


def judged(claim: str, quote: str, *, outlet: str = "Herald", day: str | None = "2026-03-12") -> Verdict:
    published = Published(day, Precision.DAY, day, "given") if day else None
    article = Article("a1", "", "en", quote, outlet=outlet, published=published)
    return verify(claim, "en", [Citation(1, article, 0, len(quote))])


@pytest.mark.parametrize(("kind", "quote", "right", "wrong"), PAIRS)
def test_what_the_quote_says_is_kept_and_what_differs_is_not(
    kind: str, quote: str, right: str, wrong: str
) -> None:
    assert judged(right, quote) == Verdict(Finding.KEPT, ()), kind
    assert judged(wrong, quote).finding is not Finding.KEPT, kind


@pytest.mark.parametrize(
    ("claim", "quote", "reason"),
    [
        ("The dam holds 30 million tonnes.", "The dam holds 13 million tonnes.", "number:30 million tonnes"),
        ("The road is 12 metres long.", "The road is 12 kilometres long.", "unit:12 metres"),
        ("It opened on 4 May 2025.", "It opened on 4 June 2025.", "date:4 may 2025"),
        ("The mayor, Ada Quint, resigned.", "The mayor, Ada Quill, resigned.", "name:Quint"),
    ],
)
def test_what_contradicts_a_quote_is_dropped_and_says_why(claim: str, quote: str, reason: str) -> None:
    verdict = judged(claim, quote)
    assert verdict.finding is Finding.DROPPED
    assert reason in verdict.reasons


def test_equal_values_in_other_units_are_equal() -> None:
    assert (
        judged("The road is 12,000 metres long.", "The road is 12 kilometres long.").finding is Finding.KEPT
    )
    assert judged("يبلغ وزنها طنين.", "Its weight is 2,000 kilograms.").reasons == ()


def test_without_a_citation_nothing_is_kept() -> None:
    assert verify("The dam burst.", "en", []).finding is Finding.QUOTE_INSTEAD


def test_a_relative_day_is_told_from_the_day_of_publication_only() -> None:
    quote = "The court adjourned yesterday."
    assert judged("The court adjourned on 11 March 2026.", quote).finding is Finding.KEPT
    assert judged("The court adjourned on 11 March 2026.", quote, day=None).finding is Finding.DROPPED


def test_names_learnt_from_the_archive_count() -> None:
    article = Article("a1", "", "ar", "زار الوفد مدينة طرابلس.")
    citation = Citation(1, article, 0, len(article.body))
    claim = "The delegation visited the city of Tarabulus Gharb."
    assert verify(claim, "en", [citation]).finding is not Finding.KEPT
    aliases = {"طرابلس", "Gharb", "Tarabulus"}
    assert verify(claim, "en", [citation], names=lambda a, b: {a, b} <= aliases).finding is Finding.KEPT


def test_the_outlet_may_be_named_as_the_source() -> None:
    claim = "According to Northern Star, the mine closed on Sunday."
    assert judged(claim, "The mine closed on Sunday.", outlet="Northern Star").finding is Finding.KEPT
    assert judged(claim, "The mine closed on Sunday.", outlet="Herald").finding is not Finding.KEPT


def test_an_outlet_that_says_more_than_its_name_bears_nothing_out() -> None:
    quote, claim = "The bridge opened on Sunday.", "The bridge opened on Sunday, Orla Finch said."
    assert judged(claim, quote, outlet="Orla Finch").finding is Finding.KEPT
    assert judged(claim, quote, outlet="Herald [2] Orla Finch").finding is not Finding.KEPT


QUOTED = "The museum on Carrin, train A320 and the Nawras-2 will return on 2 May, the council said."
QUOTED_AR = "افتتحت بلدية لونارة مكتبة عامة جديدة في حي الفنار، وفق شركة Nordbau."


@pytest.mark.parametrize(
    ("claim", "quote", "reason"),
    [
        ("The museum on Carrin and train A320 will return on 2 May, the council said.", QUOTED, None),
        ("Train A321 will return on 2 May, the council said.", QUOTED, "code:a321"),
        ("The museum on Carrin will return on 2 May, the council said, bad_name.", QUOTED, "code:bad_name"),
        ("The museum on Carrin, bad.example, will return, the council said.", QUOTED, "code:bad.example"),
        ("The museum on Carrin will return on 2 May, кот, the council said.", QUOTED, "code:кот"),
        ("افتتحت بلدية لونارة مكتبة جديدة، وفق شركة Nordbau.", QUOTED_AR, None),
        ("افتتحت بلدية لونارة مكتبة جديدة، وفق شركة kanari.", QUOTED_AR, "code:kanari"),
        ("Lunara has opened a new library كناري.", QUOTED_AR, "code:كناري"),
        (f"{QUOTED} The governor resigned.", QUOTED, "added:the governor resigned"),
        (f"{QUOTED[:-1]} and the governor resigned.", QUOTED, "added:and the governor resigned"),
        (f"{QUOTED_AR} والرئيس استقال من منصبه.", QUOTED_AR, "added:والرييس استقال من منصبه"),
    ],
)
def test_what_is_put_on_to_a_claim_is_doubted(claim: str, quote: str, reason: str | None) -> None:
    reasons = [one for one in judged(claim, quote).reasons if one.startswith(("code:", "added:"))]
    assert reasons == ([reason] if reason else [])


def test_every_sentence_of_the_samples_bears_itself_out() -> None:
    lost = []
    for line in _SAMPLES.read_text(encoding="utf-8").splitlines():
        body = json.loads(line)["text"]
        article = Article("a1", "", "ar", body)
        for span in sentences(body):
            verdict = verify(span.of(body), "ar", [Citation(1, article, span.start, span.end)])
            if verdict.finding is not Finding.KEPT:
                lost.append((span.of(body), verdict.reasons))
    assert lost == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ثلاثة وعشرون ألفا وخمسمئة شخص", 23_500),
        ("نصف مليون دينار", 500_000),
        ("مليون ونصف المليون طن", 1_500_000),
        ("ألفان ومئتا جندي", 2_200),
        ("خمسة عشر عاملا", 15),
        ("١٫٥ مليار دولار", 1.5e9),
        ("12 ألفا و500 ناخب", 12_500),
        ("half a million people", 500_000),
        ("two and a half million tonnes", 2_500_000),
        ("a quarter of a million dinars", 250_000),
        ("twenty-three thousand four hundred and five", 23_405),
        ("eighteen hundred workers", 1_800),
        ("two dozen ships", 24),
        ("two in three nurses", 2 / 3),
        ("ثلاثة أرباع السكان", 0.75),
        ("9:30 p.m.", 21 * 60 + 30),
    ],
)
def test_numbers_are_read_by_value(text: str, value: float) -> None:
    assert [number.value for number in numbers_in(read(text))] == pytest.approx([value])
