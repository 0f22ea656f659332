"""What holds for every test: a clean environment, no network but this machine, the shared data by name."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from pytest_socket import SocketBlockedError, is_ipaddress

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


@pytest.fixture(autouse=True)
def _no_names_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to ask a name server: pytest-socket watches connections, and a look-up comes before one."""
    look_up = socket.getaddrinfo

    def only_here(host: bytes | str | None, *rest: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and name != "localhost" and not is_ipaddress(name):
            raise SocketBlockedError(f"A test tried to use socket.getaddrinfo for {name!r}.")
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", only_here)


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
