"""A drop's rows taken out: what is left is what there would be had it never come, wherever the work is cut off."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from assets import drops, raw, withdrawal, withdrawn
from assets.clean import clean_drop
from assets.drops import register_drops
from assets.facts import extract_dates
from assets.home import Home
from assets.raw import ingest
from assets.staleness import stale_drops, touched_dates
from assets.store import StoreError, select, writing
from assets.tables import TABLES, order_by
from assets.withdrawal import losses, withdraw
from pipelines.extract.kinds import KINDS
from pipelines.read.folders import drop_id_of

MOMENTS = ("drop_seq", "first_ingested_at", "ingested_at")
"""What tells of the day and the order of arrival."""

Rows = dict[str, list[tuple[Any, ...]]]


def settle(con: Any) -> None:
    """What a run does after reading, without the orchestrator."""
    for drop_id in stale_drops(con):
        clean_drop(con, drop_id)
    extract_dates(con, touched_dates(con), list(KINDS))


def bring(home: Home, *paths: Path) -> None:
    with writing(home) as con:
        for drop_id in register_drops(con, home, paths):
            ingest(con, home, drop_id)
        settle(con)


def take_out(home: Home, *paths: Path) -> None:
    with writing(home) as con:
        withdraw(con, home, [drop_id_of(path) for path in paths])
        settle(con)


def rows(home: Home, without: Sequence[str] = (), prefix: str = "") -> Rows:
    """Every table of the store, and which captures went through which stages; some columns aside."""
    with writing(home) as con:
        found = {
            table.__table__: select(con, f"FROM {table.__table__} ORDER BY {order_by(table)}").drop(without, strict=False).rows()
            for table in TABLES
        }  # fmt: skip
        found["ops.done"] = con.execute("FROM ops.done ORDER BY ALL").fetchall()
        found["ops.touched_dates"] = con.execute("FROM ops.touched_dates ORDER BY ALL").fetchall()
    return {name: found[name] for name in found if name.startswith(prefix)}


def lose(home: Home) -> None:
    home.working.unlink(missing_ok=True)
    home.working.with_name(home.working.name + ".wal").unlink(missing_ok=True)


@pytest.fixture
def homes(tmp_path: Path) -> Callable[[str], Home]:
    return lambda name: Home(tmp_path / "homes" / name)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Make it a day of October 2026; every look at the clock is a second later than the one before."""
    clock = {"now": dt.datetime(2026, 10, 1)}

    def now() -> dt.datetime:
        clock["now"] += dt.timedelta(seconds=1)
        return clock["now"]

    for module in (drops, raw):
        monkeypatch.setattr(module, "now", now)
    return lambda number: clock.update(now=dt.datetime(2026, 10, number))


SENTENCES = (
    "The ferry office in Aveiro reopened on 4 May, the mayor said on Tuesday.",
    "“We have a budget,” said Ines Roque, who chairs the council.\n\nIt rose by 12 percent to 40 million euros.",
    "LISBON (AP) - Two hundred people crossed the new bridge on its first day, 12 September 2023.",
    "The school board met for three hours. No vote was taken.",
)


