"""gzip around any format: read as what is inside, and never more than was asked for."""

from __future__ import annotations

import gzip
import hashlib
import random
import zlib
from pathlib import Path

import pytest
from read.whole import read, refused, texts

from pipelines.read import opening
from pipelines.read.inputs import MAX_DOCUMENT_BYTES

FERRY = b"The ferry sails again on Monday."
LINES = [b'{"id": %d, "text": "Ferry number %d sails at %d past nine."}\n' % (n, n, n * 37 % 60) for n in range(4000)]

INSIDE = [
    ("a dump", "a.txt.gz", FERRY, "text/plain"),
    ("a page", "a.html.gz", b"<!doctype html><p>" + FERRY, "text/html"),
    ("records", "a.jsonl.gz", b'{"text": "' + FERRY + b'"}\n', "text/plain"),
    ("names in capitals", "A.TXT.GZ", FERRY, "text/plain"),
]


@pytest.mark.parametrize(("name", "data", "kind"), [case[1:] for case in INSIDE], ids=[case[0] for case in INSIDE])
def test_gzip_is_read_as_what_is_inside(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(data))
    (tmp_path / name[:-3]).write_bytes(data)
    batch = read(tmp_path)
    assert (texts(batch), batch.captures[0][3]) == ([FERRY.decode()], kind), "packed and plain are one capture"
    assert len(batch.deliveries) == 2
    if "jsonl" not in name:
        assert batch.captures[0][0] == hashlib.sha256(data).hexdigest()


def test_members_one_after_the_other_are_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(b"".join(gzip.compress(line) for line in LINES[:3]))
    assert len(read(tmp_path).captures) == 3


def test_of_a_file_that_is_cut_short_the_lines_before_the_cut_are_read(tmp_path: Path) -> None:
    packed = gzip.compress(b"".join(LINES))
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    batch = read(tmp_path)
    assert 1000 < len(batch.captures) < 3000
    assert refused(batch) == [("", "damaged")]
    assert "ends in the middle" in batch.rejects[0][3]


DAMAGED = [
    ("half of a document is no document", "a.txt.gz", gzip.compress(FERRY)[:-12], "damaged", "ends in the middle"),
    ("a wrong checksum", "a.txt.gz", gzip.compress(FERRY)[:-8] + b"\0\0\0\0" + gzip.compress(FERRY)[-4:], "damaged", "CRC"),
    ("no gzip file at all", "a.txt.gz", FERRY, "damaged", "Not a gzipped file"),
    ("no bytes", "a.txt.gz", b"", "empty", "no bytes"),
    ("a format that is not known", "a.docx.gz", gzip.compress(FERRY), "unknown_format", ".docx.gz"),
    ("only gzip", "a.gz", gzip.compress(FERRY), "unknown_format", "no reader for"),
    ("what compresses itself", "a.parquet.gz", gzip.compress(b"PAR1"), "unknown_format", "unpack it"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "reason", "words"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED]
)
def test_what_cannot_be_unpacked_is_one_reject(tmp_path: Path, name: str, data: bytes, reason: str, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    batch = read(tmp_path)
    assert (batch.captures, refused(batch)) == ([], [("", reason)])
    assert words in batch.rejects[0][3]


def zeros(path: Path, megabytes: int, start: bytes = b"") -> None:
    """A gzip file that expands a thousandfold."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    with path.open("wb") as file:
        file.write(packer.compress(start))
        for _ in range(megabytes):
            file.write(packer.compress(b" " * 1_000_000))
        file.write(packer.flush())


def test_a_document_that_unpacks_too_large_is_refused_at_the_limit(tmp_path: Path) -> None:
    zeros(tmp_path / "a.txt.gz", MAX_DOCUMENT_BYTES // 1_000_000 + 5)
    batch = read(tmp_path)
    assert refused(batch) == [("", "too_large")]
    assert f"more than {MAX_DOCUMENT_BYTES:,} bytes" in batch.rejects[0][3]


def test_a_bomb_is_put_down_and_what_came_before_it_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "GRACE_BYTES", 2_000_000)
    zeros(tmp_path / "a.jsonl.gz", 20, LINES[0])
    (tmp_path / "b.txt").write_bytes(FERRY)
    batch = read(tmp_path)
    assert [row[2].rpartition("/")[2] for row in batch.captures] == ["a.jsonl.gz#0", "b.txt"]
    assert refused(batch) == [("", "too_large")]
    assert "expands more than" in batch.rejects[0][3]


def test_a_file_that_is_broken_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    seeded = random.Random(7)
    whole = gzip.compress(b"".join(LINES[:40]))
    good = {row[0] for row in _read(tmp_path, whole).captures}
    for _ in range(100):
        broken = bytearray(whole)
        broken[seeded.randrange(len(broken))] ^= 1 << seeded.randrange(8)
        batch = _read(tmp_path, bytes(broken))
        assert batch.rejects or {row[0] for row in batch.captures} == good


def _read(folder: Path, data: bytes):  # type: ignore[no-untyped-def]
    (folder / "a.jsonl.gz").write_bytes(data)
    return read(folder)
