"""Where the row groups of a Parquet file lie: its footer, read without the rest of the file.

Polars reads a file by rows and does not tell its row groups; reading exactly one at a time bounds the memory, and keeps what
is broken in one from the others. The footer is Thrift's compact protocol; of its fields only three are wanted here.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import NamedTuple

MAGIC = b"PAR1"
MAX_FOOTER_BYTES = 100_000_000
MAX_DEPTH = 40

# Types of the compact protocol.
STOP, TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(13)


class RowGroup(NamedTuple):
    """Rows that are stored together: how many, and how many bytes they are when decompressed."""

    rows: int
    size_bytes: int


class _Compact:
    """A reader of the compact protocol over bytes. Raises ValueError where they are not that."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def _byte(self) -> int:
        if self._at >= len(self._data):
            raise ValueError("the footer is cut short")
        self._at += 1
        return self._data[self._at - 1]

    def _skip_bytes(self, count: int) -> None:
        if count > len(self._data) - self._at:
            raise ValueError("the footer is cut short")
        self._at += count

    def varint(self) -> int:
        """An unsigned number."""
        value = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
        raise ValueError("a number in the footer does not end")

    def number(self) -> int:
        """A signed number."""
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def fields(self) -> Iterator[tuple[int, int]]:
        """The fields of the struct that begins here, as id and type; the caller reads or skips each value."""
        identity = 0
        while (head := self._byte()) & 0x0F != STOP:
            identity = identity + (head >> 4) if head >> 4 else self.number()
            yield identity, head & 0x0F

    def elements(self) -> Iterator[int]:
        """The type of each element of the list that begins here; the caller reads or skips each."""
        head = self._byte()
        count = head >> 4 if head >> 4 < 15 else self.varint()
        if count > len(self._data):
            raise ValueError("a list in the footer is longer than the footer")
        for _ in range(count):
            yield head & 0x0F

    def skip(self, kind: int, depth: int = 0, *, element: bool = False) -> None:
        """Pass over a value. A truth value has a byte only as the ``element`` of a list."""
        if depth > MAX_DEPTH:
            raise ValueError("the footer is nested too deeply")
        if kind in (TRUE, FALSE):
            self._skip_bytes(int(element))
        elif kind == BYTE:
            self._skip_bytes(1)
        elif kind in (I16, I32, I64):
            self.varint()
        elif kind == DOUBLE:
            self._skip_bytes(8)
        elif kind == BINARY:
            self._skip_bytes(self.varint())
        elif kind in (LIST, SET):
            for inner in self.elements():
                self.skip(inner, depth + 1, element=True)
        elif kind == STRUCT:
            for _, inner in self.fields():
                self.skip(inner, depth + 1)
        else:
            raise ValueError(f"the footer holds a value of an unknown type ({kind})")


def row_groups(file: BufferedReader) -> list[RowGroup]:
    """The row groups of an open Parquet file, in their order. Raises ValueError where it is not one."""
    if file.read(4) != MAGIC:
        raise ValueError("it does not begin as a Parquet file does")
    size = file.seek(0, 2)
    file.seek(max(0, size - 8))
    tail = file.read(8)
    length = int.from_bytes(tail[:4], "little")
    if len(tail) < 8 or tail[4:] != MAGIC:
        raise ValueError("it does not end as a Parquet file does: it is cut short, or was never finished")
    if not 0 < length <= min(size - 12, MAX_FOOTER_BYTES):
        raise ValueError(f"its footer cannot be {length:,} bytes long")
    file.seek(size - 8 - length)
    footer = _Compact(file.read(length))
    found: list[RowGroup] = []
    for identity, kind in footer.fields():
        if identity == 4 and kind == LIST:  # FileMetaData.row_groups
            for inner in footer.elements():
                if inner != STRUCT:
                    raise ValueError("its footer has no row groups where they belong")
                found.append(_row_group(footer))
        else:
            footer.skip(kind)
    return found


def _row_group(footer: _Compact) -> RowGroup:
    rows = size = -1
    for identity, kind in footer.fields():
        if identity == 2 and kind == I64:  # RowGroup.total_byte_size
            size = footer.number()
        elif identity == 3 and kind == I64:  # RowGroup.num_rows
            rows = footer.number()
        else:
            footer.skip(kind)
    if rows < 0 or size < 0:
        raise ValueError("a row group in its footer does not say how large it is")
    return RowGroup(rows, size)
