"""Bytes to captures: encodings, records, and what is refused, each with its reason."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read.whole import NOW, read

from pipelines.read import jsonl
from pipelines.read.captures import Captures, Deliveries, Rejects
from pipelines.read.charset import decode
from pipelines.read.html import flatten
from pipelines.read.inputs import MAX_DOCUMENT_BYTES, Input, canonical
from pipelines.read.stage import read_drop


def rejected(path: Path, data: bytes) -> tuple[str, str]:
    path.write_bytes(data)
    (reject,) = read(path).rejects
    return reject[2], reject[3]


ENCODINGS = [
    ("plain UTF-8", "“Déjà”, said Nováková.".encode(), "utf-8"),
    ("UTF-8 with a byte order mark", b"\xef\xbb\xbf" + "“Déjà”".encode(), "utf-8"),
    ("UTF-16 with a byte order mark", "“Déjà”".encode("utf-16"), "utf-16-le"),
    ("Windows-1252, the commonest of the rest", "“Déjà vu”, said the mayor".encode("cp1252"), "cp1252"),
    ("UTF-8 with one stray Windows-1252 byte", "“One”, “two”, caf".encode() + b"\xe9", "utf-8+windows-1252"),
    (
        "Cyrillic without a word about it",
        "Президент России встретился с гостем на космодроме Восточный.".encode("cp1251"),
        "cp1251",
    ),
    ("a declaration wins over a guess", b'<meta charset="iso-8859-2"><p>\xb1\xea\xbf</p>', "iso8859-2"),
]


@pytest.mark.parametrize(("data", "encoding"), [case[1:] for case in ENCODINGS], ids=[case[0] for case in ENCODINGS])
def test_encodings(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert decoded.encoding == encoding
    assert "�" not in decoded.text
    assert not decoded.text.startswith("﻿")


REJECTS = [
    ("no bytes", b"", "empty", "no bytes"),
    ("white space only", b" \n\t\r\n", "empty", "white space"),
    ("a PDF", b"%PDF-1.7 ...", "binary", "PDF"),
    ("a gzip file", b"\x1f\x8b\x08\x00", "binary", "unpack it"),
    ("a NUL inside", b"The minister\x00 said", "binary", "NUL character at 12"),
    ("UTF-16 that is not", b"\xff\xfeA\x00\x00\xd8", "undecodable", "utf-16"),
    ("mostly control characters", bytes(range(1, 256)) * 4, "binary", "control characters"),
    ("no encoding at all", bytes(range(128, 256)), "undecodable", "UTF-8"),
]


@pytest.mark.parametrize(("data", "reason", "words"), [case[1:] for case in REJECTS], ids=[case[0] for case in REJECTS])
def test_unreadable_dumps_are_rejects_with_a_reason(tmp_path: Path, data: bytes, reason: str, words: str) -> None:
    got, detail = rejected(tmp_path / "dump.txt", data)
    assert got == reason
    assert words in detail


LINES = [
    ("broken JSON", b'{"text": ', "broken_record", "line 1 is not JSON"),
    ("a list", b"[1, 2]", "broken_record", "not a JSON object"),
    ("an array of records", b'[{"text": "one"}]', "broken_record", "write one record a line"),
    ("neither text nor html", b'{"body": "x"}', "no_text", "its fields: body"),
    ("text that is a number", b'{"text": 7}', "broken_record", "not a string"),
    ("half a surrogate pair", b'{"text": "a \\ud800 b"}', "undecodable", "surrogate"),
    ("not UTF-8", b'{"text": "caf\xe9"}', "undecodable", "not UTF-8"),
    ("a page without text", b'{"html": "<script>x()</script>"}', "no_text", "no visible text"),
    ("a NUL in the text", b'{"text": "The minister\\u0000 said"}', "binary", "'text' holds a NUL"),
    ("a NUL in a field", b'{"text": "x", "url": "https://a.example/\\u0000"}', "binary", "'url' holds a NUL"),
    ("a NUL deep inside", b'{"text": "x", "tags": [{"a": ["\\u0000"]}]}', "binary", "'tags' holds a NUL"),
    ("nesting without end", b'{"text": ' + b"[" * 100_000, "broken_record", "not JSON"),
]


@pytest.mark.parametrize(("line", "reason", "words"), [case[1:] for case in LINES], ids=[case[0] for case in LINES])
def test_a_broken_record_is_a_reject_and_the_next_is_read(tmp_path: Path, line: bytes, reason: str, words: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(line + b'\n{"id": "good", "text": "The ferry sails again."}\n')
    batch = read(path)
    (reject,) = batch.rejects
    assert (reject[1].rsplit("#")[-1], reject[2]) == ("L1", reason)
    assert words in reject[3]
    assert [row[2].rsplit("#")[-1] for row in batch.captures] == ["good"]


def test_an_escaped_backslash_before_u0000_is_no_nul(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "write \\\\u0000 for it"}\n')
    assert read(tmp_path).captures[0][8] == "write \\u0000 for it"


def test_two_rejects_with_one_id_are_two_rows(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1, "html": "<p></p>"}\n{"id": 1, "html": "<b></b>"}\n', "utf-8")
    rejects = read(tmp_path).rejects
    assert [row[1].rsplit("#")[-1] for row in rejects] == ["L1", "L2"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-be"])
def test_records_are_read_by_the_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    # The characters after "x" hold the byte of a newline in one half or the other.
    texts = ["x\u010a\u0a0a\u0a05 sails", "Déjà", "vu"]
    lines = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n \n" for text in texts)
    mark = "\ufeff" if encoding.endswith("-be") else ""
    (tmp_path / "a.jsonl").write_bytes((mark + lines + "[").encode(encoding))
    batch = read(tmp_path)
    assert [row[8] for row in batch.captures] == texts
    assert [(row[1].rsplit("#")[-1], row[2]) for row in batch.rejects] == [("L7", "broken_record")]


def test_a_broken_line_of_utf_16_is_a_reject_and_the_next_is_read(tmp_path: Path) -> None:
    good = '{"text": "The ferry sails again."}\n'.encode("utf-16-le")
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xfe" + b"\x00\xdc\n\x00" + good + b"{")
    batch = read(tmp_path)
    assert [row[8] for row in batch.captures] == ["The ferry sails again."]
    assert [(row[1].rsplit("#")[-1], row[2]) for row in batch.rejects] == [
        ("L1", "broken_record"),
        ("L3", "undecodable"),
    ]


def test_a_linked_folder_is_followed_once(tmp_path: Path) -> None:
    drop, far = tmp_path / "drop", tmp_path / "far"
    (drop / "real").mkdir(parents=True)
    (far / "deep").mkdir(parents=True)
    (drop / "real" / "a.txt").write_text("The ferry sails again.", "utf-8")
    (far / "deep" / "b.txt").write_text("The bridge opens.", "utf-8")
    (drop / "again").symlink_to(drop / "real")  # in the drop under its own name
    (drop / "far").symlink_to(far)
    (drop / "farther").symlink_to(far)  # by another link
    (drop / "gone.txt").symlink_to(drop / "nowhere")
    (far / "deep" / "cycle").symlink_to(drop)
    batch = read(drop)
    assert [row[2].removeprefix(f"{drop}/") for row in batch.deliveries] == ["far/deep/b.txt", "real/a.txt"]
    assert [(row[1].removeprefix(f"{drop}/"), row[2]) for row in batch.rejects] == [("gone.txt", "unreadable")]


def test_a_folder_that_cannot_be_opened_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "a.txt").write_text("The ferry sails again.", "utf-8")
    scandir = os.scandir

    def refusing(path: str) -> Any:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)  # the superuser, who may run this, is never refused
    batch = read(tmp_path)
    assert len(batch.captures) == 1
    (reject,) = batch.rejects
    assert reject[1:4] == (str(tmp_path / "locked"), "unreadable", "the folder cannot be opened: Permission denied")


def test_a_document_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_DOCUMENT_BYTES + 1)
    (reject,) = read(path).rejects
    assert (reject[2], reject[4]) == ("too_large", MAX_DOCUMENT_BYTES + 1)


def test_unknown_formats_are_said_and_dot_files_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"x")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (reject,) = read(tmp_path).rejects
    assert reject[2] == "unknown_format"
    assert ".txt" in reject[3]


def test_a_record_keeps_what_it_declares(tmp_path: Path) -> None:
    record = {
        "headline": "Ferry",
        "content": "The ferry sails again.",
        "url": "https://a.example/1",
        "captured_at": "2024-06-02T01:38:06+02:00",
        "tags": ["sea"],
    }
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(record), "utf-8")
    batch = read(path, content="text", headline="title")
    capture = dict(zip(Captures.column_names(), batch.captures[0], strict=True))
    assert capture["text"] == "The ferry sails again."
    assert capture["url"] == "https://a.example/1"
    assert capture["captured_at"] == dt.datetime(2024, 6, 1, 23, 38, 6)
    assert json.loads(capture["metadata"])["title"] == "Ferry"
    assert json.loads(capture["metadata"])["tags"] == ["sea"]
    mapped = {
        **{key: record[key] for key in ("url", "captured_at", "tags")},
        "text": record["content"],
        "title": record["headline"],
    }
    assert capture["capture_id"] == hashlib.sha256(canonical(mapped)).hexdigest(), (
        "identity is that of the mapped record"
    )


def test_what_is_known_is_delivered_but_not_decoded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry sails again.", "utf-8")
    (tmp_path / "b.txt").write_text("The ferry sails again.", "utf-8")
    batch = read(tmp_path)
    assert (len(batch.captures), len(batch.deliveries)) == (1, 2), "equal bytes are one capture"
    batch = read(tmp_path, known=lambda ids: ids)
    assert (len(batch.captures), len(batch.deliveries)) == (0, 2)


def test_pages_are_flattened_to_visible_lines() -> None:
    page = """<!doctype html><title>t</title><style>p{}</style><nav><a>Home</a> <a>World</a></nav>
    <h1>Ferry  sails</h1><p>It <em>left</em> at <b>ten</b>.<br/>Nobody waved.</p><div hidden>secret</div>
    <p style="display:none">secret</p><!-- secret --><ul><li>One<li>Two</ul><p>End &amp; out</p>"""
    assert flatten(page).split("\n") == [
        "Home World",
        "Ferry sails",
        "It left at ten.",
        "Nobody waved.",
        "One",
        "Two",
        "End & out",
    ]


@given(st.text(max_size=200))
def test_any_text_decodes_to_itself(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    if "\ufeff" not in text[:1]:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return
        assert decode(data).text == text


@given(st.binary(max_size=300))
def test_any_bytes_are_a_capture_or_a_reject(data: bytes) -> None:
    item = Input("file.txt", data, "text")
    (batch,) = read_drop([item], "drop", lambda ids: [], NOW)
    assert len(batch.captures) + len(batch.rejects) == 1
    for contract, rows in zip((Captures, Deliveries, Rejects), batch.frames(), strict=True):
        contract.validate(rows)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=9,
    )
)
def test_any_json_line_is_a_capture_or_a_reject(value: object) -> None:
    found = jsonl._record(
        json.dumps({"text": value, "date": value, "url": value, "captured_at": value}).encode(), 1, "f.jsonl", {}
    )
    (batch,) = read_drop([found], "drop", lambda ids: [], NOW)
    assert len(batch.captures) + len(batch.rejects) == 1
    for contract, rows in zip((Captures, Deliveries, Rejects), batch.frames(), strict=True):
        contract.validate(rows)
