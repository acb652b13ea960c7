"""The facts layer: what each article reports. Partitioned by day of publication."""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
import polars as pl

from assets.batches import PLANNED, plan, planned, planned_characters
from assets.partitions import DATES, Keys, keys_of
from assets.progress import tell
from assets.reporting import ONE_RUN, POOL, attempting, key_of, open_store, report, spec
from assets.store import Connection, bump, insert, select, transaction, visible
from assets.tables import FACTS
from assets.versions import fact_version, note_ingredients
from assets.work import EXTRACT_SECONDS, EXTRACTING, ToExtract, wanted_by
from assets.workers import map_batches
from pipelines.clean.rejects import GivenUp
from pipelines.extract.kinds import KINDS

NO_DROP_KNOWN = dg.SpecificPartitionsPartitionMapping([])
"""Which drops a day's articles came with cannot be told from its name: ops.touched_dates tells which days a drop concerns. Left to
itself Dagster takes a day for the drop of the same name, and refuses backfills; told that it may be any, it calls every day
out of date whenever anything arrives."""

CAPTURES_PER_TRANSACTION = 2048
"""Small partitions share a transaction, each still all or nothing; a large one has its own."""


def _groups(con: Connection, dates: Sequence[str]) -> Iterator[list[str]]:
    sizes = dict(con.execute("SELECT publication_date, count(*) FROM clean.articles GROUP BY 1").fetchall())
    group: list[str] = []
    size = 0
    for date in sorted(set(dates)):
        if group and size + sizes.get(date, 0) > CAPTURES_PER_TRANSACTION:
            yield group
            group, size = [], 0
        group.append(date)
        size += sizes.get(date, 0)
    if group:
        yield group


def _gather(con: Connection) -> None:
    """The planned captures' blocks, edits and articles in temporary tables, by batch, each from one scan."""
    for table in ("blocks", "edits", "articles"):
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE todo_{table} AS
            SELECT rows.*, todo.batch FROM clean.{table} AS rows JOIN {PLANNED} AS todo USING (capture_id) ORDER BY todo.batch"""
        )


def _todo(con: Connection, kinds: Sequence[str]) -> Iterator[ToExtract]:
    """The planned captures, batch by batch, with what normalising found out about them and which kinds are to read each."""
    wanted = ", ".join(f"capture_id IN (FROM stale_{kind}) AS {wanted_by(kind)}" for kind in kinds)
    for batch, captures in enumerate(planned(con, "captures.* EXCLUDE (layout)")):
        known = select(
            con,
            f"SELECT capture_id, publication_date, published_on, language, {wanted} FROM todo_articles WHERE batch = ?",
            [batch],
        )
        yield ToExtract(
            captures.join(known, on="capture_id", maintain_order="left"),
            select(con, "SELECT * EXCLUDE (batch) FROM todo_blocks WHERE batch = ?", [batch]),
            select(con, "SELECT * EXCLUDE (batch) FROM todo_edits WHERE batch = ?", [batch]),
        )


def _plan_kinds(con: Connection, kinds: Sequence[str]) -> bool:
    """Remove what is stale in the partitions ``rerun_dates`` and plan what is to be read; False if nothing is.

    The plan has a column per kind that says whether it is to read the capture.
    """
    here = "SELECT capture_id FROM clean.articles SEMI JOIN rerun_dates USING (publication_date)"
    changed = False
    for kind in kinds:
        table, stage, version = KINDS[kind][0].__table__, f"facts/{kind}", fact_version(kind)
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE stale_{kind} AS
            {here} EXCEPT SELECT capture_id FROM ops.done WHERE stage = ? AND code_version = ?""",
            [stage, version],
        )
        gone = con.execute(
            f"""DELETE FROM {table} WHERE publication_date IN (FROM rerun_dates)
            AND (capture_id IN (FROM stale_{kind}) OR capture_id NOT IN ({here}))"""
        ).fetchone()
        for table in ("ops.done", GivenUp.__table__):
            con.execute(f"DELETE FROM {table} WHERE stage = ? AND capture_id IN (FROM stale_{kind})", [stage])
        added = con.execute(
            f"INSERT INTO ops.done SELECT ?, capture_id, ? FROM stale_{kind}", [stage, version]
        ).fetchone()
        changed |= bool((gone and gone[0]) or (added and added[0]))
    plan(con, " UNION ".join(f"FROM stale_{kind}" for kind in kinds), [])
    return changed


def extract_dates(con: Connection, dates: Sequence[str], kinds: Sequence[str]) -> dict[str, int]:
    """Bring the facts of these partitions and kinds up to date. Returns the captures read and the rows written by kind.

    Inside a partition only captures that a kind's code has not seen are read; facts of articles that left are removed.
    """
    written = {"captures": 0, **dict.fromkeys(kinds, 0)}
    for group in _groups(con, dates):
        with transaction(con), visible(con, "rerun_dates", pl.DataFrame({"publication_date": group})):
            changed = _plan_kinds(con, kinds)
            _gather(con)
            expected = EXTRACT_SECONDS * len(kinds) * planned_characters(con)
            for todo, made in map_batches(EXTRACTING, _todo(con, kinds), expected):
                written["captures"] += todo.captures.height
                for kind in kinds:
                    written[kind] += insert(con, KINDS[kind][0], made.facts[kind])
                if insert(con, GivenUp, made.rejects):
                    bump(con, "clean")
                tell("extract", written["captures"])
            if set(kinds) == set(KINDS):
                con.execute("DELETE FROM ops.touched_dates WHERE publication_date IN (FROM rerun_dates)")
            if changed:
                bump(con, "facts")
            note_ingredients(con, [f"facts/{kind}" for kind in kinds])
    return written


@dg.multi_asset(
    specs=[
        spec(
            contract, "facts", version=fact_version(kind),
            deps=[dg.AssetDep(key_of(f"clean/{name}"), partition_mapping=NO_DROP_KNOWN) for name in ("articles", "blocks", "edits", "rejects")],
            partitions=DATES,
        )
        for kind, (contract, _) in KINDS.items()
    ],
    name="extract",
    pool=POOL,
    backfill_policy=ONE_RUN,
    can_subset=True,
)  # fmt: skip
def extract_facts(context: dg.AssetExecutionContext, config: Keys) -> Iterator[dg.MaterializeResult[Any]]:
    """Extract the facts of publication dates into facts.*."""
    keys = keys_of(context, config)
    with attempting(context, FACTS, keys), open_store(context) as con:
        kinds = [
            kind for kind, (contract, _) in KINDS.items() if key_of(contract.__table__) in context.selected_asset_keys
        ]
        written = extract_dates(con, keys, kinds)
        context.log.info(f"{len(keys)} dates: {written}")
        for kind in kinds:
            counts = {"captures_read": written["captures"], "written_rows": written[kind]}
            yield from report(context, con, (KINDS[kind][0],), keys, counts)
