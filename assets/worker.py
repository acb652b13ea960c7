"""A worker process: answers calls that come through a socket until the other end closes it.

What belongs here: what a worker does to itself, and the loop. What does not: who asks, and for what (workers.py); work is
named by import path and imported when it is asked for. Standard library only.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

PR_SET_PDEATHSIG = 1
"""The number of the option in Linux's prctl.h."""

CPU_SECONDS = 600
"""What one call may take, in seconds of the worker's own CPU: a busy machine does not change what is refused. The kernel
ends a worker that takes more, also in the middle of a native library or a regular expression that never lets go."""

FIRST_TO_GO = "500"
"""Where memory runs out, the kernel is to end a worker and not the process that writes the store (-1000 to 1000)."""


def _prepare(parent: int) -> None:
    """Die with the process that asks, whatever it died of, before it where memory is short; leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write(FIRST_TO_GO)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)  # it died before the kernel knew that it matters


def _answer(function: Callable[[Any], Any], batch: Any) -> tuple[str, Any]:
    """What the function made, or the exception that it raised."""
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        return "made", function(batch)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            return "raised", RuntimeError(f"{type(error).__name__}: {error}")
        return "raised", error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def serve(connection: socket.socket) -> None:
    """Answer calls, each a pickled pair of function and batch, until the other end is closed."""
    with connection.makefile("rb") as calls, connection.makefile("wb") as answers:
        while True:
            try:
                function, batch = pickle.load(calls)
            except EOFError:
                return
            answer = _answer(function, batch)
            with suppress(BrokenPipeError):  # nobody waits any more; the next call will not come
                pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
                answers.flush()


def main() -> None:
    """Serve the socket whose number is the first argument, for the process whose id is the second."""
    _prepare(int(sys.argv[2]))
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        serve(connection)
