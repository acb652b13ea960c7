"""A home of its own for each test, and articles to bring in."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from homes import copy_of, in_use, write_drop, write_records

from assets.home import Home
from assets.runs import run_paths
from pipelines.read import stamps


@pytest.fixture(scope="session", autouse=True)
def migrations_read_once() -> Iterator[None]:
    """Dagster reads the scripts of all its migrations for each file of each instance: .06 s, and seven times for a new home."""
    read, known = ScriptDirectory.from_config, dict[str | None, ScriptDirectory]()

    def once(config: Config) -> ScriptDirectory:
        place = config.get_main_option("script_location")
        if place not in known:
            known[place] = read(config)
        return known[place]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScriptDirectory, "from_config", once)
        yield


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
def home(tmp_path: Path) -> Iterator[Home]:
    """An empty home folder, which this process and Dagster use for the test."""
    with in_use(Home(tmp_path / "home")) as made:
        yield made


@pytest.fixture
def drop(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a folder of articles: one for each number, on the day of the month that it maps to."""
    return lambda days, name="inbox": write_drop(tmp_path / name, days)


def run_settled(home: Home, folders: Sequence[Path]) -> None:
    """A run over files that were written just now, as if it came two seconds later; so long it takes, at least."""
    moment = 0.1
    time.sleep(moment * 1.1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stamps, "SETTLED_NS", int(moment * 1e9))
        run_paths(home, folders)
    newest = max(path.stat().st_ctime for folder in folders for path in folder.rglob("*"))
    time.sleep(max(0.0, newest + stamps.SETTLED_NS / 1e9 + 0.1 - time.time()))


@pytest.fixture
def brought_in(request: pytest.FixtureRequest, tmp_path: Path, home: Home, ready: Path) -> Callable[..., Path]:
    """A function that writes a drop, and others by their names, and has a run bring them in; returns the first's folder.

    For tests of what comes after. The first test of a process that asks for these articles makes the run; a later one
    that begins with them gets a copy of what it left, files and home.
    """

    def bring(days: dict[int, int], name: str = "inbox", **others: dict[int, int]) -> Path:
        drops = {name: days, **others}
        kept = ready / sha256(repr(drops).encode()).hexdigest()
        first = not any(tmp_path.iterdir())
        if first and kept.exists():
            copy_of(kept, tmp_path)
        else:
            folders = [write_drop(tmp_path / one, of) for one, of in drops.items()]
            if "checkout" in request.fixturenames:
                # Files that changed a moment ago are read again by the next run; these tests want that nothing is.
                run_settled(home, folders)
            else:
                run_paths(home, folders)
            if first:
                copy_of(tmp_path, kept)
        return tmp_path / name

    return bring


@pytest.fixture
def records(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a JSON Lines file of records."""
    return lambda rows, name="records.jsonl": write_records(tmp_path / name, rows)
