"""The front door: ``newsledger run | withdraw | status | sql | show | diff | export | publish | ui``.

What belongs here: arguments, words on the terminal, exit codes. What does not: work; it is imported when a command needs
it, so that the door itself opens fast. Exit codes: 0 done, 1 the work failed, 2 the call was wrong.
"""

from __future__ import annotations

import io
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from assets.front import AsOfOption, HomeOption, KeepOption
from assets.front import fail as _fail
from assets.front import guarded as _guarded
from assets.front import home_of as _home
from assets.front import interrupted as _interrupted
from assets.front import keeping as _keeping
from assets.front import loading as _loading
from assets.front import published as _published
from assets.front_copies import diff, export
from assets.front_show import show

app = typer.Typer(
    name="newsledger",
    help="From raw news captures to a DuckDB ledger of who reported what, with every fact open at its characters.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.command()
@_guarded
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH…]",
            help="Files or folders: .txt, .html, .jsonl, .parquet, .warc, also as .gz. Without one: the inbox, and every path of earlier runs.",
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
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            help="Processes for the work on captures; 1: none but this one. Default: workers in settings.toml, else one for each processor.",
            show_default=False,
        ),
    ] = None,
    keep: KeepOption = None,
) -> None:
    """Bring articles in, clean them, extract their facts, publish the store.

    Running again does only what is new or stale.

    Example: [bold]newsledger run seeds/captures[/bold]
    """
    from assets.inbox import make
    from assets.quick import nothing_to_do
    from assets.run_report import RunReport
    from assets.summary import Progress, show_run
    from pipelines.read.inputs import FIELDS

    paths = paths or None
    missing = [path for path in paths or [] if not path.exists()]
    if missing:
        _fail(f"there is nothing at {', '.join(map(str, missing))}", 2)
    field_map: dict[str, str] = {}
    for pair in field or []:
        ours, equals, theirs = pair.partition("=")
        if not (ours and equals and theirs):
            _fail(f"--field takes OURS=THEIRS, for example text=content; got {pair!r}", 2)
        if ours not in FIELDS:
            _fail(f"--field {pair}: {ours!r} is no field of ours; these are: {', '.join(FIELDS)}", 2)
        field_map[theirs] = ours
    place = _home(home)
    same = None if thorough else nothing_to_do(place, paths, field_map)
    if same is not None:
        show_run(place, RunReport(drops=same))
        return
    with _keeping(keep), Progress() as progress:
        with _loading():
            from assets.runs import RunFailedError, run_paths

        try:
            report = progress.follow(
                lambda: run_paths(place, paths, field_map, progress.say, thorough=thorough, workers=workers)
            )
        except RunFailedError as error:
            progress.stop()
            if _interrupted(error):
                raise
            _fail(f"{error} (the published store is as it was; the run's log: newsledger ui)")
    make(place)
    show_run(place, report)


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()


@app.command()
@_guarded
def withdraw(
    drops: Annotated[
        list[str],
        typer.Argument(metavar="DROP…", help="Names of drops (newsledger sql lists raw.drops), or their paths."),
    ],
    home: HomeOption = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    purge: Annotated[
        bool,
        typer.Option(
            "--purge",
            help="Remove for good what is otherwise kept: original bytes, published copies that hold the drop, old stores.",
        ),
    ] = False,
) -> None:
    """Take drops out: their rows in every table, then publish. What other drops delivered too stays.

    A withdrawn drop does not come back by itself; newsledger run PATH brings it in again.

    Example: [bold]newsledger withdraw news/2024-06-wrong-folder[/bold]
    """
    place = _home(home)
    if not (place.working.exists() or place.sources.exists()):
        _fail(f"there is nothing to withdraw: nothing was ever brought in to {place.path}")
    from assets.withdraw_summary import carry_out

    def agree() -> None:
        if not (yes or _somebody_is_there()):
            _fail("nobody is there to be asked: add --yes", 2)
        if not yes:
            typer.confirm("Go on?", abort=True)

    carry_out(place, drops, purge, agree)


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
            help="One query, or .tables, or .columns TABLE. Without one: an interactive shell; from a pipe: the queries read from it.",
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
    from assets.shell import interact, spelled_out

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
            answer(con, spelled_out(query), format, output)


app.command()(diff)
app.command()(export)
app.command()(show)


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
    from assets.inbox import make
    from assets.webserver import serve

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
    typer.echo(f"Dagster on http://127.0.0.1:{port} for {place.path} (Ctrl-C to stop)")
    typer.echo(f"Inbox: {make(place)}, once the sensors are switched on (Automation)")
    serve(place, port)


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
