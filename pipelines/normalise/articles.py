"""One row per article: what it is, who published it and when, and how we know."""

from __future__ import annotations

import dataframely as dy

from pipelines.contracts import Table

CANDIDATE_ROLES = ("published", "modified", "captured", "event", "related", "page_header")
"""What a date in or beside an article can stand for."""

PUBLISHED_METHODS = (
    "declared", "url", "header_date", "dateline", "byline_date", "caption_event", "weekday_anchor", "unknown",
)  # fmt: skip
"""How ``published_on`` was found, strongest first."""

OUTLET_METHODS = ("declared", "url", "house_phrase", "byline", "copyright", "unknown")
"""How ``outlet_id`` was found, strongest first."""


class Articles(Table):
    """An article, one per capture: its publication, outlet, credits and body."""

    __table__ = "clean.articles"

    capture_id = dy.String(primary_key=True, description="The capture it was read from")
    outlet_id = dy.String(
        nullable=True, description="ref.outlets, else the stated name, else host:<site>; NULL if nothing tells"
    )
    outlet_method = dy.Enum(OUTLET_METHODS, description="How the outlet was found")
    outlet_confidence = dy.Float64(nullable=True, min=0, max=1, description="How sure that is")
    outlet_evidence = dy.Struct(
        {
            "text": dy.String(nullable=True, description="The words or the value that told"),
            "span_start": dy.Int64(
                nullable=True, description="First code point in raw.captures.text; NULL if declared"
            ),
            "span_end": dy.Int64(nullable=True, description="Code point behind the last"),
            "rule_id": dy.String(nullable=True, description="The rule that decided (ref.rules)"),
        },
        nullable=True,
        description="What told the outlet",
    )
    agencies = dy.List(
        dy.String(), description="News organisations credited with the text (ref.agencies), not with a photo; sorted"
    )
    agency_evidence = dy.List(
        dy.Struct(
            {
                "agency_id": dy.String(description="ref.agencies"),
                "span_start": dy.Int64(
                    nullable=True, description="First code point in raw.captures.text; NULL if declared"
                ),
                "span_end": dy.Int64(nullable=True, description="Code point behind the last"),
                "rule_id": dy.String(description="The rule that decided (ref.rules)"),
            }
        ),
        description="Where each agency is credited",
    )
    headline = dy.String(nullable=True, description="Title over the article, repaired")
    deck = dy.String(nullable=True, description="Summary under the headline")
    section = dy.String(nullable=True, description="Section of the outlet")
    authors = dy.List(dy.String(), description="Names in the byline, roles dropped, in order")
    contributors = dy.List(dy.String(), description="Names credited with reporting, writing or editing elsewhere")
    language = dy.String(nullable=True, description="BCP 47 tag of the body's language")
    body = dy.String(description="Body and crosshead blocks, repaired, separated by a blank line")
    word_count = dy.Int64(min=0, description="Words in the body")
    published_on = dy.Date(nullable=True, description="Day of publication; NULL rather than a guess")
    published_at = dy.String(nullable=True, description="ISO 8601 time of publication with its offset, where stated")
    published_method = dy.Enum(PUBLISHED_METHODS, description="How the day was found")
    published_confidence = dy.Float64(nullable=True, min=0, max=1, description="How sure that is")
    published_candidates = dy.List(
        dy.Struct(
            {
                "role": dy.Enum(CANDIDATE_ROLES, description="What the date stands for"),
                "value": dy.String(description="EDTF: X for digits that are not stated, as in XXXX-09-15"),
                "text": dy.String(nullable=True, description="The words it was read from"),
                "span_start": dy.Int64(
                    nullable=True, description="First code point in raw.captures.text; NULL if declared"
                ),
                "span_end": dy.Int64(nullable=True, description="Code point behind the last"),
                "rule_id": dy.String(description="The rule that read it (ref.rules)"),
                "confidence": dy.Float64(description="How likely it is the day of publication, 0 to 1"),
            }
        ),
        description="Every date that was weighed, strongest first",
    )
    captured_at = dy.Datetime(
        nullable=True, description="When the page was captured: declared, else stated in the text"
    )
    publication_date = dy.String(description="Partition: published_on as YYYY-MM-DD, or undated")
