"""Dagster's event log on SQLite, with connections that are kept.

The stock storage makes a new engine for every event: measured here, three quarters of what orchestration costs on small
runs. This one keeps an engine for each file and is otherwise the same; files and schema are Dagster's own. Named in
``dagster.yaml``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as db
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.types.pagination import PaginatedResults
from dagster._serdes import ConfigurableClassData
from sqlalchemy.pool import StaticPool

from assets.lock import holds_a_lock
from assets.partitions import DATES

KEPT_ENGINES = 8
"""Files that stay open: the index and the newest runs."""


def _pragmas(connection: Any, record: object) -> None:
    # The write-ahead log keeps the file sound at this level; at worst a power cut loses the last events.
    connection.execute("PRAGMA synchronous=NORMAL")


class PooledSqliteEventLogStorage(SqliteEventLogStorage):
    """The stock SQLite event log, keeping its connections. ``base_dir`` is DAGSTER_HOME."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: OrderedDict[str, db.Engine] = OrderedDict()
        super().__init__(str(Path(base_dir) / "history" / "runs"), inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Any
    ) -> PooledSqliteEventLogStorage:
        """As Dagster makes it from ``dagster.yaml``."""
        return cls(inst_data=inst_data, **config_value)

    def _engine(self, shard: str) -> db.Engine:
        engine = self._engines.get(shard)
        if engine is None or not Path(self.path_for_shard(shard)).exists():
            # One connection for all threads is safe: whoever uses it holds the storage's lock.
            engine = db.create_engine(
                self.conn_string_for_shard(shard),
                poolclass=StaticPool,
                connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
            )
            db.event.listen(engine, "connect", _pragmas)
            self._initdb(engine)
            self._engines[shard] = engine
        self._engines.move_to_end(shard)
        while len(self._engines) > KEPT_ENGINES:
            self._engines.popitem(last=False)[1].dispose()
        return engine

    @contextmanager
    def _connect(self, shard: str) -> Iterator[db.Connection]:
        with self._db_lock, self._engine(shard).connect() as connection, connection.begin():
            yield connection

    @property
    def supports_global_concurrency_limits(self) -> bool:
        """Whether pools hold for this process: not for one that has the write lock.

        The pool queues runs in front of the lock. Who has the lock already must not queue behind a run that holds the
        pool's slot and waits for the lock: both would wait for ever.
        """
        return not holds_a_lock() and super().supports_global_concurrency_limits

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        """The partitions of a definition: days in the order of the calendar, ``undated`` last; drops as they arrived.

        Dagster's own order is that of insertion, in which a range of days takes in whatever came between its ends.
        """
        keys = super().get_dynamic_partitions(partitions_def_name)
        return sorted(keys) if partitions_def_name == DATES.name else keys

    def get_paginated_dynamic_partitions(
        self, partitions_def_name: str, limit: int, ascending: bool, cursor: str | None = None
    ) -> PaginatedResults[str]:
        """The same, page by page."""
        keys = self.get_dynamic_partitions(partitions_def_name)
        return PaginatedResults.create_from_sequence(keys, limit=limit, ascending=ascending, cursor=cursor)

    def dispose(self) -> None:
        """Close all files."""
        while self._engines:
            self._engines.popitem()[1].dispose()
        super().dispose()
