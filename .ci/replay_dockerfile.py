"""Check the Dockerfile where there is no Docker: that what it copies exists, and that what it runs works.

    python .ci/replay_dockerfile.py DIRECTORY

Each stage gets a folder below DIRECTORY, absolute paths are mapped into it, and RUN lines are run by the
shell. Lines of the system's package manager and of user accounts are checked for shape only. The command
exits with 1 at the first line that is wrong.
"""
# ruff: noqa: T201 - what a script of CI does is print

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

_MAPPED = ("/opt", "/src", "/srv")
_APT = re.compile(
    r"apt-get update && apt-get install --no-install-recommends --yes [a-z0-9.+\- ]+"
    r" && rm -rf /var/lib/apt/lists/\*"
)
_ACCOUNT = re.compile(r"(useradd --system|install --directory --owner=siyaq) [\w=\-/. ]+")
_KNOWN = {"FROM", "WORKDIR", "RUN", "COPY", "ENV", "USER", "VOLUME", "HEALTHCHECK", "ENTRYPOINT", "CMD"}


class DockerfileError(Exception):
    """A line of the Dockerfile that does not hold."""


@dataclass
class Stage:
    """One FROM: the folder that stands for its root, where it is in it, and as whom."""

    name: str
    root: Path
    workdir: str = "/"
    user: str = "root"
    environment: dict[str, str] = field(default_factory=dict)

    def path(self, inside: str) -> Path:
        """Return where ``inside`` (absolute, or relative to the working directory) is on this machine."""
        return self.root / os.path.join(self.workdir, inside).lstrip("/")  # noqa: PTH118 - a path of the image

    def mapped(self, text: str) -> str:
        """Return ``text`` with the image's folders replaced by the ones that stand for them."""
        for folder in _MAPPED:
            text = re.sub(rf"(?<![\w.])({re.escape(folder)})(?=[/\s\"':]|$)", str(self.root) + r"\1", text)
        return text


def instructions(text: str) -> list[tuple[str, str]]:
    """Return the ``(instruction, rest)`` pairs of a Dockerfile, continued lines joined."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^\s*#.*\n", "", text))
    pairs = [line.split(None, 1) for line in joined.splitlines() if line.strip()]
    return [(word.upper(), rest) for word, rest in pairs]


def copy(stage: Stage, rest: str, stages: dict[str, Stage], context: Path) -> None:
    """Copy what a COPY line names from the context or from another stage."""
    words = shlex.split(rest)
    origin = None
    if words[0].startswith("--from="):
        origin = stages[words.pop(0).removeprefix("--from=")]
    *sources, target = words
    for source in sources:
        found = origin.path(source) if origin else context / source
        if not found.exists():
            raise DockerfileError(f"COPY {source}: not there")
        into = stage.path(target)
        if found.is_dir():
            shutil.copytree(found, into, dirs_exist_ok=True, symlinks=True)
        else:
            into.mkdir(parents=True, exist_ok=True)
            shutil.copy2(found, into)


def run(stage: Stage, line: str) -> None:
    """Run a RUN line in the stage's folder; what would change this machine is checked for shape instead."""
    if line.startswith("apt-get"):
        if not _APT.fullmatch(line):
            raise DockerfileError(f"RUN {line}: not of the one shape that apt-get lines have here")
        return
    if line.startswith(("useradd", "install ")):
        if not _ACCOUNT.fullmatch(line):
            raise DockerfileError(f"RUN {line}: not a line that is known to be safe here")
        return
    where = stage.path(".")
    where.mkdir(parents=True, exist_ok=True)
    command = stage.mapped(line)
    print(f"  in {stage.name}: {command}", flush=True)
    finished = subprocess.run(  # noqa: S603 - our own Dockerfile
        ["/bin/sh", "-ec", command], cwd=where, env=_environment(stage), check=False
    )
    if finished.returncode:
        raise DockerfileError(f"RUN {line}: exited with {finished.returncode}")


def replay(dockerfile: Path, directory: Path) -> Stage:
    """Replay the Dockerfile below ``directory`` and return its last stage."""
    stages: dict[str, Stage] = {}
    stage: Stage | None = None
    for word, rest in instructions(dockerfile.read_text(encoding="utf-8")):
        if word not in _KNOWN:
            raise DockerfileError(f"{word}: an instruction that the replay does not know")
        if word == "FROM":
            _, _, name = rest.partition(" AS ")
            stage = Stage(name or "final", directory / (name or "final"))
            stages[stage.name] = stage
            continue
        if stage is None:
            raise DockerfileError(f"{word} before FROM")
        if word == "COPY":
            copy(stage, rest, stages, dockerfile.parent)
        elif word == "RUN":
            run(stage, rest)
        elif word == "WORKDIR":
            stage.workdir = rest
        elif word == "USER":
            stage.user = rest
        elif word == "ENV":
            stage.environment |= dict(pair.split("=", 1) for pair in shlex.split(rest))
    if stage is None:
        raise DockerfileError("no stage")
    return stage


def check_last(stage: Stage) -> None:
    """Check that the last stage is not run as root, holds no secret and passes its own health check."""
    if stage.user == "root":
        raise DockerfileError("the last stage runs as root")
    for name in stage.environment:
        if re.search(r"TOKEN|KEY|PASSWORD", name):
            raise DockerfileError(f"ENV {name}: a secret has no place in an image")
    # A console script names the interpreter of the stage that built it, so Python itself is asked here.
    siyaq = [str(stage.path("/opt/siyaq/bin/python")), "-m", "bot.cli"]
    for arguments in (["--version"], ["doctor"]):
        finished = subprocess.run(  # noqa: S603 - what was just built
            [*siyaq, *arguments],
            cwd=stage.path("."),
            env=_environment(stage),
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            words = (finished.stderr or finished.stdout).strip()
            raise DockerfileError(f"siyaq {' '.join(arguments)}: {words}")
        print(f"  {finished.stdout.strip().splitlines()[-1]}")


def _environment(stage: Stage) -> dict[str, str]:
    """Return this environment with the stage's, and with this Python where the image has its own."""
    own = {name: stage.mapped(value) for name, value in stage.environment.items() if name != "PATH"}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("SIYAQ_", "VIRTUAL_ENV"))
    }
    return {**ours, **own, "PATH": path}


def main() -> int:
    """Replay the Dockerfile of this repository below the folder named on the command line."""
    root = Path(__file__).resolve().parents[1]
    directory = Path(sys.argv[1]).resolve()
    directory.mkdir(parents=True, exist_ok=True)
    try:
        check_last(replay(root / "Dockerfile", directory))
    except DockerfileError as error:
        print(f"Dockerfile: {error}", file=sys.stderr)
        return 1
    print("Dockerfile: every path is there and every line runs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
