"""The memory: a catalog in SQL that is the truth, and a full-text and a vector index derived from it."""
