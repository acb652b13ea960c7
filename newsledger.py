"""The front door: ``newsledger run | status | sql | publish | ui``.

What belongs here: arguments, words on the terminal, exit codes. What does not: work; it is imported when a command needs
it, so that the door itself opens fast. Exit codes: 0 done, 1 the work failed, 2 the call was wrong.
"""

from __future__ import annotations

import functools
import io
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

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


def _fail(words: str, code: int = 1) -> NoReturn:
    """One clear line on stderr, and out."""
    typer.echo(f"error: {' '.join(words.split())}", err=True)
    raise typer.Exit(code)


def _home(folder: Path | None) -> Any:
    from assets.home import Home

    return Home(folder.absolute()) if folder else Home.default()


def _wrong(error: BaseException, home: Path | None) -> str | None:
    """What went wrong, in words that a person can act on; None for what only a programmer can."""
    import zipfile

    import duckdb

    from assets.answers import QueryError
    from assets.home import HomeError
    from assets.store import StoreError

    # Not what is wrong with a query, but with the file under it.
    broken = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
    if isinstance(error, duckdb.Error) or isinstance(error.__cause__, broken):
        from assets.summary import damage

        damaged = damage(_home(home))
        if damaged is not None:
            return damaged
    match error:
        case HomeError() | StoreError() | QueryError():
            return str(error)
        case UnicodeDecodeError():
            return "the query is not UTF-8"
        case duckdb.Error():
            return str(error).split("\n\n")[0]
        case zipfile.BadZipFile():
            return f"a file under {_home(home).sources} is damaged: {error}"
        case MemoryError():
            return "there is not enough memory for this"
        case PermissionError():
            return f"{error.filename} cannot be opened: {error.strerror}"
        case OSError():
            words = error.strerror or str(error)
            return f"{words}{f': {error.filename}' if error.filename else ''}"
    return None


def _interrupted(error: BaseException) -> bool:
    """Whether it is Ctrl-C, by whichever name: Dagster and DuckDB have their own, and a failed run tells it as its reason."""
    names = ("KeyboardInterrupt", "DagsterExecutionInterruptedError", "Query interrupted", "Interrupted!")
    told = str(error) if isinstance(error, RuntimeError) else ""
    return type(error).__name__ in (*names, "InterruptException") or any(name in told for name in names)


