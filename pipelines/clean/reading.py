"""Reading the page as a sequence: where the body is, and what the lines above, inside and behind it are.

What belongs here: decisions that need a line's neighbours. What does not: what a line says by itself
(:mod:`pipelines.clean.grammar`), and places inside a line (:mod:`pipelines.clean.glue`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.clean import glue
from pipelines.clean.grammar import known, squeeze
from pipelines.clean.hints import named_by_place
from pipelines.clean.lines import Line, measure
from pipelines.clean.opinions import first_heading, settle, title_line
from pipelines.clean.pictures import captions
from pipelines.clean.tails import biographies, boilerplate
from pipelines.clean.zone import LONG, PROSE, TIME, body_zone
from pipelines.rules import load_rules

_NAME = re.compile(r"[A-ZÀ-Þ][\w.’'-]+(?: (?:[A-ZÀ-Þ][\w.’'-]*|de|van|von|der|al|bin|da|di|la|le)){1,3}$")
# Two names at most and the place where they are: "Ana Ruiz and Ben Olsen in Lima".
_NAME_IN = re.compile(
    r"[A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]*){1,2}(?:(?:,| and) [A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]*){1,2}){0,2}"
    r" (?:in|at) [A-ZÀ-Þ][\w’'-]+(?:,? (?:and )?[A-ZÀ-Þ][\w’'-]+){0,3}$"
)
_WRITTEN = re.compile(r"(?:Written|Reported|Story|Words) [Bb]y\b")
_TIME_ENTRY = re.compile(r"[0-9]{1,2}[:.h][0-5][0-9](?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?[ :–—-]{1,3}\S")
_OUTLET = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")
_LONGEST_DECK = 60  # words; what is longer is text of the article, whatever stands between
_MOST_DECKS = 2  # lines; what else looks like a title there leads elsewhere
_HEADER = 12  # lines from the top in which a title can stand twice
_ITEM = re.compile(
    r"[•·▪◦‣*✓–—-][ ]?\S|[0-9]{1,3}[.)][ ]\S|[0-9½¼¾⅓⅔][0-9⁄/½¼¾.,-]*[ ](?:[a-z]|\()|[A-Z0-9][\w’'() -]{1,30}:[ ]\S"
)
_SECTION = re.compile(
    r"(?:affairs|africa|americas|analysis|arts|asia|business|china|climate|commentary|crime|culture|defence|defense|diplomacy|east|economy|education|energy|entertainment|environment|europe|finance|football|foreign|health|international|korea|law|lifestyle|local|markets|middle|military|money|nation|national|news|north|opinion|politics|region|russia|science|security|society|south|sport|sports|tech|technology|travel|u\.s\.|uk|ukraine|us|war|world)(?:[ ,/&]+|$)",
    re.IGNORECASE,
)


def _say(line: Line, name: str, confidence: float | None = None) -> None:
    rule = load_rules("blocks")[name]
    line.set(rule.kind or "unknown", rule.rule_id, rule.confidence if confidence is None else confidence)


def read_page(text: str, lines: list[Line], titles: Sequence[str] = ()) -> list[Line]:
    """The lines of a page with what each is; ``titles`` are declared ones, the surest first."""
    for line in lines:
        if not line.kind:
            rule = known(line.text) or named_by_place(line)
            if rule:
                line.set(rule.kind or "unknown", rule.rule_id, rule.confidence)
    _doubled_title(lines)
    for i, name in captions(lines):
        _say(lines[i], name)
    _lists(lines)
    head = _titled(lines, titles)
    start, stop = body_zone(lines)
    if head is not None and start <= head < stop:
        start, stop = body_zone(lines, head + 1)
    if start >= stop:
        start = max(range(len(lines)), key=lambda i: (lines[i].kind in ("", "body"), lines[i].size, -i))
        stop = start + 1
        _say(lines[start], "only_text")
    start = _skip_title(lines, start, stop)
    start = _skip_deck(lines, start, stop)
    settle(lines, start, stop)
    _inside(lines, start, stop)
    _above(lines, start, head)
    _behind(lines, stop)
    for i, name in [*biographies(lines, start, stop), *boilerplate(lines, start, stop)]:
        _say(lines[i], name)
    return _split_dateline(text, lines, start)


def _doubled_title(lines: list[Line]) -> None:
    """A line that stands twice in a row near the top is the title."""
    for one, two in pairwise(lines[:_HEADER]):
        if not one.kind and not two.kind and 4 <= one.size <= 40 and one.text == two.text:
            _say(one, "doubled_title")
            _say(two, "repeated_title")
            return


def _titled(lines: list[Line], titles: Sequence[str]) -> int | None:
    """The line that repeats a declared title, else the page's first heading."""
    heading = first_heading(lines)
    for title in titles:
        found = _declared(lines, title)
        if found:
            # Menus and boxes repeat the title too: the heading is the one that is read.
            best = heading if heading in found else found[0]
            _say(lines[best], "title")
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
        if not line.kind and shortest <= len(line.text) <= longest and squeeze(line.text) in wanted
    ]


