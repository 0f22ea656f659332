"""The frame of the project holds together: versions, recipes, documents, what may not stand in the tree."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import rag.errors

_ROOT = Path(__file__).resolve().parents[2]


@cache
def _text(name: str) -> str:
    return (_ROOT / name).read_text(encoding="utf-8")


@cache
def _constraints() -> dict[str, str]:
    lines = [line for line in _text("constraints.txt").splitlines() if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}


def _requirements() -> list[str]:
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["dev"]]


@cache
def _tracked() -> tuple[Path, ...]:
    """What git would hand to a newcomer; skips where the tree is not a clone."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git clone")
    return tuple(_ROOT / name for name in listed.stdout.split("\0") if name and (_ROOT / name).is_file())


@pytest.mark.parametrize("requirement", _requirements())
def test_the_pinned_version_is_one_that_is_asked_for(requirement: str) -> None:
    wanted = Requirement(requirement)
    pinned = _constraints()[canonicalize_name(wanted.name)]
    assert wanted.specifier.contains(pinned, prereleases=True)


def test_constraints_are_exact_and_sorted() -> None:
    lines = [line for line in _text("constraints.txt").splitlines() if not line.startswith("#")]
    assert lines == sorted(lines, key=str.upper)
    assert "siyaq" not in _constraints()


def test_every_error_is_named_and_drawn_in_the_tree() -> None:
    """The tree in the docstring is the tree of the classes, depth for depth."""
    drawn: list[tuple[int, str]] = []
    for line in (rag.errors.__doc__ or "").splitlines():
        found = re.match(r"^ {4}((?:[│ ] {3}|[├└]── )*)([A-Z]\w+Error)\b", line.replace("│   ", "    "))
        if found:
            drawn.append((len(found[1]) // 4, found[2]))
    walked: list[tuple[int, str]] = []

    def walk(error: type[Exception], depth: int) -> None:
        walked.append((depth, error.__name__))
        for child in error.__subclasses__():
            if child.__module__ == "rag.errors":
                walk(child, depth + 1)

    walk(rag.errors.SiyaqError, 0)
    assert drawn == walked
    assert rag.errors.__all__ == sorted(name for _, name in walked)


def test_every_error_carries_its_subject_in_one_line() -> None:
    for name in rag.errors.__all__:
        error_class = getattr(rag.errors, name)
        assert inspect.getdoc(error_class)
        error = error_class("here", "because")
        assert (str(error), error.subject, error.reason) == ("here: because", "here", "because")


@pytest.mark.parametrize("document", ["README.md", "README.ar.md", "CONTRIBUTING.md", ".ci/run"])
def test_every_recipe_that_is_named_exists(document: str) -> None:
    recipes = set(re.findall(r"^([a-z]+):", _text("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`|\$ )make ([a-z]+)", _text(document), re.MULTILINE))
    assert named
    assert named <= recipes


@pytest.mark.parametrize("document", ["README.md", "README.ar.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_that_is_linked_exists(document: str) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", _text(document))
    assert [link for link in links if not (_ROOT / document).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("document", ["README.md", "README.ar.md"])
def test_every_setting_that_is_named_exists(document: str) -> None:
    from bot.settings import setting_names

    named = set(re.findall(r"SIYAQ_[A-Z]+__[A-Z_]+", _text(document)))
    assert named
    assert named <= set(setting_names())


@pytest.mark.parametrize("document", ["README.md", "README.ar.md"])
def test_every_quote_of_the_exchange_stands_in_the_samples(document: str) -> None:
    shown = _text(document).partition("<!-- demo: begin -->")[2].partition("<!-- demo: end -->")[0]
    quotes = re.findall(r"[«“](.{40,})[»”](?:</span>)? \[\d\]", shown)
    assert len(quotes) >= 3
    bodies = [json.loads(line)["text"] for line in _text("samples/articles.jsonl").splitlines()]
    assert [quote for quote in quotes if not any(quote in body for body in bodies)] == []


def test_the_license_is_mit() -> None:
    assert _text("LICENSE").startswith("MIT License")
    assert tomllib.loads(_text("pyproject.toml"))["project"]["license"] == "MIT"


def test_no_package_host_and_no_path_of_a_machine_stands_in_the_tree() -> None:
    # Written apart, so that this file does not find itself.
    hosts = ("py" + "pi.org", "python" + "hosted", "npm" + "js", "deb." + "debian")
    paths = ("/wo" + "rk/", "/fa" + "rm/", "/ro" + "ot/", "/ho" + "me/", "C:\\" + "Users")
    pattern = re.compile("|".join(re.escape(word) for word in (*hosts, *paths)).encode())
    found = [str(path.relative_to(_ROOT)) for path in _tracked() if pattern.search(path.read_bytes())]
    assert found == []


def test_no_secret_stands_in_the_tree() -> None:
    token = re.compile(rb"\b\d{8,10}:[A-Za-z0-9_-]{35}\b|\bsk-[A-Za-z0-9]{20,}")
    assert [
        str(path) for path in _tracked() if path.suffix != ".npz" and token.search(path.read_bytes())
    ] == []
    assert _ROOT / ".env" not in _tracked()
