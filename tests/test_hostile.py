"""What is broken, endless or hostile: a reject or a clean result, in bounded time and memory, and its neighbours are read.

Each folder goes through all stages in a process with limits (``bounded.py``). How each format words its refusals is tested
beside the format.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from read.test_warc import HTML, answer, pages, record

from pipelines.read.inputs import MAX_DOCUMENT_BYTES

ROOT = Path(__file__).resolve().parent.parent
WORDS = b"Old winds and tides are words that sail on. "
SOUND = b"The ferry sails again on Monday, the port said."


def through(folder: Path) -> tuple[dict[str, tuple[int, int]], dict[str, str]]:
    """What became of a folder: captures with their characters and blocks, and rejects with their reasons, by name."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("bounded.py")), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "POLARS_MAX_THREADS": "2"},
    )
    assert done.returncode == 0, f"it did not end by itself ({done.returncode}): {done.stderr[-2000:]}"
    told: dict[str, Any] = json.loads(done.stdout)
    return {name: (size, blocks) for name, size, blocks in told["captured"]}, dict(told["refused"])


def bomb(start: bytes, megabytes: int) -> Iterator[bytes]:
    """A gzip file that expands a thousandfold."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    yield packer.compress(start)
    for _ in range(megabytes):
        yield packer.compress(b"a" * 1_000_000)
    yield packer.flush()


LARGEST = MAX_DOCUMENT_BYTES - 1000
MANY = 1_000_000
ENDLESS = [
    ("line.txt", WORDS * (LARGEST // len(WORDS)), None, "a line of 50 MB is one block"),
    ("word.jsonl", b'{"text": "' + b"x" * LARGEST + b'"}\n{"text": "' + SOUND + b'"}\n', None, "and so is a record of that size"),
    ("page.html", b"<!doctype html><p>" + WORDS * (LARGEST // len(WORDS)), None, "and a paragraph"),
    ("over.txt", b"x" * (MAX_DOCUMENT_BYTES + 1), "too_large", "a byte more is refused unread"),
    ("lines.txt", b"a\n" * 4 * MANY, "too_large", "each line costs hundreds of bytes"),
    ("empty-lines.txt", b"\n" * 4 * MANY + SOUND, "too_large", "empty ones too, to whoever counts them"),
    ("tags.html", b"<" * 10 * MANY, None, "what begins a tag and is none is text"),
    ("nested.html", b"<div>" * MANY + SOUND, "too_large", "the parser gives up below 2,048 levels, and what is there would be lost"),
    ("nested-text.html", (b"<div>" + SOUND) * 20_000, "too_large", "also where there is text on the way down"),
    ("elements.html", b"<p>a" * (MANY + 1), "too_large", "a million elements are no article"),
    ("attributes.html", b"<p " + b" ".join(b"a%d=b" % n for n in range(MANY)) + b">" + SOUND, "too_large", "libxml2 looks at all of them for each"),
    ("quoted.html", b"<p " + b" ".join(b'a%d=">"' % n for n in range(MANY)) + b">" + SOUND, "too_large", "and values may hold what ends a tag"),
    ("value.html", b'<p title="' + b"x" * 10 * MANY + b'">' + SOUND, None, "one long value is none of our business"),
    ("comments.html", b"<!--" * MANY + SOUND, "no_text", "a comment that never ends holds all the rest"),
    ("zeros.txt.gz", b"".join(bomb(b"", 60)), "too_large", "60 kB that unpack to more than a document may have"),
    ("zeros.jsonl.gz", b"".join(bomb(b'{"id": "z", "text": "' + SOUND + b'"}\n', 200)), "too_large", "200 kB that expand a thousandfold, in a format without such a limit"),
    ("zeros.warc.gz#R1", b"".join(bomb(b"WARC/1.1\r\n", 200)), "damaged", "an archive is given up where no record begins"),
]  # fmt: skip


def test_endless_inputs_end(tmp_path: Path) -> None:
    for name, data, _, _ in ENDLESS:
        (tmp_path / name.partition("#")[0]).write_bytes(data)
    captured, refused = through(tmp_path)
    for name, data, reason, why in ENDLESS:
        assert refused.get(name) == reason, f"{name}: {why}"
        if reason is None:
            size, blocks = captured[name if "jsonl" not in name else f"{name}#L1"]
            assert size > len(data) / 2 or name == "value.html", f"{name}: {why}"
            assert blocks == 1, f"{name}: {why}"
    assert captured["word.jsonl#L2"] == captured["zeros.jsonl.gz#z"] == (len(SOUND), 1), "what is beside them is read"


def table(path: Path) -> bytes:
    """A Parquet file of four row groups."""
    rows = [f"{SOUND.decode()} {n} {n * n % 997} {n * 7919 % 1009}" for n in range(400)]
    pl.DataFrame({"id": map(str, range(400)), "text": rows}).write_parquet(path, row_group_size=100)
    return path.read_bytes()


def test_broken_inputs_are_rejects_and_what_is_sound_in_them_is_read(tmp_path: Path) -> None:
    parquet = table(tmp_path / "broken.parquet")
    at = int(len(parquet) * 0.4)
    wrong = record(7, answer(b"<p>x", HTML), length=10**6)
    made = {
        "cut.txt.gz": gzip.compress(SOUND)[:-9],
        "cut.html.gz": gzip.compress(b"<p>" + SOUND)[:-9],
        "cut.jsonl.gz": gzip.compress(b"".join(b'{"id": "%d", "text": "%s %d"}\n' % (n, SOUND, n) for n in range(3)) + random.Random(1).randbytes(5000).hex().encode())[:-2000],
        "cut.warc.gz": b"".join(map(gzip.compress, pages(0, 1, 2)))[:-200],
        "cut.warc": b"".join(pages(3, 4, 5))[:-300],
        "middle.warc": b"".join([*pages(6), wrong, *pages(8)]),
        "one-member.warc.gz": (whole := gzip.compress(b"".join(pages(9, 10, 11))))[: len(whole) // 2] + bytes(60) + whole[len(whole) // 2 + 60 :],
        "broken.parquet": parquet[:at] + b"\xff" * 200 + parquet[at + 200 :],
        "cut.parquet": parquet[:-100],
        "odd.txt": b"\xff\xfe" + SOUND.decode().encode("utf-16-le")[:-1],
        "half.txt": b"\xff\xfe" + "Ferry".encode("utf-16-le") + b"\x00\xd8" + "sails".encode("utf-16-le"),
        "nul.txt": SOUND + b"\0" + SOUND,
        "nul.html": b"<p>" + SOUND[:9] + b"\0" + SOUND[9:],
        "nothing.html": b"",
        "blank.html": b" \n<!doctype html>\n<html><head></head><body>\n</body></html>",
        "scripts.html": b"<!doctype html><script>document.write('" + SOUND + b"')</script><style>p{}</style><noscript>x</noscript>",
    }  # fmt: skip
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "z-sound.txt").write_bytes(SOUND)
    captured, refused = through(tmp_path)
    of = [name.partition("#")[0] for name in captured]
    assert {name: reason for name, reason in refused.items() if "#" not in name} == {
        "cut.txt.gz": "damaged", "cut.html.gz": "damaged", "cut.jsonl.gz": "damaged",
        "cut.parquet": "damaged", "odd.txt": "undecodable", "half.txt": "undecodable", "nul.txt": "binary", "nothing.html": "empty",
        "blank.html": "no_text", "scripts.html": "no_text",
    }  # fmt: skip
    assert {name.partition("#")[0] for name in refused if "#" in name} == {
        "cut.warc.gz", "cut.warc", "middle.warc", "one-member.warc.gz", "broken.parquet",
    }  # fmt: skip
    assert captured["nul.html"] == (len(SOUND), 1), "browsers pass over NUL characters"
    assert captured["z-sound.txt"] == (len(SOUND), 1)
    assert (of.count("cut.jsonl.gz"), of.count("cut.warc"), of.count("cut.warc.gz"), of.count("middle.warc")) == (
        3,
        2,
        2,
        2,
    )
    assert of.count("broken.parquet") == 300
