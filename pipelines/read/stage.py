"""The read stage: a drop's inputs to captures, deliveries and rejects, batch by batch.

What belongs here: hashing before work, turning an input into a capture. What does not: walking folders (folders), formats
(their modules) and encodings (charset).
"""

from __future__ import annotations

import datetime as dt
import json
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl

from pipelines.contracts import frame
from pipelines.read import charset, dump, html, jsonl, parquet, warc
from pipelines.read.captures import Captures, Deliveries, Rejects
from pipelines.read.folders import address, files
from pipelines.read.inputs import Input, Reject, parse_moment
from pipelines.read.opening import Bomb, Damaged, opened
from pipelines.read.records import declared
from pipelines.read.refusals import refusal, refusal_of_text

READERS: tuple[ModuleType, ...] = (dump, html, jsonl, parquet, warc)
"""The formats, each a module with ``SUFFIXES`` and ``read(file, uri, field_map)`` over an open file."""

PACKED = ".gz"
"""The ending of a gzip file; what is before it names the format inside."""

NOT_PACKED = (parquet,)
"""Formats that compress by themselves, and are read from both ends at once."""

BATCH_CAPTURES = 512
BATCH_BYTES = 8_000_000
"""A batch ends at either: memory stays flat whatever the size of the drop."""

MOMENT = b'"captured_at":'
"""How a record's canonical JSON names the field; inside its strings the quotes would be escaped."""


Made = tuple[Any, ...] | Reject
"""What an input becomes: a row of raw.captures, or its refusal."""

_CAPTURED_AT = Captures.column_names().index("captured_at")

Over = Callable[[Iterable[list[Input]]], Iterable[tuple[list[Input], list[Made]]]]
"""What does the reading of inputs, list by list."""


@dataclass
class Batch:
    """Rows read, not yet written; ``sources`` are the bytes of ``captures``, in the same order."""

    captures: list[tuple[Any, ...]] = field(default_factory=list)
    deliveries: list[tuple[Any, ...]] = field(default_factory=list)
    rejects: list[tuple[Any, ...]] = field(default_factory=list)
    sources: list[Input] = field(default_factory=list)

    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """The rows as frames under the contracts Captures, Deliveries and Rejects."""
        return (
            frame(Captures, self.captures),
            frame(Deliveries, self.deliveries).unique(maintain_order=True),
            frame(Rejects, self.rejects).unique(["drop_id", "uri"], keep="first", maintain_order=True),
        )


def inputs(
    path: Path, field_map: Mapping[str, str] | None = None, unchanged: Collection[str] = ()
) -> Iterator[Input | Reject]:
    """Everything found at ``path`` (a file, or a folder and all below it), in the order of the names.

    Files whose uri is among ``unchanged`` are passed over, unopened. Raises FileNotFoundError if there is nothing at ``path``; whatever goes wrong below it is a :class:`Reject`.
    """
    if not path.exists():
        raise FileNotFoundError(f"there is nothing at {path}")
    for file in files(path):
        if isinstance(file, OSError):
            uri = address(Path(file.filename))
            yield Reject(uri, "unreadable", f"the folder cannot be opened: {file.strerror or file}", None)
            continue
        uri = address(file)
        if uri not in unchanged:
            yield from _file(file, uri, field_map)


def _file(file: Path, uri: str, field_map: Mapping[str, str] | None) -> Iterator[Input | Reject]:
    """Everything found in one file."""
    try:
        found = _reader(file.name.lower())
        if isinstance(found, str):
            yield Reject(uri, "unknown_format", found, file.stat().st_size)
        elif not file.is_file():
            yield Reject(uri, "unreadable", "it is not a plain file", None)
        else:
            reader, packed = found
            with opened(file, packed) as content:
                yield from reader.read(content, uri, field_map)
    except Damaged as error:
        yield Reject(uri, "too_large" if isinstance(error, Bomb) else "damaged", str(error), file.stat().st_size)
    except OSError as error:
        yield Reject(uri, "unreadable", f"it cannot be opened: {error.strerror or error}", None)


def _reader(name: str) -> tuple[ModuleType, bool] | str:
    """The format that a file's name tells, and whether it is to be unpacked; else what to do about it."""
    suffixes = {suffix: reader for reader in READERS for suffix in reader.SUFFIXES}
    for suffix, reader in suffixes.items():
        if name.endswith(suffix):
            return reader, False
    inside = name.removesuffix(PACKED)
    for suffix, reader in suffixes.items():
        if inside != name and inside.endswith(suffix):
            if reader in NOT_PACKED:
                return f"'{suffix}' is not read from inside a gzip file, being compressed by itself; unpack it"
            return reader, True
    ending = Path(inside).suffix + name[len(inside) :]
    return f"no reader for '{ending if inside.strip('.') else name}'; these are read: {', '.join(suffixes)} (and in gzip: {PACKED})"


