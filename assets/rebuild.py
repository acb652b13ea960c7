"""A working file that is missing, foreign or of another schema: rebuilt from ``sources/``, never misread."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from assets.home import Home
from assets.raw import replay
from assets.sources import packs, read_pack
from assets.store import bump, connect, create_schema, schema_digest, schema_of, transaction


def _schema_on_disk(home: Home) -> str | None:
    if not home.working.exists():
        return None
    try:
        with connect(str(home.working), home) as con:
            return schema_of(con)
    except (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException):
        return None  # not a DuckDB file, or a damaged one


def ensure_current(home: Home, say: Callable[[str], None] = lambda words: None) -> None:
    """Make the working file one of today's schema. The caller holds the write lock.

    The raw layer comes back from the packs under ``sources/``; the layers after it are empty and follow with the next
    run. What was there before is kept beside it, with the suffix ``.old``.
    """
    if home.working.exists() and _schema_on_disk(home) == schema_digest():
        return
    stored = packs(home.sources)
    fresh = home.working.with_suffix(".new")
    for leftover in (fresh, fresh.with_name(fresh.name + ".wal")):
        leftover.unlink(missing_ok=True)
    if home.working.exists() or stored:
        say(f"the store is of another version of newsledger: rebuilding it from {len(stored)} packs of sources")
    with connect(str(fresh), home) as con:
        create_schema(con)
        order: list[tuple[int, str]] = []
        for path in stored:
            batch, _ = next(read_pack(path))
            order.append((batch["drop"]["drop_seq"], path.relative_to(home.sources).as_posix()))
        for _, name in sorted(order):
            with transaction(con):
                captures = 0
                for batch, items in read_pack(home.sources / name):
                    replay(con, batch, items)
                    captures += len(items)
                con.execute("INSERT INTO ops.sources VALUES (?, ?, ?)", [name, name.split("/")[0], captures])
        if stored:
            with transaction(con):
                bump(con, "raw")
    if home.working.exists():
        home.working.replace(home.working.with_suffix(".old"))
        home.working.with_name(home.working.name + ".wal").unlink(missing_ok=True)
    fresh.replace(home.working)
