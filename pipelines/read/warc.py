"""Web archives (WARC): the pages among the responses and resources that a crawler stored.

What belongs here: finding records, and the next one behind a broken one. What does not: what is in a response (responses).
Records that are no pages (requests, pictures, redirects, errors) are what archives are mostly made of: they are counted, in
one row, so that a missing page can be told from one that was never there. Only what should have been a page is rejected by itself.
"""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from pipelines.read.inputs import MAX_DOCUMENT_BYTES, Envelope, Input, Reject, parse_moment
from pipelines.read.responses import HEAD_BYTES, Head, Unreadable, body_of, charset_of, head_of, is_page, media_type

SUFFIXES = (".warc", ".warc.gz")

GZIP = b"\x1f\x8b\x08"
MAX_BLOCK_BYTES = MAX_DOCUMENT_BYTES + HEAD_BYTES
MAX_RESUMED = 1000
"""So often is a file taken up again behind something broken; each time costs a search."""

_SEARCHED_BYTES = 1 << 20
_OVERHEAD = WarcRecordType.warcinfo | WarcRecordType.request | WarcRecordType.metadata
"""Records about records, which nobody would miss."""


class Found(NamedTuple):
    """A record that was found: where it starts, how long it says that its block is, and what is in it."""

    start: int
    length: int
    item: Input | Reject | None = None
    skipped: str | None = None
    """What it is, where it is no page."""
    short: bool = False
    """Whether the file does not go on behind it: it is broken, or too large to look for its end."""


class Page(NamedTuple):
    """What is said of a page before its body: its Content-Type, and for a response its head."""

    stated: str | None
    head: Head | None


def read(file: BufferedReader, uri: str, field_map: Mapping[str, str] | None = None) -> Iterator[Input | Reject]:
    """The pages of an open archive, streamed; ``field_map`` does not concern it.

    The file need not be unpacked: gzip, member by member, is the format's own. A record that is broken is a
    :class:`Reject`, and what follows it is read.
    """
    skipped: Counter[str] = Counter()
    for found in _walk(file, uri):
        if isinstance(found, Reject):
            yield found
        elif found.item is not None:
            yield found.item
        elif found.skipped is not None:
            skipped[found.skipped] += 1
    if skipped:
        listed = sorted(skipped.items(), key=lambda entry: (-entry[1], entry[0]))
        named = ", ".join(f"{count:,} {what}" for what, count in listed[:8])
        more = ", …" if len(listed) > 8 else ""
        detail = f"{skipped.total():,} of its records are no pages and were passed over: {named}{more}"
        yield Reject(uri, "skipped", detail, None)


def _walk(file: BufferedReader, uri: str) -> Iterator[Found | Reject]:
    """The records in their order, and one reject for each stretch that cannot be read."""
    packed = file.peek(3)[:3] == GZIP
    size = os.fstat(file.fileno()).st_size
    at, number, broken = 0, 0, False
    for _ in range(MAX_RESUMED):
        held: Found | None = None
        why = "it is cut short"
        file.seek(at)
        try:
            for record in ArchiveIterator(file, parse_http=False, strict_mode=False):
                # One record is held back until the next is found where it should be: only then its length was right.
                if held is not None:
                    yield held
                number, broken = number + 1, False
                held = _found(record, uri, number, packed, size)
                if held.short:
                    break
            else:
                if held is not None:
                    yield held
                elif at == 0:
                    reason, detail = (
                        ("damaged", "there is no WARC record in it") if size else ("empty", "it has no bytes")
                    )
                    yield Reject(uri, reason, detail, size)
                return
        except (OSError, ValueError, EOFError) as error:
            why = " ".join(str(error).split()) or type(error).__name__
        if held is not None and held.short and (held.item or held.skipped):
            yield held
            broken = True
        whole = _end(file, held, packed) if held is not None and not held.short else None
        if held is None or whole is not None:
            number += not broken  # what is broken counts as a record
        if held is None:
            behind = at + 1
        elif whole is None:
            behind = held.start + 1
        else:
            yield held
            behind = whole
        if not broken:
            detail = f"the archive is broken at or behind byte {behind - 1:,} ({why[:160]}); what follows is read"
            yield Reject(f"{uri}#R{number}", "damaged", detail, None)
        broken = True
        following = _next(file, behind, packed)
        if following is None:
            return
        at = following
    detail = f"broken in {MAX_RESUMED:,} places: the rest is not read. Fetch it again"
    yield Reject(f"{uri}#R{number + 1}", "damaged", detail, None)


