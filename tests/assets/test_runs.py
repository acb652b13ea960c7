"""A run from captures to the published store, through Dagster."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import dagster as dg
import duckdb
import preloaded
import pytest

from assets import check_queries
from assets.check_queries import Check, run_check
from assets.home import Home
from assets.publish import publish
from assets.runs import RunFailedError, run_paths
from assets.store import StoreError, writing
from assets.tables import TABLES
from pipelines.read import stamps

Drop = Callable[..., Path]


def ask(home: Home, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.published), read_only=True) as con:
        return con.execute(query).fetchall()


def start(home: Home, path: Path) -> preloaded.Process:
    """``newsledger run`` in a process of its own."""
    return preloaded.start(["-m", "newsledger", "run", "--home", str(home.path), str(path)])


def export(home: Home, folder: Path) -> dict[str, bytes]:
    """Every published table as CSV, in the order in which it is stored; times of ingestion aside."""
    folder.mkdir()
    with duckdb.connect(str(home.published), read_only=True) as con:
        for table in TABLES:
            columns = [name for name in table.column_names() if name not in ("ingested_at", "first_ingested_at")]
            path = folder / f"{table.__table__}.csv"
            con.execute(f"COPY (SELECT {', '.join(columns)} FROM {table.__table__}) TO '{path}'")
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_captures_become_a_published_store(home: Home, drop: Drop) -> None:
    report = run_paths(home, [drop({1: 11, 2: 12})])
    assert report.published
    assert ask(home, "SELECT count(*) FROM raw.captures") == [(2,)]
    assert ask(home, "SELECT DISTINCT publication_date FROM facts.all_kinds ORDER BY 1") == [
        ("2023-09-11",),
        ("2023-09-12",),
    ]
    assert ask(home, "SELECT DISTINCT speaker FROM marts.quote_book") == [("Maria Lopes",)]
    assert ask(home, "SELECT DISTINCT exact(capture_id, span_start, span_end) = quote FROM facts.quotes") == [(True,)]


def test_a_second_run_with_nothing_changed_processes_nothing(home: Home, brought_in: Drop) -> None:
    folder = brought_in({1: 11, 2: 12})
    before = home.published.stat()
    report = run_paths(home, [folder])
    assert not report.published
    assert report.dates == []
    assert report.counts.get("new_captures") == report.counts.get("written_captures") == 0
    assert home.published.stat().st_ino == before.st_ino, "the published file must not even be replaced"


def test_a_grown_folder_processes_only_what_is_new(home: Home, drop: Drop, brought_in: Drop) -> None:
    brought_in({1: 11, 2: 12})
    report = run_paths(home, [drop({3: 12})])
    assert report.counts["new_captures"] == 1
    assert report.counts["written_captures"] == 1
    assert report.counts["captures_read"] == 1
    assert report.dates == ["2023-09-12"], "the other day is not touched"
    assert ask(home, "SELECT count(*), count(DISTINCT fact_id) FROM facts.quotes") == [(3, 3)]


def test_the_same_bytes_twice_are_one_capture_with_two_deliveries(home: Home, drop: Drop) -> None:
    run_paths(home, [drop({1: 11}, "first"), drop({1: 11}, "second")])
    assert ask(home, "SELECT count(*) FROM raw.captures") == [(1,)]
    assert ask(home, "SELECT count(*), count(DISTINCT drop_id) FROM raw.deliveries") == [(2, 2)]


def test_equal_input_in_fresh_homes_and_another_order_gives_equal_bytes(
    tmp_path: Path, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [drop({1: 11, 2: 12}, "a"), drop({2: 12, 3: 13}, "b"), drop({4: 11}, "c")]
    exports = []
    for number, order in enumerate((folders, folders[::-1])):
        home = Home(tmp_path / f"home-{number}")
        monkeypatch.setenv("NEWSLEDGER_HOME", str(home.path))
        monkeypatch.setenv("DAGSTER_HOME", str(home.dagster))
        run_paths(home, order)
        exports.append(export(home, tmp_path / f"export-{number}"))
    assert exports[0] == exports[1]
    assert len(exports[0]["facts.quotes.csv"].splitlines()) > 1


def test_rejects_are_rows_and_the_rest_goes_on(home: Home, drop: Drop, tmp_path: Path) -> None:
    folder = drop({1: 11})
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "broken.jsonl").write_text(
        '{"text": "A short notice of the harbour office, nothing more."}\n{"text": \n', "utf-8"
    )
    run_paths(home, [folder])
    assert ask(home, "SELECT regexp_extract(uri, '[^/]+$'), reason FROM raw.rejects ORDER BY uri") == [
        ("broken.jsonl#L2", "broken_record"),
        ("empty.txt", "empty"),
        ("picture.txt", "binary"),
    ]
    assert ask(home, "SELECT count(*) FROM clean.articles") == [(2,)]


def test_a_repaired_reject_leaves_the_rejects(home: Home, drop: Drop) -> None:
    folder = drop({1: 11})
    (folder / "late.txt").write_bytes(b"")
    run_paths(home, [folder])
    drop({1: 11, 2: 12})
    (folder / "late.txt").unlink()
    run_paths(home, [folder])
    assert ask(home, "SELECT count(*) FROM raw.rejects") == [(0,)]


def test_a_reject_whose_name_looks_like_a_line_of_a_file_stays(
    home: Home, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "SETTLED_NS", 100_000_000)
    folder = drop({1: 11})
    (folder / "plain#L3").write_text("no reader for this", "utf-8")
    for number in (2, 3):
        time.sleep(0.11)  # so that the file has a stamp, and is passed over
        run_paths(home, [drop({number: 12})])
    assert ask(home, "SELECT reason FROM raw.rejects") == [("unknown_format",)]


def test_a_home_that_lies_in_a_drop_is_not_read(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = drop({1: 11})
    home = Home(folder / "var")
    monkeypatch.setenv("NEWSLEDGER_HOME", str(home.path))
    monkeypatch.setenv("DAGSTER_HOME", str(home.dagster))
    for _ in range(2):
        run_paths(home, [folder])
    assert ask(home, "SELECT (SELECT count(*) FROM raw.captures), (SELECT count(*) FROM raw.rejects)") == [(1, 0)]


def test_a_vanished_drop_fails_its_run_and_keeps_its_rows(home: Home, brought_in: Drop) -> None:
    folder = brought_in({1: 11})
    folder.rename(folder.with_name("moved"))
    with pytest.raises(RunFailedError, match=r"there is nothing at .*inbox"):
        run_paths(home, [folder])
    assert ask(home, "SELECT count(*) FROM raw.captures") == [(1,)]


def test_records_read_under_other_field_names_and_are_read_so_again(home: Home, records: Callable[..., Path]) -> None:
    row = {
        "content": "The council met on Tuesday. “We have a budget,” said mayor Ines Roque.",
        "link": "https://www.example.org/a",
        "id": 7,
    }
    path = records([row])
    run_paths(home, [path], {"content": "text", "link": "url"})
    run_paths(home, [path])
    assert ask(home, "SELECT url, uri LIKE '%records.jsonl#7' FROM raw.captures") == [
        ("https://www.example.org/a", True)
    ]
    assert ask(home, "SELECT count(*) FROM raw.rejects") == [(0,)]


PLANTED = {
    "a wrong span": (
        "UPDATE facts.quotes SET span_start = span_start + 1",
        "facts",
        "spans_open failed on facts/quotes",
    ),
    "a doubled key": (
        "INSERT INTO facts.quotes SELECT * FROM facts.quotes LIMIT 1",
        "facts",
        "facts_quotes_keys_unique failed on facts/quotes",
    ),
    "a hole in the block cover": (
        "DELETE FROM clean.blocks WHERE block_no = 0",
        "clean",
        "blocks_cover failed on clean/blocks",
    ),
    "a statement behind the text's end": (
        "UPDATE facts.quotes SET content_spans = [{'start': 5, 'end': 99999999}]",
        "facts",
        "evidence_in_bounds failed on clean/articles",
    ),
    "a delivery of a capture that is not there": (
        "INSERT INTO raw.deliveries SELECT repeat('0', 64), drop_id, uri, captured_at, ingested_at FROM raw.deliveries LIMIT 1",
        "raw",
        "references_hold failed on raw/deliveries",
    ),
    "an article that no extractor has read": (
        "DELETE FROM ops.done WHERE stage = 'facts/quotes'",
        "facts",
        "facts_complete failed on published",
    ),
    "a value that the contract forbids": (
        "UPDATE clean.blocks SET kind = 'poem' WHERE block_no = 0",
        "clean",
        "clean_blocks_contract_holds failed on clean/blocks",
    ),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_stops_the_publish_and_readers_keep_what_they_had(
    home: Home, brought_in: Drop, what: str
) -> None:
    statement, layer, complaint = PLANTED[what]
    brought_in({1: 11})
    before = home.published.read_bytes()
    with writing(home) as con:
        con.execute(statement)
        con.execute("UPDATE ops.generations SET generation = generation + 1 WHERE layer = ?", [layer])
    with writing(home) as con, pytest.raises(StoreError, match=complaint):
        publish(con, home)
    assert home.published.read_bytes() == before


def test_a_failing_check_fails_the_dagster_run_with_its_sentence(home: Home, drop: Drop, brought_in: Drop) -> None:
    brought_in({1: 11})
    with writing(home) as con:
        con.execute("INSERT INTO clean.blocks SELECT * FROM clean.blocks LIMIT 1")
    with pytest.raises(RunFailedError, match="clean_blocks_keys_unique failed on clean/blocks: 1 rows"):
        run_paths(home, [drop({2: 12})])
    assert ask(home, "SELECT count(*) FROM raw.captures") == [(1,)], "nothing of the failed run is published"


def test_a_changed_check_is_run_again_on_unchanged_rows(
    home: Home, brought_in: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in({1: 11})
    stricter = Check("spans_open", "Nothing is good enough.", "facts/quotes", "SELECT 1 AS one", ("facts",))
    monkeypatch.setattr(check_queries, "from_files", lambda: [stricter])
    with writing(home) as con, pytest.raises(StoreError, match="Nothing is good enough"):
        publish(con, home)


CHANGES = (
    "UPDATE facts.quotes SET cue = 'sang' WHERE capture_id = ?",
    "UPDATE facts.mentions SET span_end = span_end + 1 WHERE capture_id = ?",
    "DELETE FROM facts.quantities WHERE capture_id = ?",
    "UPDATE raw.captures SET text = upper(text) WHERE capture_id = ?",
    "INSERT INTO clean.edits SELECT capture_id, 99, 0, 1, 'm', 'mojibake', 'a.rule' FROM raw.captures WHERE capture_id = ?",
)


def test_spans_are_opened_again_of_captures_that_changed_and_of_all_when_the_check_did(
    home: Home, brought_in: Drop
) -> None:
    brought_in({1: 11, 2: 12})
    due = "SELECT capture_id FROM ops.seen ANTI JOIN ops.opened USING (capture_id, seen)"
    with writing(home) as con:
        assert con.execute(due).fetchall() == []
        row = con.execute("SELECT capture_id FROM raw.captures LIMIT 1").fetchone()
        for change in CHANGES:
            con.begin()
            con.execute(change, row)
            assert con.execute(due).fetchall() == [row], change
            con.rollback()
        (check,) = (one for one in check_queries.from_files() if one.remembers)
        assert run_check(con, replace(check, query=check.query + "\n")).passed
        assert len(con.execute(due).fetchall()) == 2, "what another query has found says nothing"


def test_two_runs_at_once_on_a_fresh_home_both_end_well(home: Home, drop: Drop) -> None:
    paths = [drop({1: 11, 2: 12}, "first"), drop({3: 13}, "second")]
    runs = [start(home, path) for path in paths]
    for run in runs:
        out, err = run.communicate(timeout=240)
        assert run.returncode == 0, out + err
    assert ask(home, "SELECT count(*), count(DISTINCT publication_date) FROM clean.articles") == [(3, 3)]


@pytest.mark.parametrize("seconds", [0.5, 1.5, 3.0])
def test_a_run_killed_anywhere_leaks_nothing_and_the_next_one_ends(home: Home, drop: Drop, seconds: float) -> None:
    folder = drop({number: 1 + number % 28 for number in range(1, 60)})
    run = start(home, folder)
    time.sleep(seconds)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    again = start(home, folder)
    out, err = again.communicate(timeout=240)
    assert again.returncode == 0, out + err
    assert ask(home, "SELECT count(*), count(DISTINCT capture_id) FROM raw.deliveries") == [(59, 59)]
    assert ask(home, "SELECT count(DISTINCT capture_id), count(DISTINCT fact_id) = count(*) FROM facts.quotes") == [
        (59, True)
    ]
    with dg.DagsterInstance.get() as instance:
        assert {str(run.status.value) for run in instance.get_runs()} <= {"SUCCESS", "FAILURE"}
        assert instance.event_log_storage.get_concurrency_run_ids() == set()


def test_dagster_knows_the_runs_and_exactly_the_partitions_touched(home: Home, drop: Drop, brought_in: Drop) -> None:
    brought_in({1: 11, 2: 13})
    run_paths(home, [drop({3: 12})])
    with dg.DagsterInstance.get() as instance:
        assert {run.job_name for run in instance.get_runs()} == {"ingest", "extract_and_publish"}
        quotes = dg.AssetKey(["facts", "quotes"])
        assert instance.get_materialized_partitions(quotes) == {"2023-09-11", "2023-09-12", "2023-09-13"}
        last = instance.get_runs(limit=1)[0]
        touched = {
            event.asset_materialization.partition
            for event in (
                record.event_log_entry.dagster_event.event_specific_data and record.event_log_entry
                for record in instance.fetch_materializations(quotes, limit=50).records
            )
            if event.run_id == last.run_id
        }
        assert touched == {"2023-09-12"}
        newest = instance.get_latest_materialization_event(quotes)
        assert newest is not None
        assert newest.asset_materialization is not None
        assert newest.asset_materialization.metadata["dagster/row_count"].value == 3
