"""An article's day of publication: the strongest candidate, or nothing rather than a guess.

What belongs here: weighing candidates against each other. What does not: finding them (``date_candidates.py``).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from pipelines.document import Document
from pipelines.normalise.candidate import SURE, Candidate
from pipelines.normalise.date_candidates import candidates
from pipelines.normalise.date_inference import caption_event, filled, lead_weekday, weekday_anchor
from pipelines.normalise.date_words import readings
from pipelines.normalise.layout import Layout, Line, Page, page_of
from pipelines.normalise.registry import host_of, outlet_by_host
from pipelines.rules import load_rules

_RULES = load_rules("dates")

_ENOUGH = 0.4
"""Below this confidence a date is a candidate and no more."""

_MOST_CANDIDATES = 200
"""Of a page that is one long list of dates, the strongest are kept."""

_WESTERNMOST, _EASTERNMOST = dt.timedelta(hours=-12), dt.timedelta(hours=14)  # what clocks show, from UTC
_LATE = dt.timedelta(days=2)
_AMERICAN_ZONE = re.compile(r"\b[ECMP][SD]?T\b")


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published, how that was found, and everything that was weighed."""

    on: dt.date | None
    at: str | None
    method: str
    confidence: float | None
    candidates: tuple[Candidate, ...]
    captured_at: dt.datetime | None


def _latest_possible(document: Document) -> dt.date | None:
    """No date behind this day can be meant: the capture's time, else the first ingestion; one day for time zones."""
    bounds = [document.captured_at.date()] if document.captured_at else []
    bounds += [document.ingested_on] if document.ingested_on else []
    return min(bounds) + dt.timedelta(days=1) if bounds else None


def _settled(document: Document, found: list[Candidate], lines: list[Line], layout: Layout) -> list[Candidate]:
    """Candidates with "03/04/2021" read the way in which the page writes its other dates, where that can be told."""
    if not any(one.reading and one.reading.ambiguous for one in found):
        return found
    day_first = _day_first(document, found)
    known = {(one.reading.month, one.reading.day) for one in found if one.reading and not one.reading.ambiguous}
    for line in lines[layout.body_line : layout.body_line + 10]:
        known.update((reading.month, reading.day) for reading in readings(line.text[:2000]) if not reading.ambiguous)
    made = []
    for one in found:
        reading = one.reading
        if reading and reading.ambiguous:
            ways = {False: (reading.month, reading.day), True: (reading.day, reading.month)}
            fits = [way for way, read in ways.items() if read in known]
            way = fits[0] if len(fits) == 1 else day_first
            if way is not None:
                month, day = ways[way]
                reading = reading._replace(month=month, day=day, ambiguous=False, day_first=way)
                one = replace(
                    one,
                    reading=reading,
                    value=reading.edtf,
                    day=reading.date,
                    confidence=round(one.confidence * 0.95, 3),
                )
        made.append(one)
    return made


def _day_first(document: Document, found: list[Candidate]) -> bool | None:
    """Whether the page writes the day first in figures: as its other dates show, or its time zones, or its country."""
    shown = {one.reading.day_first for one in found if one.reading and one.reading.day_first is not None}
    if len(shown) == 1:
        return shown.pop()
    if any(one.text and _AMERICAN_ZONE.search(one.text) for one in found):
        return False
    host = host_of(document.url) if document.url else None
    outlet = outlet_by_host(host) if host else None
    return None if outlet is None or outlet.country == "CA" else outlet.country not in ("US", "PH")


def _without_late_stamps(found: list[Candidate]) -> list[Candidate]:
    """Header times to the second that lie days behind all other evidence become times of capture."""
    others = [
        one.day
        for one in found
        if one.day and one.role in (*SURE, "related") and one.rule != "text_date" and not _is_stamp(one)
    ]
    if not others:
        return found
    newest = max(others)
    made = []
    for one in found:
        if _is_stamp(one) and one.day and one.day - newest > _LATE:
            one = replace(one, role="captured", rule="later_stamp", confidence=_RULES["later_stamp"].confidence)
        made.append(one)
    return made


def _without_teasers(found: list[Candidate], lines: list[Line], layout: Layout) -> list[Candidate]:
    """Bare days over the headline date the article only if they agree: different ones are those of other stories."""
    if layout.headline is None:
        return found
    top = lines[layout.headline].start
    days = {one.value for one in found if _is_over(one, top)}
    if len(days) < 2:
        return found
    return [replace(one, confidence=round(one.confidence * 0.5, 3)) if _is_over(one, top) else one for one in found]