def _guarded(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose failures are one line and an exit code, never a traceback."""

    @functools.wraps(command)
    def guarded(**arguments: Any) -> None:
        try:
            command(**arguments)
        except typer.Exit:
            raise
        except BrokenPipeError:
            # The reader of a pipe, such as head, has seen enough; nothing that is left in a buffer is to be written.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except BaseException as error:
            if _interrupted(error):
                typer.echo("interrupted", err=True)
                raise typer.Exit(130) from None
            words = _wrong(error, arguments.get("home"))
            if words is None:
                raise
            _fail(words)

    return guarded


def _published(folder: Path | None, as_of: str | None = None) -> Any:
    """A read-only connection to the published copy, or to the one that was current then."""
    import duckdb

    home = _home(folder)
    if not home.published.exists():
        _fail(f"nothing is published in {home.path} yet. Bring articles in with: newsledger run PATH")
    path = _copy(home, as_of).path if as_of is not None else home.published
    return duckdb.connect(str(path), read_only=True)


def _copy(home: Any, when: str | None) -> Any:
    """The copy that was current then; without a moment, the one that is."""
    from assets.history import WhenError, as_of, current

    try:
        return as_of(home, when) if when is not None else current(home)
    except WhenError as error:
        _fail(str(error), 2)


AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="WHEN",
        help="The copy that was current then: a date (the end of that day, UTC) or a moment such as 2026-11-20T14:00.",
        show_default=False,
    ),
]
KeepOption = Annotated[
    int | None,
    typer.Option(
        "--keep",
        metavar="N",
        help="Published copies to keep: the newest N, and the last of each of N days. Default: keep in settings.toml, else 7.",
        show_default=False,
    ),
]


def _keeping(copies: int | None) -> Any:
    """Publishing in here keeps so many copies."""
    from assets.history import keeping

    if copies is not None and copies < 0:
        _fail(f"--keep is a number of copies, 0 or more; got {copies}", 2)
    return keeping(copies)


@app.command()
@_guarded
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH…]",
            help="Files or folders of .txt dumps and .jsonl records. Without one: the inbox, and every path of earlier runs.",
            show_default=False,
        ),
    ] = None,
    home: HomeOption = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field",
            metavar="OURS=THEIRS",
            help="Field of the records that holds ours, for example text=content. Repeatable.",
        ),
    ] = None,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Hash every file again, also those that look unchanged from outside.")
    ] = False,
    keep: KeepOption = None,
) -> None:
    """Bring articles in, clean them, extract their facts, publish the store.

    Running again does only what is new or stale.

    Example: [bold]newsledger run seeds/captures[/bold]
    """
    from assets.quick import nothing_to_do
    from assets.run_report import RunReport
    from assets.summary import Progress, show_run

    paths = paths or None
    missing = [path for path in paths or [] if not path.exists()]
    if missing:
        _fail(f"there is nothing at {', '.join(map(str, missing))}", 2)
    field_map: dict[str, str] = {}
    for pair in field or []:
        ours, equals, theirs = pair.partition("=")
        if not (ours and equals and theirs):
            _fail(f"--field takes OURS=THEIRS, for example text=content; got {pair!r}", 2)
        field_map[theirs] = ours
    place = _home(home)
    same = None if thorough else nothing_to_do(place, paths, field_map)
    if same is not None:
        show_run(place, RunReport(drops=same))
        return
    with _keeping(keep), Progress() as progress:
        from assets.runs import RunFailedError, run_paths

        try:
            report = progress.follow(lambda: run_paths(place, paths, field_map, progress.say, thorough=thorough))
        except RunFailedError as error:
            progress.stop()
            if _interrupted(error):
                raise
            _fail(f"{error} (the published store is as it was; the run's log: newsledger ui)")
    show_run(place, report)


@app.command()
@_guarded
def status(home: HomeOption = None) -> None:
    """What the store holds, when it was published, and what is stale.

    Example: [bold]newsledger status[/bold]
    """
    from assets.summary import show_status

    show_status(_home(home))


@app.command()
@_guarded
def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            help="One query. Without one: an interactive shell; from a pipe: the queries read from it.",
            show_default=False,
        ),
    ] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
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
    from assets.answers import FORMATS, answer
    from assets.shell import interact

    if format not in FORMATS:
        _fail(f"--format is one of {', '.join(FORMATS)}; got {format!r}", 2)
    if file is not None:
        if query is not None:
            _fail("give a query or --file, not both", 2)
        query = file.read_bytes().decode("utf-8-sig")
    if query is None and not sys.stdin.isatty():
        query = sys.stdin.buffer.read().decode("utf-8-sig")
    with _published(home, as_of) as con:
        if query is None:
            interact(con)
        else:
            answer(con, query, format, output)


@app.command()
@_guarded
def publish(home: HomeOption = None, keep: KeepOption = None) -> None:
    """Check the store and publish it, without reading anything new.

    Example: [bold]newsledger publish[/bold]
    """
    from assets.publish import publish as publish_store
    from assets.store import writing

    place = _home(home)

    with _keeping(keep), writing(place, lambda words: typer.echo(words, err=True)) as con:
        done = publish_store(con, place)
    typer.echo(f"published {done['path']} ({done['size_bytes'] / 1e6:.1f} MB)")


@app.command()
@_guarded
def ui(
    home: HomeOption = None,
    port: Annotated[int, typer.Option("--port", help="Port on 127.0.0.1.")] = 3000,
) -> None:
    """Serve Dagster's UI on loopback: runs, partitions, checks, reruns.

    Example: [bold]newsledger ui --port 3000[/bold]
    """
    from assets.home import CHECKOUT

    if not 1 <= port <= 65535:
        _fail(f"--port is a number from 1 to 65535; got {port}", 2)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            _fail(f"port {port} cannot be had: {error.strerror}. Name another with --port")
    place = _home(home)
    place.prepare()
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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Unicode still gets all there is to say
    arguments = sys.argv[1:]
    # A query may begin with a comment; that is no option.
    commented = [words for words in arguments if words.startswith("-- ") or (words.startswith("--") and "\n" in words)]
    if len(commented) == 1 and arguments[:1] == ["sql"] and "--" not in arguments:
        arguments = [words for words in arguments if words not in commented] + ["--", *commented]
    app(args=arguments)


if __name__ == "__main__":
    main()
