"""The fast path: a run that would find nothing to do says so without the orchestrator; any doubt leads the ordinary way."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import pytest

from assets import quick
from assets.home import CHECKOUT, Home
from assets.lock import claim_of
from assets.quick import nothing_to_do
from assets.runs import run_paths
from assets.store import writing
from pipelines.read import dump, stamps
from pipelines.read.inputs import Input, Reject

Drop = Callable[..., Path]


def old(folder: Path, seconds: float = 0.1) -> Path:
    """The same files, as if written some minutes ago: what changed a moment ago is always looked into."""
    while time.time() - max(path.stat().st_ctime for path in folder.rglob("*")) < seconds * 1.1:
        time.sleep(seconds / 10)
    return folder


@pytest.fixture
def impatient() -> Iterator[None]:
    """What changed a tenth of a second ago did not change a moment ago."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stamps, "SETTLED_NS", 100_000_000)
        yield


@pytest.fixture
def settled(home: Home, brought_in: Drop, impatient: None) -> Path:
    """A drop that was brought in when its files had been there for a while."""
    folder = old(brought_in({1: 11, 2: 12}))
    run_paths(home, [folder])
    assert nothing_to_do(home, [folder]) is not None
    return folder


def new_file(home: Home, folder: Path) -> None:
    (folder / "late.txt").write_text("The harbour office reopened on 4 May 2022.", "utf-8")


def lost_file(home: Home, folder: Path) -> None:
    (folder / "article-001.txt").unlink()


def rewritten_file(home: Home, folder: Path) -> None:
    path = folder / "article-001.txt"
    path.write_bytes(path.read_bytes())


def lost_drop(home: Home, folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def written_store(home: Home, folder: Path) -> None:
    with writing(home) as con:
        con.execute("INSERT INTO ops.touched_dates VALUES ('2023-09-11')")


def killed_writer(home: Home, folder: Path) -> None:
    home.working.with_name(home.working.name + ".wal").write_bytes(b"what a killed run left")


def dead_writers_claim(home: Home, folder: Path) -> None:
    """Killed after its last write: nothing is left to do but to take its claim away."""
    command = "import os, sys; from pathlib import Path; from assets.home import Home\nwith Home(Path(sys.argv[1])).writer(): os._exit(9)"
    assert subprocess.run([sys.executable, "-c", command, str(home.path)], cwd=CHECKOUT).returncode == 9
    assert claim_of(home.lock).exists()


def lost_published_file(home: Home, folder: Path) -> None:
    home.published.unlink()


def changed_settings(home: Home, folder: Path) -> None:
    (home.path / "settings.toml").write_text("keep = 2\n", "utf-8")


DOUBTS = [
    new_file, lost_file, rewritten_file, lost_drop, written_store, killed_writer, dead_writers_claim, lost_published_file, changed_settings,
]  # fmt: skip


def test_a_run_over_what_has_not_changed_loads_neither_orchestrator_nor_frames(home: Home, settled: Path) -> None:
    old(settled, 2)
    command = f"""
import sys
sys.argv = ["newsledger", "run", {str(settled)!r}, "--home", {str(home.path)!r}]
import newsledger
try:
    newsledger.main()
except SystemExit as ended:
    assert ended.code == 0
print(sorted({{"dagster", "polars", "dataframely"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", command], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert "nothing new, nothing stale: no capture was processed. The store holds 2 captures." in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("doubt", DOUBTS, ids=lambda doubt: doubt.__name__)
def test_any_doubt_leads_the_ordinary_way(home: Home, settled: Path, doubt: Callable[[Home, Path], None]) -> None:
    assert nothing_to_do(home, [settled]) == nothing_to_do(home, None) != None  # noqa: E711
    doubt(home, settled)
    assert nothing_to_do(home, [settled]) is None


def test_a_changed_rule_leads_the_ordinary_way(home: Home, settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "CODE", ("pipelines",))
    assert nothing_to_do(home, [settled]) is None


def test_another_path_another_field_map_and_a_new_entry_of_the_inbox_are_something_to_do(
    home: Home, settled: Path, drop: Drop
) -> None:
    assert nothing_to_do(home, [drop({3: 13}, "another")]) is None
    assert nothing_to_do(home, [settled], {"content": "text"}) is None
    entry = home.path / "inbox" / "september"
    entry.mkdir(parents=True)
    assert nothing_to_do(home, [settled]) is not None, "the inbox is not what was asked for"
    assert nothing_to_do(home, None) is None
    entry.rename(entry.with_name("september.part"))
    assert nothing_to_do(home, None) is not None, "what is still being copied is no drop yet"


@pytest.mark.usefixtures("impatient")
def test_a_field_map_given_later_has_the_records_read(home: Home, records: Callable[..., Path]) -> None:
    path = records([{"content": "The harbour office reopened on 4 May 2022."}])
    run_paths(home, [path])
    old(path.parent)
    run_paths(home, [path])
    report = run_paths(home, [path], {"content": "text"})
    assert report.counts["new_captures"] == 1, "the file looks as it did, and is to be read otherwise"
    assert run_paths(home, [path], {"content": "text"}).read == []


def test_code_that_changed_under_a_run_is_not_taken_for_what_ran(
    home: Home, settled: Path, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick, "CODE", ("pipelines",))  # as if a folder had come or gone since this process began
    run_paths(home, [old(drop({3: 13}, "another"))])
    monkeypatch.undo()
    assert nothing_to_do(home, [settled]) is None


def test_a_drop_that_another_reader_read_is_something_to_do(home: Home, settled: Path, drop: Drop) -> None:
    with writing(home) as con:
        con.execute("UPDATE ops.reads SET code_version = 'of last year'")
    run_paths(home, [old(drop({3: 13}, "another"))])
    assert nothing_to_do(home, [settled]) is None
    assert run_paths(home, None).read != []
    assert nothing_to_do(home, [settled]) is not None


def test_a_reading_error_that_may_pass_is_tried_again(
    home: Home, settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that was away for a moment; the file looks as it did when it is back."""
    (settled / "late.txt").write_text("The harbour office reopened on 4 May 2022.", "utf-8")
    read = dump.read

    def away(file: BinaryIO, uri: str, field_map: Mapping[str, str] | None = None) -> Iterator[Input | Reject]:
        if uri.endswith("late.txt"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        yield from read(file, uri, field_map)

    monkeypatch.setattr(dump, "read", away)
    assert run_paths(home, [old(settled)]).counts["new_captures"] == 0
    monkeypatch.undo()
    assert nothing_to_do(home, [settled]) is None
    assert run_paths(home, [settled]).counts["new_captures"] == 1
    assert nothing_to_do(home, [settled]) is not None


def test_equal_bytes_under_a_new_look_are_read_and_nothing_more(
    home: Home, settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in settled.iterdir():
        os.utime(path)
    with monkeypatch.context() as patch:
        patch.setattr(stamps, "SETTLED_NS", 60_000_000_000)
        report = run_paths(home, [settled])
        assert (report.read != [], report.counts["new_captures"], report.published) == (True, 0, False)
        assert nothing_to_do(home, [settled]) is None, "the files changed a moment ago"
    run_paths(home, [old(settled)])
    assert nothing_to_do(home, [settled]) is not None


def test_thorough_hashes_what_looks_unchanged(home: Home, settled: Path) -> None:
    assert run_paths(home, [settled]).read == []
    report = run_paths(home, [settled], thorough=True)
    assert (len(report.read), report.counts["new_captures"]) == (1, 0)
