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
from pipelines.normalise.page_fields import addresses, declared_by_page
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


PAGE_RULES = {
    ("published", "json_ld"): "json_ld", ("published", "json_ld_created"): "json_ld_created", ("published", "json_ld_page"): "json_ld_created",
    ("published", "og"): "meta", ("published", "meta"): "meta", ("published", "microdata"): "meta", ("time", "pubdate"): "meta",
    ("time", "time"): "time_element", ("modified", "json_ld"): "json_ld_modified", ("modified", "json_ld_page"): "json_ld_modified",
    ("modified", "og"): "meta_modified", ("modified", "meta"): "meta_modified", ("modified", "microdata"): "meta_modified",
}  # fmt: skip
"""The rule that reads what a page declares in a field, by its source."""


def from_page(document: Document) -> Iterator[Candidate]:
    """The dates that an HTML page declares. Of its time elements only the first counts: the others date other things."""
    seen: set[tuple[str, str]] = set()
    for field in ("published", "time", "modified"):
        for source, value in declared_by_page(document, field):
            rule = PAGE_RULES.get((field, source))
            reading = declared_day(value) if rule else None
            if rule is None or reading is None or (rule, reading.edtf) in seen:
                continue
            if rule == "time_element" and any(name == rule for name, _ in seen):
                continue
            seen.add((rule, reading.edtf))
            role = "modified" if field == "modified" else "published"
            yield Candidate(
                role, reading.edtf, value[:200], None, None, rule, _RULES[rule].confidence, reading, reading.date
            )


def from_url(document: Document) -> Iterator[Candidate]:
    """The date in the path of the page's address."""
    for address in addresses(document):
        found = list(_in_path(address))
        if found:
            yield found[0]
            return


def _in_path(address: str) -> Iterator[Candidate]:
    try:
        path = urlsplit(address).path
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
