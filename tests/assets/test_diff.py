"""What differs between two published copies."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from assets.diff import compare
from assets.diff_records import records
from assets.home import Home
from assets.publish import publish
from assets.runs import run_paths
from assets.store import writing
from newsledger import app

Drop = Callable[..., Path]


def call(home: Home, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [*arguments, "--home", str(home.path)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


ARTICLE = """Minister opens the new bridge over the Tamar

By Ana Ruiz
{day} September 2023

PORTO (AP) - The minister opened the bridge on Monday, years after the first stone was laid.

“It will bring the two towns together at last,” Maria Lopes said at the ceremony.

The bridge is {number} metres long and cost 40 million euros, by the count of the ministry.
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A published store of three articles, which the tests of this module copy and do not touch."""
    folder = tmp_path_factory.mktemp("diff")
    home = Home(folder / "home")
    for number, day in ((1, 11), (2, 12), (3, 13)):
        (folder / "inbox").mkdir(exist_ok=True)
        (folder / "inbox" / f"{number}.txt").write_text(ARTICLE.format(day=day, number=number), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLEDGER_HOME", str(home.path))
        patch.setenv("DAGSTER_HOME", str(home.dagster))
        run_paths(home, [folder / "inbox"])
        yield home


@pytest.fixture
def altered(published: Home, tmp_path: Path) -> Callable[..., list[tuple[object, ...]]]:
    """A function that alters a copy of a published store and returns what differs: a query's answer over the records."""

    def differ(*statements: str, query: str, tables: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
        copy = tmp_path / "altered.duckdb"
        shutil.copyfile(published.published, copy)
        with duckdb.connect(str(copy)) as con:
            for statement in statements:
                con.execute(statement)
        with compare(published, published.published, copy, tables) as comparison:
            found = comparison.con.execute(query.format(records=f"({records(comparison, None)})")).fetchall()
            return found + [(note,) for note in comparison.notes]

    return differ


Differ = Callable[..., list[tuple[object, ...]]]
FIRST = "(SELECT min(fact_id) FROM facts.quotes)"
FIRST_CAPTURE = "(SELECT min(capture_id) FROM clean.articles)"


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], []),
        (
            [f"UPDATE facts.quotes SET speaker = 'M. Lopes', via = ['AP'] WHERE fact_id = {FIRST}"],
            [
                ("facts.quotes", "quotes/said_after", "changed", "speaker", "Maria Lopes", "M. Lopes"),
                ("facts.quotes", "quotes/said_after", "changed", "via", "[]", '["AP"]'),
            ],
        ),
        (
            [f"UPDATE facts.quotes SET speaker = NULL, rule_id = 'quotes/unattributed' WHERE fact_id = {FIRST}"],
            [
                (
                    "facts.quotes",
                    "quotes/unattributed",
                    "changed",
                    "rule_id",
                    "quotes/said_after",
                    "quotes/unattributed",
                ),
                ("facts.quotes", "quotes/unattributed", "changed", "speaker", "Maria Lopes", None),
            ],
        ),
        (
            [f"DELETE FROM facts.quotes WHERE fact_id = {FIRST}"],
            [("facts.quotes", "quotes/said_after", "removed", None, None, None)],
        ),
        (
            [
                f"INSERT INTO facts.quotes SELECT * REPLACE ('another' AS fact_id, 0 AS span_start, 9 AS span_end) FROM facts.quotes WHERE fact_id = {FIRST}"
            ],
            [("facts.quotes", "quotes/said_after", "added", None, None, None)],
        ),
        (
            [f"UPDATE facts.quotes SET fact_id = 'another', span_end = span_end - 1 WHERE fact_id = {FIRST}"],
            [("facts.quotes", "quotes/said_after", "moved", "span_end", "217", "216")],
        ),
        (
            ["UPDATE clean.blocks SET block_no = block_no + 1", "UPDATE facts.quotes SET block_no = block_no + 1"],
            [],
        ),
        (
            [
                f"UPDATE clean.articles SET outlet_evidence = row('x', NULL, NULL, 'outlets/x'), outlet_method = 'url' WHERE capture_id = {FIRST_CAPTURE}"
            ],
            [
                (
                    "clean.articles",
                    "outlets/x",
                    "changed",
                    "outlet_evidence",
                    None,
                    '{"text":"x","span_start":null,"span_end":null,"rule_id":"outlets/x"}',
                ),
                ("clean.articles", "outlets/x", "changed", "outlet_method", "unknown", "url"),
            ],
        ),
        (
            [
                "UPDATE raw.deliveries SET ingested_at = '2020-01-01'",
                "UPDATE raw.drops SET first_ingested_at = '2020-01-01'",
            ],
            [],
        ),
        (
            ["UPDATE ref.units SET factor = 2 WHERE name = 'mile'"],
            [("ref.units", None, "changed", "factor", "1609.344", "2.0")],
        ),
    ],
    ids=[
        "equal copies",
        "values, lists as JSON",
        "another rule: counted under the new one",
        "a row less",
        "a row more",
        "a span that moved is one row, not two",
        "numbers of pieces do not count",
        "an article is counted under the rule that decided what changed",
        "moments of ingestion do not count",
        "a reference list",
    ],
)
def test_what_differs_is_told_by_row_and_column(altered: Differ, statements: list[str], expected: list[object]) -> None:
    assert (
        altered(*statements, query='SELECT "table", rule_id, change, "column", before, after FROM {records}')
        == expected
    )


