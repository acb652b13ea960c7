"""What every command of the front door shares: options, the home, failures in a line.

What belongs here: typer types and exit codes that more than one command needs. What does not: a command of its own
(newsledger.py), work. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import functools
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from assets.visible import in_a_line

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="Folder of all state. Default: $NEWSLEDGER_HOME, else var/ in the checkout.",
        show_default=False,
    ),
]


def fail(words: str, code: int = 1) -> NoReturn:
    """One clear line on stderr, and out."""
    typer.echo(f"error: {in_a_line(' '.join(words.split()))}", err=True)
    raise typer.Exit(code)


def home_of(folder: Path | None) -> Any:
    """The home that ``--home`` names, else the default one."""
    from assets.home import Home

    return Home(folder.absolute()) if folder else Home.default()


def wrong(error: BaseException, home: Path | None) -> str | None:
    """What went wrong, in words that a person can act on; None for what only a programmer can."""
    import zipfile

    import duckdb

    from assets.answers import QueryError
    from assets.home import HomeError
    from assets.outages import outage
    from assets.sql import SqlFileError
    from assets.store import StoreError
    from pipelines.rules import RuleError

    out = outage(error, home_of(home).path)
    if out is not None:
        return out
    # Not what is wrong with a query, but with the file under it.
    broken = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
    if isinstance(error, duckdb.Error) or isinstance(error.__cause__, broken):
        from assets.summary import damage

        damaged = damage(home_of(home))
        if damaged is not None:
            return damaged
    match error:
        case HomeError() | StoreError() | QueryError() | SqlFileError() | RuleError():
            return str(error)
        case UnicodeDecodeError():
            return "the query is not UTF-8"
        case duckdb.Error():
            return str(error).split("\n\n")[0]
        case zipfile.BadZipFile():
            return f"a file under {home_of(home).sources} is damaged: {error}"
        case MemoryError():
            return "there is not enough memory for this"
        case PermissionError():
            return f"{error.filename} cannot be opened: {error.strerror}"
        case OSError():
            words = error.strerror or str(error)
            return f"{words}{f': {error.filename}' if error.filename else ''}"
    return None


def interrupted(error: BaseException) -> bool:
    """Whether it is Ctrl-C, by whichever name: Dagster and DuckDB have their own, and a failed run tells it as its reason."""
    names = ("KeyboardInterrupt", "DagsterExecutionInterruptedError", "Query interrupted", "Interrupted!")
    told = str(error) if isinstance(error, RuntimeError) else ""
    return type(error).__name__ in (*names, "InterruptException") or any(name in told for name in names)


def guarded(command: Callable[..., None]) -> Callable[..., None]:
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
            if interrupted(error):
                typer.echo("interrupted", err=True)
                raise typer.Exit(130) from None
            words = wrong(error, arguments.get("home"))
            if words is None:
                raise
            fail(words)

    return guarded


def published(folder: Path | None, as_of: str | None = None) -> Any:
    """A read-only connection to the published copy, or to the one that was current then."""
    import duckdb

    home = home_of(folder)
    if not home.published.exists():
        fail(f"nothing is published in {home.path} yet. Bring articles in with: newsledger run PATH")
    path = copy_of(home, as_of).path if as_of is not None else home.published
    return duckdb.connect(str(path), read_only=True)


def copy_of(home: Any, when: str | None) -> Any:
    """The copy that was current then; without a moment, the one that is."""
    from assets.history import WhenError, as_of, current

    try:
        return as_of(home, when) if when is not None else current(home)
    except WhenError as error:
        fail(str(error), 2)


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


def keeping(copies: int | None) -> Any:
    """Publishing in here keeps so many copies."""
    from assets import history

    if copies is not None and copies < 0:
        fail(f"--keep is a number of copies, 0 or more; got {copies}", 2)
    return history.keeping(copies)


@contextmanager
def loading() -> Iterator[None]:
    """Import in here what a command works with: without looks for rubbish in between, which find none among what is being
    made and cost a sixth of the start. What is loaded then stays out of later looks."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
