"""Adapters of the page stage for the bench scorers: HTML in, one field of the article out, by the stages themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from pipelines.clean.stage import clean
from pipelines.contracts import frame
from pipelines.document import documents
from pipelines.normalise.articles import articles
from pipelines.read.captures import Captures
from pipelines.read.inputs import Input, Reject, canonical
from pipelines.read.stage import capture

INGESTED_ON = dt.date(2026, 11, 21)
"""The day on which the pages are taken to have arrived: no later day can be meant in them."""


def article(html: str, url: str | None = None) -> dict[str, Any]:
    """The row of clean.articles of a page; empty where the page was refused. ``url`` is that of the record, if any."""
    record = {"html": html, "url": url} if url else {"html": html}
    made = capture(Input("page", canonical(record), "record"), "bench")
    if isinstance(made, Reject):
        return {}
    captures = frame(Captures, [made]).with_columns(ingested_on=pl.lit(INGESTED_ON))
    blocks, edits = clean(captures)
    return articles(documents(captures, blocks, edits)).row(0, named=True)


def page_body(html: str, url: str | None) -> str:
    """The article's body (score_html_body); the scorer hands over an address that no stage needs."""
    return str(article(html).get("body", ""))


def page_date(html: str, url: str | None) -> str | None:
    """The day of publication (score_date)."""
    day = article(html, url).get("published_on")
    return None if day is None else str(day)


def page_fields(html: str, url: str | None) -> dict[str, Any]:
    """Title, authors and outlet (score_metadata)."""
    made = article(html, url)
    return {"title": made.get("headline"), "authors": made.get("authors") or [], "site": made.get("outlet_id")}
