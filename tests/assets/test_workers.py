"""Workers: the same rows in the same order however many there are, and what ends one of them ends nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import hostile_work
import pytest

from assets import clean, facts, pool, raw, work, workers
from assets.drops import register_drops
from assets.home import CHECKOUT, Home
from assets.publish import publish
from assets.raw import ingest
from assets.staleness import stale_drops, touched_dates
from assets.store import peek, writing
from assets.tables import CLEAN, FACTS, RAW
from assets.workers import Stage, map_batches, working
from pipelines.extract.kinds import KINDS
from pipelines.read.stamps import stamps

SAMPLES = CHECKOUT / "seeds" / "captures"
MOMENTS = ("ingested_at", "first_ingested_at")

NUMBERS = Stage[list[int], list[int]](
    hostile_work.double,
    lambda numbers: [0.06] * len(numbers),
    lambda numbers, start, stop: numbers[start:stop],
    lambda parts: [number for part in parts for number in part],
    lambda numbers, why: [f"{number}: {why}" for number in numbers],  # type: ignore[misc]
)
"""Work of .06 s a number, as far as anybody knows: two are more than a piece."""


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever there is to do is worth workers."""
    monkeypatch.setattr(workers, "START_SECONDS", 0.0)


def _made(batches: list[list[int]], count: int, stage: Stage[list[int], list[int]] = NUMBERS) -> list[list[int]]:
    with working(count):
        return [made for _, made in map_batches(stage, batches)]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_is_made_comes_back_in_the_order_of_the_batches(count: int) -> None:
    batches = [list(range(start, start + 5)) for start in range(0, 40, 5)]
    assert _made([*batches, [], [7]], count) == [[2 * number for number in batch] for batch in [*batches, [], [7]]]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("number", "words", "why"),
    [
        (-2, "it exited with code 3", "an exit"),
        (-3, "it was ended by SIGKILL", "as by the kernel where memory runs out"),
        (-4, "it ran out of memory", "Python noticed by itself"),
        (-5, "it took more than 600 s of CPU", "a loop that never ends, in the time of a test"),
    ],
)
def test_a_document_that_ends_its_worker_twice_is_given_up_and_no_other(number: int, words: str, why: str) -> None:
    assert _made([[1, number], [2, 3, 4]], 2) == [[2, f"{number}: {words}"], [4, 6, 8]], why


@pytest.mark.usefixtures("at_once")
def test_what_the_work_raises_is_raised_in_its_turn() -> None:
    with working(2):
        found = map_batches(NUMBERS, [[1], [-1], [2]])
        assert next(found) == ([1], [2])
        with pytest.raises(ValueError, match="minus one"):
            next(found)


@pytest.mark.usefixtures("at_once")
def test_batches_are_fetched_a_few_ahead_and_no_more() -> None:
    """A batch of .6 s: each of two workers has about a second of work waiting, so memory does not grow with the drop."""
    fetched: list[int] = []

    def batches() -> Iterator[list[int]]:
        for number in range(100):
            fetched.append(number)
            yield [number] * 10

    with working(2):
        for place, _ in enumerate(map_batches(NUMBERS, batches())):
            assert len(fetched) - place <= 6
            if place == 20:
                break


def test_little_work_starts_nothing(monkeypatch: pytest.MonkeyPatch, home: Home, drop: Callable[..., Path]) -> None:
    def never(count: int) -> None:
        raise AssertionError("a pool for two articles")

    monkeypatch.setattr(pool, "Pool", never)
    _bring_in(home, 2, drop({1: 1, 2: 2}))
    assert _made([[1, 2], [3]], 2) == [[2, 4], [6]]


def test_work_adds_up_until_workers_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred small drops are much work too."""
    monkeypatch.setattr(workers, "START_SECONDS", 0.5)
    here = replace(NUMBERS, work=hostile_work.where)
    with working(2):
        pids = [made[0][0] for _ in range(6) for _, made in map_batches(here, [[1, 2]])]  # type: ignore[index]
    assert pids[:4] == [os.getpid()] * 4
    assert os.getpid() not in pids[4:]


@pytest.mark.usefixtures("at_once")
def test_a_worker_has_nothing_open_that_is_the_parents(home: Home) -> None:
    """The write lock is held as long as anybody has it open."""
    with working(2), writing(home):
        for _, made in map_batches(replace(NUMBERS, work=hostile_work.where), [[1, 2, 3, 4]]):
            for pid, opened in made:  # type: ignore[misc]
                assert pid != os.getpid()
                assert [name for name in opened if str(home.path) in name] == []


def _gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _wait(done: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 300
    while not done():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def _script(code: str) -> subprocess.Popen[str]:
    path = f"import sys; sys.path[:0] = {[str(CHECKOUT), str(CHECKOUT / 'tests')]!r}\n"
    return subprocess.Popen([sys.executable, "-c", path + code], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT)


def _children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]


BUSY = """
import hostile_work
from assets import pool
workers = pool.Pool(2)
print([workers.submit(hostile_work.where, [1, 1]).result()[0][0]], flush=True)
answers = [workers.submit(hostile_work.spin, [1]) for _ in range(4)]
answers[0].result()
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the kernel of this system cannot be asked to do it")
def test_no_worker_outlives_the_process_that_started_it() -> None:
    """Killed by -9, with two workers in the middle of work that never ends."""
    with _script(BUSY) as parent:
        assert parent.stdout
        parent.stdout.readline()
        _wait(lambda: len(_children(parent.pid)) == 2, "two workers are at work")
        children = _children(parent.pid)
        parent.kill()
    _wait(lambda: all(map(_gone, children)), "a worker goes on without anybody who waits for it")


