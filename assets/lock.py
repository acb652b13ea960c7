"""The write lock of a home: one process writes, on whichever machine.

Among the processes of one machine the kernel is the judge: ``flock``, which it drops when a process ends, however it ends.
It may not reach across a network folder, so the holder also leaves a claim beside the lock: who it is, in a file that is
made by a hard link (two machines cannot both succeed), removed at a clean end, and touched every few seconds meanwhile.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import platform
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import IO

from assets.clock import now

BEAT_SECONDS = 5.0
"""How often a claim is touched."""

LAPSE_SECONDS = 60.0
"""A claim of another machine that was not touched for so long is that of a dead one."""

PATIENCE_SECONDS = 1.0
"""Whoever waits for longer says so; a look at the store takes less."""

_held: set[str] = set()
"""The locks that this process holds."""

_cut_off: set[str] = set()
"""The locks whose previous holder ended without a word, as found by this process."""


class HomeError(RuntimeError):
    """A home folder that cannot be used; the message says why and what to do."""


@cache
def _kernel() -> tuple[str, str, str]:
    """This machine: host name, machine, start of the kernel; empty where nobody tells."""

    def told(path: str) -> str:
        try:
            return Path(path).read_text("utf-8").strip()
        except OSError:
            return ""

    return platform.node(), told("/etc/machine-id") or f"{uuid.getnode():x}", told("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Holder:
    """Who writes to a home, as its claim says."""

    host: str = "another machine"
    machine: str = ""
    boot: str = ""
    pid: int = 0
    since: str = "an unknown time"
    token: str = ""

    @staticmethod
    def here() -> Holder:
        """This process, now."""
        return Holder(*_kernel(), os.getpid(), f"{now():%Y-%m-%d %H:%M:%S} UTC", uuid.uuid4().hex)

    def is_of_this_machine(self) -> bool:
        """Whether our kernel knows of it. Containers share a kernel under several names; a machine may have been started anew."""
        host, machine, boot = _kernel()
        return (self.boot != "" and self.boot == boot) or (self.host, self.machine) == (host, machine)


def claim_of(lock: Path) -> Path:
    """The file in which the holder of a lock says who it is."""
    return lock.with_name("writer.json")


def _read(claim: Path) -> tuple[Holder, float] | None:
    """A claim and the time of its last touch; None if nobody claims. Opened first: a network folder asks its server then."""
    try:
        with claim.open(encoding="utf-8") as file:
            touched = os.fstat(file.fileno()).st_mtime
            words = file.read()
    except FileNotFoundError:
        return None
    try:
        return Holder(**json.loads(words)), touched
    except (ValueError, TypeError):
        return Holder(), touched


def _flock(lock: Path, handle: IO[bytes], how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise HomeError(
            f"{lock.parent} is on a file system without file locks ({error.strerror}); "
            "put the home on another, for example a local disk, with --home"
        ) from error
    return True


def _refused(lock: Path, holder: Holder) -> HomeError:
    return HomeError(
        f"process {holder.pid} on machine {holder.host} has been writing to {lock.parent.parent} since {holder.since}, "
        "and one home has one writer: run again when it has ended. If that machine is dead, its claim lapses after a minute"
    )


def _wait(lock: Path, handle: IO[bytes], say: Callable[[str], None]) -> None:
    """Wait for the processes of this machine."""
    began, said = time.monotonic(), False
    while not _flock(lock, handle, fcntl.LOCK_EX):
        found, waited = _read(claim_of(lock)), time.monotonic() - began
        if found and not found[0].is_of_this_machine() and abs(time.time() - found[1]) < LAPSE_SECONDS:
            raise _refused(lock, found[0])  # file locks reach that machine
        if waited > PATIENCE_SECONDS and not said:
            who = f"process {found[0].pid}" if found else "another process"
            since = f" since {found[0].since}" if found else ""
            say(f"waiting: {who} has been writing to {lock.parent.parent}{since}")
            said = True
        time.sleep(0.02 if waited < PATIENCE_SECONDS else 0.2)


def _lapsed(claim: Path, holder: Holder, touched: float, scratch: Path) -> bool:
    """Whether another machine's claim is a dead one's: by the clock of the file server, and by watching it."""
    os.utime(scratch)
    with scratch.open("rb") as file:
        silent = os.fstat(file.fileno()).st_mtime - touched
    if abs(silent) < LAPSE_SECONDS:
        return False
    time.sleep(2 * BEAT_SECONDS)  # a clock that was put forward or back says nothing about life; two missed beats do
    return _read(claim) == (holder, touched)


def _take(claim: Path, holder: Holder) -> None:
    """Remove a dead one's claim, and no other: whoever renames it first has it."""
    aside = claim.with_suffix(f".gone-{uuid.uuid4().hex[:8]}")
    try:
        claim.rename(aside)
        found = _read(aside)
        if found and found[0] != holder:
            with contextlib.suppress(FileExistsError):
                os.link(aside, claim)  # somebody was faster, and this is theirs
        aside.unlink()
    except FileNotFoundError:
        pass


