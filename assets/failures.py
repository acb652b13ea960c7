"""What a run failed of, and the sensor that tells of it by the hook of :mod:`assets.alerts`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg

from assets.alerts import Alert, AlertError, deliver
from assets.home import Home, HomeError
from assets.schedules import REFRESHED_BY


def partitions_of(run: dg.DagsterRun) -> list[str]:
    """The partitions that a run is about: those that its configuration names, else those that it was launched for."""
    named = list(_keys(run.run_config))
    tags = run.tags
    if named:
        return list(dict.fromkeys(named))
    if "dagster/asset_partition_range_start" in tags:
        return [f"{tags['dagster/asset_partition_range_start']} to {tags['dagster/asset_partition_range_end']}"]
    return [tags["dagster/partition"]] if "dagster/partition" in tags else []


def _keys(config: Mapping[str, Any]) -> Iterator[str]:
    for step in (config.get("ops") or {}).values():
        given = step.get("config") or {}
        yield from (*given.get("keys", ()), *given.get("stored", ()))


def in_words(partitions: list[str]) -> str:
    """Partitions in a few words.

    >>> in_words(["2023-09-13", "2023-09-11", "2023-09-12", "undated"])
    '4 partitions, 2023-09-11 to undated'
    """
    if len(partitions) > 3:
        return f"{len(partitions)} partitions, {min(partitions)} to {max(partitions)}"
    return ", ".join(partitions)


def cause(instance: dg.DagsterInstance, run_id: str) -> tuple[str, str]:
    """Why a run failed, in a line, and what to do about it."""
    kinds = {dg.DagsterEventType.ASSET_CHECK_EVALUATION, dg.DagsterEventType.STEP_FAILURE}
    kinds |= {dg.DagsterEventType.RUN_FAILURE}
    events = [entry.dagster_event for entry in instance.all_logs(run_id, of_type=kinds) if entry.dagster_event]
    for event in events:
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            checked = event.asset_check_evaluation_data
            if not checked.passed:
                key = checked.asset_key.to_user_string()
                return str(checked.description), (
                    f"The offending rows and their inputs are on the page of {key} in the UI, under Checks, "
                    f"{checked.check_name}; put the rule or the input right, then rerun."
                )
    for event in events:
        if event.is_step_failure and event.step_failure_data.error:
            error = event.step_failure_data.error
            while error.cause:
                error = error.cause
            return _first_line(error.message), (
                "Put right what the reason names, then rerun: newsledger run, or launch refresh in the UI. "
                "What was done is kept, what was not is done then."
            )
    words = next((event.message for event in events if event.is_failure and event.message), "")
    return words or "it ended without a word", "Rerun: newsledger run, or launch refresh in the UI. Nothing is lost."


def _first_line(message: str) -> str:
    """The error's own words, without the name of its class."""
    name, colon, words = " ".join(message.split()).partition(": ")
    return words if colon and " " not in name else " ".join(message.split())


def alert_of(home: Home, instance: dg.DagsterInstance, run: dg.DagsterRun, failed_at: float) -> Alert:
    """The alert for a run that failed; ``failed_at`` in seconds since 1970."""
    reason, advice = cause(instance, run.run_id)
    if home.published.exists():
        since = dt.datetime.fromtimestamp(home.published.stat().st_mtime, dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
        published = f"The published store is as it was: of {since}."
    else:
        published = "Nothing has been published yet."
    at = dt.datetime.fromtimestamp(failed_at, dt.UTC).isoformat(timespec="seconds")
    return Alert(run.job_name, in_words(partitions_of(run)), reason, advice, published, run.run_id, at, str(home.path))


def told_already(instance: dg.DagsterInstance, run: dg.DagsterRun) -> bool:
    """Whether the run failed because one that it started did: that one is told of."""
    inner = dg.RunsFilter(tags={REFRESHED_BY: run.run_id}, statuses=[dg.DagsterRunStatus.FAILURE])
    return bool(instance.get_runs(inner, limit=1))


@dg.run_failure_sensor(
    name="alerts",
    description="Tells of every run that fails, from the UI, a sensor, a schedule or the command line, by the hook that "
    "settings.toml of the home names (log, webhook, mail, or a function of your own). On from the start: a failure that "
    "nobody hears of is the worst default, and the default hook only writes a line to alerts.log.",
    # Runs of the command line belong to no code location; nothing but newsledger runs on this instance.
    monitor_all_code_locations=True,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def alerts(context: dg.RunFailureSensorContext) -> None:
    """Deliver an alert for the failed run. A hook that fails shows as a failed tick, with its reason, and stops nothing."""
    home, run = Home.default(), context.dagster_run
    if told_already(context.instance, run):
        return
    stats = context.instance.get_run_stats(run.run_id)
    alert = alert_of(home, context.instance, run, getattr(stats, "end_time", None) or 0.0)
    context.log.error(alert.line())
    try:
        context.log.info(deliver(home, alert))
    except (AlertError, HomeError) as error:
        raise dg.Failure(f"{error}. The alert itself is in {home.path / 'alerts.log'}", allow_retries=False) from None
