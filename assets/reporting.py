"""What Dagster shows of a table: its columns with their descriptions, how many rows, and the first of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import dagster as dg
import polars as pl

from assets.home import Home
from assets.orphans import note_process
from assets.store import Connection, select, writing
from assets.tables import describe, order_by, sql_type, summary
from pipelines.contracts import Table

PREVIEW_ROWS = 5
PREVIEW_CHARACTERS = 80

POOL = "store"
"""One writer at a time: the pool is the queue in front of the lock."""


def key_of(name: str) -> dg.AssetKey:
    """The asset key of ``schema.table`` or ``schema/table``."""
    return dg.AssetKey(name.replace(".", "/").split("/"))


def open_store(context: Any) -> AbstractContextManager[Connection]:
    """The working store of the home that this process serves, open for writing; waiting is said in the run's log."""
    note_process(context.instance, context.run.run_id)
    return writing(Home.default(), context.log.info)


def spec(
    contract: type[Table],
    group: str,
    *,
    version: str,
    deps: list[dg.AssetKey],
    partitions: dg.PartitionsDefinition[str] | None = None,
) -> dg.AssetSpec:
    """The asset of a table: described by its contract."""
    return dg.AssetSpec(
        key_of(contract.__table__),
        deps=deps,
        description=summary(contract),
        group_name=group,
        code_version=version,
        partitions_def=partitions,
        kinds={"duckdb", "polars"},
        metadata={"dagster/column_schema": column_schema(contract), "dagster/table_name": contract.__table__},
    )


def column_schema(contract: type[Table]) -> dg.TableSchema:
    """The contract's columns as the UI shows them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name,
                sql_type(column.dtype),
                description=describe(column),
                constraints=dg.TableColumnConstraints(
                    nullable=column.nullable, unique=contract.primary_key() == [name]
                ),
            )
            for name, column in contract.columns().items()
        ]
    )


def _short(value: object) -> str:
    words = " ".join(str(value).split())
    return (words[: PREVIEW_CHARACTERS - 1] + "…" if len(words) > PREVIEW_CHARACTERS else words).replace("|", "\\|")


def preview(rows: pl.DataFrame) -> dg.MarkdownMetadataValue:
    """The first rows as a table in Markdown."""
    lines = ["| " + " | ".join(rows.columns) + " |", "|" + "---|" * rows.width]
    lines += ["| " + " | ".join(map(_short, row)) + " |" for row in rows.head(PREVIEW_ROWS).iter_rows()]
    return dg.MetadataValue.md("\n".join(lines) if rows.height else "no rows")


def table_metadata(con: Connection, contract: type[Table], counted: Mapping[str, int]) -> dict[str, Any]:
    """Row count, preview, and what this run did, for a materialisation of the table."""
    count = con.execute(f"SELECT count(*) FROM {contract.__table__}").fetchone()
    first = select(con, f"FROM {contract.__table__} ORDER BY {order_by(contract)} LIMIT {PREVIEW_ROWS}")
    return {"dagster/row_count": count[0] if count else 0, "preview": preview(first), **counted}


def _rows_by_partition(con: Connection, contract: type[Table]) -> dict[str, int]:
    """Rows of a table by partition: drops for raw and clean, publication dates for facts."""
    table = contract.__table__
    if "drop_id" in contract.column_names():
        query = f"SELECT drop_id, count(*) FROM {table} GROUP BY 1"
    elif table.startswith("clean."):
        query = f"SELECT drop_id, count(*) FROM {table} JOIN raw.captures USING (capture_id) GROUP BY 1"
    else:
        query = f"SELECT publication_date, count(*) FROM {table} GROUP BY 1"
    return dict(con.execute(query).fetchall())


def report(
    context: dg.AssetExecutionContext,
    con: Connection,
    tables: Sequence[type[Table]],
    keys: Sequence[str],
    counts: Mapping[str, int],
) -> Iterator[dg.MaterializeResult[Any]]:
    """One result a table, and one more for each partition of the run that Dagster does not report by itself."""
    own = set(context.partition_keys) if context.has_partition_key or context.has_partition_key_range else set()
    for table in tables:
        key = key_of(table.__table__)
        if key not in context.selected_asset_keys:
            continue
        metadata = table_metadata(con, table, counts)
        rows = _rows_by_partition(con, table) if keys else {}
        for partition in keys:
            if partition not in own:
                counted = {"dagster/partition_row_count": rows.get(partition, 0)}
                context.log_event(dg.AssetMaterialization(key, partition=partition, metadata=counted))
        if len(own) == 1:
            metadata["dagster/partition_row_count"] = rows.get(next(iter(own)), 0)
        yield dg.MaterializeResult(asset_key=key, metadata=metadata)
