"""Every date in or beside an article that can tell its day of publication, with the role it plays there.

What belongs here: finding and labelling candidates by where they stand. What does not: reading the words of a date
(``date_words.py``) and choosing among the candidates (``dates.py``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipelines.document import Document
from pipelines.normalise.candidate import Candidate
from pipelines.normalise.date_sources import declared, from_age, from_page, from_url
from pipelines.normalise.date_words import Reading, readings, time_at
from pipelines.normalise.figures import with_a_figure
from pipelines.normalise.layout import SUBSTANTIAL, Layout, Line, Page
from pipelines.rules import load_rules

_RULES = load_rules("dates")
_PUBLISHED = _RULES["published_label"].regex
_MODIFIED = _RULES["modified_label"].regex
_CAPTURED = _RULES["captured_label"].regex


_LONGEST_LINE = 250  # a header line is short; longer lines are sentences
_LONGEST_CAPTION = 1500
_LABELLED = 160  # characters of the longest sentence that says what its date is
_TELLING = 2  # paragraphs behind the first in which a date is that of an event

_DATE_LABEL = re.compile(r"\bdate\s*:\s*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_BY = re.compile(r"^\W*(?:by|von|par|por|di|door|av|af)\b", re.IGNORECASE)
_ARCHIVE_PICTURE = re.compile(r"^\W*(?:file\b|archive)|\bfile (?:photo|picture|image)\b|\barchive photo", re.IGNORECASE)
_AFTER_DATELINE = re.compile(r"[,.]?\s{0,2}(?:\([^()\n]{2,40}\)|/[\w ]{2,20}/)?\s{0,2}(?:[-–—―]{1,2}|:)\s")
_DASH = re.compile(r"[-–—―]{1,2}\s|:\s")
_SMALL = frozenset(
    ("and", "of", "the", "de", "del", "la", "le", "les", "el", "al", "am", "an", "der", "di", "do", "da", "sur", "upon", "y", "e")
)  # fmt: skip
_PLACE = re.compile(r"(?:[^\W\d_]++[.’'-]?[,/]?\s{0,2}+){0,8}$")
_SENT_BY = re.compile(r"\([A-Z][^()\n]{2,30}\)|/[A-Z][^/\n]{3,40}/")
_TWEET = re.compile(r"\(@\w+\)|^\s*—")
_WHOLE = re.compile(r"(?:19|20)[0-9]{2}|[0-9][./-][0-9]|[0-9]:[0-9]")
_DIGIT = re.compile("[0-9]")
# A line over the text that a cleaner took for a caption, but that no sentence about a picture looks like.
_LIKE_HEADER = re.compile(
    r"^\W*(?:by|von|par|por|di|door)\b|(?<!on )(?<!in )(?<!, )[^\W\d_]{3,10}\.? \d\d?,? (?:19|20)\d\d(?! [a-z]{3})[^.]{0,40}$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_A_SENTENCE = re.compile(
    r"(?:\b(?:on|in|of|from|since|until|by|and|to|the|for|between|after|before|at|dated|a|am|le|el|du|del|vom|il|op|den)|[(,])\s*$",
    re.IGNORECASE,
)
_NEXT_SENTENCE = re.compile(r"\s?[|•·–-]?\s?(?:[\"“‘«(]?[^\W\d_a-z]|$)")
_FIRST_PUBLISHED = re.compile(r"\b(?:first |originally )?published(?: at)?:? (?=[0-9])", re.IGNORECASE)
_SECONDS = re.compile(r"[ T](\d\d:\d\d:\d\d)(?!\d)")


def _candidate(role: str, rule: str, reading: Reading, line: Line, factor: float = 1.0) -> Candidate:
    return Candidate(
        role=role,
        value=reading.edtf,
        text=line.text[reading.start : reading.end],
        start=line.start + reading.start,
        end=line.start + reading.end,
        rule=rule,
        confidence=round(_RULES[rule].confidence * factor, 3),
        reading=reading,
        day=reading.date,
    )


def _label(before: str, previous: Line | None) -> str | None:
    """The rule whose label stands before a date, on its line or alone on the line above."""
    if not before.strip() and previous is not None and len(previous.text) <= 30:
        before = previous.text
    best, at = None, -1
    for rule, pattern in (
        ("published_label", _PUBLISHED),
        ("modified_label", _MODIFIED),
        ("captured_label", _CAPTURED),
    ):
        for found in pattern.finditer(before):
            if found.end() > at:
                best, at = rule, found.end()
    return best


def _place_factor(line: Line, layout: Layout) -> float:
    """How much a date's place on the page speaks for it: most right over the text, little far away from it."""
    behind = line.number - layout.body_end_line
    if behind > 0:
        return 0.55 if behind <= 10 else 0.4
    if line.number >= layout.body_line:
        return 0.7
    above = layout.body_line - line.number
    near = 1.0 if above <= 12 else 0.95 if above <= 30 else 0.8 if above <= 60 else 0.55
    return near if layout.headline is None or line.number >= layout.headline else near * 0.9


