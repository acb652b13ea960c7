"""A working file that is missing, foreign or of another schema: rebuilt from ``sources/``, never misread."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from assets.clock import now
from assets.drops import register_row
from assets.home import Home
from assets.lock import was_cut_off
from assets.replay import adopt_all, replay_pack
from assets.sources import PackError, drop_records, packs
from assets.store import (
    Connection,
    StoreError,
    connect,
    create_schema,
    read_through,
    schema_digest,
    schema_of,
    transaction,
)
from assets.withdrawal import settle_sources, settle_store

MAGIC = (8, b"DUCK")
"""Offset and bytes by which a DuckDB file is known."""

DAMAGE = ("corrupt", "checksum", "version number", "not a valid duckdb", "deserializ", "replaying wal")
"""Words of DuckDB's, in lower case, that say that a file is damaged or of another release, not that it could not be reached."""

DISK = ("no space left", "file too large", "permission denied", "read-only", "quota")
"""Words that say that the file is as sound as it was, and the disk is the matter."""

GRAVE = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
"""Errors that may be damage under another name: the file is read through to find out."""

KEPT_OLD = 2
"""How many set-aside files are kept."""


def _is_duckdb(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(MAGIC[0] + len(MAGIC[1]))[MAGIC[0] :] == MAGIC[1]


def _says(error: BaseException, words: Sequence[str]) -> bool:
    said = str(error).lower()
    return any(word in said for word in words)


def _marker(home: Home) -> Path:
    return home.working.with_name("damaged")


def damaged(home: Home) -> bool:
    """Whether the working file was found to be damaged; whoever opens it next rebuilds it, and this is over."""
    return _marker(home).exists()


def note_damage(home: Home, error: BaseException) -> None:
    """Note that the working file is damaged, if that is what an error means; the file is closed by now.

    DuckDB sees damage where it reads it: at opening, or in the middle of a query, then as an error of any name.
    """
    seen: BaseException | None = error
    while seen is not None and not (isinstance(seen, duckdb.Error) or "corrupt database file" in str(seen).lower()):
        seen = seen.__cause__ or seen.__context__
    if seen is None or _says(seen, DISK):
        return
    if _says(seen, DAMAGE) or (isinstance(seen, GRAVE) and not _sound(home)):
        with contextlib.suppress(OSError):  # a disk that is full; the next run finds it again
            _marker(home).write_text(f"{now():%Y-%m-%d %H:%M:%S} UTC: {seen}\n", "utf-8")


def _sound(home: Home) -> bool:
    """Whether every value can be read, or the file cannot be reached to tell."""
    try:
        with connect(str(home.working), home, read_only=True) as con:
            read_through(con)
    except duckdb.Error as error:
        return not _says(error, DAMAGE)
    return True


def _opened(home: Home) -> Connection | str:
    """The working file if it is of today's schema; else what is the matter with it, and it has to be made or rebuilt.

    Raises StoreError where the file is sound as far as one can tell, but cannot be opened now.
    """
    if not home.working.exists():
        return "missing"
    if damaged(home) or not _is_duckdb(home.working):
        return "damaged"
    try:
        con = connect(str(home.working), home)
    except duckdb.Error as error:
        if _says(error, DAMAGE) and not _says(error, DISK):
            return "of another release of DuckDB" if "version number" in str(error) else "damaged"
        reason = str(error).splitlines()[0]
        raise StoreError(
            f"the working store cannot be opened: {reason}. If it is damaged, move {home.working} away: it is rebuilt from sources/"
        ) from error
    if schema_of(con) == schema_digest():
        return con
    con.close()
    return "of another version of newsledger"


def open_current(home: Home, say: Callable[[str], None] = lambda words: None) -> Connection:
    """The working file, open, of today's schema; made or rebuilt if it has to be. The caller holds the write lock.

    The raw layer comes back from the packs under ``sources/``; the layers after it are empty and follow with the next
    run. What was there before is set aside beside it (``.old-1``, ``.old-2`` …), the last two of them. A withdrawal that was cut off is finished.
    """
    settle_sources(home)
    wal = home.working.with_name(home.working.name + ".wal")
    cut_off = wal.exists() or was_cut_off(home.lock)
    con = _opened(home)
    if isinstance(con, str):
        con = _rebuilt(home, con, say)
        cut_off = False
    try:
        settle_store(con, home)
        if cut_off:
            # A log that was torn, or a run that died between a pack and its commit: what is in sources/ is in the store.
            adopt_all(con, home)
    except BaseException:
        con.close()
        raise
    was_cut_off(home.lock, forget=True)
    return con


def _set_aside(path: Path) -> None:
    """Keep the old file under a name of its own, with its write-ahead log; the oldest ones go."""
    older = sorted(path.parent.glob(f"{path.stem}.old-[0-9]*"), key=_number)
    last = _number(older[-1]) if older else 0
    for old in older:
        if _number(old) <= last + 1 - KEPT_OLD:
            old.unlink()
    for suffix in ("", ".wal"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(path.with_name(f"{path.stem}.old-{last + 1}{suffix}"))


def _number(old: Path) -> int:
    return int(re.sub(r"\D", "", old.name.partition(".old-")[2]) or 0)


def _rebuilt(home: Home, state: str, say: Callable[[str], None]) -> Connection:
    stored = packs(home.sources)
    fresh = home.working.with_suffix(".new")
    for leftover in (fresh, fresh.with_name(fresh.name + ".wal")):
        leftover.unlink(missing_ok=True)
    if home.working.exists() or stored:
        say(f"the store is {state}: rebuilding it from {len(stored)} packs of sources")
    try:
        _fill(fresh, home, stored)
    except BaseException:
        for leftover in (fresh, fresh.with_name(fresh.name + ".wal")):
            leftover.unlink(missing_ok=True)  # on a full disk it would be in the way of whatever comes next
        raise
    _set_aside(home.working)
    fresh.replace(home.working)
    _marker(home).unlink(missing_ok=True)
    return connect(str(home.working), home)


def _fill(fresh: Path, home: Home, stored: Sequence[Path]) -> None:
    """Make a store in a new file, with everything that some packs hold."""
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
            except PackError as error:
                raise StoreError(
                    f"the pack {path} cannot be read ({error}). Move it away to rebuild without it"
                ) from error
        con.execute("CHECKPOINT")  # closing does it too, and says nothing if the disk is full
