"""The blind labels of block kinds are well formed, and their scorer counts what it says."""

from __future__ import annotations

from itertools import pairwise

from bench import score_blocks

ROWS = score_blocks.read(score_blocks.GOLD)


def test_labels_are_spans_in_order_of_known_kinds() -> None:
    assert len({row["id"] for row in ROWS}) == 60
    for row in ROWS:
        assert 0 <= row["start"] < row["end"]
        assert {row["kind"], *row.get("or", ())} <= {None, *score_blocks.KINDS}
        assert row["kind"] not in row.get("or", ())
        assert (row["kind"] == "caption") == ("sentence" in row) == ("credited" in row)
    assert all(one["end"] < two["start"] for one, two in pairwise(ROWS) if one["id"] == two["id"])


GOLD = [
    {"id": "a", "start": 0, "end": 10, "kind": "headline"},
    {"id": "a", "start": 11, "end": 21, "kind": "caption", "credited": False, "sentence": True},
    {"id": "a", "start": 22, "end": 32, "kind": "promo", "or": ["interface"]},
    {"id": "a", "start": 33, "end": 43, "kind": None},
]
TEXT = "\n".join(["0123456789"] * 6)  # two lines of body at the end


def test_the_kind_of_most_of_a_line_counts_and_what_nothing_covers_is_body() -> None:
    said = [
        {"id": "a", "start": 0, "end": 9, "kind": "headline"},  # most of the first line
        {"id": "a", "start": 11, "end": 14, "kind": "caption"},  # too little of the second
        {"id": "a", "start": 22, "end": 32, "kind": "interface"},  # as right as promo
        {"id": "a", "start": 44, "end": 54, "kind": "related"},  # a line of body lost
    ]
    figures = list(score_blocks.score(GOLD, said, {"a": TEXT}))
    assert "headline\tn=1\tright=1.000\tleft_in_body=0.000" in figures
    assert "caption\tn=1\tright=0.000\tleft_in_body=1.000" in figures
    assert "caption, sentence without a credit\tn=1\tright=0.000\tleft_in_body=1.000" in figures
    assert "promo\tn=1\tright=1.000\tleft_in_body=0.000" in figures
    assert "body\tn=2\tlost=0.500\tcharacters_lost=0.500" in figures
    assert "taken for\tcaption as body\tn=1" in figures
