"""Work for the tests of the workers, which find it by its import path: some of it ends its process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from contextlib import suppress

DEADLY = "This sentence ends the process that reads it."
ONCE = "This one does so only the first time: "


def double(numbers: list[int]) -> list[int]:
    """Twice each number; -1 raises, -2 exits, -3 is killed, -4 has no memory, -5 never ends."""
    for number in numbers:
        if number == -1:
            raise ValueError("minus one")
        if number == -2:
            os._exit(3)
        if number == -3:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == -4:
            raise MemoryError
        if number == -5:
            from assets import worker

            signal.setitimer(signal.ITIMER_PROF, worker.CPU_SECONDS / 6000)
            while True:
                pass
    return [2 * number for number in numbers]


def where(numbers: list[int]) -> list[tuple[int, list[str]]]:
    """The process that answers and what it has open, once for each number."""
    opened = []
    for number in os.listdir("/proc/self/fd"):
        with suppress(FileNotFoundError):  # that of the list itself
            opened.append(os.readlink(f"/proc/self/fd/{number}"))
    return [(os.getpid(), opened) for _ in numbers]


def spin(numbers: list[int]) -> list[int]:
    """Work that goes on for ever."""
    while numbers:
        pass
    return numbers


def _mortal(texts: Sequence[str]) -> None:
    for text in texts:
        if DEADLY in text:
            os.kill(os.getpid(), signal.SIGSEGV)
        name = text.partition(ONCE)[2].split()
        if name and not os.path.exists(name[0]):
            with open(name[0], "w"):
                os._exit(1)


def read_inputs(items: list, drop_id: str) -> list:
    """The read stage, for whoever survives it."""
    from pipelines.read import stage

    _mortal([item.data.decode("utf-8", "replace") for item in items])
    return stage.read_inputs(items, drop_id)


def read_slowly(items: list, drop_id: str) -> list:
    """The read stage, as if it were a great deal of work."""
    from pipelines.read import stage

    time.sleep(0.2 * len(items))
    return stage.read_inputs(items, drop_id)


def cleaned(captures):  # type: ignore[no-untyped-def]
    """The clean stage, for whoever survives it."""
    from assets import work

    _mortal(captures["text"].to_list())
    return work.cleaned(captures)


def extracted(todo):  # type: ignore[no-untyped-def]
    """The extract stage, for whoever survives it."""
    from assets import work

    _mortal(todo.captures["text"].to_list())
    return work.extracted(todo)
