"""A drop as a list of files: every real folder once, symbolic links followed.

What belongs here: walking, and the names of what is found. What does not: what a file is (stage) and what is in it (the
formats). Standard library only: the fast path of a run starts with this.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

HOME_MARK = ".newsledger"
"""A file by which a home folder is known. A drop that holds one, such as a whole disk, is read without it."""


def address(path: Path) -> str:
    """A path as a uri column holds it: absolute, without ``..``, and printable even where the file name is not UTF-8."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")


def drop_id_of(path: Path) -> str:
    """A drop's name: the path's last part, readable, and a digest of its whole address.

    >>> drop_id_of(Path("/news/2023 Sept/"))
    '2023-sept-1dd927b6'
    """
    name = re.sub(r"[^a-z0-9]+", "-", Path(address(path)).name.lower()).strip("-") or "drop"
    return f"{name[:40]}-{hashlib.sha256(address(path).encode()).hexdigest()[:8]}"


def files(path: Path) -> list[Path | OSError]:
    """The files of a drop in the order of their names, and what went wrong with folders; dot files are nobody's articles.

    A folder that is linked to is read as if it stood there, unless its files are in the drop already: by its own name, by
    another link, or because it holds the link itself.
    """
    if not path.is_dir():
        return [path]
    found: list[Path | OSError] = []
    seen: set[str] = set()
    # Links wait until all that stands under its own name is listed, so that a file's name does not depend on them.
    waiting = [str(path)]
    while waiting:
        links: list[str] = []
        for start in waiting:
            for folder, folders, names in os.walk(start, onerror=found.append):
                real = os.path.realpath(folder)
                if real in seen:
                    folders.clear()
                    continue
                seen.add(real)
                if HOME_MARK in names:
                    folders.clear()  # a home folder of ours: its files are what became of articles
                    continue
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                found += [Path(folder, name) for name in names if not name.startswith(".")]
                links += [place for name in folders if os.path.islink(place := os.path.join(folder, name))]
        waiting = sorted(links)
    return sorted(found, key=lambda entry: os.fsencode(entry.filename if isinstance(entry, OSError) else entry))
