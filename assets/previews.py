"""Rows as the UI shows them: what a person reads first comes first, ids and offsets last, long texts cut."""

from __future__ import annotations

import re
from collections.abc import Sequence

import dagster as dg
import polars as pl

from assets.store import Connection, select, visible
from assets.tables import ALL_FACTS, FACTS
from pipelines.contracts import Fact, Table

PREVIEW_ROWS = 5
PREVIEW_COLUMNS = 8
TABLE_COLUMNS = 5
CHARACTERS = 80
DIGEST_CHARACTERS = 12
"""Of a capture_id, whose 64 characters would push everything else out of sight: enough to look it up."""

TECHNICAL = re.compile(
    r"^(fact_id|capture_id|drop_id|rule_id|.*(_no|_start|_end|_spans|confidence|_method|_evidence|_candidates))$"
)
"""Columns that are looked up rather than read."""


def reading_order(columns: Sequence[str]) -> list[str]:
    """The columns with what people read first.

    >>> reading_order(["fact_id", "publication_date", "span_start", "quote"])
    ['publication_date', 'quote', 'fact_id', 'span_start']
    """
    return sorted(columns, key=lambda name: bool(TECHNICAL.match(name)))


def told_columns(contract: type[Table]) -> list[str]:
    """The columns of a table that a preview shows: the date, the words, what is the table's own, what all facts share."""
    shared = set(Fact.column_names()) if contract in FACTS else set()
    names = [name for name in contract.column_names() if not TECHNICAL.match(name)]
    words = "quote" if "quote" in names else "text"
    names.sort(key=lambda name: (name != "publication_date", name != words, name in shared))
    return names[:PREVIEW_COLUMNS]


def _short(value: object) -> str:
    words = " ".join(str(value).split())
    return words[: CHARACTERS - 1] + "…" if len(words) > CHARACTERS else words


def _cell(name: str, value: object) -> str | int | float | bool | None:
    if name == "capture_id" and isinstance(value, str):
        return value[:DIGEST_CHARACTERS] + "…"
    return value if value is None or isinstance(value, bool | int | float) else _short(value)


def table(rows: pl.DataFrame) -> dg.TableMetadataValue:
    """Rows as a table that stands open in the page: so many columns as it has room for."""
    names = reading_order(rows.columns)[:TABLE_COLUMNS]
    records = [
        dg.TableRecord({name: _cell(name, value) for name, value in zip(names, row, strict=True)})
        for row in rows.select(names).iter_rows()
    ]
    return dg.MetadataValue.table(records, dg.TableSchema([dg.TableColumn(name) for name in names]))


def markdown(rows: pl.DataFrame) -> dg.MarkdownMetadataValue:
    """Rows as a table in Markdown, which opens in a window of its own."""
    lines = ["| " + " | ".join(rows.columns) + " |", "|" + "---|" * rows.width]
    for row in rows.iter_rows(named=True):
        lines.append("| " + " | ".join(_short(_cell(*cell)).replace("|", "\\|") for cell in row.items()) + " |")
    return dg.MetadataValue.md("\n".join(lines) if rows.height else "no rows")


def preview(con: Connection, contract: type[Table], partition: str | None) -> dg.MarkdownMetadataValue:
    """The first rows of a partition, or of the table, in the order of insertion: nothing is sorted, little is read."""
    name, columns = contract.__table__, contract.column_names()
    chosen = ", ".join(f'"{column}"' for column in told_columns(contract))
    if partition is None:
        return markdown(select(con, f"SELECT {chosen} FROM {name} LIMIT {PREVIEW_ROWS}"))
    if contract in FACTS:
        where = "publication_date = ?"
    elif "drop_id" in columns:
        where = "drop_id = ?"
    else:
        where = f"capture_id IN (SELECT capture_id FROM raw.captures WHERE drop_id = ? LIMIT {PREVIEW_ROWS})"
    return markdown(select(con, f"SELECT {chosen} FROM {name} WHERE {where} LIMIT {PREVIEW_ROWS}", [partition]))


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
