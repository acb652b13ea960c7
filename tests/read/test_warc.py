"""Web archives: the pages in them, with what the archive says about each; what is broken stays by itself."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import random
import zlib
from collections.abc import Iterable
from pathlib import Path

import brotli
import pytest
from read.whole import read, refused, texts

from pipelines.read import warc
from pipelines.read.inputs import MAX_DOCUMENT_BYTES
from pipelines.read.responses import body_of, head_of

HTML = "Content-Type: text/html; charset=utf-8"


def record(
    number: int, block: bytes, kind: str = "response", of: str = "application/http; msgtype=response", length: int = -1
) -> bytes:
    """One record of an archive; ``length`` is stated instead of the true one."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:08d}>\r\nWARC-Date: 2023-09-14T06:0{number % 10}:00Z\r\n"
        f"WARC-Target-URI: https://a.example/{number}\r\nContent-Type: {of}\r\n"
        f"Content-Length: {len(block) if length < 0 else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An HTTP response."""
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def page(number: int) -> bytes:
    """A page that compresses as badly as real ones."""
    words = " ".join(random.Random(number).choices(["ferry", "port", "Zürich", "tram", "sails", "late", "noon"], k=300))
    return f"<!doctype html><html><body><p>Ferry {number} {words}.</p></body></html>".encode()


def pages(*numbers: int) -> list[bytes]:
    return [record(number, answer(page(number), HTML)) for number in numbers]


def names(path: Path) -> list[int]:
    return [int(row[2].rpartition(":")[2]) for row in read(path).captures]


def members(records: Iterable[bytes]) -> bytes:
    return b"".join(map(gzip.compress, records))