def _next(file: BufferedReader, at: int, packed: bool) -> int | None:
    """Where the next record may begin, from ``at`` on; None if there is none."""
    mark = GZIP if packed else b"\nWARC/"
    file.seek(max(0, at - 1))
    base, window = max(0, at - 1), b""
    while piece := file.read(_SEARCHED_BYTES):
        window += piece
        found = window.find(mark, 1 if packed and base < at else 0)
        if found >= 0:
            return base + found + (not packed)
        kept = window[-len(mark) :]
        base += len(window) - len(kept)
        window = kept
    return None


def _end(file: BufferedReader, found: Found, packed: bool) -> int | None:
    """Where the record ends, if the blank lines that end a record are there: then what is broken comes after it."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    file.seek(found.start)
    data, wanted = bytearray(), None
    while wanted is None or len(data) < wanted:
        piece = file.read(_SEARCHED_BYTES)
        if not piece:
            return None
        try:
            data += unpacker.decompress(piece, 2 * MAX_BLOCK_BYTES) if packed else piece
        except zlib.error:
            return None
        head = data.find(b"\r\n\r\n", 0, HEAD_BYTES) if wanted is None else -1
        if head >= 0:
            wanted = head + 4 + found.length + 4
        elif wanted is None and len(data) > HEAD_BYTES:
            return None
        if packed and unpacker.eof:
            break
    if wanted is None or data[wanted - 4 : wanted] != b"\r\n\r\n":
        return None
    return found.start + 1 if packed else found.start + wanted


def _found(record: WarcRecord, uri: str, number: int, packed: bool, size: int) -> Found:
    """What a record is to us. The block of a page is read; that of others is passed over, to see that it is there."""
    length, start, place = record.content_length, record.stream_pos, f"{uri}#R{number}"
    found = Found(start, length)
    if record.headers.get("Content-Length") is None or (not packed and start + length > size):
        return found._replace(short=True)
    opening = _block(record, min(length, HEAD_BYTES))
    what = _sorted(record, opening)
    if not isinstance(what, Page):
        found = found._replace(skipped=what)
    elif length > MAX_BLOCK_BYTES:
        detail = f"{length:,} bytes; a document may have {MAX_DOCUMENT_BYTES:,}"
        found = found._replace(item=Reject(place, "too_large", detail, length))
    else:
        block = opening + _block(record, length - len(opening))
        if len(block) < length:
            return found._replace(short=True)
        return found._replace(item=_input(record, what, block, uri, place))
    if packed and length > MAX_BLOCK_BYTES:
        return found._replace(short=True)  # unpacked only to be passed over, it would cost more than all the others
    if len(opening) + record.reader.consume() < length:
        return Found(start, length, short=True)
    return found


def _sorted(record: WarcRecord, opening: bytes) -> Page | str | None:
    """What a record is: a page, something else by its name, or nothing that anyone would miss (None)."""
    kind = record.record_type
    head: Head | None = None
    if kind & _OVERHEAD:
        return None
    if kind == WarcRecordType.response:
        head = head_of(opening)
        if head is None:
            return "no HTTP"
        if head.status != 200:
            return f"status {head.status}"
        stated = head.headers.get("content-type")
    elif kind == WarcRecordType.resource:
        stated = record.headers.get("Content-Type")
    else:
        return str(kind).rpartition(".")[2]
    body = opening[head.body_at if head else 0 :]
    return Page(stated, head) if is_page(media_type(stated), body) else media_type(stated)[:60] or "no type"


def _input(record: WarcRecord, page: Page, block: bytes, uri: str, place: str) -> Input | Reject:
    """A page as an input, with what the archive and the server say of it."""
    name, target = ((record.headers.get(field) or "").strip("<> ") for field in ("WARC-Record-ID", "WARC-Target-URI"))
    captured_at = parse_moment(record.headers.get("WARC-Date"))
    try:
        body = block if page.head is None else body_of(page.head, block)
    except Unreadable as error:
        return Reject(place, error.reason, str(error), len(block))
    return Input(
        f"{uri}#{name}" if name else place,
        body,
        "html",
        place,
        Envelope(target or None, captured_at, charset_of(page.stated)),
    )


def _block(record: WarcRecord, size: int) -> bytes:
    """The next ``size`` bytes of a record's block; fewer where it ends."""
    parts: list[bytes] = []
    while size > 0 and (part := record.reader.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