SCHEMAS = [
    "ALTER TABLE facts.quotes DROP COLUMN via",
    "ALTER TABLE facts.quotes ADD COLUMN tone VARCHAR",
    "ALTER TABLE clean.articles ALTER word_count TYPE VARCHAR",
    "DROP TABLE ref.speech_verbs",
    "CREATE TABLE links.copies AS SELECT 1 AS one",
]


def test_copies_of_other_releases_are_compared_in_what_they_share(altered: Differ) -> None:
    got = altered(
        "CREATE SCHEMA links",
        *SCHEMAS,
        f"UPDATE facts.quotes SET speaker = NULL WHERE fact_id = {FIRST}",
        query='SELECT "table", "column" FROM {records}',
    )
    assert got[0] == ("facts.quotes", "speaker")
    notes = [str(note[0]) for note in got[1:]]
    assert "facts.quotes: the column tone is new and is not compared" in notes
    assert "facts.quotes: the column via is gone and is not compared" in notes
    assert "clean.articles: the column word_count has another type and is not compared" in notes
    assert "links.copies is new, with 1 row" in notes
    assert any(note.startswith("ref.speech_verbs is gone, with ") for note in notes)
    assert len(notes) == 5


def test_a_record_says_where_it_stands(altered: Differ) -> None:
    context = altered(
        f"UPDATE facts.quotes SET cue = 'told' WHERE fact_id = {FIRST}",
        query="SELECT what, publication_date, uri LIKE '%.txt', len(capture_id) FROM {records}",
        tables=("facts.quotes",),
    )
    assert [row[0] for row in context] == ["It will bring the two towns together at last,"]
    assert str(context[0][1]).startswith("2023-09-1")
    assert context[0][2:] == (True, 64)


def test_diff_on_the_command_line(home: Home, drop: Drop, tmp_path: Path) -> None:
    assert call(home, "diff")[0] == 1
    run_paths(home, [drop({1: 11})])
    code, _, err = call(home, "diff")
    assert (code, "there is no copy before" in err, err.count("\n")) == (1, True, 1)
    run_paths(home, [drop({2: 12})])
    with writing(home) as con:
        con.execute("UPDATE facts.quotes SET speaker = 'Someone Else'")
        con.execute("UPDATE ops.generations SET generation = generation + 1 WHERE layer = 'facts'")
        publish(con, home)
    code, out, _ = call(home, "diff")
    assert code == 0
    for words in (
        "(publication 2) to ",
        "facts.quotes",
        "quotes/said_after",
        "speaker 2",
        "speaker: Maria Lopes → Someone Else",
    ):
        assert words in out
    assert "facts.quantities" not in out
    found = json.loads(call(home, "diff", "--format", "json", "--rows", "1")[1])
    assert [(row["table"], row["change"], row["column"], row["after"]) for row in found] == [
        ("facts.quotes", "changed", "speaker", "Someone Else")
    ]
    target = tmp_path / "diff.parquet"
    assert call(home, "diff", "--format", "parquet", "-o", str(target))[0] == 0
    assert duckdb.execute(f"SELECT count(*) FROM '{target}'").fetchone() == (2,)
    assert "No row differs." in call(home, "diff", "--table", "facts.quantities")[1]
    for arguments, code, complaint in (
        (("--from", "yesterday"), 2, "a moment is a date such as"),
        (("--from", "2001-01-01"), 1, "nothing was published yet as of 2001-01-01: 3 copies are kept"),
        (("--from", "2999-01-01"), 1, "both moments name the copy that was published"),
        (("--table", "facts.moods"), 1, "no table is called facts.moods; there are clean.articles"),
        (("--rows", "-1"), 2, "--rows is a number of rows"),
        (("--format", "xml"), 2, "--format is one of"),
    ):
        got, _, err = call(home, "diff", *arguments)
        assert (got, complaint in err, err.count("\n")) == (code, True, 1), (arguments, err)
