"""What differs between two copies, in words: counts by table and rule, then examples to judge by.

What belongs here: the page on the terminal, and the choice of copies. What does not: the comparison (diff), the other formats
(answers).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assets.answers import PIPE_WIDTH, answer
from assets.diff import Comparison, compare
from assets.diff_records import records
from assets.history import Copy, HistoryError
from assets.home import Home
from assets.visible import visible

EXAMPLES, FEW_GROUPS = 3, 8
"""Rows shown for each table, rule and kind of change, unless ``--rows`` says otherwise; one where there are many of these."""
SHOWN_CHARACTERS = 90
BEFORE_DIFFERENCE = 24
"""Characters of a long value that are shown before the first that differs."""
CHANGES = ("added", "removed", "changed", "moved")

COUNTS = f"""
WITH counted AS (
    SELECT table_no, rule_id, {", ".join(f"count(*) FILTER (change = '{change}') AS {change}" for change in CHANGES)}
    FROM changes GROUP BY ALL
), touched AS (
    SELECT table_no, rule_id, name, count(*) AS rows
    FROM (SELECT table_no, rule_id, unnest(columns) AS name FROM changes) GROUP BY ALL
), named AS (
    SELECT table_no, rule_id, string_agg(name || ' ' || rows, ', ' ORDER BY rows DESC, name) AS columns FROM touched GROUP BY ALL
)
SELECT counted.*, named.columns FROM counted LEFT JOIN named
    ON named.table_no = counted.table_no AND named.rule_id IS NOT DISTINCT FROM counted.rule_id
ORDER BY counted.table_no, counted.rule_id
"""


def _line(words: object) -> str:
    return visible(" ".join(str(words).split()))


def shortened(before: str | None, after: str | None) -> tuple[str, str]:
    """Two values on a line each, from shortly before where they differ.

    >>> shortened("a", None)
    ('a', '·')
    >>> shortened("The ferry sails at nine from the old pier. " * 3 + "Monday", "The ferry sails at nine from the old pier. " * 3 + "Friday")
    ('… nine from the old pier. Monday', '… nine from the old pier. Friday')
    """
    values = ["·" if value is None else _line(value) for value in (before, after)]
    start = 0
    if max(map(len, values)) > SHOWN_CHARACTERS and before is not None and after is not None:
        same = next((place for place, (old, new) in enumerate(zip(*values, strict=False)) if old != new), 0)
        start = max(0, same - BEFORE_DIFFERENCE)
    first, second = (
        ("… " if start else "")
        + value[start:].lstrip()[:SHOWN_CHARACTERS]
        + ("…" if len(value) > start + SHOWN_CHARACTERS else "")
        for value in values
    )
    return first, second


def _counts(console: Console, comparison: Comparison) -> None:
    table = Table(header_style="dim", show_edge=False, pad_edge=False, box=None)
    for name in ("table", "rule"):
        table.add_column(name)
    for name in CHANGES:
        table.add_column(name, justify="right")
    table.add_column("columns that changed", overflow="fold")
    for number, rule, *counts, columns in comparison.con.execute(COUNTS).fetchall():
        shown = [f"{count:,}" if count else "" for count in counts]
        table.add_row(comparison.tables[number].name, Text(rule or "·"), *shown, Text(columns or ""))
    console.print(table)


def _examples(console: Console, comparison: Comparison, rows: int) -> None:
    cursor = comparison.con.execute(records(comparison, rows))
    names = [column[0] for column in cursor.description]
    found: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for (table, rule), group in groupby(found, key=lambda one: (one["table"], one["rule_id"])):
        console.print()
        console.print(Text(f"{table}{f', {rule}' if rule else ''}", style="bold"))
        for _, entries in groupby(group, key=lambda one: (one["change"], one["key"])):
            columns = list(entries)
            one = columns[0]
            where = ", ".join(
                _line(one[name]) for name in ("outlet_id", "publication_date", "uri") if one[name] is not None
            )
            what = shortened(one["what"], None)[0]
            console.print(
                Text.assemble(f"  {one['change']:<8}", what, (f"  {where}" if where else "", "dim")), soft_wrap=True
            )
            for column in columns:
                if column["column"] is not None:
                    before, after = shortened(column["before"], column["after"])
                    line = Text.assemble(" " * 10, (f"{column['column']}: ", "dim"), before, (" → ", "bold"), after)
                    console.print(line, soft_wrap=True)


def show(console: Console, comparison: Comparison, old: Copy, new: Copy, rows: int | None) -> None:
    """The page: which copies, counts by table and rule, what could not be compared, examples."""
    console.print(f"From {old.when} (publication {old.sequence}) to {new.when} (publication {new.sequence})\n")
    differing = comparison.con.execute("SELECT count(*) FROM changes").fetchone()
    if differing and differing[0]:
        _counts(console, comparison)
    else:
        console.print("No row differs.")
    for note in comparison.notes:
        console.print(Text(f"Note: {note}"), soft_wrap=True)
    groups = comparison.con.execute(
        "SELECT count(*) FROM (SELECT DISTINCT table_no, rule_id, change FROM changes)"
    ).fetchone()
    shown = (EXAMPLES if groups and groups[0] <= FEW_GROUPS else 1) if rows is None else rows
    if shown:
        _examples(console, comparison, shown)


def diff(
    home: Home, old: Copy, new: Copy, tables: Sequence[str], rows: int | None, form: str, output: Path | None
) -> None:
    """Compare two copies and show or write what differs. Raises HistoryError where there is but one, QueryError otherwise."""
    if old.path is None or new.path is None or old.path == new.path:
        raise HistoryError(f"both moments name the copy that was published {new.when}: there is nothing to compare")
    with compare(home, old.path, new.path, tables) as comparison:
        if form != "table":
            answer(comparison.con, records(comparison, rows), form, output)
            for note in comparison.notes:
                print(f"note: {note}", file=sys.stderr)
            return
        width = None if sys.stdout.isatty() and output is None else PIPE_WIDTH
        page = io.StringIO()
        console = (
            Console(highlight=False, width=width)
            if output is None
            else Console(file=page, highlight=False, width=width)
        )
        show(console, comparison, old, new, rows)
        if output is not None:
            output.write_text(page.getvalue(), "utf-8")
