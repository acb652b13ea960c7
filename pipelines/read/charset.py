"""Bytes to characters: byte order mark, then validity as UTF-8, then the declaration, then guesses.

What belongs here: choosing an encoding and saying which. What does not: repairing what was decoded wrongly upstream
(mojibake is clean's work).
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import charset_normalizer

from pipelines.read.labels import codec_of

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, the longer before those that they begin with."""

DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
"""A declaration as HTML (``<meta charset=…>``) and XML (``encoding="…"``) write it, within the first kilobyte."""

SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
HIGH = re.compile(rb"[\x80-\xff]")

SAMPLE_BYTES = 65_536
"""How much of a document a guess looks at; more does not make it surer, only slower."""

FOREIGN_SHARE = 0.2
"""Share of letters beyond ASCII above which "it must be Western" is no longer a safe reading of unknown bytes."""


class Undecodable(ValueError):
    """The bytes are text in no encoding that could be told."""


class Decoded(NamedTuple):
    """Text and the name of the encoding that it was read with."""

    text: str
    encoding: str


def _mend(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: a byte that is not UTF-8 inside a text that is, read as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "replace"), error.end


codecs.register_error("newsledger-mend", _mend)


def _as_mixed_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with stray bytes of another encoding, told by two in three of its sequences being sound; else None.

    >>> _as_mixed_utf8("“déjà”, naïve “vu”".encode() + b" caf\\xe9")
    Decoded(text='“déjà”, naïve “vu” café', encoding='utf-8+windows-1252')
    """
    rest, sound = SEQUENCE.subn(b"", data)
    stray = len(HIGH.findall(rest))
    if sound < 2 * stray:
        return None
    return Decoded(data.decode("utf-8", "newsledger-mend"), "utf-8+windows-1252")


def _unmapped(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: a byte that a single-byte encoding leaves free is the control character of its number."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("newsledger-unmapped", _unmapped)


def _prescan(data: bytes) -> str | None:
    """The encoding that a page declares within its first 1,024 bytes; comments declare nothing."""
    found = DECLARED.search(COMMENT.sub(b"", data[:1024]))
    return found.group(1).decode("ascii") if found else None


def _as_declared(data: bytes, declared: str | None) -> Decoded | None:
    # Pages that say Latin-1 are read as Windows-1252, as browsers do (WHATWG Encoding Standard, section 4.2).
    name = codec_of(declared or _prescan(data) or "")
    if name is None:
        return None
    try:
        return Decoded(data.decode(name, "newsledger-unmapped" if name == "cp1252" else "strict"), name)
    except UnicodeError:
        return None  # a declaration that is wrong is passed over


def _guessed(data: bytes) -> Decoded:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    letters = sum(map(str.isalpha, text))
    foreign = sum(1 for char in text if char > "\x7f" and char.isalpha())
    if text and foreign <= FOREIGN_SHARE * letters:
        return Decoded(text, "cp1252")
    best = charset_normalizer.from_bytes(data[:SAMPLE_BYTES]).best()
    if best is not None:
        try:
            return Decoded(data.decode(best.encoding), best.encoding)
        except UnicodeDecodeError:
            pass  # the sample misled; fall through to the plain word that nothing fits
    if text:
        return Decoded(text, "cp1252")
    raise Undecodable("the bytes are valid in no character encoding that could be told")


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of ``data`` without its byte order mark. Raises :class:`Undecodable`.

    >>> decode(b"caf\\xc3\\xa9")
    Decoded(text='café', encoding='utf-8')
    >>> decode("\\ufeffcafé".encode("utf-16-le"))
    Decoded(text='café', encoding='utf-16-le')
    >>> decode(b"caf\\xe9 \\x93noir\\x94 au comptoir")
    Decoded(text='café “noir” au comptoir', encoding='cp1252')
    """
    marked = _as_marked(data)
    if marked:
        return marked
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _as_declared(data, declared) or _as_mixed_utf8(data) or _guessed(data)


def _as_marked(data: bytes) -> Decoded | None:
    for mark, name in BOMS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(name), name)
            except UnicodeDecodeError as error:
                raise Undecodable(f"it begins with the byte order mark of {name} but is not valid {name}") from error
    return None


def decode_page(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a page as browsers decide it: byte order mark, then ``declared`` (of the response's header), then the
    page's own declaration; where none of them reads the bytes, as :func:`decode`. Raises :class:`Undecodable`.

    >>> decode_page(b'<meta charset=latin-1><p>caf\\xe9 \\x93noir\\x94')
    Decoded(text='<meta charset=latin-1><p>café “noir”', encoding='cp1252')
    >>> decode_page('<meta charset=latin-1><p>café'.encode(), "utf-8").encoding
    'utf-8'
    """
    return _as_marked(data) or _as_declared(data, declared) or decode(data)
