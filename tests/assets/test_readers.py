"""Readers are never blocked and never see half a run: real processes, twenty swaps of the published copy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from assets.clean import clean_drop
from assets.drops import register_drops
from assets.facts import extract_dates
from assets.home import Home
from assets.publish import publish
from assets.raw import ingest
from assets.runs import run_paths
from assets.staleness import touched_dates
from assets.store import writing
from pipelines.extract.kinds import KINDS

RUNS = 20


def bring_and_publish(home: Home, folder: Path) -> None:
    """What a run does, without the orchestrator."""
    with writing(home) as con:
        for drop_id in register_drops(con, home, [folder]):
            ingest(con, home, drop_id)
            clean_drop(con, drop_id)
        extract_dates(con, touched_dates(con), list(KINDS))
        publish(con, home)


READER = """
import sys, time, duckdb
path, stop = sys.argv[1:]
import pathlib
seen, rounds = 0, 0
while not pathlib.Path(stop).exists():
    with duckdb.connect(path, read_only=True) as con:
        captures, articles, states = con.execute(
            "SELECT (SELECT count(*) FROM raw.captures), (SELECT count(*) FROM clean.articles), (SELECT count(*) FROM ops.publication)"
        ).fetchone()
        quotes, = con.execute("SELECT count(DISTINCT capture_id) FROM facts.quotes").fetchone()
        shown, = con.execute("SELECT count(*) FROM marts.fact_evidence WHERE exact_text IS NULL").fetchone()
    assert states == 1 and captures == articles == quotes and shown == 0, (captures, articles, quotes, shown)
    assert captures >= seen, f"went back from {seen} to {captures} captures"
    seen, rounds = captures, rounds + 1
    time.sleep(0.25)
print(rounds, seen)
"""


def test_a_reader_sees_whole_runs_only_and_no_error(
    home: Home, drop: Callable[..., Path], brought_in: Callable[..., Path], tmp_path: Path
) -> None:
    brought_in({1: 11})
    stop = tmp_path / "stop"
    command = [sys.executable, "-c", READER, str(home.published), str(stop)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        for number in range(2, RUNS + 1):
            folder = drop({number: 1 + number % 28})
            # What a reader can see half of is the copy; whether Dagster or a plain call has it made is the same to them.
            run_paths(home, [folder]) if number % 5 == 0 else bring_and_publish(home, folder)
    finally:
        stop.touch()
    for reader in readers:
        out, err = reader.communicate(timeout=300)
        assert reader.returncode == 0, err
        rounds, seen = map(int, out.split()[-2:])  # in front of it, where the machine is slow, the progress of queries
        assert rounds > RUNS, "the reader must really have read all the while"
        assert seen >= RUNS - 1
