"""Parquet: one record a row, with the fields of JSON Lines; a row and the equal line are one capture."""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import math
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import Any

import polars as pl

from pipelines.read.inputs import FIELDS, Input, Reject
from pipelines.read.records import record_input
from pipelines.read.row_groups import RowGroup, row_groups

SUFFIXES = (".parquet",)

MAX_ROW_GROUP_BYTES = 1_000_000_000
"""A row group is decompressed whole; a larger one must not cost the run its memory."""

ROWS_AT_ONCE = 256

WORDS = frozenset(FIELDS)
"""Fields that are read: their bytes are words or nothing."""


def read(file: BufferedReader, uri: str, field_map: Mapping[str, str] | None = None) -> Iterator[Input | Reject]:
    """The records of an open file, a row group at a time.

    ``field_map`` is that of JSON Lines. A row group that is broken is a :class:`Reject`, and the others are read; so is a
    row that is no record. Absent values are absent fields.
    """
    try:
        groups = row_groups(file)
    except ValueError as error:
        yield Reject(uri, "damaged", f"it cannot be read as Parquet: {error}. Write it again", None)
        return
    first = 0
    for number, group in enumerate(groups, 1):
        where = f"{uri}#R{first + 1}"
        what = f"row group {number} (rows {first + 1} to {first + group.rows})"
        if group.size_bytes > MAX_ROW_GROUP_BYTES:
            detail = f"{what} holds {group.size_bytes:,} bytes; {MAX_ROW_GROUP_BYTES:,} are read at once. Write smaller row groups"
            yield Reject(where, "too_large", detail, group.size_bytes)
        elif group.rows:
            rows = _rows(file, first, group)
            if isinstance(rows, str):
                yield Reject(where, "damaged", f"{what} cannot be read: {rows}", group.size_bytes)
            else:
                yield from _records(rows, first, uri, field_map or {})
        first += group.rows


def _rows(file: BufferedReader, first: int, group: RowGroup) -> pl.DataFrame | str:
    """The rows of a row group, or what is wrong with it."""
    try:
        # By its name: from an open file, Polars would read all of it into memory first.
        rows = pl.scan_parquet(file.name, glob=False, use_statistics=False).slice(first, group.rows).collect()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, ValueError, OverflowError) as error:
        return (" ".join(str(error).split()) or type(error).__name__)[:200]
    return rows if rows.height == group.rows else f"{rows.height} of {group.rows} rows are there"


def _records(rows: pl.DataFrame, first: int, uri: str, field_map: Mapping[str, str]) -> Iterator[Input | Reject]:
    number = first
    ours = {name for name in rows.columns if field_map.get(name, name) in WORDS}
    for part in rows.iter_slices(ROWS_AT_ONCE):
        for row in part.iter_rows(named=True):
            number += 1
            where, what = f"{uri}#R{number}", f"row {number}"
            record, name = {}, ""
            try:
                for name, value in row.items():
                    record[name] = _plain(value, words=name in ours)
            except UnicodeDecodeError as error:
                detail = f"{what}: the field '{name}' is not UTF-8 ({error.reason} at byte {error.start})"
                yield Reject(where, "undecodable", detail, None)
                continue
            kept = {name: value for name, value in record.items() if value is not None}
            yield record_input(kept, uri, where, what, None, field_map)


def _plain(value: Any, *, words: bool = False) -> Any:
    """A value as JSON has it: moments in ISO 8601, no number that is none, bytes as UTF-8, or as Base64 where they are not.

    Raises UnicodeDecodeError for bytes that must be ``words``.
    """
    match value:
        case float():
            return value if math.isfinite(value) else None
        case bytes():
            try:
                return value.decode("utf-8")
            except UnicodeDecodeError:
                if words:
                    raise
                return base64.b64encode(value).decode("ascii")  # a picture, say: nobody asked for it, and it is kept
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta() | decimal.Decimal():
            return str(value)
        case list():
            return [_plain(inner) for inner in value]
        case dict():
            plain = {name: _plain(inner) for name, inner in value.items()}
            return {name: inner for name, inner in plain.items() if inner is not None}
    return value
