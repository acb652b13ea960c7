"""The rows that differ between two copies with their values: a record for each row and column, and where it stands.

What belongs here: the table ``differences`` of a comparison, made in bounded pieces. What does not: which rows differ (diff).
"""

from __future__ import annotations

from assets.diff import NEW, OLD, Compared, Comparison
from assets.store import Connection

LONG_ROWS, SHORT_ROWS = 2_000, 50_000
"""Rows whose values are told at once: whole documents, and all others."""

CONTEXT = f"""CREATE OR REPLACE TEMP TABLE context AS
WITH sides AS (
    SELECT capture_id, uri, outlet_id, publication_date, 0 AS side FROM {NEW}.raw.captures LEFT JOIN {NEW}.clean.articles USING (capture_id)
    UNION ALL
    SELECT capture_id, uri, outlet_id, publication_date, 1 FROM {OLD}.raw.captures LEFT JOIN {OLD}.clean.articles USING (capture_id)
)
SELECT capture_id AS of_capture, arg_min(uri, side) AS uri, arg_min(outlet_id, side) AS outlet_id,
    arg_min(publication_date, side) AS publication_date FROM sides GROUP BY 1"""
"""Where a row stands, so that a person can judge; what the new copy says, else the old one."""
DIFFERENCES = """CREATE OR REPLACE TEMP TABLE differences ("table" VARCHAR, rule_id VARCHAR, change VARCHAR, key VARCHAR, what VARCHAR,
    "column" VARCHAR, before VARCHAR, after VARCHAR, outlet_id VARCHAR, publication_date VARCHAR, uri VARCHAR, capture_id VARCHAR)"""


def _tell(con: Connection, number: int, table: Compared, rows: int | None) -> None:
    """Add the table's differing rows to ``differences``, values and context with them, in an order that only they decide."""
    some = (
        ""
        if rows is None
        else f"QUALIFY row_number() OVER (PARTITION BY rule_id, change ORDER BY coalesce(new_row, old_row)) <= {rows}"
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE picked AS
        SELECT *, row_number() OVER (ORDER BY rule_id, change, coalesce(new_row, old_row)) AS place
        FROM (FROM changes WHERE table_no = {number} {some})"""
    )
    picked = con.execute("SELECT count(*) FROM picked").fetchone()
    at_once = LONG_ROWS if table.key == ("capture_id",) else SHORT_ROWS
    for first in range(1, (picked[0] if picked else 0) + 1, at_once):
        _tell_some(con, table, first, first + at_once - 1)


def _tell_some(con: Connection, table: Compared, first: int, last: int) -> None:
    values = ", ".join(
        f"CASE WHEN list_contains(columns, '{name}') THEN {{'column': '{name}', 'before': {table.row('o', name)}, 'after': {table.row('n', name)}}} END"
        for name in table.looked_at
    )
    whole = "[{'column': NULL::VARCHAR, 'before': NULL::VARCHAR, 'after': NULL::VARCHAR}]"
    capture = "coalesce(n.capture_id, o.capture_id)" if "capture_id" in table.all_columns else "NULL::VARCHAR"
    key = " || ' ' || ".join(f'CAST({{row}}."{column}" AS VARCHAR)' for column in table.key)
    texts = (
        f"LEFT JOIN {OLD}.raw.captures AS oc ON oc.capture_id = o.capture_id LEFT JOIN {NEW}.raw.captures AS nc ON nc.capture_id = n.capture_id"
        if table.opens_text
        else ""
    )
    con.execute(
        f"""INSERT INTO differences
        SELECT '{table.name}', rule_id, change, key, what, value."column", value.before, value.after, outlet_id, publication_date, uri, capture_id
        FROM (
            SELECT picked.rule_id AS rule_id, picked.change AS change, place, {capture} AS capture_id,
                coalesce({key.format(row="n")}, {key.format(row="o")}) AS key,
                coalesce({table.label("n", "nc")}, {table.label("o", "oc")}) AS what,
                unnest(CASE WHEN len(columns) = 0 THEN {whole} ELSE list_filter([{values}], lambda one: one IS NOT NULL) END) AS value
            FROM (FROM picked WHERE place BETWEEN {first} AND {last}) AS picked
            LEFT JOIN {OLD}.{table.name} AS o ON o.rowid = old_row LEFT JOIN {NEW}.{table.name} AS n ON n.rowid = new_row {texts}
        ) LEFT JOIN context ON of_capture = capture_id
        ORDER BY place, value."column" """
    )


def records(comparison: Comparison, rows: int | None) -> str:
    """A query for what differs, a record for each row and column of it; ``rows`` limits the rows by table, rule and change.

    Told table by table: together they would not fit into the memory that a store of any size has to do with.
    """
    comparison.con.execute(CONTEXT)
    comparison.con.execute(DIFFERENCES)
    for number, table in enumerate(comparison.tables):
        _tell(comparison.con, number, table, rows)
    return "FROM differences"
