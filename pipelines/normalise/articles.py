"""One row per article: what it is, who published it and when, and how we know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import dataframely as dy
import polars as pl

from pipelines.contracts import UNDATED, Table, frame
from pipelines.document import Document
from pipelines.languages import in_full
from pipelines.normalise.agencies import agencies_credited
from pipelines.normalise.bylines import authors
from pipelines.normalise.candidate import Candidate
from pipelines.normalise.contributors import contributors
from pipelines.normalise.credit_lines import Credit
from pipelines.normalise.dates import published
from pipelines.normalise.figures import with_figures
from pipelines.normalise.headlines import headline
from pipelines.normalise.language import language
from pipelines.normalise.layout import page_of
from pipelines.normalise.outlet_evidence import OutletFound
from pipelines.normalise.outlet_words import looked_through
from pipelines.normalise.outlets import outlet
from pipelines.normalise.page_fields import declared_by_page

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
    language = dy.String(
        nullable=True,
        description="BCP 47 tag of the body's language; und-Cyrl and the like where only its script is told",
    )
    language_covered = dy.Bool(
        nullable=True,
        description="Facts of all kinds are read; false: only what needs no grammar (ref.languages); NULL: read as English, for nothing tells",
    )
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


_AT_ONCE = 256  # documents that are looked through for outlets together

SURE_SECTION = 0.6
"""From this confidence on, a block of kind section names the section."""

SURE_OUTLET = 0.9
"""From this confidence on, an outlet that is an agency is credited with its own pages."""

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def articles(documents: Iterable[Document]) -> pl.DataFrame:
    """The rows of ``clean.articles``, one per document, in their order."""
    rows = (_row(document) for some in _some(documents) for document in looked_through(with_figures(some)))
    return frame(Articles, rows)


def _some(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents, as many at once as are looked through together."""
    rest = iter(documents)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def unread(captures: pl.DataFrame) -> pl.DataFrame:
    """The rows of captures whose text nothing was read from (``capture_id``, ``captured_at``): all of it unknown."""
    blank = {
        "outlet_method": "unknown", "agencies": [], "agency_evidence": [], "authors": [], "contributors": [], "body": "",
        "word_count": 0, "published_method": "unknown", "published_candidates": [], "publication_date": UNDATED,
    }  # fmt: skip
    columns = ("capture_id", "captured_at")
    rows = [(*row, *blank.values()) for row in captures.select(columns).iter_rows()]
    return frame(Articles, rows, [*columns, *blank])


def _row(document: Document) -> list[Any]:
    """The document's row, in the order of the contract's columns."""
    page = page_of(document)
    day = published(document, page)
    found = outlet(document)
    told = found.outlet_id if found else None
    credits = agencies_credited(document, told, sure=found is not None and found.confidence >= SURE_OUTLET)
    body = _joined(document, "\n\n", "body", "crosshead")
    tag = _language(document, body)
    made = {
        "capture_id": document.capture_id,
        "outlet_id": found.outlet_id if found else None,
        "outlet_method": found.method if found else "unknown",
        "outlet_confidence": found.confidence if found else None,
        "outlet_evidence": _outlet_evidence(document, found) if found else None,
        "agencies": [credit.agency_id for credit in credits],
        "agency_evidence": [_agency_evidence(document, credit) for credit in credits],
        "headline": headline(document),
        "deck": _joined(document, " ", "deck") or None,
        "section": _section(document),
        "authors": authors(document, page),
        "contributors": contributors(document),
        "language": tag,
        "language_covered": in_full(tag) if tag else None,
        "body": body,
        "word_count": len(body.split()),
        "published_on": day.on,
        "published_at": day.at,
        "published_method": day.method,
        "published_confidence": day.confidence,
        "published_candidates": [_candidate(document, one) for one in day.candidates],
        "captured_at": day.captured_at,
        "publication_date": day.on.isoformat() if day.on else UNDATED,
    }
    return [made[column] for column in Articles.column_names()]


def _joined(document: Document, glue: str, *kinds: str) -> str:
    """The text of all blocks of these kinds."""
    return glue.join(document.read(block).strip() for block in document.blocks if block.kind in kinds)


def _first(document: Document, kind: str) -> str | None:
    """The text of the first block of a kind, on one line."""
    return next((" ".join(document.read(block).split()) for block in document.blocks if block.kind == kind), None)


def _declared(document: Document, field: str) -> str | None:
    """A field of the record, else what the page itself declares."""
    value = document.metadata.get(field)
    stated = " ".join(value.split()) if isinstance(value, str) else ""
    return stated or next((value for _, value in declared_by_page(document, field)), None)


def _section(document: Document) -> str | None:
    """The section that a block names; a doubtful block may be a slogan and names none."""
    named = (block for block in document.of_kind("section") if block.confidence >= SURE_SECTION)
    first = next(named, None)
    return " ".join(document.read(first).split()) if first else _declared(document, "section")


def _language(document: Document, body: str) -> str | None:
    """The language that the text is seen to be in, else the declared one, else its script."""
    seen = language(body)
    if seen and not seen.startswith("und"):
        return seen
    stated = document.language or _declared(document, "language") or _declared(document, "lang")
    return stated.replace("_", "-") if stated and _LANGUAGE_TAG.fullmatch(stated) else seen


def _raw(document: Document, start: int | None, end: int | None) -> tuple[int | None, int | None]:
    """The raw span of a clean one; ``None`` twice where a value was declared."""
    if start is None or end is None:
        return None, None
    span = document.span(start, end)
    return span.start, span.end


def _outlet_evidence(document: Document, found: OutletFound) -> dict[str, Any]:
    start, end = _raw(document, found.start, found.end)
    return {"text": found.text, "span_start": start, "span_end": end, "rule_id": found.rule_id}


def _agency_evidence(document: Document, credit: Credit) -> dict[str, Any]:
    start, end = _raw(document, credit.start, credit.end)
    return {"agency_id": credit.agency_id, "span_start": start, "span_end": end, "rule_id": credit.rule_id}


def _candidate(document: Document, one: Candidate) -> dict[str, Any]:
    start, end = _raw(document, one.start, one.end)
    return {
        "role": one.role,
        "value": one.value,
        "text": one.text,
        "span_start": start,
        "span_end": end,
        "rule_id": one.rule_id,
        "confidence": one.confidence,
    }
