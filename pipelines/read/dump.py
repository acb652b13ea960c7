"""Text dumps: one article's page as plain text in a ``.txt`` file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipelines.read.inputs import MAX_DOCUMENT_BYTES, Input, Reject

SUFFIXES = (".txt", ".text")


def read(path: Path, uri: str, field_map: Mapping[str, str] | None = None) -> Iterator[Input | Reject]:
    """The one document of the file at ``path``. A dump has no fields, so ``field_map`` does not concern it."""
    size = path.stat().st_size
    if size > MAX_DOCUMENT_BYTES:
        detail = f"{size:,} bytes; a document may have {MAX_DOCUMENT_BYTES:,}. Split it into articles"
        yield Reject(uri, "too_large", detail, size)
        return
    yield Input(uri, path.read_bytes(), "text")
