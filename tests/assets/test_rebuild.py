"""A store of another schema, a lost store: rebuilt from sources/, never misread."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from homes import copy_of, in_use, write_drop, write_records

from assets.home import Home
from assets.runs import run_paths
from assets.store import StoreError, writing

Drop = Callable[..., Path]
WATCHED = {
    "raw.drops": "drop_id, drop_seq, path, first_ingested_at, field_map",
    "raw.deliveries": "capture_id, drop_id, uri, captured_at, ingested_at",
    "raw.captures": "*",
    "raw.rejects": "*",
}


def contents(home: Home) -> dict[str, list[tuple[object, ...]]]:
    with writing(home) as con:
        return {
            table: con.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()
            for table, columns in WATCHED.items()
        }


def another_schema(home: Home) -> None:
    with duckdb.connect(str(home.working)) as con:
        con.execute("UPDATE ops.meta SET value = 'of last year' WHERE key = 'schema'")


def not_a_database(home: Home) -> None:
    home.working.write_bytes(b"not a database at all" * 1000)


def lost(home: Home) -> None:
    home.working.unlink()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home that two runs have written, and a copy of that home, ``kept``, for each test to begin with."""
    folder = tmp_path_factory.mktemp("lived")
    home = Home(folder / "home")
    row = {
        "html": "<p>The harbour office reopened on 4 May 2022.</p>",
        "id": "h",
        "captured_at": "2022-05-05T10:00:00Z",
    }
    write_records(folder / "records.jsonl", [row, {"nothing": 1}])
    first, second = write_drop(folder / "inbox", {1: 11, 2: 12}), write_drop(folder / "second", {2: 12, 3: 12})
    with in_use(home):
        run_paths(home, [first, second, folder / "records.jsonl"])
        run_paths(home, [write_drop(first, {4: 14})])
    home.path.rename(folder / "kept")
    return folder


@pytest.mark.parametrize("break_it", [another_schema, not_a_database, lost])
def test_the_raw_layer_comes_back_as_it_was_and_the_rest_follows(lived: Path, break_it: Callable[[Home], None]) -> None:
    home = Home(lived / "home")
    copy_of(lived / "kept", home.path)
    with in_use(home):
        before = contents(home)
        with duckdb.connect(str(home.published), read_only=True) as con:
            facts = con.execute("SELECT * FROM facts.all_kinds ORDER BY ALL").fetchall()
        break_it(home)
        assert contents(home) == before
        run_paths(home, [])
        with duckdb.connect(str(home.published), read_only=True) as con:
            assert con.execute("SELECT * FROM facts.all_kinds ORDER BY ALL").fetchall() == facts


def test_the_old_file_is_kept_beside_the_new_one(home: Home, brought_in: Drop) -> None:
    brought_in({1: 11})
    another_schema(home)
    said: list[str] = []
    with writing(home, said.append):
        pass
    assert home.working.with_suffix(".old-1").exists()
    assert said == ["the store is of another version of newsledger: rebuilding it from 1 packs of sources"]


def test_a_pack_that_no_transaction_registered_is_taken_in(home: Home, drop: Drop, brought_in: Drop) -> None:
    """A run killed between its pack and its commit, or a store restored from an older copy: nothing is lost or doubled."""
    brought_in({1: 11})
    older = home.working.read_bytes()
    run_paths(home, [drop({2: 12})])
    home.working.write_bytes(older)
    run_paths(home, [drop({3: 13})])
    with writing(home) as con:
        assert con.execute("SELECT count(*), count(DISTINCT capture_id) FROM raw.deliveries").fetchone() == (3, 3)
        assert con.execute("SELECT count(*) FROM ops.sources").fetchone() == (3,)


def test_a_pack_that_cannot_be_read_is_set_aside_not_removed(home: Home, drop: Drop, brought_in: Drop) -> None:
    brought_in({1: 11})
    folder = next(path for path in home.sources.iterdir())
    (folder / "000002.zip").write_bytes(b"half a pack")
    run_paths(home, [drop({2: 12})])
    assert sorted(path.name for path in folder.iterdir()) == [
        "000001.zip",
        "000002.unreadable",
        "000002.zip",
        "drop.json",
    ]


def test_a_store_that_somebody_else_holds_is_not_rebuilt(home: Home, brought_in: Drop) -> None:
    brought_in({1: 11})
    command = "import duckdb, sys, time; con = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", command, str(home.working)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match="the working store cannot be opened"), writing(home):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with writing(home) as con:
        assert con.execute("SELECT count(*) FROM clean.articles").fetchone() == (1,)


def test_the_field_map_and_drops_that_brought_nothing_survive_a_rebuild(
    home: Home, records: Callable[..., Path], tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    run_paths(home, [empty])
    run_paths(home, [records([{"content": "The harbour office reopened on 4 May 2022."}])], {"content": "text"})
    before = contents(home)
    lost(home)
    assert contents(home) == before
