"""The raw layer: what arrived. Partitioned by drop."""

import errno
import json
import os
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from assets.clock import now
from assets.drops import drop_row, register_drops
from assets.home import Home
from assets.partitions import DROPS, DropKeys, add_partitions, each, keys_of
from assets.progress import tell
from assets.replay import adopt_orphans, known, land, read_again
from assets.reporting import ONE_RUN, POOL, attempting, open_store, report, spec
from assets.sources import Pack, packs_of
from assets.store import Connection, bump, select, transaction, visible
from assets.tables import RAW
from assets.versions import note_ingredients, read_version
from assets.work import reading
from assets.workers import map_batches
from pipelines.read.stage import inputs, read_drop
from pipelines.read.stamps import Stamps, digest, stamps

FILE_OF = r"regexp_replace(uri, '#[LR][0-9]+$', '')"
"""The file that a reject is about: its own address, or that before the line's or record's number."""


class Vanished(FileNotFoundError):
    """A drop whose path is gone; the message says what became of its rows and what can be done."""


def _unchanged(con: Connection, drop_id: str, found: Stamps) -> set[str]:
    """The files that look as they did when today's code read them."""
    read = con.execute("SELECT code_version FROM ops.reads WHERE drop_id = ?", [drop_id]).fetchone()
    if read is None or read[0] != read_version():
        return set()
    known = con.execute("SELECT uri, stamp FROM ops.inputs WHERE drop_id = ? AND stamp IS NOT NULL", [drop_id])
    return {uri for uri, stamp in known.fetchall() if found.get(uri) == stamp}


LASTING = tuple(os.strerror(number) for number in (errno.ENOENT, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENOTDIR))
"""Why a file cannot be opened until somebody changes it, which shows from outside; any other reason may pass by itself."""


def _note_stamps(con: Connection, drop_id: str, found: Stamps, rejects: pl.DataFrame) -> None:
    """Note what the files looked like; not for those whose reading failed for a reason that may pass: they are due again."""
    refused = rejects.filter(pl.col("reason") == "unreadable").select("uri", "detail").rows()
    passing = {uri for uri, detail in refused if not detail.endswith((*LASTING, "plain file"))}
    found = {uri: None if uri in passing else seen for uri, seen in found.items()}
    rows = pl.DataFrame(
        {"uri": list(found), "stamp": list(found.values())}, schema={"uri": pl.String, "stamp": pl.String}
    )
    with visible(con, "found_stamps", rows):
        con.execute(
            """DELETE FROM ops.inputs WHERE drop_id = ? AND uri NOT IN (
                SELECT uri FROM found_stamps SEMI JOIN (SELECT * FROM ops.inputs WHERE drop_id = ?) AS same USING (uri, stamp)
            )""",
            [drop_id, drop_id],
        )
        con.execute(
            """INSERT INTO ops.inputs SELECT ?, uri, stamp FROM found_stamps
            ANTI JOIN (SELECT * FROM ops.inputs WHERE drop_id = ?) AS noted USING (uri)""",
            [drop_id, drop_id],
        )
    con.execute("DELETE FROM ops.reads WHERE drop_id = ?", [drop_id])
    con.execute("INSERT INTO ops.reads VALUES (?, ?, ?)", [drop_id, digest(found), read_version()])


def ingest(con: Connection, home: Home, drop_id: str, *, thorough: bool = False) -> dict[str, int]:
    """Read what is new in a drop into raw.*: one transaction, one pack.

    Files that look as they did are passed over, unless ``thorough``. Captures that an older reader made are read again
    from their packs. Returns what arrived: captures, deliveries (new), rejects (all), reread (captures that a changed
    reader reads differently). Raises :class:`Vanished`, with nothing changed, if the drop's path is gone.
    """
    drop = drop_row(con, drop_id)
    path = Path(drop["path"])
    if not path.exists():
        raise Vanished(
            f"there is nothing at {path} any more. The rows of drop {drop_id} stay as they are; "
            f"put it back to have it read, or take its rows out with: newsledger withdraw {drop_id}"
        )
    adopt_orphans(con, home, drop_id)
    totals = {"captures": 0, "deliveries": 0, "rejects": 0, "reread": read_again(con, home, [drop_id])}
    found = stamps(path, time.time_ns())
    unchanged = set() if thorough else _unchanged(con, drop_id, found)
    _ingest(con, home, drop, found, unchanged, totals)
    refused = con.execute("SELECT count(*) FROM raw.rejects WHERE drop_id = ?", [drop_id]).fetchone()
    return totals | {"rejects": refused[0] if refused else 0}


def _rejects(con: Connection, drop_id: str) -> pl.DataFrame:
    return select(con, "SELECT * FROM raw.rejects WHERE drop_id = ? ORDER BY uri", [drop_id])


def _ingest(
    con: Connection,
    home: Home,
    drop: Mapping[str, Any],
    found: Stamps,
    unchanged: Collection[str],
    totals: dict[str, int],
) -> None:
    drop_id = drop["drop_id"]
    items = inputs(Path(drop["path"]), json.loads(drop["field_map"] or "{}"), unchanged)
    numbers = [int(path.stem) for path in packs_of(home.sources, drop_id)]
    name = f"{drop_id}/{max(numbers, default=0) + 1:06d}.zip"
    pack = Pack(home.sources, name)
    try:
        with transaction(con):
            before = _rejects(con, drop_id)
            kept = pl.DataFrame({"uri": sorted(unchanged)}, schema={"uri": pl.String})
            with visible(con, "kept_files", kept):
                con.execute(
                    f"""DELETE FROM raw.rejects WHERE drop_id = ?
                    AND uri NOT IN (FROM kept_files) AND {FILE_OF} NOT IN (FROM kept_files)""",
                    [drop_id],
                )
            over = partial(map_batches, reading(drop_id))
            for batch in read_drop(items, drop_id, lambda ids: known(con, ids), now(), over):
                for what, count in land(con, drop, batch, pack).items():
                    totals[what] += count
                tell("read", totals["captures"])
            after = _rejects(con, drop_id)
            if not before.equals(after):
                pack.add(drop, [], [], after.to_dicts())
            if pack.close():
                con.execute(
                    "INSERT INTO ops.sources VALUES (?, ?, ?, ?)", [name, drop_id, pack.captures, read_version()]
                )
            if totals["captures"] or totals["deliveries"] or not before.equals(after):
                bump(con, "raw")
            _note_stamps(con, drop_id, found, after)
            note_ingredients(con, ["read"])
    except BaseException:
        pack.abandon()
        raise


@dg.multi_asset(
    specs=[spec(table, "raw", version=read_version(), deps=[], partitions=DROPS) for table in RAW],
    name="read",
    pool=POOL,
    backfill_policy=ONE_RUN,
)
def read_captures(context: dg.AssetExecutionContext, config: DropKeys) -> Iterator[dg.MaterializeResult[Any]]:
    """Read drops into raw.*."""
    home = Home.default()
    with attempting(context, RAW, [*config.keys, *config.stored]), open_store(context) as con:
        if config.paths:
            add_partitions(context.instance, register_drops(con, home, [Path(path) for path in config.paths]), [])
        keys = list(config.keys) if config.stored else keys_of(context, config)
        totals = Counter(captures=0, deliveries=0, rejects=0, reread=read_again(con, home, config.stored))
        totals.update(each(keys, lambda drop_id: ingest(con, home, drop_id, thorough=config.thorough), context))
        counts = {f"new_{what}" if what in ("captures", "deliveries") else what: n for what, n in totals.items()}
        yield from report(context, con, RAW, [*keys, *config.stored], counts)