def _put(claim: Path, part: Path) -> bool:
    """Put our claim in place unless there is one: the whole of it at once, where the file system can."""
    try:
        os.link(part, claim)
    except FileExistsError:
        return False
    except OSError:
        try:
            with claim.open("x", encoding="utf-8") as file:
                file.write(part.read_text("utf-8"))
        except FileExistsError:
            return False
    return True


def _claim(lock: Path, say: Callable[[str], None]) -> Holder:
    """Claim the home for this process, which has the file lock. Raises :class:`HomeError` if another machine writes."""
    claim, ours = claim_of(lock), Holder.here()
    part = claim.with_suffix(f".{ours.boot[:8] or ours.host}")  # one on each machine: whoever has its file lock
    part.write_text(json.dumps(asdict(ours)), "utf-8")
    try:
        while not _put(claim, part):
            found = _read(claim)
            if found is None:
                continue
            holder, touched = found
            if not holder.is_of_this_machine():  # else it is dead: a living one would have the file lock
                if not _lapsed(claim, holder, touched, part):
                    raise _refused(lock, holder)
                say(
                    f"process {holder.pid} on machine {holder.host} has not been heard of for over a minute: taking over"
                )
            _cut_off.add(os.path.realpath(lock))
            _take(claim, holder)
    finally:
        part.unlink(missing_ok=True)
    return ours


def _beat(claim: Path, ours: Holder, ended: threading.Event) -> None:
    while not ended.wait(BEAT_SECONDS):
        try:
            found = _read(claim)
            if found is not None and found[0] == ours:
                os.utime(claim)
                continue
        except OSError:
            continue  # the file server is away; it may come back
        if not ended.is_set():
            # This machine slept, and another one took over. Stopping at once is harmless, writing on is not.
            print(f"error: {claim} is not this process's any more: another machine writes now", file=sys.stderr)
            os._exit(1)


@contextmanager
def hold(lock: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold a lock; wait for another process of this machine, and say so.

    A process that holds it may take it again. Raises :class:`HomeError` if another machine writes, or nobody can.
    """
    place = os.path.realpath(lock)
    if place in _held:
        yield
        return
    with contextlib.ExitStack() as stack:
        try:
            handle = stack.enter_context(lock.open("a+b"))
            _wait(lock, handle, say)
            ours = _claim(lock, say)
        except OSError as error:
            raise HomeError(
                f"the home folder {lock.parent.parent} cannot be written: {error.strerror or error}"
            ) from error
        claim, ended = claim_of(lock), threading.Event()
        beat = threading.Thread(target=_beat, args=(claim, ours, ended), name="newsledger claim", daemon=True)
        beat.start()
        _held.add(place)
        try:
            yield
        finally:
            _held.discard(place)
            ended.set()
            beat.join()
            with contextlib.suppress(OSError):  # on a disk that has become read-only; it lapses
                found = _read(claim)
                if found and found[0] == ours:
                    claim.unlink()


def holds(lock: Path) -> bool:
    """Whether this process holds a lock."""
    return os.path.realpath(lock) in _held


def holds_a_lock() -> bool:
    """Whether this process holds the write lock of any home."""
    return bool(_held)


def was_cut_off(lock: Path, *, forget: bool = False) -> bool:
    """Whether this process found that the holder before it ended without a word."""
    place = os.path.realpath(lock)
    found = place in _cut_off
    if forget:
        _cut_off.discard(place)
    return found


@contextmanager
def looking(lock: Path) -> Iterator[bool]:
    """Keep writers off for the moment of a look; False, at once, if somebody else writes. Writes nothing."""
    if holds(lock) or not lock.exists():
        yield True
        return
    with lock.open("rb") as handle:
        if not _flock(lock, handle, fcntl.LOCK_SH):
            yield False
            return
        found = _read(claim_of(lock))
        # By our own clock, which may differ from the file server's: this is a look, not a decision to write.
        away = found is not None and not found[0].is_of_this_machine()
        yield not (away and found is not None and abs(time.time() - found[1]) < LAPSE_SECONDS)
