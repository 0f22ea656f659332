"""``python -m tests.soak [KILLS [SEED]]``: kill, look, and print the counts; the code is 1 on any loss."""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from pathlib import Path

from tests.soak.soaking import Soak, new_seed, soak


def main() -> int:
    """Soak in a temporary folder."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else new_seed()
    begun = time.monotonic()

    def tell(result: Soak) -> None:
        if result.kills % 20 == 0 or not result.survived:
            print(f"[{time.monotonic() - begun:.0f} s] {result.lines()[0]}; {result.lines()[3]}", flush=True)

    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        result = soak(kills, Path(folder), seed, tell)
    print(f"seed {seed}, {time.monotonic() - begun:.0f} s")
    print("\n".join(result.lines()))
    return 0 if result.survived else 1


if __name__ == "__main__":
    sys.exit(main())
