"""The front door: ``newsledger run | status | sql | publish | ui``.

What belongs here: arguments, words on the terminal, exit codes. What does not: work; it is imported when a command needs
it, so that the door itself opens fast. Exit codes: 0 done, 1 the work failed, 2 the call was wrong.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

app = typer.Typer(
    name="newsledger",
    help="From raw news captures to a DuckDB ledger of who reported what, with every fact open at its characters.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="Folder of all state. Default: $NEWSLEDGER_HOME, else var/ in the checkout.",
        show_default=False,
    ),
]
Result = TypeVar("Result")


def _fail(words: str, code: int = 1) -> NoReturn:
    """One clear line on stderr, and out."""
    typer.echo(f"error: {' '.join(words.split())}", err=True)
    raise typer.Exit(code)


def _home(folder: Path | None) -> Any:
    from assets.home import Home

    return Home(folder.absolute()) if folder else Home.default()


def _guarded(work: Callable[[], Result]) -> Result:
    """The work's result; what went wrong in words that a person can act on."""
    from assets.home import HomeError
    from assets.store import StoreError

    try:
        return work()
    except (HomeError, StoreError, FileNotFoundError) as error:
        _fail(str(error))
    except PermissionError as error:
        _fail(f"{error.filename} cannot be opened: {error.strerror}")
    except OSError as error:
        _fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")


def _published(folder: Path | None) -> Any:
    """A read-only connection to the published copy."""
    import duckdb

    home = _home(folder)
    if not home.published.exists():
        _fail(f"nothing is published in {home.path} yet. Bring articles in with: newsledger run PATH")
    try:
        return duckdb.connect(str(home.published), read_only=True)
    except duckdb.Error as error:
        _fail(f"{home.published} cannot be opened: {error}")


@app.command()
def run(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Files or folders of .txt dumps and .jsonl records.")
    ],
    home: HomeOption = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field",
            metavar="OURS=THEIRS",
            help="Field of the records that holds ours, for example text=content. Repeatable.",
        ),
    ] = None,
) -> None:
    """Bring articles in, clean them, extract their facts, publish the store.

    Running again does only what is new or stale.

    Example: [bold]newsledger run seeds/captures[/bold]
    """
    from assets.summary import Progress, show_run

    missing = [path for path in paths if not path.exists()]
    if missing:
        _fail(f"there is nothing at {', '.join(map(str, missing))}", 2)
    field_map: dict[str, str] = {}
    for pair in field or []:
        ours, equals, theirs = pair.partition("=")
        if not (ours and equals and theirs):
            _fail(f"--field takes OURS=THEIRS, for example text=content; got {pair!r}", 2)
        field_map[theirs] = ours
    place = _home(home)
    with Progress() as progress:
        from assets.runs import RunFailedError, run_paths

        try:
            report = _guarded(lambda: progress.follow(lambda: run_paths(place, paths, field_map, progress.say)))
        except RunFailedError as error:
            progress.stop()
            _fail(f"{error} (the published store is as it was; the run's log: newsledger ui)")
    show_run(place, report)


@app.command()
def status(home: HomeOption = None) -> None:
    """What the store holds, when it was published, and what is stale.

    Example: [bold]newsledger status[/bold]
    """
    from assets.summary import show_status

    _guarded(lambda: show_status(_home(home)))


@app.command()
def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            help="One query. Without one: an interactive shell; from a pipe: the queries read from it.",
            show_default=False,
        ),
    ] = None,
    home: HomeOption = None,
    format: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            "-f",
            metavar="FILE",
            help="Read the query from a file, for example one of sql/questions.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the result to a file.", show_default=False),
    ] = None,
) -> None:
    """Ask the published store in SQL (DuckDB).

    Example: [bold]newsledger sql "SELECT speaker, quote, outlet FROM marts.quote_book LIMIT 5"[/bold]
    """
    from assets.shell import FORMATS, QueryError, answer, interact

    if format not in FORMATS:
        _fail(f"--format is one of {', '.join(FORMATS)}; got {format!r}", 2)
    if file is not None:
        if query is not None:
            _fail("give a query or --file, not both", 2)
        query = _guarded(lambda: file.read_text("utf-8"))
    with _published(home) as con:
        try:
            if query is not None:
                answer(con, query, format, output)
            elif sys.stdin.isatty():
                interact(con)
            else:
                answer(con, sys.stdin.read(), format, output)
        except QueryError as error:
            _fail(str(error))
        except BrokenPipeError:
            os._exit(0)  # the reader of a pipe, such as head, has seen enough


@app.command()
def publish(home: HomeOption = None) -> None:
    """Check the store and publish it, without reading anything new.

    Example: [bold]newsledger publish[/bold]
    """
    from assets.publish import publish as publish_store
    from assets.store import writing

    place = _home(home)

    def work() -> dict[str, Any]:
        with writing(place, lambda words: typer.echo(words, err=True)) as con:
            return publish_store(con, place)

    done = _guarded(work)
    typer.echo(f"published {done['path']} ({done['size_bytes'] / 1e6:.1f} MB)")


@app.command()
def ui(
    home: HomeOption = None,
    port: Annotated[int, typer.Option("--port", help="Port on 127.0.0.1.")] = 3000,
) -> None:
    """Serve Dagster's UI on loopback: runs, partitions, checks, reruns.

    Example: [bold]newsledger ui --port 3000[/bold]
    """
    from assets.home import CHECKOUT

    place = _home(home)
    _guarded(place.prepare)
    os.environ |= {"NEWSLEDGER_HOME": str(place.path), "DAGSTER_HOME": str(place.dagster)}
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    typer.echo(f"Dagster on http://127.0.0.1:{port} for {place.path} (Ctrl-C to stop)")
    arguments = [
        "-m",
        "dagster",
        "dev",
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
        "-m",
        "assets.definitions",
        "-d",
        str(CHECKOUT),
    ]
    os.chdir(place.path)  # not in the checkout, whose dagster.yaml is the template and not this instance's
    os.execv(sys.executable, [sys.executable, "-W", "ignore", *arguments])


def main() -> None:
    """Entry point of the console script."""
    arguments = sys.argv[1:]
    # A query may begin with a comment; that is no option.
    commented = [words for words in arguments if words.startswith("-- ") or words.startswith("--") and "\n" in words]
    if len(commented) == 1 and arguments[:1] == ["sql"]:
        arguments = [words for words in arguments if words not in commented] + ["--", *commented]
    app(args=arguments)


if __name__ == "__main__":
    main()
