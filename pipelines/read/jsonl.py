"""JSON Lines: one record a line, with ``text`` or ``html`` and what else is known of the article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from pipelines.read.inputs import FIELDS, MAX_DOCUMENT_BYTES, Input, Reject, canonical

SUFFIXES = (".jsonl", ".ndjson")

MAX_LINE_BYTES = 2 * MAX_DOCUMENT_BYTES
"""JSON escapes may double a document; a longer line is passed over without being held in memory."""


def read(path: Path, uri: str, field_map: Mapping[str, str] | None = None) -> Iterator[Input | Reject]:
    """The records of the file at ``path``, streamed.

    ``field_map`` renames a record's fields to ours before anything else, for example ``{"content": "text"}``.
    A line that is no record is a :class:`Reject`; the lines after it are read on.
    """
    with path.open("rb") as lines:
        for number, line in _lines(lines):
            where = f"{uri}#L{number}"
            if line is None:
                detail = f"line {number} is longer than {MAX_LINE_BYTES:,} bytes. Split it into one record a line"
                yield Reject(where, "too_large", detail, None)
            elif line.strip():
                yield _record(line, number, uri, field_map or {})


def _lines(lines: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    number = 0
    while line := lines.readline(MAX_LINE_BYTES):
        number += 1
        if len(line) < MAX_LINE_BYTES or line.endswith(b"\n"):
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            continue
        while (rest := lines.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def _record(line: bytes, number: int, uri: str, field_map: Mapping[str, str]) -> Input | Reject:
    where = f"{uri}#L{number}"
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Reject(
            where, "undecodable", f"line {number} is not UTF-8 ({error.reason} at byte {error.start})", len(line)
        )
    except (ValueError, RecursionError) as error:
        return Reject(where, "broken_record", f"line {number} is not JSON: {error}", len(line))
    if not isinstance(record, dict):
        return Reject(where, "broken_record", f"line {number} is not a JSON object", len(line))
    record = {field_map.get(name, name): value for name, value in record.items()}
    content = next((record[name] for name in ("text", "html") if record.get(name)), None)
    if content is None:
        known = ", ".join(sorted(map(str, record))) or "none"
        detail = f"line {number} has neither 'text' nor 'html' (its fields: {known[:200]}). Name them with --field"
        return Reject(where, "no_text", detail, len(line))
    if not isinstance(content, str):
        return Reject(where, "broken_record", f"line {number}: 'text' or 'html' is not a string", len(line))
    try:
        data = canonical(record)
    except UnicodeEncodeError as error:
        detail = f"line {number} holds half a surrogate pair (\\u{ord(error.object[error.start]):04x})"
        return Reject(where, "undecodable", detail, len(line))
    if len(data) > MAX_DOCUMENT_BYTES:
        detail = f"{len(data):,} bytes; a document may have {MAX_DOCUMENT_BYTES:,}"
        return Reject(where, "too_large", detail, len(line))
    named = record.get("id")
    return Input(f"{uri}#{named}" if isinstance(named, (str, int)) and named != "" else where, data, "record")


def declared(data: bytes) -> tuple[str, str, dict[str, object]]:
    """The content of a record's canonical JSON, which of ``text`` and ``html`` it is, and all its other fields."""
    record = json.loads(data)
    form = "text" if record.get("text") else "html"
    fields = {name: value for name, value in record.items() if name not in ("text", "html") and value is not None}
    ours = {name: fields[name] for name in FIELDS if name in fields}
    return record[form], form, ours | fields
