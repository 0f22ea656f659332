"""Everything that Siyaq raises.

::

    SiyaqError
    ├── UsageError            the caller's words or settings are off: exit code 2
    │   └── SettingsError     a setting is unknown or its value is wrong
    ├── RefusedError          one thing brought to the archive cannot be taken; the next one may be
    │   ├── UnreadableError   the bytes are not there, not text or in no known encoding
    │   ├── EmptyError        there is nothing to read in it
    │   └── TooLargeError     it is over a limit
    ├── ArchiveError          the archive cannot do what was asked
    │   ├── DiskFullError     no room left; nothing was written
    │   ├── ModelMismatchError  its vectors are of another embedding model
    │   ├── UnknownArticleError  it holds no such article
    │   ├── CatalogDamagedError  its catalog is not whole: a backup has to be restored
    │   └── IndexUnusableError  the vector index failed; exact search still works
    └── ModelError            an embedding or language model endpoint failed
        ├── ModelUnavailableError  unreachable, 5xx, 429, refused credentials
        ├── ModelTimeoutError      no answer in time
        ├── ModelInvalidError      an answer in the wrong shape
        │   └── ModelRefusedError  the model refused to answer: asking again would not help
        └── BudgetSpentError       what the day's budget allows is spent

Each carries its ``subject`` (path, URL, article id, setting) and, as ``__cause__``, the error underneath.
"""

from __future__ import annotations

__all__ = [
    "ArchiveError",
    "BudgetSpentError",
    "CatalogDamagedError",
    "DiskFullError",
    "EmptyError",
    "IndexUnusableError",
    "ModelError",
    "ModelInvalidError",
    "ModelMismatchError",
    "ModelRefusedError",
    "ModelTimeoutError",
    "ModelUnavailableError",
    "RefusedError",
    "SettingsError",
    "SiyaqError",
    "TooLargeError",
    "UnknownArticleError",
    "UnreadableError",
    "UsageError",
]


class SiyaqError(Exception):
    """The root: ``subject`` is what it is about, ``reason`` one line for a person."""

    def __init__(self, subject: str, reason: str) -> None:
        super().__init__(f"{subject}: {reason}")
        self.subject = subject
        self.reason = reason


class UsageError(SiyaqError):
    """The caller's words are off."""


class SettingsError(UsageError):
    """A setting is unknown or its value is wrong."""


class RefusedError(SiyaqError):
    """One thing brought to the archive cannot be taken."""


class UnreadableError(RefusedError):
    """The bytes are not there, not text, or in no known encoding."""


class EmptyError(RefusedError):
    """There is nothing to read in it."""


class TooLargeError(RefusedError):
    """It is over a limit."""


class ArchiveError(SiyaqError):
    """The archive cannot do what was asked."""


class DiskFullError(ArchiveError):
    """No room is left; nothing was written."""


class ModelMismatchError(ArchiveError):
    """The archive's vectors are of another embedding model."""


class UnknownArticleError(ArchiveError):
    """The archive holds no such article."""


class CatalogDamagedError(ArchiveError):
    """The catalog is not whole; what to do about it is to restore a backup."""


class IndexUnusableError(ArchiveError):
    """The vector index failed; the catalog's exact search still works."""


class ModelError(SiyaqError):
    """An embedding or language model endpoint failed."""


class ModelUnavailableError(ModelError):
    """The endpoint is unreachable, overloaded or refuses the credentials; or a model's file is missing."""


class ModelTimeoutError(ModelError):
    """The endpoint did not answer in time."""


class ModelInvalidError(ModelError):
    """The endpoint answered in the wrong shape; or a model's file is not one."""


class ModelRefusedError(ModelInvalidError):
    """The model refused to answer: asking again, or for another shape, would not help."""


class BudgetSpentError(ModelError):
    """What the day's budget allows is spent, or cannot be counted."""