@pytest.mark.parametrize("packed", ["plain", "by member", "as one"])
def test_a_page_comes_with_what_the_archive_says_of_it(tmp_path: Path, packed: str) -> None:
    head = record(0, b"software: crawler\r\n", "warcinfo", "application/warc-fields")
    asked = record(9, b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request")
    records = [head, asked, *pages(1, 2)]
    data = {"plain": b"".join(records), "by member": members(records), "as one": gzip.compress(b"".join(records))}[
        packed
    ]
    path = tmp_path / ("a.warc" if packed == "plain" else "a.warc.gz")
    path.write_bytes(data)
    batch = read(path)
    assert batch.rejects == []
    capture_id, _, uri, kind, encoding, url, captured_at, size, text, *_ = batch.captures[0]
    assert (capture_id, size) == (hashlib.sha256(page(1)).hexdigest(), len(page(1)))
    assert (uri, kind, encoding) == (f"{path}#urn:uuid:00000001", "text/html", "utf-8")
    assert (url, captured_at) == ("https://a.example/1", dt.datetime(2023, 9, 14, 6, 1))
    assert text.startswith("Ferry 1 ")
    assert [row[3] for row in batch.deliveries] == [dt.datetime(2023, 9, 14, 6, minute) for minute in (1, 2)]


def test_one_page_fetched_twice_is_one_capture_with_two_deliveries(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(record(1, answer(page(1), HTML)) + record(2, answer(page(1), HTML)))
    batch = read(tmp_path)
    assert len(batch.captures) == 1
    assert [(row[2][-1], row[3].minute) for row in batch.deliveries] == [("1", 1), ("2", 2)]


def test_what_is_no_page_is_counted_in_one_row(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(
        record(1, answer(b"", "Location: /2", status="301 Moved"))
        + record(2, answer(b"gone", HTML, status="404 Not Found"))
        + record(3, answer(b"\x89PNG", "Content-Type: image/png"))
        + record(4, answer(b"\x89PNG", "Content-Type: image/png"))
        + record(5, b"", "revisit")
        + b"".join(pages(6))
    )
    batch = read(tmp_path)
    assert (len(batch.captures), refused(batch)) == (1, [("", "skipped")])
    assert batch.rejects[0][3] == (
        "5 of its records are no pages and were passed over: 2 image/png, 1 revisit, 1 status 301, 1 status 404"
    )


def test_resources_and_pages_without_a_type_are_pages_too(tmp_path: Path) -> None:
    cp1252 = "<p>Café “noir”, said the mayor".encode("cp1252")
    (tmp_path / "a.warc").write_bytes(
        record(1, page(1), "resource", "text/html")
        + record(2, answer(page(2)))
        + record(3, cp1252, "resource", "text/html; charset=windows-1252")
    )
    batch = read(tmp_path)
    assert [text[:7] for text in texts(batch)] == ["Ferry 1", "Ferry 2", "Café “n"]
    assert [row[4] for row in batch.captures] == ["utf-8", "utf-8", "cp1252"]


def test_the_servers_charset_is_heard(tmp_path: Path) -> None:
    czech = "<p>Příliš žluťoučký kůň úpěl ďábelské ódy".encode("iso-8859-2")
    (tmp_path / "a.warc").write_bytes(record(1, answer(czech, "Content-Type: text/html; charset=ISO-8859-2")))
    assert texts(read(tmp_path)) == ["Příliš žluťoučký kůň úpěl ďábelské ódy"]


def chunks(body: bytes, size: int = 50) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def raw_deflate(body: bytes) -> bytes:
    return zlib.compress(body)[2:-4]


ENCODED = [
    ("gzip", "Content-Encoding: gzip", gzip.compress(page(1))),
    ("x-gzip, in capitals", "Content-Encoding: X-GZIP", gzip.compress(page(1))),
    ("gzip that the crawler undid", "Content-Encoding: gzip", page(1)),
    ("deflate", "Content-Encoding: deflate", zlib.compress(page(1))),
    ("deflate as many servers take it", "Content-Encoding: deflate", raw_deflate(page(1))),
    ("brotli", "Content-Encoding: br", brotli.compress(page(1))),
    ("two, one upon the other", "Content-Encoding: gzip, br", brotli.compress(gzip.compress(page(1)))),
    ("chunks", "Transfer-Encoding: chunked", chunks(page(1))),
    ("chunks that the crawler joined", "Transfer-Encoding: chunked", page(1)),
    ("chunks of gzip", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip", chunks(gzip.compress(page(1)))),
    ("one that is nobody's", "Content-Encoding: UTF-8", page(1)),
]


@pytest.mark.parametrize(("header", "body"), [case[1:] for case in ENCODED], ids=[case[0] for case in ENCODED])
def test_encodings_are_undone(header: str, body: bytes) -> None:
    block = answer(body, HTML, header)
    head = head_of(block)
    assert head
    assert body_of(head, block) == page(1)


BODIES = [
    ("gzip that is cut", ["Content-Encoding: gzip"], gzip.compress(page(1))[:-20], "damaged", "ends in the middle"),
    ("gzip that is broken", ["Content-Encoding: gzip"], gzip.compress(page(1))[:30] + bytes(90), "damaged", "gzip"),
    ("brotli that is cut", ["Content-Encoding: br"], brotli.compress(page(1))[:-20], "damaged", "br encoding"),
    ("a chunk that is cut", ["Transfer-Encoding: chunked"], chunks(page(1))[:-30], "damaged", "cut short"),
    ("a broken chunk", ["Transfer-Encoding: chunked"], b"5\r\n<p>Hi\r\nzz\r\n", "damaged", "chunk of the page"),
    ("an unknown encoding", ["Content-Encoding: dcb"], b"\x01\x02", "unknown_format", "'dcb'"),
    ("a bomb", ["Content-Encoding: gzip"], gzip.compress(bytes(MAX_DOCUMENT_BYTES + 9)), "too_large", "unpacks to more"),
    ("nothing", [], b"", "empty", "no bytes"),
    ("a page without text", [], b"<script>x()</script>", "no_text", "no visible text"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "body", "reason", "words"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES]
)
def test_a_page_that_cannot_be_had_is_a_reject_and_the_next_is_read(
    tmp_path: Path, headers: list[str], body: bytes, reason: str, words: str
) -> None:
    (tmp_path / "a.warc").write_bytes(record(1, answer(body, HTML, *headers)) + b"".join(pages(2)))
    batch = read(tmp_path)
    assert (names(tmp_path), refused(batch)) == ([2], [("R1", reason)])
    assert words in batch.rejects[0][3]


GOOD = pages(0, 1, 2, 3, 4)
PACKED = [gzip.compress(whole) for whole in GOOD]
NOISE = b"\x00noise\xff\n\n" * 50

BROKEN = [
    ("cut in a page", "a.warc", b"".join(GOOD)[:-300], [0, 1, 2, 3]),
    ("cut in a header", "a.warc", b"".join(GOOD[:2]) + GOOD[2][:90], [0, 1]),
    ("cut in a member", "a.warc.gz", b"".join(PACKED)[:-200], [0, 1, 2, 3]),
    ("a length that is too short", "a.warc", b"".join([*GOOD[:2], record(2, answer(page(2), HTML), length=500), *GOOD[3:]]), [0, 1, 3, 4]),
    ("a length that is too long", "a.warc", b"".join([*GOOD[:2], record(2, answer(page(2), HTML), length=3000), *GOOD[3:]]), [0, 1, 3, 4]),
    ("a length beyond the file", "a.warc", b"".join([*GOOD[:2], record(2, answer(page(2), HTML), length=10**6), *GOOD[3:]]), [0, 1, 3, 4]),
    ("a length beyond all files", "a.warc", b"".join([*GOOD[:2], record(2, answer(page(2), HTML), length=10**15), *GOOD[3:]]), [0, 1, 3, 4]),
    ("a picture that claims the rest of the file", "a.warc.gz", members([*GOOD[:2], record(2, answer(b"\x89PNG", "Content-Type: image/png"), length=10**5), *GOOD[3:]]), [0, 1, 3, 4]),
    ("a record without a length", "a.warc", b"".join([*GOOD[:2], GOOD[2].replace(b"Content-Length", b"X-Length"), *GOOD[3:]]), [0, 1, 3, 4]),
    ("noise between records", "a.warc", b"".join([*GOOD[:2], NOISE, *GOOD[3:]]), [0, 1, 3, 4]),
    ("noise before the first", "a.warc", NOISE + b"".join(GOOD), [0, 1, 2, 3, 4]),
    ("a broken member", "a.warc.gz", b"".join([*PACKED[:2], PACKED[2][:100] + b"\xff" * 60 + PACKED[2][160:], *PACKED[3:]]), [0, 1, 3, 4]),
    ("noise between members", "a.warc.gz", b"".join([*PACKED[:2], NOISE, *PACKED[3:]]), [0, 1, 3, 4]),
    ("a member with a length that is wrong", "a.warc.gz", members([*GOOD[:2], record(2, answer(page(2), HTML), length=500), *GOOD[3:]]), [0, 1, 3, 4]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "wanted"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_one_broken_record_never_stops_the_file(tmp_path: Path, name: str, data: bytes, wanted: list[int]) -> None:
    (tmp_path / name).write_bytes(data)
    batch = read(tmp_path)
    assert names(tmp_path) == wanted
    assert [reason for _, reason in refused(batch)] == ["damaged"]
    whole = {hashlib.sha256(page(number)).hexdigest() for number in range(5)}
    assert {row[0] for row in batch.captures} <= whole, "half a page is never taken for a page"


def test_a_huge_record_in_a_gzip_file_is_not_unpacked_to_be_passed_over(tmp_path: Path) -> None:
    huge = (
        record(2, answer(b"<p>", HTML), length=10**15),
        record(3, answer(b"", "Content-Type: video/mp4"), length=10**15),
    )
    (tmp_path / "a.warc.gz").write_bytes(members([*GOOD[:2], *huge, *GOOD[4:]]))
    batch = read(tmp_path)
    assert (names(tmp_path), refused(batch)) == ([0, 1, 4], [("R3", "too_large"), ("", "skipped")])


def test_what_is_no_archive_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"<html><p>The ferry sails.")
    (tmp_path / "b.warc.gz").write_bytes(b"The ferry sails.")
    (tmp_path / "c.warc").write_bytes(b"")
    assert [reason for _, reason in refused(read(tmp_path))] == ["damaged", "damaged", "empty"]


def test_a_file_that_is_broken_in_a_thousand_places_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MAX_RESUMED", 5)
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\nno: length\r\n\r\nx\r\n" * 50)
    assert refused(read(tmp_path))[-1][1] == "damaged"


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_is_broken_anywhere_is_read_or_refused(tmp_path: Path, packed: bool) -> None:
    seeded = random.Random(5)
    whole = b"".join(PACKED if packed else GOOD)
    for _ in range(60):
        broken = bytearray(whole)
        at = seeded.randrange(len(broken))
        broken[at : at + 3] = seeded.randbytes(seeded.randrange(6))
        (tmp_path / f"a.warc{'.gz' if packed else ''}").write_bytes(broken)
        assert len(read(tmp_path).captures) >= 3
