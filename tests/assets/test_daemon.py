"""The real daemon, code server and web server, as ``newsledger ui`` starts them: a capture in, a published store out."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.home import CHECKOUT, Home
from assets.webserver import LOCATION

SECONDS = 300

WHERE = {"repositoryName": "__repository__", "repositoryLocationName": LOCATION}
LOADED = (
    "{ workspaceOrError { ... on Workspace { locationEntries { loadStatus locationOrLoadError { __typename } } } } }"
)
START_SENSOR = """mutation On($named: SensorSelector!) { startSensor(sensorSelector: $named) {
    ... on Sensor { sensorState { status } } ... on PythonError { message } } }"""
START_SCHEDULE = """mutation On($named: ScheduleSelector!) { startSchedule(scheduleSelector: $named) {
    ... on ScheduleStateResult { scheduleState { status } } ... on PythonError { message } } }"""
RUNS = """{ runsOrError { ... on Runs { results { jobName status tags { key value } } } } }"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def ui(home: Home, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """``newsledger ui`` and all that it starts, in a process group of their own, which is ended whatever happens."""
    command = [sys.executable, "-m", "newsledger", "ui", "--home", str(home.path), "--port", str(port)]
    with log.open("wb") as words:
        started = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield started
    finally:
        for last in (signal.SIGINT, signal.SIGKILL):
            try:
                os.killpg(started.pid, last)
                started.wait(timeout=15)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def ask(port: int, query: str, **variables: object) -> dict[str, Any]:
    """What the UI's own interface answers."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql",
        json.dumps({"query": query, "variables": variables}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
    assert "errors" not in found, found["errors"]
    data: dict[str, Any] = found["data"]
    return data


def until(look: Callable[[], Any], deadline: float, what: str, log: Path) -> Any:
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.5)
    pytest.fail(f"{what} took longer than {SECONDS} s\n{log.read_text('utf-8', 'replace')[-4000:]}")


def loaded(port: int) -> bool:
    """Whether the code location is there."""
    try:
        (entry,) = ask(port, LOADED)["workspaceOrError"]["locationEntries"]
    except (urllib.error.URLError, ConnectionError, TimeoutError, ValueError):
        return False
    return bool(entry["loadStatus"] == "LOADED" and entry["locationOrLoadError"]["__typename"] == "RepositoryLocation")


def test_a_capture_dropped_into_the_inbox_is_published_by_itself(home: Home, drop: Callable[..., Path]) -> None:
    home.path.mkdir()
    (home.path / "settings.toml").write_text("look_every = 1\n", "utf-8")
    port, log = free_port(), home.path / "ui.log"
    with ui(home, port, log):
        until(lambda: loaded(port), time.monotonic() + SECONDS, "starting the UI", log)
        for sensor in ("inbox", "touched_dates"):
            on = ask(port, START_SENSOR, named={**WHERE, "sensorName": sensor})
            assert on["startSensor"]["sensorState"]["status"] == "RUNNING", on
        on = ask(port, START_SCHEDULE, named={**WHERE, "scheduleName": "nightly"})
        assert on["startSchedule"]["scheduleState"]["status"] == "RUNNING", on
        folder = drop({1: 11, 2: 12})
        folder.rename(home.path / "inbox" / "monday")
        until(home.published.exists, time.monotonic() + SECONDS, "from the inbox to the published copy", log)

        def ended() -> list[dict[str, Any]]:
            runs: list[dict[str, Any]] = ask(port, RUNS)["runsOrError"]["results"]
            return runs if all(run["status"] in ("SUCCESS", "FAILURE") for run in runs) else []

        runs = until(ended, time.monotonic() + SECONDS, "ending the runs", log)
    assert {(run["jobName"], run["status"]) for run in runs} == {
        ("ingest", "SUCCESS"),
        ("extract_and_publish", "SUCCESS"),
    }
    with duckdb.connect(str(home.published), read_only=True) as con:
        assert con.execute("SELECT DISTINCT publication_date FROM facts.quotes ORDER BY 1").fetchall() == [
            ("2023-09-11",),
            ("2023-09-12",),
        ]
