"""What differs between two published copies: rows added, removed, changed and moved, by table and rule.

What belongs here: the comparison, all of it in SQL over two files that are attached read-only. What does not: which copies
there are (history), the values of the rows that differ (diff_records), how the outcome looks (diff_report). Rows are
matched by key and compared by digest; only rows that differ are looked at column by column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assets.answers import QueryError
from assets.home import Home
from assets.store import Connection, aside, quoted
from assets.tables import TABLES

OLD, NEW = "old_copy", "new_copy"
LAYERS = ("raw", "clean", "facts", "links", "ref")

COUNTED = frozenset({"block_no", "edit_no"})
"""Numbers of pieces: one piece more moves all that follow. Not compared; the place in the text tells a row instead."""
MOMENTS = ("ingested_at",)
"""Ends of the names of columns that differ between equal stores (law 5)."""
SPAN = ("capture_id", "span_start", "span_end")

_DATES = ("publication_date", "published_on", "published_at", "published_method", "published_confidence", "published_candidates")  # fmt: skip
_OUTLETS = ("outlet_id", "outlet_method", "outlet_confidence", "outlet_evidence")
ARTICLE_RULES = (
    (_DATES, "list_filter({row}.published_candidates, lambda one: one.role = 'published')[1].rule_id"),
    (_OUTLETS, "{row}.outlet_evidence.rule_id"),
    (("agencies", "agency_evidence"), "{row}.agency_evidence[1].rule_id"),
)
"""An article has no rule of its own: the one that decided the first of these that changed."""

LABELS = ("text", "headline", "name", "description", "detail", "uri", "path")
"""Columns that tell a person which row it is, the first that a table has."""


@dataclass(frozen=True)
class Compared:
    """A table that both copies have: its key, the columns that are compared with their types."""

    name: str
    key: tuple[str, ...]
    columns: dict[str, str]
    all_columns: frozenset[str]

    @property
    def spans(self) -> bool:
        """Whether its rows stand in a text, so that one of them may move."""
        return self.all_columns.issuperset(SPAN)

    @property
    def looked_at(self) -> list[str]:
        """The columns in which two matched rows may differ."""
        return list(dict.fromkeys([*(("span_start", "span_end") if self.spans else ()), *self.columns]))

    @property
    def opens_text(self) -> bool:
        """Whether its words are to be read out of the capture."""
        return self.spans and "text" not in self.all_columns

    def row(self, alias: str, column: str) -> str:
        """A column as text; lists and structs as JSON."""
        value = f'{alias}."{column}"'
        kind = self.columns.get(column, "VARCHAR")
        return f"CAST({f'to_json({value})' if kind.endswith(']') or kind.startswith('STRUCT') else value} AS VARCHAR)"

    def label(self, alias: str, captures: str) -> str:
        """What tells a person which row it is: a fact's words, a block's words, else a name."""
        if self.name == "raw.captures":
            return f"{alias}.uri"
        if self.opens_text:
            return f"substring({captures}.text, {alias}.span_start + 1, {alias}.span_end - {alias}.span_start)"
        column = next((name for name in LABELS if name in self.all_columns), self.key[0])
        return f'CAST({alias}."{column}" AS VARCHAR)'


@dataclass
class Comparison:
    """The tables that were compared, and what could not be; the rows that differ are in the connection's ``changes``."""

    con: Connection
    tables: list[Compared] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _columns(con: Connection, copy: str) -> dict[str, dict[str, str]]:
    rows = con.execute(
        """SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns()
        SEMI JOIN (SELECT database_name, schema_name, table_name FROM duckdb_tables()) USING (database_name, schema_name, table_name)
        WHERE database_name = ? AND schema_name IN (SELECT unnest(?)) ORDER BY 1, column_index""",
        [copy, list(LAYERS)],
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def _key(name: str, shared: set[str]) -> tuple[str, ...] | None:
    """The contract's key, with a place in the text instead of a number; None for a table that has none in both copies."""
    contract = next((table for table in TABLES if table.__table__ == name), None)
    key = tuple(contract.primary_key()) if contract else ()
    if COUNTED.intersection(key) and "span_start" in shared:
        key = tuple("span_start" if column in COUNTED else column for column in key)
    return key if key and shared.issuperset(key) else None


def _rows(number: int, one: str, many: str = "rows") -> str:
    return f"{number:,} {one if number == 1 else many}"


def _count(con: Connection, copy: str, table: str) -> int:
    row = con.execute(f"SELECT count(*) FROM {copy}.{table}").fetchone()
    return row[0] if row else 0


def _plan(con: Connection, wanted: Sequence[str]) -> Comparison:
    """Which tables and columns both copies have, and words on what only one has."""
    old, new = _columns(con, OLD), _columns(con, NEW)
    if unknown := sorted(set(wanted) - set(old) - set(new)):
        raise QueryError(f"no table is called {', '.join(unknown)}; there are {', '.join(new)}")
    order = {table.__table__: place for place, table in enumerate(TABLES)}
    comparison = Comparison(con)
    for name in sorted(set(old) | set(new), key=lambda name: (order.get(name, len(order)), name)):
        if wanted and name not in wanted:
            continue
        if name not in old or name not in new:
            copy, words = (NEW, "new") if name in new else (OLD, "gone")
            comparison.notes.append(f"{name} is {words}, with {_rows(_count(con, copy, name), 'row')}")
            continue
        shared = {column for column, kind in new[name].items() if old[name].get(column) == kind}
        for words, names in (
            ("is new", [column for column in new[name] if column not in old[name]]),
            ("is gone", [column for column in old[name] if column not in new[name]]),
            ("has another type", [column for column in new[name] if column in old[name] and column not in shared]),
        ):
            comparison.notes += [f"{name}: the column {column} {words} and is not compared" for column in names]
        key = _key(name, shared)
        if key is None:
            comparison.notes.append(f"{name} is not compared: its rows have no key that both copies know")
            continue
        columns = {
            column: kind
            for column, kind in new[name].items()
            if column in shared and column not in key and column not in COUNTED and not column.endswith(MOMENTS)
        }
        comparison.tables.append(Compared(name, key, columns, frozenset(shared)))
    return comparison


def _match(con: Connection, table: Compared) -> None:
    """The rows of either copy that have no equal in the other, as ``pairs`` of row numbers."""
    key = ", ".join(f'"{column}"' for column in table.key)
    digest = "hash(" + (", ".join(f'"{column}"' for column in table.columns) or "0") + ")"
    side = f"(SELECT rowid AS {{0}}_row, {key}, {digest} AS {{0}}_digest FROM {{1}}.{table.name})"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE pairs AS
        SELECT old_row, new_row FROM {side.format("old", OLD)} FULL JOIN {side.format("new", NEW)} USING ({key})
        WHERE old_digest IS DISTINCT FROM new_digest"""
    )
    con.execute("ALTER TABLE pairs ADD COLUMN moved BOOLEAN DEFAULT false")
    if not table.spans:
        return
    # What went from here and came up over some of the same characters is one row that moved, if each is the other's best.
    place = "SELECT {0}_row, capture_id, span_start AS {0}_start, span_end AS {0}_end FROM pairs JOIN {1}.{2} AS rows ON rows.rowid = {0}_row WHERE {3}_row IS NULL"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE met AS
        WITH gone AS ({place.format("old", OLD, table.name, "new")}), come AS ({place.format("new", NEW, table.name, "old")}),
        near AS (
            SELECT old_row, new_row, least(old_end, new_end) - greatest(old_start, new_start) AS shared
            FROM gone JOIN come USING (capture_id) WHERE old_start < new_end AND new_start < old_end
        )
        SELECT old_row, new_row FROM near
        QUALIFY row_number() OVER (PARTITION BY old_row ORDER BY shared DESC, new_row) = 1
            AND row_number() OVER (PARTITION BY new_row ORDER BY shared DESC, old_row) = 1"""
    )
    con.execute(
        """DELETE FROM pairs WHERE (new_row IS NULL AND old_row IN (SELECT old_row FROM met))
            OR (old_row IS NULL AND new_row IN (SELECT new_row FROM met))"""
    )
    con.execute("INSERT INTO pairs SELECT old_row, new_row, true FROM met")


