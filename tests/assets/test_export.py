"""The published store as Parquet, for other engines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from assets.export import ExportError, export
from assets.history import current, kept
from assets.home import Home
from assets.runs import run_paths
from newsledger import app

ARTICLE = """New ferry for the northern isles

By Tom Hale
{date}

KIRKWALL (AP) - The council bought a ferry, its second.

“We have waited {number} years for this ship,” harbour master Eva Novak said on the pier.

It carries {number} lorries and cost 12 million pounds.
"""
DATES = ("4 May 2021", "5 May 2021", "5 May 2021", "")
DAYS = ["2021-05-04", "2021-05-05", "undated"]


def home_with(folder: Path, articles: list[int]) -> Home:
    home = Home(folder / "home")
    inbox = folder.parent / "inbox"
    inbox.mkdir(exist_ok=True)
    for number in articles:
        (inbox / f"{number}.txt").write_text(ARTICLE.format(date=DATES[number], number=number + 7), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLEDGER_HOME", str(home.path))
        patch.setenv("DAGSTER_HOME", str(home.dagster))
        run_paths(home, [inbox])
    return home


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A store of four articles on two days, one of them without a date; the tests of this module only read it."""
    return home_with(tmp_path_factory.mktemp("export") / "one", [0, 1, 2, 3])


def digests(folder: Path, passed_over: tuple[str, ...] = ()) -> dict[str, str]:
    """Every file under a folder with the digest of its bytes."""
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not (name := path.relative_to(folder).as_posix()).startswith(passed_over or ("\0",))
    }


def test_a_table_of_articles_has_a_folder_for_each_day_and_others_a_file(published: Home, tmp_path: Path) -> None:
    rows = export(published, current(published), tmp_path / "lake")
    lake = tmp_path / "lake"
    for name in (
        "facts/quotes",
        "clean/blocks",
        "clean/articles",
        "raw/captures",
        "raw/deliveries",
        "marts/quote_book",
    ):
        assert sorted(path.name for path in (lake / name).iterdir()) == [f"publication_date={day}" for day in DAYS], (
            name
        )
    for name in ("raw/drops", "ref/units", "marts/daily_volume"):
        assert [path.name for path in (lake / name).iterdir()] == ["data_0.parquet"], name
    assert rows["facts.quotes"] == 4
    assert rows["clean.edits"] == 0
    described = json.loads((lake / "_tables.json").read_text("utf-8"))
    assert set(described) == set(rows)
    speaker = next(column for column in described["facts.quotes"]["columns"] if column["name"] == "speaker")
    assert speaker["type"] == "VARCHAR"
    assert speaker["description"].startswith("Who said it")
    assert json.loads((lake / "_export.json").read_text("utf-8"))["publication"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["lake"], "nothing is left beside it"


def test_other_engines_read_every_row_and_every_type(published: Home, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    export(published, current(published), lake)
    with duckdb.connect(str(published.published), read_only=True) as con:
        for table, key in (
            ("facts.quotes", "fact_id"),
            ("clean.articles", "capture_id"),
            ("raw.captures", "capture_id"),
        ):
            place = lake / Path(*table.split("."))
            own = con.execute(f"SELECT * FROM {table} ORDER BY {key}")
            names = [column[0] for column in own.description]
            expected = own.fetchall()
            got = con.execute(
                f"SELECT {', '.join(names)} FROM read_parquet('{place}/**/*.parquet', hive_partitioning = true) ORDER BY {key}"
            ).fetchall()
            assert got == expected, f"DuckDB reads {table}"
            frame = pl.scan_parquet(place, hive_partitioning=True).select(names).sort(key).collect()
            assert frame.height == len(expected), f"Polars reads {table}"
    quotes = pl.scan_parquet(lake / "facts" / "quotes", hive_partitioning=True)
    assert quotes.collect_schema()["content_spans"] == pl.List(pl.Struct({"start": pl.Int64, "end": pl.Int64}))
    one = quotes.filter(publication_date="undated").select("speaker", "quote").collect()
    assert one.rows() == [("Eva Novak", "We have waited 10 years for this ship,")]


def test_equal_stores_export_equal_bytes(published: Home, tmp_path: Path) -> None:
    export(published, current(published), tmp_path / "first")
    export(published, current(published), tmp_path / "second")
    assert digests(tmp_path / "first") == digests(tmp_path / "second")
    another = home_with(published.path.parent.parent / "two", [0, 1, 2, 3])
    export(another, current(another), tmp_path / "third")
    moments = ("_export.json", "raw/drops", "raw/deliveries")  # these tell when, which no two stores have alike
    assert digests(tmp_path / "first", moments) == digests(tmp_path / "third", moments)


def test_what_is_not_an_export_is_refused_and_untouched(published: Home, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("keep", "utf-8")
    for target in (mine, mine / "notes.txt"):
        with pytest.raises(ExportError, match=r"is left as it is|is a file"):
            export(published, current(published), target)
    (mine / "_export.json").write_text('{"format": "something else"}', "utf-8")
    with pytest.raises(ExportError, match="not an export of newsledger"):
        export(published, current(published), mine)
    assert (mine / "notes.txt").read_text("utf-8") == "keep"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_an_export_is_replaced_whole_or_not_at_all(
    published: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = tmp_path / "deep" / "lake"
    export(published, current(published), lake)
    before = digests(lake)
    monkeypatch.setattr("assets.export._described", lambda *of: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(published, current(published), lake, ["facts.quotes"])
    assert digests(lake) == before
    assert [path.name for path in lake.parent.iterdir()] == ["lake"]
    monkeypatch.undo()
    (lake.parent / ".lake.newsledger-new-999999999").mkdir()
    (lake.parent / ".other.newsledger-new-999999999").mkdir()
    assert export(published, current(published), lake, ["facts.quotes"]) == {"facts.quotes": 4}
    assert sorted(path.name for path in lake.iterdir()) == ["_export.json", "_tables.json", "facts"]
    left = sorted(path.name for path in lake.parent.iterdir())
    assert left == [".other.newsledger-new-999999999", "lake"], "only what an export to this folder left is cleared"


def test_export_on_the_command_line(
    home: Home, drop: Callable[..., Path], brought_in: Callable[..., Path], tmp_path: Path
) -> None:
    def call(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, ["export", *arguments, "--home", str(home.path)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    lake = str(tmp_path / "lake")
    assert "nothing is published" in call(lake)[2]
    brought_in({1: 11})
    run_paths(home, [drop({2: 12})])
    code, out, _ = call(lake, "--table", "raw.captures", "--table", "facts.quotes")
    assert (code, out) == (0, f"exported 2 tables, 4 rows, to {lake}\n")
    first = kept(home)[0].published_at.isoformat()
    assert call(lake, "--table", "raw.captures", "--as-of", first)[1] == f"exported 1 table, 1 row, to {lake}\n"
    for arguments, code, complaint in (
        ((lake, "--as-of", "soon"), 2, "a moment is a date such as"),
        ((lake, "--table", "facts.moods"), 1, "no table is called facts.moods; there are clean.articles"),
        ((str(home.path),), 1, "is left as it is; name another folder"),
    ):
        got, _, err = call(*arguments)
        assert (got, complaint in err, err.count("\n")) == (code, True, 1), (arguments, err)
