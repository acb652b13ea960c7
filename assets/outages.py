"""A disk that is full or may not be written, and a broken history: one line for what many libraries say in many words."""

from __future__ import annotations

import shutil
from pathlib import Path

FULL = ("no space left", "disk is full", "file too large", "quota exceeded")
FORBIDDEN = ("read-only file system", "readonly database", "read-only database", "permission denied", "unable to open database file")  # fmt: skip
SQLITE = ("sqlite3.", "sqlalchemy")
SPARE_BYTES = 1 << 20
"""With less than this left, an error of input or output is taken for a full disk: some libraries do not say which."""


def _spare(path: Path) -> int:
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return SPARE_BYTES


def outage(error: BaseException | str, home: Path) -> str | None:
    """What is the matter with the disk under a home, and the way out; None if an error is about something else."""
    said, seen = "", error
    while isinstance(seen, BaseException):
        said += f"{type(seen).__module__}.{type(seen).__name__}: {seen}\n"
        seen = seen.__cause__ or seen.__context__ or ""
    said = (said or str(error)).lower()
    if any(words in said for words in FULL):
        return f"the disk under {home} is full: make room and run again; nothing is lost"
    if "disk image is malformed" in said or "file is not a database" in said:
        return (
            f"Dagster's history of runs in {home / 'dagster'} is damaged: move that folder away and run again. "
            "It is begun anew; the store does not depend on it"
        )
    if any(words in said for words in SQLITE):
        if any(words in said for words in FORBIDDEN):
            return f"{home / 'dagster'} cannot be written by this user: its permissions, or a disk that is read-only"
        if "disk i/o error" in said:
            if _spare(home) < SPARE_BYTES:
                return outage("the disk is full", home)
            return (
                f"{home / 'dagster'} cannot be written (disk I/O error): see to the disk and run again; nothing is lost"
            )
    return None