SLOW = """
import hostile_work, sys
from assets import work, workers
work.read_inputs, workers.START_SECONDS, workers.PIECE_SECONDS = hostile_work.read_slowly, 0.0, 0.001
import newsledger
sys.argv = ["newsledger", "run", {path!r}, "--home", {home!r}, "--workers", "2"]
newsledger.main()
"""


def test_ctrl_c_leaves_the_store_as_it_was_and_no_worker(home: Home, drop: Callable[..., Path]) -> None:
    place = drop({number: 1 + number % 5 for number in range(60)})
    with _script(SLOW.format(path=str(place), home=str(home.path))) as parent:
        _wait(lambda: len(_children(parent.pid)) == 2, "two workers are at work")
        children = _children(parent.pid)
        time.sleep(0.5)
        parent.send_signal(signal.SIGINT)
        assert parent.wait(300) == 130
    assert all(map(_gone, children))
    assert not home.published.exists()
    _bring_in(home, 1, place)
    assert _ask(home, "SELECT count(*) FROM clean.articles") == [(60,)]


CRASH = """
import hostile_work, sys
from assets import work
work.read_inputs = hostile_work.read_inputs
import newsledger
sys.argv = ["newsledger", "run", {path!r}, "--home", {home!r}, "--workers", "1"]
newsledger.main()
"""


def test_after_a_run_that_ended_without_a_word_workers_do_even_little_work(
    home: Home, drop: Callable[..., Path]
) -> None:
    """A page that ends the process, in a drop too small for workers: it must not do so on every run."""
    place = drop(dict.fromkeys(range(3), 1))
    (place / "article-001.txt").write_text(hostile_work.DEADLY, "utf-8")
    code = CRASH.format(path=str(place), home=str(home.path))
    for ended in (-signal.SIGSEGV, 0):
        with _script(code) as process:
            process.communicate(timeout=300)
        assert process.returncode == ended
    assert _ask(home, "SELECT reason, count(*) FROM raw.rejects GROUP BY 1") == [("worker_died", 1)]
    assert _ask(home, "SELECT count(*) FROM clean.articles") == [(2,)]


def _bring_in(home: Home, count: int, *paths: Path) -> None:
    """What a run does, without the orchestrator."""
    with working(count), writing(home) as con:
        for drop_id in register_drops(con, home, list(paths)):
            ingest(con, home, drop_id)
        for drop_id in stale_drops(con):
            clean.clean_drop(con, drop_id)
        facts.extract_dates(con, touched_dates(con), list(KINDS))


def _ask(home: Home, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    with peek(home) as con:
        assert con is not None
        return con.execute(query, list(parameters)).fetchall()


def _make_older(home: Home, stage: str) -> None:
    """As if the code of the stage had changed since."""
    with writing(home) as con:
        con.execute("UPDATE ops.done SET code_version = 'older' WHERE stage = ?", [stage])


def _rows(home: Home) -> dict[str, list[tuple[Any, ...]]]:
    """All rows in the order in which they lie in the working store, without the moments of their arrival."""
    found = {}
    for table in (*RAW, *CLEAN, *FACTS):
        columns = ", ".join(f'"{name}"' for name in table.column_names() if name not in MOMENTS)
        found[table.__table__] = _ask(home, f"SELECT {columns} FROM {table.__table__} ORDER BY rowid")
    return found


@pytest.mark.usefixtures("at_once")
def test_the_rows_are_the_same_whatever_the_number_of_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drop: Callable[..., Path]
) -> None:
    """The samples in all formats, and a drop with rejects and with one article under several names."""
    monkeypatch.setattr(workers, "PIECE_SECONDS", 0.002)
    place = drop({number: 1 + number % 5 for number in range(9)})
    for name, content in {
        "b.txt": b" ",
        "a.html": b"<p> </p>",
        "c.txt": b"%PDF-1",
        "a.xyz": b"x",
        "z.txt": b"",
    }.items():
        (place / name).write_bytes(content)
    (place / "article-000-again.txt").write_bytes((place / "article-007.txt").read_bytes())
    found = []
    for count in (1, 2, 3):
        home = Home(tmp_path / f"home-{count}")
        _bring_in(home, count, SAMPLES, place)
        found.append(_rows(home))
    assert len(found[0]["raw.rejects"]) >= 5
    assert found[0] == found[1] == found[2]


