"""JSON Lines: one record a line, with ``text`` or ``html`` and what else is known of the article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from pipelines.read.charset import BOMS
from pipelines.read.inputs import FIELDS, MAX_DOCUMENT_BYTES, Input, Reject, canonical

SUFFIXES = (".jsonl", ".ndjson")

MAX_LINE_BYTES = 2 * MAX_DOCUMENT_BYTES
"""JSON escapes may double a document; a longer line is passed over without being held in memory."""


def read(path: Path, uri: str, field_map: Mapping[str, str] | None = None) -> Iterator[Input | Reject]:
    """The records of the file at ``path``, streamed.

    ``field_map`` renames a record's fields to ours before anything else, for example ``{"content": "text"}``.
    A line that is no record is a :class:`Reject`; the lines after it are read on. The encoding is UTF-8, unless the file
    begins with the byte order mark of another.
    """
    with path.open("rb") as file:
        start = file.read(4)
        mark, encoding = next((bom for bom in BOMS if start.startswith(bom[0])), (b"", "utf-8"))
        file.seek(len(mark))
        blank = b" \t\r\n\v\f" if encoding == "utf-8" else b" \t\r\n\v\f\0"
        for number, line in _lines(file, encoding):
            if line is None:
                detail = f"line {number} is longer than {MAX_LINE_BYTES:,} bytes. Split it into one record a line"
                yield Reject(f"{uri}#L{number}", "too_large", detail, None)
            elif line.strip(blank):
                yield _record(line, number, uri, field_map or {}, encoding)


def _lines(file: BinaryIO, encoding: str) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers; None for one that is too long to be held."""
    newline = "\n".encode(encoding)
    width = len(newline)
    number, line, long = 1, bytearray(), False
    while piece := file.readline(MAX_LINE_BYTES):
        # The byte of a newline is also half of many other characters of UTF-16: characters are completed, then looked at.
        line += piece + file.read(-(len(line) + len(piece)) % width)
        ended = line.endswith(newline)
        long = long or (len(line) >= MAX_LINE_BYTES and not ended)
        if ended:
            yield number, None if long else bytes(line)
            number, long = number + 1, False
        if ended or long:
            line.clear()
    if line or long:
        yield number, None if long else bytes(line)


def _field_with_nul(record: Mapping[str, Any]) -> str | None:
    """The first field that holds a NUL character, in its name or however deep in its value."""
    for name, value in record.items():
        waiting: list[Any] = [name, value]
        while waiting:
            match waiting.pop():
                case str() as words if "\0" in words:
                    return name
                case dict() as inner:
                    waiting += [*inner, *inner.values()]
                case list() as inner:
                    waiting += inner
    return None


def _record(
    line: bytes, number: int, uri: str, field_map: Mapping[str, str], encoding: str = "utf-8"
) -> Input | Reject:
    where = f"{uri}#L{number}"
    try:
        record = json.loads(line.decode(encoding, "strict" if encoding == "utf-8" else "surrogatepass"))
    except UnicodeDecodeError as error:
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        detail = f"line {number} is not {name} ({error.reason} at byte {error.start})"
        return Reject(where, "undecodable", detail, len(line))
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
    nul = _field_with_nul(record) if b"\\u0000" in data else None
    if nul is not None:
        detail = f"line {number}: the field '{nul}' holds a NUL character: no text does".replace("\0", "\\0")
        return Reject(where, "binary", detail, len(line))
    if len(data) > MAX_DOCUMENT_BYTES:
        detail = f"{len(data):,} bytes; a document may have {MAX_DOCUMENT_BYTES:,}"
        return Reject(where, "too_large", detail, len(line))
    named = record.get("id")
    name = f"{uri}#{named}" if isinstance(named, (str, int)) and named != "" else where
    return Input(name, data, "record", where)


def declared(data: bytes) -> tuple[str, str, dict[str, object]]:
    """The content of a record's canonical JSON, which of ``text`` and ``html`` it is, and all its other fields."""
    record = json.loads(data)
    form = "text" if record.get("text") else "html"
    fields = {name: value for name, value in record.items() if name not in ("text", "html") and value is not None}
    ours = {name: fields[name] for name in FIELDS if name in fields}
    return record[form], form, ours | fields
