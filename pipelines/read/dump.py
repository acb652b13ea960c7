"""Documents that are a file each: a text dump (``.txt``), and what other formats of one document share."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from io import BufferedReader

from pipelines.read.inputs import MAX_DOCUMENT_BYTES, Input, Reject

SUFFIXES = (".txt", ".text")


def read(file: BufferedReader, uri: str, field_map: Mapping[str, str] | None = None) -> Iterator[Input | Reject]:
    """The one document of an open file. A dump has no fields, so ``field_map`` does not concern it."""
    yield document(file, uri, "text")


def document(file: BufferedReader, uri: str, form: str) -> Input | Reject:
    """The whole of an open file as one document of a form; one that is too large is refused without being held."""
    try:
        size: int | None = os.fstat(file.fileno()).st_size
    except io.UnsupportedOperation:
        size = None  # it is being unpacked: nobody knows yet
    data = b"" if (size or 0) > MAX_DOCUMENT_BYTES else file.read(MAX_DOCUMENT_BYTES + 1)
    if max(size or 0, len(data)) > MAX_DOCUMENT_BYTES:
        stated = f"{size:,}" if size is not None else f"more than {MAX_DOCUMENT_BYTES:,}"
        detail = f"{stated} bytes; a document may have {MAX_DOCUMENT_BYTES:,}. Split it into articles"
        return Reject(uri, "too_large", detail, size)
    return Input(uri, data, form)
