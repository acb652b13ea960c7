"""The sensors: what arrives is read, what it touched is extracted and published, without anybody pressing a button.

Both only look, and ask for runs; every write happens in a run. One run at a time: while one is under way, nothing is asked
for, since it would only queue. A request that failed is not made again until what it was about has changed; the nightly
``refresh`` tries everything again. One that was cut off, its process killed, is.
"""

import hashlib
import json
import time
from collections.abc import Sequence
from typing import Any

import dagster as dg

from assets import sql
from assets.home import Home
from assets.orphans import recover
from assets.partitions import DATES, DROPS
from assets.publication import current_state, published_state
from assets.reference import reference_is_stale
from assets.reporting import key_of
from assets.settings import settings
from assets.staleness import stale_drops
from assets.store import Connection, peek, state
from assets.tables import REF
from assets.watch import Arrival, Asked, Memory, arrivals, vanished

TRIES = 3
"""How often a request is made whose runs are cut off; a drop that kills the process each time must not do so for ever."""

RUN_KEY = "dagster/run_key"
UNDER_WAY = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]
SHOWN = 5

Result = dg.SensorResult | dg.SkipReason


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _busy(context: dg.SensorEvaluationContext, home: Home) -> str | None:
    """Why no run can be asked for now: a run is under way, or somebody writes to the store."""
    recover(context.instance, context.log.info)
    runs = context.instance.get_runs(dg.RunsFilter(statuses=UNDER_WAY), limit=1)
    if runs:
        return f"run {runs[0].run_id[:8]} of {runs[0].job_name} is under way; the next look is after it"
    if home.working.exists() and home.busy():
        return "the store is being written to, by a run from a command line; the next look is after it"
    return None


def _unreadable(home: Home) -> dg.SkipReason:
    if home.busy():
        return dg.SkipReason("the store is being written to; the next look is after it")
    return dg.SkipReason(
        "the store cannot be read as it is: of another version of newsledger, or damaged. The next run rebuilds it: "
        "launch refresh"
    )


def _digest(*words: object) -> str:
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]


def _last_run(instance: dg.DagsterInstance) -> str:
    runs = instance.get_runs(limit=1)
    return runs[0].run_id if runs else ""


def _failed(instance: dg.DagsterInstance, asked: Asked) -> str | None:
    """Why a request is not to be made again now; None if it is: its run was cut off, or did its work and more came."""
    runs = instance.get_runs(dg.RunsFilter(tags={RUN_KEY: asked.run_key}), limit=1)
    if asked.tries >= TRIES:
        return f"asked for {asked.tries} times"
    if not runs or runs[0].status == dg.DagsterRunStatus.SUCCESS:
        return None
    if runs[0].status == dg.DagsterRunStatus.CANCELED:
        return f"run {runs[0].run_id[:8]} was cancelled"
    failures = instance.get_records_for_run(runs[0].run_id, of_type=dg.DagsterEventType.STEP_FAILURE, limit=1)
    return f"run {runs[0].run_id[:8]} failed" if failures.records else None


def _ingest(due: Sequence[Arrival], run_key: str, known: set[str]) -> dg.SensorResult:
    keys = [arrival.drop_id for arrival in due]
    config: dict[str, Any] = {
        "read": {"config": {"keys": keys, "paths": [str(arrival.path) for arrival in due if not arrival.registered]}},
        "clean": {"config": {"keys": keys}},
    }
    fresh = [key for key in keys if key not in known]
    return dg.SensorResult(
        run_requests=[dg.RunRequest(run_key, {"ops": config}, {STARTED_BY: "inbox"}, partition_key=keys[0])],
        dynamic_partitions_requests=[DROPS.build_add_request(fresh)] if fresh else [],
    )


STARTED_BY = "newsledger/started_by"


