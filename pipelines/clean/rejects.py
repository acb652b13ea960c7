"""Captures on which a stage gave up: what stands for them, so that nothing is lost and nothing is pretended.

What belongs here: the contract of clean.rejects, and the rows of a capture that could not be cleaned. What does not: deciding
that a capture is one of them (assets.workers).
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from pipelines.clean.blocks import Blocks
from pipelines.contracts import Table, frame
from pipelines.rules import load_rules


class GivenUp(Table):
    """A capture that ended the process which worked on it, twice. It is tried again when the code of the stage changes."""

    __table__ = "clean.rejects"

    capture_id = dy.String(primary_key=True, description="The capture")
    stage = dy.String(
        primary_key=True,
        description="What was not done: clean (its text is one block of kind unknown), or facts/<kind> (it has none of them)",
    )
    reason = dy.Enum(["worker_died"], description="What happened, as a word")
    detail = dy.String(description="What happened, as a sentence")


def given_up(capture_ids: list[str], stage: str, why: str) -> pl.DataFrame:
    """The rows of ``clean.rejects`` for captures that a stage gave up on."""
    return frame(GivenUp, [(capture_id, stage, "worker_died", why) for capture_id in capture_ids])


def as_it_came(captures: pl.DataFrame) -> pl.DataFrame:
    """One block of kind ``unknown`` over all of each text: blocks cover every character, whatever happens."""
    rule = load_rules("rejects")["given_up"]
    rows = []
    for capture_id, text in captures.select("capture_id", "text").iter_rows():
        start = len(text) - len(text.lstrip())
        end = max(len(text.rstrip()), start + 1)
        rows.append((capture_id, 0, start, end, "unknown", rule.rule_id, rule.confidence, None))
    return frame(Blocks, rows)
