"""Lines of a page on which words, place and second opinions are weighed against each other.

What belongs here: naming unnamed lines of a page once it is known where its body is. What does not: text dumps, whose
lines have neither a place nor a vote (:mod:`pipelines.clean.reading` goes on with what is left unnamed here).
"""

from __future__ import annotations

from pipelines.clean.lines import Line
from pipelines.clean.zone import LONG, PROSE
from pipelines.rules import load_rules

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_TEXT = frozenset(("body", "article", "main"))
# Marks with which a line that nobody takes is not text, however it reads.
_APART = frozenset(
    (
        "promo", "related", "aside", "sidebar", "share", "comments", "figure", "figcaption", "caption", "credit", "menu", "nav", "footer",
        "foot", "bio", "quote", "form", "button", "player", "notice", "topics", "table", "byline", "date", "deck", "title",
    )
)  # fmt: skip
_LINKED = 0.3  # share of links from which a paragraph is a list of them
_ALL_LINK = 0.8  # share of links from which a line that is no sentence leads elsewhere, whoever takes it
_LONGEST_HEADING = 20  # words


def _say(line: Line, name: str, confidence: float | None = None) -> None:
    rule = load_rules("layout")[name]
    line.set(rule.kind or "unknown", rule.rule_id, rule.confidence if confidence is None else confidence)


def first_heading(lines: list[Line]) -> int | None:
    """The line of the page's heading of the first level, if it has one alone or the first of them stands in the article."""
    found = [
        i
        for i, line in enumerate(lines)
        if "h1" in line.marks and line.kind in ("", "body", "headline") and line.size >= 3
    ]
    inner = [i for i in found if lines[i].marks & _TEXT]
    return next(iter(inner or found), None)


def title_line(lines: list[Line], i: int) -> None:
    """Make a line the headline by its place."""
    _say(lines[i], "title")


def settle(lines: list[Line], start: int, stop: int) -> None:
    """Name what place and votes decide between the first and the last line of the body."""
    for line in lines[start:stop]:
        if not line.kind and line.vote:
            _inside(line)


def _inside(line: Line) -> None:
    heading = bool(line.marks & HEADINGS) and line.size <= _LONGEST_HEADING
    if line.vote > 0:
        if line.linked > _ALL_LINK and not line.ends and line.size >= 4 and not heading:
            line.set("related", "blocks/link_run", 0.75)
        elif heading:
            _say(line, "heading")
        elif not line.ends and "li" in line.marks and line.size < LONG:
            line.set("body", "blocks/list_item", 0.75)
    elif (
        line.linked > _LINKED
        or line.marks & _APART
        or not line.marks & _TEXT
        or not (heading or (line.size >= PROSE and line.ends))
    ):
        _say(line, "left")
