"""Dagster's event log on SQLite, with connections that are kept and events that are written together.

The stock storage makes a new engine for every event: measured here, three quarters of what orchestration costs on small
runs. This one keeps an engine for each file, writes a batch of events in one transaction, lays the tables of a run's file
once a process and copies them from then on, and is otherwise the same; files and schema are Dagster's own. Named in ``dagster.yaml``.
"""

from __future__ import annotations

import os
import uuid
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import sqlalchemy as db
from dagster._core.events import ASSET_EVENTS, DagsterEvent, DagsterEventBatchMetadata, DagsterEventType
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable, SqlEventLogStorageTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.types.pagination import PaginatedResults
from dagster._serdes import ConfigurableClassData, serialize_value
from sqlalchemy.pool import StaticPool

from assets.lock import holds_a_lock
from assets.partitions import DATES

KEPT_ENGINES = 8
"""Files that stay open: the index and the newest runs."""


os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", "1000")
# Dagster's own switch: events that say they belong together come to ``store_event_batch``, at most so many at a time.

PLANNED = DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED

TOGETHER = ASSET_EVENTS | {PLANNED}
"""Events of which a batch is written in one transaction: what a run says of its assets, and the checks that it plans."""

_EMPTY: list[bytes] = []
"""A file with Dagster's tables and no row in it, once Dagster has made one in this process."""


def _pragmas(connection: Any, record: object) -> None:
    # The write-ahead log keeps the file sound at this level; at worst a power cut loses the last events.
    connection.execute("PRAGMA synchronous=NORMAL")


class PooledSqliteEventLogStorage(SqliteEventLogStorage):
    """The stock SQLite event log, keeping its connections. ``base_dir`` is DAGSTER_HOME."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: OrderedDict[str, db.Engine] = OrderedDict()
        self._there: set[str] = set()
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

    def _initdb(self, engine: db.Engine, for_index_shard: bool = False) -> None:
        """Lay the tables of a file. Every run has a file of its own, for which the stock storage goes through all of
        Dagster's migrations: .07 s of CPU; a new file is a copy of the first one that this process had made."""
        path = Path(str(engine.url.database))
        made = not path.exists()
        if made and _EMPTY:
            part = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
            try:
                part.write_bytes(_EMPTY[0])
                os.link(part, path)  # never over a file that another process has made since
                return
            except OSError:
                made = False
            finally:
                part.unlink(missing_ok=True)
        super()._initdb(engine, for_index_shard)
        if made:
            with engine.connect() as connection:
                _EMPTY[:] = [connection.connection.driver_connection.serialize()]  # type: ignore[union-attr]

    @contextmanager
    def _connect(self, shard: str) -> Iterator[db.Connection]:
        with self._db_lock, self._engine(shard).connect() as connection, connection.begin():
            yield connection

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table: asked several times for each event of an asset, each time on a new connection.
        What is there once is never dropped."""
        if table_name not in self._there and super().has_table(table_name):
            self._there.add(table_name)
        return table_name in self._there

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

    def store_event_batch(self, events: Sequence[dg.EventLogEntry]) -> None:
        """Events of one run that concern assets and planned checks, in one transaction for each file; other batches one by one.

        The rows are those that as many calls of ``store_event`` write: the asset's own row ends as its last event of
        each type leaves it.
        """
        if len({event.run_id for event in events}) != 1 or any(
            event.dagster_event_type not in TOGETHER for event in events
        ):
            super().store_event_batch(events)
            return
        rows = [self._event_to_row(event) for event in events]
        with self.run_connection(events[0].run_id) as connection:
            connection.execute(SqlEventLogStorageTable.insert(), rows)
        with self.index_connection() as connection:
            connection.execute(SqlEventLogStorageTable.insert(), rows)
            # The transaction holds SQLite's only write lock: the rows just written have the last ids, without a gap.
            last = connection.execute(db.select(db.func.max(SqlEventLogStorageTable.c.id))).scalar_one()
            numbered = list(zip(range(last - len(events) + 1, last + 1), events, strict=True))
            of_assets = [(number, event) for number, event in numbered if event.dagster_event_type in ASSET_EVENTS]
            if of_assets:
                self._store_asset_event_tags(connection, [event for _, event in of_assets], [n for n, _ in of_assets])
            newest = {(e.get_dagster_event().asset_key, e.dagster_event_type): (n, e) for n, e in of_assets}
            for number, event in sorted(newest.values(), key=lambda one: one[0]):
                self._store_asset_event(connection, event, number)
            planned = [
                row for n, event in numbered if event.dagster_event_type == PLANNED for row in self._planned(event, n)
            ]
            if planned:
                connection.execute(AssetCheckExecutionsTable.insert(), planned)

    def _planned(self, event: dg.EventLogEntry, number: int) -> Iterator[dict[str, Any]]:
        """The rows in which Dagster looks up a check that is planned, as the stock storage writes them."""
        planned = event.get_dagster_event().asset_check_planned_data
        for partition in planned.partitions_subset.get_partition_keys() if planned.partitions_subset else [None]:
            yield {
                "asset_key": planned.asset_key.to_string(),
                "check_name": planned.check_name,
                "partition": partition,
                "run_id": event.run_id,
                "execution_status": AssetCheckExecutionRecordStatus.PLANNED.value,
                "evaluation_event": serialize_value(event),
                "evaluation_event_timestamp": self._event_insert_timestamp(event),  # type: ignore[no-untyped-call]
                "evaluation_event_storage_id": number,
            }

    def dispose(self) -> None:
        """Close all files."""
        while self._engines:
            self._engines.popitem()[1].dispose()
        super().dispose()


def log_together(context: dg.AssetExecutionContext, made: Iterable[dg.AssetMaterialization]) -> None:
    """Log materialisations of a step in batches: as many calls of ``context.log_event``, at a tenth of the cost.

    They do not come back in the events of the run's result, which would hold them in memory to its end.
    """
    # The public log_event writes one at a time; this is what Dagster does for the partitions of a range.
    step, batch, kept = context.get_step_execution_context(), str(uuid.uuid4()), list(made)
    for place, materialization in enumerate(kept, 1):
        DagsterEvent.asset_materialization(step, materialization, DagsterEventBatchMetadata(batch, place == len(kept)))
