"""What a home's owner may set: ``settings.toml`` in the home folder, all of it optional.

```toml
inbox = "/news/inbox"   # where the sensor looks for drops; default: inbox/ in the home folder
look_every = 15         # seconds between two looks of the sensors
nightly = "0 3 * * *"   # when the schedule launches refresh: a cron line, in UTC
workers = 4             # processes for the work on captures; 1: none but this one; default: one for each processor, up to 8
keep = 7                # published copies that are kept: the newest so many, and the last of each of so many days

[alerts]                # what happens when a run fails; read by assets/alerts.py
hook = "log"
```
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assets.home import Home, HomeError

FILE = "settings.toml"
KEEP = 7
LOOK_EVERY = 15
NIGHTLY = "0 3 * * *"
CRON = re.compile(r"\S+( +\S+){4}")
"""Five fields; what is in them is checked by Dagster."""

KNOWN: Mapping[str, type] = {
    "inbox": str,
    "look_every": int,
    "nightly": str,
    "keep": int,
    "workers": int,
    "alerts": dict,
}


@dataclass(frozen=True)
class Settings:
    """The settings of a home, with what holds where nothing is set."""

    inbox: Path
    keep: int = KEEP
    look_every: int = LOOK_EVERY
    nightly: str = NIGHTLY
    workers: int | None = None
    """As many as are available, if not set."""
    alerts: Mapping[str, Any] = field(default_factory=dict)


def settings(home: Home) -> Settings:
    """Read a home's settings. Raises HomeError, which names the file and the key, where they cannot be understood."""
    path = home.path / FILE
    try:
        found = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HomeError(f"{path} is not TOML: {error}") from error
    for key, value in found.items():
        if key not in KNOWN:
            raise HomeError(f"{path}: nothing is called {key!r} here; there are {', '.join(KNOWN)}")
        if type(value) is not KNOWN[key]:
            raise HomeError(f"{path}: {key} is to be of type {KNOWN[key].__name__}, not {value!r}")
    if found.get("keep", KEEP) < 0:
        raise HomeError(f"{path}: keep is a number of copies, 0 or more, not {found['keep']}")
    if found.get("workers", 1) < 1:
        raise HomeError(f"{path}: workers is a number of processes, 1 or more, not {found['workers']}")
    if found.get("look_every", LOOK_EVERY) < 1:
        raise HomeError(f"{path}: look_every is a number of seconds, 1 or more, not {found['look_every']}")
    if not CRON.fullmatch(found.get("nightly", NIGHTLY)):
        raise HomeError(f"{path}: nightly is a cron line such as {NIGHTLY!r}, not {found['nightly']!r}")
    inbox = Path(os.path.abspath(home.path / Path(found.get("inbox", "inbox")).expanduser()))
    if home.path.is_relative_to(inbox):
        raise HomeError(f"{path}: the inbox {inbox} holds the home folder itself; name a folder of its own")
    return Settings(
        inbox,
        found.get("keep", KEEP),
        found.get("look_every", LOOK_EVERY),
        found.get("nightly", NIGHTLY),
        found.get("workers"),
        found.get("alerts", {}),
    )
