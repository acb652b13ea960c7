"""Runs started from outside the UI: the command line's way through Dagster, so that they show there."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg
from dagster._core.storage.dagster_run import FINISHED_STATUSES

from assets.clean import stale_drops
from assets.definitions import defs
from assets.drops import register_drops
from assets.facts import touched_dates
from assets.home import Home
from assets.partitions import add_partitions
from assets.publish import current_state, published_state
from assets.reference import reference_is_stale
from assets.store import writing

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
"""Events go to the event log, where the UI shows them, not to the terminal."""


STARTED_HERE = {"newsledger/started_by": "command line"}
UNFINISHED = [status for status in dg.DagsterRunStatus if status not in FINISHED_STATUSES]


class RunFailedError(RuntimeError):
    """A run that failed, with its reason in a line."""


@dataclass
class RunReport:
    """What a call of :func:`run_paths` did."""

    drops: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    dates: list[str] = field(default_factory=list)
    published: bool = False
    run_ids: list[str] = field(default_factory=list)


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


def _execute(
    job: str,
    instance: dg.DagsterInstance,
    ops: Mapping[str, Sequence[str]],
    report: RunReport,
    selection: Sequence[dg.AssetKey] | None = None,
) -> None:
    """Run a job in this process over the partitions that ``ops`` names for its steps."""
    keys = [key for values in ops.values() for key in values]
    config = {**QUIET, "ops": {name: {"config": {"keys": list(values)}} for name, values in ops.items()}}
    result = defs.resolve_job_def(job).execute_in_process(
        run_config=config,
        instance=instance,
        raise_on_error=False,
        asset_selection=selection,
        partition_key=keys[0] if keys else None,
        tags=STARTED_HERE,
    )
    report.run_ids.append(result.run_id)
    if not result.success:
        raise RunFailedError(_reason(result))
    for event in result.get_asset_materialization_events():
        for name, value in event.materialization.metadata.items():
            if isinstance(value, dg.IntMetadataValue) and name.startswith(
                ("new_", "written_", "rejects", "captures_read")
            ):
                key = f"{event.materialization.asset_key.path[-1]}:{name}" if name == "written_rows" else name
                report.counts[key] = value.value or 0


def run_paths(
    home: Home,
    paths: Sequence[Path],
    field_map: Mapping[str, str] | None = None,
    say: Callable[[str], None] = lambda words: None,
) -> RunReport:
    """Bring paths in, follow up whatever is stale, publish if anything changed.

    Raises RunFailedError, with the published file as it was, if a step or a check fails.
    """
    use_home(home)
    warnings.simplefilter("ignore")  # the orchestrator's own notices about its interfaces are not the user's concern
    # The lock is held from the first write to the publish: what another run does in between would be published half.
    with home.writer(say), dg.DagsterInstance.get() as instance:
        recover(instance, say)
        return _run_paths(home, instance, paths, field_map, say)


def recover(instance: dg.DagsterInstance, say: Callable[[str], None]) -> None:
    """Fail the runs of ours whose process died, and free the slots of all runs that have ended.

    The caller holds the write lock, which a living run of ours would hold: a run of ours that has not ended is dead.
    """
    begun = dg.RunsFilter(statuses=UNFINISHED, tags=STARTED_HERE)
    for record in instance.get_run_records(begun):
        say(f"run {record.dagster_run.run_id[:8]} was cut off; its work is done again now")
        instance.report_run_failed(record.dagster_run, "the process that ran it ended without a word")
    log = instance.event_log_storage
    for run_id in log.get_concurrency_run_ids():
        run = instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            log.free_concurrency_slots_for_run(run_id)


def _run_paths(
    home: Home,
    instance: dg.DagsterInstance,
    paths: Sequence[Path],
    field_map: Mapping[str, str] | None,
    say: Callable[[str], None],
) -> RunReport:
    report = RunReport()
    with writing(home, say) as con:
        report.drops = register_drops(con, home, paths, field_map)
        stale = [drop for drop in stale_drops(con) if drop not in report.drops]
    add_partitions(instance, report.drops + stale, [])
    if report.drops:
        ops = {"read": report.drops, "clean": report.drops + stale}
        _execute("ingest", instance, ops, report)
    elif stale:
        clean = [dg.AssetKey(["clean", name]) for name in ("blocks", "edits", "articles")]
        _execute("ingest", instance, {"clean": stale}, report, clean)
    with writing(home, say) as con:
        report.dates = touched_dates(con)
        current = published_state(home) == current_state(con) and not reference_is_stale(con)
    add_partitions(instance, [], report.dates)
    if report.dates:
        _execute("extract_and_publish", instance, {"extract": report.dates}, report)
    elif not current:
        rest = dg.AssetSelection.groups("ref", "marts", "published")
        _execute("extract_and_publish", instance, {}, report, list(rest.resolve(defs.resolve_asset_graph())))
    report.published = bool(report.dates) or not current
    return report
