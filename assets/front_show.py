"""The command ``show``: its arguments. Its work is imported when it is called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assets.front import AsOfOption, HomeOption, fail, guarded, published


@guarded
def show(
    capture: Annotated[
        str, typer.Argument(metavar="CAPTURE", help="The beginning of a capture_id, or a uri, or the end of one.")
    ],
    home: HomeOption = None,
    as_of: AsOfOption = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write one page that needs nothing else.", show_default=False),
    ] = None,
) -> None:
    """Show a capture as it was read: blocks by kind, edits, and facts at their place.

    Example: [bold]newsledger show summit-harbour-courier.txt --html page.html[/bold]
    """
    from assets.answers import Screen
    from assets.show import ShowError, find, load

    with published(home, as_of) as con:
        try:
            shown = load(con, find(con, capture))
        except ShowError as error:
            fail(str(error), 2)
    if html is None:
        from assets.show_terminal import PIPE_WIDTH, show_capture

        show_capture(shown, Screen(width=None if sys.stdout.isatty() else PIPE_WIDTH))
        return
    from assets.show_html import page

    html.write_text(page(shown), "utf-8")
    typer.echo(f"written: {html} ({html.stat().st_size / 1000:,.0f} kB)")
