"""What the page says of a line besides its words: where it stands, and which second opinions take it for the article.

What belongs here: bringing layout and evidence (:mod:`pipelines.read`) to the lines, and names that the place alone
gives. What does not: weighing them against the words (:mod:`pipelines.clean.zone` and :mod:`pipelines.clean.reading`).
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pipelines.clean.lines import Line
from pipelines.rules import Rule, load_rules
from pipelines.text import Text

ELEMENTS: tuple[tuple[str, frozenset[str], int], ...] = (
    ("caption", frozenset(("figcaption", "caption")), 120),
    ("credit", frozenset(("credit",)), 20),
    ("comments", frozenset(("comments",)), 10_000),
    ("foot", frozenset(("footer", "foot")), 10_000),
    ("menu", frozenset(("nav", "menu")), 10_000),
    ("button", frozenset(("button", "form", "dialog", "cookie", "share")), 10_000),
    ("bio", frozenset(("bio",)), 120),
    ("related", frozenset(("related", "aside")), 10_000),
    ("promo", frozenset(("promo",)), 10_000),
    ("sidebar", frozenset(("sidebar",)), 10_000),
)
"""Rule, the marks of which one suffices, and the words of the longest line; the first that fits wins."""

SURE = frozenset(("caption", "credit"))
"""Rules that also hold against a second opinion."""

TRUSTED = frozenset(("nav", "footer", "figcaption", "form", "button", "aside", "dialog"))
"""Tags and roles that are believed even where there is no second opinion to set a wrong name right."""


@dataclass(frozen=True, slots=True)
class Page:
    """Layout and evidence of a page: for each line of the flattened text its place, and the lines that opinions take."""

    starts: list[int]
    """Where each line begins in the raw text."""
    marks: Sequence[str]
    links: Sequence[int]
    xpaths: Sequence[str]
    taken: frozenset[int]
    titles: tuple[str, ...] = field(default=())


def page_of(raw: str, layout: Sequence[Mapping[str, Any]] | None, metadata: str | None) -> Page | None:
    """The page of a capture from its stored layout and evidence; ``None`` for a text dump."""
    if not layout:
        return None
    starts, at = [], 0
    for line in raw.split("\n"):
        starts.append(at)
        at += len(line) + 1
    evidence = json.loads(metadata).get("page", {}) if metadata and '"page"' in metadata else {}
    taken: set[int] = set()
    for opinion in ("body", "article_body"):
        for first, last in evidence.get(opinion, ()):
            taken.update(range(first, last))
    titles = tuple(value for _, value in evidence.get("declared", {}).get("title", ()))
    return Page(
        starts,
        [place["marks"] for place in layout],
        [place["links"] for place in layout],
        [place["xpath"] for place in layout],
        frozenset(taken),
        titles,
    )


def number_at(page: Page, raw_at: int) -> int:
    """The number of the flattened line that holds this raw character."""
    return min(bisect_right(page.starts, raw_at), len(page.xpaths)) - 1


def hint(lines: list[Line], text: Text, page: Page) -> None:
    """Tell the lines what their page says of them."""
    asked = bool(page.taken)
    for line in lines:
        at = text.to_raw(line.start, line.end).start if text.edits else line.start
        number = number_at(page, at)
        line.marks = _marks(page.marks[number])
        line.path = page.xpaths[number]
        line.linked = min(1.0, page.links[number] / max(1, len(line.text)))
        line.vote = 0 if not asked else 1 if number in page.taken else -1


@lru_cache(maxsize=16384)
def _marks(words: str) -> frozenset[str]:
    return frozenset(words.split())


def named_by_place(line: Line) -> Rule | None:
    """The rule that names a line by its place alone."""
    marks = line.marks
    if not marks:
        return None
    believed = marks if line.vote else marks & TRUSTED
    for name, wanted, longest in ELEMENTS:
        if line.size <= longest and believed & wanted and (line.vote <= 0 or name in SURE):
            return load_rules("layout")[name]
    # The header of an article holds its title and byline; only that of the site is a menu.
    if (
        line.vote <= 0
        and "header" in believed
        and not marks & {"article", "main", "title", "h1", "byline", "deck", "date"}
    ):
        return load_rules("layout")["menu"]
    return None
