"""Rows of raw.* from inputs, whether they have just arrived or come out of a pack under ``sources/``.

What belongs here: landing a batch, replaying a pack into an empty store, adopting packs that no transaction registered,
reading stored captures again when the reader has changed. What does not: finding what arrived (raw).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from assets.downstream import forget
from assets.drops import drop_row, register_row
from assets.home import Home
from assets.sources import Pack, PackError, drop_records, keep_drop, packs_of, read_pack
from assets.store import Connection, StoreError, bump, insert, select, transaction, visible
from assets.versions import note_ingredients, read_version
from assets.withdrawn import last_seq
from assets.work import reading
from assets.workers import map_batches
from pipelines.contracts import frame
from pipelines.read.captures import Captures, Deliveries, Rejects
from pipelines.read.inputs import Input, Reject
from pipelines.read.stage import Batch, read_drop

READ_COLUMNS = ("media_type", "encoding", "url", "captured_at", "text", "flattener", "metadata", "layout")
"""What the reader makes of a capture's bytes; the other columns say where they came from."""


def known(con: Connection, capture_ids: list[str]) -> set[str]:
    """Which of some captures are in the store."""
    with visible(con, "asked_ids", pl.DataFrame({"capture_id": capture_ids}, schema={"capture_id": pl.String})):
        rows = con.execute("SELECT capture_id FROM raw.captures SEMI JOIN asked_ids USING (capture_id)").fetchall()
    return {row[0] for row in rows}


