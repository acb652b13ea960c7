"""Published copies that are kept: which of them, and which one answers for a moment."""

from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import preloaded
import pytest
from typer.testing import CliRunner

from assets import history
from assets.history import Copy, HistoryError, WhenError, as_of, kept, moment, publications, retained
from assets.home import Home
from assets.publish import publish
from assets.runs import run_paths
from assets.store import writing
from newsledger import app

Drop = Callable[..., Path]
Clock = Callable[[str], None]


def at(words: str) -> dt.datetime:
    return dt.datetime.fromisoformat(words)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A function that sets the clock by which the store is published."""
    return lambda words: monkeypatch.setattr("assets.publish.now", lambda: at(words))


def publish_at(home: Home, clock: Clock, *moments: str, keep: int = 9) -> None:
    for words in moments:
        clock(words)
        with writing(home) as con, history.keeping(keep):
            publish(con, home)


def kept_at(home: Home) -> list[str]:
    return [copy.published_at.isoformat(" ", "minutes") for copy in kept(home)]


def call(home: Home, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [*arguments, "--home", str(home.path)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("published", "keep", "left"),
    [
        ("", 3, ""),
        ("1T01 1T02 1T03 1T04", 2, "1T03 1T04"),
        ("1T01 1T02 2T01 2T02 3T01 3T02", 2, "2T02 3T01 3T02"),
        ("1T01 1T02 2T01 3T01 3T02 3T03", 3, "1T02 2T01 3T01 3T02 3T03"),
        ("1T01 5T01 9T01", 2, "5T01 9T01"),
        ("5T01 5T03 5T02", 1, "5T02"),
        ("5T03 4T01", 1, "5T03 4T01"),
        ("1T01 2T01", 0, ""),
    ],
    ids=[
        "nothing there",
        "the newest of one day",
        "and the last of each of the last days",
        "a day whose last copy is old counts",
        "days without a copy do not count",
        "within a day the last published is the last, whatever the clock said",
        "a clock that went back to the day before",
        "none",
    ],
)
def test_the_newest_and_the_last_of_each_day_are_kept(published: str, keep: int, left: str) -> None:
    copies = [
        Copy(number, dt.datetime(2026, 11, int(words[0]), int(words[2:])))
        for number, words in enumerate(published.split())
    ]
    assert [f"{copy.published_at:%-dT%H}" for copy in retained(copies, keep)] == left.split()


@pytest.mark.parametrize(
    ("words", "covered", "not_covered"),
    [
        ("2026-11-20", "2026-11-20T23:59:59.999999", "2026-11-21T00:00"),
        ("2026-11-20T14:00", "2026-11-20T14:00", "2026-11-20T14:00:00.000001"),
        ("2026-11-20 14:00:30", "2026-11-20T14:00:30", "2026-11-20T14:00:31"),
        ("2026-11-20T14:00Z", "2026-11-20T14:00", "2026-11-20T14:01"),
        ("2026-11-20T14:00+02:00", "2026-11-20T12:00", "2026-11-20T12:01"),
    ],
    ids=[
        "a date is the end of its day",
        "a moment is UTC",
        "a space will do",
        "as it says",
        "an offset is reckoned with",
    ],
)
def test_a_moment_covers_what_was_published_by_then(words: str, covered: str, not_covered: str) -> None:
    assert at(covered) <= moment(words) < at(not_covered)


@pytest.mark.parametrize(
    "words", ["", "yesterday", "2026-13-01", "20.11.2026", "0001-01-01T00:00+09:00", "14:00", "2026-11-20T25:00"]
)
def test_what_is_no_moment_is_said(words: str) -> None:
    with pytest.raises(WhenError, match=r"such as 2026-11-20.*got "):
        moment(words)


def test_yesterdays_answer_can_be_asked_again(home: Home, drop: Drop, clock: Clock) -> None:
    for day, number in ((18, 1), (19, 2), (20, 3)):
        clock(f"2026-11-{day}T03:00")
        run_paths(home, [drop({number: 11})])
    assert [copy.sequence for copy in kept(home)] == [1, 2, 3]
    newest = kept(home)[-1].path
    assert newest
    assert newest.samefile(home.published), "one file under two names: history costs no second write"
    query = "SELECT count(*) AS captures FROM raw.captures"
    for words, captures in (
        ("2026-11-18", 1),
        ("2026-11-19T02:59", 1),
        ("2026-11-19T03:00", 2),
        ("2026-11-20T04:00+02:00", 2),
        ("2027-01-01", 3),
    ):
        assert call(home, "sql", query, "--as-of", words, "--format", "csv") == (0, f"captures\n{captures}\n", ""), (
            words
        )
    code, _, err = call(home, "sql", query, "--as-of", "2026-11-17")
    assert (code, err.count("\n")) == (1, 1)
    assert "3 copies are kept, published from 2026-11-18 03:00:00 UTC to 2026-11-20 03:00:00 UTC" in err
    assert call(home, "sql", query, "--as-of", "last week")[0] == 2
    assert "Copies: 3, from 2026-11-18 03:00:00 UTC" in call(home, "status")[1]
    with duckdb.connect(str(home.published), read_only=True) as con:
        assert con.execute("SELECT sequence, published_at FROM ops.publication").fetchall() == [
            (3, at("2026-11-20T03:00"))
        ]


def test_a_moment_whose_copy_is_gone_is_not_answered_by_another(home: Home, clock: Clock) -> None:
    publish_at(home, clock, "2026-11-18T03:00", "2026-11-18T12:00", "2026-11-18T22:00", "2026-11-19T22:00", keep=2)
    assert kept_at(home) == ["2026-11-18 22:00", "2026-11-19 22:00"]
    with pytest.raises(HistoryError, match=r"published 2026-11-18 12:00:00 UTC, is no longer kept: 2 copies are"):
        as_of(home, "2026-11-18T13:00")
    assert as_of(home, "2026-11-18").published_at == at("2026-11-18T22:00")


def test_keep_is_a_setting_and_a_call_may_say_otherwise(home: Home, drop: Drop, clock: Clock) -> None:
    home.path.mkdir(parents=True)
    (home.path / "settings.toml").write_text("keep = 1", "utf-8")
    clock("2026-11-18T03:00")
    for number, arguments in enumerate(((), ("--keep", "2"), ("--keep", "3")), 1):
        assert call(home, "run", str(drop({number: 11})), *arguments)[0] == 0
        assert len(kept(home)) == number
    assert call(home, "publish")[0] == 0
    assert len(kept(home)) == 1
    assert call(home, "publish", "--keep", "0")[0] == 0
    assert kept(home) == []
    assert "no earlier one" in call(home, "status")[1]
    assert [copy.sequence for copy in publications(home) if copy.path] == [5], (
        "the published file itself is still there"
    )
    assert call(home, "publish", "--keep", "2")[0] == 0
    assert [copy.sequence for copy in kept(home)] == [5, 6], "what was current when keeping began again is kept"
    assert call(home, "publish", "--keep", "-1")[0] == 2


def test_copies_stay_in_order_when_the_clock_goes_backwards(home: Home, clock: Clock) -> None:
    publish_at(home, clock, "2026-11-20T10:00", "2026-11-20T12:00", "2026-11-20T09:00")
    assert [(copy.sequence, copy.published_at.hour) for copy in kept(home)] == [(1, 10), (2, 12), (3, 9)]
    assert as_of(home, "2026-11-20").sequence == 3, "the last of the day is the one published last"
    assert history.previous(home, history.current(home)).sequence == 2


def test_a_file_system_without_links_gets_a_copy(home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    publish_at(home, clock, "2026-11-20T10:00")
    path = kept(home)[0].path
    assert path
    assert path.read_bytes() == home.published.read_bytes()
    assert not path.samefile(home.published)
    assert [file.name for file in home.history.iterdir()] == [path.name], "nothing half-written is left"


CRASHES = {
    "while a copy is written": """
    os.link = lambda *paths: exec('raise OSError(1, "no links here")')
    shutil.copyfile = lambda source, target: (target.write_bytes(b"half"), os._exit(9))""",
    "between the link and the rename": """
    pathlib.Path.replace = lambda *paths: os._exit(9)""",
    "between the rename and the clearing": """
    history.prune = lambda *of: os._exit(9)""",
}
CRASHING = """
import datetime, os, pathlib, shutil, sys
import assets.publish
from assets import history
from assets.home import Home
from assets.publish import publish
from assets.store import writing
home = Home(pathlib.Path(sys.argv[1]))
assets.publish.now = lambda: datetime.datetime(2026, 11, 20, 18)
with writing(home) as con:
    {crash}
    publish(con, home)
