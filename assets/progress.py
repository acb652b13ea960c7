"""How far a run is, for whoever started it and wants to show it. Silent unless somebody listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str, int, int | None], None]
"""Called with the stage's name, captures done so far, and captures in all where that is known."""

_listeners: list[Listener] = []


def tell(stage: str, done: int, total: int | None = None) -> None:
    """Say that a stage has done so many captures of so many."""
    for listener in _listeners:
        listener(stage, done, total)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Have a listener told while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
