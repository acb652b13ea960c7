"""What workers give: whole runs with one worker and with several, in turns. ``python -m bench.workers --pages 1200 --texts 5000``.

Pages are the labelled ones as JSON Lines, repeated under new ids; texts are those of ``bench.corpus``. The machine may be busy with
other things: rounds alternate, the least of each figure is shown, and the load average beside it. Memory is the proportional
set size (PSS) of the process and its workers together, sampled.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from bench import corpus

SAMPLE_SECONDS = 0.5


class Spent(NamedTuple):
    """What a run and its workers used: wall and CPU seconds, and the most memory at a time, in MB."""

    wall: float
    cpu: float
    peak_mb: float


def pages(path: Path, count: int) -> Path:
    """The labelled pages as records, one a line."""
    with gzip.open(corpus.bench_data() / "pages" / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        made = [json.loads(line)["html"] for line in lines]
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            record = {"id": f"page-{number}", "html": made[number % len(made)]}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def _family(pid: int) -> list[int]:
    found, queue = [], [pid]
    while queue:
        found.append(queue.pop())
        with suppress(OSError):
            for task in Path(f"/proc/{found[-1]}/task").iterdir():
                queue += map(int, (task / "children").read_text("ascii").split())
    return found


def _held_mb(pid: int) -> float:
    held = 0
    for one in _family(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{one}/smaps_rollup").read_text("ascii").splitlines():
                if line.startswith("Pss:"):
                    held += int(line.split()[1])
    return held / 1024


def run(path: Path, home: Path, workers: int) -> Spent:
    """One ``newsledger run`` into a fresh home. Exits with its words if it fails."""
    shutil.rmtree(home, ignore_errors=True)
    arguments = ["-m", "newsledger", "run", str(path), "--home", str(home), "--workers", str(workers)]
    peak, ended = 0.0, threading.Event()
    with tempfile.TemporaryFile("w+") as words:
        begun = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], stdout=words, stderr=words, cwd=corpus.ROOT)

        def watch() -> None:
            nonlocal peak
            while not ended.wait(SAMPLE_SECONDS):
                peak = max(peak, _held_mb(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        ended.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words.seek(0)
            raise SystemExit(f"{' '.join(arguments)} failed:\n{words.read()[-2000:]}")
    return Spent(wall, used.ru_utime + used.ru_stime, peak)


def table(name: str, path: Path, counts: list[int], rounds: int, scratch: Path) -> None:
    """Measure and print a table in Markdown."""
    found: dict[int, list[Spent]] = {count: [] for count in counts}
    for _ in range(rounds):
        for count in counts:
            found[count].append(run(path, scratch / "home", count))
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n### {name}, least of {rounds} (load average at the end: {load})\n")
    print("| workers | wall s | CPU s | peak MB (PSS) | wall over that of one |\n|---|---|---|---|---|")
    least = {count: Spent(*map(min, zip(*spent, strict=True))) for count, spent in found.items()}
    for count, spent in least.items():
        share = spent.wall / least[counts[0]].wall
        print(f"| {count} | {spent.wall:.1f} | {spent.cpu:.1f} | {spent.peak_mb:.0f} | {share:.2f} |", flush=True)


def main() -> None:
    """Measure pages, then texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1200)
    parser.add_argument("--texts", type=int, default=5000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        if options.pages:
            path = pages(scratch / "pages.jsonl", options.pages)
            table(f"{options.pages:,} pages", path, options.workers, options.rounds, scratch)
        if options.texts:
            path = corpus.write(scratch / "texts", options.texts)
            table(f"{options.texts:,} texts", path, options.workers, options.rounds, scratch)


if __name__ == "__main__":
    main()
