"""Where an article lies on its page: the lines, the headline, and the run of prose below it.

What belongs here: places. What does not: what stands there. A delivered text can hold a whole page with its menus and
teasers, so that a date or a name means something by how near it is to the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipelines.document import Document

SUBSTANTIAL = 80
"""Characters of a paragraph that is surely prose, and not a left-over of the page."""

_TEASER = 60  # characters of a line that may as well be a teaser
_MOST_LINES = 20_000  # a page of more lines is an index or hostile; its head and its end tell enough
_SENTENCE_ENDS = (".", "!", "?", '"', "”", "’", "'", ")", "…", ":", "。")


class Line(NamedTuple):
    """A line of a block: its text and where it starts in the clean text."""

    text: str
    start: int
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the article lies on the page: its headline's line, and offsets and lines of where its text begins and ends."""

    headline: int | None
    body_start: int
    body_line: int
    body_end: int
    body_end_line: int

    @property
    def top(self) -> int:
        """The line of the headline, or else of the text."""
        return self.body_line if self.headline is None else self.headline


def lines_of(document: Document) -> list[Line]:
    """The non-blank lines of all blocks, in reading order; of a page with very many, its head and its end."""
    made: list[tuple[str, int, str]] = []
    clean = document.clean
    for block in document.blocks:
        text = clean[block.start : block.end]
        if "\n" not in text:
            made.append((text, block.start, block.kind))
            continue
        at = block.start
        for part in text.split("\n"):
            if part and not part.isspace():
                made.append((part, at, block.kind))
            at += len(part) + 1
    if len(made) > _MOST_LINES:
        made = made[: _MOST_LINES // 2] + made[-_MOST_LINES // 2 :]
    return [Line(*line, number) for number, line in enumerate(made)]


def _densest(lines: list[Line]) -> tuple[int, int] | None:
    """First and last line of the run with the most prose: long paragraphs count for it, everything else against it."""
    best = total = 0
    start: int | None = None
    found: tuple[int, int] | None = None
    for line in lines:
        prose = line.kind in ("body", "crosshead") and line.text.rstrip().endswith(_SENTENCE_ENDS)
        gain = min(len(line.text), 400) - _TEASER if prose else -_TEASER // 2
        if total <= 0:
            if gain <= 0:
                continue
            start, total = line.number, 0
        total += gain
        if total > best and start is not None:
            best, found = total, (start, line.number)
    return found


def layout_of(lines: list[Line], length: int) -> Layout:
    """The article's place among the lines; without any text it starts at the end of the page."""
    core = _densest(lines)
    if core is None:
        body = [line.number for line in lines if line.kind == "body"]
        core = (body[0], body[-1]) if body else None
    first, last = (lines[core[0]], lines[core[1]]) if core else (None, None)
    start, number = (first.start, first.number) if first else (length, len(lines))
    end, end_number = (last.start + len(last.text), last.number) if last else (length, len(lines))
    headlines = [line for line in lines[:number] if line.kind == "headline"]
    return Layout(headlines[-1].number if headlines else None, start, number, end, end_number)


class Page(NamedTuple):
    """The lines of a document and the article's place among them."""

    lines: list[Line]
    layout: Layout

    def head(self, most: int = 30) -> list[Line]:
        """The lines between the headline and the text, at most the last ``most`` of them."""
        layout = self.layout
        first = layout.body_line - most if layout.headline is None else layout.headline + 1
        return self.lines[max(0, first, layout.body_line - most) : layout.body_line]


def page_of(document: Document) -> Page:
    """The document's page."""
    lines = lines_of(document)
    return Page(lines, layout_of(lines, len(document.clean)))
