"""The one seam through which the work on captures goes: in this process while there is little of it, else in workers.

What belongs here: where batches are worked on, in which order they come back, what becomes of a document that ends its worker.
What does not: the work itself (work.py). Whoever asks keeps the connection to the store; workers get plain values and
return plain values. The same rows come back in the same order, whatever the number of workers. Why so: docs/why/workers.md.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

    from assets.pool import Died, Pool

Batch = TypeVar("Batch")
Made = TypeVar("Made")

MOST_WORKERS = 8
"""More are not started unless the settings say so: what stays in the one process that writes is the limit by then."""

START_SECONDS = 1.5
"""Workers are started for this much work: their start costs each half a second of CPU (measured: docs/benchmarks.md)."""

PEEK_BATCHES = 4
"""So many batches are looked at before anything is done, to see whether there is enough to do."""

PIECE_SECONDS = 0.1
"""A batch is cut into pieces of about so much work: small enough that a heavy one does not hold up the others for long."""

AHEAD_SECONDS = 1.0
"""So much work for each worker is handed out before its turn: what the process that writes may take for a batch."""


@dataclass(frozen=True)
class Stage(Generic[Batch, Made]):
    """Work on batches of documents, each document by itself, and how batches and what is made of them are put together.

    ``work`` is sent by its import path; its module should import quickly.
    """

    work: Callable[[Batch], Made]
    costs: Callable[[Batch], Sequence[float]]
    """For each document of a batch, the seconds that its work takes, roughly."""
    cut: Callable[[Batch, int, int], Batch]
    """The documents from one place up to another, as a batch."""
    join: Callable[[list[Made]], Made]
    """What the pieces of a batch became, in their order, as if they had never been cut."""
    died: Callable[[Batch, str], Made]
    """What stands for a single document that ended its worker, given why."""


def available() -> int:
    """How many processors this process may use, by affinity and by the quota of its control group."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text("ascii").split()
        return max(1, min(count, int(quota) // int(period)))
    except (OSError, ValueError):
        return count  # no such group, or "max": no quota


@dataclass
class _Workers:
    """The workers of a run: none until there is enough to do."""

    count: int
    at_once: bool = False
    spent: float = 0.0
    """Seconds of work that were met so far, by estimate."""
    pool: Pool | None = None

    def start(self) -> None:
        """Have a pool from now on, where more than one process may work, or this one had better not."""
        if self.pool is None and (self.count > 1 or self.at_once):
            from assets.pool import Pool

            self.pool = Pool(self.count)

    def pool_for(self, seconds: float) -> Pool | None:
        """The pool, if so much more work is worth it."""
        self.spent += seconds
        if self.at_once or self.spent >= START_SECONDS:
            self.start()
        return self.pool


_current: list[_Workers] = []


@contextmanager
def working(count: int | None = None, *, at_once: bool = False) -> Iterator[None]:
    """Let :func:`map_batches` use so many workers within the block (default: one for each processor, up to MOST_WORKERS).

    One is this process itself. They are started when there is enough to do, and gone when the block is left, in whichever
    way. ``at_once``: whatever there is to do, even if it is little, and even if there is to be one: after a process that
    ended without a word. A block inside another one uses the other's.
    """
    if _current:
        yield
        return
    workers = _Workers(min(available(), MOST_WORKERS) if count is None else count, at_once)
    _current.append(workers)
    try:
        yield
    finally:
        _current.clear()
        if workers.pool is not None:
            workers.pool.close()


@dataclass
class _Sent(Generic[Batch, Made]):
    """A batch in the hands of workers."""

    batch: Batch
    pieces: list[Batch]
    seconds: float
    answers: list[Future[Made]] = field(default_factory=list)


def _pieces(costs: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Stretches of documents that cost about PIECE_SECONDS each; a document that costs more is one by itself."""
    start, seconds = 0, 0.0
    if not costs:
        return
    for place, cost in enumerate(costs):
        if place > start and seconds + cost > PIECE_SECONDS:
            yield start, place
            start, seconds = place, 0.0
        seconds += cost
    yield start, len(costs)


def _peeked(
    stage: Stage[Batch, Made], batches: Iterable[Batch], workers: _Workers
) -> Iterator[tuple[Batch, Sequence[float]]]:
    """The batches with what each costs; workers are started first if the first few are worth it together."""
    costed = ((batch, stage.costs(batch)) for batch in batches)
    if workers.count > 1 and workers.pool is None and not workers.at_once:
        first, seconds = [], workers.spent
        for batch, costs in islice(costed, PEEK_BATCHES):
            first.append((batch, costs))
            seconds += sum(costs)
            if seconds >= START_SECONDS:
                workers.start()
                break
        yield from first
        del first
    yield from costed


def map_batches(
    stage: Stage[Batch, Made], batches: Iterable[Batch], expected: float = 0.0
) -> Iterator[tuple[Batch, Made]]:
    """Each batch with what ``stage`` made of it, in the order of the batches.

    Batches are fetched a few ahead, so that workers have something to do while the caller writes. ``expected`` is how many
    seconds all of them take, where the caller knows. Raises what the work raised, in its turn.
    """
    workers = _current[0] if _current else _Workers(1)
    if expected >= START_SECONDS:
        workers.start()
    sent: deque[_Sent[Batch, Made]] = deque()
    pool = None
    try:
        for batch, costs in _peeked(stage, batches, workers):
            pool = workers.pool_for(sum(costs))
            if pool is None:
                yield batch, stage.work(batch)
                continue
            pieces = [stage.cut(batch, start, stop) for start, stop in _pieces(costs)]
            one = _Sent[Batch, Made](batch, pieces, sum(costs))
            sent.append(one)
            one.answers += (pool.submit(stage.work, piece) for piece in pieces)
            while len(sent) > 1 and sum(other.seconds for other in sent) - sent[0].seconds > pool.count * AHEAD_SECONDS:
                yield _collect(stage, sent, pool)
        while sent and pool is not None:
            yield _collect(stage, sent, pool)
    finally:
        for one in sent:
            for answer in one.answers:
                answer.cancel()


def _collect(stage: Stage[Batch, Made], sent: deque[_Sent[Batch, Made]], pool: Pool) -> tuple[Batch, Made]:
    """The oldest batch that was sent, with what became of it."""
    from concurrent.futures import wait

    from assets.pool import Died

    oldest = sent[0]
    made: list[Made] = []
    for piece, answer in zip(oldest.pieces, oldest.answers, strict=True):
        try:
            made.append(answer.result())
        except Died as death:
            others = [other for one in sent for other in one.answers]
            wait(others)
            made.append(_one_by_one(stage, piece, death, pool))
    sent.popleft()
    return oldest.batch, stage.join(made)


def _one_by_one(stage: Stage[Batch, Made], piece: Batch, death: Died, pool: Pool) -> Made:
    """A piece whose worker died, document by document, while nothing else of ours runs that takes memory.

    A document that was alone with a worker, or is so now, has two tries; one, if the reason would be the same again.
    """
    from assets.pool import Died

    count = len(stage.costs(piece))
    made = []
    for place in range(count):
        document = stage.cut(piece, place, place + 1)
        deaths = [death] if count == 1 else []
        while True:
            if len(deaths) == 2 or (deaths and deaths[-1].final):
                made.append(stage.died(document, str(deaths[-1])))
                break
            try:
                made.append(pool.submit(stage.work, document).result())
                break
            except Died as again:
                deaths.append(again)
    return stage.join(made)
