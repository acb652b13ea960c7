"""A home of its own for each test, and articles to bring in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assets.home import Home

ARTICLE = """Minister opens bridge {number} over the Tamar

By Ana Ruiz
{day} September 2023

PORTO (AP) - The minister opened the bridge on Monday, {number} years after the first stone was laid.

“It will bring the two towns together at last,” Maria Lopes said at the ceremony.

The bridge is {number} metres long and cost 40 million euros, the ministry said.
"""


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
def records(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a JSON Lines file of records."""

    def write(rows: list[object], name: str = "records.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        return path

    return write
