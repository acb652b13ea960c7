"""What workers do: the stages as :mod:`assets.workers` takes them, and roughly what they cost.

What belongs here: batches in plain values in, rows out, what stands for a document that ended its worker. What does not:
the store, the orchestrator: a worker imports this module and must not have to load them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import polars as pl

from assets.collector import held_off
from assets.workers import Stage
from pipelines.clean.edits import Edits
from pipelines.clean.rejects import GivenUp, as_it_came, given_up
from pipelines.clean.stage import clean
from pipelines.contracts import frame
from pipelines.document import documents
from pipelines.extract.kinds import KINDS
from pipelines.normalise.articles import articles, unread
from pipelines.read.inputs import Input, Reject
from pipelines.read.stage import Made as Capture
from pipelines.read.stage import read_inputs

READ_SECONDS = 3e-5
"""What reading a document costs, however short it is."""

PAGE_SECONDS = 80e-9
"""What reading costs for each byte of a page; of a text, next to nothing (measured, as the others here: docs/benchmarks.md)."""

CLEAN_SECONDS = 400e-9
"""What cleaning and normalising cost for each byte of text."""

EXTRACT_SECONDS = 200e-9
"""What a kind of fact costs for each byte of text."""

SORRY = "the worker process that {did} it ended twice: {why}. It is tried again when the code changes"


def _input_costs(items: Sequence[Input]) -> list[float]:
    """Pages, and records that hold one: their quotes are escaped in there, so the name of a field is never part of a value."""
    pages = (item.form == "html" or (item.form == "record" and b'"html":' in item.data) for item in items)
    return [
        READ_SECONDS + (PAGE_SECONDS * len(item.data) if page else 0.0) for item, page in zip(items, pages, strict=True)
    ]


def _unreadable(items: Sequence[Input], why: str) -> list[Capture]:
    detail = SORRY.format(did="read", why=why) + ", or with --thorough"
    return [Reject(item.place, "worker_died", detail, len(item.data)) for item in items]


def reading(drop_id: str) -> Stage[list[Input], list[Capture]]:
    """Inputs of a drop to captures: :func:`pipelines.read.stage.read_inputs`."""
    return Stage(
        partial(read_inputs, drop_id=drop_id),
        _input_costs,
        lambda items, start, stop: items[start:stop],
        lambda parts: [row for part in parts for row in part],
        _unreadable,
    )


class Cleaned(NamedTuple):
    """The rows of ``clean.*`` of some captures."""

    blocks: pl.DataFrame
    edits: pl.DataFrame
    articles: pl.DataFrame
    rejects: pl.DataFrame


def cleaned(captures: pl.DataFrame) -> Cleaned:
    """Clean and normalise captures (rows of raw.captures with ``ingested_on``)."""
    with held_off():
        blocks, edits = clean(captures)
        return Cleaned(blocks, edits, articles(documents(captures, blocks, edits)), frame(GivenUp, []))


def _uncleaned(captures: pl.DataFrame, why: str) -> Cleaned:
    rejects = given_up(captures["capture_id"].to_list(), "clean", SORRY.format(did="cleaned", why=why))
    return Cleaned(as_it_came(captures), frame(Edits, []), unread(captures), rejects)


def _text_costs(captures: pl.DataFrame, seconds: float) -> list[float]:
    return (captures["text"].str.len_bytes() * seconds).to_list()


CLEANING = Stage[pl.DataFrame, Cleaned](
    cleaned,
    partial(_text_costs, seconds=CLEAN_SECONDS),
    lambda captures, start, stop: captures[start:stop],
    lambda parts: Cleaned(*(pl.concat(frames) for frames in zip(*parts, strict=True))),
    _uncleaned,
)
"""Captures to blocks, edits and articles."""


class ToExtract(NamedTuple):
    """Captures with what normalising found out about them, and a column ``wanted_<kind>`` that says which kinds are to read it."""

    captures: pl.DataFrame
    blocks: pl.DataFrame
    edits: pl.DataFrame


class Extracted(NamedTuple):
    """The rows of ``facts.*`` of some captures, by kind."""

    facts: Mapping[str, pl.DataFrame]
    rejects: pl.DataFrame


def wanted_by(kind: str) -> str:
    """The column that says whether a kind is to read the capture."""
    return f"wanted_{kind}"


def _kinds(todo: ToExtract) -> list[str]:
    return [kind for kind in KINDS if wanted_by(kind) in todo.captures.columns]


def extracted(todo: ToExtract) -> Extracted:
    """The facts of captures, of the kinds that want them; each document is built once."""
    facts = {}
    with held_off():
        read = list(documents(*todo))
        for kind in _kinds(todo):
            wanted = zip(read, todo.captures[wanted_by(kind)].to_list(), strict=True)
            facts[kind] = KINDS[kind][1](document for document, yes in wanted if yes)
    return Extracted(facts, frame(GivenUp, []))


def _unextracted(todo: ToExtract, why: str) -> Extracted:
    words, rejects = SORRY.format(did="read the facts of", why=why), []
    for kind in _kinds(todo):
        wanted = todo.captures.filter(pl.col(wanted_by(kind)))["capture_id"].to_list()
        rejects.append(given_up(wanted, f"facts/{kind}", words))
    return Extracted({kind: frame(KINDS[kind][0], []) for kind in _kinds(todo)}, pl.concat(rejects))


def _cut(todo: ToExtract, start: int, stop: int) -> ToExtract:
    captures = todo.captures[start:stop]
    ids = captures.select("capture_id")
    own = (rows.join(ids, on="capture_id", how="semi", maintain_order="left") for rows in todo[1:])
    return ToExtract(captures, *own)


def _joined(parts: list[Extracted]) -> Extracted:
    facts = {kind: pl.concat([part.facts[kind] for part in parts]) for kind in parts[0].facts}
    return Extracted(facts, pl.concat([part.rejects for part in parts]))


EXTRACTING = Stage[ToExtract, Extracted](
    extracted,
    lambda todo: _text_costs(todo.captures, EXTRACT_SECONDS * len(_kinds(todo))),
    _cut,
    _joined,
    _unextracted,
)
"""Captures to facts."""
