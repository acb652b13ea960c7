"""Commands over published copies: ``diff`` and ``export``.

What belongs here: their arguments. What does not: their work, which is imported when one of them is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assets.front import AsOfOption, HomeOption, copy_of, fail, guarded, home_of

TableOption = Annotated[
    list[str] | None,
    typer.Option("--table", metavar="TABLE", help="Only this table. Repeatable.", show_default=False),
]


@guarded
def diff(
    home: HomeOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="WHEN",
            help="A date or a moment, as for --as-of. Default: the copy before.",
            show_default=False,
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--to", metavar="WHEN", help="Likewise. Default: what is published now.", show_default=False),
    ] = None,
    table: TableOption = None,
    rows: Annotated[
        int | None,
        typer.Option(
            "--rows",
            metavar="N",
            help="Rows for each table, rule and kind of change. Default: a few in the table, else all.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the result to a file.", show_default=False),
    ] = None,
) -> None:
    """What differs between two published copies: rows by table and rule, with examples.

    Example: [bold]newsledger diff --from 2026-11-20 --table facts.quotes[/bold]
    """
    from assets.answers import FORMATS
    from assets.diff_report import diff as show_diff
    from assets.history import previous

    if format not in FORMATS:
        fail(f"--format is one of {', '.join(FORMATS)}; got {format!r}", 2)
    if rows is not None and rows < 0:
        fail(f"--rows is a number of rows, 0 or more; got {rows}", 2)
    place = home_of(home)
    new = copy_of(place, until)
    old = previous(place, new) if since is None else copy_of(place, since)
    show_diff(place, old, new, table or [], rows, format, output)


@guarded
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to; an export that is there is replaced whole.")],
    home: HomeOption = None,
    as_of: AsOfOption = None,
    table: TableOption = None,
) -> None:
    """Write the published store as Parquet, partitioned by day of publication, for other engines.

    Example: [bold]newsledger export lake --table facts.quotes[/bold]
    """
    from assets.export import export as export_copy

    place = home_of(home)
    done = export_copy(place, copy_of(place, as_of), folder, table or [])
    tables, rows = len(done), sum(done.values())
    typer.echo(f"exported {tables} table{'s' * (tables != 1)}, {rows:,} row{'s' * (rows != 1)}, to {folder}")
