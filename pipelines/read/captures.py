"""The raw layer's contracts: drops, deliveries, captures, rejects."""

from __future__ import annotations

import dataframely as dy

from pipelines.contracts import Table


class Drops(Table):
    """A delivery unit: one entry of the inbox, or one path given to ``newsledger run``."""

    __table__ = "raw.drops"

    drop_id = dy.String(primary_key=True, description="Name of the path and a digest of its whole address")
    drop_seq = dy.Int64(min=1, description="Order of first arrival; never changes")
    path = dy.String(description="Where it was read from")
    first_ingested_at = dy.Datetime(description="When it first arrived, UTC")
    field_map = dy.String(
        nullable=True,
        description="Fields of its records that are ours under another name, as JSON; kept so that a rerun reads alike",
    )


class Deliveries(Table):
    """An arrival of a capture: the same bytes delivered twice are one capture with two rows here."""

    __table__ = "raw.deliveries"
    __order__ = ("drop_id", "uri", "capture_id")

    capture_id = dy.String(primary_key=True, description="The document that arrived")
    drop_id = dy.String(primary_key=True, description="The drop it came in")
    uri = dy.String(
        primary_key=True,
        description="Path or address of the input; file#id for a record of a JSONL, Parquet or WARC file",
    )
    captured_at = dy.Datetime(nullable=True, description="When the outlet's page was captured, UTC, where declared")
    ingested_at = dy.Datetime(description="When this arrival was first read, UTC")


class Captures(Table):
    """A distinct document, decoded and otherwise as it came."""

    __table__ = "raw.captures"

    capture_id = dy.String(
        primary_key=True,
        regex="^[0-9a-f]{64}$",
        description="SHA-256 of the document's bytes, or of its record as canonical JSON",
    )
    drop_id = dy.String(description="The drop that first delivered it")
    uri = dy.String(description="Where it was first read from")
    media_type = dy.Enum(["text/plain", "text/html"], description="What the document is")
    encoding = dy.String(description="The character encoding it was read with")
    url = dy.String(nullable=True, description="The page's address, where declared")
    captured_at = dy.Datetime(nullable=True, description="When the page was captured, UTC, where declared")
    size_bytes = dy.Int64(min=1, description="Size of the document in bytes")
    text = dy.String(
        description="The decoded text as it came; for HTML the flattener's output. All spans count its code points"
    )
    flattener = dy.String(nullable=True, description="HTML only: name and version of the flattener that made the text")
    metadata = dy.String(
        nullable=True,
        description="Declared fields (title, date, outlet, id and others) as JSON; a page's own evidence under 'page'",
    )
    layout = dy.List(
        dy.Struct(
            {
                "xpath": dy.String(description="The block-level element that the line was read from"),
                "marks": dy.String(description="What that stands in, outermost first, separated by blanks"),
                "links": dy.Int32(description="How many of its characters are links"),
            }
        ),
        nullable=True,
        description="HTML only: where each line of the text stands in the page; lines behind the first 20,000 stand at its root",
    )


class Rejects(Table):
    """An input that could not be read, with the reason; everything beside it was read on."""

    __table__ = "raw.rejects"

    drop_id = dy.String(primary_key=True, description="The drop it came in")
    uri = dy.String(
        primary_key=True,
        description="The file, or file#L<line> (JSONL) or file#R<record> (Parquet, WARC) for a part of it",
    )
    reason = dy.Enum(
        [
            "empty",
            "binary",
            "undecodable",
            "too_large",
            "broken_record",
            "damaged",
            "no_text",
            "unreadable",
            "unknown_format",
            "worker_died",
            "skipped",
        ],
        description="What was wrong, as a word; worker_died: reading it ended the process that did so, twice; skipped is not wrong: records of an archive that are no pages, counted",
    )
    detail = dy.String(description="What was wrong, and the way out, as a sentence")
    size_bytes = dy.Int64(nullable=True, description="Size of the input in bytes, where known")
