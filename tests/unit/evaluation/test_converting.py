"""Public data sets in small: invented rows in the layout of each, and the real ones where they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.asking import settle
from bot.evaluation.converting import convert
from bot.evaluation.questions import EvalQuestion, read_questions
from ingest.drafts import finish
from ingest.extraction.files import extract, read_file
from rag.errors import RefusedError, UnreadableError, UsageError
from rag.types import Article, Origin, utc_now


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _squad(*paragraphs: tuple[str, str, str]) -> dict[str, Any]:
    """Return a file of one article; each paragraph is its text, a question and its answer."""
    rows = [
        {"context": text, "qas": [{"id": "x", "question": asked, "answers": [{"text": answer}]}]}
        for text, asked, answer in paragraphs
    ]
    return {"version": "1", "data": [{"title": "t", "paragraphs": rows}]}


def _converted(
    name: str, folder: Path, out: Path, **options: bool
) -> tuple[list[EvalQuestion], list[Article]]:
    """Convert, and read back what was written as eval and ingest do."""
    articles_file, questions_file = convert(
        name, folder, out, one_language=options.get("one_language", False)
    )
    articles = []
    for draft in extract(articles_file.name, read_file(articles_file)):
        assert not isinstance(draft, RefusedError)
        articles.append(finish(draft, origin=Origin("file", "x"), now=utc_now()))
    return read_questions(questions_file), articles


@pytest.fixture
def xquad(tmp_path: Path) -> Path:
    """Eight paragraphs in two languages."""
    folder = tmp_path / "xquad"
    folder.mkdir()
    english = [(f"The mill has {at} wheels.", "How many wheels?", f"{at}") for at in range(8)]
    arabic = [(f"للطاحونة {at} عجلات.", "كم عجلة؟", f"{at}") for at in range(8)]
    _write(folder / "xquad.en.json", _squad(*english))
    _write(folder / "xquad.ar.json", _squad(*arabic))
    return folder


def test_xquad_is_held_and_asked_in_both_languages(xquad: Path, tmp_path: Path) -> None:
    questions, articles = _converted("xquad", xquad, tmp_path / "out")
    assert [article.lang for article in articles].count("ar") == 8
    assert len(articles) == len(questions) == 16
    assert all(len(question.article_ids) == 2 for question in questions)
    assert all(one.judged for one in settle(questions, articles).values())


def test_xquad_in_one_language_asks_half_across(xquad: Path, tmp_path: Path) -> None:
    questions, articles = _converted("xquad", xquad, tmp_path / "out", one_language=True)
    assert len(articles) == 8
    assert 0 < [article.lang for article in articles].count("ar") < 8
    settled = settle(questions, articles)
    across = [question for question in questions if settled[question.id].langs != (question.lang,)]
    assert len(across) == 8
    assert all(one.judged for one in settled.values())


def test_arcd_is_all_its_files(tmp_path: Path) -> None:
    for part in ("train", "test"):
        _write(tmp_path / f"arcd-{part}.json", _squad((f"بني الجسر عام {len(part)}.", " - متى بني؟ ", "عام")))
    questions, articles = _converted("arcd", tmp_path, tmp_path / "out")
    assert [article.id for article in articles] == ["arcd-test-0-0", "arcd-train-0-0"]
    assert [question.article_ids for question in questions] == [("arcd-test-0-0",), ("arcd-train-0-0",)]


_CORPUS = [
    {
        "title": f"Story {at}",
        "author": None,
        "source": "Valley Gazette",
        "published_at": f"2023-11-0{at}T10:00:00+00:00",
        "category": "business",
        "url": f"https://valley.example/{at}",
        "body": f"The mill {at} closed.\n\nThe owner of mill {at} blamed the drought.",
    }
    for at in (1, 2, 3)
]


def _evidence(at: int, fact: str, **fields: str) -> dict[str, str]:
    return {"title": f"Story {at}", "url": f"https://valley.example/{at}", "fact": fact} | fields


def _multihop(folder: Path, *queries: dict[str, Any]) -> Path:
    _write(folder / "corpus.json", _CORPUS)
    _write(folder / "MultiHopRAG.json", queries)
    return folder


def test_multihop_names_every_article_and_answers_by_its_facts(tmp_path: Path) -> None:
    folder = _multihop(
        tmp_path,
        {
            "query": "Did both owners blame the drought?",
            "answer": "Yes",
            "question_type": "comparison_query",
            "evidence_list": [
                _evidence(1, "The mill 1 closed. The owner of mill 1 blamed the drought."),
                _evidence(3, "The owner of mill 3 blamed the drought.", url=""),
            ],
        },
        {
            "query": "Who bought the mill?",
            "answer": "Insufficient information.",
            "question_type": "null_query",
            "evidence_list": [],
        },
    )
    questions, articles = _converted("multihop-rag", folder, tmp_path / "out")
    both, nothing = questions
    assert both.article_ids == ("multihop-0001", "multihop-0003")
    assert both.answers == (
        "The mill 1 closed.",
        "The owner of mill 1 blamed the drought.",
        "The owner of mill 3 blamed the drought.",
    )
    assert (both.kind, both.answerable, both.asked_at.date().isoformat()) == (
        "comparison_query",
        True,
        "2023-11-04",
    )
    assert (nothing.kind, nothing.answerable, nothing.article_ids) == ("null_query", False, ())
    assert [article.published.date[:10] for article in articles if article.published] == [
        "2023-11-01",
        "2023-11-02",
        "2023-11-03",
    ]
    assert settle(questions, articles)[both.id].judged


def test_evidence_that_the_corpus_lacks_is_named(tmp_path: Path) -> None:
    asked = {"query": "Who?", "answer": "x", "question_type": "inference_query"}
    folder = _multihop(tmp_path, asked | {"evidence_list": [_evidence(9, "x")]})
    with pytest.raises(UnreadableError, match=r"MultiHopRAG.json: 1: the corpus has no article 'https://val"):
        convert("multihop-rag", folder, tmp_path / "out", one_language=False)
    assert not (tmp_path / "out").exists()


def test_a_data_set_of_another_shape_is_refused_by_its_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"holds no arcd\*\.json"):
        convert("arcd", tmp_path, tmp_path / "out", one_language=False)
    _write(tmp_path / "arcd.json", {"data": [{"paragraphs": [{"context": "x"}]}]})
    with pytest.raises(UnreadableError, match=r"arcd\.json: data\.0\.paragraphs\.0\.qas: Field required"):
        convert("arcd", tmp_path, tmp_path / "out", one_language=False)
    with pytest.raises(UnreadableError, match=r"holds 0 files xquad\.ar\*\.json, and needs one"):
        convert("xquad", tmp_path, tmp_path / "out", one_language=False)


def test_xquad_of_two_sizes_is_refused(xquad: Path, tmp_path: Path) -> None:
    _write(xquad / "xquad.ar.json", _squad(("للطاحونة عجلة.", "كم عجلة؟", "عجلة")))
    with pytest.raises(UnreadableError, match="are not parallel"):
        convert("xquad", xquad, tmp_path / "out", one_language=False)


def test_nothing_is_written_over(xquad: Path, tmp_path: Path) -> None:
    convert("xquad", xquad, tmp_path / "out", one_language=False)
    with pytest.raises(UsageError, match="is there already"):
        convert("xquad", xquad, tmp_path / "out", one_language=False)
    with pytest.raises(UsageError, match="--one-language: is for xquad"):
        convert("arcd", xquad, tmp_path / "other", one_language=True)


@pytest.mark.parametrize(("name", "least"), [("xquad", 1000), ("arcd", 600)])
def test_the_real_sets_are_taken_whole(shared: Path, tmp_path: Path, name: str, least: int) -> None:
    folder = shared / "data" / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    questions, articles = _converted(name, folder, tmp_path / "out")
    settled = settle(questions, articles)
    assert len(questions) > least
    not_judged = [one for one in questions if not settled[one.id].judged]
    assert len(not_judged) <= 0.01 * len(questions), "white space is folded in both"