def _lists(lines: list[Line]) -> None:
    """Runs of short lines that are a list in the body: with bullets or numbers, with labels, or behind a colon."""
    i, count = 0, len(lines)
    while i < count:
        if lines[i].kind or lines[i].ends or lines[i].size >= LONG:
            i += 1
            continue
        j = i
        marked = 0
        while j < count and not lines[j].kind and not lines[j].ends and lines[j].size < LONG:
            marked += _ITEM.match(lines[j].text) is not None
            j += 1
        announced = i > 0 and not lines[i - 1].kind and lines[i - 1].text.endswith(":") and lines[i - 1].size >= 5
        if j - i >= 2 and (2 * marked > j - i or announced):
            for line in lines[i:j]:
                _say(line, "list_item")
        i = j


def _skip_title(lines: list[Line], start: int, stop: int) -> int:
    """The first line of the body behind a title that ends in a mark, where no other line can be the title."""
    first = lines[start]
    titled = any(line.kind in ("", "headline") and line.size >= 3 for line in lines[:start])
    if stop - start < 3 or first.kind or titled or first.size > 20 or first.text[-1] not in "!?":
        return start
    if any(mark in first.text for mark in ("“", '"', ". ", "? ", "! ")):
        return start
    _say(first, "exclaimed_title")
    return _next_text(lines, start + 1, stop)


def _skip_deck(lines: list[Line], start: int, stop: int) -> int:
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


def _inside(lines: list[Line], start: int, stop: int) -> None:
    """Name the unnamed lines of the body zone."""
    i = start
    while i < stop:
        line = lines[i]
        if line.kind:
            i += 1
        elif (line.size >= PROSE and line.ends) or line.size >= LONG:
            _say(line, "paragraph")
            i += 1
        elif line.ends:
            asks = line.text[-1] == "?" and line.size <= 12
            _say(line, "question" if asks else "short_paragraph")
            i += 1
        else:
            j = i + 1
            while j < stop and not lines[j].kind and not lines[j].ends and lines[j].size < LONG:
                j += 1
            _name_run(lines, i, j)
            i = j


def _name_run(lines: list[Line], i: int, j: int) -> None:
    """Name short lines in a row that do not end like sentences: alone a crosshead, together links."""
    before = lines[i - 1] if i else None
    if before is not None and before.rule_id == TIME:
        _say(lines[i], "entry_title")
        i += 1
        if i == j:
            return
    after = lines[j] if j < len(lines) else None
    boxed = before is not None and before.kind in ("related", "promo") and before.rule_id != "links/related_inline"
    if j - i == 1:
        heads = after is not None and after.kind in ("promo", "related") and after.rule_id != "links/related_inline"
        if heads:
            _say(lines[i], "box_heading")
        elif boxed and lines[i].size >= 5:
            _say(lines[i], "link_run")
        else:
            _say(lines[i], "crosshead" if lines[i].size <= 14 else "list_item")
        return
    for line in lines[i:j]:
        _say(line, "link_run" if line.size >= 4 else "box_heading", 0.8 if boxed else None)


