"""The raw layer: what arrived. Partitioned by drop."""

import datetime as dt
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from assets.clock import now
from assets.drops import drop_row, register_row
from assets.home import Home
from assets.partitions import DROPS, Keys, keys_of
from assets.progress import tell
from assets.reporting import POOL, open_store, report, spec
from assets.sources import Pack, packs_of, read_pack
from assets.store import Connection, bump, insert, select, transaction, visible
from assets.tables import RAW
from assets.versions import read_version
from pipelines.contracts import frame
from pipelines.read.captures import Captures, Deliveries, Rejects
from pipelines.read.inputs import Input, Reject
from pipelines.read.stage import Batch, inputs, read_drop


def _known(con: Connection, capture_ids: list[str]) -> set[str]:
    with visible(con, "asked_ids", pl.DataFrame({"capture_id": capture_ids}, schema={"capture_id": pl.String})):
        rows = con.execute("SELECT capture_id FROM raw.captures SEMI JOIN asked_ids USING (capture_id)").fetchall()
    return {row[0] for row in rows}


def _fresh_deliveries(con: Connection, drop_id: str, rows: pl.DataFrame) -> pl.DataFrame:
    with visible(con, "arrived_rows", rows):
        return select(
            con,
            """SELECT arrived_rows.* FROM arrived_rows ANTI JOIN (SELECT * FROM raw.deliveries WHERE drop_id = ?) AS known
            USING (capture_id, uri)""",
            [drop_id],
        )


def _land(con: Connection, drop: Mapping[str, Any], batch: Batch, pack: Pack | None) -> dict[str, int]:
    """Append what is new in a batch to raw.* and to the pack."""
    captures, deliveries, rejects = batch.frames()
    deliveries = frame(Deliveries, _fresh_deliveries(con, drop["drop_id"], deliveries).rows())
    insert(con, Captures, captures)
    insert(con, Deliveries, deliveries)
    with visible(con, "refused_rows", rejects):
        fresh = select(con, "SELECT refused_rows.* FROM refused_rows ANTI JOIN raw.rejects USING (drop_id, uri)")
    insert(con, Rejects, frame(Rejects, fresh.rows()))
    if pack is not None:
        pack.add(drop, batch.sources, deliveries.to_dicts())
    return {"captures": captures.height, "deliveries": deliveries.height, "rejects": rejects.height}


def ingest(con: Connection, home: Home, drop_id: str) -> dict[str, int]:
    """Read a drop into raw.*: one transaction, one pack. Returns what arrived: captures, deliveries (new), rejects (all).

    Raises FileNotFoundError, with nothing changed, if the drop's path has vanished.
    """
    drop = drop_row(con, drop_id)
    found = inputs(Path(drop["path"]), json.loads(drop["field_map"] or "{}"))
    _adopt_orphans(con, home, drop_id)
    numbers = [int(path.stem) for path in packs_of(home.sources, drop_id)]
    name = f"{drop_id}/{max(numbers, default=0) + 1:06d}.zip"
    pack = Pack(home.sources, name)
    totals = {"captures": 0, "deliveries": 0, "rejects": 0}
    try:
        with transaction(con):
            before = select(con, "SELECT * FROM raw.rejects WHERE drop_id = ? ORDER BY uri", [drop_id])
            con.execute("DELETE FROM raw.rejects WHERE drop_id = ?", [drop_id])
            for batch in read_drop(found, drop_id, lambda ids: _known(con, ids), now()):
                for what, count in _land(con, drop, batch, pack).items():
                    totals[what] += count
                tell("read", totals["captures"])
            after = select(con, "SELECT * FROM raw.rejects WHERE drop_id = ? ORDER BY uri", [drop_id])
            if not before.equals(after):
                pack.add(drop, [], [], after.to_dicts())
            if pack.close():
                con.execute("INSERT INTO ops.sources VALUES (?, ?, ?)", [name, drop_id, pack.captures])
            if totals["captures"] or totals["deliveries"] or not before.equals(after):
                bump(con, "raw")
    except BaseException:
        pack.abandon()
        raise
    return totals


def _adopt_orphans(con: Connection, home: Home, drop_id: str) -> None:
    """Take in packs that no transaction registered: of a run that was killed before its commit, or of a store restored
    from an older copy. What cannot be read is set aside, never removed."""
    registered = {row[0] for row in con.execute("SELECT pack FROM ops.sources WHERE drop_id = ?", [drop_id]).fetchall()}
    for path in packs_of(home.sources, drop_id):
        if f"{drop_id}/{path.name}" not in registered:
            try:
                replay_pack(con, home, path)
            except (zipfile.BadZipFile, KeyError, ValueError):
                path.replace(path.with_suffix(".unreadable"))


def replay_pack(con: Connection, home: Home, path: Path) -> None:
    """A pack into raw.*, as it was when it arrived, in one transaction. Raises BadZipFile, KeyError or ValueError."""
    drop_id, captures = path.parent.name, 0
    with transaction(con):
        for batch, items in read_pack(path):
            register_row(con, batch["drop"])
            _replay(con, drop_id, batch, items)
            captures += len(items)
        con.execute("INSERT INTO ops.sources VALUES (?, ?, ?)", [f"{drop_id}/{path.name}", drop_id, captures])
        bump(con, "raw")


def _replay(con: Connection, drop_id: str, batch: Mapping[str, Any], items: list[Input]) -> None:
    found: list[Input | Reject] = list(items)
    for landed in read_drop(found, drop_id, lambda ids: _known(con, ids), dt.datetime.min):
        landed.deliveries.clear()  # these arrived then, not now: they follow as they were noted
        _land(con, {"drop_id": drop_id}, landed, None)
    moments = ("captured_at", "ingested_at")
    arrived = [
        {**row, **{name: row[name] and dt.datetime.fromisoformat(row[name]) for name in moments}}
        for row in batch["deliveries"]
    ]
    rows = frame(Deliveries, [tuple(row[name] for name in Deliveries.column_names()) for row in arrived])
    insert(con, Deliveries, frame(Deliveries, _fresh_deliveries(con, drop_id, rows).rows()))
    if batch["rejects"] is not None:
        con.execute("DELETE FROM raw.rejects WHERE drop_id = ?", [drop_id])
        refused = [tuple(row[name] for name in Rejects.column_names()) for row in batch["rejects"]]
        insert(con, Rejects, frame(Rejects, refused))


@dg.multi_asset(
    specs=[spec(table, "raw", version=read_version(), deps=[], partitions=DROPS) for table in RAW],
    name="read",
    pool=POOL,
)
def read_captures(context: dg.AssetExecutionContext, config: Keys) -> Iterator[dg.MaterializeResult[Any]]:
    """Read drops into raw.*."""
    with open_store(context) as con:
        keys, totals = keys_of(context, config), {"captures": 0, "deliveries": 0, "rejects": 0}
        for drop_id in keys:
            arrived = ingest(con, Home.default(), drop_id)
            context.log.info(f"{drop_id}: {arrived}")
            totals = {what: totals[what] + arrived[what] for what in totals}
        yield from report(
            context, con, RAW, keys, {f"new_{what}" if what != "rejects" else what: n for what, n in totals.items()}
        )
