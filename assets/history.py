"""Published copies that are kept: which ones, for how long, and which of them was current when.

What belongs here: the files under ``published/history/`` and the moments by which people ask for them. What does not: how a
copy is made (publish), what differs between two of them (diff). Imports little: every question with ``--as-of`` comes by here.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from assets.home import Home, HomeError
from assets.settings import settings

_NAME = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)-(\d+)\.duckdb")
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_PART = ".part"
"""Suffix of a copy that is being written; a link is never half there."""

_override: list[int] = []
"""What ``--keep`` says, while the call lasts that it was given to."""


class HistoryError(HomeError):
    """No kept copy answers for that moment; the message says which there are."""


class WhenError(ValueError):
    """Words that are no moment; the message says what is."""


@dataclass(frozen=True)
class Copy:
    """A publication: its number, when (naive UTC), by which Dagster run, and its file; None if it is no longer kept."""

    sequence: int
    published_at: dt.datetime
    run_id: str | None = None
    path: Path | None = None

    @property
    def name(self) -> str:
        """The name of its file in the history."""
        return f"{self.published_at.strftime(_STAMP)}-{self.sequence}.duckdb"

    @property
    def when(self) -> str:
        """When it was published, for people."""
        return f"{self.published_at:%Y-%m-%d %H:%M:%S} UTC"


def moment(words: str) -> dt.datetime:
    """A date, which means the end of that day in UTC, or a moment, UTC unless it says otherwise; as naive UTC.

    Raises WhenError.

    >>> moment("2026-11-20"), moment("2026-11-20T14:00+02:00")
    (datetime.datetime(2026, 11, 20, 23, 59, 59, 999999), datetime.datetime(2026, 11, 20, 12, 0))
    """
    try:
        return dt.datetime.combine(dt.date.fromisoformat(words), dt.time.max)
    except ValueError:
        pass
    try:
        found = dt.datetime.fromisoformat(words)
        return found.astimezone(dt.UTC).replace(tzinfo=None) if found.tzinfo else found
    except (ValueError, OverflowError):
        raise WhenError(
            f"a moment is a date such as 2026-11-20, or with a time 2026-11-20T14:00 (UTC, or with its offset); got {words!r}"
        ) from None


def kept(home: Home) -> list[Copy]:
    """The copies in the history folder, oldest first; one that was never published, after a crash, may be the last."""
    copies = []
    for path in home.history.glob("*.duckdb"):
        if found := _NAME.fullmatch(path.name):
            copies.append(Copy(int(found[2]), dt.datetime.strptime(found[1], _STAMP), None, path))
    return sorted(copies, key=lambda copy: copy.sequence)


def _log(path: Path) -> list[Copy]:
    """All publications that a published file knows of, itself the last; none if it cannot be read."""
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            try:
                query = "SELECT sequence, published_at, run_id FROM ops.publication_log ORDER BY sequence"
                rows = con.execute(query).fetchall()
            except duckdb.CatalogException:  # of a release that did not number them
                rows = con.execute("SELECT 0, published_at, run_id FROM ops.publication").fetchall()
    except duckdb.Error:
        return []
    return [Copy(*row) for row in rows]


def publications(home: Home) -> list[Copy]:
    """Every publication that is known, in order, the current one last; each with its file where that is still there."""
    stored = kept(home)
    log = _log(home.published) if home.published.exists() else []
    current = log[-1].sequence if log else None
    if current is None:  # damaged or gone: the newest copy that can be read knows what was before it
        log = next(filter(None, map(_log, (copy.path for copy in reversed(stored) if copy.path))), [])
    known = {copy.sequence: copy for copy in log}
    for copy in stored:
        if current is None or copy.sequence <= current:
            known[copy.sequence] = replace(known.get(copy.sequence, copy), path=copy.path)
    if current is not None:
        known[current] = replace(known[current], path=home.published)
    return [known[sequence] for sequence in sorted(known)]


def current(home: Home) -> Copy:
    """The copy that people open now. Raises HistoryError if nothing is published, or the file cannot be read."""
    return _known(home)[-1]


def _known(home: Home) -> list[Copy]:
    if not home.published.exists():
        raise HistoryError(f"nothing is published in {home.path} yet. Bring articles in with: newsledger run PATH")
    known = publications(home)
    if not known or known[-1].path != home.published:
        raise HistoryError(f"{home.published} cannot be read, or is damaged; newsledger publish makes it anew")
    return known


def _there_is(known: Sequence[Copy]) -> str:
    files = [copy for copy in known if copy.path]
    if len(files) == 1:
        return f"the only copy there is was published {files[0].when}"
    return f"{len(files)} copies are kept, published from {files[0].when} to {files[-1].when}"


def as_of(home: Home, words: str) -> Copy:
    """The copy that was current then. Raises WhenError, or HistoryError which says what there is."""
    point = moment(words)
    known = _known(home)
    past = [copy for copy in known if copy.published_at <= point]
    if not past:
        raise HistoryError(f"nothing was published yet as of {words}: {_there_is(known)}")
    if past[-1].path is None:
        raise HistoryError(
            f"the copy that was current as of {words}, published {past[-1].when}, is no longer kept: {_there_is(known)}"
        )
    return past[-1]


def previous(home: Home, copy: Copy) -> Copy:
    """The last kept copy before one. Raises HistoryError if there is none."""
    before = [one for one in _known(home) if one.path and one.sequence < copy.sequence]
    if not before:
        raise HistoryError(
            f"there is no copy before the one published {copy.when}: the next publish that changes something makes it one, if copies are kept (--keep, or keep in settings.toml)"
        )
    return before[-1]


@contextmanager
def keeping(copies: int | None) -> Iterator[None]:
    """While this lasts, publishing in this process keeps so many copies, whatever the settings say; None: as they say."""
    if copies is not None:
        _override.append(copies)
    try:
        yield
    finally:
        if copies is not None:
            _override.pop()


def to_keep(home: Home) -> int:
    """How many copies publishing is to keep now. Raises HomeError for settings that cannot be understood."""
    return _override[-1] if _override else settings(home).keep


def retained(copies: Sequence[Copy], keep: int) -> list[Copy]:
    """The newest ``keep`` of them, and the last of each of the last ``keep`` days that have one."""
    ordered = sorted(copies, key=lambda copy: copy.sequence)
    last_of_day = {copy.published_at.date(): copy for copy in ordered}
    wanted = ordered[max(0, len(ordered) - keep) :] if keep else []
    wanted += [last_of_day[day] for day in sorted(last_of_day, reverse=True)[:keep]]
    return [copy for copy in ordered if copy in wanted]


def sweep(home: Home, keep: int) -> list[Copy]:
    """Clear what a crash left in the history, see that the current file is in it, and return all known publications.

    A copy with a higher number than the current file's was linked, but never published. The caller holds the write lock.
    """
    for leftover in home.history.glob(f"*{_PART}"):
        leftover.unlink()
    known = publications(home)
    for copy in kept(home):
        if copy.path and known and copy.sequence > known[-1].sequence:
            copy.path.unlink()
    if keep and known and known[-1].path == home.published:  # of an earlier release, or published with --keep 0
        add(home, home.published, known[-1])
    return known


def add(home: Home, file: Path, copy: Copy) -> None:
    """Put a complete file into the history, as a second name where the file system has links, so without a second write."""
    home.history.mkdir(parents=True, exist_ok=True)
    target = home.history / copy.name
    if target.exists():
        return
    try:
        os.link(file, target)
    except OSError:
        part = target.with_name(target.name + _PART)
        shutil.copyfile(file, part)
        part.replace(target)


def prune(home: Home, keep: int) -> int:
    """Remove the copies that are no longer to be kept; returns how many are left. Who has one open goes on reading it."""
    copies = kept(home)
    wanted = retained(copies, keep)
    for copy in copies:
        if copy.path and copy not in wanted:
            copy.path.unlink()
    return len(wanted)
