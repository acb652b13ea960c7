"""What is to be done, and why: drops to read, captures to clean, dates to extract.

What belongs here: the one answer that the command line, the schedule and ``newsledger status`` share; the sensors ask it
too, and wait besides until what arrives has come to rest (watch.py). What does not: doing it. Nothing here writes, and
nothing imports the orchestrator.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.home import Home
from assets.inbox import entries
from assets.publication import current_state, published_state
from assets.repeats import CHANGED
from assets.store import Connection, visible
from assets.versions import changes, clean_version, fact_version, read_version
from assets.withdrawn import withdrawn
from pipelines.extract.kinds import KINDS
from pipelines.read.folders import drop_id_of
from pipelines.read.stamps import digest, stamps


@dataclass(frozen=True)
class Waiting:
    """A drop that is to be read, and why: ``new``, ``grown``, ``reader`` (its code changed), or ``vanished``."""

    drop_id: str
    path: Path
    reason: str
    digest: str | None
    """What it looks like now; None while one of its files is still being written."""


def waiting(con: Connection, paths: Iterable[Path]) -> list[Waiting]:
    """Which of the drops at these paths are to be read, in the order given."""
    reads = {drop: (seen, version) for drop, seen, version in con.execute("FROM ops.reads").fetchall()}
    found = []
    for path in paths:
        drop_id = drop_id_of(path)
        looks = digest(stamps(path, time.time_ns()))
        seen, version = reads.get(drop_id, (None, None))
        if not path.exists():
            reason = "vanished"
        elif version is None:
            reason = "new"
        elif version != read_version():
            reason = "reader"
        elif looks is None or looks != seen:
            reason = "grown"
        else:
            continue
        found.append(Waiting(drop_id, path, reason, looks))
    return found


def places(con: Connection | None, home: Home) -> dict[str, Path]:
    """Where drops come from, by drop_id: those that the store knows (``con``; None where there is none yet) in the order
    of their arrival, then what else lies in the inbox. Withdrawn drops stay out until somebody brings them in again."""
    rows = con.execute("SELECT drop_id, path FROM raw.drops ORDER BY drop_seq").fetchall() if con is not None else []
    lying = [(drop_id_of(path), path) for path in entries(home)]
    out = withdrawn(home)
    found: dict[str, Path] = {}
    for drop_id, path in (*rows, *lying):
        if drop_id not in out:
            found.setdefault(drop_id, Path(path))
    return found


def drops_to_read(con: Connection, home: Home) -> list[Waiting]:
    """Every drop that is to be read, wherever drops come from."""
    return waiting(con, places(con, home).values())


def stored_to_read(con: Connection) -> list[str]:
    """The drops with a capture that another version of the reader made, in the order of their arrival."""
    rows = con.execute(
        """SELECT drop_id FROM raw.drops
        SEMI JOIN (SELECT drop_id FROM ops.sources WHERE code_version <> ?) AS old USING (drop_id) ORDER BY drop_seq""",
        [read_version()],
    ).fetchall()
    return [row[0] for row in rows]


def stale_drops(con: Connection) -> list[str]:
    """The drops that hold a capture which today's code has not cleaned, in the order of their arrival."""
    rows = con.execute(
        """SELECT drop_id FROM raw.drops SEMI JOIN (
            SELECT drop_id FROM raw.captures ANTI JOIN
                (SELECT capture_id FROM ops.done WHERE stage = 'clean' AND code_version = ?) AS done USING (capture_id)
        ) AS stale USING (drop_id) ORDER BY drop_seq""",
        [clean_version()],
    ).fetchall()
    return [row[0] for row in rows]


def touched_dates(con: Connection) -> list[str]:
    """The partitions whose articles changed and whose facts are yet to follow, and those that today's code has not seen."""
    versions = pl.DataFrame(
        {"stage": [f"facts/{kind}" for kind in KINDS], "code_version": [fact_version(kind) for kind in KINDS]}
    )
    with visible(con, "fact_versions", versions):
        rows = con.execute(
            """SELECT publication_date FROM ops.touched_dates
            UNION
            SELECT articles.publication_date FROM clean.articles AS articles CROSS JOIN fact_versions
            ANTI JOIN ops.done AS done
                ON done.capture_id = articles.capture_id AND done.stage = fact_versions.stage
                AND done.code_version = fact_versions.code_version
            ORDER BY 1"""
        ).fetchall()
    return [row[0] for row in rows]


@dataclass(frozen=True)
class Stale:
    """Rows that are not what today's input and code would make of them: how many, of which stage, and why."""

    stage: str
    what: str
    why: str


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _code(con: Connection, stage: str, versions: Sequence[str]) -> str:
    """Why the rows of other versions of a stage are stale, naming the files that changed."""
    if list(versions) == [CHANGED]:
        return "other lines repeat on their sites by now"
    names = sorted({name for version in versions for name in changes(con, stage, version)})
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f"changed since: {shown}" if names else "made by another version of the code"


WORDS = {
    "new": "new, not read yet",
    "grown": "its files changed",
    "vanished": "its path is gone; its rows stay (newsledger withdraw takes them out)",
}


def why_stale(con: Connection, home: Home) -> list[Stale]:
    """Everything that the next run would do, and why, stage by stage. A drop that has vanished is named last."""
    found = []
    drops = drops_to_read(con, home)
    for drop in drops:
        if drop.reason == "reader":
            versions = con.execute("SELECT code_version FROM ops.reads WHERE drop_id = ?", [drop.drop_id]).fetchall()
            found.append(Stale("read", str(drop.path), _code(con, "read", [row[0] for row in versions])))
        elif drop.reason != "vanished":
            found.append(Stale("read", str(drop.path), WORDS[drop.reason]))
    named = {drop.drop_id for drop in drops if drop.reason != "vanished"}
    stored = [drop for drop in stored_to_read(con) if drop not in named]
    if stored:
        versions = con.execute("SELECT DISTINCT code_version FROM ops.sources").fetchall()
        what = f"{_count(len(stored), 'drop')} as stored"
        found.append(Stale("read", what, _code(con, "read", [row[0] for row in versions])))
    for stage, version in (
        ("clean", clean_version()),
        *((f"facts/{kind}", fact_version(kind)) for kind in KINDS),
    ):
        table = "raw.captures" if stage == "clean" else "clean.articles"
        rows = con.execute(
            f"""SELECT done.code_version, count(*) FROM {table} AS due
            LEFT JOIN ops.done AS done ON done.capture_id = due.capture_id AND done.stage = ?
            WHERE done.code_version IS DISTINCT FROM ? GROUP BY 1 ORDER BY 1 NULLS FIRST""",
            [stage, version],
        ).fetchall()
        noun = "capture" if stage == "clean" else "article"
        for old, count in rows:
            why = "new, not processed yet" if old is None else _code(con, stage, [old])
            found.append(Stale(stage, _count(count, noun), why))
    left = con.execute("SELECT count(*) FROM ops.touched_dates").fetchone()
    if left and left[0]:
        found.append(
            Stale("facts", _count(left[0], "date"), "articles came, changed or left; their facts are yet to follow")
        )
    if not found and published_state(home) != current_state(con):
        found.append(
            Stale("publish", str(home.published), "the store, a mart or a check has changed since, or a publish failed")
        )
    return found + [Stale("read", str(drop.path), WORDS["vanished"]) for drop in drops if drop.reason == "vanished"]
