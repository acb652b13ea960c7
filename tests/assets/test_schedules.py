"""The nightly schedule and the job ``refresh``: the command line's way, as a run that is launched in the UI."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets.definitions import defs
from assets.home import CHECKOUT, Home
from assets.orphans import PROCESS, this_process
from assets.runs import QUIET, run_paths
from assets.schedules import REFRESHED_BY, nightly
from assets.store import writing
from pipelines.read.folders import drop_id_of

Drop = Callable[..., Path]


@pytest.fixture
def instance(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    monkeypatch.setattr("pipelines.read.stamps.SETTLED_NS", -(10**12))  # files written a moment ago count as settled
    home.prepare()
    with dg.DagsterInstance.get() as made:
        yield made


def tick(instance: dg.DagsterInstance) -> dg.RunRequest | dg.SkipReason:
    """The schedule's tick at three in the morning."""
    at = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
    said = nightly(dg.build_schedule_context(instance, scheduled_execution_time=at))
    assert isinstance(said, dg.RunRequest | dg.SkipReason)
    return said


def launch(instance: dg.DagsterInstance, request: dg.RunRequest) -> dg.ExecuteInProcessResult:
    """What the daemon does with a request."""
    config = {**QUIET, **request.run_config}
    refresh = defs.resolve_job_def("refresh")
    return refresh.execute_in_process(config, instance, tags=request.tags, raise_on_error=False)


def test_the_schedule_is_there_with_its_time_and_off_until_somebody_switches_it_on() -> None:
    made = defs.get_repository_def().get_schedule_def("nightly")
    assert (made.cron_schedule, made.execution_timezone, made.job_name) == ("0 3 * * *", "UTC", "refresh")
    assert made.default_status == dg.DefaultScheduleStatus.STOPPED
    for sensor in ("inbox", "touched_dates"):
        assert defs.get_repository_def().get_sensor_def(sensor).default_status == dg.DefaultSensorStatus.STOPPED


def test_a_tick_brings_everything_up_to_date_and_publishes(
    home: Home, drop: Drop, instance: dg.DagsterInstance
) -> None:
    lying = drop({1: 11})
    elsewhere = drop({2: 12}, "elsewhere")
    gone = drop({4: 14}, "gone")
    run_paths(home, [elsewhere, gone])
    shutil.copytree(lying, home.path / "inbox" / "monday")  # new
    drop({3: 13}, "elsewhere")  # grown
    shutil.rmtree(gone)  # vanished: its rows stay, and nothing fails for it
    with writing(home) as con:  # left half done by a run that failed
        con.execute("DELETE FROM ops.done WHERE stage = 'facts/quotes'")
    request = tick(instance)
    assert isinstance(request, dg.RunRequest)
    result = launch(instance, request)
    assert result.success
    with duckdb.connect(str(home.published), read_only=True) as con:
        dates = con.execute("SELECT DISTINCT publication_date FROM facts.quotes ORDER BY 1").fetchall()
    assert [date for (date,) in dates] == [f"2023-09-{day}" for day in (11, 12, 13, 14)]
    inner = instance.get_runs(dg.RunsFilter(tags={REFRESHED_BY: result.run_id}))
    assert sorted((run.job_name, run.status.value) for run in inner) == [
        ("extract_and_publish", "SUCCESS"),
        ("ingest", "SUCCESS"),
    ]
    # Pressed once more: nothing to do, and no run inside.
    again = launch(instance, request)
    assert again.success
    assert instance.get_runs(dg.RunsFilter(tags={REFRESHED_BY: again.run_id})) == []


def test_a_refresh_that_fails_says_why_and_leaves_what_is_published(
    home: Home, drop: Drop, instance: dg.DagsterInstance
) -> None:
    run_paths(home, [drop({1: 11})])
    before = home.published.read_bytes()
    with writing(home) as con:
        con.execute("INSERT INTO clean.blocks SELECT * FROM clean.blocks LIMIT 1")
    drop({2: 12})
    result = launch(instance, dg.RunRequest())
    assert not result.success
    (failure,) = [event for event in result.all_events if event.is_step_failure]
    assert "clean_blocks_keys_unique failed on clean/blocks: 1 rows" in str(failure.step_failure_data.error)
    assert home.published.read_bytes() == before


