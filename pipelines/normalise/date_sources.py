"""Dates that stand beside the text: declared with the record, in the page's address, or as an age.

What belongs here: values outside of the prose and the header. What does not: dates written out on the page
(``date_candidates.py``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from pipelines.document import Document
from pipelines.normalise.candidate import Candidate
from pipelines.normalise.date_words import MONTHS, Reading, readings
from pipelines.normalise.layout import Page
from pipelines.rules import load_rules

_RULES = load_rules("dates")
_RELATIVE = _RULES["relative_age"].regex
_URL = _RULES["url_path"].regex
# "/2021/03/05/" is the day of publication, "2021-03-05" in a name nearly always, "20210305" often that of creation.
_STYLES = {"1": 1.0, "2": 0.97, "3": 0.75}
_DIGIT = re.compile("[0-9]")

DECLARED_FIELDS = (
    "date",
    "published_on",
    "published_at",
    "published",
    "date_published",
    "datePublished",
    "publish_date",
    "pubdate",
)


def from_age(document: Document, page: Page) -> Iterator[Candidate]:
    """The first age beside the headline, counted back from the declared time of capture."""
    if document.captured_at is None:
        return
    lines, layout = page
    for line in lines[max(0, layout.top - 3) : layout.body_line]:
        found = _RELATIVE.match(line.text) if len(line.text) < 60 else None
        if found:
            count = int(found["count"]) if found["count"].isdigit() else 1
            unit = found["unit"].lower()[0]
            hours = {"m": 0, "h": count, "d": 24 * count, "w": 168 * count}[unit]
            day = (document.captured_at - dt.timedelta(hours=hours)).date()
            start, end = line.start + found.start(), line.start + found.end()
            yield Candidate(
                "published",
                day.isoformat(),
                found[0],
                start,
                end,
                "relative_age",
                _RULES["relative_age"].confidence,
                None,
                day,
            )
            return


def declared_day(value: Any) -> Reading | None:
    """The date that a declared value states: text in any style, or seconds or milliseconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 10**8 < value < 10**14:
        moment = dt.datetime.fromtimestamp(value / (1000 if value > 10**11 else 1), tz=dt.UTC)
        value = moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    found = readings(value[:200]) if isinstance(value, str) else []
    return found[0] if found and found[0].date else None


def declared(document: Document) -> Iterator[Candidate]:
    """The date that the record declares, if a field holds a whole day."""
    for field in DECLARED_FIELDS:
        value = document.metadata.get(field)
        reading = declared_day(value) if value else None
        if reading:
            confidence = _RULES["declared"].confidence
            yield Candidate(
                "published", reading.edtf, str(value)[:200], None, None, "declared", confidence, reading, reading.date
            )
            return


def from_url(document: Document) -> Iterator[Candidate]:
    """The date in the path of the page's address."""
    try:
        path = urlsplit(document.url or "").path
    except ValueError:
        return
    found = _URL.search(path) if _DIGIT.search(path) else None
    if found:
        style = next(style for style in "123" if found["y" + style])
        month = found["m" + style]
        number = int(month) if month.isdigit() else MONTHS.get(month.lower(), 0)
        try:
            day = dt.date(int(found["y" + style]), number, int(found["d" + style]))
        except ValueError:
            return
        confidence = round(_RULES["url_path"].confidence * _STYLES[style], 3)
        yield Candidate("published", day.isoformat(), found[0], None, None, "url_path", confidence, None, day)
