"""The job ``withdraw``: drops taken out through the same path as everything, and the command that launches it."""

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import dagster as dg

from assets.home import Home
from assets.orphans import STARTED_HERE, recover
from assets.partitions import DROPS, Keys, add_partitions, keys_of, remove_drops
from assets.reporting import POOL, key_of, open_store, table_metadata
from assets.run_report import RunReport
from assets.store import Connection, StoreError
from assets.tables import CLEAN, LEARNED, RAW
from assets.withdrawal import withdraw
from assets.withdrawn import withdrawn
from pipelines.read.folders import drop_id_of

SHOWN = 10
"""Drops that a message lists before it says how many more there are."""


class UnknownDropError(StoreError):
    """A name that no drop has; the message lists those that there are."""


def find_drops(con: Connection, home: Home, names: Sequence[str]) -> list[str]:
    """The drops that are meant, in the order of their arrival: each by its drop_id, or by the path it came from.

    Drops that were withdrawn before are meant too, and come last. Raises UnknownDropError.
    """
    there = [row[0] for row in con.execute("SELECT drop_id FROM raw.drops ORDER BY drop_seq").fetchall()]
    known = [*there, *sorted(withdrawn(home))]
    meant = {name: name if name in known else drop_id_of(Path(name)) for name in names}
    unknown = [name for name, drop_id in meant.items() if drop_id not in known]
    if unknown:
        more = f" and {len(there) - SHOWN} more" if len(there) > SHOWN else ""
        listed = f"there are {', '.join(there[:SHOWN])}{more}" if there else "there is none"
        raise UnknownDropError(f"no drop is called {', '.join(unknown)}, or came from there; {listed}")
    return [drop_id for drop_id in known if drop_id in meant.values()]


@dg.op(name="take_out", pool=POOL, out=dg.Out(dg.Nothing))
def take_out(context: dg.OpExecutionContext, config: Keys) -> None:
    """Take the rows of drops out of the store, and their packs out of sources/."""
    home = Home.default()
    with open_store(context) as con:
        drop_ids = find_drops(con, home, keys_of(context, config))
        lost = withdraw(con, home, drop_ids)
        context.log.info(
            f"withdrawn: {', '.join(name for name, _ in lost.drops) or 'nothing'}; {lost.captures:,} captures and "
            f"{lost.facts:,} facts on {len(lost.dates):,} dates go, {lost.kept:,} captures that others delivered too stay"
        )
        for table in (*RAW, *CLEAN, *LEARNED):
            metadata = table_metadata(con, table, {})
            context.log_event(dg.AssetObservation(key_of(table.__table__), metadata=metadata))
    remove_drops(context.instance, drop_ids)
    context.add_output_metadata(
        {
            "drops": dg.MetadataValue.md("\n".join(f"- {drop_id}: {path}" for drop_id, path in lost.drops) or "none"),
            "captures": lost.captures,
            "captures_kept": lost.kept,
            "facts": lost.facts,
            "rejects": lost.rejects,
            "dates": len(lost.dates),
        }
    )


@dg.op(ins={"withdrawn": dg.In(dg.Nothing)}, out=dg.Out(dg.Nothing))
def follow_up(context: dg.OpExecutionContext) -> None:
    """Bring the facts of the dates that were touched up to date, check, publish: in runs of their own, one a job."""
    if STARTED_HERE.items() <= context.run.tags.items():
        return  # the command line does it itself, and holds the lock meanwhile
    from assets.runs import run_paths  # runs of every job there is, this one among them

    report = run_paths(Home.default(), [], say=context.log.info)
    context.log.info(f"runs {', '.join(report.run_ids) or 'none'}; dates {', '.join(report.dates) or 'none'}")


@dg.job(
    name="withdraw",
    partitions_def=DROPS,
    executor_def=dg.in_process_executor,
    description="Take drops out: their rows, their packs, the facts of the dates that they leave; then publish. Launch for "
    "a drop, or name several in the configuration of the step take_out (keys).",
)
def withdraw_job() -> None:
    """The job."""
    follow_up(take_out())


def withdraw_drops(home: Home, drop_ids: Sequence[str], say: Callable[[str], None] = lambda words: None) -> RunReport:
    """Withdraw drops that are in the store, follow up what that makes stale, publish.

    Raises RunFailedError if a step or a check fails; what was withdrawn by then stays so, and the published file is as it was.
    """
    from assets.runs import execute, run_paths, use_home  # runs of every job there is, this one among them

    use_home(home)
    warnings.simplefilter("ignore")  # the orchestrator's own notices about its interfaces are not the user's concern
    with home.writer(say):
        withdrawing = RunReport()
        if drop_ids:
            with dg.DagsterInstance.get() as instance:
                recover(instance, say, alone=True)
                add_partitions(instance, list(drop_ids), [])
                execute("withdraw", instance, {"take_out": {"keys": list(drop_ids)}}, withdrawing)
        report = run_paths(home, [], say=say)
        report.run_ids = withdrawing.run_ids + report.run_ids
        return report
