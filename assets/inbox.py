"""The inbox: a folder in which every entry is a drop. Standard library only: the fast path of a run starts with this."""

from __future__ import annotations

from pathlib import Path

from assets.home import Home
from assets.settings import settings

UNFINISHED = (".part", ".tmp", ".partial", ".crdownload")
"""Ends of the names of files that are still being copied or fetched."""


def make(home: Home) -> Path:
    """Make the inbox in the home, and say where it is. One that the settings put elsewhere is its owner's to make."""
    inbox = settings(home).inbox
    if inbox.parent == home.path:
        inbox.mkdir(exist_ok=True)
    return inbox


def entries(home: Home) -> list[Path]:
    """The drops that lie in the inbox, in the order of their names. An inbox that is not there is empty."""
    inbox = settings(home).inbox
    if not inbox.is_dir():
        return []
    names = sorted(entry.name for entry in inbox.iterdir())
    found = [inbox / name for name in names if not name.startswith(".") and not name.lower().endswith(UNFINISHED)]
    return [entry for entry in found if entry.exists()]  # a link may lead nowhere
