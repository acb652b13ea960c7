"""The fast path: whether a run would find anything to do, told without opening the store or the orchestrator.

A run that left nothing to do notes what everything looked like from outside: code, seeds, libraries, the working and the
published file, each drop. While all of it looks the same, a run like it has nothing to do, and need not load what it would
do it with. Any difference, also one that turns out to mean nothing, leads to the ordinary way. Standard library only.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assets.home import CHECKOUT, Home
from assets.lock import claim_of
from pipelines.read.folders import address, drop_id_of
from pipelines.read.stamps import digest, stamps

CODE = ("pipelines", "assets", "sql", "seeds/rules", "seeds/outlets", "seeds/reference")
"""Folders that rows, checks and marts depend on."""


def _look(path: str) -> str:
    """What a file or folder of our own looks like from outside; they are written under the lock, and never a moment ago."""
    try:
        found = os.stat(path)
    except OSError:
        return "absent"
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def _code_files() -> Iterable[str]:
    for name in CODE:
        for folder, folders, names in os.walk(CHECKOUT / name):
            folders[:] = sorted(inner for inner in folders if inner != "__pycache__")
            yield from (os.path.join(folder, name) for name in sorted(names))


def code_look() -> str:
    """One word for what all code, seeds and installed libraries look like from outside."""
    hashed = hashlib.sha256(sys.version.encode())
    # Installing or removing a library changes the folder that they lie in.
    for path in (*_code_files(), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")):
        hashed.update(f"{path}\0{_look(path)}\n".encode())
    return hashed.hexdigest()[:16]


def _files(home: Home) -> dict[str, str]:
    """What the home's own files look like. A write-ahead log is one that a killed run left."""
    wal, damaged = home.working.with_name(home.working.name + ".wal"), home.working.with_name("damaged")
    paths = (home.working, wal, damaged, home.published, home.path / "settings.toml", home.sources / "withdrawn.json")
    return {path.name: _look(str(path)) for path in paths}


def _place(home: Home) -> Path:
    return home.working.parent / "settled.json"


def settlement(con: Any, reader: str) -> dict[str, Any]:
    """What each drop looked like when today's ``reader`` (its version) read it, for :func:`settle`."""
    rows = con.execute(
        """SELECT drop_id, path, CASE WHEN code_version = ? THEN digest END, field_map
        FROM raw.drops LEFT JOIN ops.reads USING (drop_id)""",
        [reader],
    ).fetchall()
    return {
        drop_id: {"path": path, "digest": seen, "fields": fields, "there": os.path.exists(path)}
        for drop_id, path, seen, fields in rows
    }


def settle(home: Home, drops: Mapping[str, Any], code: str) -> None:
    """Note that nothing is left to do, unless the code is no longer what it was (``code``) when this process loaded it.

    The caller holds the write lock, and has closed the store.
    """
    if code != code_look():
        _place(home).unlink(missing_ok=True)
        return
    noted = {"code": code, "files": _files(home), "drops": drops}
    part = _place(home).with_suffix(".part")
    part.write_text(json.dumps(noted, ensure_ascii=False, sort_keys=True), "utf-8")
    part.replace(_place(home))


def _same(drop: Mapping[str, Any] | None, field_map: Mapping[str, str] | None) -> bool:
    if drop is None or (field_map and json.dumps(field_map, ensure_ascii=False, sort_keys=True) != drop["fields"]):
        return False
    path = Path(drop["path"])
    if not (drop["there"] and path.exists()):
        return bool(drop["there"]) == path.exists()
    return drop["digest"] is not None and digest(stamps(path, time.time_ns())) == drop["digest"]


def nothing_to_do(
    home: Home, paths: Sequence[Path] | None, field_map: Mapping[str, str] | None = None
) -> list[str] | None:
    """The drops that a run over these paths would be about, if it would find nothing to do; None if it might."""
    try:
        noted = json.loads(_place(home).read_text("utf-8"))
        if noted["code"] != code_look() or noted["files"] != _files(home):
            return None
        if claim_of(home.lock).exists():
            # Somebody writes, or died after the last write: the ordinary way waits, or takes the claim away.
            return None
        drops = noted["drops"]
        if paths is None:
            from assets.inbox import entries
            from assets.withdrawn import withdrawn

            out = withdrawn(home)
            wanted = [*drops, *(drop_id for drop_id in map(drop_id_of, entries(home)) if drop_id not in out)]
        else:
            wanted = [drop_id_of(path) for path in sorted(paths, key=address)]
        wanted = list(dict.fromkeys(wanted))
        return wanted if all(_same(drops.get(drop_id), field_map) for drop_id in wanted) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # not there, or of another making: the ordinary way finds out
