"""The published store as Parquet for other engines, partitioned by day of publication the way Hive does it.

What belongs here: ``DIR/<schema>/<table>/publication_date=YYYY-MM-DD/data_0.parquet``, the two files beside that say what it
is, and putting all of it in place by renames. What does not: which copy is exported (history).
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.answers import QueryError
from assets.history import Copy
from assets.home import Home, HomeError
from assets.store import Connection, aside, quoted
from assets.tables import TABLES, order_by
from pipelines.contracts import UNDATED

FORMAT = "newsledger export"
MARKER = "_export.json"
"""Which publication this is; the file by which an export of ours is known. Engines pass over names that begin so."""
DESCRIBED = "_tables.json"
"""What the tables and columns are."""

PARTITION = "publication_date"
DAYS_AT_ONCE = 16
"""Partitions that one COPY writes: DuckDB holds buffers for each of them, and a thousand do not fit into our memory."""
ROWS_BEFORE_WRITING = 8_192
"""Rows that DuckDB gathers before it writes them to their partitions; its own 524,288 are gigabytes of articles."""

LISTED = """
SELECT schema_name || '.' || table_name AS name, comment FROM duckdb_tables()
WHERE database_name = 'published' AND schema_name NOT IN ('ops', 'main')
UNION ALL
SELECT schema_name || '.' || view_name, comment FROM duckdb_views() WHERE database_name = 'published' AND schema_name = 'marts'
ORDER BY name
"""
COLUMNS = """
SELECT column_name AS name, data_type AS type, comment AS description FROM duckdb_columns()
WHERE database_name = 'published' AND schema_name || '.' || table_name = ? ORDER BY column_index
"""


class ExportError(HomeError):
    """A folder that is not for exports; the message says why, and it is untouched."""


@dataclass(frozen=True)
class Exported:
    """A table of the export: its description and columns, and the query that gives its rows in their order."""

    name: str
    description: str | None
    columns: list[dict[str, str | None]]

    @property
    def names(self) -> list[str]:
        """Its columns' names."""
        return [str(column["name"]) for column in self.columns]

    @property
    def partitioned(self) -> bool:
        """Whether its rows belong to an article, and so to a day."""
        return "capture_id" in self.names

    def query(self) -> str:
        """Its rows, in an order that nothing but the rows decides."""
        contract = next((table for table in TABLES if table.__table__ == self.name), None)
        order = order_by(contract).split(", ") if contract else []
        if not order:
            order = [name for name in ("capture_id", "span_start", "fact_id") if name in self.names]
            order += [] if "fact_id" in order else [name for name in self.names if name not in order]
        listed = ", ".join(f'rows."{name}"' for name in order if name != PARTITION)
        if not self.partitioned:
            return f"SELECT * FROM {self.name} AS rows ORDER BY {listed}"
        if PARTITION in self.names:
            return f"SELECT * FROM {self.name} AS rows ORDER BY rows.{PARTITION}, {listed}"
        return f"""SELECT rows.*, coalesce(articles.{PARTITION}, '{UNDATED}') AS {PARTITION}
            FROM {self.name} AS rows LEFT JOIN clean.articles AS articles USING (capture_id) ORDER BY {PARTITION}, {listed}"""


def _tables(con: Connection, wanted: Sequence[str]) -> list[Exported]:
    listed = con.execute(LISTED).fetchall()
    names = [name for name, _ in listed]
    if unknown := sorted(set(wanted) - set(names)):
        raise QueryError(f"no table is called {', '.join(unknown)}; there are {', '.join(names)}")
    found = []
    for name, description in listed:
        if not wanted or name in wanted:
            columns = [
                dict(zip(("name", "type", "description"), row, strict=True))
                for row in con.execute(COLUMNS, [name]).fetchall()
            ]
            found.append(Exported(name, description, columns))
    return found


def _write(con: Connection, table: Exported, folder: Path) -> int:
    """Write a table's files; returns its rows. One without rows has a folder and no file."""
    place = folder / Path(*table.name.split("."))
    place.mkdir(parents=True)
    options = "FORMAT parquet, COMPRESSION zstd"
    if not table.partitioned:
        written = con.execute(f"COPY ({table.query()}) TO '{quoted(place / 'data_0.parquet')}' ({options})").fetchone()
        return written[0] if written else 0
    con.execute(f"CREATE OR REPLACE TEMP TABLE ordered AS {table.query()}")
    days = con.execute(f"SELECT {PARTITION}, count(*) FROM temp.ordered GROUP BY 1 ORDER BY 1").fetchall()
    for first in range(0, len(days), DAYS_AT_ONCE):
        some = [day for day, _ in days[first : first + DAYS_AT_ONCE]]
        con.execute(
            f"""COPY (FROM temp.ordered WHERE {PARTITION} BETWEEN '{some[0]}' AND '{some[-1]}') TO '{quoted(place)}'
            ({options}, PARTITION_BY ({PARTITION}), FILENAME_PATTERN 'data_{{i}}', OVERWRITE_OR_IGNORE)"""
        )
    return sum(rows for _, rows in days)


def _described(table: Exported, rows: int) -> dict[str, Any]:
    return {
        "description": table.description,
        "rows": rows,
        "partitioned_by": [PARTITION] if table.partitioned else [],
        "columns": table.columns,
    }


def _is_export(folder: Path) -> bool:
    try:
        found = json.loads((folder / MARKER).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("format") == FORMAT


def _refuse(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise ExportError(f"{target} is a file; name a folder for the export")
    if target.is_dir() and any(target.iterdir()) and not _is_export(target):
        raise ExportError(
            f"{target} holds something that is not an export of newsledger, and is left as it is; name another folder"
        )


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.newsledger-{what}-{os.getpid()}")


def _sweep(target: Path) -> None:
    """Remove what exports to this folder left beside it when they were cut off."""
    ours = re.compile(rf"\.{re.escape(target.name)}\.newsledger-(?:new|old)-(\d+)")
    for path in target.parent.iterdir():
        if (found := ours.fullmatch(path.name)) and not _alive(int(found[1])):
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _swapped(target: Path) -> Iterator[Path]:
    """A folder to write to, which is in the target's place afterwards, or gone if something failed."""
    fresh, old = _beside(target, "new"), _beside(target, "old")
    fresh.mkdir(parents=True)
    try:
        yield fresh
        _refuse(target)  # again: somebody may have put something there meanwhile
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
    _sweep(target)


def _json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def export(home: Home, copy: Copy, folder: Path, wanted: Sequence[str] = ()) -> dict[str, int]:
    """Export a copy, some tables or all, in place of what was exported there before; returns the rows by table.

    Raises ExportError for a folder that holds anything else, QueryError for a table that is not there.
    """
    target = folder.absolute().resolve()
    _refuse(target)
    with aside(home) as con:
        con.execute(f"ATTACH '{quoted(copy.path)}' AS published (READ_ONLY)")
        con.execute("USE published")
        # One thread writes one file for each partition, with its rows in their order: equal stores are equal bytes.
        con.execute("SET threads = 1")
        con.execute(f"SET partitioned_write_flush_threshold = {ROWS_BEFORE_WRITING}")
        tables = _tables(con, wanted)
        with _swapped(target) as fresh:
            rows = {table.name: _write(con, table, fresh) for table in tables}
            _json(fresh / DESCRIBED, {table.name: _described(table, rows[table.name]) for table in tables})
            published = {"publication": copy.sequence, "published_at": copy.published_at.isoformat() + "Z"}
            _json(fresh / MARKER, {"format": FORMAT, "version": 1, **published})
    return rows
