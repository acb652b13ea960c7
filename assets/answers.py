"""A query's answer, on the terminal or as a file: all formatting of results.

What belongs here: relations to tables, records, CSV, JSON and Parquet. What does not: where queries come from (shell) and
what goes wrong around them (the front door). DuckDB writes the values; nothing here knows a type but by its name.
"""

from __future__ import annotations

import io
import json
import math
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import duckdb
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assets.visible import visible

FORMATS = ("table", "csv", "json", "parquet")
SHOWN_ROWS = 200
"""Rows of a table on the terminal; the other formats give all."""
SHOWN_RECORDS = 20
"""Rows shown where each takes a block of lines of its own."""
LEAST_WIDTH = 12
"""A column of the terminal's table is not squeezed below this; rather, each row becomes a block of lines."""
PIPE_WIDTH = 160
CELL_CHARACTERS = 20_000
"""What the terminal shows of one value."""
FETCHED_ROWS = 1000

NESTED = frozenset({"list", "struct", "map", "union", "array"})
INTEGERS = frozenset(
    f"{sign}{size}" for sign in ("", "u") for size in ("tinyint", "smallint", "integer", "bigint", "hugeint")
)
NUMBERS = INTEGERS | {"float", "double", "decimal", "bignum"}
NATIVE = INTEGERS | {"float", "double", "boolean"}
"""Types with values of their own in JSON; all others are strings there, as DuckDB writes them."""


class QueryError(RuntimeError):
    """A query that cannot be answered; DuckDB's own words where it refuses it."""


class Screen(Console):
    """A console that leaves a reader who has gone away to the front door."""

    def on_broken_pipe(self) -> NoReturn:
        """Raise BrokenPipeError, where rich would end the process with an error."""
        raise BrokenPipeError


@contextmanager
def refusals() -> Iterator[None]:
    """What DuckDB refuses in here is a :class:`QueryError`."""
    try:
        yield
    except duckdb.InterruptException as error:
        raise KeyboardInterrupt from error
    except duckdb.Error as error:
        words = str(error).split("\n\n")[0]
        lost = isinstance(error, duckdb.CatalogException) and "Table with name" in words
        raise QueryError(f"{words} (.tables lists what can be asked)" if lost else words) from error
    except UnicodeEncodeError as error:
        raise QueryError("the query is not UTF-8") from error
    except RuntimeError as error:
        if "interrupted" in str(error):  # DuckDB's word for Ctrl-C
            raise KeyboardInterrupt from error
        raise


def ask(con: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[object] | None = None) -> Any:
    """The last result of one or more statements, not fetched yet; None if it has none. Raises :class:`QueryError`."""
    with refusals():
        query.encode()
        return con.sql(query, params=parameters)


def _names(columns: Sequence[str]) -> list[str]:
    """Column names, each once.

    >>> _names(["a", "b", "A", "a_2"])
    ['a', 'b', 'A_3', 'a_2']
    """
    names: list[str] = []
    taken = {name.lower() for name in columns}
    used: set[str] = set()
    for column in columns:
        name, number = column or "column", 2
        while name.lower() in used or (name != column and name.lower() in taken):
            name, number = f"{column}_{number}", number + 1
        used.add(name.lower())
        names.append(name)
    return names


def _as_text(position: int, kind: Any) -> str:
    """A column, by its position, as text; lists and structs as JSON."""
    nested = str(kind.id) in NESTED
    return f"CAST(to_json(#{position}) AS VARCHAR)" if nested else f"CAST(#{position} AS VARCHAR)"


def _project(result: Any, expressions: Sequence[str]) -> Any:
    named = zip(expressions, _names(result.columns), strict=True)
    return result.project(", ".join(f'{words} AS "{name.replace(chr(34), chr(34) * 2)}"' for words, name in named))


def _texts(result: Any) -> Any:
    return _project(result, [_as_text(place, kind) for place, kind in enumerate(result.types, 1)])


def _cell(value: str | None) -> Text:
    if value is None:
        return Text("·", style="dim")
    more = f"… ({len(value):,} characters)" if len(value) > CELL_CHARACTERS else ""
    return Text(visible(value[:CELL_CHARACTERS]) + more)


def _fits(names: Sequence[str], rows: Sequence[Sequence[Text]], width: int) -> bool:
    """Whether every column has the room that it needs, or at least LEAST_WIDTH."""
    room = 3 * (len(names) - 1)
    for place, name in enumerate(names):
        lines = [name, *(line for row in rows for line in row[place].plain.split("\n"))]
        room += min(LEAST_WIDTH, max(cell_len(line[:LEAST_WIDTH]) for line in lines))
    return room <= width