def _fresh_deliveries(con: Connection, drop_id: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Those that are not in the store, in the order of their arrival, which tells the first of several."""
    with visible(con, "arrived_rows", rows.with_row_index("arrival")):
        return select(
            con,
            """SELECT arrived_rows.* EXCLUDE (arrival)
            FROM arrived_rows ANTI JOIN (SELECT * FROM raw.deliveries WHERE drop_id = ?) AS known USING (capture_id, uri)
            ORDER BY arrival""",
            [drop_id],
        )


def land(con: Connection, drop: Mapping[str, Any], batch: Batch, pack: Pack | None) -> dict[str, int]:
    """Append what is new in a batch to raw.* and to the pack. Returns the new captures and deliveries."""
    captures, deliveries, rejects = batch.frames()
    deliveries = frame(Deliveries, _fresh_deliveries(con, drop["drop_id"], deliveries).rows())
    insert(con, Captures, captures)
    insert(con, Deliveries, deliveries)
    with visible(con, "refused_rows", rejects):
        fresh = select(con, "SELECT refused_rows.* FROM refused_rows ANTI JOIN raw.rejects USING (drop_id, uri)")
    insert(con, Rejects, frame(Rejects, fresh.rows()))
    if pack is not None:
        pack.add(drop, batch.sources, deliveries.to_dicts())
    return {"captures": captures.height, "deliveries": deliveries.height}


def adopt_orphans(con: Connection, home: Home, drop_id: str) -> None:
    """Take in packs that no transaction registered: of a run that was killed before its commit, or of a store restored
    from an older copy. What cannot be read is set aside, never removed."""
    registered = {row[0] for row in con.execute("SELECT pack FROM ops.sources WHERE drop_id = ?", [drop_id]).fetchall()}
    for path in packs_of(home.sources, drop_id):
        if f"{drop_id}/{path.name}" not in registered:
            try:
                replay_pack(con, home, path)
            except PackError:
                path.replace(path.with_suffix(".unreadable"))


def adopt_all(con: Connection, home: Home) -> None:
    """Take in all that ``sources/`` holds and no transaction registered, after a run or a write-ahead log was cut off."""
    known = {row[0] for row in con.execute("SELECT drop_id FROM raw.drops").fetchall()}
    noted = sorted(drop_records(home.sources), key=lambda drop: int(drop["drop_seq"]))
    with transaction(con):
        for drop in noted:
            if drop["drop_id"] not in known:
                # Its number was never committed, and may be another's by now.
                given = con.execute("SELECT drop_seq FROM raw.drops").fetchall()
                last = max([last_seq(home), *(row[0] for row in given)])
                register_row(con, drop | {"drop_seq": max(int(drop["drop_seq"]), last + 1)})
                keep_drop(home.sources, drop_row(con, drop["drop_id"]))
                bump(con, "raw")
    for drop in noted:
        adopt_orphans(con, home, drop["drop_id"])


def replay_pack(con: Connection, home: Home, path: Path) -> None:
    """A pack into raw.*, as it was when it arrived, in one transaction. Raises PackError."""
    drop_id, captures = path.parent.name, 0
    with transaction(con):
        for batch, items in read_pack(path):
            register_row(con, batch["drop"])
            _replay(con, drop_id, batch, items)
            captures += len(items)
        pack = f"{drop_id}/{path.name}"
        con.execute("INSERT INTO ops.sources VALUES (?, ?, ?, ?)", [pack, drop_id, captures, read_version()])
        note_ingredients(con, ["read"])
        bump(con, "raw")


def _replay(con: Connection, drop_id: str, batch: Mapping[str, Any], items: list[Input]) -> None:
    found: list[Input | Reject] = list(items)
    over = partial(map_batches, reading(drop_id))
    for landed in read_drop(found, drop_id, lambda ids: known(con, ids), dt.datetime.min, over):
        landed.deliveries.clear()  # these arrived then, not now: they follow as they were noted
        land(con, {"drop_id": drop_id}, landed, None)
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


def read_again(con: Connection, home: Home, drop_ids: Iterable[str]) -> int:
    """Read the captures of these drops again, from their packs, where another version of the reader made them.

    One transaction a pack. A capture that reads as it did keeps its rows in every layer; one that reads differently
    loses what was made of it, so that the stages after it follow. One that the reader of today would refuse keeps what
    an older one made of it: nothing is lost. Returns how many captures read differently.

    Raises StoreError if a pack is gone or cannot be read.
    """
    version, changed = read_version(), 0
    for drop_id in drop_ids:
        stale = con.execute(
            "SELECT pack FROM ops.sources WHERE drop_id = ? AND code_version <> ? ORDER BY pack", [drop_id, version]
        ).fetchall()
        for (pack,) in stale:
            with transaction(con):
                try:
                    for _, items in read_pack(home.sources / pack):
                        changed += _replace(con, drop_id, items)
                except (PackError, FileNotFoundError) as error:
                    raise StoreError(
                        f"the reader has changed and the pack {home.sources / pack} cannot be read: {error}. "
                        "Restore it from a backup"
                    ) from error
                con.execute("UPDATE ops.sources SET code_version = ? WHERE pack = ?", [version, pack])
                note_ingredients(con, ["read"])
    return changed


def _replace(con: Connection, drop_id: str, items: list[Input]) -> int:
    """Bring the rows of these captures up to date with the reader; returns how many of them changed."""
    changed = 0
    different = " OR ".join(f"stored.{name} IS DISTINCT FROM again.{name}" for name in READ_COLUMNS)
    assigned = ", ".join(f"{name} = again.{name}" for name in READ_COLUMNS)
    for batch in read_drop(items, drop_id, lambda ids: (), dt.datetime.min, partial(map_batches, reading(drop_id))):
        with visible(con, "read_again", frame(Captures, batch.captures)):
            con.execute(
                f"""CREATE OR REPLACE TEMP TABLE changed_captures AS
                SELECT again.*, stored.captured_at AS before FROM raw.captures AS stored JOIN read_again AS again USING (capture_id) WHERE {different}"""
            )
        count = con.execute("SELECT count(*) FROM changed_captures").fetchone()
        if not (count and count[0]):
            continue
        changed += int(count[0])
        con.execute(
            f"UPDATE raw.captures SET {assigned} FROM changed_captures AS again WHERE captures.capture_id = again.capture_id"
        )
        con.execute(
            """UPDATE raw.deliveries SET captured_at = again.captured_at FROM changed_captures AS again
            WHERE deliveries.capture_id = again.capture_id AND again.captured_at IS NOT NULL
            -- What an archive says of its own delivery (its WARC-Date) is not the capture's to change.
            AND deliveries.captured_at IS NOT DISTINCT FROM again.before"""
        )
        forget(con, "FROM (SELECT capture_id FROM changed_captures)")
        con.execute(
            "UPDATE ops.documents SET current = false WHERE capture_id IN (SELECT capture_id FROM changed_captures)"
        )
        bump(con, "raw")
    return changed
