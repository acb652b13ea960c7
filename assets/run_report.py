"""What a run did, in numbers. No orchestrator in it: a run that finds nothing to do reports without one."""

from __future__ import annotations

from dataclasses import dataclass, field


def _nothing() -> dict[str, int]:
    return {"new_captures": 0, "written_captures": 0, "captures_read": 0}


@dataclass
class RunReport:
    """What a call of :func:`assets.runs.run_paths` did."""

    drops: list[str] = field(default_factory=list)
    """The drops that the call was about."""
    read: list[str] = field(default_factory=list)
    """The drops that were read: new, grown, or read before by another reader."""
    counts: dict[str, int] = field(default_factory=_nothing)
    dates: list[str] = field(default_factory=list)
    """The publication dates that were brought up to date."""
    published: bool = False
    run_ids: list[str] = field(default_factory=list)
