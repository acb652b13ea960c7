"""Lines of a page on which words, place and second opinions are weighed against each other.

What belongs here: naming unnamed lines of a page once it is known where its body is. What does not: text dumps, whose
lines have neither a place nor a vote (:mod:`pipelines.clean.reading` goes on with what is left unnamed here).
"""

from __future__ import annotations

from pipelines.clean.lines import Line
from pipelines.clean.zone import LONG, PROSE, body_zone
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
_DOUBT = 2.0  # times the words that opinions take that a text must have to be believed against them
_LONG_TEXT = 100  # words
_ALL_LINK = 0.8  # share of links from which a line that is no sentence leads elsewhere, whoever takes it
_LONGEST_HEADING = 20  # words
_BOX_LINES = 6
_BOX_WORDS = 90  # a box of more is a part of the text
_ENTRY = HEADINGS | {"li"}
_RELATED = frozenset(("related", "li"))


def _say(line: Line, name: str, confidence: float | None = None) -> None:
    rule = load_rules("layout")[name]
    line.set(rule.kind or "unknown", rule.rule_id, rule.confidence if confidence is None else confidence)


def doubt(lines: list[Line]) -> None:
    """Pass over opinions that found next to nothing where words and place make a long text."""
    if not any(line.vote for line in lines):
        return
    taken = sum(line.size for line in lines if line.vote > 0 and not line.kind)
    votes = [line.vote for line in lines]
    for line in lines:
        line.vote = 0
    start, stop = body_zone(lines)
    prose = sum(
        line.size
        for line in lines[start:stop]
        if not line.kind
        and line.ends
        and line.size >= PROSE
        and line.marks & {"article", "body"}
        and not line.marks & _APART
    )
    if prose < _DOUBT * taken or prose < _LONG_TEXT:
        for line, vote in zip(lines, votes, strict=True):
            line.vote = vote


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
    zone = lines[start:stop]
    if not any(line.vote for line in zone):
        return
    _boxes(zone)
    for line in zone:
        if not line.kind and line.vote:
            _inside(line)
        elif line.rule_id == "blocks/list_item" and line.linked > _ALL_LINK and line.vote < 0:
            line.set("related", "blocks/link_run", 0.75)  # whatever announces it, it leads elsewhere
    _short(zone)


def _boxes(zone: list[Line]) -> None:
    """Name small boxes between the paragraphs that hold a title leading elsewhere: what stands beside it is a teaser."""
    weights: dict[str, int] = {}
    for line in zone:
        if not line.kind and line.vote > 0 and line.ends and line.size >= PROSE:
            above = line.path.rpartition("/")[0]
            weights[above] = weights.get(above, 0) + line.size
    if not weights:
        return
    main = max(weights, key=lambda above: weights[above]) + "/"
    boxes: dict[str, list[Line]] = {}
    for line in zone:
        if line.path.startswith(main):
            step, deeper, _ = line.path[len(main) :].partition("/")
            if deeper:
                boxes.setdefault(step, []).append(line)
    for box in boxes.values():
        first = next((line for line in box if line.size >= 3), box[0])
        if (
            first.linked > _ALL_LINK
            and not first.ends
            and 2 <= len(box) <= _BOX_LINES
            and sum(line.size for line in box) <= _BOX_WORDS
        ):
            for line in box:
                if not line.kind:
                    _say(line, "box")


def _short(zone: list[Line]) -> None:
    """Short lines in a row that an opinion takes and that lead nowhere are a list of the article."""
    at = 0
    while at < len(zone):
        stop = at
        while stop < len(zone) and _listed(zone[stop]):
            stop += 1
        if stop - at >= 2:
            for line in zone[at:stop]:
                line.set("body", "blocks/list_item", 0.7)
        at = max(stop, at + 1)


def _listed(line: Line) -> bool:
    return not line.kind and line.vote > 0 and not line.ends and line.size < LONG and line.linked <= _LINKED


def follow(lines: list[Line], stop: int) -> int:
    """The end of the body moved over the list behind it, if opinions take its entries and they lead nowhere."""
    at = stop
    while at < len(lines) and _entry(lines[at]):
        at += 1
    if any("li" in line.marks for line in lines[stop:at]):
        return at
    return stop


def _entry(line: Line) -> bool:
    told = not line.kind or line.rule_id == "blocks/list_item"
    placed = line.marks & _ENTRY and not line.marks & _APART
    return told and bool(placed) and line.vote > 0 and line.size < LONG and line.linked <= _LINKED


def _inside(line: Line) -> None:
    heading = bool(line.marks & HEADINGS) and line.size <= _LONGEST_HEADING
    if line.vote > 0:
        if line.linked > _ALL_LINK and not line.ends and line.size >= 4:
            line.set("related", "blocks/link_run", 0.75)
        elif line.marks >= _RELATED and not line.ends and line.size < LONG:
            _say(line, "related")
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
