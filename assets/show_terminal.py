"""A capture on the terminal: blocks by their colours, edits as they were made, facts underlined and listed."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assets.show import Part, Piece, Shown, language_of
from assets.visible import visible

COLOURS = {
    "headline": "bold bright_white", "deck": "bold", "crosshead": "bold bright_white", "body": "", "byline": "cyan", "dateline": "cyan",
    "contributors": "cyan", "section": "blue", "metadata": "blue", "caption": "yellow", "credit": "dark_orange", "related": "magenta",
    "promo": "magenta", "comment": "magenta", "interface": "bright_black", "separator": "bright_black", "copyright": "bright_black",
    "unknown": "red",
}  # fmt: skip
FIELD_CHARACTERS = 300
"""What the table of facts shows of one field."""

PIPE_WIDTH = 120
"""Columns where nobody says how many there are."""


def _number(number: int) -> str:
    """A number above the line.

    >>> _number(12)
    '¹²'
    """
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _piece(line: Text, piece: Piece, style: str, marked: bool) -> None:
    words = visible(piece.text)
    underlined = f"{style} underline" if piece.facts else style
    if piece.edit is None:
        line.append(words, underlined)
    else:
        line.append(words if marked else f"[-{words}-]", f"{style} strike red")
        if piece.replacement:
            new = visible(piece.replacement)
            line.append(new if marked else f"{{+{new}+}}", f"{underlined} green")
    for fact in piece.ending:
        line.append(_number(fact.number), "bold cyan")


def _part(part: Part, marked: bool) -> Text:
    line = Text(no_wrap=False)
    for piece in part.pieces:
        _piece(line, piece, COLOURS.get(part.block["kind"], "") if part.block else "dim", marked)
    return line


def show_capture(shown: Shown, console: Console) -> None:
    """Print a capture, a legend and its facts. Where there are no colours, edits stand in ``[-…-]{+…+}``."""
    marked = console.is_terminal and console.color_system is not None
    capture, article = shown.capture, shown.article
    console.print(Text(visible(article.get("headline") or capture["uri"]), style="bold"))
    told = (
        ("capture", capture["capture_id"]),
        ("from", capture["uri"]),
        ("url", capture["url"]),
        ("outlet", article.get("outlet_id") and f"{article['outlet_id']} ({article['outlet_method']})"),
        ("published", article.get("published_on") and f"{article['published_on']} ({article['published_method']})"),
        ("language", language_of(article)),
        ("authors", ", ".join(article.get("authors") or ())),
        ("agencies", ", ".join(article.get("agencies") or ())),
    )
    for name, value in told:
        if value:
            console.print(Text(f"{name:>12}  ", "dim") + Text(visible(str(value))), soft_wrap=True)
    legend = Text(f"{'blocks':>12}  ", "dim")
    for kind, count in shown.kinds.items():
        legend.append(kind, COLOURS.get(kind, "")).append(f" {count}  ", "dim")
    console.print(legend)
    console.print()
    body = Table(show_header=False, show_edge=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    body.add_column(width=12, justify="right", no_wrap=True)
    body.add_column(overflow="fold", ratio=1)
    for part in shown.parts:
        if part.block or any(piece.edit or piece.text.strip() for piece in part.pieces):
            kind = part.block["kind"] if part.block else ""
            body.add_row(Text(kind, COLOURS.get(kind, "") or "dim"), _part(part, marked))
    console.print(body)
    console.print()
    _facts(shown, console)


def _facts(shown: Shown, console: Console) -> None:
    if not shown.facts:
        console.print("[dim]no facts[/dim]")
        return
    table = Table(header_style="bold", show_edge=False, pad_edge=False)
    table.add_column("#", justify="right", style="cyan")
    for name in ("kind", "words", "what it says", "rule"):
        table.add_column(name, overflow="fold", ratio={"words": 3, "what it says": 4}.get(name))
    table.add_column("sure", justify="right")
    for fact in shown.facts:
        said = "; ".join(f"{name}: {words}" for name, words in fact.said)
        cells = (fact.row["text"], said)
        short = [words if len(words) <= FIELD_CHARACTERS else words[:FIELD_CHARACTERS] + "…" for words in cells]
        table.add_row(
            str(fact.number), fact.kind, *(Text(visible(words)) for words in short), fact.row["rule_id"], f"{fact.row['confidence']:.2f}"
        )  # fmt: skip
    console.print(table)
