"""Vectors and spans as the bytes that the catalog holds (little-endian)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.types import Span, Vector


def pack_vector(vector: Vector) -> bytes:
    """Return ``vector`` as float32 bytes."""
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def unpack_vectors(blobs: Sequence[bytes], dimension: int) -> Vector:
    """Return the vectors of ``blobs`` as one array of shape ``(len(blobs), dimension)``."""
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(-1, dimension).astype(np.float32, copy=False)


def pack_sentence_vectors(vectors: Vector) -> bytes:
    """Return ``vectors``, shape ``(n, d)``, as int8 rows, each scaled to its own largest value.

    The scale itself is not kept: the rows are read back at unit length, which it does not change.
    """
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    scaled = vectors / np.where(largest > 0, largest, 1.0) * 127.0
    return np.rint(scaled).astype(np.int8).tobytes()


def unpack_sentence_vectors(blob: bytes, dimension: int) -> Vector:
    """Return what `pack_sentence_vectors` packed as float32 rows of unit length, within .01 in cosine."""
    rows = np.frombuffer(blob, dtype=np.int8).reshape(-1, dimension).astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Return ``spans`` as pairs of unsigned 32-bit numbers."""
    return np.array([(span.start, span.end) for span in spans], dtype="<u4").tobytes()


def unpack_spans(blob: bytes) -> tuple[Span, ...]:
    """Return what `pack_spans` packed."""
    pairs = np.frombuffer(blob, dtype="<u4").reshape(-1, 2).tolist()
    return tuple(Span(start, end) for start, end in pairs)
