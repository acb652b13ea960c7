"""What pages cost: our whole page stage against trafilatura's default extraction alone, in one run. ``python -m bench.pages``.

CPU seconds, taken in turns so that a busy machine slows both; the labelled pages are read from ``$NEWSLEDGER_BENCH``.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import logging
import time

import polars as pl
import trafilatura

from bench import corpus
from pipelines.clean.stage import clean
from pipelines.contracts import frame
from pipelines.document import documents
from pipelines.normalise.articles import articles
from pipelines.read.captures import Captures
from pipelines.read.inputs import Input, Reject
from pipelines.read.stage import capture

CHUNK = 50


def stage(pages: list[str]) -> int:
    """Read, clean and normalise pages from their bytes; returns the number of articles."""
    made = [capture(Input(str(n), page.encode(), "html"), "bench") for n, page in enumerate(pages)]
    rows = frame(Captures, [row for row in made if not isinstance(row, Reject)])
    captures = rows.with_columns(ingested_on=pl.lit(dt.date(2026, 11, 21)))
    blocks, edits = clean(captures)
    return articles(documents(captures, blocks, edits)).height


def main() -> None:
    """Print milliseconds of CPU per page for both, and their ratio."""
    logging.disable(logging.CRITICAL)
    with gzip.open(corpus.bench_data() / "pages" / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [json.loads(line)["html"] for line in lines]
    stage(pages[:3])
    trafilatura.extract(pages[0])
    ours = theirs = 0.0
    for at in range(0, len(pages), CHUNK):
        start = time.process_time()
        stage(pages[at : at + CHUNK])
        between = time.process_time()
        for page in pages[at : at + CHUNK]:
            trafilatura.extract(page)
        ours, theirs = ours + between - start, theirs + time.process_time() - between
    print(f"page stage {1000 * ours / len(pages):.1f} ms, trafilatura {1000 * theirs / len(pages):.1f} ms a page")
    print(f"ratio {ours / theirs:.2f} (goal: at most 1.5)")


if __name__ == "__main__":
    main()
