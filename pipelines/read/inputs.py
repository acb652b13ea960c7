"""What the readers hand over: inputs found, and inputs refused.

What belongs here: the shapes shared by all formats, and the fields of a record. What does not: any one format.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

MAX_DOCUMENT_BYTES = 50_000_000
"""A larger document is refused: no news article is that long, and one such must not cost the others their memory."""

MAX_LINES = 1_000_000
"""A text of more lines is refused: each line costs hundreds of bytes where it is read, and no article has so many."""

FIELDS = ("id", "url", "title", "date", "outlet", "captured_at", "text", "html")
"""The fields of a record that are understood; whatever else a record declares is kept in its metadata."""


class Reject(NamedTuple):
    """An input that could not be read: a row of raw.rejects, without its drop."""

    uri: str
    reason: str
    detail: str
    size_bytes: int | None


class Envelope(NamedTuple):
    """What the container of a document says about it: a WARC file's headers, and the HTTP headers in it."""

    url: str | None = None
    captured_at: dt.datetime | None = None
    """When it was fetched, naive UTC."""
    charset: str | None = None
    """The character encoding that the server declared."""


@dataclass(frozen=True)
class Input:
    """A document as it arrived. ``data`` is what ``sources/`` keeps, and what ``capture_id`` is the digest of."""

    uri: str
    data: bytes
    form: str
    """``text`` for a dump's bytes, ``html`` for a page's, ``record`` for a record as canonical JSON."""
    line: str | None = None
    """For a record, ``file#L<line>`` or ``file#R<number>``: two records may have one id, but not one place."""
    envelope: Envelope = field(default_factory=Envelope)
    """What came around the document, and is not part of its bytes."""

    @property
    def place(self) -> str:
        """Where a refusal points."""
        return self.line or self.uri

    @cached_property
    def capture_id(self) -> str:
        """SHA-256 of the data, hex."""
        return hashlib.sha256(self.data).hexdigest()


def canonical(record: Mapping[str, Any]) -> bytes:
    """A record as JSON with sorted keys, so that equal records have equal bytes.

    >>> canonical({"text": "Zürich", "id": 7})
    b'{"id":7,"text":"Z\\xc3\\xbcrich"}'
    """
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def parse_moment(stated: object) -> dt.datetime | None:
    """A declared moment (ISO 8601, or seconds since 1970) as naive UTC; None where it is neither.

    >>> parse_moment("2024-06-02T01:38:06+09:00")
    datetime.datetime(2024, 6, 1, 16, 38, 6)
    >>> parse_moment("yesterday") is None
    True
    """
    try:
        if isinstance(stated, (int, float)) and not isinstance(stated, bool):
            moment = dt.datetime.fromtimestamp(stated, dt.UTC)
        else:
            moment = dt.datetime.fromisoformat(str(stated).strip())
        if moment.tzinfo is not None:
            moment = moment.astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None
    return moment
