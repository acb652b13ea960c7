"""Faults are harmless: a full disk, a disk that may not be written, damaged files, a clock that goes back."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import preloaded
import pytest
from homes import copy_of, in_use

from assets import clock
from assets.home import Home
from assets.rebuild import damaged
from assets.runs import run_paths
from assets.sources import packs
from assets.store import StoreError, connect, writing
from assets.summary import damage
from bench.aftermath import tables_of
from bench.faults import own_corpus

Drop = Callable[..., Path]

LIMITED = """
import resource, signal, sys
from pathlib import Path
from assets import event_log, progress, publish, raw, sources
from assets.home import Home
from assets.runs import run_paths

home, path, where = Home(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

def full(*arguments):
    # No file may grow any more: what a full disk is to whoever writes, without one.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

def before(owner, name):
    work = getattr(owner, name)
    def limited(*arguments, **named):
        full()
        return work(*arguments, **named)
    setattr(owner, name, limited)

def at(stage, done, total):
    if stage == where:
        full()

if where == "publish":
    before(publish, "create_marts")
elif where == "sources":
    before(sources.Pack, "add")
elif where == "history":
    before(event_log.PooledSqliteEventLogStorage, "store_event")
progress._listeners.append(at)
import newsledger
sys.argv = ["newsledger", "run", "--home", str(home.path), str(path)]
newsledger.main()
"""


def run(home: Home, path: Path) -> subprocess.CompletedProcess[str]:
    """``newsledger run`` in a process of its own."""
    return preloaded.call(["-m", "newsledger", "run", "--home", str(home.path), str(path)])


def one_line(done: subprocess.CompletedProcess[str], words: str) -> None:
    """It failed, and said why in a line. (Dagster has words of its own where its event log cannot be written.)"""
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(f"^error: .*({words})", done.stderr.splitlines()[-1]), done.stderr
    assert "Traceback" not in done.stderr


def whole(home: Home) -> None:
    """Nothing half-written lies about, and a second look finds everything readable."""
    left = [path for path in home.path.rglob("*") if path.suffix in (".part", ".new", ".wal")]
    assert [path for path in left if not path.is_relative_to(home.dagster)] == []
    assert damage(home) is None


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A drop, and the tables that come of it where nothing goes wrong. The home is kept beside it, as ``kept``."""
    folder = tmp_path_factory.mktemp("undisturbed")
    path, home = own_corpus(folder / "inbox", 24), Home(folder / "home")
    assert run(home, path).returncode == 0
    tables = tables_of(home)
    home.path.rename(folder / "kept")
    return path, tables


@pytest.mark.parametrize("where", ["read", "sources", "clean", "extract", "publish", "history"])
def test_a_disk_that_fills_up_stops_the_run_with_a_word_and_the_next_one_makes_it_good(
    home: Home, undisturbed: tuple[Path, dict[str, str]], where: str
) -> None:
    path, expected = undisturbed
    done = preloaded.call(["-c", LIMITED, str(home.path), str(path), where])
    one_line(done, "make room and run again; nothing is lost|see to the disk and run again; nothing is lost")
    assert not home.published.exists()
    assert run_paths(home, [path]).published
    assert tables_of(home) == expected
    whole(home)


@contextlib.contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[None]:
    """A disk of its own size at ``place``."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(place)]
    if os.geteuid() or shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting a small disk takes root; the limit on file sizes stands in for it above")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("kilobytes", [600, 3000])
def test_a_disk_that_is_really_full(
    tmp_path: Path, undisturbed: tuple[Path, dict[str, str]], kilobytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, expected = undisturbed
    disk = tmp_path / "disk"
    with small_disk(disk, kilobytes):
        home = Home(disk / "home")
        monkeypatch.setenv("NEWSLEDGER_HOME", str(home.path))
        monkeypatch.setenv("DAGSTER_HOME", str(home.dagster))
        one_line(run(home, path), f"the disk under {home.path} is full")
        subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
        assert run_paths(home, [path]).published
        assert tables_of(home) == expected
        whole(home)


def test_a_home_on_a_disk_that_has_become_read_only(home: Home, drop: Drop, brought_in: Drop) -> None:
    brought_in({1: 11})
    bound = ["mount", "--bind", str(home.path), str(home.path)]
    if os.geteuid() or subprocess.run(bound, capture_output=True).returncode:
        pytest.skip("making a disk read-only takes root; permissions are tried below")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(home.path)], check=True)
        one_line(run(home, drop({2: 12})), "cannot be written: Read-only file system")
        query = "SELECT count(*) AS n FROM clean.articles"
        asked = preloaded.call(["-m", "newsledger", "sql", "--home", str(home.path), query])
        assert (asked.returncode, asked.stderr) == (0, ""), "readers are not disturbed"
    finally:
        subprocess.run(["umount", "-l", str(home.path)], check=True)
    assert run_paths(home, [drop({2: 12})]).published


FORBIDDEN = {
    "store": "the home folder .* cannot be written: Permission denied",
    "store/working.duckdb": "the working store cannot be opened: .*Permission denied",
    "sources": "Permission denied",
    "published": "Permission denied",
    "dagster/history/runs.db": "dagster cannot be written by this user",
}
"""What may not be written, and what is said of it."""


def test_what_may_not_be_written_is_named(home: Home, drop: Drop, brought_in: Drop) -> None:
    """Root may write whatever the permissions say, so as root it is tried without that privilege."""
    more = drop({2: 12}, "more")
    brought_in({1: 11})
    under: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root ignores permissions, and there is no setpriv to take that privilege away")
        under = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
    for what, complaint in FORBIDDEN.items():
        place = home.path / what
        before = place.stat().st_mode
        place.chmod(0o555 if place.is_dir() else 0o444)
        done = preloaded.call(["-m", "newsledger", "run", "--home", str(home.path), str(more)], under=under)
        place.chmod(before)
        one_line(done, complaint)
    assert run_paths(home, [more]).published
    whole(home)


def flip(path: Path, offset: int, length: int = 64) -> None:
    """Turn every bit of a stretch of a file."""
    with path.open("r+b") as file:
        file.seek(offset)
        found = file.read(length)
        file.seek(offset)
        file.write(bytes(255 - byte for byte in found))


def header(home: Home) -> None:
    flip(home.working, 0)


def directory(home: Home) -> None:
    flip(home.working, 100, 12_000)


def middle(home: Home) -> None:
    """Every block after the headers, a little: whichever is read first, its checksum fails."""
    for offset in range(12_288 + 1024, home.working.stat().st_size, 262_144):
        flip(home.working, offset)


def log(home: Home) -> None:
    """A write-ahead log of a process that died, and then was damaged."""
    command = """
import duckdb, os, sys
con = duckdb.connect(sys.argv[1], config={"checkpoint_threshold": "1GB"})
con.execute("CREATE TABLE ops.filler (word VARCHAR)")
for number in range(9):
    con.execute("INSERT INTO ops.filler SELECT md5(i::VARCHAR) FROM range(500) r(i)")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", command, str(home.working)], check=True)
    left = home.working.with_name(home.working.name + ".wal")
    flip(left, left.stat().st_size // 2)


@pytest.mark.parametrize("break_it", [header, directory, middle, log])
def test_a_damaged_working_file_is_rebuilt_from_sources_and_the_run_goes_on(
    undisturbed: tuple[Path, dict[str, str]], break_it: Callable[[Home], None]
) -> None:
    path, expected = undisturbed
    home = Home(copy_of(path.with_name("kept"), path.with_name("home")))
    break_it(home)
    said: list[str] = []
    with in_use(home):
        run_paths(home, [path], say=said.append)
    assert sum("the store is damaged: rebuilding it from 1 packs of sources" in words for words in said) == 1, said
    assert tables_of(home) == expected
    assert not damaged(home)
    assert home.working.with_suffix(".old-1").exists(), "the damaged file is kept for whoever wants to look"


def test_damage_that_shows_in_the_middle_of_a_query_is_noted_for_whoever_opens_next(
    home: Home, brought_in: Drop
) -> None:
    brought_in({number: number for number in range(1, 20)})
    with writing(home) as con:
        before = con.execute("SELECT capture_id, text FROM raw.captures ORDER BY ALL").fetchall()
    with connect(str(home.working), home) as con:
        con.execute("CREATE TABLE ops.filler AS SELECT i, md5(i::VARCHAR) || md5((i + 1)::VARCHAR) AS word FROM range(30000) r(i)")  # fmt: skip
    size = home.working.stat().st_size
    flip(home.working, size - 100_000)
    with pytest.raises(duckdb.Error), writing(home) as con:
        con.execute("SELECT bit_xor(hash(COLUMNS(*))) FROM ops.filler").fetchall()
    assert damaged(home)
    with writing(home) as con:
        assert con.execute("SELECT capture_id, text FROM raw.captures ORDER BY ALL").fetchall() == before
    assert not damaged(home)


def test_a_query_that_is_merely_wrong_is_no_damage(home: Home) -> None:
    for statement in ("SELECT * FROM no.such_table", "SELECT error('checks')", "SELECT 'x'::INTEGER"):
        with pytest.raises(duckdb.Error), writing(home) as con:
            con.execute(statement).fetchall()
    with pytest.raises(StoreError), writing(home):
        raise StoreError("something is corrupt elsewhere")
    assert not damaged(home)


def test_what_a_torn_log_lost_comes_back_from_sources_whichever_drop_runs_next(
    home: Home, drop: Drop, brought_in: Drop
) -> None:
    """DuckDB takes a log that ends early for one that was not finished: commits are gone without a word."""
    brought_in({1: 11}, "first")
    older = home.working.read_bytes()
    run_paths(home, [drop({2: 12}, "second")])
    home.working.write_bytes(older)
    home.working.with_name(home.working.name + ".wal").write_bytes(b"")
    run_paths(home, [drop({3: 13}, "third")])
    with writing(home) as con:
        assert con.execute("SELECT count(*), count(DISTINCT drop_seq), max(drop_seq) FROM raw.drops").fetchone() == (
            3,
            3,
            3,
        )
        assert con.execute("SELECT count(*), count(DISTINCT capture_id) FROM clean.articles").fetchone() == (3, 3)


def test_a_damaged_pack_stops_a_rebuild_with_its_name(home: Home, brought_in: Drop) -> None:
    brought_in({1: 11})
    pack = packs(home.sources)[0]
    flip(pack, 200, 100)
    home.working.unlink()
    with pytest.raises(StoreError, match=f"the pack {pack} cannot be read"), writing(home):
        pass


def test_damage_of_the_published_file_is_found_in_every_value(home: Home, brought_in: Drop) -> None:
    brought_in({number: 1 + number % 28 for number in range(1, 40)})
    assert damage(home) is None
    for offset in range(12_288 + 1024, home.published.stat().st_size, 262_144):
        flip(home.published, offset)
    assert "is damaged" in str(damage(home))


def test_dagsters_history_may_be_lost(home: Home, drop: Drop, brought_in: Drop) -> None:
    brought_in({1: 11})
    (home.dagster / "history" / "runs.db").write_bytes(b"no history" * 1000)
    more = drop({2: 12}, "more")
    one_line(run(home, more), f"Dagster's history of runs in {home.dagster} is damaged: move that folder away")
    home.dagster.rename(home.dagster.with_name("set aside"))
    assert run(home, more).returncode == 0
    with duckdb.connect(str(home.published), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM clean.articles").fetchone() == (2,)
    with closing(sqlite3.connect(home.dagster / "history" / "runs.db")) as con:
        assert con.execute("SELECT DISTINCT status FROM runs").fetchall() == [("SUCCESS",)]


def test_a_clock_that_goes_backwards(home: Home, drop: Drop, brought_in: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order of drops, what is published and what is read again hang on no clock; nor do files from the future."""
    real = clock.now
    brought_in({1: 11}, "first")
    for module in ("assets.clock", "assets.drops", "assets.raw", "assets.publish", "assets.lock"):
        monkeypatch.setattr(f"{module}.now", lambda: real() - dt.timedelta(days=400))
    second = drop({2: 12}, "second")
    future = real().timestamp() + 90 * 86_400
    os.utime(second / "article-002.txt", (future, future))
    assert run_paths(home, [second]).published
    assert not run_paths(home, [second]).published, "a file from the future is looked into again, and is the same"
    (second / "article-002.txt").write_text("The harbour office reopened on 4 May 2022, the mayor said.", "utf-8")
    os.utime(second / "article-002.txt", (future, future))
    assert run_paths(home, [second]).counts["new_captures"] == 1, "an equal time says nothing about equal bytes"
    with duckdb.connect(str(home.published), read_only=True) as con:
        drops = con.execute("SELECT path, drop_seq FROM raw.drops ORDER BY drop_seq").fetchall()
        assert [(Path(str(path)).name, seq) for path, seq in drops] == [("first", 1), ("second", 2)]
        assert con.execute("SELECT count(*) FROM clean.articles").fetchone() == (3,)
    monkeypatch.undo()
