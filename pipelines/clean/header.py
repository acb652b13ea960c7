"""The header of a page: which line is the title, and what else stands over the body.

What belongs here: decisions about the lines over the body. What does not: where the body begins (:mod:`pipelines.clean.zone`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.clean.grammar import say, squeeze
from pipelines.clean.lines import Line
from pipelines.clean.opinions import first_heading, title_line
from pipelines.clean.titles import likely_title
from pipelines.clean.zone import PROSE, TIME

_WRITTEN = re.compile(r"(?:Written|Reported|Story|Words) [Bb]y\b")
_TIME_ENTRY = re.compile(r"[0-9]{1,2}[:.h][0-5][0-9](?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?[ :–—-]{1,3}\S")
_OUTLET = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")
_DOUBTFUL_TITLE = 0.65
_LONGEST_DECK = 60  # words; what is longer is text of the article, whatever stands between
_SECTION_WORDS = 3
_TRAIL = 5  # lines over the headline in which the usual names of sections name its own
_MOST_DECKS = 2  # lines; what else looks like a title there leads elsewhere
_LONGEST_BYLINE = 16  # words
_HEADER = 12  # lines from the top in which a title can stand twice
_SECTION = re.compile(
    r"(?:affairs|africa|americas|analysis|arts|asia|business|china|climate|commentary|crime|culture|defence|defense|diplomacy|east|economy|education|energy|entertainment|environment|europe|finance|football|foreign|health|international|korea|law|lifestyle|local|markets|middle|military|money|nation|national|news|north|opinion|politics|region|russia|science|security|society|south|sport|sports|tech|technology|travel|u\.s\.|uk|ukraine|us|war|world)(?:[ ,/&]+|$)",
    re.IGNORECASE,
)


def doubled_title(lines: list[Line]) -> None:
    """A line that stands twice in a row near the top is the title."""
    for one, two in pairwise(lines[:_HEADER]):
        if not one.kind and not two.kind and 4 <= one.size <= 40 and one.text == two.text:
            say(one, "doubled_title")
            say(two, "repeated_title")
            return


def title_of(lines: list[Line], titles: Sequence[str]) -> int | None:
    """The line that repeats a declared title, else the page's first heading."""
    heading = first_heading(lines)
    for title in titles:
        found = _declared(lines, title)
        if found:
            # Menus and boxes repeat the title too: the heading is the one that is read.
            best = heading if heading in found else found[0]
            say(lines[best], "title")
            return best
    if heading is not None:
        title_line(lines, heading)
    return heading


def _declared(lines: list[Line], title: str) -> list[int]:
    """The lines that repeat the declared title, an outlet's name behind a bar or a dash left out."""
    bare = _OUTLET.sub("", title)
    wanted = {squeeze(title), squeeze(bare)} - {""}
    longest, shortest = len(title) + 12, len(bare) - 12
    return [
        i
        for i, line in enumerate(lines)
        if _free(line) and shortest <= len(line.text) <= longest and squeeze(line.text) in wanted
    ]


def _free(line: Line) -> bool:
    """Whether a line may be the title: not named yet, or named by its place alone although it is a heading of the first level."""
    return not line.kind or ("h1" in line.marks and line.rule_id.startswith("layout/"))


def guess_title(lines: list[Line], start: int, stop: int) -> int | None:
    """The line that reads most like the title of the text ``lines[start:stop]``."""
    found = likely_title(lines, start, stop)
    if found is None:
        return None
    title = lines[found.line]
    doubled = title.kind == "headline"
    for line in lines[:stop]:
        if line.kind == "headline":  # a line that stands twice, and is none after all
            line.kind = ""
    if doubled:
        say(title, "doubled_title")
    else:
        say(title, "first_title", None if found.sure else _DOUBTFUL_TITLE)
    return found.line


def skip_title(lines: list[Line], start: int, stop: int) -> int:
    """The first line of the body behind a title that ends in a mark, where no other line can be the title."""
    first = lines[start]
    titled = any(line.kind in ("", "headline") and line.size >= 3 for line in lines[:start])
    if stop - start < 3 or first.kind or titled or first.size > 20 or first.text[-1] not in "!?":
        return start
    if any(mark in first.text for mark in ("“", '"', ". ", "? ", "! ")):
        return start
    say(first, "exclaimed_title")
    return _next_text(lines, start + 1, stop)


def skip_deck(lines: list[Line], start: int, stop: int) -> int:
    """The first line of the body behind a sentence that still belongs to the header."""
    first = lines[start]
    if stop - start < 3 or first.kind:
        return start
    for i in range(start + 1, min(start + 4, stop - 1)):
        line = lines[i]
        if line.rule_id == TIME:
            return start
        between = [other for other in lines[start:i] if not other.kind]
        # A byline or a date under a sentence: all over it is header. A picture under one short sentence: probably.
        if line.kind in ("byline", "metadata") and len(between) <= 2:
            return _next_text(lines, i + 1, stop)
        named = any(other.kind in ("byline", "metadata") for other in lines[max(0, start - 8) : start])
        if line.kind in ("credit", "caption") and i == start + 1 and not named and start > 0 and first.size <= 32:
            return _next_text(lines, i + 1, stop)
    return start


def _next_text(lines: list[Line], i: int, stop: int) -> int:
    at = i
    while at < stop and lines[at].kind not in ("", "body"):
        at += 1
    return at if at < stop else i - 1


def name_header(lines: list[Line], start: int, head: int | None) -> None:
    """Name the lines over the body."""
    for line in lines[start : start + _HEADER]:
        # Notices before the byline were taken for the first paragraph.
        if line.kind == "contributors" and _WRITTEN.match(line.text) and line.size <= _LONGEST_BYLINE:
            line.set("byline", "credits/byline", 0.8)
    decks = 0
    for i in range(start):
        line = lines[i]
        if line.kind == "contributors" and head is not None and i > head and _WRITTEN.match(line.text):
            line.set("byline", "credits/byline", 0.8)
        if line.kind and line.kind != "body":
            continue
        if i and lines[i - 1].rule_id == TIME and (head is None or i > head):
            say(line, "entry_title")
        elif head is None or i < head:
            near = head is not None and head - i <= _TRAIL and line.size <= _SECTION_WORDS
            sure = near and not _SECTION.sub("", line.text)
            if sure or (near and head is not None and head - i <= 2):
                say(line, "section_label", 0.85 if sure else 0.55)
            else:
                say(line, "navigation")
        elif line.text == lines[head].text:
            say(line, "repeated_title")
        elif line.size > _LONGEST_DECK and line.ends:
            say(line, "paragraph", 0.6)
        elif not line.ends and _TIME_ENTRY.match(line.text):
            say(line, "entry_list")
        elif line.size >= 4:
            decks += 1
            # A sentence right under the title: editors differ on whether it is a deck or the first of the text.
            doubtful = 0.65 if line.size >= PROSE and line.ends and lines[i - 1].kind == "headline" else None
            say(line, "deck" if decks <= _MOST_DECKS else "label", doubtful)
        else:
            say(line, "label")
