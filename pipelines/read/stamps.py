"""What a drop's files look like from outside, so that those which did not change need not be read again.

A stamp is a file's size, its times of modification and of status change, and its inode number: what git compares before
it hashes. The time of status change cannot be set by a copying tool, so equal stamps mean equal bytes, with one
exception: a file that is written twice within a tick of the file system's clock. So a file that changed a moment ago has
no stamp yet (git's "racily clean" entries). Standard library only: the fast path of a run starts with this.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from pipelines.read.folders import address, files

SETTLED_NS = 2_000_000_000
"""Coarser than any file system's clock."""

Stamps = dict[str, str | None]
"""A file's uri to its stamp, in the order of the names; None for a file that changed a moment ago."""


def stamp(file: Path, now_ns: int) -> str | None:
    """The stamp of one file; None if it changed within the last two seconds, or (a clock went back) after ``now_ns``."""
    try:
        found = os.stat(file)
    except OSError as error:
        return f"error {error.errno}"
    if max(found.st_mtime_ns, found.st_ctime_ns) > now_ns - SETTLED_NS:
        return None
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def stamps(path: Path, now_ns: int) -> Stamps:
    """The stamps of all files at ``path``, and of folders that cannot be opened; empty where there is nothing."""
    found: Stamps = {}
    if not path.exists():
        return found
    for entry in files(path):
        if isinstance(entry, OSError):
            found[address(Path(entry.filename))] = f"error {entry.errno}"
        else:
            found[address(entry)] = stamp(entry, now_ns)
    return found


def digest(found: Mapping[str, str | None]) -> str | None:
    """One word for all of a drop's stamps; None while one of them is missing."""
    hashed = hashlib.sha256()
    for uri, seen in found.items():
        if seen is None:
            return None
        hashed.update(f"{uri}\0{seen}\n".encode())
    return hashed.hexdigest()[:16]
