"""A store of another schema, a lost store: rebuilt from sources/, never misread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from assets.home import Home
from assets.runs import run_paths
from assets.store import writing

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


@pytest.mark.parametrize("break_it", [another_schema, not_a_database, lost])
def test_the_raw_layer_comes_back_as_it_was_and_the_rest_follows(
    home: Home, drop: Drop, records: Callable[..., Path], break_it: Callable[[Home], None]
) -> None:
    row = {
        "html": "<p>The harbour office reopened on 4 May 2022.</p>",
        "id": "h",
        "captured_at": "2022-05-05T10:00:00Z",
    }
    run_paths(home, [drop({1: 11, 2: 12}), drop({2: 12, 3: 12}, "second"), records([row, {"nothing": 1}])])
    run_paths(home, [drop({4: 14})])
    before = contents(home)
    with duckdb.connect(str(home.published), read_only=True) as con:
        facts = con.execute("SELECT * FROM facts.all_kinds ORDER BY ALL").fetchall()
    break_it(home)
    assert contents(home) == before
    run_paths(home, [])
    with duckdb.connect(str(home.published), read_only=True) as con:
        assert con.execute("SELECT * FROM facts.all_kinds ORDER BY ALL").fetchall() == facts


def test_the_old_file_is_kept_beside_the_new_one(home: Home, drop: Drop) -> None:
    run_paths(home, [drop({1: 11})])
    another_schema(home)
    said: list[str] = []
    with writing(home, said.append):
        pass
    assert home.working.with_suffix(".old").exists()
    assert said == ["the store is of another version of newsledger: rebuilding it from 1 packs of sources"]


def test_a_pack_left_by_a_killed_run_is_removed_by_the_next(home: Home, drop: Drop) -> None:
    run_paths(home, [drop({1: 11})])
    folder = next(path for path in home.sources.iterdir())
    orphan = folder / "000002.zip"
    orphan.write_bytes(b"half a pack")
    run_paths(home, [drop({2: 12})])
    assert sorted(path.name for path in folder.iterdir()) == ["000001.zip", "000002.zip"]
    assert orphan.read_bytes().startswith(b"PK")
