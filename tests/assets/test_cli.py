"""The front door as a person meets it: words, formats, exit codes."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest
from dagster._core.errors import DagsterExecutionInterruptedError
from typer.testing import CliRunner

from assets.home import CHECKOUT, Home
from assets.runs import RunFailedError
from assets.sql import SqlFileError
from newsledger import app
from pipelines.rules import RuleError

Drop = Callable[..., Path]


def call(home: Home, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a call."""
    result = CliRunner().invoke(app, [*arguments, "--home", str(home.path)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    "command",
    [(), ("run",), ("status",), ("sql",), ("publish",), ("ui",), ("withdraw",), ("diff",), ("export",)],
    ids=" ".join,
)
def test_help_has_an_example(command: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*command, "--help"]).stdout
    assert "Usage" in shown
    assert not command or "Example" in shown


def test_run_ends_with_a_summary_and_status_repeats_it(home: Home, drop: Drop) -> None:
    folder = drop({1: 11, 2: 12})
    (folder / "empty.txt").write_bytes(b"")
    code, out, _ = call(home, "run", str(folder))
    assert code == 0
    for words in (
        "Articles by outlet",
        "2023-09-12",
        "quotes",
        "1 input could not be read",
        "empty.txt: empty",
        "2 new captures",
        str(home.published),
    ):
        assert words in out
    code, out, _ = call(home, "run", str(folder))
    assert (code, "nothing new, nothing stale" in out) == (0, True)
    code, out, _ = call(home, "status")
    assert (code, "Nothing is stale." in out, "2023-09-12" in out) == (0, True, True)
    home.published.unlink()
    told = call(home, "status")[1]
    assert "a publish failed" in " ".join(told.split()), "the store is as it should be, its copy is not"


def test_nothing_of_an_input_reaches_the_terminal_as_a_command(home: Home, drop: Drop) -> None:
    folder = drop({1: 11})
    (folder / "clear\x1b[2J\nPublished: nothing.pdf").write_bytes(b"%PDF")
    record = {"text": "The bridge was opened on Monday.", "outlet": "The \x1b[8m\u202eRecord"}
    (folder / "records.jsonl").write_text(json.dumps(record), "utf-8")
    _, told, _ = call(home, "run", str(folder))
    _, asked, _ = call(home, "sql", "SELECT uri, outlet_id FROM raw.rejects FULL JOIN clean.articles ON false")
    for out in (told, asked):
        assert not any(sign in out for sign in ("\x1b[2J", "\x1b[8m", "\u202e"))
        assert "␛[8m‹U+202E›Record" in "".join(out.split("\n"))
    assert "␛[2J␊Published: nothing.pdf: unknown_format" in told, "a file's name is no line of ours"


def test_sql_answers_in_each_format(home: Home, brought_in: Drop, tmp_path: Path) -> None:
    brought_in({1: 11})
    query = "SELECT speaker, via, speaker_start FROM facts.quotes"
    assert "Maria Lopes" in call(home, "sql", query)[1]
    assert call(home, "sql", query, "--format", "csv")[1].splitlines()[0] == "speaker,via,speaker_start"
    assert json.loads(call(home, "sql", query, "--format", "json")[1])[0]["speaker"] == "Maria Lopes"
    target = tmp_path / "quotes.parquet"
    assert call(home, "sql", query, "--format", "parquet", "-o", str(target))[0] == 0
    assert pl.read_parquet(io.BytesIO(target.read_bytes()))["speaker"].to_list() == ["Maria Lopes"]


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("run", "no/such/folder"), 2, "there is nothing at no/such/folder"),
        (("run", ".", "--field", "text"), 2, "--field takes OURS=THEIRS"),
        (("run", ".", "--field", "txt=content"), 2, "'txt' is no field of ours; these are: id, url"),
        (("sql", "SELECT 1", "--format", "xml"), 2, "--format is one of table, csv, json, parquet"),
        (("sql", "SELECT 1"), 1, "nothing is published"),
        (("run", "x" * 300), 1, "File name too long"),
        (("ui", "--port", "0"), 2, "--port is a number from 1 to 65535"),
        (("ui", "--port", "65536"), 2, "--port is a number from 1 to 65535"),
    ],
    ids=[
        "missing path",
        "field without equals",
        "field that is not ours",
        "unknown format",
        "nothing published",
        "long path",
        "no port",
        "a high port",
    ],
)
def test_errors_are_one_clear_line(home: Home, arguments: tuple[str, ...], code: int, complaint: str) -> None:
    got, _, err = call(home, *arguments)
    assert got == code
    assert complaint in err
    assert len(err.strip().splitlines()) == 1


