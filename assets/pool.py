"""Worker processes and the calls to them. Imported when the first worker is to be started.

Each worker is a fresh interpreter behind a socket, and each has a thread here that sends it one call at a time: so it is known
which call ended a worker, and how. The modules that workers need are imported from where this process has its own.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

Batch = TypeVar("Batch")
Made = TypeVar("Made")

START = "import sys; sys.path[:] = {path!r}; from assets.worker import main; main()"
"""What a worker runs. Its path is ours: a folder in which a user happens to stand must not lend it modules."""

PATIENCE_SECONDS = 10.0
"""How long a process whose socket is closed may take to be gone."""


class Died(RuntimeError):
    """A worker that ended during a call; the message says how. ``final``: it would again, however often it is tried."""

    def __init__(self, words: str, *, final: bool = False) -> None:
        super().__init__(words)
        self.final = final


def _how(code: int | None) -> Died:
    """What the exit code of a process means."""
    if code is None:
        return Died("it closed its connection")
    if code >= 0:
        return Died(f"it exited with code {code}")
    if -code == signal.SIGPROF:
        from assets.worker import CPU_SECONDS

        return Died(f"it took more than {CPU_SECONDS:,} s of CPU", final=True)
    try:
        return Died(f"it was ended by {signal.Signals(-code).name}")
    except ValueError:
        return Died(f"it was ended by signal {-code}")


class Worker:
    """One process, and the socket to it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            # One thread for Polars: the workers themselves are what uses the processors.
            environment = {**os.environ, "POLARS_MAX_THREADS": "1"}
            arguments = [str(theirs.fileno()), str(os.getpid())]
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", START.format(path=sys.path), *arguments],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()], env=environment,
            )  # fmt: skip
        self._socket = ours
        self._answers = ours.makefile("rb")

    def call(self, function: Callable[[Batch], Made], batch: Batch) -> Made:
        """What the function makes of the batch over there. Raises what it raised, :class:`Died` if the worker did."""
        call = pickle.dumps((function, batch), pickle.HIGHEST_PROTOCOL)
        try:
            self._socket.sendall(call)
            kind, value = pickle.load(self._answers)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise _how(self._code()) from error
        if isinstance(value, MemoryError):
            raise Died("it ran out of memory")
        if kind == "raised":
            raise value
        made: Made = value
        return made

    def _code(self) -> int | None:
        """The exit code of a process that has closed its end; it is ended if it lingers."""
        try:
            return self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.end()
            return None

    def end(self) -> None:
        """End it at once. Whoever waits for an answer gets none."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self.process.kill()
        self.process.wait()

    def let_go(self) -> None:
        """Close our end of a worker that is gone."""
        self._answers.close()
        self._socket.close()


class Pool:
    """So many workers, each started for its first call, and again after it died."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._mine = threading.local()
        self._all: set[Worker] = set()
        self._lock, self._closed = threading.Lock(), False
        self._threads = ThreadPoolExecutor(count, "newsledger worker")

    def submit(self, function: Callable[[Batch], Made], batch: Batch) -> Future[Made]:
        """Have a worker call the function. The future raises :class:`Died` if that ends it."""
        return self._threads.submit(self._call, function, batch)

    def _worker(self) -> Worker:
        worker: Worker | None = getattr(self._mine, "worker", None)
        if worker is None:
            with self._lock:
                if self._closed:
                    raise Died("it was not started any more")
                worker = self._mine.worker = Worker()
                self._all.add(worker)
        return worker

    def _call(self, function: Callable[[Any], Any], batch: Any) -> Any:
        worker = self._worker()
        try:
            return worker.call(function, batch)
        except Died:
            self._mine.worker = None
            self._all.discard(worker)
            if worker.process.poll() is None:
                worker.end()
            worker.let_go()
            raise

    def close(self) -> None:
        """End all workers, whatever they are doing, and wait until they are gone."""
        with self._lock:
            self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in list(self._all):
            worker.end()
        self._threads.shutdown(wait=True)
        for worker in list(self._all):
            worker.let_go()
        self._all.clear()
