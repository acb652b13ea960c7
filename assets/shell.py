"""SQL for people at a terminal: one query in several formats, or a small interactive shell."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from rich.console import Console
from rich.table import Table

FORMATS = ("table", "csv", "json", "parquet")
SHOWN_ROWS = 200
"""Rows of a table on the terminal; the other formats give all."""

HELP = """.tables          what can be asked, with descriptions
.columns TABLE   a table's columns, with descriptions
.quit            leave (also Ctrl-D)
A query ends with a semicolon; \\G is not needed."""


class QueryError(RuntimeError):
    """A query that DuckDB refuses, with its own words."""


def _run(con: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    rows = pl.DataFrame()
    try:
        for statement in con.extract_statements(query):
            result = con.sql(statement.query)
            rows = pl.DataFrame() if result is None else pl.DataFrame(result)
        return rows
    except duckdb.Error as error:
        raise QueryError(str(error).split("\n\n")[0]) from error


def _cell(value: Any) -> str:
    if value is None:
        return "[dim]·[/dim]"
    if isinstance(value, (list, dict)):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return str(value).replace("[", "\\[")


def show(rows: pl.DataFrame, console: Console) -> None:
    """A frame as a table; what is cut off is said."""
    if not rows.width:
        console.print("[dim]done[/dim]")
        return
    table = Table(header_style="bold", show_edge=False, pad_edge=False)
    for name, dtype in rows.schema.items():
        table.add_column(name, justify="right" if dtype.is_numeric() else "left", overflow="fold")
    for row in rows.head(SHOWN_ROWS).iter_rows():
        table.add_row(*map(_cell, row))
    console.print(table)
    more = f" (the first {SHOWN_ROWS} shown)" if rows.height > SHOWN_ROWS else ""
    console.print(f"[dim]{rows.height:,} row{'' if rows.height == 1 else 's'}{more}[/dim]")


def _flat(rows: pl.DataFrame) -> pl.DataFrame:
    """Lists and structs as JSON text: CSV has neither."""
    nested = [name for name, dtype in rows.schema.items() if dtype.is_nested()]
    return rows.with_columns(
        pl.Series(
            name,
            [
                None if value is None else json.dumps(value, ensure_ascii=False, default=str)
                for value in rows[name].to_list()
            ],
            dtype=pl.String,
        )
        for name in nested
    )


def answer(con: duckdb.DuckDBPyConnection, query: str, form: str, output: Path | None) -> None:
    """Run one query and write its result. Raises :class:`QueryError`."""
    rows = _run(con, query)
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise QueryError("parquet is not for a terminal: name a file with --output, or pipe it on")
    if form == "table":
        if output is None:
            show(rows, Console(soft_wrap=False, width=None if sys.stdout.isatty() else 160))
        else:
            with output.open("w", encoding="utf-8") as file:
                show(rows, Console(file=file, width=160))
        return
    if form == "csv":
        data = _flat(rows).write_csv().encode()
    elif form == "json":
        lines = [json.dumps(row, ensure_ascii=False, default=str) for row in rows.iter_rows(named=True)]
        data = ("[" + ",\n ".join(lines) + "]\n").encode()
    else:
        import io

        buffer = io.BytesIO()
        rows.write_parquet(buffer)
        data = buffer.getvalue()
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(data)


TABLES = """
SELECT schema_name || '.' || table_name AS name, estimated_size AS rows, comment AS description
FROM duckdb_tables() WHERE NOT internal
UNION ALL
SELECT schema_name || '.' || view_name, NULL, comment FROM duckdb_views() WHERE NOT internal
ORDER BY name
"""
COLUMNS = "SELECT column_name, data_type, comment AS description FROM duckdb_columns() WHERE schema_name || '.' || table_name = ? ORDER BY column_index"


def interact(con: duckdb.DuckDBPyConnection) -> None:
    """Read queries from the terminal until the end."""
    import readline  # noqa: F401 - gives input() history and editing

    console = Console()
    console.print("newsledger, read-only. [bold].help[/bold] for help, [bold].quit[/bold] to leave.")
    pending = ""
    while True:
        try:
            line = input("       ...> " if pending else "newsledger> ")
        except EOFError:
            console.print()
            return
        except KeyboardInterrupt:
            console.print()
            pending = ""
            continue
        words = line.strip().split()
        if not pending and words and words[0].startswith("."):
            if words[0] in (".quit", ".exit"):
                return
            if words[0] == ".tables":
                show(_run(con, TABLES), console)
            elif words[0] == ".columns" and len(words) == 2:
                show(pl.DataFrame(con.sql(COLUMNS, params=[words[1]])), console)
            else:
                console.print(HELP)
            continue
        pending += line + "\n"
        if pending.strip().endswith(";"):
            try:
                show(_run(con, pending), console)
            except QueryError as error:
                console.print(f"[red]{str(error).replace('[', chr(92) + '[')}[/red]")
            pending = ""
        elif not pending.strip():
            pending = ""
