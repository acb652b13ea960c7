"""Runs started from outside the UI: the command line's way through Dagster, so that they show there."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from dagster._core.storage.tags import REPOSITORY_LABEL_TAG  # the name under which the UI files runs has no public one

from assets.definitions import defs
from assets.drops import register_drops
from assets.home import Home
from assets.lock import was_cut_off
from assets.orphans import PROCESS, STARTED_HERE, recover, this_process
from assets.outages import outage
from assets.partitions import add_partitions, remove_drops
from assets.publication import current_state, published_state
from assets.quick import settle, settlement
from assets.rebuild import damaged
from assets.reference import reference_is_stale
from assets.reporting import key_of
from assets.run_report import RunReport
from assets.settings import settings
from assets.staleness import drops_to_read, stale_drops, stored_to_read, touched_dates, waiting
from assets.store import Connection, kept_open, writing
from assets.tables import CLEAN, LEARNED
from assets.versions import LOADED, read_version
from assets.webserver import LOCATION
from assets.withdrawn import withdrawn
from assets.workers import working
from pipelines.read.folders import address

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
"""Events go to the event log, where the UI shows them, not to the terminal."""

NO_TAGS: Mapping[str, str] = {}

SHOWN_UNDER = f"__repository__@{LOCATION}"
"""The code location on whose pages the runs appear that no webserver launched."""


class RunFailedError(RuntimeError):
    """A run that failed, with its reason in a line."""


def use_home(home: Home) -> None:
    """Point this process, and those that it starts, to a home folder."""
    home.prepare()
    os.environ["NEWSLEDGER_HOME"] = str(home.path)
    os.environ["DAGSTER_HOME"] = str(home.dagster)


def _reason(result: dg.ExecuteInProcessResult) -> str:
    """The first failure of a run in a line: a check's sentence, or the error's own message."""
    for event in result.all_events:
        if event.event_type_value == "ASSET_CHECK_EVALUATION" and not event.asset_check_evaluation_data.passed:
            return str(event.asset_check_evaluation_data.description)
    for event in result.all_events:
        if event.is_step_failure and event.step_failure_data.error:
            error = event.step_failure_data.error
            error = error.cause or error
            return error.message.strip().split(": ", 1)[-1]
    return "the run failed; its log in the UI says where"


def execute(
    job: str,
    instance: dg.DagsterInstance,
    ops: Mapping[str, Mapping[str, Any]],
    report: RunReport,
    selection: Sequence[dg.AssetKey] | None = None,
    *,
    tags: Mapping[str, str] = NO_TAGS,
) -> None:
    """Run a job in this process; ``ops`` is the configuration of its steps, whose ``keys`` are the run's partitions."""
    keys = [key for config in ops.values() for key in config["keys"]]
    run_config = {**QUIET, "ops": {name: {"config": dict(config)} for name, config in ops.items()}}
    result = defs.resolve_job_def(job).execute_in_process(
        run_config=run_config,
        instance=instance,
        raise_on_error=False,
        asset_selection=selection,
        partition_key=keys[0] if keys else None,
        tags={**STARTED_HERE, REPOSITORY_LABEL_TAG: SHOWN_UNDER, PROCESS: this_process(), **tags},
    )
    report.run_ids.append(result.run_id)
    if not result.success:
        reason = _reason(result)
        raise RunFailedError(outage(reason, Home.default().path) or reason)
    for event in result.get_asset_materialization_events():
        for name, value in event.materialization.metadata.items():
            if isinstance(value, dg.IntMetadataValue) and name.startswith(
                ("new_", "written_", "rejects", "captures_read")
            ):
                key = f"{event.materialization.asset_key.path[-1]}:{name}" if name == "written_rows" else name
                report.counts[key] = value.value or 0


