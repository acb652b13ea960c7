"""Where the body is: the run of lines that reads most like one text.

What belongs here: weighing lines for and against the body, and the run with the greatest sum. What does not: names for
lines (:mod:`pipelines.clean.reading`).
"""

from __future__ import annotations

from pipelines.clean.glue import starts_with_dateline
from pipelines.clean.lines import Line

PROSE = 10
"""Words from which a line that ends like a sentence is taken for running text."""
LONG = 25
"""Words from which a line is running text, however it ends."""

_LATER = 1.6  # times the weight of an earlier text that a later one needs to be the body
_ENOUGH = 60  # words of running text behind which a comment is a reader's
_DATELINE = 40.0  # what a dateline adds: nothing but an article opens so
_CAP = 40.0  # words for which the longest paragraph counts
# How much a line speaks for the body (its words, for running text) or against it. Found by search over half of a labelled
# set, then rounded; what ends pages weighs as much as a long paragraph, what interrupts them as a few words.
_WEIGHTS = {
    "sentence": 1.0, "fragment": 0.0, "short": -4.0, "list": 0.0, "caption": -3.0, "credit": -3.0, "separator": -3.0,
    "interface": -4.0, "related": -6.0, "heading": -10.0, "promo": -10.0, "metadata": -15.0, "byline": -15.0,
    "again": -8.0, "comment": -120.0, "copyright": -40.0, "contributors": -45.0, "end": -45.0, "author": -60.0, "legal": -45.0, "link": -25.0,
}  # fmt: skip
_RUN = 40.0  # what unnamed short lines in a row weigh at most: they may be a list of the article
_TAKEN = 3.0  # what a line weighs at least that a second opinion takes
_LEFT = 0.5  # times its words what a line weighs against the body that all leave
_INTERRUPTS = -40.0  # the most that a named line weighs against a body that second opinions tell from what it is not
_CLASSES = {
    "furniture/end_marker": "end",
    "furniture/tags": "end",
    "credits/print_version": "end",
    "furniture/time_line": "short",
    "furniture/related_heading": "heading",
    "credits/author_note": "author",
    "links/legal": "legal",
    "links/comment_link": "link",
    "blocks/list_item": "list",
    "repeats/words": "again",
}


def weight(line: Line) -> float:
    """How much a line speaks for (or against) lying in the body."""
    if line.kind:
        named = _WEIGHTS.get(_CLASSES.get(line.rule_id, line.kind), -5.0)
        return max(named, _INTERRUPTS) if line.vote else named
    if line.vote > 0:
        return max(min(line.size, _CAP), _TAKEN)
    if line.vote < 0:
        return -max(min(line.size, _CAP) * _LEFT, -_WEIGHTS["short"])
    if line.ends:
        if line.size >= PROSE and starts_with_dateline(line):
            return _CAP + _DATELINE
        return min(line.size, _CAP) if line.size >= PROSE else _WEIGHTS["sentence" if line.size >= 4 else "fragment"]
    return min(line.size, _CAP) * 0.1 if line.size >= LONG else _WEIGHTS["short"]


_SIGNED = frozenset(("byline", "metadata"))
_RESTART = -80.0
_RETURN = -80.0  # what it weighs that a pair of short lines from over the text comes again behind it
_FRAMED = -1000.0  # the same where one of them is a button by its words: no text crosses it
_FRAME = 6  # words of such a line
TIME = "furniture/time_line"
BUTTON = "buttons/interface_words"
_LIVE = 3  # times of day on lines of their own that make a page a live report
_ENTRY = -2.0  # what the time or the byline over an entry of a live report weighs


def _restarts(lines: list[Line], i: int) -> bool:
    """Whether another article begins here: a byline and a date within three lines (counted at the second of them)."""
    if lines[i].rule_id == TIME:
        return False
    other = "metadata" if lines[i].kind == "byline" else "byline"
    return any(line.kind == other and line.rule_id != TIME for line in lines[max(0, i - 3) : i])


