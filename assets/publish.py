"""Publishing: a complete, checked, ordered copy of the store, put in place by one rename."""

import os
from functools import partial
from typing import Any

import dagster as dg

from assets import history, sql
from assets.check_queries import note, pending, run_check
from assets.clock import now
from assets.home import Home
from assets.publication import INFO, publication_schema
from assets.reference import load_reference
from assets.reporting import POOL, key_of, open_store
from assets.store import Connection, StoreError, state, transaction, with_room
from assets.tables import ALL_FACTS, CLEAN, LEARNED, RAW, REF, TABLES, ddl, describe, order_by
from pipelines.contracts import Fact
from pipelines.read.captures import Captures

MACROS = (
    (
        "exact",
        "the characters of a span as they stand in the capture",
        """CREATE MACRO exact(of_capture, from_point, to_point) AS (
            SELECT substring(opened_text, from_point + 1, to_point - from_point)
            FROM (SELECT capture_id AS opened_id, text AS opened_text FROM raw.captures)
            WHERE opened_id = of_capture
        )""",
    ),
)
"""SQL macros of the published file: name, what it gives, definition. Their inner columns have names of their own: an
argument is pasted in as it was written, and ``exact(capture_id, …)`` must not compare a column with itself."""


class UncheckedError(StoreError):
    """The store holds what a check forbids; the message says which check and shows the first offending row."""


def _order(table: str, columns: str) -> str:
    if table == Captures.__table__:
        # By day like everything else, so that a filter on dates reads few row groups.
        return f"SELECT rows.* FROM working.{table} AS rows LEFT JOIN working.clean.articles AS a USING (capture_id) ORDER BY a.publication_date, rows.capture_id"
    return f"FROM working.{table} ORDER BY {columns}"


def _described(mart: sql.SqlFile) -> dict[str, str]:
    """The words for a mart's columns that are named like one of a table that it reads."""
    words: dict[str, str] = {}
    contracts = {table.__table__: table for table in TABLES} | {ALL_FACTS: Fact}
    for name in sorted(mart.tables(), key=lambda name: (not name.startswith("facts."), name)):
        for column, described in (contracts[name].columns() if name in contracts else {}).items():
            words.setdefault(column, describe(described))
    return words


def create_marts(con: Connection) -> None:
    """The marts as views, each with its description; a column that is named like one of a table has that one's words."""
    con.execute("CREATE SCHEMA IF NOT EXISTS marts")
    for mart in sql.load("marts"):
        con.execute(f"CREATE OR REPLACE VIEW marts.{mart.name} AS {mart.query}")
        con.execute(f"COMMENT ON VIEW marts.{mart.name} IS '" + mart.description.replace("'", "''") + "'")
        described = _described(mart)
        for column, *_ in con.execute(f"DESCRIBE marts.{mart.name}").fetchall():
            if column in described:
                words = described[column].replace("'", "''")
                con.execute(f"COMMENT ON COLUMN marts.{mart.name}.{column} IS '{words}'")


def publish(con: Connection, home: Home, run_id: str | None = None) -> dict[str, Any]:
    """Copy the store to ``published/``, ordered by partition, by a rename that readers cannot see half of.

    Runs the checks that have not passed on the store as it is now, first. Raises :class:`UncheckedError`, leaving the
    published file as it was, if one fails. Copies of it are kept as the settings say (:mod:`assets.history`).
    """
    keep = history.to_keep(home)
    load_reference(con)
    outcomes = [run_check(con, check) for check in pending(con)]
    note(con, outcomes)
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if failed:
        raise UncheckedError("not published. " + " | ".join(outcome.sentence() for outcome in failed))
    target, fresh = home.published, home.published.with_suffix(".new")
    for leftover in (fresh, fresh.with_name(fresh.name + ".wal")):
        leftover.unlink(missing_ok=True)
    past = history.sweep(home, keep)
    made = history.Copy(past[-1].sequence + 1 if past else 1, now(), run_id)
    con.execute(f"ATTACH '{str(fresh).replace(chr(39), chr(39) * 2)}' AS fresh")
    try:
        con.execute("USE fresh")
        with transaction(con):  # hundreds of small statements: each by itself would be a write to the disk of its own
            con.execute(ddl())
        for table in TABLES:
            copy = f"INSERT INTO fresh.{table.__table__} {_order(table.__table__, order_by(table))}"
            with_room(con, partial(con.execute, copy))
        made_from, log = _working_state(con), [*past, made]
        with transaction(con):
            create_marts(con)
            for _, _, definition in MACROS:
                con.execute(definition)
            con.execute(INFO)
            con.execute(
                "INSERT INTO ops.publication VALUES (?, ?, ?, ?, ?)",
                [made.sequence, made.published_at, run_id, made_from, publication_schema()],
            )
            con.execute(
                "INSERT INTO ops.publication_log SELECT unnest(?), unnest(?), unnest(?::VARCHAR[])",
                [[one.sequence for one in log], [one.published_at for one in log], [one.run_id for one in log]],
            )
        con.execute("CHECKPOINT fresh")
    finally:
        con.execute("USE working")
        con.execute("DETACH fresh")
    with fresh.open("rb") as written:
        os.fsync(written.fileno())
    if keep:
        history.add(home, fresh, made)  # before the rename: after a crash it is one too many, never one too few
    fresh.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the rename itself must survive a power cut
    finally:
        os.close(folder)
    copies = history.prune(home, keep)
    return {
        "path": str(target),
        "size_bytes": target.stat().st_size,
        "sequence": made.sequence,
        "copies": copies,
    }


def _working_state(con: Connection) -> str:
    con.execute("USE working")
    try:
        return state(con)
    finally:
        con.execute("USE fresh")


def _ends() -> list[dg.AssetKey]:
    """What publishing waits for: the marts, and the tables that nothing else reads. All others come before one of these."""
    marts = sql.load("marts")
    read = {name for mart in marts for name in mart.tables()} | {table.__table__ for table in CLEAN}
    read |= {"raw.captures", "raw.drops"}  # what clean reads
    ends = [table.__table__ for table in RAW + CLEAN + LEARNED + REF if table.__table__ not in read]
    return [*(key_of(f"marts/{mart.name}") for mart in marts), *map(key_of, ends)]


@dg.asset(
    key=key_of("published"),
    deps=_ends(),
    description="The published copy: checked, ordered, put in place by one rename. People and dashboards open this file read-only.",
    group_name="published",
    kinds={"duckdb"},
    pool=POOL,
)
def published(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """Publish the store."""
    with open_store(context) as con:
        done = publish(con, Home.default(), context.run.run_id)
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(done["path"]),
            "size_bytes": done["size_bytes"],
            "publication": done["sequence"],
            "copies_kept": done["copies"],
        }
    )