def _in_header(clean: str, lines: list[Line], line: Line, layout: Layout, prose: bool = False) -> Iterator[Candidate]:
    """The dates of a line that is part of the page's furniture; of ``prose``, only if it does not end like a sentence."""
    found = readings(line.text)
    if not found:
        return
    previous = lines[line.number - 1] if line.number else None
    rest = line.text
    for reading in reversed(found):
        rest = rest[: reading.start] + " " + rest[reading.end :]
    if prose and rest.rstrip().endswith((".", "?", "”", '"')):
        return
    words = len(_WORD.findall(rest))
    if "ublished" in rest and len(found) == 1:
        yield from _published_then(line, found[0])
    end = 0
    near = layout.top <= line.number <= layout.body_line + 1
    for reading in found:
        before, end = line.text[end : reading.start][-80:], reading.end
        if prose and _IN_A_SENTENCE.search(before):
            continue
        if near and words > 6 and reading.year and _at_edge(line.text, reading):
            words = 6
        yield _weigh(reading, line, layout, before, words, previous, clean[line.start + end : line.start + end + 10])


def _published_then(line: Line, updated: Reading) -> Iterator[Candidate]:
    """The publication in "Updated May 3, 2021 10.40pm, first published at 6.00pm": on the day of the update, or where its
    hour is later than the update's, on the day before.
    """
    first = _FIRST_PUBLISHED.search(line.text)
    stated = time_at(line.text, first.end()) if first else None
    if not first or not stated or not updated.date or not _MODIFIED.search(line.text[: updated.start]):
        return
    time, offset, end = stated
    if not (end <= updated.start or first.start() >= updated.end):
        return
    late = updated.time is not None and time > updated.time
    day = updated.date - dt.timedelta(days=late)
    reading = updated._replace(year=day.year, month=day.month, day=day.day, weekday=None, time=time)
    reading = reading._replace(offset=offset or updated.offset, start=first.start(), end=end)
    yield _candidate("published", "published_label", reading, line, 0.7 if late else 1.0)


def _at_edge(text: str, reading: Reading) -> bool:
    """True for a date that begins or ends a line whose other words are a sentence: blocks that were glued together."""
    before, after = text[: reading.start], text[reading.end :]
    if _IN_A_SENTENCE.search(before):
        return False
    begins = len(_WORD.findall(before)) <= 6 and _NEXT_SENTENCE.match(after) is not None
    return begins or (len(_WORD.findall(after)) <= 4 and not after.strip().startswith(","))


def _weigh(
    reading: Reading, line: Line, layout: Layout, before: str, words: int, previous: Line | None, after: str
) -> Candidate:
    """A header date's role, by its label, its company and its place."""
    label = _label(before, previous)
    place = _place_factor(line, layout)
    if label == "captured_label":
        return _candidate("captured", "captured_label", reading, line)
    said = before if before.strip() or previous is None else previous.text[-20:]
    if reading.end == len(line.text) and (
        split := _SECONDS.match(after)
    ):  # a cleaner took the time for a piece of its own
        reading = reading._replace(time=split[1], seconds=True)
    if reading.seconds and not reading.offset and (_DATE_LABEL.search(said) or line.kind == "headline") and not label:
        return _candidate("captured", "crawl_stamp", reading, line)
    if label:
        role = "published" if label == "published_label" else "modified"
        # A label speaks for itself wherever a cleaner saw text.
        place = max(place, 0.9 if line.number <= layout.body_end_line else 0.5)
        return _candidate(role, label, reading, line, place if words <= 14 else place * 0.6)
    if _TWEET.search(line.text) or (line.kind == "headline" and words > 6):
        return _candidate("event", "caption_date", reading, line)
    above = layout.top - line.number
    bare = words <= 3 and reading.time is None
    if bare and reading.weekday and above > 0 and (reading.year is None or above > 3):
        return _candidate("page_header", "page_header", reading, line)
    if words > (14 if line.kind in ("metadata", "byline", "dateline") else 8):
        return _candidate("event", "caption_date", reading, line, 0.5)
    crowd = 1.0 if words <= 3 else 0.95 if words <= 7 else 0.85
    stated = 1.0 if reading.time else 0.97
    if line.kind == "byline" or _BY.match(line.text):
        return _candidate("published", "byline_date", reading, line, place * crowd * stated)
    if place > 0.55:
        return _candidate("published", "header_date", reading, line, place * crowd * stated)
    # Below the text a bare day dates a correction or another story; with a time it may still be the article's.
    return _candidate("published", "page_text", reading, line, place * crowd * (1.0 if reading.time else 0.7))


