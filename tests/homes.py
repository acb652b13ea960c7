"""Homes for tests: articles to bring in, a home in use, and copies of one that a run has written."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from assets.home import Home

ARTICLE = """Minister opens bridge {number} over the Tamar

By Ana Ruiz
{day} September 2023

PORTO (AP) - The minister opened the bridge on Monday, {number} years after the first stone was laid.

“It will bring the two towns together at last,” Maria Lopes said at the ceremony.

The bridge is {number} metres long and cost 40 million euros, by the count of the ministry.
"""


def write_drop(folder: Path, days: Mapping[int, int]) -> Path:
    """A folder of articles: one for each number, on the day of the month that it maps to."""
    folder.mkdir(exist_ok=True)
    for number, day in days.items():
        (folder / f"article-{number:03d}.txt").write_text(ARTICLE.format(day=day, number=number), "utf-8")
    return folder


def write_records(path: Path, rows: Sequence[object]) -> Path:
    """A JSON Lines file of records."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


@contextmanager
def in_use(home: Home) -> Iterator[Home]:
    """The home that this process and Dagster use, for a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLEDGER_HOME", str(home.path))
        patch.setenv("DAGSTER_HOME", str(home.dagster))
        yield home


def copy_of(source: Path, target: Path) -> Path:
    """A folder again, with its times, and files of two names as such. (A store knows its paths: put it back where it was.)"""
    names: dict[int, str] = {}

    def copy(one: str, other: str) -> None:
        number = os.stat(one).st_ino
        if number in names:
            os.link(names[number], other)
        else:
            names[number] = other
            shutil.copy2(one, other)

    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(source, target, copy_function=copy))
