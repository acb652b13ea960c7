"""A drop as a list of files: every real folder once, symbolic links followed.

What belongs here: walking. What does not: what a file is (stage) and what is in it (the formats).
"""

from __future__ import annotations

import os
from pathlib import Path


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
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                found += [Path(folder, name) for name in names if not name.startswith(".")]
                links += [place for name in folders if os.path.islink(place := os.path.join(folder, name))]
        waiting = sorted(links)
    return sorted(found, key=lambda entry: os.fsencode(entry.filename if isinstance(entry, OSError) else entry))
