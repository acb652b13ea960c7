"""All formats through a whole run, and what an archive says of a page through the loss of the store."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from assets.home import CHECKOUT, Home
from assets.runs import run_paths
from assets.store import writing
from newsledger import app

SAMPLES = CHECKOUT / "seeds" / "captures"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with a corrupt file of every kind, and one sound article."""
    folder = tmp_path / "broken"
    folder.mkdir()
    packed = (SAMPLES / "crawl.warc.gz").read_bytes()
    (folder / "cut.warc.gz").write_bytes(packed[:-200])
    (folder / "cut.txt.gz").write_bytes(gzip.compress(b"The ferry sails again.")[:-9])
    table = bytearray((SAMPLES / "lowland.parquet").read_bytes())
    table[len(table) // 8 : len(table) // 4] = bytes(len(table) // 4 - len(table) // 8)
    (folder / "broken.parquet").write_bytes(table)
    (folder / "line.jsonl").write_text('{"text": "The bridge opened on Monday, 12 years late."}\n{"text"', "utf-8")
    return folder


def kept(home: Home) -> dict[str, pl.DataFrame]:
    with writing(home) as con:
        return {
            table: pl.DataFrame(con.sql(f"SELECT * FROM {table} ORDER BY ALL"))
            for table in ("raw.captures", "raw.deliveries", "raw.rejects")
        }


def test_every_format_goes_through_a_run_and_comes_back_from_its_bytes(home: Home, broken: Path) -> None:
    run_paths(home, [SAMPLES, broken])
    before = kept(home)
    captures, rejects = before["raw.captures"], before["raw.rejects"]
    crawled = captures.filter(pl.col("uri").str.ends_with("#urn:x-newsledger:dunes")).row(0, named=True)
    assert (crawled["url"], crawled["encoding"]) == (
        "https://www.dunes-dispatch.example/train-rocket-dumplings",
        "cp1252",
    )
    assert crawled["captured_at"] == dt.datetime(2023, 9, 15, 2, 0, 9)
    told = {(Path(row["uri"]).name.partition("#")[0], row["reason"]) for row in rejects.to_dicts()}
    assert told == {
        ("cut.warc.gz", "damaged"), ("cut.txt.gz", "damaged"), ("broken.parquet", "damaged"), ("line.jsonl", "broken_record"),
    }  # fmt: skip
    assert home.working.exists()
    home.working.unlink()
    after = kept(home)
    for table, rows in before.items():
        assert rows.equals(after[table]), table

    told_again = CliRunner().invoke(app, ["show", "dunes", "--home", str(home.path)])
    assert told_again.exit_code == 0
    assert "Train, rocket, dumplings" in told_again.output
    page = home.path / "page.html"
    assert (
        CliRunner()
        .invoke(app, ["show", crawled["capture_id"][:9], "--html", str(page), "--home", str(home.path)])
        .exit_code
        == 0
    )
    assert "Oskar Brandvik" in page.read_text("utf-8")
    assert CliRunner().invoke(app, ["show", "no such thing", "--home", str(home.path)]).exit_code == 2
