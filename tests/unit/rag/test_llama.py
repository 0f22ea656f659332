"""Siyaq's search as LlamaIndex sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from llama_index.core.retrievers import BaseRetriever

from bot.newsroom import Newsroom
from rag.errors import UsageError


def test_a_passage_is_a_node_that_stands_word_for_word_in_its_article(newsroom: Newsroom) -> None:
    retriever = newsroom.as_retriever(most=2)
    assert isinstance(retriever, BaseRetriever)
    for question in ("How many people died when the ferry sank?", "كم شخصاً مات في غرق العبارة؟"):
        nodes = retriever.retrieve(question)
        assert 1 <= len(nodes) <= 2
        assert [node.score for node in nodes] == sorted((node.score for node in nodes), reverse=True)
        for node in nodes:
            place = node.metadata
            article = newsroom.archive.article(place["article_id"])
            assert node.text == article.body[place["start"] : place["end"]]
            assert (place["lang"], place["outlet"]) == (article.lang, article.outlet)


def test_nothing_asked_is_refused(newsroom: Newsroom) -> None:
    with pytest.raises(UsageError):
        newsroom.as_retriever().retrieve("؟؟")


def test_the_example_of_the_documentation_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(__file__).parents[3]
    page = (root / "docs" / "llamaindex.md").read_text(encoding="utf-8")
    code = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    assert len(code) == 1
    (tmp_path / "samples").symlink_to(root / "samples")
    monkeypatch.chdir(tmp_path)
    exec(compile(code[0], "docs/llamaindex.md", "exec"), {})  # noqa: S102  our own page
    assert len(capsys.readouterr().out.splitlines()) == 3