def test_a_refresh_that_is_cancelled_in_the_middle_of_an_inner_run_shows_as_cancelled_and_leaves_nothing_behind(
    home: Home, drop: Drop, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_paths(home, [drop({1: 11})])
    drop({2: 12})

    def pressed(*_: object, **__: object) -> None:
        """Cancel in the UI: the run is marked, and its process interrupted."""
        (run,) = instance.get_runs(dg.RunsFilter(job_name="refresh", statuses=[dg.DagsterRunStatus.STARTED]))
        instance.report_run_canceling(run)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(10)

    with monkeypatch.context() as middle:
        middle.setattr("assets.raw.ingest", pressed)
        result = launch(instance, dg.RunRequest())
    statuses = {run.job_name: run.status for run in instance.get_runs(limit=2)}
    assert statuses == {"refresh": dg.DagsterRunStatus.CANCELED, "ingest": dg.DagsterRunStatus.FAILURE}
    assert instance.event_log_storage.get_concurrency_run_ids() == set()
    assert not home.busy()
    assert not result.success
    assert launch(instance, dg.RunRequest()).success, "the next press does what was left"
    with duckdb.connect(str(home.published), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM clean.articles").fetchall() == [(2,)]


IN_THE_UI = """
import sys
import dagster as dg
from assets.definitions import defs
path, drop_id = sys.argv[1:]
keys = {"config": {"keys": [drop_id]}}
with dg.DagsterInstance.get() as instance:
    instance.add_dynamic_partitions("drops", [drop_id])
    result = defs.resolve_job_def("ingest").execute_in_process(
        {"ops": {"read": {"config": {"keys": [drop_id], "paths": [path]}}, "clean": keys}},
        instance, partition_key=drop_id, raise_on_error=False,
    )
sys.exit(not result.success)
"""
"""What the process of a run of ``ingest`` does that was launched in the UI, or by the sensor: each step takes the pool's
slot, then the write lock."""


def test_a_run_that_holds_the_lock_and_one_that_holds_the_slot_both_end(
    home: Home, drop: Drop, instance: dg.DagsterInstance
) -> None:
    path = drop({1: 11}, "theirs")
    with home.writer():  # as a run from the command line does, or refresh, from its first write to its publish
        command = [sys.executable, "-W", "ignore", "-c", IN_THE_UI, str(path), drop_id_of(path)]
        theirs = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            deadline = time.monotonic() + 300
            while not instance.event_log_storage.get_concurrency_run_ids():  # their first step has the slot, and waits
                assert theirs.poll() is None, theirs.communicate()[0]
                assert time.monotonic() < deadline
                time.sleep(0.1)
            assert run_paths(home, [drop({2: 12}, "ours")]).published
            assert theirs.poll() is None, "it waits for the lock"
        except BaseException:
            theirs.kill()
            raise
    said = theirs.communicate(timeout=300)[0]
    assert theirs.returncode == 0, said
    assert instance.event_log_storage.get_concurrency_run_ids() == set()


def test_while_one_refresh_is_under_way_the_schedule_asks_for_no_other(instance: dg.DagsterInstance) -> None:
    run = instance.create_run_for_job(
        defs.resolve_job_def("refresh"), status=dg.DagsterRunStatus.STARTED, tags={PROCESS: this_process()}
    )
    said = tick(instance)
    assert isinstance(said, dg.SkipReason)
    assert f"run {run.run_id[:8]} of refresh is still under way" in str(said.skip_message)


def test_the_whole_code_location_loads_as_the_ui_loads_it() -> None:
    repository = defs.get_repository_def()
    repository.load_all_definitions()  # jobs one by one load also where two things share a name
    assert {"ingest", "extract_and_publish", "refresh", "withdraw"} <= set(repository.job_names)
