"""The clock of the store. The stages have none: what depends on the time of day is handed to them."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """Now, as naive UTC: what every moment in the store is."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)
