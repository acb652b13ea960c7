"""Runs whose process died are failed and their slots freed; living ones, and other machines', are left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest

from assets.home import Home
from assets.orphans import PROCESS, STARTED_HERE, is_dead, recover, this_process
from assets.runs import run_paths, use_home


@pytest.fixture
def instance(home: Home) -> Iterator[dg.DagsterInstance]:
    use_home(home)
    with dg.DagsterInstance.get() as made:
        yield made


def ended_process() -> str:
    """The name of a process of this machine that has ended."""
    command = "from assets.orphans import this_process; print(this_process())"
    return subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout.strip()


def begun(instance: dg.DagsterInstance, tags: dict[str, str]) -> dg.DagsterRun:
    """A run that Dagster shows as started, holding a slot of the pool."""
    run = instance.create_run_for_job(
        dg.GraphDefinition("idle").to_job(), tags=tags, status=dg.DagsterRunStatus.STARTED
    )
    log = instance.event_log_storage
    log.set_concurrency_slots("store", 1)
    log.claim_concurrency_slot("store", run.run_id, "read")
    return run


def test_a_process_is_told_by_its_start_not_by_its_number_alone() -> None:
    assert not is_dead(this_process())
    assert is_dead(ended_process())
    assert is_dead(this_process() + "0"), "the same number, given out again later"
    assert not is_dead(f"elsewhere/0/{os.getpid()}/1"), "nothing is known of another machine's processes"


@pytest.mark.parametrize("alone", [False, True])
def test_a_dead_run_is_failed_and_its_slot_freed(instance: dg.DagsterInstance, alone: bool) -> None:
    run, said = begun(instance, {PROCESS: ended_process()}), list[str]()
    assert recover(instance, said.append, alone=alone) == 1
    found = instance.get_run_by_id(run.run_id)
    assert found is not None
    assert found.status == dg.DagsterRunStatus.FAILURE
    assert instance.event_log_storage.get_concurrency_run_ids() == set()
    assert said == [f"run {run.run_id[:8]} (idle) was cut off; what it left undone is done by the next run"]


def test_a_living_run_is_left_alone(instance: dg.DagsterInstance) -> None:
    run = begun(instance, {PROCESS: this_process()})
    assert recover(instance, print, alone=True) == 0
    assert instance.event_log_storage.get_concurrency_run_ids() == {run.run_id}


def test_a_container_that_is_gone_held_its_runs_no_longer_than_its_claim(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(instance, {PROCESS: "oldcontainer/0/17/1"})
    assert recover(instance, print, alone=True) == 0, "it may have begun just now"
    monkeypatch.setattr("assets.orphans._silence", lambda instance, run_id: 61.0)
    assert recover(instance, print) == 1


def test_whoever_has_the_lock_knows_that_no_run_from_a_command_line_lives(instance: dg.DagsterInstance) -> None:
    begun(instance, {PROCESS: "elsewhere/0/1/1", **STARTED_HERE})
    assert recover(instance, print) == 0
    assert recover(instance, print, alone=True) == 1


def test_a_run_notes_its_process_and_the_next_one_recovers_what_was_killed(
    home: Home, drop: Callable[..., Path]
) -> None:
    use_home(home)
    with dg.DagsterInstance.get() as instance:
        dead = begun(instance, {PROCESS: ended_process()})
        said: list[str] = []
        report = run_paths(home, [drop({1: 11})], say=said.append)
        assert report.published
        assert any(dead.run_id[:8] in words for words in said)
        runs = instance.get_runs(dg.RunsFilter(run_ids=report.run_ids))
        assert {run.tags[PROCESS] for run in runs} == {this_process()}
        assert instance.event_log_storage.get_concurrency_run_ids() == set()
