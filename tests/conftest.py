"""What holds for every test: a clean environment, no network but this machine, the shared data by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.commandline import Siyaq

_ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the operator's own settings away, and keep libraries from calling home."""
    for name in [name for name in os.environ if name.upper().startswith("SIYAQ_")]:
        if name != "SIYAQ_SHARED":
            monkeypatch.delenv(name)
    monkeypatch.setenv("ANONYMIZED_TELEMETRY", "False")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def root() -> Path:
    """The root of the repository."""
    return _ROOT


@pytest.fixture
def in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, so that no ``.env`` and no archive of the repository is met."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def siyaq(tmp_path: Path) -> Siyaq:
    """The command over an empty archive."""
    return Siyaq(tmp_path)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real data, which is not part of the project; skips where there is none."""
    folder = Path(os.environ.get("SIYAQ_SHARED") or _ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        pytest.skip("no shared data here: name its folder in SIYAQ_SHARED")
    return folder
