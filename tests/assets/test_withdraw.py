"""``newsledger withdraw`` and the job of that name: through Dagster, to the published file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from typer.testing import CliRunner

from assets.definitions import defs
from assets.home import Home
from assets.quick import nothing_to_do
from assets.runs import run_paths
from assets.store import writing
from assets.withdrawal import withdrawn_folders
from assets.withdrawn import mark, unsettled, withdrawn
from newsledger import app
from pipelines.read.folders import drop_id_of

Drop = Callable[..., Path]


def call(home: Home, *arguments: str, answer: str | None = None) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a call."""
    result = CliRunner().invoke(app, [*arguments, "--home", str(home.path)], input=answer)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def ask(home: Home, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.published), read_only=True) as con:
        return con.execute(query).fetchall()


def partitions(home: Home) -> list[str]:
    with dg.DagsterInstance.get() as instance:
        return sorted(instance.get_dynamic_partitions("drops"))


def test_the_job_launched_in_the_ui_publishes_what_is_left(home: Home, brought_in: Drop) -> None:
    first = brought_in({1: 11, 2: 12}, "first", second={2: 12, 3: 13})
    second = first.with_name("second")
    with dg.DagsterInstance.get() as instance:
        # as the UI launches it: for a partition, without our tags
        result = defs.resolve_job_def("withdraw").execute_in_process(instance=instance, partition_key=drop_id_of(first))
        assert result.success
        assert [run.job_name for run in instance.get_runs()] == [
            "extract_and_publish", "withdraw", "extract_and_publish", "ingest",
        ]  # fmt: skip
        assert instance.event_log_storage.get_concurrency_run_ids() == set()
    assert partitions(home) == [drop_id_of(second)]
    assert ask(home, "SELECT DISTINCT publication_date FROM facts.all_kinds ORDER BY 1") == [
        ("2023-09-12",),
        ("2023-09-13",),
    ]
    assert ask(home, "SELECT DISTINCT drop_id FROM raw.captures") == [(drop_id_of(second),)]


def test_the_command_tells_asks_and_does_it(home: Home, brought_in: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    first = brought_in({1: 11, 2: 12}, "first", second={2: 12, 3: 13})
    second = first.with_name("second")
    before = home.published.read_bytes()
    code, out, err = call(home, "withdraw", str(first))
    assert (code, "nobody is there to be asked: add --yes" in err) == (2, True)
    for words in (
        drop_id_of(first),
        str(first),
        "go: 1 capture with their articles on 1 date (2023-09-11)",
        f"stay: 1 capture that another delivered too, handed to {drop_id_of(second)}",
    ):
        assert words in out
    monkeypatch.setattr("newsledger._somebody_is_there", lambda: True)
    assert call(home, "withdraw", str(first), answer="n\n")[0] == 1
    assert home.published.read_bytes() == before
    code, out, _ = call(home, "withdraw", str(first), answer="y\n")
    assert (code, "withdrew 1 drop with 1 capture; 1 date brought up to date" in out) == (0, True)
    assert ask(home, "SELECT count(*), count(DISTINCT drop_id) FROM raw.captures") == [(2, 1)]
    assert partitions(home) == [drop_id_of(second)]
    # once more finds nothing to do, and an arrival by name is a new one
    code, out, _ = call(home, "withdraw", drop_id_of(first))
    assert (code, "withdrawn already" in out) == (0, True)
    run_paths(home, [first])
    assert ask(home, "SELECT drop_seq FROM raw.drops ORDER BY 1") == [(2,), (3,)]


def test_an_unknown_drop_is_one_line_that_lists_what_there_is(home: Home, drop: Drop, tmp_path: Path) -> None:
    code, _, err = call(home, "withdraw", "nothing")
    assert (code, "nothing was ever brought in" in err, home.path.exists()) == (1, True, False)
    run_paths(home, [drop({1: 11}, "first")])
    code, _, err = call(home, "withdraw", "nothing")
    assert code == 2
    assert f"no drop is called nothing, or came from there; there are {drop_id_of(tmp_path / 'first')}" in err
    assert len(err.strip().splitlines()) == 1


def test_withdrawing_everything_leaves_an_empty_store_that_answers(home: Home, brought_in: Drop) -> None:
    first = brought_in({1: 11}, "first", second={2: 12})
    second = first.with_name("second")
    assert call(home, "withdraw", str(first), str(second), "--yes")[0] == 0
    assert ask(home, "SELECT count(*) FROM marts.quote_book") == [(0,)]
    assert ask(home, "SELECT count(*) FROM raw.drops") == [(0,)]
    code, out, _ = call(home, "status")
    assert (code, "Nothing is stale." in out) == (0, True)
    assert call(home, "run")[0] == 0


def test_what_lies_in_the_inbox_stays_out_and_the_fast_path_knows(home: Home, drop: Drop) -> None:
    home.prepare()
    (inbox := home.path / "inbox").mkdir()
    entry = inbox / "morning"
    shutil.move(drop({1: 11}), entry)
    run_paths(home, None)
    call(home, "withdraw", str(entry), "--yes")
    run_paths(home, None)
    assert ask(home, "SELECT count(*) FROM raw.drops") == [(0,)]
    assert nothing_to_do(home, None) == []
    run_paths(home, [entry])
    assert ask(home, "SELECT count(*) FROM raw.drops") == [(1,)]
    assert withdrawn(home) == set()


def test_a_run_finishes_what_was_cut_off(home: Home, brought_in: Drop) -> None:
    """Killed right after it was marked: nothing of it has happened, and the fast path must not say that nothing is to do."""
    first = brought_in({1: 11}, "first", second={2: 12})
    second = first.with_name("second")
    mark(home, [(drop_id_of(first), 1, str(first))], [], "")
    assert unsettled(home)
    assert nothing_to_do(home, [second]) is None
    run_paths(home, [second])
    assert not unsettled(home)
    assert ask(home, "SELECT drop_id FROM raw.captures") == [(drop_id_of(second),)]
    assert partitions(home) == [drop_id_of(second)]


def test_purge_leaves_no_byte_of_it_in_the_home(home: Home, drop: Drop) -> None:
    first = drop({}, "first")
    (first / "secret.txt").write_text("The word is quillfeather, said Ana Ruiz on 4 May 2022.", "utf-8")
    run_paths(home, [first, drop({2: 12}, "second")])
    shutil.copyfile(home.working, home.working.with_suffix(".old-1"))
    kept = list(home.history.iterdir())
    assert kept
    assert call(home, "withdraw", str(first), "--yes")[0] == 0
    assert withdrawn_folders(home, drop_id_of(first))
    code, out, _ = call(home, "withdraw", str(first), "--purge", "--yes")
    assert (code, "removed for good" in out) == (0, True)
    assert withdrawn_folders(home, drop_id_of(first)) == {}
    files = [path for path in home.path.rglob("*") if path.is_file() and home.dagster not in path.parents]
    assert [path for path in files if b"quillfeather" in path.read_bytes()] == []
    assert not any(path.exists() for path in kept)
    assert list(home.history.iterdir()), "copies without it stay"
    with writing(home) as con:
        assert con.execute("SELECT count(*) FROM clean.articles").fetchone() == (1,)
    run_paths(home, [])
    assert ask(home, "SELECT count(*) FROM raw.captures") == [(1,)]
