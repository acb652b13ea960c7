"""A withdrawal on the terminal: what it takes away, whether to go on, what it left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from assets.front import fail, interrupted
from assets.home import Home
from assets.purge import copies_with, purge, remains
from assets.run_report import RunReport
from assets.store import writing
from assets.summary import Progress
from assets.visible import in_a_line
from assets.withdrawal import Losses, losses, withdrawn_folders

SHOWN = 5
"""Drops, dates and files that are listed before it is said how many more there are."""


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _say(console: Console, words: str) -> None:
    console.print(in_a_line(words), soft_wrap=True, markup=False)


def show_losses(told: Losses) -> None:
    """What will go, and what stays because others delivered it too."""
    console = Console(highlight=False)
    for drop_id, path in told.drops:
        _say(console, f"{drop_id}, from {path}")
    dates = f" on {_count(len(told.dates), 'date')} ({_some(told.dates)})" if told.dates else ""
    _say(
        console, f"  go: {_count(told.captures, 'capture')} with their articles{dates} and {_count(told.facts, 'fact')}"
    )
    if told.rejects:
        _say(console, f"  go: {_count(told.rejects, 'reject')}")
    if told.kept:
        words = _count(told.kept, "capture") + (" that others" if told.kept > 1 else " that another")
        _say(console, f"  stay: {words} delivered too, handed to {_some(told.kept_by)}")


def show_withdrawn(home: Home, drop_ids: Sequence[str], told: Losses, report: RunReport) -> None:
    """What was done, and where the withdrawn still is."""
    console = Console(highlight=False)
    done = f"withdrew {_count(len(told.drops), 'drop')} with {_count(told.captures, 'capture')}" if told.drops else ""
    already = "" if told.drops else f"{_some(drop_ids)}: withdrawn already"
    _say(console, f"{done or already}; {_count(len(report.dates), 'date')} brought up to date")
    _say(console, f"Published: {home.published}")
    folders = [str(path) for drop_id in drop_ids for path in withdrawn_folders(home, drop_id).values()]
    if folders:
        _say(console, f"The original bytes are kept until they are deleted: {_some(folders)}")
    copies = copies_with(home, drop_ids)
    if copies:
        _say(
            console,
            f"{_count(len(copies), 'kept published copy holds', 'kept published copies hold')} it until they age",
        )
    if folders or copies:
        _say(console, f"Remove all of that: newsledger withdraw {' '.join(drop_ids)} --purge")
    _say(console, "It stays out, also while it lies in the inbox, until it is brought in again: newsledger run PATH")


def show_purged(removed: Sequence[Path]) -> None:
    """What was removed for good, and what was not."""
    console = Console(highlight=False)
    _say(console, f"removed for good: {_count(len(removed), 'folder or file', 'folders and files')}")
    for path in removed:
        _say(console, f"  {path}")
    _say(
        console,
        "Not removed: the path that it came from, backups, copies that people made, and the first rows of tables that "
        "Dagster's run history shows as previews",
    )


def carry_out(home: Home, names: Sequence[str], for_good: bool, agree: Callable[[], None]) -> None:
    """``newsledger withdraw``: tell what will go, have it agreed to, do it, tell what was done.

    ``agree`` does not return where nobody agrees. ``for_good`` also removes what is otherwise kept.
    """
    with Progress() as progress:
        from assets.runs import RunFailedError  # these load the orchestrator: something is shown by then
        from assets.withdraw import UnknownDropError, find_drops, withdraw_drops

        try:
            with writing(home, progress.say) as con:
                found = find_drops(con, home, names)
                told = losses(con, found)
        except UnknownDropError as error:
            fail(str(error), 2)
        progress.stop()
        if told.drops:
            show_losses(told)
        if for_good:
            kept = _count(len(remains(home, found)), "kept folder or file", "kept folders and files")
            _say(Console(highlight=False), f"  removed for good: the original bytes, and {kept} that hold it or may")
        if told.drops or for_good:
            agree()
        try:
            report = progress.follow(lambda: withdraw_drops(home, [name for name, _ in told.drops], progress.say))
        except RunFailedError as error:
            if interrupted(error):
                raise
            fail(f"{error} (the published store is as it was; the run's log: newsledger ui)")
    removed = []
    if for_good:
        with home.writer():
            removed = purge(home, found)
    show_withdrawn(home, found, told, report)
    if for_good:
        show_purged(removed)
