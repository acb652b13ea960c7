"""``sources/``: the original bytes of every capture, kept once, and all that is needed to rebuild the store from them.

A pack is a ZIP file, one for each ingestion of a drop that brought something: an entry for each new capture under its
capture_id, and an entry ``batch-…json`` for each batch, with the drop, deliveries and rejects. Any tool opens it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.read.inputs import Envelope, Input

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time stamps of entries: equal content makes equal packs."""

COMPRESSION_LEVEL = 1
"""Text shrinks to a third already at the cheapest level."""


class PackError(ValueError):
    """A pack that cannot be read: damaged, or not one of ours."""


def _sync(place: Path) -> None:
    """Flush a file, or the names in a folder, to disk: a power cut takes neither."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


class Pack:
    """A pack being written: invisible until :meth:`close`, gone after :meth:`abandon`."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / name
        self._part = self.path.with_suffix(".part")
        self._zip: zipfile.ZipFile | None = None
        self._batches = 0
        self.captures = 0

    def _entry(self, name: str, data: bytes) -> None:
        if self._zip is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION_LEVEL)
        entry = zipfile.ZipInfo(name, EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, data, compresslevel=COMPRESSION_LEVEL)

    def add(
        self,
        drop: Mapping[str, Any],
        sources: Sequence[Input],
        deliveries: Sequence[Mapping[str, Any]],
        rejects: Sequence[Mapping[str, Any]] | None = None,
    ) -> None:
        """One batch; nothing is written for one that brings nothing. ``rejects`` are all of the drop's, where they changed."""
        if not (sources or deliveries or rejects is not None):
            return
        for item in sources:
            self._entry(item.capture_id, item.data)
        self.captures += len(sources)
        batch = {
            "drop": drop,
            "captures": [
                [item.capture_id, item.uri, item.form, *([item.envelope._asdict()] if any(item.envelope) else [])]
                for item in sources
            ],
            "deliveries": list(deliveries),
            "rejects": None if rejects is None else list(rejects),
        }
        self._entry(f"batch-{self._batches:06d}.json", json.dumps(batch, ensure_ascii=False, default=_plain).encode())
        self._batches += 1

    def close(self) -> bool:
        """Make the pack visible, safely on disk; False if there was nothing to keep."""
        if self._zip is None:
            return False
        self._zip.close()
        _sync(self._part)
        self._part.replace(self.path)
        for folder in (self.path.parent, self.path.parent.parent):
            _sync(folder)
        return True

    def abandon(self) -> None:
        """Leave nothing half-written behind. A pack that was closed stays: its transaction may have been committed before
        whatever failed, and if not, the drop's next run takes it in."""
        if self._zip is not None:
            with contextlib.suppress(OSError, ValueError):  # a full disk takes no table of contents either
                self._zip.close()
        self._part.unlink(missing_ok=True)


def _plain(value: object) -> str:
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    raise TypeError(f"not JSON: {value!r}")


def keep_drop(folder: Path, drop: Mapping[str, Any]) -> None:
    """Note a drop beside its packs: a drop that brought nothing yet, and its field map, survive a rebuild too."""
    place = folder / str(drop["drop_id"])
    place.mkdir(parents=True, exist_ok=True)
    part = place / "drop.part"
    part.write_text(json.dumps(drop, ensure_ascii=False, default=_plain, sort_keys=True), "utf-8")
    _sync(part)
    part.replace(place / "drop.json")


def drop_records(folder: Path) -> list[dict[str, Any]]:
    """The drops noted under ``sources/``, in the order of their names."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*/drop.json"))]


def packs_of(folder: Path, drop_id: str) -> list[Path]:
    """The finished packs of a drop, in the order of their names."""
    return sorted((folder / drop_id).glob("*.zip"))


def packs(folder: Path) -> list[Path]:
    """All finished packs, in the order of their names."""
    return sorted(folder.glob("*/*.zip"))


def read_pack(path: Path) -> Iterator[tuple[dict[str, Any], list[Input]]]:
    """The batches of a pack: the batch's own fields, and its captures' bytes as inputs. Raises :class:`PackError`."""
    try:
        with zipfile.ZipFile(path) as pack:
            for name in sorted(entry for entry in pack.namelist() if entry.startswith("batch-")):
                batch = json.loads(pack.read(name))
                yield batch, [_input(pack, *captured) for captured in batch["captures"]]
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise PackError(f"{type(error).__name__}: {error}") from error


def _input(
    pack: zipfile.ZipFile, capture_id: str, uri: str, form: str, around: Mapping[str, str | None] | None = None
) -> Input:
    stated = dict(around or {})
    moment = stated.pop("captured_at", None)
    envelope = Envelope(**stated, captured_at=dt.datetime.fromisoformat(moment) if moment else None)
    return Input(uri, pack.read(capture_id), form, envelope=envelope)