def _rule(table: Compared) -> str:
    """The rule that a change is counted under: the new row's, else the old one's; NULL where a table has none."""
    if "rule_id" in table.all_columns:
        return "coalesce(n.rule_id, o.rule_id)"
    if table.name != "clean.articles":
        return "NULL"
    cases = " ".join(
        f"WHEN list_has_any(columns, {list(columns)}) THEN coalesce({rule.format(row='n')}, {rule.format(row='o')})"
        for columns, rule in ARTICLE_RULES
        if table.all_columns.issuperset(columns)
    )
    return f"CASE {cases} END" if cases else "NULL"


def _look(con: Connection, number: int, table: Compared) -> None:
    """Add the table's rows that differ to ``changes``: in which columns, and under which rule."""
    differ = ", ".join(
        f"""CASE WHEN o."{name}" IS DISTINCT FROM n."{name}" THEN '{name}' END""" for name in table.looked_at
    )
    con.execute(
        f"""INSERT INTO changes BY NAME
        SELECT {number} AS table_no, old_row, new_row,
            CASE WHEN old_row IS NULL THEN 'added' WHEN new_row IS NULL THEN 'removed' WHEN moved THEN 'moved' ELSE 'changed' END AS change,
            CASE WHEN old_row IS NULL OR new_row IS NULL THEN [] ELSE list_filter([{differ}], lambda name: name IS NOT NULL) END AS columns,
            {_rule(table)} AS rule_id
        FROM pairs LEFT JOIN {OLD}.{table.name} AS o ON o.rowid = old_row LEFT JOIN {NEW}.{table.name} AS n ON n.rowid = new_row"""
    )


@contextmanager
def compare(home: Home, old: Path, new: Path, wanted: Sequence[str] = ()) -> Iterator[Comparison]:
    """Compare two copies, some tables or all. Raises QueryError for a table that neither has."""
    with aside(home) as con:
        con.execute(f"ATTACH '{quoted(old)}' AS {OLD} (READ_ONLY)")
        con.execute(f"ATTACH '{quoted(new)}' AS {NEW} (READ_ONLY)")
        comparison = _plan(con, wanted)
        con.execute(
            "CREATE TEMP TABLE changes (table_no INTEGER, change VARCHAR, rule_id VARCHAR, old_row BIGINT, new_row BIGINT, columns VARCHAR[])"
        )
        for number, table in enumerate(comparison.tables):
            _match(con, table)
            _look(con, number, table)
        yield comparison