"""


@pytest.mark.parametrize("crash", CRASHES)
def test_a_crash_leaves_only_whole_copies_and_the_next_publish_clears_up(home: Home, clock: Clock, crash: str) -> None:
    publish_at(home, clock, "2026-11-19T10:00", "2026-11-20T10:00", keep=2)
    code = CRASHING.format(crash=CRASHES[crash])
    ended = preloaded.call(["-c", code, str(home.path)])
    assert ended.returncode == 9, ended.stderr
    for copy in publications(home):
        assert copy.path
        with duckdb.connect(str(copy.path), read_only=True) as con:
            assert con.execute("SELECT sequence FROM ops.publication").fetchall() == [(copy.sequence,)]
    published = 3 if "clearing" in crash else 2
    assert history.current(home).sequence == published, "what was never published is nobody's answer"
    publish_at(home, clock, "2026-11-21T10:00", keep=2)
    assert [copy.sequence for copy in kept(home)] == [published, published + 1]
    assert len(list(home.history.iterdir())) == 2


def test_a_damaged_published_file_loses_neither_the_copies_nor_their_order(home: Home, clock: Clock) -> None:
    publish_at(home, clock, "2026-11-19T10:00", "2026-11-20T10:00")
    home.published.unlink()
    home.published.write_bytes(b"not a store")
    with pytest.raises(HistoryError, match="newsledger publish makes it anew"):
        as_of(home, "2026-11-19")
    publish_at(home, clock, "2026-11-21T10:00")
    assert [(copy.sequence, copy.path is not None) for copy in publications(home)] == [(1, True), (2, True), (3, True)]


def test_the_copy_of_an_earlier_release_is_kept_too(home: Home, clock: Clock) -> None:
    home.prepare()
    with duckdb.connect(str(home.published)) as con:
        con.execute("CREATE SCHEMA ops")
        con.execute(
            "CREATE TABLE ops.publication (published_at TIMESTAMP, run_id VARCHAR, state VARCHAR, schema VARCHAR)"
        )
        con.execute("INSERT INTO ops.publication VALUES ('2026-11-01 03:00:00', 'a run', 'a state', 'a schema')")
    publish_at(home, clock, "2026-11-20T10:00")
    assert [(copy.sequence, copy.run_id) for copy in publications(home)] == [(0, "a run"), (1, None)]
    assert kept_at(home) == ["2026-11-01 03:00", "2026-11-20 10:00"]
    assert as_of(home, "2026-11-02").sequence == 0
