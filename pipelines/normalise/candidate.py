"""A date that was weighed, as finding and choosing pass it on.

What belongs here: the value. What does not: where candidates come from, and which one wins.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from pipelines.normalise.date_words import Reading

_METHODS = {
    "declared": "declared", "url_path": "url", "published_label": "header_date", "modified_label": "header_date",
    "byline_date": "byline_date", "header_date": "header_date", "relative_age": "header_date", "dateline": "dateline",
    "json_ld": "declared", "json_ld_created": "declared", "meta": "declared", "time_element": "header_date", "json_ld_modified": "declared",
    "meta_modified": "declared", "caption_event": "caption_event", "weekday_anchor": "weekday_anchor", "page_text": "header_date",
}  # fmt: skip

SURE = ("published", "modified", "event")
"""Roles of dates that lie near the day of publication."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date with the role it plays. Offsets count the clean text; both are ``None`` where the date was declared."""

    role: str
    value: str
    text: str | None
    start: int | None
    end: int | None
    rule: str
    confidence: float
    reading: Reading | None = None
    day: dt.date | None = None

    @property
    def method(self) -> str | None:
        """The method of an article dated by it; ``None`` for roles that never date one by themselves."""
        return _METHODS.get(self.rule) if self.role in ("published", "modified") else None

    @property
    def rule_id(self) -> str:
        """The rule's name in ``ref.rules``."""
        return f"dates/{self.rule}"


def with_year(candidate: Candidate, year: int, factor: float) -> Candidate:
    """The candidate with a year that other evidence gave."""
    assert candidate.reading is not None
    reading = candidate.reading._replace(year=year)
    return replace(
        candidate,
        reading=reading,
        value=reading.edtf,
        day=reading.date,
        confidence=round(candidate.confidence * factor, 3),
    )
