"""A working file that is missing, foreign or of another schema: rebuilt from ``sources/``, never misread."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from assets.home import Home
from assets.raw import replay
from assets.sources import packs, read_pack
from assets.store import Connection, bump, connect, create_schema, schema_digest, schema_of, transaction


def _opened(home: Home) -> Connection | None:
    """The working file, if there is one and it is of today's schema."""
    if not home.working.exists():
        return None
    try:
        con = connect(str(home.working), home)
    except (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException):
        return None  # not a DuckDB file, or a damaged one
    if schema_of(con) == schema_digest():
        return con
    con.close()
    return None


def open_current(home: Home, say: Callable[[str], None] = lambda words: None) -> Connection:
    """The working file, open, of today's schema; made or rebuilt if it has to be. The caller holds the write lock.

    The raw layer comes back from the packs under ``sources/``; the layers after it are empty and follow with the next
    run. What was there before is kept beside it, with the suffix ``.old``.
    """
    return _opened(home) or _rebuilt(home, say)


def _rebuilt(home: Home, say: Callable[[str], None]) -> Connection:
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
    return connect(str(home.working), home)
