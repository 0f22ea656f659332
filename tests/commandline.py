"""The command ``siyaq``, run as its users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[1]


class Siyaq:
    """The command, run as its users run it: in a process of its own, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive = folder / "archive"

    def __call__(
        self, *arguments: str, typed: str | None = None, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SIYAQ_")}
        own = {
            "SIYAQ_ARCHIVE__DIR": str(self.archive),
            "OMP_NUM_THREADS": "2",
            "LC_ALL": "C",
            "NO_COLOR": "1",
        }
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            cwd=self.folder,
            env={**kept, **own, **settings, "PYTHONPATH": str(_ROOT)},
            capture_output=True,
            input=typed,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def ingest(self, *paths: Path) -> tuple[int, dict[str, Any]]:
        """Ingest, and return the code and the report."""
        finished = self("ingest", "--json", *map(str, paths))
        assert "Traceback" not in finished.stderr
        report: dict[str, Any] = json.loads(finished.stdout)
        return finished.returncode, report

    def held(self) -> set[str]:
        """Return the ids of the articles that the archive holds."""
        finished = self("articles", "--json")
        assert finished.returncode == 0, finished.stderr
        return {article["id"] for article in json.loads(finished.stdout)}

    def checks_out(self) -> None:
        """Assert that nothing is wrong with the archive."""
        finished = self("doctor", "--json")
        assert json.loads(finished.stdout)["problems"] == []
        assert finished.returncode == 0
