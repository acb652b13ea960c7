"""Events that are written together are the rows that they would be one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster._core.definitions.asset_checks.asset_check_evaluation import AssetCheckEvaluationPlanned
from dagster._core.events import DagsterEventType, StepMaterializationData

from assets.event_log import PooledSqliteEventLogStorage

RUN = "6f3c4c6e-0000-4000-8000-000000000001"


def _event(asset: str, partition: str, second: int) -> dg.EventLogEntry:
    made = dg.AssetMaterialization(asset, partition=partition, metadata={"rows": second})
    event = dg.DagsterEvent(
        event_type_value="ASSET_MATERIALIZATION",
        job_name="a_job",
        event_specific_data=StepMaterializationData(made),
        step_key="a_step",
    )
    return dg.EventLogEntry(
        error_info=None, level=10, user_message="", run_id=RUN, timestamp=1_700_000_000.0 + second,
        step_key="a_step", job_name="a_job", dagster_event=event,
    )  # fmt: skip


def _planned(check: str, second: int) -> dg.EventLogEntry:
    event = dg.DagsterEvent(
        event_type_value=DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED.value,
        job_name="a_job",
        event_specific_data=AssetCheckEvaluationPlanned(asset_key=dg.AssetKey("a"), check_name=check),
        step_key="a_step",
    )
    return dg.EventLogEntry(
        error_info=None, level=10, user_message="", run_id=RUN, timestamp=1_700_000_000.0 + second,
        step_key="a_step", job_name="a_job", dagster_event=event,
    )  # fmt: skip


def _rows(folder: Path) -> dict[str, Sequence[Any]]:
    files = sorted((folder / "history" / "runs").glob("*.db"))
    found: dict[str, Sequence[Any]] = {}
    for file in files:
        con = sqlite3.connect(file)
        for table in ("event_logs", "asset_keys", "asset_event_tags", "asset_check_executions"):
            # The moment at which a row was made is the clock's, not the event's.
            names = [row[1] for row in con.execute(f"PRAGMA table_info({table})") if row[1] != "create_timestamp"]
            if names:
                found[f"{file.name} {table}"] = con.execute(
                    f"SELECT {', '.join(names)} FROM {table} ORDER BY id"
                ).fetchall()
        con.close()
    return found


@pytest.mark.parametrize("before", [0, 1], ids=["an empty log", "a log that has rows"])
def test_a_batch_writes_what_single_events_write(tmp_path: Path, before: int) -> None:
    events = [
        _event(asset, f"2023-09-{day:02}", 10 * day + n) for day in (1, 2, 3) for n, asset in enumerate(("a", "b"))
    ]
    events[3:3] = [_planned("spans_open", 5), _planned("keys_unique", 6)]
    written = {}
    for way in ("single", "together"):
        folder = tmp_path / way
        log = PooledSqliteEventLogStorage(str(folder))
        for event in events[:before]:
            log.store_event(event)
        if way == "single":
            for event in events[before:]:
                log.store_event(event)
        else:
            log.store_event_batch(events[before:])
        log.dispose()
        written[way] = _rows(folder)
    assert written["together"] == written["single"]
    assert len(written["together"][f"{RUN}.db event_logs"]) == len(events)
    assert len(written["together"]["index.db asset_check_executions"]) == 2


def test_the_file_of_a_later_run_is_laid_as_that_of_the_first(tmp_path: Path) -> None:
    """It is a copy: with the same tables, indexes, revision and journal, and nothing of the first run in it."""
    log = PooledSqliteEventLogStorage(str(tmp_path))
    laid = []
    for run_id in (RUN, RUN[:-1] + "2"):
        with log.run_connection(run_id):
            pass
        log.store_event(_event("a", "2023-09-01", 1)._replace(run_id=run_id))
        with closing(sqlite3.connect(tmp_path / "history" / "runs" / f"{run_id}.db")) as con:
            laid.append(
                [
                    con.execute(query).fetchall()
                    for query in (
                        "SELECT type, name, sql FROM sqlite_master ORDER BY name",
                        "SELECT * FROM alembic_version",
                        "PRAGMA journal_mode",
                        "SELECT count(*) FROM event_logs",
                    )
                ]
            )
    assert laid[0] == laid[1]
    assert laid[0][-1] == [(1,)]
    log.dispose()