def _above(lines: list[Line], start: int, head: int | None) -> None:
    """Name the lines over the body."""
    if head is None or head >= start:
        head = next((i for i in range(start) if lines[i].kind == "headline"), None)
    if head is None:
        head = _likely_title(lines, start)
        if head is not None:
            _say(lines[head], "first_title")
    decks = 0
    for i in range(start):
        line = lines[i]
        if line.kind == "contributors" and head is not None and i > head and _WRITTEN.match(line.text):
            line.set("byline", "credits/byline", 0.8)
        if line.kind and line.kind != "body":
            continue
        if i and lines[i - 1].rule_id == TIME and (head is None or i > head):
            _say(line, "entry_title")
        elif head is None or i < head:
            near = head is not None and head - i <= 2
            if near and line.size <= 3:
                sure = _SECTION.sub("", line.text) == ""
                _say(line, "section_label", 0.85 if sure else 0.55)
            else:
                _say(line, "navigation")
        elif line.text == lines[head].text:
            _say(line, "repeated_title")
        elif line.size > _LONGEST_DECK and line.ends:
            _say(line, "paragraph", 0.6)
        elif line.size >= 4 and (_NAME if line.size == 4 else _NAME_IN).match(line.text) and _signed(lines, i):
            _say(line, "name_line")
        elif not line.ends and _TIME_ENTRY.match(line.text):
            _say(line, "entry_list")
        elif line.size >= 4:
            decks += 1
            doubtful = 0.65 if line.size >= PROSE and line.ends and decks <= _MOST_DECKS else None
            _say(line, "deck" if decks <= _MOST_DECKS else "label", doubtful)
        elif _NAME.match(line.text) and _signed(lines, i):
            _say(line, "name_line")
        else:
            _say(line, "label")


def _signed(lines: list[Line], i: int) -> bool:
    """Whether a date, or the word By, stands beside the line."""
    beside = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return any(line.kind == "metadata" or line.text in ("By", "BY", "by") for line in beside)


def _likely_title(lines: list[Line], start: int) -> int | None:
    """The line over the body that reads most like a title."""
    able = [
        i
        for i in range(start)
        if lines[i].kind in ("", "body")
        and 3 <= lines[i].size <= 30
        and not (i and lines[i - 1].rule_id == TIME)
        and not _TIME_ENTRY.match(lines[i].text)
    ]
    if not able:
        return None
    texts = [lines[i].text for i in able]
    twice = [i for i in able if texts.count(lines[i].text) > 1] if len(able) < 200 else []
    if twice:
        return twice[0]
    if start - able[0] >= 12:
        return able[-1]
    return next((i for i in able if not lines[i].ends), able[0])


def _behind(lines: list[Line], stop: int) -> None:
    """Name the lines behind the body."""
    comments = False
    for line in lines[stop:]:
        if line.kind and line.kind != "body":
            comments = line.kind == "comment" or (comments and line.kind not in ("copyright", "related"))
        elif comments:
            _say(line, "comment_text")
        elif line.size >= 12 and line.ends:
            _say(line, "teaser")
        else:
            _say(line, "tail")


def _split_dateline(text: str, lines: list[Line], start: int) -> list[Line]:
    """The dateline cut off the first paragraph."""
    for i in range(start, min(start + 2, len(lines))):
        line = lines[i]
        length = glue.dateline(line) if line.kind == "body" else None
        if length:
            head = measure(text, line.start, line.start + length)
            _say(head, "dateline")
            rest = line.text[length:].lstrip()
            tail = measure(text, line.end - len(rest), line.end)
            tail.set(line.kind, line.rule_id, line.confidence)
            return [*lines[:i], head, tail, *lines[i + 1 :]]
    return lines
