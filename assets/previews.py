"""Rows as the UI shows them: what a person reads first comes first, ids and offsets last, long texts cut."""

from __future__ import annotations

import re

import dagster as dg
import polars as pl

from assets.store import Connection, select, visible
from assets.tables import ALL_FACTS, FACTS
from pipelines.contracts import Table

PREVIEW_ROWS = 5
CHARACTERS = 80

TECHNICAL = re.compile(r"^(fact_id|capture_id|source_capture_id|rule_id|confidence|.*_no|.*_start|.*_end|.*_spans)$")
"""Columns that are looked up rather than read; they come last."""


def reading_order(columns: list[str]) -> list[str]:
    """The columns with what people read first.

    >>> reading_order(["fact_id", "publication_date", "span_start", "quote"])
    ['publication_date', 'quote', 'fact_id', 'span_start']
    """
    return sorted(columns, key=lambda name: bool(TECHNICAL.match(name)))


def _short(value: object) -> str:
    words = " ".join(str(value).split())
    return words[: CHARACTERS - 1] + "…" if len(words) > CHARACTERS else words


def _cell(value: object) -> str | int | float | bool | None:
    return value if value is None or isinstance(value, bool | int | float) else _short(value)


def table(rows: pl.DataFrame) -> dg.TableMetadataValue | dg.TextMetadataValue:
    """Rows as a table of the UI; words where there are none."""
    if rows.is_empty():
        return dg.MetadataValue.text("no rows")
    names = reading_order(rows.columns)
    records = [dg.TableRecord(dict(zip(names, map(_cell, row), strict=True))) for row in rows.select(names).iter_rows()]
    return dg.MetadataValue.table(records, dg.TableSchema([dg.TableColumn(name) for name in names]))


def markdown(rows: pl.DataFrame) -> dg.MarkdownMetadataValue:
    """Rows as a table in Markdown."""
    names = reading_order(rows.columns)
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * rows.width]
    lines += [
        "| " + " | ".join(_short(value).replace("|", "\\|") for value in row) + " |"
        for row in rows.select(names).iter_rows()
    ]
    return dg.MetadataValue.md("\n".join(lines) if rows.height else "no rows")


def preview(
    con: Connection, contract: type[Table], partition: str | None
) -> dg.TableMetadataValue | dg.TextMetadataValue:
    """The first rows of a partition, or of the table, in the order of insertion: nothing is sorted, little is read."""
    name, columns = contract.__table__, contract.column_names()
    if partition is None:
        return table(select(con, f"FROM {name} LIMIT {PREVIEW_ROWS}"))
    if contract in FACTS:
        where = "publication_date = ?"
    elif "drop_id" in columns:
        where = "drop_id = ?"
    else:
        where = f"capture_id IN (SELECT capture_id FROM raw.captures WHERE drop_id = ? LIMIT {PREVIEW_ROWS})"
    return table(select(con, f"FROM {name} WHERE {where} LIMIT {PREVIEW_ROWS}", [partition]))


def with_inputs(con: Connection, rows: pl.DataFrame) -> pl.DataFrame:
    """Offending rows with the inputs that they come from, as ``uri``, where a capture or a fact tells."""
    if "uri" in rows.columns or not {"capture_id", "fact_id"} & set(rows.columns):
        return rows
    with visible(con, "offending_rows", rows.with_row_index("place")):
        if "capture_id" in rows.columns:
            captures = "SELECT place, capture_id FROM offending_rows"
        else:
            captures = f"SELECT place, min(facts.capture_id) AS capture_id FROM offending_rows JOIN {ALL_FACTS} AS facts USING (fact_id) GROUP BY place"
        return select(
            con,
            f"""SELECT captures.uri, offending_rows.* EXCLUDE (place) FROM offending_rows
            LEFT JOIN ({captures}) AS named USING (place)
            LEFT JOIN raw.captures AS captures ON captures.capture_id = named.capture_id
            ORDER BY place""",
        )
