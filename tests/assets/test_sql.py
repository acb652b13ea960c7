"""The marts, the worked questions and the macro, over the sample captures."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from assets import sql
from assets.home import CHECKOUT, Home
from assets.runs import run_paths
from assets.tables import TABLES


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with pytest.MonkeyPatch.context() as patch:
        home = Home(tmp_path_factory.mktemp("sql") / "home")
        patch.setenv("NEWSLEDGER_HOME", str(home.path))
        patch.setenv("DAGSTER_HOME", str(home.dagster))
        run_paths(home, [CHECKOUT / "seeds" / "captures"])
        with duckdb.connect(str(home.published), read_only=True) as con:
            yield con


@pytest.mark.parametrize("question", sql.load("questions"), ids=lambda question: question.name)
def test_every_worked_question_has_an_answer(store: duckdb.DuckDBPyConnection, question: sql.SqlFile) -> None:
    assert len(store.execute(question.query).fetchall()) > 0


@pytest.mark.parametrize("mart", sql.load("marts"), ids=lambda mart: mart.name)
def test_every_mart_stands_with_its_description(store: duckdb.DuckDBPyConnection, mart: sql.SqlFile) -> None:
    assert store.execute(f"SELECT count(*) > 0 FROM marts.{mart.name}").fetchone() == (True,)
    stored = store.execute(
        "SELECT comment FROM duckdb_views() WHERE schema_name = 'marts' AND view_name = ?", [mart.name]
    )
    assert stored.fetchone() == (mart.description,)


def test_exact_opens_a_span_in_the_raw_capture(store: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT count(*) FROM marts.fact_evidence WHERE exact(capture_id, span_start, span_end) IS DISTINCT FROM exact_text"""
    assert store.execute(query).fetchone() == (0,)


def test_columns_carry_their_descriptions_into_the_store(store: duckdb.DuckDBPyConnection) -> None:
    without = "SELECT count(*) FROM duckdb_columns() WHERE schema_name IN ('raw', 'clean', 'facts', 'ref') AND comment IS NULL AND table_name <> 'all_kinds'"
    assert store.execute(without).fetchone() == (0,)
    assert store.execute("SELECT count(*) FROM duckdb_tables() WHERE comment IS NULL").fetchone() == (0,)
    of_marts = "SELECT comment FROM duckdb_columns() WHERE schema_name = 'marts' AND table_name = 'quote_book' AND column_name = 'speaker'"
    row = store.execute(of_marts).fetchone()
    assert row is not None
    assert row[0].startswith("Who said it"), "a mart's column has the words of the column that it shows"


@pytest.mark.parametrize("contract", TABLES, ids=lambda contract: contract.__table__)
def test_published_rows_hold_their_contract(store: duckdb.DuckDBPyConnection, contract: type) -> None:
    import polars as pl

    contract.validate(pl.DataFrame(store.sql(f"FROM {contract.__table__}")), cast=True)


def test_daily_volume_and_outlet_profile_count_every_article(store: duckdb.DuckDBPyConnection) -> None:
    total = store.execute("SELECT count(*) FROM clean.articles").fetchone()
    assert store.execute("SELECT sum(articles) FROM marts.daily_volume").fetchone() == total
    assert store.execute("SELECT sum(articles) FROM marts.outlet_profile").fetchone() == total
