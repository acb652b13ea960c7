"""The raw layer: what arrived. Partitioned by drop."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from assets.home import Home
from assets.partitions import DROPS, Keys, keys_of
from assets.progress import tell
from assets.reporting import POOL, open_store, report, spec
from assets.sources import Pack
from assets.store import Connection, bump, insert, select, transaction, visible
from assets.tables import RAW
from assets.versions import read_version
from pipelines.contracts import frame
from pipelines.read.captures import Captures, Deliveries, Drops, Rejects
from pipelines.read.inputs import Input, Reject
from pipelines.read.stage import Batch, address, drop_id_of, inputs, read_drop


def now() -> dt.datetime:
    """The clock of the store: naive UTC."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def register_drops(con: Connection, paths: Sequence[Path], field_map: Mapping[str, str] | None = None) -> list[str]:
    """The drop_ids of these paths, in the order of their addresses; drops not seen before get the next drop_seq.

    A ``field_map`` is kept with the drops, for this run and those after it.
    """
    ids = {drop_id_of(path): address(path) for path in sorted(paths, key=address)}
    fields = json.dumps(field_map, ensure_ascii=False, sort_keys=True) if field_map else None
    with transaction(con):
        known = dict(con.execute("SELECT drop_id, drop_seq FROM raw.drops").fetchall())
        last = max(known.values(), default=0)
        fresh = [drop_id for drop_id in ids if drop_id not in known]
        rows = [(drop_id, last + place, ids[drop_id], now(), fields) for place, drop_id in enumerate(fresh, 1)]
        insert(con, Drops, frame(Drops, rows))
        if fields:
            con.execute("UPDATE raw.drops SET field_map = ? WHERE list_contains(?, drop_id)", [fields, list(ids)])
        if fresh:
            bump(con, "raw")
    return list(ids)


def drop_row(con: Connection, drop_id: str) -> dict[str, Any]:
    """The drop's row. Raises KeyError for a drop that was never registered."""
    found = select(con, "SELECT * FROM raw.drops WHERE drop_id = ?", [drop_id])
    if found.is_empty():
        raise KeyError(f"no drop {drop_id} is registered; bring it in with: newsledger run PATH")
    return found.row(0, named=True)


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
    registered = {row[0] for row in con.execute("SELECT pack FROM ops.sources WHERE drop_id = ?", [drop_id]).fetchall()}
    for orphan in set((home.sources / drop_id).glob("*")) - {home.sources / name for name in registered}:
        orphan.unlink()  # left by a run that was killed between the pack and the commit; its rows were never stored
    name = f"{drop_id}/{len(registered) + 1:06d}.zip"
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


def replay(con: Connection, batch: Mapping[str, Any], items: list[Input]) -> None:
    """A batch of a pack into raw.*, as it was when it arrived. For rebuilding the store; the caller holds a transaction."""
    drop = dict(batch["drop"])
    drop["first_ingested_at"] = dt.datetime.fromisoformat(drop["first_ingested_at"])
    if not con.execute("SELECT 1 FROM raw.drops WHERE drop_id = ?", [drop["drop_id"]]).fetchone():
        insert(con, Drops, frame(Drops, [tuple(drop[name] for name in Drops.column_names())]))
    found: list[Input | Reject] = list(items)
    for landed in read_drop(found, drop["drop_id"], lambda ids: _known(con, ids), dt.datetime.min):
        landed.deliveries.clear()  # these arrived then, not now: they follow as they were noted
        _land(con, drop, landed, None)
    moments = ("captured_at", "ingested_at")
    arrived = [
        {**row, **{name: row[name] and dt.datetime.fromisoformat(row[name]) for name in moments}}
        for row in batch["deliveries"]
    ]
    insert(
        con, Deliveries, frame(Deliveries, [tuple(row[name] for name in Deliveries.column_names()) for row in arrived])
    )
    if batch["rejects"] is not None:
        con.execute("DELETE FROM raw.rejects WHERE drop_id = ?", [drop["drop_id"]])
        insert(
            con,
            Rejects,
            frame(Rejects, [tuple(row[name] for name in Rejects.column_names()) for row in batch["rejects"]]),
        )


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
