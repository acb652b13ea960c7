"""Parquet: rows as records, the same captures as from JSON Lines; what is broken stays by itself."""

from __future__ import annotations

import datetime as dt
import decimal
import json
import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from read.whole import read, refused, texts

from pipelines.read import parquet
from pipelines.read.row_groups import row_groups

RECORDS: list[dict[str, Any]] = [
    {"id": "a-1", "text": "The ferry sails again.", "title": "Ferry", "tags": ["sea", "port"], "views": 7},
    {"id": "a-2", "text": "Zürich’s bridge opens.", "url": "https://a.example/2", "place": {"name": "Zürich"}},
    {"html": "<p>The tram is late.", "captured_at": "2024-06-02T01:38:06+00:00", "rank": 0.5, "paid": True},
]


def test_a_row_and_the_equal_line_are_one_capture(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS), "utf-8")
    pl.DataFrame(RECORDS).write_parquet(tmp_path / "b.parquet")
    batch = read(tmp_path)
    assert len(batch.captures) == 3
    assert [row[2].rpartition("/")[2] for row in batch.deliveries] == [
        "a.jsonl#a-1", "a.jsonl#a-2", "a.jsonl#L3", "b.parquet#a-1", "b.parquet#a-2", "b.parquet#R3",
    ]  # fmt: skip
    assert [row[0] for row in batch.deliveries[:3]] == [row[0] for row in batch.deliveries[3:]]
    assert [row[3] for row in batch.deliveries[3:]] == [None, None, dt.datetime(2024, 6, 2, 1, 38, 6)]


def test_fields_are_mapped_as_in_json_lines(tmp_path: Path) -> None:
    pl.DataFrame([{"content": "The ferry sails.", "headline": "Ferry"}]).write_parquet(tmp_path / "a.parquet")
    batch = read(tmp_path, content="text", headline="title")
    assert (texts(batch), json.loads(batch.captures[0][10])) == (["The ferry sails."], {"title": "Ferry"})
    assert refused(read(tmp_path)) == [("R1", "no_text")]


def test_values_are_what_json_would_have(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 6, 2, 1, 38, 6, tzinfo=dt.UTC)
    row = {
        "text": b"Caf\xc3\xa9", "date": dt.date(2024, 6, 2), "captured_at": moment, "at": moment.replace(tzinfo=None),
        "hour": dt.time(1, 38), "price": decimal.Decimal("7.50"), "none": float("nan"), "deep": {"day": dt.date(2024, 6, 2), "no": None},
    }  # fmt: skip
    pl.DataFrame([row]).write_parquet(tmp_path / "a.parquet")
    (capture,) = read(tmp_path).captures
    assert (capture[8], capture[6]) == ("Café", moment.replace(tzinfo=None))
    assert json.loads(capture[10]) == {
        "date": "2024-06-02", "captured_at": "2024-06-02T01:38:06+00:00", "at": "2024-06-02T01:38:06",
        "hour": "01:38:00", "price": "7.50", "deep": {"day": "2024-06-02"},
    }  # fmt: skip


ROWS = [
    ("no text", {"text": ""}, "no_text"),
    ("a NUL", {"text": "The\0 ferry"}, "binary"),
    ("bytes that are not UTF-8", {"text": b"caf\xe9"}, "undecodable"),
    ("a number for a text", {"text": 7}, "broken_record"),
]


def test_a_picture_in_a_column_that_nobody_asked_for_is_kept_and_costs_no_row(tmp_path: Path) -> None:
    pl.DataFrame([{"text": "The ferry sails.", "thumbnail": b"\xff\xd8\xff"}]).write_parquet(tmp_path / "a.parquet")
    (capture,) = read(tmp_path).captures
    assert json.loads(capture[10]) == {"thumbnail": "/9j/"}


@pytest.mark.parametrize(("row", "reason"), [case[1:] for case in ROWS], ids=[case[0] for case in ROWS])
def test_a_row_that_is_no_record_is_a_reject(tmp_path: Path, row: dict[str, Any], reason: str) -> None:
    pl.DataFrame([row]).write_parquet(tmp_path / "a.parquet")
    assert refused(read(tmp_path)) == [("R1", reason)]


def many(path: Path, rows: int = 400, group: int = 100) -> bytes:
    seeded = random.Random(3)
    words = [" ".join(seeded.choices(["ferry", "port", "Zürich", "tram", "sails", "late"], k=30)) for _ in range(rows)]
    pl.DataFrame({"id": range(rows), "text": words}).write_parquet(path, row_group_size=group)
    return path.read_bytes()


def test_the_row_groups_of_a_file_are_told_from_its_footer(tmp_path: Path) -> None:
    many(tmp_path / "a.parquet", 250, 100)
    with (tmp_path / "a.parquet").open("rb") as file:
        groups = row_groups(file)
    assert [group.rows for group in groups] == [100, 100, 50]
    assert all(5_000 < group.size_bytes < 50_000 for group in groups)


def test_a_row_group_that_is_broken_is_one_reject_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    data = bytearray(many(path))
    at = int(len(data) * 0.4)
    data[at : at + 200] = b"\xff" * 200
    path.write_bytes(data)
    batch = read(tmp_path)
    assert len(batch.captures) == 300
    assert refused(batch) == [("R101", "damaged")]
    assert "row group 2 (rows 101 to 200)" in batch.rejects[0][3]


BROKEN = [
    ("cut short", lambda data: data[:-100], "does not end"),
    ("no Parquet file", lambda data: b"id,text\n1,ferry\n", "does not begin"),
    ("nothing but the mark", lambda data: b"PAR1", "cut short"),
    ("a footer of noise", lambda data: data[:-300] + b"\x9c" * 292 + data[-8:], "cannot be read"),
    ("a footer that is longer than the file", lambda data: data[:-8] + b"\xff\xff\xff\x7fPAR1", "cannot be"),
]


@pytest.mark.parametrize(("change", "words"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_file_that_is_broken_is_one_reject(tmp_path: Path, change: Any, words: str) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(change(many(path)))
    batch = read(tmp_path)
    assert (batch.captures, refused(batch)) == ([], [("", "damaged")])
    assert words in batch.rejects[0][3]


def test_a_row_group_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(tmp_path / "a.parquet", 250, 200)
    monkeypatch.setattr(parquet, "MAX_ROW_GROUP_BYTES", 20_000)
    batch = read(tmp_path)
    assert (len(batch.captures), refused(batch)) == (50, [("R1", "too_large")])


def test_a_file_that_is_broken_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    seeded = random.Random(11)
    path = tmp_path / "a.parquet"
    whole = many(path, 60, 20)
    for _ in range(80):
        broken = bytearray(whole)
        at = seeded.randrange(len(broken))
        broken[at : at + seeded.randrange(1, 9)] = seeded.randbytes(8)
        path.write_bytes(broken)
        read(tmp_path)  # whatever it gives, it gives; no crash, and its rows hold the contracts
