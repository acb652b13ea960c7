"""Reading the page as a sequence: where the body is, and what the lines above, inside and behind it are.

What belongs here: decisions that need a line's neighbours. What does not: what a line says by itself
(:mod:`pipelines.clean.grammar`), and places inside a line (:mod:`pipelines.clean.glue`).
"""

from __future__ import annotations

from collections import Counter

from pipelines.clean import glue
from pipelines.clean.grammar import known, squeeze
from pipelines.clean.lines import Line, measure
from pipelines.rules import load_rules

_PROSE = 10  # words from which a line that ends like a sentence is taken for running text
_STOPS = frozenset(("comment", "copyright"))


def _say(line: Line, name: str, confidence: float | None = None) -> None:
    rule = load_rules("blocks")[name]
    line.set(rule.kind or "unknown", rule.rule_id, rule.confidence if confidence is None else confidence)


def _weight(line: Line) -> float:
    """How much a line speaks for (or against) lying in the body."""
    if line.kind in ("comment", "copyright"):
        return -40.0
    if line.kind in ("caption", "credit", "separator", "contributors"):
        return -1.0
    if line.kind:
        return -6.0
    if line.ends:
        return float(min(line.size, 40)) if line.size >= _PROSE else 1.0 if line.size >= 4 else -2.0
    return min(line.size, 40) / 2 if line.size >= 25 else -4.0


def _body_zone(lines: list[Line]) -> tuple[int, int]:
    """The run of lines whose weights sum to the most: first line and the line behind the last."""
    best = total = 0.0
    first = start = stop = 0
    for i, line in enumerate(lines):
        if total <= 0:
            total, first = 0.0, i
        total += _weight(line)
        if total > best:
            best, start, stop = total, first, i + 1
    return start, stop


def _zone_edges(lines: list[Line], start: int, stop: int) -> tuple[int, int]:
    """The zone without what is no running text at its edges."""
    while start < stop and lines[start].kind:
        start += 1
    while stop > start and lines[stop - 1].kind:
        stop -= 1
    return start, stop


def _inside(lines: list[Line], start: int, stop: int) -> None:
    """Name the unnamed lines of the body zone."""
    i = start
    while i < stop:
        line = lines[i]
        if line.kind:
            i += 1
            continue
        if line.size >= _PROSE and line.ends or line.size >= 25:
            _say(line, "paragraph")
            i += 1
            continue
        if line.ends and (line.size >= 3 or line.text[0] in "“\"‘'«„"):
            _say(line, "short_paragraph")
            i += 1
            continue
        # A run of lines that do not end like sentences: one is a crosshead, several are links or a list.
        j = i
        while j < stop and not lines[j].kind and not lines[j].ends and lines[j].size < 25:
            j += 1
        j = max(j, i + 1)
        if j - i == 1:
            _say(line, "crosshead" if line.size <= 14 else "list_item")
        else:
            for other in lines[i:j]:
                _say(other, "link_run" if other.size >= 4 else "box_heading")
        i = j


def _captions_beside_credits(lines: list[Line], stop: int) -> None:
    """Over the body, a single sentence beside a line of photo credit is its caption."""
    for i in range(stop):
        if lines[i].kind != "credit":
            continue
        for j in (i + 1, i - 1):
            if 0 <= j < len(lines) and not lines[j].kind and lines[j].size >= 8 and lines[j].ends:
                if j > i and not _captionlike(lines[j]):
                    continue
                _say(lines[j], "caption_by_credit")
                break


def _captionlike(line: Line) -> bool:
    words = line.text
    return any(sign in words for sign in (", left", ", right", ", center", ", centre", "(left)", "(right)", "(L)", "(R)", "pictured", "poses ", " during ", " shake hands", " attend")) or words[-6:-1].isdigit()


def _repeats(lines: list[Line]) -> Counter[str]:
    return Counter(squeeze(line.text) for line in lines if line.size >= 5)


def _repeated_captions(lines: list[Line], repeats: Counter[str]) -> None:
    """A line of some length that stands twice is a caption where one of its copies or neighbours is one."""
    texts = {squeeze(line.text) for line in lines if line.kind == "caption" and line.size >= 5}
    for line in lines:
        if not line.kind and line.size >= 8 and repeats[squeeze(line.text)] > 1 and squeeze(line.text) in texts:
            _say(line, "caption_pair")


def _above(lines: list[Line], start: int, title: str | None) -> None:
    """Name the lines over the body."""
    wanted = squeeze(title) if title else ""
    head = None
    if wanted:
        head = next((i for i in range(start) if squeeze(lines[i].text) == wanted), None)
        if head is not None:
            _say(lines[head], "title")
    if head is None:
        # The title is the line nearest over the body that has the length of one; a sentence is only taken if nothing else is.
        able = [i for i in range(start) if not lines[i].kind and 3 <= lines[i].size <= 30]
        if able:
            head = next((i for i in able if not lines[i].ends), able[0]) if start - able[0] < 12 else able[-1]
            repeated = [i for i in able if sum(squeeze(lines[k].text) == squeeze(lines[i].text) for k in able) > 1]
            head = repeated[0] if repeated else head
            _say(lines[head], "first_title")
    for i in range(start):
        line = lines[i]
        if line.kind:
            continue
        if head is None or i < head:
            near = head is not None and head - i <= 2
            _say(line, "section_label" if near and line.size <= 3 else "navigation")
        elif squeeze(line.text) == squeeze(lines[head].text):
            _say(line, "repeated_title")
        elif line.size >= 4:
            _say(line, "deck")
        else:
            _say(line, "label")


def _behind(lines: list[Line], stop: int) -> None:
    """Name the lines behind the body."""
    comments = False
    for line in lines[stop:]:
        if line.kind:
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


def read_page(text: str, lines: list[Line], title: str | None = None) -> list[Line]:
    """The lines of a page with what each is."""
    for line in lines:
        if line.kind:
            continue
        rule = known(line.text)
        if rule:
            line.set(rule.kind or "unknown", rule.rule_id, rule.confidence)
    repeats = _repeats(lines)
    _repeated_captions(lines, repeats)
    _captions_beside_credits(lines, len(lines))
    start, stop = _zone_edges(lines, *_body_zone(lines))
    if start >= stop:
        longest = max(range(len(lines)), key=lambda i: (not lines[i].kind, lines[i].size, -i))
        start, stop = longest, longest + 1
        _say(lines[longest], "only_text")
    _inside(lines, start, stop)
    _above(lines, start, title)
    _behind(lines, stop)
    return _split_dateline(text, lines, start)
