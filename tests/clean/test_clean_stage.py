"""The clean stage as the pipeline calls it: frames in, frames out."""

from __future__ import annotations

import os
import time
from hashlib import sha256

import polars as pl
import pytest

from pipelines.clean.blocks import Blocks
from pipelines.clean.edits import Edits
from pipelines.clean.stage import clean
from pipelines.rules import families, load_rules

TIMED = bool(os.environ.get("NEWSLEDGER_TIMED"))
"""Hostile input always runs; its cost is judged by ``make bench`` alone: shared machines are too noisy for CI."""

BODY = "The bridge over the Alder, which carries ten thousand cars a day, was closed on Monday."
TEXTS = [
    f"Old bridge closes after forty years\n\n{BODY}",
    f"Peru‚Äôs bridge closes &amp; opens\n\n{BODY}<br>\n\nShare",
    "\x00",
    " ",
]


def captures(texts: list[str], **columns: list[str | None]) -> pl.DataFrame:
    return pl.DataFrame({"capture_id": [sha256(text.encode()).hexdigest() for text in texts], "text": texts} | columns)


def test_rows_are_valid_under_the_contracts_and_their_rules_exist() -> None:
    blocks, edits = clean(captures(TEXTS))
    Blocks.validate(blocks)
    Edits.validate(edits)
    known = {rule.rule_id for family in families() for rule in load_rules(family).values()}
    assert set(blocks["rule_id"]) | set(edits["rule_id"]) <= known


def test_a_capture_is_read_by_itself() -> None:
    """Order and company of captures change nothing."""
    together = clean(captures(TEXTS))
    for text in TEXTS:
        alone = clean(captures([text]))
        for one, many in zip(alone, together, strict=True):
            assert one.equals(many.filter(pl.col("capture_id") == sha256(text.encode()).hexdigest()))


def test_the_declared_title_is_used() -> None:
    text = f"Bridge shut\n\n{BODY}"
    blocks = clean(captures([text], metadata=['{"title": "Bridge shut"}'])).blocks
    assert blocks["rule_id"].to_list() == ["blocks/title", "blocks/paragraph"]


def test_metadata_without_a_usable_title_is_no_obstacle() -> None:
    text = f"Bridge shut\n\n{BODY}"
    for metadata in (None, "{}", '{"title": 5}', '{"title": " "}'):
        assert clean(captures([text], metadata=[metadata])).blocks.height == 2


def test_no_captures_make_no_rows() -> None:
    blocks, edits = clean(captures([]).cast(pl.String))
    assert (blocks.height, edits.height) == (0, 0)


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("one endless line", "a bridge, "), ("quotation marks", "“"), ("straight marks", '"'), ("NULs", "\x00"), ("short lines", "ab\n"),
        ("open tags", "<a "), ("entities", "&amp;"), ("misreadings", "â€™Ã©‚Äô"), ("brackets", "(Photo ["), ("blanks", "a" + " " * 99),
        ("links", "x 2021-03-04 08:10 | "), ("captions", "A bridge. (Photo: Ana)\nA bridge at dawn\n"), ("controls", "\x92a"), ("titles", "Old bridge closes\n"),
        ("empty tags", "<b></b>\n"), ("credits", "Photo: Ana Ruiz\n"), ("capitals", "CITY, "),
    ],
)  # fmt: skip
def test_hostile_input_costs_what_its_length_says(name: str, piece: str) -> None:
    """Ten times the text may cost some twenty times as much, never a hundred times."""
    spent = []
    for size in (20_000, 200_000):
        frame = captures([piece * (size // len(piece))])
        started = time.process_time()
        clean(frame)
        spent.append(time.process_time() - started)
    assert not TIMED or spent[1] < 25 * max(spent[0], 0.01), f"{name}: {spent}"
