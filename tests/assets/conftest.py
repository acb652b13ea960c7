"""A home of its own for each test, and articles to bring in."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from assets.home import Home
from assets.runs import run_paths

ARTICLE = """Minister opens bridge {number} over the Tamar

By Ana Ruiz
{day} September 2023

PORTO (AP) - The minister opened the bridge on Monday, {number} years after the first stone was laid.

“It will bring the two towns together at last,” Maria Lopes said at the ceremony.

The bridge is {number} metres long and cost 40 million euros, the ministry said.
"""


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where homes that a run has brought articles into are kept, for the tests that begin with such a home."""
    return tmp_path_factory.mktemp("ready")


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path: Path, ready: Path) -> Path:
    """The test's own folder; for a test that begins with ``brought_in`` always at one place, since a store knows its paths."""
    if "brought_in" not in request.fixturenames:
        return tmp_path
    place = ready / "place"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    return place


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home folder, which this process and Dagster use for the test."""
    made = Home(tmp_path / "home")
    monkeypatch.setenv("NEWSLEDGER_HOME", str(made.path))
    monkeypatch.setenv("DAGSTER_HOME", str(made.dagster))
    return made


@pytest.fixture
def drop(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a folder of articles: one for each number, on the day of the month that it maps to."""

    def write(days: dict[int, int], name: str = "inbox") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for number, day in days.items():
            (folder / f"article-{number:03d}.txt").write_text(ARTICLE.format(day=day, number=number), "utf-8")
        return folder

    return write


@pytest.fixture
def brought_in(tmp_path: Path, home: Home, drop: Callable[..., Path], ready: Path) -> Callable[..., Path]:
    """A function that writes a drop and has a run bring it in, for tests of what comes after; returns the folder.

    The first test of a process that asks for these articles makes the run; a later one that begins with them gets a copy
    of what it left, files and home.
    """

    def bring(days: dict[int, int], name: str = "inbox") -> Path:
        first = not any(tmp_path.iterdir())
        kept = ready / sha256(repr((name, sorted(days.items()))).encode()).hexdigest()
        if first and kept.exists():
            copied(kept, tmp_path)
        else:
            run_paths(home, [drop(days, name)])
            if first:
                copied(tmp_path, kept)
        return tmp_path / name

    return bring


def copied(source: Path, target: Path) -> None:
    """Copy a folder with its times, and files of two names as such."""
    seen: dict[int, str] = {}

    def copy(one: str, other: str) -> None:
        number = os.stat(one).st_ino
        if number in seen:
            os.link(seen[number], other)
        else:
            shutil.copy2(one, other)
            seen[number] = other

    shutil.copytree(source, target, dirs_exist_ok=True, copy_function=copy)


@pytest.fixture
def records(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a JSON Lines file of records."""

    def write(rows: list[object], name: str = "records.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        return path

    return write
