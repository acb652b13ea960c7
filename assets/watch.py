"""What arrived since it was last read, and whether it has come to rest: what the ``inbox`` sensor goes by.

What belongs here: looking, and what is remembered from one look to the next. What does not: requesting runs (sensors.py),
and why something else than a file made a drop stale (staleness.py). Nothing here writes, or imports the orchestrator.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assets.home import Home
from assets.staleness import places
from assets.store import Connection
from assets.versions import clean_version
from pipelines.read.stamps import digest, stamps

REST_SECONDS = 5.0
"""A drop in which something changed within this time is still being copied."""

NEVER_NS = 1 << 63
"""A moment after every stamp: files that changed just now have one too, which is to be compared and never to be trusted."""


@dataclass(frozen=True)
class Arrival:
    """A drop with something in it that the store has not taken in."""

    drop_id: str
    path: Path
    registered: bool
    """Whether the store knows the drop; else it is to be registered first."""
    look: str
    """A word that changes with every change of what waits."""
    changed_at: float
    """When a file of it changed last, by the file system's clock, in seconds since 1970."""


def _look(path: Path) -> tuple[str, float] | None:
    """A word for all stamps of a path, and the newest time in them; None where there is no file."""
    found = stamps(path, NEVER_NS)
    word = digest(found)
    if not found or word is None:
        return None
    times = [int(time) for stamp in found.values() if stamp and stamp[0] != "e" for time in stamp.split()[1:3]]
    return word, max(times, default=0) / 1e9


def _uncleaned(con: Connection) -> list[Arrival]:
    """Drops that were read, and then something stopped the run before they were cleaned."""
    rows = con.execute(
        """SELECT drop_id, path, count(*) FROM raw.captures JOIN raw.drops USING (drop_id)
        ANTI JOIN (SELECT capture_id FROM ops.done WHERE stage = 'clean') AS done USING (capture_id)
        GROUP BY drop_id, path, drop_seq ORDER BY drop_seq"""
    ).fetchall()
    version = clean_version()
    return [Arrival(drop_id, Path(path), True, f"{count} to clean by {version}", 0.0) for drop_id, path, count in rows]


def _printable(path: Path) -> bool:
    """Whether a name can be written down: a request for a run is text."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def arrivals(con: Connection | None, home: Home) -> list[Arrival]:
    """The new and the grown drops, wherever drops come from, and those that were left half done.

    ``con`` is None where there is no store yet. A drop that has vanished is none of them, nor is an empty folder that the
    store does not know, nor a name that is not UTF-8 (the command line brings it in). A changed reader does not bring
    drops back here: that is the nightly run's.
    """
    seen: dict[str, str | None] = {}
    if con is not None:
        seen = dict(con.execute("SELECT drop_id, digest FROM raw.drops LEFT JOIN ops.reads USING (drop_id)").fetchall())
    found = {}
    for drop_id, path in places(con, home).items():
        if (drop_id in seen or _printable(path)) and path.exists():
            look = _look(path)
            if look is not None and (drop_id not in seen or seen[drop_id] != look[0]):
                found[drop_id] = Arrival(drop_id, path, drop_id in seen, *look)
    if con is not None:
        found = {arrival.drop_id: arrival for arrival in _uncleaned(con)} | found
    return list(found.values())


def vanished(con: Connection) -> list[str]:
    """The registered drops whose path is gone, in the order of their arrival."""
    rows = con.execute("SELECT drop_id, path FROM raw.drops ORDER BY drop_seq").fetchall()
    return [drop_id for drop_id, path in rows if not Path(path).exists()]


@dataclass
class Asked:
    """A request that was made for a drop."""

    look: str
    run_key: str
    tries: int = 1


@dataclass
class Memory:
    """What one look leaves for the next: a sensor's cursor."""

    seen: dict[str, tuple[str, float]] = field(default_factory=dict)
    """What each drop that waits looked like, and since when, by the clock of the looks."""
    asked: dict[str, Asked] = field(default_factory=dict)
    """What was last requested for each drop that still waits."""

    @staticmethod
    def parse(cursor: str | None) -> Memory:
        """What an earlier look wrote; empty where it cannot be understood."""
        try:
            found = json.loads(cursor or "{}")
            seen = {drop_id: (str(look), float(since)) for drop_id, (look, since) in found.get("seen", {}).items()}
            return Memory(seen, {drop_id: Asked(**asked) for drop_id, asked in found.get("asked", {}).items()})
        except (ValueError, TypeError, AttributeError):
            return Memory()

    def dump(self) -> str:
        """As the next look parses it; empty where nothing waits."""
        return json.dumps(asdict(self), sort_keys=True) if self.seen else ""

    def at_rest(self, waiting: Iterable[Arrival], now: float) -> list[Arrival]:
        """Note what waits, forget what does not; returns what has not changed for :data:`REST_SECONDS`.

        A drop is at rest by its files' own times, or, where a clock jumped and they lie in the future, once two looks that
        far apart found it the same.
        """
        found, before = list(waiting), self.seen
        self.seen, resting = {}, []
        for arrival in found:
            look, since = before.get(arrival.drop_id, ("", now))
            self.seen[arrival.drop_id] = (arrival.look, since if look == arrival.look else now)
            watched = abs(now - self.seen[arrival.drop_id][1])
            if arrival.changed_at <= now - REST_SECONDS or watched >= REST_SECONDS:
                resting.append(arrival)
        self.asked = {drop_id: asked for drop_id, asked in self.asked.items() if drop_id in self.seen}
        return resting
