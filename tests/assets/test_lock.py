"""One writer: processes of one machine wait for each other, other machines are refused with a reason."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import preloaded
import pytest

from assets import lock as locks
from assets.home import CHECKOUT, Home, HomeError
from assets.lock import Holder, claim_of
from assets.runs import run_paths
from assets.store import peek, writing

HOLD = """
import sys, time
from pathlib import Path
from assets.home import Home
with Home(Path(sys.argv[1])).writer():
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextlib.contextmanager
def another_process(home: Home) -> Iterator[subprocess.Popen[str]]:
    """A process of this machine that writes to a home until it is told to stop."""
    command = [sys.executable, "-c", HOLD, str(home.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def another_machine(home: Home, *, seconds_ago: float = 0.0) -> Holder:
    """The claim of a process on another machine, last touched so long ago."""
    home.prepare()
    holder = replace(
        Holder.here(), host="fen", machine="of-fen", boot="of-fen", pid=4711, since="2026-11-21 08:00:00 UTC"
    )
    claim = claim_of(home.lock)
    claim.write_text(json.dumps(asdict(holder)), "utf-8")
    touched = time.time() - seconds_ago
    os.utime(claim, (touched, touched))
    return holder


def test_the_holder_says_who_it_is_and_a_clean_end_leaves_nothing(home: Home) -> None:
    with home.writer():
        said = json.loads(claim_of(home.lock).read_text("utf-8"))
        assert said["pid"] == os.getpid()
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", said["since"])
        with home.writer():
            pass  # its own lock is no obstacle
        assert claim_of(home.lock).exists()
    assert sorted(path.name for path in home.lock.parent.iterdir()) == ["lock", "tmp"]


def test_whoever_waits_names_the_process_and_since_when_it_writes(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "PATIENCE_SECONDS", 0.05)
    said: list[str] = []
    with another_process(home) as other:
        assert home.busy()

        def hear(words: str) -> None:
            said.append(words)
            assert other.stdin is not None
            other.stdin.write("stop\n")
            other.stdin.flush()

        with home.writer(hear):
            pass
    assert len(said) == 1
    assert re.fullmatch(
        rf"waiting: process {other.pid} has been writing to {re.escape(str(home.path))} since \d{{4}}-.* UTC", said[0]
    )
    assert not home.busy()


def test_a_killed_process_leaves_its_claim_and_the_next_one_takes_it_at_once(home: Home) -> None:
    with another_process(home) as other:
        other.kill()
        other.wait()
    assert claim_of(home.lock).exists()
    said: list[str] = []
    with home.writer(said.append):
        assert locks.was_cut_off(home.lock)
    assert said == [], "its death is the kernel's word; there is nothing to wait for"


def test_another_living_machine_is_a_reason_to_refuse_at_once(home: Home) -> None:
    another_machine(home)
    with (
        pytest.raises(
            HomeError, match=r"process 4711 on machine fen has been writing to .* since 2026-11-21 08:00:00 UTC"
        ),
        home.writer(),
    ):
        raise AssertionError("two machines write")
    assert home.busy()
    assert "4711" in claim_of(home.lock).read_text("utf-8"), "the claim is still theirs"


def test_a_run_refused_because_of_another_machine_is_one_line(home: Home, drop: Callable[..., Path]) -> None:
    another_machine(home)
    done = preloaded.call(["-m", "newsledger", "run", "--home", str(home.path), str(drop({1: 11}))])
    assert done.returncode == 1
    assert re.fullmatch(
        r"error: process 4711 on machine fen has been writing to .* lapses after a minute\n", done.stderr
    )
    assert not home.working.exists()


def test_a_machine_that_was_not_heard_of_for_a_minute_is_dead(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "BEAT_SECONDS", 0.05)
    another_machine(home, seconds_ago=61)
    assert not home.busy()
    said: list[str] = []
    with home.writer(said.append):
        assert json.loads(claim_of(home.lock).read_text("utf-8"))["pid"] == os.getpid()
    assert said == ["process 4711 on machine fen has not been heard of for over a minute: taking over"]


@pytest.mark.parametrize("seconds_ago", [3600, -3600], ids=["put forward", "put back"])
def test_a_clock_that_jumped_does_not_make_a_living_machine_dead(
    home: Home, monkeypatch: pytest.MonkeyPatch, seconds_ago: float
) -> None:
    """The claim looks an hour off, and then its holder touches it again: it lives."""
    monkeypatch.setattr(locks, "BEAT_SECONDS", 0.05)
    another_machine(home, seconds_ago=seconds_ago)
    monkeypatch.setattr(locks.time, "sleep", lambda seconds: os.utime(claim_of(home.lock)))
    with pytest.raises(HomeError, match="machine fen"), home.writer():
        pass


def test_a_claim_that_cannot_be_read_is_another_machines_until_it_lapses(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "BEAT_SECONDS", 0.05)
    home.prepare()
    claim_of(home.lock).write_bytes(b"half a cla")
    with pytest.raises(HomeError, match="another machine"), home.writer():
        pass
    os.utime(claim_of(home.lock), (1, 1))
    with home.writer():
        pass


def test_the_claim_is_touched_while_the_process_lives(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "BEAT_SECONDS", 0.02)
    with home.writer():
        os.utime(claim_of(home.lock), (1, 1))
        until = time.monotonic() + 10
        while claim_of(home.lock).stat().st_mtime < 2 and time.monotonic() < until:
            time.sleep(0.02)
        assert claim_of(home.lock).stat().st_mtime > 2


def test_a_machine_that_slept_while_another_took_over_stops_at_once(home: Home) -> None:
    script = HOLD.replace("import sys, time", "import sys, time, assets.lock as locks; locks.BEAT_SECONDS = 0.05")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, cwd=CHECKOUT,
    ) as slept:  # fmt: skip
        assert slept.stdout is not None
        slept.stdout.readline()
        claim = claim_of(home.lock)
        part = claim.with_suffix(".other")
        part.write_text(json.dumps(asdict(replace(Holder.here(), host="fen"))), "utf-8")
        part.replace(claim)
        slept.wait(300)
        assert slept.stderr is not None
        told = slept.stderr.read()
    assert slept.returncode == 1
    assert "another machine writes now" in told
    assert "fen" in claim.read_text("utf-8"), "what is theirs stays theirs"


def test_without_hard_links_the_claim_is_made_all_the_same(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(locks.os, "link", refuse)
    with home.writer():
        assert json.loads(claim_of(home.lock).read_text("utf-8"))["pid"] == os.getpid()
    another_machine(home)
    with pytest.raises(HomeError, match="machine fen"), home.writer():
        pass


def test_a_file_system_without_locks_is_said(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(HomeError, match=r"file system without file locks .*No locks available.* --home"), home.writer():
        pass


def test_a_look_makes_a_writer_wait_a_moment_without_a_word_and_sees_nothing_while_one_writes(
    home: Home, drop: Callable[..., Path]
) -> None:
    with writing(home):
        pass
    with peek(home) as con:
        assert con is not None
        command = "import sys; from pathlib import Path; from assets.home import Home; from assets.store import writing\nwith writing(Home(Path(sys.argv[1])), lambda words: print(words)): print('wrote')"
        other = subprocess.Popen(
            [sys.executable, "-c", command, str(home.path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=CHECKOUT
        )  # fmt: skip
        assert con.execute("SELECT count(*) FROM raw.drops").fetchone() == (0,)
        with peek(home) as second:
            assert second is not None, "looks do not keep each other off"
    out, err = other.communicate(timeout=300)
    assert (other.returncode, out.splitlines()[-1:], err) == (0, ["wrote"], "")
    with another_process(home), peek(home) as nothing:
        assert nothing is None
    before = sorted(home.path.rglob("*"))
    with peek(home) as con:
        assert con is not None
    assert sorted(home.path.rglob("*")) == before


def test_many_looks_do_not_keep_a_run_from_its_work(
    home: Home, drop: Callable[..., Path], brought_in: Callable[..., Path]
) -> None:
    """Sensors look every few seconds; here somebody looks all the while."""
    brought_in({1: 11})
    command = "import sys, time; from pathlib import Path; from assets.home import Home; from assets.store import peek\nwhile True:\n  with peek(Home(Path(sys.argv[1]))): print(1, flush=True)\n  time.sleep(.05)"
    looker = subprocess.Popen([sys.executable, "-c", command, str(home.path)], stdout=subprocess.PIPE, cwd=CHECKOUT)
    try:
        assert looker.stdout is not None
        looker.stdout.readline()
        assert run_paths(home, [drop({2: 12})]).published
        assert looker.poll() is None
    finally:
        looker.kill()
        looker.communicate()
