"""Runs whose process died: failed, and their pool slots freed, by whoever starts next.

A run killed inside a pooled step leaves its slot claimed, and the next one would wait for ever. Each run of ours notes the
process that works on it as a tag; a process is known by host, boot, number and start time, so that a number which was
given out again is not taken for it.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import dagster as dg
from dagster._core.storage.dagster_run import IN_PROGRESS_RUN_STATUSES
from dagster._core.storage.tags import HIDDEN_TAG_PREFIX

from assets.home import Home
from assets.lock import LAPSE_SECONDS

PROCESS = f"{HIDDEN_TAG_PREFIX}newsledger/process"
"""The tag that says which process works on a run; the UI does not list it among a run's tags."""

STARTED_HERE = {"newsledger/started_by": "command line"}
SILENT_SECONDS = 300
"""A run that Dagster shows as started, and that has not named its process within this time, never got to its first step."""

FINISHED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)
UNFINISHED = [status for status in dg.DagsterRunStatus if status not in FINISHED]


def _started(pid: int) -> str:
    """When a process started, in the kernel's ticks; empty where nobody tells."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


@cache
def _machine() -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("utf-8").strip()
    except OSError:
        boot = ""
    return f"{platform.node()}/{boot}"


def this_process() -> str:
    """The name of this process: ``host/boot/pid/start``."""
    return f"{_machine()}/{os.getpid()}/{_started(os.getpid())}"


def is_dead(process: str) -> bool:
    """Whether a process of this machine has ended. Nothing is known of other machines' processes: they are not dead."""
    machine, pid, started = process.rsplit("/", 2)
    if machine.split("/")[0] != platform.node():
        return False
    if machine != _machine():
        return True  # this machine has been started anew since
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # somebody else's process has that number: it lives
    return _started(int(pid)) != started


_noted: set[tuple[int, str]] = set()


def note_process(instance: dg.DagsterInstance, run_id: str) -> None:
    """Note, once a process, that this one works on a run."""
    if (os.getpid(), run_id) not in _noted:
        instance.add_run_tags(run_id, {PROCESS: this_process()})
        _noted.add((os.getpid(), run_id))


def _silence(instance: dg.DagsterInstance, run_id: str) -> float:
    """For how many seconds a run has said nothing."""
    last = instance.get_records_for_run(run_id, limit=1, ascending=False).records
    return time.time() - last[0].timestamp if last else 0.0


def _cut_off(instance: dg.DagsterInstance, record: dg.RunRecord, alone: bool) -> bool:
    run = record.dagster_run
    process = run.tags.get(PROCESS)
    if process is not None:
        if process == this_process():
            return False
        if is_dead(process) or (alone and STARTED_HERE.items() <= run.tags.items()):
            return True
        # Of another machine, or of a container that is gone. It would be writing, or refused while another machine
        # writes: if nobody writes, or we do, and it has been silent for as long as a claim to the lock lasts, it is dead.
        foreign = process.split("/")[0] != platform.node()
        return foreign and _silence(instance, run.run_id) > LAPSE_SECONDS and (alone or not Home.default().busy())
    if alone and STARTED_HERE.items() <= run.tags.items():
        return True
    silent = run.status in IN_PROGRESS_RUN_STATUSES and record.start_time is not None
    return silent and time.time() - (record.start_time or 0) > SILENT_SECONDS


def recover(instance: dg.DagsterInstance, say: Callable[[str], None], *, alone: bool = False) -> int:
    """Fail the runs whose process died, free the slots of all runs that have ended; returns how many were cut off.

    ``alone``: the caller holds the write lock, which a living run from a command line would hold: such a run that has not
    ended is dead, on whichever machine it was. A run of another machine is dead if nobody there can be writing, and it has
    been silent for a minute: a container that is made anew has another name each time.
    """
    cut_off = 0
    for record in instance.get_run_records(dg.RunsFilter(statuses=UNFINISHED)):
        if _cut_off(instance, record, alone):
            run = record.dagster_run
            say(f"run {run.run_id[:8]} ({run.job_name}) was cut off; what it left undone is done by the next run")
            instance.report_run_failed(run, "the process that ran it ended without a word")
            cut_off += 1
    log = instance.event_log_storage
    for run_id in log.get_concurrency_run_ids():
        held = instance.get_run_by_id(run_id)
        if held is None or held.is_finished:
            log.free_concurrency_slots_for_run(run_id)
    return cut_off
