"""A drop through all stages inside bounds: ``python bounded.py FOLDER`` prints what became of it, as JSON.

A process of its own, since its bounds are the kernel's: memory that is not there ends in an error, time that is used up in
its death. The figures are far above what is needed, so that no slow machine fails; endless work has no figure that is enough.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
from pathlib import Path

GIGABYTES = 6
"""Of address space: threads and allocators reserve much of it that they never use."""

SECONDS = 240
"""Of CPU time."""

DAY = dt.date(2026, 1, 2)


def main(folder: Path) -> None:
    """Read, clean, normalise and extract all that is in a folder, and print captures and rejects."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTES << 30, GIGABYTES << 30))
    import polars as pl

    from pipelines.clean.blocks import Blocks
    from pipelines.clean.stage import clean
    from pipelines.document import documents
    from pipelines.extract.kinds import KINDS
    from pipelines.normalise.articles import Articles, articles
    from pipelines.read.stage import inputs, read_drop

    captured: list[tuple[str, int, int]] = []
    refused: list[tuple[str, str]] = []
    moment = dt.datetime(2026, 1, 2)
    for batch in read_drop(inputs(folder), "drop", lambda _: [], moment):
        captures = batch.frames()[0].with_columns(ingested_on=pl.lit(DAY))
        blocks, edits = clean(captures)
        Blocks.validate(blocks)
        made = articles(documents(captures, blocks, edits))
        Articles.validate(made)
        fields = made.select("capture_id", "publication_date", "published_on", "language")
        dated = captures.join(fields, on="capture_id", maintain_order="left")
        for contract, extract in KINDS.values():
            contract.validate(extract(documents(dated, blocks, edits)))
        counts = dict(blocks.group_by("capture_id").len().iter_rows())
        captured += [(Path(row[2]).name, len(row[8]), counts.get(row[0], 0)) for row in batch.captures]
        refused += [(Path(row[1]).name, row[2]) for row in batch.rejects]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    json.dump({"captured": captured, "refused": refused, "peak_mb": peak}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
