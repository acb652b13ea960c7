"""The working store: one DuckDB file, one writer, frames in and frames out.

What belongs here: opening, schema, transactions, generations. What does not: what the rows mean (each layer's file),
publishing (publish.py), the original bytes (sources.py).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import duckdb
import polars as pl

from assets.home import Home
from assets.process import settle_malloc, spare_searches
from assets.tables import LAYERS, OPS, ddl
from pipelines.contracts import Table

Connection = duckdb.DuckDBPyConnection
T = TypeVar("T")


class StoreError(RuntimeError):
    """A store that cannot be used; the message says why and what to do."""


class _Arrow:
    """A frame as an Arrow stream and nothing else: DuckDB asks a Polars frame for pyarrow, which is not here."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self._rows: pl.DataFrame | None = rows

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        if self._rows is None:
            raise StoreError("this frame is no longer visible")
        return self._rows.__arrow_c_stream__(requested_schema)

    def release(self) -> None:
        """Let the frame go: DuckDB keeps what was registered until its transaction ends, unregistered or not."""
        self._rows = None


@cache
def schema_digest() -> str:
    """Digest of the schema that this code writes; a file with another one is not read as if it had this one."""
    return hashlib.sha256((ddl() + OPS).encode()).hexdigest()[:16]


WRITER_MEMORY_MB = 128
"""What DuckDB may hold at first where the store is written, before it spills: a batch, and room to sort."""

MOST_MEMORY_MB = 4096
"""What :func:`with_room` may give at most."""

ANSWER_MEMORY = "512MB"
"""What DuckDB may hold for questions, and for work on published copies."""


