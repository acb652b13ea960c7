"""What a run did and what the store holds, on the terminal."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.table import Table
from rich.text import Text

from assets.home import Home
from assets.progress import listening
from assets.settings import settings
from assets.visible import in_a_line

if TYPE_CHECKING:
    from assets.run_report import RunReport

Result = TypeVar("Result")
SHOWN = 12
"""Outlets, dates and rejects that a summary lists before it says how many more there are."""


class Progress:
    """A line that says what is going on; nothing where nobody is looking."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._status = Status("starting", console=self._console)

    def __enter__(self) -> Progress:
        if self._console.is_terminal:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Clear the line."""
        self._status.stop()

    def say(self, words: str) -> None:
        """A notice that stays."""
        self._console.print(words, highlight=False, soft_wrap=True)

    def follow(self, work: Callable[[], Result]) -> Result:
        """Run the work and show how far it is."""

        def told(stage: str, done: int, total: int | None) -> None:
            self._status.update(f"{stage}: {done:,}{f' of {total:,}' if total else ''} captures")

        with listening(told):
            return work()


def _plain(value: object) -> str:
    return f"{value or 0:,}" if isinstance(value, int | None) else escape(in_a_line(str(value)))


def _listing(
    console: Console, con: duckdb.DuckDBPyConnection, title: str, query: str, columns: tuple[str, ...]
) -> None:
    rows = con.execute(query).fetchall()
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        show_edge=False,
        pad_edge=False,
        box=None,
    )
    for place, name in enumerate(columns):
        table.add_column(name, justify="left" if place == 0 else "right")
    for row in rows[:SHOWN]:
        table.add_row(*map(_plain, row))
    if len(rows) > SHOWN:
        table.add_row(f"[dim]and {len(rows) - SHOWN:,} more[/dim]", *[""] * (len(columns) - 1))
    console.print(table)
    console.print()


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def show_store(console: Console, con: duckdb.DuckDBPyConnection) -> None:
    """Articles by outlet and by date, facts by kind."""
    outlets = """SELECT outlet, articles, quotes, facts FROM marts.outlet_profile
        ORDER BY outlet_id = 'unknown', articles DESC, outlet_id"""
    _listing(console, con, "Articles by outlet", outlets, ("outlet", "articles", "quotes", "facts"))
    dates = "SELECT publication_date, articles, facts FROM marts.daily_volume ORDER BY publication_date = 'undated', publication_date DESC"
    _listing(console, con, "Articles by date", dates, ("published on", "articles", "facts"))
    kinds = "SELECT kind, count(*), count(DISTINCT capture_id) FROM facts.all_kinds GROUP BY 1 ORDER BY 1"
    _listing(console, con, "Facts by kind", kinds, ("kind", "facts", "articles"))


def show_run(home: Home, report: RunReport) -> None:
    """The summary at the end of a run."""
    console = Console(highlight=False)
    counts = report.counts
    with duckdb.connect(str(home.published), read_only=True) as con:
        console.print()
        total = con.execute("SELECT count(*) FROM raw.captures").fetchone()
        if report.published and total and total[0]:
            show_store(console, con)
        names = ", ".join(f"'{drop}'" for drop in report.drops)
        refused = con.execute(
            f"SELECT uri, reason, detail FROM raw.rejects WHERE drop_id IN ({names or 'NULL'}) ORDER BY uri"
        ).fetchall()
        if refused:
            console.print(
                f'[bold]{_count(len(refused), "input")} could not be read[/bold] (all of them: newsledger sql "FROM raw.rejects")'
            )
            for uri, reason, detail in refused[:SHOWN]:
                console.print(f"  {in_a_line(f'{uri}: {reason}, {detail}')}", markup=False, soft_wrap=True)
            console.print()
        left = con.execute("SELECT count(DISTINCT capture_id) FROM clean.rejects").fetchone()
        if left and left[0]:
            console.print(
                f'[bold]{_count(left[0], "capture")} ended the process that worked on them[/bold] (which, and how: newsledger sql "FROM clean.rejects")\n',
                soft_wrap=True,
            )
        console.print(not_covered(con), end="", soft_wrap=True)
        new, cleaned = counts.get("new_captures", 0), counts.get("written_captures", 0)
        if report.published:
            did = f"{_count(new, 'new capture')}, {cleaned:,} cleaned, {_count(len(report.dates), 'date')} brought up to date"
        else:
            did = "nothing new, nothing stale: no capture was processed"
        console.print(f"{did}. The store holds {_count(total[0] if total else 0, 'capture')}.", soft_wrap=True)
        console.print(f"Published: {home.published} ({home.published.stat().st_size / 1e6:.1f} MB)", soft_wrap=True)
        if total and total[0]:
            ask = 'Ask it: newsledger sql "SELECT outlet, speaker, quote FROM marts.quote_book LIMIT 5"'
        else:
            ask = f"Bring articles in: newsledger run PATH, or put them into {settings(home).inbox} and run again"
        console.print(ask, soft_wrap=True)


def not_covered(con: duckdb.DuckDBPyConnection) -> str:
    """What to say of articles in languages whose sentences are not read; nothing where there are none."""
    rows = con.execute(
        "SELECT language, count(*) FROM clean.articles WHERE NOT language_covered GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    if not rows:
        return ""
    named = ", ".join(f"{escape(in_a_line(str(language)))} {count:,}" for language, count in rows[:SHOWN])
    return (
        f"[bold]{_count(sum(count for _, count in rows), 'article')} in languages that are not covered[/bold] ({named}): "
        'only what needs no grammar is read (newsledger sql "FROM ref.languages")\n\n'
    )


def show_status(home: Home) -> None:
    """What is published, what arrived, what is stale."""
    console = Console(highlight=False)
    console.print(f"Home: {home.path}", soft_wrap=True)
    if home.published.exists():
        with duckdb.connect(str(home.published), read_only=True) as con:
            when: Any = con.execute(
                "SELECT strftime(published_at, '%Y-%m-%d %H:%M:%S UTC') FROM ops.publication"
            ).fetchone()
            console.print(f"Published: {home.published} at {when[0]}", soft_wrap=True)
            _show_copies(console, home)
            drops = """SELECT path, captures, rejects FROM raw.drops AS drops
                LEFT JOIN (SELECT drop_id, count(DISTINCT capture_id) AS captures FROM raw.deliveries GROUP BY 1) USING (drop_id)
                LEFT JOIN (SELECT drop_id, count(*) AS rejects FROM raw.rejects GROUP BY 1) USING (drop_id)
                ORDER BY drop_seq DESC"""
            _listing(console, con, "Drops", drops, ("path", "captures", "rejects"))
            show_store(console, con)
    else:
        console.print("Nothing is published yet. Bring articles in with: newsledger run PATH")
    _show_stale(console, home)


def _show_copies(console: Console, home: Home) -> None:
    from assets.history import publications

    copies = [copy for copy in publications(home) if copy.path]
    if len(copies) > 1:
        console.print(
            f"Copies: {len(copies):,}, from {copies[0].when} to {copies[-1].when} (ask one: newsledger sql --as-of DATE)\n",
            soft_wrap=True,
        )
    else:
        console.print("Copies: no earlier one\n")


def _show_stale(console: Console, home: Home) -> None:
    from assets.staleness import why_stale
    from assets.store import peek

    unknown = "What is stale cannot be told: the working store is of another version (newsledger run brings it up to date), or not for this user to read."
    try:
        if not home.working.exists():
            return
        if home.busy():
            console.print("A run is writing to the store now; what is stale is known when it has ended.")
            return
        with peek(home) as con:
            if con is None:
                console.print(unknown, soft_wrap=True)
                return
            stale = why_stale(con, home)
    except (OSError, duckdb.Error):
        console.print(unknown, soft_wrap=True)
        return
    if not stale:
        console.print("Nothing is stale.")
        return
    table = Table(title="Stale: newsledger run brings it up to date", title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim")  # fmt: skip
    for name in ("stage", "what", "why"):
        table.add_column(name, overflow="fold")
    for row in stale:
        table.add_row(row.stage, Text(in_a_line(row.what)), Text(row.why))
    console.print(table)


def damage(home: Home) -> str | None:
    """What is wrong with the published file, and the way out; None where it is sound or absent."""
    from assets.store import read_through

    try:
        if not home.published.exists():
            return None
        with duckdb.connect(str(home.published), read_only=True) as con:
            con.execute("SELECT published_at FROM ops.publication").fetchone()
            read_through(con)
    except duckdb.Error as error:
        if "Permission denied" in str(error):
            return f"{home.published} cannot be opened: Permission denied"
        return f"{home.published} is damaged, or of another version; newsledger publish makes it anew"
    except OSError:
        return None  # whoever cannot look is told so by what they asked for
    return None
