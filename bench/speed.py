"""Articles per CPU-second and peak memory of each stage, and the peers' cost in the same run.

``make bench``, or ``python -m bench.speed --sizes 1000 10000``. Each step of the store runs in a process of its own, so
that its peak memory is its own; CPU seconds are user and system time of all threads after the imports. Whole runs, with
what orchestration costs and what a rerun does, are measured by :mod:`bench.runs`.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import corpus

PEER = "peer: ftfy on everything and three regexes"
WARM_UP = 32
"""Captures that go through everything before time counts."""


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _functions(folder: Path) -> dict[str, Any]:
    """The stages' own functions and the peers, over the same texts, in one process.

    Batches are as large as a run's, the collector is held off as a run holds it off, and a first batch goes through
    everything untimed: what a process does once (patterns, gazetteers) is start-up, not a cost of articles.
    """
    import ftfy

    from assets.batches import BATCH_CAPTURES
    from assets.clock import now
    from assets.collector import held_off
    from pipelines.clean.stage import clean
    from pipelines.contracts import frame
    from pipelines.document import Document, documents
    from pipelines.extract.kinds import KINDS
    from pipelines.normalise.articles import articles
    from pipelines.read.captures import Captures
    from pipelines.read.stage import inputs, read_drop

    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[..., Any], *arguments: Any) -> Any:
        begun = _cpu()
        result = work(*arguments)
        spent[name] = spent.get(name, 0.0) + _cpu() - begun
        return result

    batches = iter(read_drop(inputs(folder), "bench", lambda ids: [], now()))
    simple = [
        re.compile(p)
        for p in (r"[“\"][^”\"]{3,400}[”\"]", r"\b\d[\d,.]*\b", r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
    ]

    def as_documents(*frames: Any) -> list[Document]:
        return list(documents(*frames))

    def peer(rows: list[str]) -> None:
        for text in rows:
            fixed = ftfy.fix_text(text)
            for pattern in simple:
                sum(1 for _ in pattern.finditer(fixed))

    def line(captures: Any) -> None:
        blocks, edits = timed("clean", clean, captures)
        read = timed("documents", as_documents, captures, blocks, edits)
        made = timed("normalise", articles, read)
        known = dict(zip(made["capture_id"], made["published_on"], strict=True))
        for document in read:
            document.published_on = known[document.capture_id]
        for kind, (_, function) in KINDS.items():
            timed(kind, function, read)
        timed(PEER, peer, captures["text"].to_list())

    texts = size = 0
    while (batch := timed("read", next, batches, None)) is not None:
        captures = frame(Captures, batch.captures)
        if not texts:
            reading = spent["read"]
            line(captures[:WARM_UP])
            spent = {"read": reading}
        texts += captures.height
        size += sum(map(len, captures["text"]))
        for part in captures.iter_slices(BATCH_CAPTURES):
            with held_off():
                line(part)
    return {"articles": texts, "characters": size, "cpu": spent}


def _step(step: str, folder: Path, home_folder: Path) -> dict[str, Any]:
    """One step of a run, measured from after its imports."""
    if step == "functions":
        return _functions(folder)
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
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, wall = _cpu(), time.perf_counter()
    with writing(home) as con:
        (drop,) = register_drops(con, home, [folder])
        {
            "read": lambda: ingest(con, home, drop),
            "clean and normalise": lambda: clean_drop(con, drop),
            "extract": lambda: extract_dates(con, touched_dates(con), list(KINDS)),
            "check and publish": lambda: (load_reference(con), publish(con, home)),
        }[step]()
    return {
        "cpu": _cpu() - begun,
        "wall": time.perf_counter() - wall,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "start_mb": before / 1024,
    }


STEPS = ("read", "clean and normalise", "extract", "check and publish", "functions")


def _measure(folder: Path, steps: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for step in steps:
        command = [sys.executable, "-m", "bench.speed", "--step", step, str(folder / "corpus"), str(folder / "home")]
        done = subprocess.run(command, capture_output=True, text=True, cwd=corpus.ROOT, check=False)
        if done.returncode:
            raise SystemExit(f"step {step} failed:\n{done.stderr[-2000:]}")
        yield step, json.loads(done.stdout.splitlines()[-1])


def _print_steps(size: int, found: dict[str, dict[str, Any]]) -> None:
    print(f"\n### {size:,} articles\n\n| step | CPU s | articles / CPU-s | wall s | peak MB | MB before |")
    print("|---|---|---|---|---|---|")
    for step, row in found.items():
        if step != "functions":
            rate = size / max(row["cpu"], 1e-9)
            print(
                f"| {step} | {row['cpu']:.2f} | {rate:,.0f} | {row['wall']:.2f} | {row['peak_mb']:.0f} | {row['start_mb']:.0f} |"
            )


def _print_functions(found: dict[str, Any], kinds: Collection[str]) -> None:
    """Milliseconds per article and for 5,000 characters of text as it came, and ratios to the peer."""
    spent, count = found["cpu"], found["articles"]
    print(f"\n{count:,} articles of {found['characters'] / count:,.0f} characters\n")
    print("| function | CPU s | ms / article | ms / 5,000 characters | × the peer |\n|---|---|---|---|---|")
    spent["all kinds of fact"] = sum(cpu for name, cpu in spent.items() if name in kinds)
    spent["all of ours"] = sum(cpu for name, cpu in spent.items() if name not in (PEER, "all kinds of fact"))
    for name, cpu in spent.items():
        share = 1000 * cpu * 5000 / found["characters"]
        print(f"| {name} | {cpu:.2f} | {1000 * cpu / count:.3f} | {share:.3f} | {cpu / spent[PEER]:.2f} |", flush=True)


def main() -> None:
    """Measure and print tables in Markdown: recombined articles of each size, then the articles of the labelled dumps as they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--step", nargs=3, metavar=("STEP", "CORPUS", "HOME"))
    options = parser.parse_args()
    if options.step:
        name, folder, home = options.step
        print(json.dumps(_step(name, Path(folder), Path(home))))
        return
    from pipelines.extract.kinds import KINDS

    for size in options.sizes:
        with tempfile.TemporaryDirectory() as scratch:
            corpus.write(Path(scratch) / "corpus", size)
            found = dict(_measure(Path(scratch), STEPS))
        _print_steps(size, found)
        _print_functions(found["functions"], KINDS)
    with tempfile.TemporaryDirectory() as scratch:
        corpus.write_dumps(Path(scratch) / "corpus")
        print("\n### Articles of the labelled dumps", end="\n")
        _print_functions(dict(_measure(Path(scratch), ["functions"]))["functions"], KINDS)


if __name__ == "__main__":
    main()