def test_a_query_that_duckdb_refuses_is_said_in_its_own_words(home: Home, brought_in: Drop) -> None:
    brought_in({1: 11})
    code, _, err = call(home, "sql", "SELECT nothing FROM facts.quotes")
    assert code == 1
    assert 'Referenced column "nothing" not found' in err


def test_what_can_be_asked_is_asked_too(home: Home, brought_in: Drop) -> None:
    brought_in({1: 11})
    assert "facts.quotes" in call(home, "sql", ".tables")[1]
    assert "speaker_text" in call(home, "sql", ".columns facts.quotes")[1]
    assert "there are .tables and .columns TABLE" in call(home, "sql", ".schema")[2]
    assert ".tables lists what can be asked" in call(home, "sql", "FROM quotes")[2]


def test_an_empty_store_says_how_to_bring_articles_in(home: Home) -> None:
    code, out, _ = call(home, "run")
    assert (code, "newsledger run PATH" in out, "Articles by outlet" in out) == (0, True, False)
    assert (home.path / "inbox").is_dir()


def test_a_reader_of_the_pipe_may_leave(home: Home, brought_in: Drop) -> None:
    brought_in({1: 11})
    for form in ("table", "csv", "json"):
        query = "SELECT range, repeat('x', 900) FROM range(100000)"
        command = [sys.executable, "-m", "newsledger", "sql", query, "--format", form, "--home", str(home.path)]
        with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
            assert asked.stdout
            assert asked.stderr
            assert asked.stdout.read(1)
            asked.stdout.close()
            assert asked.stderr.read() == b""
        assert asked.returncode == 0


def test_readers_cannot_write(home: Home, brought_in: Drop) -> None:
    brought_in({1: 11})
    code, _, err = call(home, "sql", "DELETE FROM facts.quotes")
    assert (code, "read-only" in err) == (1, True)


def test_a_home_that_cannot_be_made_is_said(tmp_path: Path, drop: Drop) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    code, _, err = call(Home(tmp_path / "file" / "home"), "run", str(drop({1: 11})))
    assert code == 1
    assert "cannot be written" in err
    assert len(err.strip().splitlines()) == 1


def test_a_port_in_use_is_said_before_anything_starts(home: Home) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, out, err = call(home, "ui", "--port", str(taken.getsockname()[1]))
    assert (code, out, "Address already in use" in err) == (1, "", True)
    assert not home.path.exists()


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (DagsterExecutionInterruptedError(), 130, "interrupted"),
        (RunFailedError("dagster._core.errors.DagsterExecutionInterruptedError"), 130, "interrupted"),
        (RunFailedError("Query interrupted"), 130, "interrupted"),
        (RuntimeError("Query interrupted"), 130, "interrupted"),
        (PermissionError(13, "Permission denied", "secret.txt"), 1, "error: secret.txt cannot be opened"),
        (duckdb.IOException("IO Error: no space\n\nwith a long trace"), 1, "error: IO Error: no space"),
        (zipfile.BadZipFile("bad magic"), 1, "is damaged: bad magic"),
        (MemoryError(), 1, "error: there is not enough memory"),
        (SqlFileError("new.sql: the first line"), 1, "error: new.sql: the first line"),
        (RuleError("furniture.toml, rule 'x': 'spares' is missing"), 1, "'spares' is missing"),
    ],
    ids=lambda case: type(case).__name__ if isinstance(case, BaseException) else None,
)
def test_whatever_ends_a_command_is_one_line(
    home: Home, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr("assets.runs.run_paths", fail)
    got, _, err = call(home, "run", ".")
    assert got == code
    assert words in err
    assert len(err.strip().splitlines()) == 1


def test_a_damaged_published_file_is_said_and_made_anew(home: Home, brought_in: Drop) -> None:
    brought_in({1: 11})
    home.published.write_bytes(b"garbage" * 1000)
    for command in (("status",), ("sql", "SELECT 1")):
        code, _, err = call(home, *command)
        assert (code, "is damaged" in err, "newsledger publish" in err) == (1, True, True)
        assert len(err.strip().splitlines()) == 1
    assert call(home, "publish")[0] == 0
    assert call(home, "status")[0] == 0


def test_status_makes_nothing_and_says_what_it_cannot_tell(home: Home, drop: Drop) -> None:
    assert "Nothing is published yet" in call(home, "status")[1]
    assert not home.path.exists()
    call(home, "run", str(drop({1: 11})))
    home.working.write_bytes(b"not ours to read")
    before = sorted(home.path.rglob("*"))
    code, out, _ = call(home, "status")
    assert (code, "Articles by outlet" in out, "What is stale cannot be told" in out) == (0, True, True)
    assert sorted(home.path.rglob("*")) == before
