"""The nightly schedule, and the job ``refresh``: what ``newsledger run`` without a path does, as one button."""

import dagster as dg

from assets.home import Home
from assets.orphans import note_process
from assets.sensors import STARTED_BY, UNDER_WAY
from assets.settings import settings

REFRESHED_BY = "newsledger/refresh"
"""The tag of the runs that a refresh consists of: the id of the refresh's own run."""


@dg.op(
    name="bring_up_to_date",
    description="Read what is new or grown, clean and extract what is new, failed before, or was made by older code, check, "
    "publish. The runs that it consists of carry the tag newsledger/refresh with the id of this run.",
)
def bring_up_to_date(context: dg.OpExecutionContext) -> None:
    """The command line's own way, in this run's process, under the write lock from the first write to the publish."""
    from assets.runs import RunFailedError, run_paths  # it imports the definitions, and they import this

    note_process(context.instance, context.run_id)
    try:
        report = run_paths(Home.default(), say=context.log.info, tags={REFRESHED_BY: context.run_id})
    except RunFailedError as error:
        run = context.instance.get_run_by_id(context.run_id)
        if run is not None and run.status == dg.DagsterRunStatus.CANCELING:
            raise dg.DagsterExecutionInterruptedError from error  # else a run that was cancelled would show as failed
        raise dg.Failure(
            f"{error} (the published store is as it was)", metadata=_runs(context), allow_retries=False
        ) from error
    context.add_output_metadata(
        {**_runs(context), **report.counts, "drops_read": report.read, "dates": report.dates}
        | {"published": report.published}
    )


def _runs(context: dg.OpExecutionContext) -> dict[str, dg.MetadataValue]:
    """Links to the runs that this one consists of."""
    inner = context.instance.get_runs(dg.RunsFilter(tags={REFRESHED_BY: context.run_id}))
    return {run.job_name: dg.MetadataValue.dagster_run(run.run_id) for run in inner}


@dg.job(
    name="refresh",
    description="The one button: everything that is new, grown, failed before or made by older code is brought up to date, "
    "checked and published. Needs no partition and no configuration; nothing to do, next to no work.",
)
def refresh() -> None:
    """One op, which starts the runs that are needed."""
    bring_up_to_date()


@dg.schedule(
    name="nightly",
    job=refresh,
    cron_schedule=settings(Home.default()).nightly,
    execution_timezone="UTC",
    description="Launches refresh: what is new, failed before, or was made by older code is done again, and published. "
    "By default at 03:00 UTC; `nightly` in settings.toml of the home sets another time.",
)
def nightly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for a refresh, unless the one before is still under way."""
    runs = context.instance.get_runs(dg.RunsFilter(job_name=refresh.name, statuses=UNDER_WAY), limit=1)
    if runs:
        return dg.SkipReason(f"run {runs[0].run_id[:8]} of refresh is still under way")
    return dg.RunRequest(tags={STARTED_BY: "nightly"})
