"""A file as the formats read it: opened, and unpacked where it is a gzip file.

What belongs here: gzip around any format, and what can be wrong with it. What does not: the formats.
"""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

BUFFER_BYTES = 1 << 18

GRACE_BYTES = 100_000_000
"""So much may come out of any file, however small."""

MAX_EXPANSION = 250
"""Beyond the grace, a file that expands further is a bomb: text shrinks to a tenth, logs to a fiftieth; deflate's end is 1:1030."""


class Damaged(Exception):
    """The file cannot be read on; the message says why, and what to do. What was read before stands."""


class Bomb(Damaged):
    """The file expands without end."""


class _Unpacked(io.RawIOBase):
    """The bytes in a gzip file. Reading raises :class:`Damaged` behind the last byte that can be had."""

    def __init__(self, path: Path) -> None:
        self._packed = path.open("rb")
        self._gzip = gzip.GzipFile(fileobj=self._packed, mode="rb")
        self._given = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with what comes next. Raises :class:`Damaged` and :class:`Bomb`."""
        try:
            data = self._gzip.read1(len(buffer))
        except EOFError as error:
            raise Damaged("the gzip file ends in the middle; what came before was read. Fetch it again") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            if not self._given:
                raise Damaged(f"it cannot be unpacked: {error}") from error
            raise Damaged(f"the gzip file is damaged; what came before was read: {error}") from error
        self._given += len(data)
        if self._given > GRACE_BYTES + MAX_EXPANSION * self._packed.tell():
            raise Bomb(f"it expands more than {MAX_EXPANSION}-fold: no text does. Unpack it to see what it is")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file below too."""
        self._gzip.close()
        self._packed.close()
        super().close()


def opened(path: Path, unpack: bool) -> io.BufferedReader:
    """The file at ``path``, unpacked while it is read if ``unpack``. Raises OSError; reading may raise :class:`Damaged`."""
    return io.BufferedReader(_Unpacked(path), BUFFER_BYTES) if unpack else path.open("rb")
