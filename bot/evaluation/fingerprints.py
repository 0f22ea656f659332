"""What figures belong to: fingerprints of files and of what an archive holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from rag.types import Article

__all__ = ["archive_fingerprint", "fingerprint"]


def fingerprint(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of the names and bytes of files and of the files of folders."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]:
            data = file.read_bytes()
            digest.update(f"{file.name}\n{len(data)}\n".encode())
            digest.update(data)
    return digest.hexdigest()


def archive_fingerprint(articles: Iterable[Article]) -> str:
    """Return the SHA-256 of the ids and contents of articles, in whatever order they came."""
    lines = sorted(f"{article.id} {article.content_hash}\n" for article in articles)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
