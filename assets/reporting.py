"""What Dagster shows of a table: its columns with their descriptions, how many rows, and the first of them."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import dagster as dg
from dagster._core.events import AssetMaterializationPlannedData  # what we log has no public name

from assets.event_log import log_together
from assets.home import CHECKOUT, Home
from assets.lock import was_cut_off
from assets.orphans import note_process
from assets.previews import preview
from assets.settings import settings
from assets.store import Connection, writing
from assets.tables import describe, sql_type
from assets.workers import working
from pipelines.contracts import Table

DOCS = "docs/tables.md"

POOL = "store"
"""One writer at a time: the pool is the queue in front of the lock."""

ONE_RUN = dg.BackfillPolicy.single_run()
"""A backfill is one run for each stretch of partitions that stand side by side, not one for each partition."""


def key_of(name: str) -> dg.AssetKey:
    """The asset key of ``schema.table`` or ``schema/table``."""
    return dg.AssetKey(name.replace(".", "/").split("/"))


@contextmanager
def open_store(context: Any) -> Iterator[Connection]:
    """The working store of the home that this process serves, open for writing; waiting is said in the run's log.

    Workers that are started for the step are gone when it ends, unless they are those of all of a run.
    """
    note_process(context.instance, context.run.run_id)
    home, say = Home.default(), context.log.info
    count = settings(home).workers
    with home.writer(say), working(count, at_once=was_cut_off(home.lock)), writing(home, say) as con:
        yield con


def spec(
    contract: type[Table],
    group: str,
    *,
    version: str,
    deps: Sequence[dg.AssetKey | dg.AssetDep],
    partitions: dg.PartitionsDefinition[str] | None = None,
) -> dg.AssetSpec:
    """The asset of a table: described by its contract."""
    return dg.AssetSpec(
        key_of(contract.__table__),
        deps=deps,
        description=description(contract),
        group_name=group,
        code_version=version,
        partitions_def=partitions,
        kinds={"duckdb", "polars"},
        metadata={
            "dagster/column_schema": column_schema(contract),
            "dagster/table_name": contract.__table__,
            **code_references(
                (_file(contract.__module__), f"class {contract.__name__}(", "contract"),
                (DOCS, f"## {contract.__table__}", "docs"),
            ),
        },
    )


def _file(module: str) -> str:
    return module.replace(".", "/") + ".py"


def description(contract: type[Table]) -> str:
    """What a table is, for somebody who sees it for the first time: its contract's words, its key, where it is described."""
    key = ", ".join(f"`{name}`" for name in contract.primary_key())
    return (
        f"{inspect.getdoc(contract)}\n\nKey: {key}. Contract: `{contract.__name__}` in `{_file(contract.__module__)}`. "
        f"Columns: below, and `{contract.__table__}` in `{DOCS}`."
    )


def code_references(*places: tuple[str, str, str]) -> dict[str, dg.CodeReferencesMetadataValue]:
    """Links from an asset to files of the checkout: path, words that begin the line, label."""
    references: list[dg.LocalFileCodeReference | dg.UrlCodeReference] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)  # what Dagster calls beta here is a link, not the data
        for path, words, label in places:
            lines = (CHECKOUT / path).read_text("utf-8").splitlines()
            line = next((number for number, text in enumerate(lines, 1) if text.startswith(words)), 1)
            references.append(dg.LocalFileCodeReference(file_path=str(CHECKOUT / path), line_number=line, label=label))
        return {"dagster/code_references": dg.CodeReferencesMetadataValue(code_references=references)}


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


def table_metadata(
    con: Connection, contract: type[Table], counted: Mapping[str, int], partition: str | None = None
) -> dict[str, Any]:
    """Row count, preview, and what this run did, for a materialisation of the table."""
    count = con.execute(f"SELECT count(*) FROM {contract.__table__}").fetchone()
    return {"dagster/row_count": count[0] if count else 0, "preview": preview(con, contract, partition), **counted}


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


@contextmanager
def attempting(context: dg.AssetExecutionContext, tables: Sequence[type[Table]], keys: Sequence[str]) -> Iterator[None]:
    """Have all partitions of a run that fails shown as failed, not only the one that it was launched for."""
    try:
        yield
    except Exception:
        # A full disk, say, may keep it from being noted: the failure itself is what is told.
        with suppress(Exception):
            _note_attempt(context, tables, keys)
        raise


def _note_attempt(context: dg.AssetExecutionContext, tables: Sequence[type[Table]], keys: Sequence[str]) -> None:
    """What Dagster itself notes at the start of a run, for the partition that it knows, and compares with what came of it."""
    fresh, step = [key for key in keys if key not in _own(context)], context.get_step_execution_context().step.key
    for asset in (key_of(table.__table__) for table in tables):
        for partition in fresh if asset in context.selected_asset_keys else ():
            planned = AssetMaterializationPlannedData(asset, partition=partition)
            event = dg.DagsterEvent.build_asset_materialization_planned_event(context.job_name, step, planned)
            context.instance.report_dagster_event(event, context.run.run_id)


def _own(context: dg.AssetExecutionContext) -> set[str]:
    """The partitions that the run was launched for: Dagster reports these by itself."""
    return set(context.partition_keys) if context.has_partition_key or context.has_partition_key_range else set()


def report(
    context: dg.AssetExecutionContext,
    con: Connection,
    tables: Sequence[type[Table]],
    keys: Sequence[str],
    counts: Mapping[str, int],
) -> Iterator[dg.MaterializeResult[Any]]:
    """One result a table, and one more for each partition of the run that Dagster does not report by itself."""
    own = _own(context)
    for table in tables:
        key = key_of(table.__table__)
        if key not in context.selected_asset_keys:
            continue
        metadata = table_metadata(con, table, counts, keys[0] if keys else None)
        rows = _rows_by_partition(con, table) if keys else {}
        counted = {name: {"dagster/partition_row_count": rows.get(name, 0)} for name in keys if name not in own}
        log_together(context, [dg.AssetMaterialization(key, partition=name, metadata=n) for name, n in counted.items()])
        if len(own) == 1:
            metadata["dagster/partition_row_count"] = rows.get(next(iter(own)), 0)
        yield dg.MaterializeResult(asset_key=key, metadata=metadata)
