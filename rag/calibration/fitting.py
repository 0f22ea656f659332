"""Fit a `Calibration` from the parallel corpus that ships with Siyaq.

The corpus (``corpus.jsonl``) was written for this: short news texts with the same content in Arabic and in
English, so that the difference of the two means is the languages' and not the subjects'.
``python -m rag.calibration.fitting`` writes the shipped file anew.
"""

from __future__ import annotations

import calendar
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rag.calibration import KINDS, Calibration
from rag.calibration import unit as _unit
from rag.embedding import BUILT_IN, SiyaqEmbedding, open_embedding
from rag.logistic import fit_logistic
from rag.names import same_name
from rag.text import clean_body, clean_line, repair, search_terms, sentences, words
from rag.types import Vector

_CALENDAR = frozenset((*calendar.month_name, *calendar.day_name))
# Below this two spellings are two names for certain (`rag.names.same_name`).
_DOUBTFUL = 0.65
CORPUS = Path(__file__).parent / "corpus.jsonl"


@dataclass(frozen=True, slots=True)
class Item:
    """One text of the corpus in one language, with its question and a question it does not answer."""

    id: str
    lang: str
    kind: str
    title: str
    body: str
    question: str
    answer: str
    near_miss: str


def read_corpus(path: Path = CORPUS) -> Iterator[Item]:
    """Yield the corpus, the Arabic and the English of an item one after the other."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            for lang in ("ar", "en"):
                text = row[lang]
                yield Item(
                    row["id"],
                    lang,
                    row["kind"],
                    clean_line(text["title"]),
                    clean_body(text["body"]),
                    text["question"],
                    text["answer"],
                    text["near_miss"],
                )


def fit(embedder: SiyaqEmbedding, items: list[Item] | None = None) -> Calibration:
    """Embed the corpus (about a thousand short texts a language) and return the model's calibration."""
    items = list(read_corpus()) if items is None else items
    means: dict[tuple[str, str], Vector] = {}
    passages: dict[str, Vector] = {}
    sentence_rows: dict[str, Vector] = {}
    owners: dict[str, Any] = {}
    for lang in ("ar", "en"):
        of_lang = [item for item in items if item.lang == lang]
        spans = [(at, span.of(item.body)) for at, item in enumerate(of_lang) for span in sentences(item.body)]
        raw = {
            "passage": embedder.embed_passages([repair(f"{i.title}\n{i.body}") for i in of_lang]),
            "sentence": embedder.embed_passages([repair(text) for _, text in spans]),
            "question": embedder.embed_questions(
                [repair(text) for i in of_lang for text in (i.question, i.near_miss)]
            ),
            "word": embedder.embed_passages(
                sorted({repair(w.written).lower() for i in of_lang for w in words(i.body)})
            ),
        }
        for kind in KINDS:
            means[kind, lang] = np.asarray(raw[kind].mean(axis=0), dtype=np.float32)
        passages[lang] = _unit(raw["passage"] - means["passage", lang])
        sentence_rows[lang] = _unit(raw["sentence"] - means["sentence", lang])
        owners[lang] = np.array([at for at, _ in spans], dtype=np.int32)
    # A language of which nothing is known stands between the two that are.
    for kind in KINDS:
        means[kind, "other"] = np.asarray((means[kind, "ar"] + means[kind, "en"]) / 2, dtype=np.float32)
    passages["other"], sentence_rows["other"], owners["other"] = (
        passages["en"],
        sentence_rows["en"],
        owners["en"],
    )
    names = {
        lang: _fit_names(embedder, labels, means["word", lang]) for lang, labels in name_labels(items).items()
    }
    return Calibration(embedder.name, means, passages, sentence_rows, owners, names)


def name_labels(items: list[Item]) -> dict[str, dict[str, bool]]:
    """Return which words of the corpus are proper names, by language.

    English writes them with a capital; an Arabic word is one when it spells a name of its English twin, and
    is none when it is like no name of it. What is in between is left out.
    """
    labels: dict[str, dict[str, list[bool]]] = {"ar": defaultdict(list), "en": defaultdict(list)}
    twins = {(item.id, item.lang): item for item in items}
    for item in items:
        if item.lang != "en":
            continue
        inner = [
            word.written.removesuffix("'s").removesuffix("’s")
            for span in sentences(item.body)
            for at, word in enumerate(words(span.of(item.body)))
            if at and not word.term.isdigit()
        ]
        for written in inner:
            if written not in _CALENDAR:
                labels["en"][written].append(written[0].isupper())
        names = {written for written in inner if written[0].isupper() and len(written) > 3} - _CALENDAR
        for word in words(twins[item.id, "ar"].body):
            likeness = max((same_name(word.written, name) for name in names), default=0.0)
            if not word.term.isdigit() and not _DOUBTFUL <= likeness < 1.0:
                labels["ar"][word.written].append(likeness == 1.0)
    return {
        lang: {written: all(votes) for written, votes in of_lang.items() if len(set(votes)) == 1}
        for lang, of_lang in labels.items()
    }


def _fit_names(embedder: SiyaqEmbedding, labels: dict[str, bool], mean: Vector) -> Vector:
    written = sorted(labels)
    vectors = _unit(embedder.embed_passages([repair(word).lower() for word in written]) - mean)
    rows = np.hstack([np.ones((len(written), 1)), vectors])
    truth = np.array([labels[word] for word in written], dtype=np.float64)
    return np.asarray(fit_logistic(rows, truth, penalty=1.0), dtype=np.float32)


def count_frequencies(items: list[Item]) -> dict[str, object]:
    """Count in how many texts and questions of the corpus each term stands; terms seen once are left out."""
    texts = [text for i in items for text in (f"{i.title}\n{i.body}", i.question, i.near_miss)]
    counts = Counter(term for text in texts for term in set(search_terms(text)))
    seen = {term: count for term, count in sorted(counts.items()) if count > 1}
    # Half of the texts are in either language, so a term had half of them to stand in.
    return {"texts": len(texts) // 2, "terms": seen}


def main() -> None:
    """Write the calibrations of the embedded models and the term frequencies beside this file."""
    items = list(read_corpus())
    frequencies = json.dumps(count_frequencies(items), ensure_ascii=False, indent=0)
    (CORPUS.parent / "frequencies.json").write_text(frequencies + "\n", encoding="utf-8")
    for model in BUILT_IN:
        calibration = fit(open_embedding(model), items)
        calibration.save(CORPUS.parent / f"{calibration.model}.npz")


if __name__ == "__main__":
    main()
