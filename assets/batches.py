"""Captures in batches, so that memory stays flat whatever the size of the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from assets.store import Connection, select

BATCH_CAPTURES = 512
BATCH_CHARACTERS = 8_000_000
"""A batch ends at either."""

PAGE_BYTES = 8
"""So many bytes of a page stand for one that later stages read: most of them are not its text."""

PLANNED = "todo_captures"


def plan(con: Connection, query: str, parameters: Sequence[object]) -> int:
    """Make the temporary table of work from a query that yields capture_ids; returns how many there are.

    Batches are numbered by cost, and each knows its range of row ids in raw.captures, so that fetching one reads only
    the row groups that it needs.
    """
    con.execute(f"DROP TABLE IF EXISTS {PLANNED}")
    con.execute(
        f"""CREATE TEMP TABLE {PLANNED} AS
        WITH wanted AS (SELECT capture_id FROM ({query})),
        running AS (
            SELECT
                capture_id, captures.rowid AS row_id,
                row_number() OVER reading - 1 AS place,
                coalesce(sum(size_bytes // CASE media_type WHEN 'text/html' THEN {PAGE_BYTES} ELSE 1 END) OVER (reading ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS size_before
            FROM raw.captures AS captures SEMI JOIN wanted USING (capture_id)
            WINDOW reading AS (ORDER BY captures.rowid)
        )
        SELECT capture_id, row_id, dense_rank() OVER (ORDER BY place // {BATCH_CAPTURES} + size_before // {BATCH_CHARACTERS}) - 1 AS batch
        FROM running""",
        list(parameters),
    )
    row = con.execute(f"SELECT count(*) FROM {PLANNED}").fetchone()
    return int(row[0]) if row else 0


def planned_characters(con: Connection) -> int:
    """How long the texts of the planned captures are together."""
    row = con.execute(f"SELECT sum(length(text)) FROM raw.captures SEMI JOIN {PLANNED} USING (capture_id)").fetchone()
    return int(row[0] or 0) if row else 0


def planned(con: Connection, columns: str = "captures.*") -> Iterator[pl.DataFrame]:
    """The planned captures, batch by batch: columns of raw.captures, and ``ingested_on``, when their drop first arrived."""
    numbers = con.execute(
        f"SELECT batch, min(row_id), max(row_id) FROM {PLANNED} GROUP BY batch ORDER BY batch"
    ).fetchall()
    for batch, first, last in numbers:
        yield select(
            con,
            f"""SELECT {columns}, drops.first_ingested_at::DATE AS ingested_on
            FROM raw.captures AS captures
            JOIN {PLANNED} AS todo USING (capture_id)
            JOIN raw.drops AS drops USING (drop_id)
            WHERE captures.rowid BETWEEN ? AND ? AND todo.batch = ?
            ORDER BY captures.rowid""",
            [first, last, batch],
        )