def capture(item: Input, drop_id: str) -> Made:
    """An input as a row of raw.captures (in the contract's order), or why it cannot be one."""
    refused = refusal(item)
    if refused:
        return refused
    size, url, captured_at = len(item.data), None, None
    fields: dict[str, object] = {}
    form = item.form
    if form == "record":
        content, form, fields = declared(item.data)
        encoding = "utf-8"
        url = str(fields["url"]) if fields.get("url") else None
        captured_at = parse_moment(fields.get("captured_at"))
    else:
        url, captured_at = item.envelope.url, item.envelope.captured_at
        try:
            content, encoding = (
                charset.decode_page(item.data, item.envelope.charset) if form == "html" else charset.decode(item.data)
            )
        except charset.Undecodable as error:
            return Reject(item.place, "undecodable", f"{error}. Save it as UTF-8", size)
    text, media_type, flattener, layout = content, "text/plain", None, None
    if form == "html":
        try:
            page = html.read_page(content)
        except html.TooLarge as error:
            return Reject(item.place, "too_large", str(error), size)
        if not page.text:
            return Reject(item.place, "no_text", "the page has no visible text", size)
        text, media_type, flattener = page.text, "text/html", html.FLATTENER
        layout = [place._asdict() for place in page.places]
        fields = {**fields, "page": page.evidence} if page.evidence else fields
    metadata = json.dumps(fields, ensure_ascii=False, sort_keys=True) if fields else None
    refused = refusal_of_text(item, text)
    if refused:
        return refused
    return (
        item.capture_id, drop_id, item.uri, media_type, encoding, url, captured_at, size, text, flattener, metadata, layout,
    )  # fmt: skip


def _chunks(found: Iterable[Input | Reject]) -> Iterator[list[Input | Reject]]:
    chunk: list[Input | Reject] = []
    size = 0
    for item in found:
        chunk.append(item)
        size += len(item.data) if isinstance(item, Input) else 0
        if len(chunk) >= BATCH_CAPTURES or size >= BATCH_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def read_inputs(items: Sequence[Input], drop_id: str) -> list[Made]:
    """What :func:`capture` makes of each input."""
    return [capture(item, drop_id) for item in items]


def _here(drop_id: str) -> Over:
    return lambda todo: ((items, read_inputs(items, drop_id)) for items in todo)


@dataclass
class _Chunk:
    """Inputs on their way: ``seen`` are the ids of those that are in the store by the time it is their turn."""

    items: list[Input | Reject]
    seen: set[str]
    todo: dict[str, Input] = field(default_factory=dict)


def read_drop(
    found: Iterable[Input | Reject],
    drop_id: str,
    known: Callable[[list[str]], Collection[str]],
    ingested_at: dt.datetime,
    over: Over | None = None,
) -> Iterator[Batch]:
    """Batches of a drop. What is known already is only delivered again, not decoded again.

    ``found`` is what :func:`inputs` yields; ``known`` says which of some capture_ids are in the store, and is asked once
    a batch; ``ingested_at`` (naive UTC) goes into the deliveries as given. ``over`` does :func:`read_inputs` to lists of
    inputs and yields each with what became of it, in their order; it may fetch some of them ahead. Without it they are
    read here, one list after the other.
    """
    over = over or _here(drop_id)
    flying: deque[_Chunk] = deque()

    def todo() -> Iterator[list[Input]]:
        for items in _chunks(found):
            found_here = [item for item in items if isinstance(item, Input)]
            chunk = _Chunk(items, set(known(sorted({item.capture_id for item in found_here}))))
            away = {capture_id for other in flying for capture_id in other.todo}
            for item in found_here:
                if item.capture_id not in chunk.seen and item.capture_id not in away:
                    chunk.todo.setdefault(item.capture_id, item)
            flying.append(chunk)
            yield list(chunk.todo.values())

    for _, made in over(todo()):
        chunk = flying.popleft()
        batch = _batch(chunk, dict(zip(chunk.todo, made, strict=True)), drop_id, ingested_at, over)
        for other in flying:
            other.seen.update(row[0] for row in batch.captures)
        yield batch


def _batch(chunk: _Chunk, results: dict[str, Made], drop_id: str, ingested_at: dt.datetime, over: Over) -> Batch:
    """The rows of a chunk, given what became of its inputs."""
    batch, seen = Batch(), chunk.seen
    for item in chunk.items:
        if isinstance(item, Reject):
            batch.rejects.append((drop_id, *item))
            continue
        capture_id = item.capture_id
        if capture_id in seen:
            captured_at = item.envelope.captured_at
            if item.form == "record" and MOMENT in item.data:
                captured_at = parse_moment(declared(item.data)[2].get("captured_at"))
        else:
            made = results.pop(capture_id, None)
            if made is None:  # its twin was refused, for what came around it perhaps; each is refused at its own place
                made = next(made for _, (made,) in over([[item]]))
            if isinstance(made, Reject):
                batch.rejects.append((drop_id, *made))
                continue
            seen.add(capture_id)
            batch.captures.append(made)
            batch.sources.append(item)
            captured_at = made[_CAPTURED_AT]
        batch.deliveries.append((capture_id, drop_id, item.uri, captured_at, ingested_at))
    return batch
