"""An HTTP response as a crawler stored it: status, type, declared charset, and the body as the server had it on disk.

What belongs here: undoing transfer and content encodings, and what crawlers do to them. What does not: finding responses in
an archive (warc). Crawlers often undo an encoding and leave its header, so a body that is not encoded as stated is taken as
it is, if it begins as a page does.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

from fastwarc.stream_io import BrotliReader, ZstdReader

from pipelines.read.inputs import MAX_DOCUMENT_BYTES

HEAD_BYTES = 65_536
"""Headers longer than this are no headers."""

PAGE_TYPES = ("text/html", "application/xhtml+xml")

_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/[0-9.]{1,5}[ \t]+([0-9]{3})")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:+-]{1,40})""", re.IGNORECASE)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")


class Unreadable(ValueError):
    """A body that cannot be had; the message says why. ``reason`` is that of the reject."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class Head(NamedTuple):
    """The status and headers of a response, names in lower case, and where its body begins."""

    status: int | None
    headers: dict[str, str]
    body_at: int


def head_of(start: bytes) -> Head | None:
    """The head of a response that begins with ``start``; None where that is none."""
    status, end = _STATUS.match(start), _END.search(start, 0, HEAD_BYTES)
    if status is None or end is None:
        return None
    headers: dict[str, str] = {}
    for line in start[: end.start()].splitlines()[1:]:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return Head(int(status.group(1)), headers, end.end())


def media_type(stated: str | None) -> str:
    """The type that a Content-Type states, without its parameters; empty where it states none.

    >>> media_type('text/HTML; charset="utf-8"')
    'text/html'
    """
    return (stated or "").partition(";")[0].strip().lower()


def charset_of(stated: str | None) -> str | None:
    """The charset that a Content-Type states.

    >>> charset_of('text/HTML; charset="utf-8"')
    'utf-8'
    """
    found = _CHARSET.search(stated or "")
    return found.group(1) if found else None


def is_page(kind: str, start: bytes) -> bool:
    """Whether a document of this media type, or of none stated, is a page."""
    return kind in PAGE_TYPES or (not kind and _PAGE.match(start[:2048]) is not None)


def body_of(head: Head, block: bytes) -> bytes:
    """The body of a whole response, its encodings undone. Raises :class:`Unreadable`.

    >>> answer = b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\n<p>\\r\\n2;x\\r\\nHi\\r\\n0\\r\\n\\r\\n"
    >>> body_of(head_of(answer), answer)
    b'<p>Hi'
    """
    body = block[head.body_at :]
    if "chunked" in head.headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    for name in reversed(head.headers.get("content-encoding", "").lower().split(",")):
        body = _decoded(body, name.strip())
    if len(body) > MAX_DOCUMENT_BYTES:
        raise Unreadable("too_large", f"the page unpacks to more than {MAX_DOCUMENT_BYTES:,} bytes")
    return body


def _joined(body: bytes) -> bytes:
    """Chunks as one body; as it is where it does not begin with a chunk."""
    parts: list[bytes] = []
    at = 0
    while True:
        head = _CHUNK.match(body, at)
        if head is None:
            if at == 0:
                return body
            raise Unreadable("damaged", f"a chunk of the page is broken at byte {at:,} of its body")
        size = int(head.group(1), 16)
        if size == 0:
            return b"".join(parts)
        part = body[head.end() : head.end() + size]
        if len(part) < size:
            raise Unreadable("damaged", "the page's last chunk is cut short")
        parts.append(part)
        at = head.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else int(body[at : at + 1] == b"\n")


def _inflated(body: bytes, bits: int) -> bytes:
    unpacker = zlib.decompressobj(bits)
    data = unpacker.decompress(body, MAX_DOCUMENT_BYTES + 1)
    if not unpacker.eof and len(data) <= MAX_DOCUMENT_BYTES:
        raise zlib.error("it ends in the middle")
    return data


def _deflated(body: bytes) -> bytes:
    try:
        return _inflated(body, zlib.MAX_WBITS)
    except zlib.error:
        return _inflated(body, -zlib.MAX_WBITS)  # what many servers take deflate for


def _through(reader: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
    def unpack(body: bytes) -> bytes:
        parts, room, source = [], MAX_DOCUMENT_BYTES + 1, reader(io.BytesIO(body))
        while room > 0 and (part := source.read(room)):
            parts.append(part)
            room -= len(part)
        return b"".join(parts)

    return unpack


def _gunzipped(body: bytes) -> bytes:
    return _inflated(body, zlib.MAX_WBITS | 16)


DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
    "br": _through(BrotliReader),
    "zstd": _through(ZstdReader),
}


def _decoded(body: bytes, name: str) -> bytes:
    if name in ("", "identity", "none"):
        return body
    decoder = DECODERS.get(name)
    if decoder is None:
        if _MARKUP.match(body):
            return body
        raise Unreadable(
            "unknown_format", f"the page is encoded as '{name[:40]}'; these are undone: {', '.join(DECODERS)}"
        )
    try:
        return decoder(body)
    except (zlib.error, OSError, ValueError, EOFError) as error:
        if _MARKUP.match(body):
            return body
        raise Unreadable("damaged", f"the page's {name} encoding is broken: {error}") from error
