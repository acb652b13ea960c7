"""Processes of newsledger that do not load everything anew: forked from one that has, for the tests that start many.

What a process of its own costs before it does anything is three seconds of CPU for the orchestrator and the libraries. The
tests whose subject is what a process does, not how it loads, have theirs from here: with its own memory, number, session,
environment and output, and dead like any other when it is killed. Where there are no pidfds it is an ordinary process.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
TICK_SECONDS = 0.005


class Started:
    """A process, as :class:`subprocess.Popen` shows one: what the tests use of it. Its output is text, and read at the end."""

    def __init__(self, command: Sequence[str], *, start_new_session: bool = False, under: tuple[str, ...] = ()) -> None:
        self.args = list(command)
        self.returncode: int | None = None
        self.stderr = _Output()
        self._stdout = _Output()
        self._ours, theirs = socket.socketpair()
        asked = {"command": self.args, "session": start_new_session, "environment": dict(os.environ)}
        with theirs:
            socket.send_fds(
                _server(under), [json.dumps(asked).encode()], [self._stdout.end, self.stderr.end, theirs.fileno()]
            )
        os.close(self._stdout.end)
        os.close(self.stderr.end)
        self.pid = int(self._ours.recv(32).decode())
        self._ours.setblocking(False)

    def poll(self) -> int | None:
        """The exit code, or None while it runs; a signal that ended it as a negative number."""
        if self.returncode is None:
            with contextlib.suppress(BlockingIOError):
                self.returncode = int(self._ours.recv(32).decode())
                self._ours.close()
        return self.returncode

    def communicate(self, timeout: float = 3600) -> tuple[str, str]:
        """What it wrote to its output and to its error output, once it has ended."""
        until = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(self.args, timeout)
            time.sleep(TICK_SECONDS)
        return self._stdout.read(), self.stderr.read()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


class _Output:
    """A pipe, and a thread that reads it to its end."""

    closed = False

    def __init__(self) -> None:
        ours, self.end = os.pipe()
        self._text = ""
        self._reader = threading.Thread(target=self._drain, args=(ours,), daemon=True)
        self._reader.start()

    def _drain(self, ours: int) -> None:
        with open(ours, encoding="utf-8", errors="replace") as lines:
            self._text = lines.read()

    def read(self) -> str:
        self._reader.join()
        return self._text


Process = Started | subprocess.Popen[str]


def start(arguments: Sequence[str], *, start_new_session: bool = False, under: tuple[str, ...] = ()) -> Process:
    """``python`` with these arguments, in the checkout: ``-m newsledger …`` or ``-c code …``. ``under``: a command that
    runs another one, and how."""
    if hasattr(os, "pidfd_open"):
        return Started(arguments, start_new_session=start_new_session, under=under)
    return subprocess.Popen(
        [*under, sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=CHECKOUT, start_new_session=start_new_session
    )  # fmt: skip


def call(
    arguments: Sequence[str], timeout: float = 300, *, under: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """The same, once it has ended."""
    process = start(arguments, under=under)
    out, err = process.communicate(timeout=timeout)
    assert process.returncode is not None
    return subprocess.CompletedProcess(list(arguments), process.returncode, out, err)


@cache
def _server(under: tuple[str, ...]) -> socket.socket:
    """The process that forks, of this process; it ends when this one does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    code = f"import sys; sys.path[0] = {str(CHECKOUT)!r}; sys.path.insert(1, {str(Path(__file__).parent)!r}); import preloaded; preloaded.main({theirs.fileno()})"
    # numpy's threads are of no use to a process that forks.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    with theirs:
        process = subprocess.Popen(
            [*under, sys.executable, "-c", code],
            pass_fds=[theirs.fileno()],
            env=environment,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
        )
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def main(handle: int) -> None:
    """Fork for whoever asks through a socket, until it is closed; returns in no process but forked ones, to be them."""
    for name in ("assets.rebuild", "assets.runs", "assets.summary", "newsledger"):
        importlib.import_module(name)
    from assets.definitions import defs, ingest_job, publish_job
    from pipelines.clean.grammar import known

    # What a run makes once in a process. Nothing of Polars' doing: its threads would not be there after a fork.
    known([])
    for job in (ingest_job, publish_job):
        defs.resolve_job_def(job.name)
    work = _serve(socket.socket(fileno=handle))
    if work is None:
        return
    code = 0
    try:
        work()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    # The threads that libraries start as they are loaded are not in this process: there is nothing of theirs to end.
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _serve(control: socket.socket) -> Callable[[], None] | None:
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is not control:
                pid, answer = key.data
                _, status = os.waitpid(pid, 0)
                selector.unregister(key.fileobj)
                os.close(key.fd)
                _tell(answer, os.waitstatus_to_exitcode(status))
                answer.close()
                continue
            message, handles, _, _ = socket.recv_fds(control, 1 << 20, 3)
            if not message:
                return None
            out, err, answer = handles[0], handles[1], socket.socket(fileno=handles[2])
            pid = os.fork()
            if pid == 0:
                open_files = [
                    control,
                    answer,
                    selector,
                    *(key.data[1] for key in selector.get_map().values() if key.data),
                ]
                return lambda: _become(json.loads(message), out, err, open_files)
            os.close(out)
            os.close(err)
            selector.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, answer))
            _tell(answer, pid)


def _tell(answer: socket.socket, number: int) -> None:
    with contextlib.suppress(OSError):  # who asked has gone
        answer.sendall(str(number).encode())


def _become(asked: dict[str, Any], out: int, err: int, open_files: list[Any]) -> None:
    """Be the process that was asked for."""
    for file in open_files:
        file.close()
    if asked["session"]:
        os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(out, 1)
    os.dup2(err, 2)
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(asked["environment"])
    kind, what, *rest = asked["command"]
    sys.path.remove(str(Path(__file__).parent))
    if kind == "-m":
        import newsledger

        assert what == "newsledger"
        sys.argv = [newsledger.__file__, *rest]
        newsledger.main()
    else:
        sys.argv = ["-c", *rest]
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
