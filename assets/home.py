"""The home folder: where all state lives, and the lock that lets one process write."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).resolve().parent.parent
LOCK_POLL_SECONDS = 0.2


_held: set[Path] = set()
"""The locks that this process holds."""


def holds_a_lock() -> bool:
    """Whether this process holds the write lock of a home."""
    return bool(_held)


class HomeError(RuntimeError):
    """A home folder that cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Home:
    """The paths of one home. Nothing else in the project knows where things are."""

    path: Path

    @staticmethod
    def default() -> Home:
        """``$NEWSLEDGER_HOME``, else ``var/`` in the checkout."""
        return Home(Path(os.environ.get("NEWSLEDGER_HOME") or CHECKOUT / "var").absolute())

    @property
    def working(self) -> Path:
        """The private working file, opened by one writer at a time and by nobody else."""
        return self.path / "store" / "working.duckdb"

    @property
    def lock(self) -> Path:
        """The file whose flock the writer holds."""
        return self.path / "store" / "lock"

    @property
    def scratch(self) -> Path:
        """Where DuckDB may spill."""
        return self.path / "store" / "tmp"

    @property
    def sources(self) -> Path:
        """The original bytes of every capture, in packs."""
        return self.path / "sources"

    @property
    def published(self) -> Path:
        """The file that people and dashboards open read-only."""
        return self.path / "published" / "newsledger.duckdb"

    @property
    def history(self) -> Path:
        """Published copies that are kept."""
        return self.published.parent / "history"

    @property
    def dagster(self) -> Path:
        """DAGSTER_HOME: run history, event logs, schedules' state."""
        return self.path / "dagster"

    def prepare(self) -> None:
        """Make the folders and bring Dagster's instance settings up to date. Raises :class:`HomeError`."""
        try:
            for folder in (self.working.parent, self.scratch, self.sources, self.published.parent, self.dagster):
                folder.mkdir(parents=True, exist_ok=True)
            ours, theirs = CHECKOUT / "dagster.yaml", self.dagster / "dagster.yaml"
            if not theirs.exists() or theirs.read_bytes() != ours.read_bytes():
                shutil.copyfile(ours, theirs)
        except OSError as error:
            raise HomeError(
                f"the home folder {self.path} cannot be written: {error.strerror or error}. Name another with --home"
            ) from error

    @contextmanager
    def writer(self, say: Callable[[str], None] = lambda words: None) -> Iterator[None]:
        """Hold the write lock; wait for whoever holds it, and say so once.

        A process that holds it may take it again: a run holds it from its first write to its publish, its steps inside.
        The kernel drops it when the process ends, however it ends.
        """
        if self.lock in _held:
            yield
            return
        self.prepare()
        with self.lock.open("a+") as handle:
            waiting = False
            while not _locked(handle):
                if not waiting:
                    handle.seek(0)
                    say(f"waiting: process {handle.read().strip() or 'unknown'} is writing to {self.path}")
                    waiting = True
                time.sleep(LOCK_POLL_SECONDS)
            handle.seek(0)
            handle.truncate()
            handle.write(str(os.getpid()))
            handle.flush()
            _held.add(self.lock)
            try:
                yield
            finally:
                _held.discard(self.lock)

    def busy(self) -> bool:
        """Whether another process holds the write lock right now."""
        if self.lock in _held or not self.lock.exists():
            return False
        with self.lock.open() as handle:
            return not _locked(handle)


def _locked(handle: IO[str]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
