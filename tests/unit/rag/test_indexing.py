"""Articles made ready for the archive."""

from __future__ import annotations

import numpy as np

from rag.indexing import embed_articles
from rag.text import search_terms
from tests.unit.rag.news import WordsEmbedding, article


def test_every_chunk_and_sentence_has_its_vector() -> None:
    bodies = ["One ship came. Two left.", "", "غرقت عبّارة. وأغلق الميناء.\nثم فتح.", "A.", "B c.", "D e f."]
    articles = [article(body, article_id=str(at)) for at, body in enumerate(bodies)]
    done = list(embed_articles(articles, WordsEmbedding()))
    assert [one.article.id for one in done] == list("012345")
    for one in done:
        assert len(one.chunk_vectors) == len(one.chunks) == len(one.terms)
        assert len(one.sentence_vectors) == sum(len(chunk.sentences) for chunk in one.chunks)
        assert one.model == "words"
    assert done[1].chunks == ()


def test_a_chunk_is_embedded_with_its_title_and_a_sentence_alone() -> None:
    model = WordsEmbedding()
    (one,) = embed_articles([article("وصل الرئیس.", title="زيارة إلى کابل")], model)
    titled, alone = model.embed_passages(["زيارة إلى كابل\nوصل الرئيس.", "وصل الرئيس."])
    assert np.allclose(one.chunk_vectors[0], titled)
    assert np.allclose(one.sentence_vectors[0], alone), "Persian letters are repaired before the model reads"
    assert one.terms[0] == search_terms("زيارة إلى كابل وصل الرئيس")
    assert one.chunks[0].text == "وصل الرئیس.", "and stay in the body"


def test_an_article_without_a_title_is_embedded_as_it_is() -> None:
    model = WordsEmbedding()
    (one,) = embed_articles([article("One ship.", title="")], model)
    assert np.allclose(one.chunk_vectors[0], one.sentence_vectors[0])
