"""SQL for people at a terminal: a small interactive shell.

What belongs here: lines in, dot commands. What does not: how results look (answers).
"""

from __future__ import annotations

import duckdb
from rich.console import Console
from rich.text import Text

from assets.answers import QueryError, ask, show

HELP = """.tables          what can be asked, with descriptions
.columns TABLE   a table's columns, with descriptions
.quit            leave (also Ctrl-D)
A query ends with a semicolon; \\G is not needed."""

TABLES = """
SELECT schema_name || '.' || table_name AS name, estimated_size AS rows, comment AS description
FROM duckdb_tables() WHERE NOT internal
UNION ALL
SELECT schema_name || '.' || view_name, NULL, comment FROM duckdb_views() WHERE NOT internal
ORDER BY name
"""
COLUMNS = """
SELECT column_name, data_type, comment AS description
FROM duckdb_columns() WHERE schema_name || '.' || table_name = '{}' ORDER BY column_index
"""


def spelled_out(line: str) -> str:
    """The query that ``.tables`` or ``.columns TABLE`` stands for; any other line as it is.

    Raises :class:`QueryError` for a dot command that there is not, and for a table that there cannot be.
    """
    match line.split():
        case [".tables"]:
            return TABLES
        case [".columns", table] if "'" not in table:
            return COLUMNS.format(table)
        case [first, *_] if first.startswith("."):
            raise QueryError(f"no command {line.strip()!r}; there are .tables and .columns TABLE")
    return line


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
            try:
                show(ask(con, spelled_out(line)), console)
            except QueryError:
                console.print(HELP)
            continue
        pending += line + "\n"
        if pending.strip().endswith(";"):
            try:
                show(ask(con, pending), console)
            except QueryError as error:
                console.print(Text(str(error), style="red"))
            except KeyboardInterrupt:
                console.print("[dim]interrupted[/dim]")
            pending = ""
        elif not pending.strip():
            pending = ""
