"""The checks as queries that must return nothing: those in ``sql/checks/``, and those derived from the contracts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import dataframely as dy
import polars as pl

from assets import sql
from assets.store import Connection, Generations, select, transaction, with_room
from assets.tables import ALL_FACTS, FACTS, LAYERS, TABLES
from pipelines.contracts import Table
from pipelines.extract.kinds import KINDS

SHOWN = 20
"""Offending rows that a failed check shows."""


@dataclass(frozen=True)
class Check:
    """A query that must return nothing. ``asset`` is the table it blocks, as ``layer/table``, or ``published``."""

    name: str
    description: str
    asset: str
    query: str
    layers: tuple[str, ...]

    @property
    def version(self) -> str:
        """Digest of the query."""
        return hashlib.sha256(self.query.encode()).hexdigest()[:8]

    @property
    def remembers(self) -> bool:
        """Whether it passes over captures on which it has passed (ops.opened)."""
        return "ops.opened" in self.query

    def state(self, generations: Generations) -> str:
        """What an outcome holds for: the layers as they are now, and the query as it is now."""
        return f"{self.version} {generations.state(self.layers)}"


@dataclass(frozen=True)
class Outcome:
    """What a check found: how many rows offend, and the first of them."""

    check: Check
    offending: int
    rows: pl.DataFrame

    @property
    def passed(self) -> bool:
        """Whether nothing offends."""
        return self.offending == 0

    def sentence(self) -> str:
        """The failure in a line: what should hold, how often it does not, and an example."""
        first = (
            ", ".join(f"{name}={value!r}" for name, value in self.rows.row(0, named=True).items())
            if self.rows.height
            else ""
        )
        return f"check {self.check.name} failed on {self.check.asset}: {self.offending:,} rows. {self.check.description} First: {first}"


def asset_key(contract: type[Table]) -> str:
    """The table's name with a slash: the asset key in words."""
    return contract.__table__.replace(".", "/")


@cache
def keys_unique(contract: type[Table]) -> Check:
    """No two rows of a table share its key."""
    key = ", ".join(contract.primary_key())
    query = f"SELECT {key}, count(*) AS rows FROM {contract.__table__} GROUP BY {key} HAVING count(*) > 1 ORDER BY ALL"
    words = f"No two rows of {contract.__table__} share the key ({key})."
    return Check(
        f"{contract.__table__.replace('.', '_')}_keys_unique",
        words,
        asset_key(contract),
        query,
        _layers([contract.__table__]),
    )


def _conditions(name: str, column: dy.Column) -> list[str]:
    """What a column's contract demands beyond its type and NOT NULL, as SQL that is true of an offending row."""
    found = []
    if isinstance(column, dy.Enum):
        allowed = ", ".join("'" + value.replace("'", "''") + "'" for value in column.categories)
        found.append(f'"{name}" NOT IN ({allowed})')
    for bound, sign in (("min", "<"), ("max", ">")):
        limit = getattr(column, bound, None)
        if limit is not None and not isinstance(column, dy.List):
            found.append(f'"{name}" {sign} {limit}')
    if getattr(column, "min_length", None) and isinstance(column, dy.String):
        found.append(f'length("{name}") < {column.min_length}')
    if getattr(column, "regex", None):
        found.append(f"NOT regexp_matches(\"{name}\", '{column.regex}')")  # type: ignore[attr-defined]
    return found


@cache
def contract_holds(contract: type[Table]) -> Check:
    """Every row of a table is as its contract says. Types and NOT NULL are the table's own."""
    parts = [
        (f"{name}: {condition}", condition)
        for name, column in contract.columns().items()
        for condition in _conditions(name, column)
    ]
    names = contract.column_names()
    if {"span_start", "span_end"} <= set(names):
        parts.append(("span is empty", "span_end <= span_start"))
    key = ", ".join(contract.primary_key())
    query = "\nUNION ALL\n".join(
        f"SELECT {key}, '{words.replace(chr(39), chr(39) * 2)}' AS broken FROM {contract.__table__} WHERE {condition}"
        for words, condition in parts
    )
    words = f"Every row of {contract.__table__} holds its contract."
    name = f"{contract.__table__.replace('.', '_')}_contract_holds"
    return Check(
        name,
        words,
        asset_key(contract),
        query or f"SELECT 1 FROM {contract.__table__} WHERE false",
        _layers([contract.__table__]),
    )


