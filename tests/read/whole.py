"""A path read as a whole, for the tests of all formats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from pipelines.read.captures import Captures, Deliveries, Rejects
from pipelines.read.stage import Batch, inputs, read_drop

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


def read(path: Path, known: Callable[[list[str]], list[str]] = lambda ids: [], **fields: str) -> Batch:
    """All batches of a path in one, each checked against its contracts."""
    whole = Batch()
    for batch in read_drop(inputs(path, fields), "drop", known, NOW):
        for contract, rows in zip((Captures, Deliveries, Rejects), batch.frames(), strict=True):
            contract.validate(rows)
        whole.captures += batch.captures
        whole.deliveries += batch.deliveries
        whole.rejects += batch.rejects
    return whole


def texts(batch: Batch) -> list[str]:
    """The texts of its captures."""
    return [row[8] for row in batch.captures]


def refused(batch: Batch) -> list[tuple[str, str]]:
    """Where in its file each reject points (nothing for the file as a whole), and its reason."""
    return [(row[1].partition("#")[2], row[2]) for row in batch.rejects]
