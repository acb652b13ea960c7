"""Drops: registered once, in the order of their first arrival, and noted beside their packs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assets.clock import now
from assets.home import Home
from assets.sources import keep_drop
from assets.store import Connection, bump, insert, select, transaction
from assets.withdrawn import last_seq, unmark
from pipelines.contracts import frame
from pipelines.read.captures import Drops
from pipelines.read.folders import address, drop_id_of


def register_drops(
    con: Connection, home: Home, paths: Sequence[Path], field_map: Mapping[str, str] | None = None
) -> list[str]:
    """The drop_ids of these paths, in the order of their addresses; drops not seen before get the next drop_seq.

    A ``field_map`` is kept with the drops, for this run and those after it. A drop that was withdrawn arrives anew.
    """
    ids = {drop_id_of(path): address(path) for path in sorted(paths, key=address)}
    fields = json.dumps(field_map, ensure_ascii=False, sort_keys=True) if field_map else None
    never_again = last_seq(home)
    unmark(home, ids)  # before the drop is there: a mark would take it out again
    with transaction(con):
        known = dict(con.execute("SELECT drop_id, drop_seq FROM raw.drops").fetchall())
        last = max([never_again, *known.values()])
        fresh = [drop_id for drop_id in ids if drop_id not in known]
        insert(
            con,
            Drops,
            frame(
                Drops, [(drop_id, last + place, ids[drop_id], now(), fields) for place, drop_id in enumerate(fresh, 1)]
            ),
        )
        other = _renamed(con, list(ids), fields) if fields else []
        if fresh or other:
            bump(con, "raw")
            for drop_id in ids:
                keep_drop(home.sources, drop_row(con, drop_id))
    return list(ids)


def _renamed(con: Connection, drop_ids: list[str], fields: str) -> list[str]:
    """Give these drops another field map; returns those whose map it changes, which are to be read anew as a whole."""
    rows = con.execute(
        """UPDATE raw.drops SET field_map = $fields
        WHERE list_contains($ids, drop_id) AND field_map IS DISTINCT FROM $fields RETURNING drop_id""",
        {"fields": fields, "ids": drop_ids},
    ).fetchall()
    changed = [row[0] for row in rows]
    for table in ("ops.inputs", "ops.reads"):
        con.execute(f"DELETE FROM {table} WHERE list_contains(?, drop_id)", [changed])
    return changed


def register_row(con: Connection, drop: Mapping[str, Any]) -> None:
    """A drop as it was noted under ``sources/``; nothing where it is registered already."""
    if con.execute("SELECT 1 FROM raw.drops WHERE drop_id = ?", [drop["drop_id"]]).fetchone():
        return
    row = {**drop, "first_ingested_at": dt.datetime.fromisoformat(drop["first_ingested_at"])}
    insert(con, Drops, frame(Drops, [tuple(row.get(name) for name in Drops.column_names())]))


def drop_row(con: Connection, drop_id: str) -> dict[str, Any]:
    """The drop's row. Raises KeyError for a drop that was never registered."""
    found = select(con, "SELECT * FROM raw.drops WHERE drop_id = ?", [drop_id])
    if found.is_empty():
        raise KeyError(f"no drop {drop_id} is registered; bring it in with: newsledger run PATH")
    return found.row(0, named=True)