def _returns(lines: list[Line]) -> dict[int, tuple[int, float]]:
    """Pairs of short lines that stood in the page before, by the second line: where they stood first, and what that weighs.

    What stands over a text and comes again frames it, as buttons and menus do, or opens the next one in the same way; a
    date or a byline there may be another one of its kind.
    """
    first: dict[tuple[str, str], int] = {}
    found = {}
    before, button, signed = "", False, False
    for i, line in enumerate(lines):
        abstract = line.kind in _SIGNED and line.rule_id != TIME
        if (line.ends or line.size > _FRAME) and not abstract:
            before = ""
            continue
        words = line.rule_id if abstract else line.text
        named = line.rule_id == BUTTON
        if before and before != words and not (abstract and signed):
            at = first.setdefault((before, words), i)
            if at != i:
                found[i] = at, _FRAMED if named or button else _RETURN
        before, button, signed = words, named, abstract
    return found


def body_zone(lines: list[Line], first: int = 0) -> tuple[int, int]:
    """The run of lines from ``first`` on whose weights sum to the most, unnamed lines at its edges: start and stop."""
    best = total = run = 0.0
    at = start = stop = first
    words = remarks = 0
    live = sum(line.rule_id == TIME for line in lines) >= _LIVE
    back = _returns(lines)
    for i in range(first, len(lines)):
        line = lines[i]
        if total <= 0:
            total, at = 0.0, i
        said = _ENTRY if live and (line.rule_id == TIME or line.kind == "byline") else weight(line)
        run = run + said if not line.kind and said < 0 and not line.vote else 0.0
        total += said if run >= -_RUN else 0.0
        if line.kind in _SIGNED and not line.vote and _restarts(lines, i):
            total += _RESTART
        if i in back and back[i][0] < at:
            total += back[i][1]
        # The first text of a page is the one that the page is about: another must outweigh it clearly.
        if total > (best * _LATER if at >= stop and best >= _ENOUGH else best):
            best, start, stop = total, at, i + 1
        if not line.kind:
            words += line.size if line.ends else 0
        elif line.kind == "comment" and words >= _ENOUGH and not line.vote:
            # Readers write more than editors: what they say is not weighed at all, unless somebody tells it from the text.
            remarks += 1 if line.rule_id == "links/comment_link" else 2
            if remarks >= 2:
                break
    while start < stop and lines[start].kind not in ("", "body"):
        start += 1
    while stop > start and lines[stop - 1].kind not in ("", "body"):
        stop -= 1
    return start, _stretched(lines, _listed(lines, _signed_off(lines, stop))) if stop > start else stop


_SIGN_OFFS = frozenset(("contributors", "separator"))
_BREAKS = frozenset(("comment", "copyright", "byline"))
_NEAR = 15
_PICTURES = frozenset(("caption", "credit"))
_ITEMS = 3  # of a list behind the last sentence


def _signed_off(lines: list[Line], stop: int) -> int:
    """The end of the zone moved over a box, up to the last sentence before those who helped are named: still the article."""
    last = stop
    for i in range(stop, min(stop + _NEAR, len(lines))):
        line = lines[i]
        if line.kind in _SIGN_OFFS:
            return last
        if line.kind in _BREAKS or (line.rule_id in _CLASSES and _CLASSES[line.rule_id] in ("end", "author", "legal")):
            break
        if not line.kind and line.ends and line.size >= PROSE:
            last = i + 1
    return stop


def _listed(lines: list[Line], stop: int) -> int:
    """The end of the zone moved over a list that follows at once, its heading and pictures included."""
    at = stop
    while (
        at < len(lines)
        and at < stop + _NEAR
        and (lines[at].kind in _PICTURES or (at < stop + 2 and not lines[at].kind))
    ):
        at += 1
    end = at
    while end < len(lines) and lines[end].rule_id == "blocks/list_item":
        end += 1
    return end if end - at >= _ITEMS else stop


def _stretched(lines: list[Line], stop: int) -> int:
    """The end of the zone moved over sentences that follow at once, a crosshead between them included."""
    while stop < len(lines):
        ahead = stop if lines[stop].ends or lines[stop].size > 8 else stop + 1
        if any(line.kind for line in lines[stop : ahead + 1]) or ahead >= len(lines):
            break
        if not lines[ahead].ends or lines[ahead].size < 4:
            break
        stop = ahead + 1
    return stop
