"""What orchestration costs, what grows, what a rerun costs: whole processes, start-up included.

``python -m bench.runs --sizes 2000 20000``. Each measurement is a process of its own from start to exit; a round is one
``newsledger run`` and one process that calls the same steps directly, each into a fresh home, in turn; medians are shown.
CPU seconds are user and system time of all threads.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench import corpus

FRESH = 100
"""One capture in so many is new in the rerun with 1 % new ones."""


class Spent(NamedTuple):
    """What a process used: CPU and wall seconds, and the most memory that it held, in MB."""

    cpu: float
    wall: float
    peak_mb: float


def spent_by(*arguments: str) -> Spent:
    """Run ``python ARGUMENTS`` and measure it as a whole. Exits with its words if it fails."""
    with tempfile.TemporaryFile("w+") as words:
        begun = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], stdout=words, stderr=words, cwd=corpus.ROOT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words.seek(0)
            raise SystemExit(f"{' '.join(arguments)} failed:\n{words.read()[-2000:]}")
    return Spent(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def directly(folder: Path, home_folder: Path) -> None:
    """What ``newsledger run`` does with a new drop, as plain calls: no instance, no runs, no events."""
    from assets.clean import clean_drop
    from assets.drops import register_drops
    from assets.facts import extract_dates
    from assets.home import Home
    from assets.publish import publish
    from assets.raw import ingest
    from assets.reference import load_reference
    from assets.staleness import touched_dates
    from assets.store import writing
    from pipelines.extract.kinds import KINDS

    home = Home(home_folder)
    with writing(home) as con:
        (drop,) = register_drops(con, home, [folder])
        ingest(con, home, drop)
        clean_drop(con, drop)
        extract_dates(con, touched_dates(con), list(KINDS))
        load_reference(con)
        publish(con, home)


def median(of: list[Spent]) -> Spent:
    """The median of each figure."""
    return Spent(*(statistics.median(figures) for figures in zip(*of, strict=True)))


def measure(scratch: Path, size: int, rounds: int) -> dict[str, Spent]:
    """The rows of a size: directly, orchestrated, nothing changed, 1 % new."""
    folder, home = corpus.write(scratch / "corpus", size + size // FRESH), scratch / "home"
    late = scratch / "late"
    for number in range(size, size + size // FRESH):
        path = folder / f"{number // 1000:04d}" / f"{number:06d}.txt"
        (late / path.parent.name).mkdir(parents=True, exist_ok=True)
        path.replace(late / path.parent.name / path.name)
    # One worker, as the direct calls: what several give is measured by bench.workers.
    run = ("-m", "newsledger", "run", str(folder), "--home", str(home), "--workers", "1")
    found: dict[str, list[Spent]] = {"directly": [], "newsledger run": []}
    for _ in range(rounds):
        shutil.rmtree(home, ignore_errors=True)
        found["directly"].append(spent_by("-m", "bench.runs", "--directly", str(folder), str(home)))
        shutil.rmtree(home)
        found["newsledger run"].append(spent_by(*run))
    found["rerun, nothing changed"] = [spent_by(*run) for _ in range(rounds)]
    shutil.copytree(late, folder, dirs_exist_ok=True)
    found["rerun, 1 % new captures"] = [spent_by(*run)]
    return {name: median(of) for name, of in found.items()}


def tables(sizes: list[int], rounds: int) -> None:
    """Measure all sizes and print tables in Markdown, the last one with the ratios that the goals are stated in."""
    rows = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            rows[size] = found = measure(Path(scratch), size, rounds)
        print(f"\n### {size:,} articles, whole processes, medians of {rounds}\n")
        print("| process | CPU s | wall s | peak MB | share of the full run's CPU |\n|---|---|---|---|---|")
        full = found["newsledger run"]
        for name, used in found.items():
            print(
                f"| {name} | {used.cpu:.2f} | {used.wall:.2f} | {used.peak_mb:.0f} | {100 * used.cpu / full.cpu:.1f} % |"
            )
        plain = found["directly"]
        print(
            f"\nOrchestrated over direct: wall {full.wall / plain.wall:.2f} ×, CPU {full.cpu / plain.cpu:.2f} ×.",
            flush=True,
        )
    least, most = min(sizes), max(sizes)
    for name in ("directly", "newsledger run"):
        grown = rows[most][name].peak_mb / rows[least][name].peak_mb
        print(f"Peak memory of {name} from {least:,} to {most:,} articles: {grown:.2f} ×.")


def main() -> None:
    """Measure, or be the process that calls the steps directly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 20_000])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--directly", nargs=2, type=Path, metavar=("CORPUS", "HOME"))
    options = parser.parse_args()
    if options.directly:
        directly(*options.directly)
    else:
        tables(options.sizes, options.rounds)


if __name__ == "__main__":
    main()