def connect(path: str, home: Home, *, read_only: bool = False) -> Connection:
    """A connection with our settings: spill beside the store, no extension downloads.

    The writer has one thread: its work is many small statements, which more threads make dearer and larger (a fifth of
    the CPU of publishing, and memory by their number) and hardly faster.
    """
    spare_searches()
    writer = not read_only and path != ":memory:"
    config: dict[str, Any] = {
        "temp_directory": str(home.scratch),
        "memory_limit": f"{WRITER_MEMORY_MB}MB" if writer else ANSWER_MEMORY,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if writer:
        settle_malloc()
        config["threads"] = 1
    return duckdb.connect(path, read_only=read_only, config=config)


@contextmanager
def aside(home: Home) -> Iterator[Connection]:
    """An empty database in memory with our settings, for work on published copies beside a writer.

    It spills into a folder of its own: DuckDB names its spill files alike in every process.
    """
    parent = home.scratch if os.access(home.scratch, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="aside-", dir=parent) as folder, connect(":memory:", home) as con:
        con.execute(f"SET temp_directory = '{quoted(folder)}'")
        yield con


def quoted(words: object) -> str:
    """Words as they stand between the quotes of an SQL string."""
    return str(words).replace("'", "''")


def with_room(con: Connection, work: Callable[[], T]) -> T:
    """The result of ``work``, one statement outside of transactions, which is tried again with twice the memory where
    DuckDB has too little and cannot spill; the limit is put back. Raises duckdb.OutOfMemoryException at the most."""
    row = con.execute("SELECT current_setting('memory_limit')").fetchone()
    room = WRITER_MEMORY_MB
    try:
        while True:
            try:
                return work()
            except duckdb.OutOfMemoryException:
                room *= 2
                if room > MOST_MEMORY_MB:
                    raise
                con.execute(f"SET memory_limit = '{room}MB'")
    finally:
        if row and room > WRITER_MEMORY_MB:
            con.execute(f"SET memory_limit = '{row[0]}'")


def create_schema(con: Connection) -> None:
    """Lay the tables into an empty file: one transaction, since each of hundreds of statements would be a write to the disk."""
    with transaction(con):
        con.execute(ddl())
        con.execute("CREATE SCHEMA ops")
        con.execute(OPS)
        con.execute("INSERT INTO ops.meta VALUES ('schema', ?), ('store', left(uuid()::VARCHAR, 8))", [schema_digest()])
        con.executemany("INSERT INTO ops.generations VALUES (?, 0)", [[layer] for layer in LAYERS])


def schema_of(con: Connection) -> str | None:
    """The schema digest that a file says it has; None for an empty or a foreign file."""
    try:
        row = con.execute("SELECT value FROM ops.meta WHERE key = 'schema'").fetchone()
    except duckdb.CatalogException:
        return None
    return row[0] if row else None


_kept: dict[str, Connection | None] = {}
"""Working files that stay open, by path, with their connection once there is one."""


@contextmanager
def kept_open(home: Home) -> Iterator[None]:
    """Let every :func:`writing` within the block, which holds the write lock, use one connection: to open and to close the
    file takes as long as a small run's work (a fifth of its CPU). What fails closes it, as it would without the block.
    """
    place = str(home.working)
    _kept[place] = None
    try:
        yield
    finally:
        con = _kept.pop(place)
        if con is not None:
            con.close()


@contextmanager
def writing(home: Home, say: Callable[[str], None] = lambda words: None) -> Iterator[Connection]:
    """The working store, open for writing by this process alone.

    A missing file is made, and filled from ``sources/`` if there is something in it; a damaged one or one of another
    schema is set aside and rebuilt likewise. Damage that shows while the block works is noted for whoever opens it next.
    """
    from assets.rebuild import note_damage, open_current  # rebuilding needs this module

    place = str(home.working)
    with home.writer(say):
        try:
            con = _kept.get(place) or open_current(home, say)
            keep = place in _kept
            try:
                yield con
            except BaseException:
                keep = False
                raise
            finally:
                if keep:
                    _kept[place] = con
                else:
                    if place in _kept:
                        _kept[place] = None
                    con.close()
        except BaseException as error:
            note_damage(home, error)
            raise


@contextmanager
def peek(home: Home) -> Iterator[Connection | None]:
    """The working store for a look, or None where it is being written, missing, foreign or not ours to open.

    Never waits, makes, rebuilds or writes anything. A writer that comes waits until the look is over.
    """
    with contextlib.ExitStack() as stack:
        con = None
        with contextlib.suppress(duckdb.Error, OSError):
            if home.working.exists() and stack.enter_context(home.looking()):
                con = stack.enter_context(connect(str(home.working), home, read_only=True))
                if schema_of(con) != schema_digest():
                    con = None
        yield con


def read_through(con: Connection) -> None:
    """Read every value of every table; raises duckdb.Error if one of them cannot be read. (A count reads none of those
    that may not be NULL.)"""
    for (table,) in con.execute(
        """SELECT format('"{}"."{}"', schema_name, table_name) FROM duckdb_tables()
        WHERE NOT internal AND database_name = current_database() ORDER BY 1"""
    ).fetchall():
        con.execute(f"SELECT bit_xor(hash(COLUMNS(*))) FROM {table}").fetchone()


@contextmanager
def transaction(con: Connection) -> Iterator[None]:
    """All of it or nothing."""
    con.begin()
    try:
        yield
    except BaseException:
        con.rollback()
        raise
    con.commit()


@contextmanager
def visible(con: Connection, name: str, rows: pl.DataFrame) -> Iterator[None]:
    """A frame under a name that SQL can select from. The name must not be a table's."""
    shown = _Arrow(rows)
    con.register(name, shown)
    try:
        yield
    finally:
        con.unregister(name)
        shown.release()


def insert(con: Connection, contract: type[Table], rows: pl.DataFrame) -> int:
    """Append a frame that holds its contract; returns the number of rows.

    Raises dataframely.exc.ValidationError, which names the column and the rule, before anything is written.
    """
    if rows.is_empty():
        return 0
    contract.validate(rows)
    with visible(con, "incoming_rows", rows):
        con.execute(f"INSERT INTO {contract.__table__} BY NAME SELECT * FROM incoming_rows")
    return rows.height


def select(con: Connection, query: str, parameters: Sequence[object] | None = None) -> pl.DataFrame:
    """A query's result as a frame."""
    return pl.DataFrame(con.sql(query, params=parameters))


def bump(con: Connection, layer: str) -> None:
    """Say that a layer has been written: what was checked before says nothing about it any more."""
    con.execute("UPDATE ops.generations SET generation = generation + 1 WHERE layer = ?", [layer])


@dataclass(frozen=True)
class Generations:
    """How often each layer of a store has been written, and which store it is."""

    store: str
    layers: Mapping[str, int]

    @classmethod
    def of(cls, con: Connection) -> Generations:
        """As they are now."""
        found = dict(con.execute("SELECT layer, generation FROM ops.generations").fetchall())
        store = con.execute("SELECT value FROM ops.meta WHERE key = 'store'").fetchone()
        return cls(store[0] if store else "", found)

    def state(self, layers: Iterable[str] = LAYERS) -> str:
        """The generations of some layers, as a word that changes whenever one of them is written.

        It begins with the store's own id: a rebuilt store counts from nought again, and must not be taken for the old one.
        """
        return " ".join([self.store, *(f"{layer}:{self.layers[layer]}" for layer in layers)])


def state(con: Connection, layers: Iterable[str] = LAYERS) -> str:
    """The generations of some layers of a store as it is now, as a word."""
    return Generations.of(con).state(layers)