@pytest.mark.usefixtures("at_once")
def test_a_document_that_cannot_be_read_is_a_reject_and_is_not_tried_on_every_run(
    home: Home, drop: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that ends its worker always, one that does so once (as where memory was short), and others around them."""
    place = drop(dict.fromkeys(range(6), 1))
    (place / "article-002.txt").write_text(hostile_work.DEADLY, "utf-8")
    (place / "article-004.txt").write_text(f"{hostile_work.ONCE}{tmp_path / 'mark'} and it is an article.", "utf-8")
    monkeypatch.setattr(raw, "stamps", lambda path, now: stamps(path, now + 10**12))  # long after they were written
    monkeypatch.setattr(work, "read_inputs", hostile_work.read_inputs)
    _bring_in(home, 2, place)
    ((uri, reason, detail),) = _ask(home, "SELECT uri, reason, detail FROM raw.rejects")
    assert uri.endswith("article-002.txt")
    assert (reason, "it was ended by SIGSEGV" in detail) == ("worker_died", True)
    assert _ask(home, "SELECT count(*) FROM raw.captures") == [(5,)]
    assert _ask(home, "SELECT count(*) FROM ops.inputs WHERE stamp IS NOT NULL") == [(6,)], "it is not tried again"


@pytest.mark.usefixtures("at_once")
def test_a_text_that_cannot_be_cleaned_is_one_block_and_is_cleaned_when_the_code_changes(
    home: Home, drop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = drop(dict.fromkeys(range(4), 1))
    text = f"\n {hostile_work.DEADLY}\n\nPublished 3 September 2023\n"
    (place / "article-002.txt").write_text(text, "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(clean, "CLEANING", replace(work.CLEANING, work=hostile_work.cleaned))
        _bring_in(home, 2, place)
    ((capture_id, stage, detail),) = _ask(home, "SELECT capture_id, stage, detail FROM clean.rejects")
    assert (stage, "SIGSEGV" in detail) == ("clean", True)
    query = "SELECT span_start, span_end, kind, rule_id FROM clean.blocks WHERE capture_id = ?"
    assert _ask(home, query, capture_id) == [(2, len(text) - 1, "unknown", "rejects/given_up")]
    assert _ask(home, "SELECT count(*), count(published_on) FROM clean.articles") == [(4, 3)]
    with writing(home) as con:
        assert (stale_drops(con), touched_dates(con)) == ([], []), "it is not tried again"
        publish(con, home)  # raises where a check does not hold
    _make_older(home, "clean")
    _bring_in(home, 2, place)
    assert _ask(home, "FROM clean.rejects") == []
    assert _ask(home, "SELECT count(*), count(published_on) FROM clean.articles") == [(4, 4)]


@pytest.mark.usefixtures("at_once")
def test_an_article_whose_facts_cannot_be_read_has_none_and_says_so(
    home: Home, drop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = drop(dict.fromkeys(range(4), 1))
    with (place / "article-002.txt").open("a", encoding="utf-8") as file:
        file.write(f"\n{hostile_work.DEADLY}\n")
    with monkeypatch.context() as patch:
        patch.setattr(facts, "EXTRACTING", replace(work.EXTRACTING, work=hostile_work.extracted))
        _bring_in(home, 2, place)
    told = "SELECT stage FROM clean.rejects ORDER BY stage"
    assert _ask(home, told) == [(f"facts/{kind}",) for kind in sorted(KINDS)]
    assert _ask(home, "SELECT count(DISTINCT capture_id) FROM facts.quotes") == [(3,)]
    with writing(home) as con:
        assert touched_dates(con) == [], "it is not tried again"
        publish(con, home)  # raises where a check does not hold
    _make_older(home, "facts/quotes")
    _bring_in(home, 2, place)
    assert _ask(home, told) == [(f"facts/{kind}",) for kind in sorted(KINDS) if kind != "quotes"], "of that kind only"
    assert _ask(home, "SELECT count(DISTINCT capture_id) FROM facts.quotes") == [(4,)]
