"""JSON Lines: one record a line, with ``text`` or ``html`` and what else is known of the article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BufferedReader

from pipelines.read.charset import BOMS
from pipelines.read.inputs import MAX_DOCUMENT_BYTES, Input, Reject
from pipelines.read.records import record_input

SUFFIXES = (".jsonl", ".ndjson")

MAX_LINE_BYTES = 2 * MAX_DOCUMENT_BYTES
"""JSON escapes may double a document; a longer line is passed over without being held in memory."""


def read(file: BufferedReader, uri: str, field_map: Mapping[str, str] | None = None) -> Iterator[Input | Reject]:
    """The records of an open file, streamed.

    ``field_map`` renames a record's fields to ours before anything else, for example ``{"content": "text"}``.
    A line that is no record is a :class:`Reject`; the lines after it are read on. The encoding is UTF-8, unless the file
    begins with the byte order mark of another.
    """
    start = file.peek(4)
    mark, encoding = next((bom for bom in BOMS if start.startswith(bom[0])), (b"", "utf-8"))
    file.read(len(mark))
    blank = b" \t\r\n\v\f" if encoding == "utf-8" else b" \t\r\n\v\f\0"
    for number, line in _lines(file, encoding):
        if line is None:
            detail = f"line {number} is longer than {MAX_LINE_BYTES:,} bytes. Split it into one record a line"
            yield Reject(f"{uri}#L{number}", "too_large", detail, None)
        elif line.strip(blank):
            yield _record(line, number, uri, field_map or {}, encoding)


def _lines(file: BufferedReader, encoding: str) -> Iterator[tuple[int, bytes | None]]:
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


def _record(
    line: bytes, number: int, uri: str, field_map: Mapping[str, str], encoding: str = "utf-8"
) -> Input | Reject:
    where, what = f"{uri}#L{number}", f"line {number}"
    try:
        record = json.loads(line.decode(encoding, "strict" if encoding == "utf-8" else "surrogatepass"))
    except UnicodeDecodeError as error:
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        detail = f"{what} is not {name} ({error.reason} at byte {error.start})"
        return Reject(where, "undecodable", detail, len(line))
    except (ValueError, RecursionError) as error:
        return Reject(where, "broken_record", f"{what} is not JSON: {error}{_hint(line, number)}", len(line))
    if not isinstance(record, dict):
        return Reject(where, "broken_record", f"{what} is not a JSON object{_hint(line, number)}", len(line))
    return record_input(record, uri, where, what, len(line), field_map)


def _hint(line: bytes, number: int) -> str:
    """The way out where a whole array was written instead of lines."""
    array = number == 1 and line.lstrip().startswith(b"[")
    return ". A JSON array of records: write one record a line (jq -c '.[]')" if array else ""