def _is_over(one: Candidate, top: int) -> bool:
    return one.rule in ("header_date", "byline_date") and one.start is not None and one.start < top


def _without_page_headers(found: list[Candidate]) -> list[Candidate]:
    """A weekday with a date that the page also shows over its headline is the page's day wherever it stands."""
    shown = {one.value for one in found if one.role == "page_header"}
    if not shown:
        return found
    made = []
    for one in found:
        reading = one.reading
        if (
            one.rule in ("header_date", "page_text")
            and one.value in shown
            and reading
            and reading.weekday
            and not reading.time
        ):
            one = replace(one, role="page_header", rule="page_header", confidence=_RULES["page_header"].confidence)
        made.append(one)
    return made


def _is_stamp(one: Candidate) -> bool:
    """True for a header time to the second that no label and no time zone explains."""
    return bool(
        one.rule in ("header_date", "page_text", "byline_date")
        and one.reading
        and one.reading.seconds
        and not one.reading.offset
    )


def _captured_at(document: Document, found: list[Candidate]) -> dt.datetime | None:
    """The declared time of capture, else the first one stated; without an offset it is taken for UTC."""
    if document.captured_at is not None:
        return document.captured_at
    for one in found:
        if one.role == "captured" and one.day and one.reading:
            moment = dt.datetime.fromisoformat(f"{one.day}T{one.reading.time or '00:00'}{one.reading.offset or ''}")
            return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return None


def _as_printed(best: Candidate, dating: list[Candidate]) -> Candidate:
    """The day that the page prints, where the strongest date is the same moment in UTC: outlets count days where they are."""
    reading = best.reading
    if best.start is not None or reading is None or best.day is None or not reading.time or not _is_utc(reading.offset):
        return best
    moment = dt.datetime.fromisoformat(f"{best.day}T{reading.time}")
    for one in sorted(dating, key=_strongest_first):
        if one.start is None or one.role != "published" or not one.day or not one.reading or one.day == best.day:
            continue
        if one.reading.time:
            away = dt.datetime.fromisoformat(f"{one.day}T{one.reading.time}").replace(second=0) - moment.replace(
                second=0
            )
            if away % dt.timedelta(minutes=15):
                continue
        else:
            away = dt.datetime.combine(one.day, dt.time(23 if one.day < best.day else 0)) - moment
        if _WESTERNMOST <= away <= _EASTERNMOST:
            return one
    return best


def _is_utc(offset: str | None) -> bool:
    return offset in ("Z", "+00:00", "+0000", "+00", "UTC", "GMT")


def _strongest_first(one: Candidate) -> tuple[float, int]:
    return -one.confidence, -1 if one.start is None else one.start


def published(document: Document, page: Page | None = None) -> Published:
    """The day of publication with every date that was weighed, strongest first."""
    page = page or page_of(document)
    lines, layout = page
    found = candidates(document, page)
    latest = _latest_possible(document)
    found = _without_late_stamps(
        _without_page_headers(_settled(document, filled(document, found, latest), lines, layout))
    )
    found = _without_teasers(found, lines, layout)
    if latest:  # what lies behind the latest possible day dates something to come
        found = [
            replace(one, role="event", confidence=0.01) if one.method and one.day and one.day > latest else one
            for one in found
        ]
    dating = [one for one in found if one.method and one.day and one.confidence >= _ENOUGH]
    if not dating and (weekday := lead_weekday(document, lines, layout)):
        inferred = caption_event(found, weekday) or weekday_anchor(document, found, layout, weekday)
        if inferred:
            dating = [inferred]
            found.append(inferred)
    captured_at = _captured_at(document, found)
    found.sort(key=_strongest_first)
    del found[_MOST_CANDIDATES:]
    if not dating:
        return Published(None, None, "unknown", None, tuple(found), captured_at)
    best = _as_printed(min(dating, key=_strongest_first), dating)
    # The time of an update is no time of publication, though its day mostly is the day.
    time = best.reading.time if best.reading and best.role == "published" else None
    at = f"{best.day}T{time}{best.reading.offset or ''}" if time and best.reading else None
    return Published(best.day, at, best.method or "unknown", best.confidence, tuple(found), captured_at)
