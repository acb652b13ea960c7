"""What a killed run left behind, and whether the next one made it good: looks at a home from outside, for ``bench.faults``."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb

from assets.home import Home
from assets.tables import TABLES

COUNTS = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table.__table__})" for table in TABLES)


def fresh_copy(home: Home) -> Path:
    return home.published.with_suffix(".new")


def counts_of(home: Home) -> tuple[int, ...]:
    with duckdb.connect(str(home.published), read_only=True) as con:
        return con.execute(COUNTS).fetchone() or ()


def tables_of(home: Home) -> dict[str, str]:
    """A digest of every published table as CSV, in the order in which it is stored; times of ingestion aside."""
    found = {}
    with duckdb.connect(str(home.published), read_only=True) as con, tempfile.TemporaryDirectory() as folder:
        for table in TABLES:
            columns = [name for name in table.column_names() if name not in ("ingested_at", "first_ingested_at")]
            path = Path(folder) / "table.csv"
            con.execute(f"COPY (SELECT {', '.join(columns)} FROM {table.__table__}) TO '{path}'")
            found[table.__table__] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """A query on one of Dagster's files, of a copy: its own is left as it is."""
    with tempfile.TemporaryDirectory() as folder:
        for part in path.parent.glob(path.name + "*"):
            shutil.copy(part, folder)
        with closing(sqlite3.connect(Path(folder) / path.name)) as con:
            return con.execute(query).fetchall()


def stage_of(home: Home, before: set[Path]) -> str:
    """Where a killed run was, by what it left: the step that Dagster last heard of."""
    if fresh_copy(home).exists():
        return "publish: copying"
    logs = sorted(
        set((home.dagster / "history" / "runs").glob("*-*.db")) - before, key=lambda log: log.stat().st_mtime_ns
    )
    try:
        found = _rows(logs[-1], "SELECT dagster_event_type, step_key FROM event_logs ORDER BY id DESC") if logs else []
    except sqlite3.Error:
        return "Dagster's log begins"
    steps = [(event, str(step)) for event, step in found if step]
    if not found or not steps:
        return "before the first step" if len(logs) < 2 else "between the jobs"
    if str(found[0][0]) in ("PIPELINE_SUCCESS", "RUN_SUCCESS"):
        return "between the jobs"
    return steps[0][1] + (" ended" if steps[0][0] == "STEP_SUCCESS" else "")


def wrong_with(home: Home, expected: dict[str, str]) -> Iterator[str]:
    """What a home lacks after the rerun, or has too much of; ``expected`` are the digests of :func:`tables_of`."""
    tables = tables_of(home)
    yield from (f"{name} differs" for name in tables if tables[name] != expected[name])
    left = [path for path in home.path.rglob("*") if path.suffix in (".part", ".new", ".wal") or ".gone-" in path.name]
    left += [*home.working.parent.glob("writer.*"), *home.working.parent.glob("*.old-*")]
    yield from (
        f"{path.relative_to(home.path)} is left over" for path in left if path.is_relative_to(home.dagster) is False
    )
    kept: Counter[str] = Counter()
    for pack in home.sources.glob("*/*.zip"):
        with zipfile.ZipFile(pack) as archive:
            for name in archive.namelist():
                if not name.startswith("batch-"):
                    kept[name] += 1
                    if hashlib.sha256(archive.read(name)).hexdigest() != name:
                        yield f"the bytes of {name} in {pack.name} are others"
    with duckdb.connect(str(home.published), read_only=True) as con:
        captures = {row[0] for row in con.execute("SELECT capture_id FROM raw.captures").fetchall()}
    if kept != Counter(captures):
        yield f"packs hold {kept.total()} captures, {len(kept)} distinct; the store {len(captures)}"
    unfinished = _rows(
        home.dagster / "history" / "runs.db",
        "SELECT status, count(*) FROM runs WHERE status NOT IN ('SUCCESS', 'FAILURE', 'CANCELED') GROUP BY 1",
    )
    yield from (f"{count} runs are {status}" for status, count in unfinished)
    index = home.dagster / "history" / "runs" / "index.db"
    slots = _rows(index, "SELECT count(*) FROM concurrency_slots WHERE run_id IS NOT NULL")[0][0]
    pending = _rows(index, "SELECT count(*) FROM pending_steps")[0][0]
    if slots or pending:
        yield f"{slots} slots and {pending} pending steps are leaked"
