"""``make faults``: kill -9 at seeded moments of a run, each followed by a plain rerun that has to make everything good.

``python -m bench.faults --trials 40 --captures 2000 --seed 1``. Half of the trials start on a fresh home, half on one that
holds another published drop; some hit the publish. Moments are fractions of an undisturbed run's time, counted from its
first write to its last. Exit code 1 if anything was lost, doubled, half-written, leaked, or shown to a reader in between.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from assets.home import Home
from assets.lock import claim_of
from bench import corpus
from bench.aftermath import COUNTS, counts_of, fresh_copy, stage_of, tables_of, wrong_with

POLL_SECONDS = 0.002
RERUN_SECONDS = 1800
ATTEMPTS = 6
"""A run that ended before its moment came is done again, with an earlier one."""

READER = f"""
import pathlib, sys, time, json, duckdb
path, stop, whole = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), [tuple(row) for row in json.loads(sys.argv[3])]
rounds, last = 0, 0
while not stop.exists():
    if path.exists():
        with duckdb.connect(str(path), read_only=True) as con:
            seen = con.execute({COUNTS!r}).fetchone()
            assert seen in whole, f"half a run: {{seen}}"
            assert con.execute("SELECT count(*) FROM ops.publication").fetchone() == (1,)
        assert whole.index(seen) >= last, "went back"
        last, rounds = whole.index(seen), rounds + 1
    time.sleep(0.1)
print(rounds)
"""


@dataclass
class Undisturbed:
    """What a run does that nobody kills: how long, and what it leaves. Seconds."""

    home: Home
    grown: bool
    seconds: float = 0.0
    publishing: float = 0.0
    tables: dict[str, str] = field(default_factory=dict)
    counts: list[tuple[int, ...]] = field(default_factory=list)
    """Rows by table of each whole publish that a reader may see, in their order."""


@dataclass
class Trial:
    """One kill and what came of it."""

    number: int
    grown: bool
    fraction: float
    publishing: bool
    stage: str = ""
    seconds: float = 0.0
    rounds: int = 0
    wrong: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The trial on the terminal."""
        where = f"{'publish' if self.publishing else 'run'} {self.fraction:6.1%}"
        home = "grown" if self.grown else "fresh"
        outcome = "; ".join(self.wrong) or "good"
        return f"{self.number:3}  {home}  {where:15}  {self.seconds:6.2f} s  {self.stage:22}  {self.rounds:4} looks  {outcome}"


def own_corpus(folder: Path, count: int) -> Path:
    """Articles of our own, where the labelled data is not at hand."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = (
            f"Harbour extension number {number} approved\n\nBy Ana Ruiz\n{1 + number % 28} September 2023\n\n"
            f"LISBON (AP) - The port authority approved extension {number} on Monday.\n\n"
            f"“We have waited {number + 2} years for this,” Maria Lopes said at the quay.\n\n"
            f"The new quay is {number + 100} metres long and cost {number % 90 + 3} million euros, the ministry said.\n"
        )
        (folder / f"{number:06d}.txt").write_text(text, "utf-8")
    return folder


def _start(home: Home, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "newsledger", "run", "--home", str(home.path), str(path)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=corpus.ROOT, start_new_session=True
    )


def _first_write(home: Home, run: subprocess.Popen[str]) -> float | None:
    """When the run began to write; None if it ended before anybody saw."""
    while not claim_of(home.lock).exists():
        if run.poll() is not None:
            return None
        time.sleep(POLL_SECONDS)
    return time.monotonic()


def _kill(run: subprocess.Popen[str]) -> bool:
    """Kill -9 to the whole process group; whether it was still at work."""
    at_work = run.poll() is None
    if at_work:
        os.killpg(run.pid, signal.SIGKILL)
    if run.stderr and not run.stderr.closed:
        run.communicate()
    return at_work and run.returncode == -signal.SIGKILL


def measured(place: Undisturbed, path: Path) -> None:
    """Run undisturbed, and note how long it wrote and published, and what came of it."""
    run, began, ended, published = _start(place.home, path), None, 0.0, [0.0, 0.0]
    began = _first_write(place.home, run) or time.monotonic()
    while run.poll() is None:
        now = time.monotonic()
        if claim_of(place.home.lock).exists():
            ended = now
        if fresh_copy(place.home).exists():
            published = [published[0] or now, now]
        time.sleep(POLL_SECONDS)
    told = run.communicate()[1]
    if run.returncode:
        raise SystemExit(f"the undisturbed run failed: {told}")
    place.seconds, place.publishing = ended - began, published[1] - published[0]
    place.tables = tables_of(place.home)
    place.counts.append(counts_of(place.home))


def _reader(home: Home, stop: Path, whole: list[tuple[int, ...]]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", READER, str(home.published), str(stop), json.dumps(whole)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def attempt(trial: Trial, home: Home, path: Path, expected: Undisturbed) -> bool:
    """Kill a run at the trial's moment, and run again; False if it ended before."""
    before = set((home.dagster / "history" / "runs").glob("*-*.db"))
    stop = home.path.with_suffix(".stop")
    run, reader = _start(home, path), _reader(home, stop, expected.counts)
    try:
        began = _first_write(home, run)
        if began is None:
            return False
        if trial.publishing:
            while not fresh_copy(home).exists() and run.poll() is None:
                time.sleep(POLL_SECONDS)
        wait = trial.fraction * (expected.publishing if trial.publishing else expected.seconds)
        until = (time.monotonic() if trial.publishing else began) + wait
        while time.monotonic() < until and run.poll() is None:
            time.sleep(POLL_SECONDS)
        trial.seconds = time.monotonic() - began
        at_work = claim_of(home.lock).exists()  # what comes after the claim is no writing any more
        if not (_kill(run) and at_work) or (trial.publishing and not fresh_copy(home).exists()):
            return False
        trial.stage = stage_of(home, before)
        again = _start(home, path)
        told = again.communicate(timeout=RERUN_SECONDS)[1]
        if again.returncode:
            trial.wrong.append(f"the rerun failed: {told.strip()}")
    finally:
        _kill(run)
        stop.touch()
        out, err = reader.communicate()
    trial.rounds = int(out or 0)
    if reader.returncode:
        trial.wrong.append(f"a reader: {err.strip().splitlines()[-1]}")
    if not again.returncode:
        trial.wrong += wrong_with(home, expected.tables)
    return True


