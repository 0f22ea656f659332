"""Small disks of their own, for what happens when one is full."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(directory: Path, size: str) -> Iterator[tuple[Path, bool]]:
    """Yield a folder in ``directory`` and whether it is a disk of ``size``, as this machine may allow.

    ``size`` is as tmpfs takes it, such as ``16m``. Mounting takes root.
    """
    disk = Path(tempfile.mkdtemp(dir=directory))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    try:
        yield disk, mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(disk)], check=True)


@contextmanager
def mounted_disk(directory: Path, size: str) -> Iterator[Path]:
    """Yield a disk of ``size`` of its own; skips the test where none can be mounted."""
    with small_disk(directory, size) as (disk, mounted):
        if not mounted:
            pytest.skip("this machine, or this user, cannot mount a small disk")
        yield disk
