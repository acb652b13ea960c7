"""``sources/withdrawn.json``: which drops were withdrawn, and which withdrawals are still to be finished.

What belongs here: the marks, read and written whole. What does not: taking rows out (withdrawal.py), the job (withdraw.py).
A mark outlives the store: a rebuild passes over the drop, and its ``drop_seq`` is not given to another.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assets.home import Home, HomeError


@dataclass
class Marks:
    """What the file says."""

    last_drop_seq: int = 0
    """The highest number that a withdrawn drop had."""
    drops: dict[str, str] = field(default_factory=dict)
    """Withdrawn drops and the paths that they came from."""
    unsettled: list[str] = field(default_factory=list)
    """Those of them whose rows may still be in the store, or whose packs may still lie in their place."""
    packs: list[str] = field(default_factory=list)
    """Packs of what the unsettled ones hand over, ``drop_id/number.zip``."""
    code_version: str = ""
    """Of the reader that made the rows of what they hand over."""


def _file(home: Home) -> Path:
    return home.sources / "withdrawn.json"


def marks(home: Home) -> Marks:
    """The marks of a home. Raises HomeError where the file is not one of ours."""
    path = _file(home)
    try:
        return Marks(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return Marks()
    except (ValueError, TypeError) as error:
        raise HomeError(
            f"{path} cannot be read ({error}). It keeps withdrawn drops out: restore it from a backup, or move it away"
        ) from error


def keep_marks(home: Home, kept: Marks) -> None:
    """Write the marks: all of them or none, safely on disk."""
    path = _file(home)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(asdict(kept), file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def withdrawn(home: Home) -> set[str]:
    """The drops that were withdrawn and not brought in again: what lies in the inbox under these names stays out."""
    return set(marks(home).drops)


def unsettled(home: Home) -> bool:
    """Whether a withdrawal was cut off; whoever opens the store for writing next finishes it."""
    return bool(marks(home).unsettled)


def last_seq(home: Home) -> int:
    """The highest ``drop_seq`` that a withdrawn drop had, 0 if there was none."""
    return marks(home).last_drop_seq


def unmark(home: Home, drop_ids: Collection[str]) -> None:
    """Take the mark off drops that somebody brings in again."""
    kept = marks(home)
    if kept.drops.keys() & set(drop_ids):
        kept.drops = {drop_id: path for drop_id, path in kept.drops.items() if drop_id not in drop_ids}
        keep_marks(home, kept)


def mark(home: Home, drops: Sequence[tuple[str, int, str]], packs: Sequence[str], code_version: str) -> None:
    """Mark drops (drop_id, drop_seq, path) as withdrawn, and their withdrawal as begun. From here on it will be finished."""
    kept = marks(home)
    kept.last_drop_seq = max(kept.last_drop_seq, *(seq for _, seq, _ in drops))
    kept.drops |= {drop_id: path for drop_id, _, path in drops}
    kept.unsettled = [drop_id for drop_id, _, _ in drops]
    kept.packs, kept.code_version = list(packs), code_version
    keep_marks(home, kept)


def settled(home: Home) -> None:
    """Note that nothing is left to be done."""
    kept = marks(home)
    kept.unsettled, kept.packs = [], []
    keep_marks(home, kept)
