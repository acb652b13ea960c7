"""A working file that is missing, foreign or of another schema: rebuilt from ``sources/``, never misread."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from assets.drops import register_row
from assets.home import Home
from assets.replay import replay_pack
from assets.sources import drop_records, packs
from assets.store import Connection, StoreError, connect, create_schema, schema_digest, schema_of, transaction
from assets.withdrawal import settle_sources, settle_store

MAGIC = (8, b"DUCK")
"""Offset and bytes by which a DuckDB file is known."""

DAMAGE = ("corrupt", "checksum", "version number", "not a valid DuckDB", "deserializ")
"""Words of DuckDB's that say that a file is damaged or of another release, not that it could not be reached."""

KEPT_OLD = 2
"""How many set-aside files are kept."""


def _is_duckdb(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(MAGIC[0] + len(MAGIC[1]))[MAGIC[0] :] == MAGIC[1]


def _opened(home: Home) -> Connection | None:
    """The working file if it is of today's schema; None if it has to be made or rebuilt.

    Raises StoreError where the file is sound as far as one can tell, but cannot be opened now.
    """
    if not home.working.exists() or not _is_duckdb(home.working):
        return None
    try:
        con = connect(str(home.working), home)
    except duckdb.Error as error:
        if any(word in str(error) for word in DAMAGE):
            return None
        reason = str(error).splitlines()[0]
        raise StoreError(
            f"the working store cannot be opened: {reason}. If it is damaged, move {home.working} away: it is rebuilt from sources/"
        ) from error
    if schema_of(con) == schema_digest():
        return con
    con.close()
    return None


def open_current(home: Home, say: Callable[[str], None] = lambda words: None) -> Connection:
    """The working file, open, of today's schema; made or rebuilt if it has to be. The caller holds the write lock.

    The raw layer comes back from the packs under ``sources/``; the layers after it are empty and follow with the next
    run. What was there before is set aside beside it (``.old-1``, ``.old-2`` …), the last two of them. A withdrawal that was cut off is finished.
    """
    settle_sources(home)
    con = _opened(home) or _rebuilt(home, say)
    try:
        settle_store(con, home)
    except BaseException:
        con.close()
        raise
    return con


def _set_aside(path: Path) -> None:
    """Keep the old file under a name of its own; its write-ahead log goes with it."""
    older = sorted(
        path.parent.glob(f"{path.stem}.old-*"), key=lambda old: int(old.suffix.removeprefix(".old-").split(".")[0] or 0)
    )
    last = int(older[-1].suffix.removeprefix(".old-")) if older else 0
    for surplus in older[: max(0, len(older) - KEPT_OLD + 1)]:
        surplus.unlink()
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    if path.exists():
        path.replace(path.with_name(f"{path.stem}.old-{last + 1}"))


def _rebuilt(home: Home, say: Callable[[str], None]) -> Connection:
    stored = packs(home.sources)
    fresh = home.working.with_suffix(".new")
    for leftover in (fresh, fresh.with_name(fresh.name + ".wal")):
        leftover.unlink(missing_ok=True)
    if home.working.exists() or stored:
        say(
            f"the store is missing or of another version of newsledger: rebuilding it from {len(stored)} packs of sources"
        )
    with connect(str(fresh), home) as con:
        create_schema(con)
        with transaction(con):
            drops = sorted(drop_records(home.sources), key=lambda drop: int(drop["drop_seq"]))
            for drop in drops:
                register_row(con, drop)
        order = {drop["drop_id"]: place for place, drop in enumerate(drops)}
        for path in sorted(stored, key=lambda pack: (order.get(pack.parent.name, len(order)), pack.name)):
            try:
                replay_pack(con, home, path)
            except (zipfile.BadZipFile, KeyError, ValueError) as error:
                raise StoreError(
                    f"the pack {path} cannot be read ({error}). Move it away to rebuild without it"
                ) from error
    _set_aside(home.working)
    fresh.replace(home.working)
    return connect(str(home.working), home)