def run_paths(
    home: Home,
    paths: Sequence[Path] | None = None,
    field_map: Mapping[str, str] | None = None,
    say: Callable[[str], None] = lambda words: None,
    *,
    thorough: bool = False,
    workers: int | None = None,
    tags: Mapping[str, str] = NO_TAGS,
) -> RunReport:
    """Bring paths in, follow up whatever is stale, publish if anything changed.

    Without paths: everything that waits, in the inbox and at the paths of earlier runs. ``thorough`` hashes every file
    again, also those that look unchanged; ``workers`` beats the home's settings; ``tags`` go on the runs in Dagster. Raises RunFailedError, with the published
    file as it was, if a step or a check fails.
    """
    use_home(home)
    warnings.simplefilter("ignore")  # the orchestrator's own notices about its interfaces are not the user's concern
    # The lock is held from the first write to the publish: what another run does in between would be published half.
    count = workers or settings(home).workers
    with home.writer(say), working(count, at_once=was_cut_off(home.lock)), dg.DagsterInstance.get() as instance:
        recover(instance, say, alone=True)
        with kept_open(home):
            try:
                report = _run_paths(home, instance, paths, field_map, say, thorough, tags)
            except (RunFailedError, duckdb.Error):
                if not damaged(home):
                    raise
                # The damage that stopped it is gone with the file: it is rebuilt from sources/ as it is opened again.
                report = _run_paths(home, instance, paths, field_map, say, thorough, tags)
            with writing(home, say) as con:
                settled = settlement(con, read_version())
        settle(home, settled, LOADED)
    return report


def _arrivals(
    con: Connection,
    home: Home,
    paths: Sequence[Path] | None,
    field_map: Mapping[str, str] | None,
    thorough: bool,
    report: RunReport,
) -> dict[str, Sequence[str]]:
    """Register what is new and tell what is to be done: drops to read, drops to read as stored, drops to clean."""
    if paths is None:
        due = [drop for drop in drops_to_read(con, home) if drop.reason != "vanished"]
        register_drops(con, home, [drop.path for drop in due], field_map)
        report.drops = [row[0] for row in con.execute("SELECT drop_id FROM raw.drops ORDER BY drop_seq").fetchall()]
    else:
        report.drops = register_drops(con, home, paths, field_map)
        due = waiting(con, sorted(paths, key=address))
    read = list(dict.fromkeys(drop.drop_id for drop in due))
    if thorough:
        vanished = {drop.drop_id for drop in drops_to_read(con, home) if drop.reason == "vanished"}
        read = [drop_id for drop_id in report.drops if drop_id in read or drop_id not in vanished]
    report.read = read
    stored = [drop_id for drop_id in stored_to_read(con) if drop_id not in read]
    stale = [drop_id for drop_id in stale_drops(con) if drop_id not in read and drop_id not in stored]
    return {"read": read, "stored": stored, "clean": [*read, *stored, *stale]}


def _run_paths(
    home: Home,
    instance: dg.DagsterInstance,
    paths: Sequence[Path] | None,
    field_map: Mapping[str, str] | None,
    say: Callable[[str], None],
    thorough: bool,
    tags: Mapping[str, str],
) -> RunReport:
    report = RunReport()
    with writing(home, say) as con:
        todo = _arrivals(con, home, paths, field_map, thorough, report)
    add_partitions(instance, list(todo["clean"]), [])
    remove_drops(instance, withdrawn(home))
    if todo["read"] or todo["stored"]:
        reading = {"keys": todo["read"], "stored": todo["stored"], "thorough": thorough}
        execute("ingest", instance, {"read": reading, "clean": {"keys": todo["clean"]}}, report, tags=tags)
    elif todo["clean"]:
        clean = [key_of(table.__table__) for table in CLEAN + LEARNED]
        execute("ingest", instance, {"clean": {"keys": todo["clean"]}}, report, clean, tags=tags)
    with writing(home, say) as con:
        report.dates = touched_dates(con)
        current = published_state(home) == current_state(con) and not reference_is_stale(con)
    add_partitions(instance, [], report.dates)
    if report.dates:
        execute("extract_and_publish", instance, {"extract": {"keys": report.dates}}, report, tags=tags)
    elif not current:
        rest = dg.AssetSelection.groups("ref", "marts", "published")
        selection = list(rest.resolve(defs.resolve_asset_graph()))
        execute("extract_and_publish", instance, {}, report, selection, tags=tags)
    report.published = bool(report.dates) or not current
    return report
