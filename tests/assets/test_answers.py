"""Answers to queries: any type, any shape, in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import polars as pl
import pytest
from rich.console import Console

from assets.answers import FORMATS, QueryError, answer, ask, show

ODD = """SELECT 1 AS a, 2 AS a, INTERVAL 1 MONTH AS i, TIME '10:00' AS t, '\\xAA'::BLOB AS b, 1::HUGEINT AS h, MAP {'k': 1} AS m,
    union_value(x := 1) AS u, 'nan'::DOUBLE AS n, '-inf'::DOUBLE AS inf, DATE '0044-03-15 (BC)' AS bc, [1.5, 'nan'::DOUBLE] AS l,
    1.50::DECIMAL(9, 2) AS d, NULL AS nothing, INTERVAL 170000000 YEARS AS eon, true AS yes"""


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """An empty database."""
    return duckdb.connect()


def asked(con: duckdb.DuckDBPyConnection, query: str, form: str, path: Path) -> str:
    """The answer as text."""
    answer(con, query, form, path)
    return path.read_text("utf-8")


def test_odd_types_and_doubled_names_are_answered(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (row,) = json.loads(asked(con, ODD, "json", tmp_path / "a.json"), parse_constant=pytest.fail)
    assert row == {
        "a": 1, "a_2": 2, "i": "1 month", "t": "10:00:00", "b": "\\xAA", "h": 1, "m": {"k": 1}, "u": {"x": 1}, "n": None,
        "inf": None, "bc": "0044-03-15 (BC)", "l": [1.5, None], "d": "1.50", "nothing": None, "eon": "170000000 years", "yes": True,
    }  # fmt: skip
    (cells,) = csv.DictReader(io.StringIO(asked(con, ODD, "csv", tmp_path / "a.csv")))
    assert (cells["a_2"], cells["m"], cells["i"], cells["nothing"]) == ("2", '{"k":1}', "1 month", "")
    assert "170000000 years" in asked(con, ODD, "table", tmp_path / "a.txt")
    path = tmp_path / "a.parquet"
    answer(con, "SELECT 1 AS a, 2 AS a, MAP {'k': 1} AS m", "parquet", path)
    assert pl.read_parquet(io.BytesIO(path.read_bytes())).columns == ["a", "a_2", "m"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_answer_has_its_columns_or_is_an_empty_list(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, form: str
) -> None:
    path = tmp_path / "answer"
    answer(con, "SELECT 1 AS a WHERE false", form, path)
    if form == "json":
        assert json.loads(path.read_text("utf-8")) == []
    else:
        assert b"a" in path.read_bytes()


@pytest.mark.parametrize(
    "query",
    [
        "-- first\nSELECT 1 AS a;\n-- last",
        "SELECT 2 AS b; SELECT 1 AS a",
        "CREATE TEMP TABLE t AS SELECT 1 AS a; FROM t;",
        "SELECT 1 AS a;;",
    ],
)
def test_each_statement_runs_and_the_last_answers(con: duckdb.DuckDBPyConnection, tmp_path: Path, query: str) -> None:
    assert asked(con, query, "csv", tmp_path / "a.csv") == "a\n1\n"


@pytest.mark.parametrize(
    ("query", "form", "words"),
    [
        ("SELECT quack", "table", "Binder Error"),
        ("SELECT 'x'::INTEGER", "json", "Conversion Error"),
        ("SELECT error('at the last row ' || range) FROM range(9)", "csv", "at the last row 0"),
        ("SET threads = 2", "csv", "no result to write as csv"),
        ("  -- nothing", "table", "no query"),
        ("SELECT ?", "table", "parameter"),
        ("SELECT '\ud800'", "table", "UTF-8"),
        ("SELECT 'unclosed", "table", "unterminated"),
    ],
)
def test_what_cannot_be_answered_is_said_and_nothing_is_written(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, query: str, form: str, words: str
) -> None:
    path = tmp_path / "answer"
    with pytest.raises(QueryError, match=words):
        answer(con, query, form, path)
    assert not path.exists()


def test_a_missing_folder_is_said_before_the_query_runs(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="there is no folder"):
        answer(con, "CREATE TABLE t AS SELECT 1", "csv", tmp_path / "no" / "a.csv")
    assert con.execute("SHOW TABLES").fetchall() == []


def shown(con: duckdb.DuckDBPyConnection, query: str, width: int) -> list[str]:
    """The lines on a terminal of this width."""
    console = Console(file=io.StringIO(), width=width)
    show(ask(con, query), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_many_columns_are_shown_as_records(con: duckdb.DuckDBPyConnection) -> None:
    columns = ", ".join(f"'a value of some length' AS column_{number}" for number in range(20))
    lines = shown(con, f"SELECT {columns} FROM range(50)", 80)
    assert lines[0].startswith("── row 1 ")
    assert lines[1].split("│")[0].strip() == "column_0"
    assert len(lines) == 20 * 21 + 1
    assert lines[-1].startswith("50 rows (30 left out")
    narrow = ", ".join(f"{number} AS c{number}" for number in range(10))
    assert "│" in shown(con, f"SELECT {narrow}", 80)[2], "narrow columns have the room that they need"


def test_a_long_table_says_how_many_rows_are_left_out(con: duckdb.DuckDBPyConnection) -> None:
    assert shown(con, "FROM range(1234)", 80)[-1].startswith("1,234 rows (1,034 left out")


def test_a_value_cannot_command_the_terminal(con: duckdb.DuckDBPyConnection) -> None:
    assert "␛[2J [bold]" in shown(con, "SELECT chr(27) || '[2J [bold]' AS a", 80)[2]
