"""What is refused whatever its format: nothing there, too much, or no text.

What belongs here: documents as bytes and as text. What does not: what is wrong inside a format (the format's module).
"""

from __future__ import annotations

from pipelines.read import charset
from pipelines.read.inputs import MAX_DOCUMENT_BYTES, MAX_LINES, Input, Reject

MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip file; unpack it, or end its name in .gz"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file; unpack it first"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
)
"""First bytes of common files that are not text, so that the reject can say what the input is."""

CONTROL = bytes({*range(32), 127} - {*b"\t\n\v\f\r\x1b"})
"""Control characters that no text is made of."""

LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
"""Characters that end a line wherever text is read line by line."""

CONTROL_SHARE = 1 / 16
"""Share of control characters above which bytes are no text. In random bytes it is about a tenth."""


def refusal(item: Input) -> Reject | None:
    """What the bytes alone give away: nothing there, too much, or no text."""
    size = len(item.data)
    if not item.data.strip():
        return Reject(
            item.place, "empty", "there is nothing in it but white space" if size else "it has no bytes", size
        )
    if size > MAX_DOCUMENT_BYTES:
        return Reject(item.place, "too_large", f"{size:,} bytes; a document may have {MAX_DOCUMENT_BYTES:,}", size)
    what = next((name for magic, name in MAGIC if item.data.startswith(magic)), None)
    if what is not None:
        return Reject(item.place, "binary", f"it is {what}, not text", size)
    if item.form != "record" and not item.data.startswith(tuple(mark for mark, _ in charset.BOMS)):
        sample = item.data[: charset.SAMPLE_BYTES]
        control = len(sample) - len(sample.translate(None, CONTROL))
        if control > CONTROL_SHARE * len(sample):
            detail = f"{control:,} of its first {len(sample):,} bytes are control characters: it is not text"
            return Reject(item.place, "binary", detail, size)
    return None


def refusal_of_text(item: Input, text: str) -> Reject | None:
    """What the decoded text gives away: a NUL character, lines without end, or nothing but white space."""
    size = len(item.data)
    if "\x00" in text:
        return Reject(
            item.place, "binary", f"it holds a NUL character at {text.index(chr(0))}: no text file does", size
        )
    if len(text) > MAX_LINES and sum(map(text.count, LINE_ENDS)) > MAX_LINES:
        return Reject(item.place, "too_large", f"more than {MAX_LINES:,} lines: it is no article. Split it", size)
    if not text.strip("\ufeff\u200b \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0"):
        return Reject(item.place, "empty", "there is nothing in it but white space", size)
    return None