@dg.sensor(
    name="inbox",
    job_name="ingest",
    minimum_interval_seconds=settings(Home.default()).look_every,
    description="Looks for new and grown drops, in the inbox and wherever else drops were read from, and has them read "
    "and cleaned. Whatever changed within the last 5 seconds is still being copied, and waits.",
)
def inbox(context: dg.SensorEvaluationContext) -> Result:
    """Ask for one run of ``ingest`` over the drops that are new or grown, and at rest."""
    home = Home.default()
    busy = _busy(context, home)
    if busy:
        return dg.SkipReason(busy)
    with peek(home) as con:
        if con is None and home.working.exists():
            return _unreadable(home)
        waiting = arrivals(con, home)
        gone = vanished(con) if con is not None else []
    memory = Memory.parse(context.cursor)
    resting = memory.at_rest(waiting, time.time())
    due, left = [], []
    for arrival in resting:
        asked = memory.asked.get(arrival.drop_id)
        why = _failed(context.instance, asked) if asked and asked.look == arrival.look else None
        if why is None:
            due.append(arrival)
        else:
            left.append(f"{arrival.drop_id} ({why})")
    if not due:
        context.update_cursor(memory.dump())
        return dg.SkipReason(_why_nothing(home, waiting, resting, left, gone))
    run_key = _digest(_last_run(context.instance), [(arrival.drop_id, arrival.look) for arrival in due])
    for arrival in due:
        asked = memory.asked.get(arrival.drop_id)
        tries = asked.tries + 1 if asked and asked.look == arrival.look else 1
        memory.asked[arrival.drop_id] = Asked(arrival.look, run_key, tries)
    known = set(context.instance.get_dynamic_partitions(str(DROPS.name)))
    return _ingest(due, run_key, known)._replace(cursor=memory.dump())


def _why_nothing(
    home: Home, waiting: Sequence[Arrival], resting: Sequence[Arrival], left: Sequence[str], gone: Sequence[str]
) -> str:
    words = []
    moving = [arrival.drop_id for arrival in waiting if arrival not in resting]
    if moving:
        words.append(f"still being copied: {_named(moving)}")
    if left:
        words.append(f"not asked for again until it changes, or by the nightly refresh: {_named(left)}")
    if gone:
        words.append(f"their paths are gone, their rows stay: {_named(gone)}")
    return "; ".join(words) or f"nothing new or grown in {settings(home).inbox}, nor where other drops were read from"


def _touched(con: Connection) -> list[str]:
    rows = con.execute("SELECT publication_date FROM ops.touched_dates ORDER BY 1").fetchall()
    return [row[0] for row in rows]


def _rest() -> list[dg.AssetKey]:
    """What is to be made for publishing alone."""
    marts = [key_of(f"marts/{mart.name}") for mart in sql.load("marts")]
    return [*(key_of(table.__table__) for table in REF), *marts, key_of("published")]


@dg.sensor(
    name="touched_dates",
    job_name="extract_and_publish",
    minimum_interval_seconds=settings(Home.default()).look_every,
    description="Has exactly those publication dates extracted again whose articles came, changed or left, then has the "
    "store checked and published.",
)
def touched_dates(context: dg.SensorEvaluationContext) -> Result:
    """Ask for one run of ``extract_and_publish`` over the touched dates; for the publishing alone where only that is due."""
    home = Home.default()
    busy = _busy(context, home)
    if busy:
        return dg.SkipReason(busy)
    if not home.working.exists():
        return dg.SkipReason("there is no store yet")
    with peek(home) as con:
        if con is None:
            return _unreadable(home)
        dates, shown, now = _touched(con), published_state(home), current_state(con)
        uncleaned = stale_drops(con) if not dates else []
        current = not dates and shown == now and not reference_is_stale(con)
        # A failed extraction may have brought ref.* up to date beside it: that alone is no reason to try again.
        word = _digest(dates, state(con, ("raw", "clean", "facts"))) if dates else _digest(shown, now)
    if current or (uncleaned and not dates):
        context.update_cursor("")
        wait = f"to be cleaned before anything is published: {_named(uncleaned)}; the nightly refresh does it"
        return dg.SkipReason("no date is touched, and what is published is current" if current else wait)
    asked = Asked(**json.loads(context.cursor)) if context.cursor else None
    tries = 0
    if asked and asked.look == word:
        why = _failed(context.instance, asked)
        if why:
            return dg.SkipReason(f"{why}; it is asked for again when the store has changed, or by the nightly refresh")
        tries = asked.tries
    run_key = _digest(_last_run(context.instance), word)
    cursor = json.dumps({"look": word, "run_key": run_key, "tries": tries + 1})
    tags = {STARTED_BY: "touched_dates"}
    if not dates:
        request = dg.RunRequest(run_key, tags=tags, asset_selection=_rest())
        return dg.SensorResult(run_requests=[request], cursor=cursor)
    known = set(context.instance.get_dynamic_partitions(str(DATES.name)))
    fresh = [date for date in dates if date not in known]
    return dg.SensorResult(
        run_requests=[
            dg.RunRequest(run_key, {"ops": {"extract": {"config": {"keys": dates}}}}, tags, partition_key=dates[0])
        ],
        dynamic_partitions_requests=[DATES.build_add_request(fresh)] if fresh else [],
        cursor=cursor,
    )


SENSORS = [inbox, touched_dates]