def _is_place(words: str) -> bool:
    """True for words in capitals, as places are written: "In an email dated" is none."""
    return all(word[0].isupper() or word in _SMALL for word in words.replace(",", " ").split())


def _dateline(line: Line) -> Iterator[Candidate]:
    """The date in the dateline that opens a text: "HARBOUR TOWN, March 5 (XYZ) - ..."."""
    head = line.text[:160]
    if line.kind != "dateline" and not (_DASH.search(head) and _DIGIT.search(head, 0, 100)):
        return
    for reading in readings(head)[:1]:
        after = _AFTER_DATELINE.match(head, reading.end)
        place = head[: reading.start].strip()
        sent = line.kind == "dateline" and _SENT_BY.search(place)
        opens = place == "" or (len(place) <= 70 and _PLACE.match(place) and _is_place(place))
        if (sent or opens) and (after or line.kind == "dateline") and reading.time is None:
            yield _candidate("published", "dateline", reading, line)


def _labelled(line: Line, layout: Layout) -> bool:
    """True for a short line over the text's end whose dates say what they are, whatever else a cleaner took it for."""
    text = line.text  # a sentence without a whole date is not searched: that search costs more than all others together
    able = len(text) <= 60 or (len(text) <= _LABELLED and _WHOLE.search(text))
    return bool(able) and line.number <= layout.body_end_line and _PUBLISHED.search(text) is not None


def _plain(line: Line, role: str, rule: str, full: bool = False) -> Iterator[Candidate]:
    """All dates of a line in one role; with ``full`` only those with a year."""
    if len(line.text) <= _LONGEST_CAPTION:
        for reading in readings(line.text):
            if reading.date or not full:
                yield _candidate(role, rule, reading, line)


def _glued_head(line: Line) -> Line | None:
    """What stands before the first sentence of a paragraph, if that is a date: "By Ada Moss 5 March 2021 The port ..."."""
    for reading in readings(line.text[:160]):
        if reading.year and len(_WORD.findall(line.text[: reading.start])) <= 6 and _at_edge(line.text, reading):
            return line._replace(text=line.text[: reading.end])
    return None


def _in_text(clean: str, lines: list[Line], line: Line, layout: Layout) -> Iterator[Candidate]:
    """The dates of a paragraph: a dateline, a header that a cleaner left in the text, or the day that it tells of."""
    after = line.number - layout.body_line
    if 0 <= after <= 1 and (opening := list(_dateline(line))):
        yield from opening
    elif len(line.text) <= SUBSTANTIAL or _labelled(line, layout):
        yield from _in_header(clean, lines, line, layout, prose=True)
    elif 0 <= after <= 1 and _YEAR.search(line.text, 0, 120) and (glued := _glued_head(line)):
        yield from _in_header(clean, lines, glued, layout)
    elif 0 <= after <= _TELLING and _YEAR.search(line.text):
        yield from _plain(line, "event", "text_date", full=True)


def _in_line(clean: str, lines: list[Line], line: Line, layout: Layout) -> Iterator[Candidate]:
    """The dates of a line, by what kind of line it is; what stands between headline and text may be a header anyway."""
    kind = line.kind
    in_head = layout.headline is not None and layout.headline < line.number < layout.body_line
    in_head = (in_head and layout.body_line - line.number <= 30) or _labelled(line, layout)
    if kind == "copyright" or (kind == "contributors" and not in_head):
        return
    if kind in ("related", "promo", "comment") and not in_head:
        yield from _plain(line, "related", "related_date")
    elif kind in ("caption", "credit") and not (in_head and _LIKE_HEADER.search(line.text)):
        if not _ARCHIVE_PICTURE.search(line.text):
            yield from _plain(line, "event", "caption_date")
    elif kind in ("body", "crosshead"):
        yield from _in_text(clean, lines, line, layout)
    elif opening := list(_dateline(line)) if kind == "dateline" else []:
        yield from opening
    elif len(line.text) <= _LONGEST_LINE:
        yield from _in_header(clean, lines, line, layout)


def candidates(document: Document, page: Page) -> list[Candidate]:
    """All dates that can tell when the article was published, in reading order, declared ones first."""
    lines, layout = page
    found = [*declared(document), *from_page(document), *from_url(document), *from_age(document, page)]
    opening = layout.body_line + _TELLING
    for line in with_a_figure(document, lines):
        if len(line.text) > _LABELLED:
            if line.number > opening and line.kind in ("body", "crosshead"):
                continue  # a paragraph in the middle of the text tells of many days, and of that of publication by chance
        elif not readings(line.text):
            continue
        found.extend(_in_line(document.clean, lines, line, layout))
    return found