def scribble(folder: Path, chance: random.Random) -> None:
    """A few files out of very few texts, so that drops deliver the same bytes, twice over too; and an unreadable one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in chance.sample("abcdef", 3):
        (folder / f"{name}.txt").write_text(chance.choice(SENTENCES), "utf-8")
    lines = [{"text": chance.choice(SENTENCES), "title": chance.choice("XY")} for _ in range(chance.randint(0, 12))]
    (folder / "list.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    if chance.random() < 0.5:
        (folder / "empty.txt").write_bytes(b"")


@pytest.mark.parametrize("seed", range(4))
def test_what_is_left_is_what_a_home_holds_that_never_saw_the_drop(
    homes: Callable[[str], Home], day: Callable[[int], None], tmp_path: Path, seed: int
) -> None:
    """Drops share texts and grow between runs; one or two go. The rest stands as in a home of its own, and in a rebuilt one."""
    chance = random.Random(seed)
    folders = [tmp_path / name for name in ("north", "south", "east", "west")]
    leaving = chance.sample(folders, chance.choice((1, 1, 2)))
    with_it, without = homes("with"), homes("without")
    for number in range(1, 4):
        arriving = chance.sample(folders, chance.randint(1, 4))
        for folder in arriving:
            scribble(folder, chance)
        day(number)
        bring(with_it, *arriving)
        day(number)
        bring(without, *(folder for folder in arriving if folder not in leaving))
    # Later on the same day: a year that an article leaves open is read from the day of arrival.
    take_out(with_it, *leaving)
    expected = rows(without, MOMENTS)
    assert rows(with_it, MOMENTS) == expected
    lose(with_it)
    assert rows(with_it, MOMENTS, "raw.") == {name: expected[name] for name in expected if name.startswith("raw.")}


def test_numbers_are_not_given_out_again_and_an_explicit_arrival_is_a_new_one(
    homes: Callable[[str], Home], tmp_path: Path, drop: Callable[..., Path]
) -> None:
    home, first, second = homes("home"), drop({1: 11}, "first"), drop({2: 12}, "second")
    bring(home, first, second)
    take_out(home, second)
    assert withdrawn.withdrawn(home) == {drop_id_of(second)}
    lose(home)
    bring(home, third := drop({3: 13}, "third"))
    bring(home, second)
    assert withdrawn.withdrawn(home) == set()
    with writing(home) as con:
        order = con.execute("SELECT path, drop_seq FROM raw.drops ORDER BY drop_seq").fetchall()
    assert order == [(str(first), 1), (str(third), 3), (str(second), 4)]
    assert len(rows(home)["raw.captures"]) == 3
    take_out(home, second)
    assert sorted(path.name for path in (home.sources / ".withdrawn").iterdir()) == [
        f"{drop_id_of(second)}-1",
        f"{drop_id_of(second)}-2",
    ]


def test_losses_are_told_beforehand(homes: Callable[[str], Home], drop: Callable[..., Path]) -> None:
    home, first, second = homes("home"), drop({1: 11, 2: 12, 3: 12}, "first"), drop({2: 12}, "second")
    (first / "empty.txt").write_bytes(b"")
    bring(home, first, second)
    with writing(home) as con:
        told = losses(con, [drop_id_of(first)])
    assert (told.captures, told.dates, told.rejects) == (2, ("2023-09-11", "2023-09-12"), 1)
    assert (told.kept, told.kept_by) == (1, (drop_id_of(second),))
    assert told.facts > 0


def test_missing_bytes_that_others_need_stop_a_withdrawal_before_anything_happens(
    homes: Callable[[str], Home], drop: Callable[..., Path]
) -> None:
    home, first, second = homes("home"), drop({1: 11}, "first"), drop({1: 11}, "second")
    bring(home, first, second)
    before = rows(home)
    shutil.rmtree(home.sources / drop_id_of(first))
    with pytest.raises(StoreError, match=r"original bytes of 1 captures .* are missing"):
        take_out(home, first)
    assert rows(home) == before
    assert withdrawn.withdrawn(home) == set()
    take_out(home, first, second)
    assert rows(home)["raw.captures"] == []


def test_a_store_restored_from_an_older_copy_does_not_bring_the_drop_back(
    homes: Callable[[str], Home], drop: Callable[..., Path]
) -> None:
    home, first, second = homes("home"), drop({1: 11, 2: 12}, "first"), drop({2: 12}, "second")
    bring(home, first, second)
    older = home.working.read_bytes()
    take_out(home, first)
    after = rows(home)
    home.working.write_bytes(older)
    with writing(home) as con:
        settle(con)
    assert rows(home) == after


def test_it_can_be_put_back_by_hand(homes: Callable[[str], Home], drop: Callable[..., Path]) -> None:
    """As docs/why/withdraw.md says, for a drop whose path is gone."""
    home, first, second = homes("home"), drop({1: 11, 2: 12}, "first"), drop({2: 12}, "second")
    bring(home, first, second)
    before = rows(home)
    take_out(home, first)
    folder = withdrawal.withdrawn_folders(home, drop_id_of(first))[1]
    folder.replace(home.sources / drop_id_of(first))
    kept = withdrawn.marks(home)
    kept.drops.clear()
    withdrawn.keep_marks(home, kept)
    lose(home)
    with writing(home) as con:
        settle(con)
    assert rows(home) == before


class Killed(BaseException):
    """Stands for kill -9."""


EVERY = 9
"""All hundred take a minute."""

WATCHED = {withdrawal.__file__, withdrawn.__file__}


def killed_at(line: tuple[str, int], work: Callable[[], None]) -> bool:
    """Do the work and end it where it first comes to a line of the modules under test; False if it never comes there."""

    def inside(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line" and (frame.f_code.co_filename, frame.f_lineno) == line:
            sys.settrace(None)
            raise Killed
        return inside

    before = sys.gettrace()
    sys.settrace(lambda frame, event, _: inside if frame.f_code.co_filename in WATCHED else None)
    try:
        work()
    except Killed:
        return True
    finally:
        sys.settrace(before)
    return False


def lines_of(work: Callable[[], None]) -> list[tuple[str, int]]:
    """The lines of the modules under test that some work comes to."""
    seen: dict[tuple[str, int], None] = {}

    def inside(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            seen[frame.f_code.co_filename, frame.f_lineno] = None
        return inside

    before = sys.gettrace()
    sys.settrace(lambda frame, event, _: inside if frame.f_code.co_filename in WATCHED else None)
    try:
        work()
    finally:
        sys.settrace(before)
    return list(seen)


@pytest.fixture
def copies(tmp_path: Path, homes: Callable[[str], Home]) -> Callable[[Home], Iterator[Home]]:
    def made(home: Home) -> Iterator[Home]:
        number = 0
        while True:
            copy = homes(f"copy-{number}")
            shutil.copytree(home.path, copy.path)
            yield copy
            shutil.rmtree(copy.path)
            number += 1

    return made


def test_cut_off_at_any_line_it_is_whole_or_gone(
    homes: Callable[[str], Home], copies: Callable[[Home], Iterator[Home]], drop: Callable[..., Path]
) -> None:
    """Lines that the work comes to are places to be killed at: each ninth here, all of them by EVERY = 1. The next opening of the store, and the rebuilding of
    one that was lost as well, finds the drop as it was or as it was to be."""
    home, first, second = homes("home"), drop({1: 11, 2: 12}, "first"), drop({2: 12, 3: 13}, "second")
    bring(home, first, second)
    fresh = copies(home)
    whole = rows(home)

    trial = next(fresh)
    places = lines_of(lambda: take_out(trial, first))
    gone = rows(trial)
    assert len(gone["raw.captures"]) == 2
    ends = {"whole": 0, "gone": 0}
    for place in places[::EVERY]:
        trial = next(fresh)
        assert killed_at(place, lambda trial=trial: take_out(trial, first)), place  # type: ignore[misc]
        with writing(trial) as con:
            settle(con)
        found = rows(trial)
        assert found in (whole, gone), place
        assert not (trial.sources / ".withdrawing").exists()
        assert withdrawn.withdrawn(trial) == (set() if found == whole else {drop_id_of(first)})
        ends["whole" if found == whole else "gone"] += 1
        lose(trial)
        expected = whole if found == whole else gone
        assert rows(trial, prefix="raw.") == {name: expected[name] for name in expected if name.startswith("raw.")}
    assert min(ends.values()) > 2