def show(result: Any, console: Console) -> None:
    """A result as a table, or a block of lines for each row where there are too many columns; what is left out is said."""
    if result is None:
        console.print("[dim]done[/dim]")
        return
    with refusals():
        fetched = _texts(result).limit(SHOWN_ROWS + 1).fetchall()
        names = _names(result.columns)
        rows = [[_cell(value) for value in row] for row in fetched[:SHOWN_ROWS]]
        wide = _fits(names, rows, console.width)
        if not wide:
            rows = rows[:SHOWN_RECORDS]
        total = result.aggregate("count(*)").fetchone()[0] if len(fetched) > SHOWN_ROWS else len(fetched)
    if wide:
        table = Table(header_style="bold", show_edge=False, pad_edge=False)
        for name, kind in zip(names, result.types, strict=True):
            justify: Any = "right" if str(kind.id) in NUMBERS else "left"
            table.add_column(Text(name), justify=justify, overflow="fold")
        for row in rows:
            table.add_row(*row)
        console.print(table)
    else:
        broad = max(cell_len(name) for name in names)
        for number, row in enumerate(rows, 1):
            console.print(Text(f"── row {number:,} ".ljust(broad + 1, "─") + "┬───", style="dim"))
            record = Table(show_header=False, show_edge=False, pad_edge=False)
            record.add_column(no_wrap=True, min_width=min(broad, console.width // 2), style="bold")
            record.add_column(overflow="fold")
            for name, value in zip(names, row, strict=True):
                record.add_row(Text(name), value)
            console.print(record)
    left = total - len(rows)
    more = f" ({left:,} left out; --format csv, json or parquet gives all)" if left else ""
    console.print(f"[dim]{total:,} row{'' if total == 1 else 's'}{more}[/dim]", highlight=False)


def _plain(value: Any) -> Any:
    """A value that JSON has: NaN and the infinities are null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def _json_value(kind: str, value: Any) -> Any:
    if value is None or kind in INTEGERS:
        return value
    return _plain(json.loads(value) if kind in NESTED else value)


def _write_json(result: Any, path: Path) -> None:
    kinds = [str(kind.id) for kind in result.types]
    columns = [
        f"#{place}" if str(kind.id) in NATIVE else _as_text(place, kind) for place, kind in enumerate(result.types, 1)
    ]
    names = [json.dumps(name, ensure_ascii=False) for name in _names(result.columns)]
    rows, before = _project(result, columns), "["
    with path.open("w", encoding="utf-8") as file:
        while batch := rows.fetchmany(FETCHED_ROWS):
            for row in batch:
                values = (
                    json.dumps(_json_value(kind, value), ensure_ascii=False)
                    for kind, value in zip(kinds, row, strict=True)
                )
                fields = (f"{name}: {value}" for name, value in zip(names, values, strict=True))
                file.write(f"{before}{{{', '.join(fields)}}}")
                before = ",\n "
        file.write("[]\n" if before == "[" else "]\n")


def _write(result: Any, form: str, path: Path) -> None:
    if form == "json":
        _write_json(result, path)
        return
    nested = [form == "csv" and str(kind.id) in NESTED for kind in result.types]
    columns = [
        _as_text(place, kind) if flat else f"#{place}"
        for place, (kind, flat) in enumerate(zip(result.types, nested, strict=True), 1)
    ]
    rows = _project(result, columns)
    if form == "csv":
        rows.write_csv(str(path), header=True)
    else:
        rows.write_parquet(str(path))


def answer(con: duckdb.DuckDBPyConnection, query: str, form: str, output: Path | None) -> None:
    """Run a query and write its result. Raises :class:`QueryError`, with nothing written."""
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise QueryError("parquet is not for a terminal: name a file with --output, or pipe it on")
    if output is not None and not output.absolute().parent.is_dir():
        raise QueryError(f"there is no folder {output.absolute().parent} to write {output.name} in")
    with refusals():
        if not con.extract_statements(query.encode().decode()):
            raise QueryError("there is no query")
    result = ask(con, query)
    if form == "table":
        if output is None:
            show(result, Screen(width=None if sys.stdout.isatty() else PIPE_WIDTH))
        else:
            page = io.StringIO()
            show(result, Console(file=page, width=PIPE_WIDTH))
            output.write_text(page.getvalue(), "utf-8")
        return
    if result is None:
        raise QueryError(f"the query has no result to write as {form}")
    # A result that fails half way must not leave half a file: it is complete here before it goes anywhere.
    with tempfile.TemporaryDirectory(prefix="newsledger-") as folder:
        path = Path(folder) / "answer"
        with refusals():
            _write(result, form, path)
        with path.open("rb") as written:
            if output is None:
                shutil.copyfileobj(written, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                with output.open("wb") as file:
                    shutil.copyfileobj(written, file)