def _layers(tables: list[str]) -> tuple[str, ...]:
    named = {"facts" if name == ALL_FACTS else name.split(".")[0] for name in tables}
    return tuple(layer for layer in LAYERS if layer in named)


def from_files() -> list[Check]:
    """The checks of ``sql/checks/``; one that belongs to all facts is filed under the first kind."""
    return [
        Check(
            file.name,
            file.description,
            (file.asset or "").replace("facts/*", asset_key(FACTS[0])),
            file.query,
            _layers(file.tables()),
        )
        for file in sql.load("checks")
    ]


def facts_complete() -> Check:
    """Every article has been read by every kind of fact, and no partition waits: else readers would see half a run."""
    stages = ", ".join(f"('facts/{kind}')" for kind in KINDS)
    query = f"""SELECT articles.publication_date, stages.stage, count(*) AS articles_unread
        FROM clean.articles AS articles CROSS JOIN (VALUES {stages}) AS stages (stage)
        ANTI JOIN ops.done AS done ON done.capture_id = articles.capture_id AND done.stage = stages.stage
        GROUP BY ALL
        UNION ALL
        SELECT publication_date, 'touched', NULL FROM ops.touched_dates
        ORDER BY ALL"""
    words = (
        "Every article has been read by every kind of fact; if not, run newsledger run, or extract in the UI, first."
    )
    return Check("facts_complete", words, "published", query, ("clean", "facts"))


def all_checks() -> list[Check]:
    """Every check, in the order in which they run."""
    derived = [made(contract) for contract in TABLES for made in (keys_unique, contract_holds)]
    return [*derived, *from_files(), facts_complete()]


def run_check(con: Connection, check: Check) -> Outcome:
    """Run a check. :func:`note` keeps what came of it."""
    if check.remembers:
        before = con.execute("SELECT state FROM ops.check_results WHERE check_name = ?", [check.name]).fetchone()
        if not before or str(before[0]).split()[0] != check.version:
            con.execute("DELETE FROM ops.opened")  # what another query has found says nothing
    query = f"SELECT *, count(*) OVER () AS offending FROM ({check.query}) LIMIT {SHOWN}"
    rows = with_room(con, lambda: select(con, query))
    offending = int(rows["offending"][0]) if rows.height else 0
    return Outcome(check, offending, rows.drop("offending"))


def note(con: Connection, outcomes: Sequence[Outcome]) -> None:
    """Keep the outcomes for the layers as they are now: what has passed need not be run again on the same rows."""
    generations = Generations.of(con)
    rows = [(one.check.name, one.check.state(generations), one.offending) for one in outcomes]
    with transaction(con):
        for name, check_state, offending in rows:
            con.execute("DELETE FROM ops.check_results WHERE check_name = ?", [name])
            con.execute("INSERT INTO ops.check_results VALUES (?, ?, ?)", [name, check_state, offending])
        if any(one.passed and one.check.remembers for one in outcomes):
            con.execute("DELETE FROM ops.opened")
            con.execute("INSERT INTO ops.opened FROM ops.seen")


def pending(con: Connection) -> list[Check]:
    """The checks that have not passed on the layers as they are now."""
    passed = set(con.execute("SELECT check_name, state FROM ops.check_results WHERE offending = 0").fetchall())
    generations = Generations.of(con)
    return [check for check in all_checks() if (check.name, check.state(generations)) not in passed]
