"""The home folder: where all state lives, and the lock that lets one process write."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assets.lock import HomeError, hold, holds, looking
from pipelines.read.folders import HOME_MARK

__all__ = ["CHECKOUT", "Home", "HomeError"]

CHECKOUT = Path(__file__).resolve().parent.parent


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
            (self.path / HOME_MARK).touch()
            ours, theirs = CHECKOUT / "dagster.yaml", self.dagster / "dagster.yaml"
            if not theirs.exists() or theirs.read_bytes() != ours.read_bytes():
                shutil.copyfile(ours, theirs)
        except OSError as error:
            raise HomeError(
                f"the home folder {self.path} cannot be written: {error.strerror or error}. Name another with --home"
            ) from error

    @contextmanager
    def writer(self, say: Callable[[str], None] = lambda words: None) -> Iterator[None]:
        """Hold the write lock; wait for another process of this machine that holds it, and say so.

        A process that holds it may take it again: a run holds it from its first write to its publish, its steps inside.
        Raises :class:`HomeError` if another machine writes to this home, or if nobody can.
        """
        if not holds(self.lock):
            self.prepare()
        with hold(self.lock, say):
            yield

    def looking(self) -> AbstractContextManager[bool]:
        """Keep writers waiting for the moment of a look at the working file; False, at once, if somebody else writes."""
        return looking(self.lock)

    def busy(self) -> bool:
        """Whether another process, here or on another machine, writes right now."""
        with self.looking() as free:
            return not free
