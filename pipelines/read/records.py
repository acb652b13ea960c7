"""A record with named fields, from whichever format: what makes it an input, and what it declares.

What belongs here: the field map, the canonical form, refusals that hold for records of any format. What does not: finding
records in a file (jsonl, parquet).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipelines.read.inputs import FIELDS, MAX_DOCUMENT_BYTES, Input, Reject, canonical


def record_input(
    record: Mapping[str, Any], uri: str, where: str, what: str, size: int | None, field_map: Mapping[str, str]
) -> Input | Reject:
    """A record as an input, or why it is none.

    ``uri`` names the file, ``where`` the record's place in it (``file#L7``), ``what`` the same in words ("line 7"), ``size``
    its bytes where they are known. ``field_map`` renames its fields to ours before anything else.
    """
    record = {field_map.get(name, name): value for name, value in record.items()}
    content = next((record[name] for name in ("text", "html") if record.get(name)), None)
    if content is None:
        known = ", ".join(sorted(map(str, record))) or "none"
        detail = f"{what} has neither 'text' nor 'html' (its fields: {known[:200]}). Name them with --field"
        return Reject(where, "no_text", detail, size)
    if not isinstance(content, str):
        return Reject(where, "broken_record", f"{what}: 'text' or 'html' is not a string", size)
    try:
        data = canonical(record)
    except UnicodeEncodeError as error:
        detail = f"{what} holds half a surrogate pair (\\u{ord(error.object[error.start]):04x})"
        return Reject(where, "undecodable", detail, size)
    nul = _field_with_nul(record) if b"\\u0000" in data else None
    if nul is not None:
        detail = f"{what}: the field '{nul}' holds a NUL character: no text does".replace("\0", "\\0")
        return Reject(where, "binary", detail, size)
    if len(data) > MAX_DOCUMENT_BYTES:
        detail = f"{len(data):,} bytes; a document may have {MAX_DOCUMENT_BYTES:,}"
        return Reject(where, "too_large", detail, size)
    named = record.get("id")
    name = f"{uri}#{named}" if isinstance(named, (str, int)) and named != "" else where
    return Input(name, data, "record", where)


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


def declared(data: bytes) -> tuple[str, str, dict[str, object]]:
    """The content of a record's canonical JSON, which of ``text`` and ``html`` it is, and all its other fields."""
    record = json.loads(data)
    form = "text" if record.get("text") else "html"
    fields = {name: value for name, value in record.items() if name not in ("text", "html") and value is not None}
    ours = {name: fields[name] for name in FIELDS if name in fields}
    return record[form], form, ours | fields