def perform(trial: Trial, folder: Path, path: Path, expected: Undisturbed, base: Home | None) -> Trial:
    """One trial, on a home of its own; a home that something is wrong with is kept."""
    for _ in range(ATTEMPTS):
        place = Path(tempfile.mkdtemp(dir=folder, prefix=f"trial-{trial.number:02}-"))
        home = Home(place / "home")
        if base is not None:
            shutil.copytree(base.path, home.path)
        done = attempt(trial, home, path, expected)
        if not trial.wrong:
            shutil.rmtree(place)
        if done:
            break
        trial.fraction *= 0.9
    else:
        trial.wrong.append("never hit")
    print(trial.line(), flush=True)
    return trial


def trials(count: int, publishing: int, seed: int) -> list[Trial]:
    """The moments: spread over the whole run, each drawn within its share; every other home is a fresh one."""
    draw = random.Random(seed)
    made = []
    for number in range(count):
        share, shares = (number, publishing) if number < publishing else (number - publishing, count - publishing)
        made.append(Trial(number + 1, number % 2 == 1, (share + draw.random()) / shares, number < publishing))
    return made


def table(done: list[Trial]) -> str:
    """Trials by stage, and how many of them came out good."""
    stages = Counter(trial.stage for trial in done)
    good = Counter(trial.stage for trial in done if not trial.wrong)
    lines = [f"{stage or 'never hit':24} {number:3} killed  {good[stage]:3} good" for stage, number in stages.items()]
    return "\n".join([*sorted(lines), f"{'all':24} {len(done):3} killed  {sum(good.values()):3} good"])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=40)
    parser.add_argument("--publishing", type=int, default=6, help="how many of the trials hit the publish")
    parser.add_argument("--captures", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--own", action="store_true", help="articles of our own, not those of the labelled data")
    parser.add_argument("--at-once", type=int, default=2)
    options = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="newsledger-faults-"))
    make = own_corpus if options.own else corpus.write
    path = make(folder / "corpus", options.captures)
    other = own_corpus(folder / "other", 20)
    fresh, base = Undisturbed(Home(folder / "fresh"), False), Undisturbed(Home(folder / "base"), True)
    grown = Undisturbed(Home(folder / "grown"), True)
    measured(fresh, path)
    measured(base, other)
    shutil.copytree(base.home.path, grown.home.path)
    grown.counts = list(base.counts)
    measured(grown, path)
    for one in (fresh, grown):
        state = "a grown home" if one.grown else "a fresh home"
        print(
            f"undisturbed, {state}: {one.seconds:.2f} s from first to last write, {one.publishing:.2f} s of publishing"
        )
    planned = trials(options.trials, options.publishing, options.seed)
    with ThreadPoolExecutor(options.at_once) as pool:
        done = list(
            pool.map(
                lambda trial: perform(
                    trial, folder, path, grown if trial.grown else fresh, base.home if trial.grown else None
                ),
                planned,
            )
        )
    print(f"\nseed {options.seed}, {options.captures} captures\n{table(done)}")
    failed = any(trial.wrong for trial in done)
    if failed:
        print(f"what went wrong is kept in {folder}")
    else:
        shutil.rmtree(folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
