"""What is left of withdrawn drops outside the store, removed for good: as a law or a contract may demand.

What belongs here: files of the home that still hold a withdrawn drop's text. What does not: taking the drop out
(withdrawal), and what is not ours to remove, such as the path that it came from and copies that people made.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

import duckdb

from assets.home import Home
from assets.store import StoreError, connect
from assets.withdrawal import withdrawn_folders
from assets.withdrawn import withdrawn


def _holds(path: Path, home: Home, drop_ids: Collection[str]) -> bool:
    """Whether a published copy holds one of these drops. One that cannot be read is taken to hold it."""
    try:
        with connect(str(path), home, read_only=True) as con:
            held = con.execute("SELECT 1 FROM raw.drops WHERE list_contains(?, drop_id)", [list(drop_ids)]).fetchone()
    except duckdb.Error:
        return True
    return held is not None


def copies_with(home: Home, drop_ids: Collection[str]) -> list[Path]:
    """The kept published copies that hold one of these drops, oldest first."""
    copies = sorted(home.history.glob("*.duckdb"))
    return [path for path in copies if _holds(path, home, drop_ids)]


def _set_aside(home: Home) -> list[Path]:
    """Working files of other schemas that were set aside."""
    return sorted(home.working.parent.glob(f"{home.working.stem}.old-*"))


def remains(home: Home, drop_ids: Collection[str]) -> list[Path]:
    """The folders and files that hold withdrawn drops, or may: their packs, kept published copies, set-aside stores."""
    folders = [path for drop_id in sorted(drop_ids) for path in withdrawn_folders(home, drop_id).values()]
    return [*folders, *copies_with(home, drop_ids), *_set_aside(home)]


def purge(home: Home, drop_ids: Collection[str]) -> list[Path]:
    """Remove what :func:`remains` tells, and write the working file anew without the space where rows once stood.

    The caller holds the write lock, and has published without the drops. Returns what was removed. Raises StoreError,
    with nothing removed, if one of the drops is not withdrawn, or is still in the published file.
    """
    if not set(drop_ids) <= withdrawn(home):
        raise StoreError(f"not purged: {', '.join(sorted(set(drop_ids) - withdrawn(home)))} was not withdrawn")
    if home.published.exists() and _holds(home.published, home, drop_ids):
        raise StoreError(f"not purged: {home.published} still holds the drop. Publish first: newsledger publish")
    removed = remains(home, drop_ids)
    for path in removed:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    _rewrite(home)
    return removed


def _rewrite(home: Home) -> None:
    """Copy the working file, put the copy in its place. DuckDB frees the space of deleted rows, but does not blank it."""
    if not home.working.exists():
        return
    fresh = home.working.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with connect(str(home.working), home) as con:
        con.execute(f"ATTACH '{str(fresh).replace(chr(39), chr(39) * 2)}' AS fresh")
        con.execute(f"COPY FROM DATABASE {home.working.stem} TO fresh")
        con.execute("DETACH fresh")
    fresh.replace(home.working)
