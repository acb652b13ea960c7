"""Reading the page as a sequence: where the body is, and what the lines above, inside and behind it are.

What belongs here: decisions that need a line's neighbours. What does not: what a line says by itself
(:mod:`pipelines.clean.grammar`), and places inside a line (:mod:`pipelines.clean.glue`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.clean import glue
from pipelines.clean.beside import PERSON, beside
from pipelines.clean.boxes import boxes
from pipelines.clean.grammar import say, tell
from pipelines.clean.header import doubled_title, guess_title, name_header, skip_deck, skip_title, title_of
from pipelines.clean.hints import named_by_place
from pipelines.clean.lines import Line, measure
from pipelines.clean.opinions import doubt, follow, settle
from pipelines.clean.pictures import captions
from pipelines.clean.repeated import say_again, unsay_again
from pipelines.clean.signatures import sign
from pipelines.clean.tails import biographies, boilerplate
from pipelines.clean.zone import LONG, PROSE, TIME, body_zone

_ITEM = re.compile(
    r"[•·▪◦‣*✓–—-][ ]?\S|[0-9]{1,3}[.)][ ]\S|[0-9½¼¾⅓⅔][0-9⁄/½¼¾.,-]*[ ](?:[a-z]|\()|[A-Z0-9][\w’'() -]{1,30}:[ ]\S"
)

HEADING = 14
"""Words of the longest heading inside an article."""
_BETWEEN = frozenset(
    ("links/related_inline", "links/related_arrow", "links/shop_line", "links/disclosure", "links/more_of_it")
)
"""Rules that know a single line between paragraphs, not the edge of a box."""
COUNTED = "links/comment_link"
_COUNTS = 4  # counts of comments behind the body that make a list of articles
_TEXT = frozenset(("body", "crosshead"))
_BY_PLACE = frozenset(
    ("blocks/list_item", "blocks/link_run", "blocks/teaser", "blocks/tail", "blocks/deck", "blocks/navigation")
)
_PHRASE = 4  # words of the shortest line that can be all the text
_LABEL = 2  # words of a number, a shop's or a section's name over a heading
_LONGER = 1.4  # times the words of a heading that a link over it has at least
_LIST = 4  # items with marks in a row that make a list, whatever stands beside them
_BUTTON = 4  # words of the longest line that stands again and again beside the text


def read_page(text: str, lines: list[Line], titles: Sequence[str] = ()) -> list[Line]:
    """The lines of a page with what each is; ``titles`` are declared ones, the surest first."""
    tell(lines)
    for line in lines:
        if not line.kind:
            rule = line.rule or named_by_place(line)
            if rule:
                line.set(rule.kind or "unknown", rule.rule_id, rule.confidence)
    doubled_title(lines)
    for i, name in captions(lines):
        say(lines[i], name)
    _lists(lines)
    boxes(lines)
    doubt(lines)
    head = title_of(lines, titles)
    say_again(lines)
    start, stop = body_zone(lines)
    if head is not None and start <= head:
        # What the page is about stands under its title; where most of the text ends over it, it is no title but a link.
        under = body_zone(lines, head + 1)
        if head < stop or 2 * _words(lines, *under) >= _words(lines, start, stop):
            start, stop = under
    if start >= stop:
        start = max(range(len(lines)), key=lambda i: (lines[i].kind in ("", "body"), lines[i].size, -i))
        stop = start + 1
        say(lines[start], "only_text")
    unsay_again(lines[:start])
    if head is None or head >= start:
        head = guess_title(lines, start, stop)
        if head is not None and head >= start:
            start, stop = body_zone(lines, head + 1)
    start = skip_title(lines, start, stop)
    start = skip_deck(lines, start, stop)
    stop = follow(lines, stop)
    settle(lines, start, stop)
    unsay_again(lines[:start])
    sign(lines, head, start)
    beside(lines, start, stop)
    _inside(lines, start, stop)
    name_header(lines, start, head)
    _behind(lines, stop)
    for i, name in [*biographies(lines, start, stop), *boilerplate(lines, start, stop)]:
        say(lines[i], name)
    if not any(line.kind in _TEXT for line in lines):
        _keep_text(lines)
    return _split_dateline(text, lines, start)


def _keep_text(lines: list[Line]) -> None:
    """Name the longest line the text where none is left: of those that only their place has named, if there are any."""
    found = [i for i, line in enumerate(lines) if line.rule_id in _BY_PLACE and line.size >= _PHRASE]
    if found:
        say(lines[max(found, key=lambda i: (lines[i].size, -i))], "only_text")


def _words(lines: list[Line], start: int, stop: int) -> int:
    """Words of running text between two lines."""
    return sum(line.size for line in lines[start:stop] if not line.kind and line.ends and line.size >= PROSE)


def _lists(lines: list[Line]) -> None:
    """Runs of short lines that are a list in the body: with bullets or numbers, with labels, or behind a colon."""
    i, count = 0, len(lines)
    while i < count:
        if not _short(lines[i]):
            i += 1
            continue
        j = i
        while j < count and _short(lines[j]):
            j += 1
        announced = i > 0 and not lines[i - 1].kind and lines[i - 1].text.endswith(":") and lines[i - 1].size >= 5
        marked = [_ITEM.match(line.text) is not None for line in lines[i:j]] if j - i > 1 else []
        if j - i >= 2 and (2 * sum(marked) > j - i or announced):
            headed = not announced and j - i > 2 and not marked[0] and marked[1]
            for line in lines[i + headed : j]:
                say(line, "list_item")
        else:
            _list_in(lines[i:j], marked)
        i = j


def _short(line: Line) -> bool:
    return not line.kind and not line.ends and line.size < LONG and not line.again


def _list_in(lines: list[Line], marked: list[bool]) -> None:
    """Name the items of a list that is a part of a longer run: at least four in a row."""
    i = 0
    while i < len(marked):
        j = i
        while j < len(marked) and marked[j]:
            j += 1
        if j - i >= _LIST:
            for line in lines[i:j]:
                say(line, "list_item")
        i = max(j, i + 1)


def _inside(lines: list[Line], start: int, stop: int) -> None:
    """Name the unnamed lines of the body zone."""
    again = _again(lines)
    i = start
    while i < stop:
        line = lines[i]
        if line.kind:
            i += 1
        elif (line.size >= PROSE and line.ends) or line.size >= LONG:
            say(line, "paragraph")
            i += 1
        elif line.ends:
            asks = line.text[-1] == "?" and line.size <= 12
            say(line, "question" if asks else "short_paragraph")
            i += 1
        else:
            j = i + 1
            while j < stop and not lines[j].kind and not lines[j].ends and lines[j].size < LONG:
                j += 1
            _name_run(lines, i, j, again)
            i = j


def _again(lines: list[Line]) -> frozenset[str]:
    """Short lines that stand more than once in the page: buttons, credits, names of boxes."""
    seen = Counter(line.text for line in lines if line.size <= HEADING and not line.ends)
    return frozenset(words for words, count in seen.items() if count > 1)


def _name_run(lines: list[Line], i: int, j: int, again: frozenset[str]) -> None:
    """Name short lines in a row that do not end like sentences: alone a crosshead, together links, the last over a text."""
    before = lines[i - 1] if i else None
    if before is not None and before.rule_id == TIME:
        say(lines[i], "entry_title")
        i += 1
        if i == j:
            return
    after = lines[j] if j < len(lines) else None
    boxed = before is not None and before.kind in ("related", "promo") and before.rule_id not in _BETWEEN
    if j - i == 1:
        heads = after is not None and after.kind in ("promo", "related") and after.rule_id not in _BETWEEN
        if heads:
            say(lines[i], "promo_heading" if after is not None and after.kind == "promo" else "box_heading")
        elif boxed and lines[i].size >= 5:
            say(lines[i], "link_run")
        elif lines[i].text in again and lines[i].size <= _BUTTON:
            say(lines[i], "label")
        else:
            say(lines[i], "crosshead" if lines[i].size <= HEADING else "list_item")
        return
    if j - i == 2 and not boxed and _heads(lines, j) and _differ(lines[i], lines[i + 1], again):
        j -= 1
        if before is not None and before.kind == "metadata" and PERSON.match(lines[j].text):
            say(lines[j], "name_line")
            say(lines[i], "crosshead", 0.65)
            return
        say(lines[j], "crosshead", 0.65)
    for line in lines[i:j]:
        say(line, "link_run" if line.size >= 4 else "box_heading", 0.8 if boxed else None)


def _differ(over: Line, under: Line, again: frozenset[str]) -> bool:
    """Whether a line heads the text below it and the one over it is something else: two titles alike are links."""
    if under.size > HEADING or under.text in again:
        return False
    return under.size <= _BUTTON or over.size <= _LABEL or over.size >= _LONGER * under.size


def _heads(lines: list[Line], j: int) -> bool:
    """Whether a text of the article begins at a line: a paragraph behind which no date says that it is a teaser."""
    if j >= len(lines) or lines[j].kind not in ("", "body") or not lines[j].ends or lines[j].size < PROSE:
        return False
    return j + 1 >= len(lines) or lines[j + 1].kind not in ("metadata", "related", "byline")


def _behind(lines: list[Line], stop: int) -> None:
    """Name the lines behind the body."""
    listed = sum(line.rule_id == COUNTED for line in lines[stop:]) >= _COUNTS
    comments = False
    for line in lines[stop:]:
        if line.kind and line.kind != "body":
            if line.kind == "comment":
                # Many counts of comments are those of other articles.
                comments = not (listed and line.rule_id == COUNTED)
            else:
                comments = comments and line.kind not in ("copyright", "related")
        elif comments:
            say(line, "comment_text")
        elif line.size >= 12 and line.ends:
            say(line, "teaser")
        else:
            say(line, "tail")


def _split_dateline(text: str, lines: list[Line], start: int) -> list[Line]:
    """The dateline cut off the first paragraph."""
    for i in range(start, min(start + 2, len(lines))):
        line = lines[i]
        length = glue.dateline(line) if line.kind == "body" else None
        if length:
            head = measure(text, line.start, line.start + length)
            say(head, "dateline")
            rest = line.text[length:].lstrip()
            tail = measure(text, line.end - len(rest), line.end)
            tail.set(line.kind, line.rule_id, line.confidence)
            return [*lines[:i], head, tail, *lines[i + 1 :]]
    return lines
