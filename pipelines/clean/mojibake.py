"""UTF-8 that was read with the wrong character table, found at the smallest run of characters and read again.

What belongs here: which runs of characters are such mistakes, and what they stand for. What does not: entities, tags and
control characters (:mod:`pipelines.clean.markup`), or any cosmetic change: curly quotes, ligatures and full-width letters
are what the outlet printed.

The plan is ftfy's (encode with a table, decode as UTF-8, accept what is less bad), but asked of each run alone: a line
that also holds one correct curly quote has no plan as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import ftfy.bad_codecs  # noqa: F401  (registers the sloppy-windows-* tables)
from ftfy.badness import BADNESS_RE

# Tables in the order in which they are tried: how often each is met in news text.
TABLES = (
    ("western", "sloppy-windows-1252"),
    ("macroman", "mac_roman"),
    ("cyrillic", "sloppy-windows-1251"),
    ("dos", "cp437"),
    ("central", "sloppy-windows-1250"),
    ("turkish", "sloppy-windows-1254"),
    ("greek", "sloppy-windows-1253"),
)


@dataclass(frozen=True)
class Table:
    """A character table: how its characters go back to bytes, and what UTF-8 looks like through it."""

    name: str
    to_byte: dict[int, int]
    runs: re.Pattern[str]
    lossy: re.Pattern[str] | None


def _class(chars: str) -> str:
    return "[" + "".join(re.escape(char) for char in sorted(set(chars))) + "]"


def _table(name: str, codec: str) -> Table:
    char_of = {byte: bytes([byte]).decode(codec) for byte in range(0x80, 0x100)}
    to_byte = {ord(char): byte for byte, char in char_of.items()}
    # Latin-1 readers leave the bytes 80 to 9F as control characters: one table serves for both.
    if codec == "sloppy-windows-1252":
        to_byte |= {byte: byte for byte in range(0x80, 0xA0)}

    def chars(first: int, last: int) -> str:
        return _class("".join(chr(code) for code, byte in to_byte.items() if first <= byte <= last))

    trail = chars(0x80, 0xBF)
    sequence = rf"{chars(0xC2, 0xDF)}{trail}|{chars(0xE0, 0xEF)}{trail}{{2}}|{chars(0xF0, 0xF4)}{trail}{{3}}"
    lossy = None
    if name == "western":
        # A closing double quote ends in byte 9D, which cp1252 does not have: often dropped, or turned into a sign.
        lossy = re.compile(f"{char_of[0xE2]}{char_of[0x80]}(?:\ufffd|\\?(?=[\\s.,;:)\\]]|$)|(?!{trail})|(?=[\u00e2]))")
    return Table(name, to_byte, re.compile(f"(?:{sequence})+"), lossy)


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """All character tables, built once."""
    return tuple(_table(name, codec) for name, codec in TABLES)


def suspicion() -> str:
    """A regex for whole frames: a lead character followed by a trail character of the same table."""
    parts = []
    for name, codec in TABLES:
        char_of = {byte: bytes([byte]).decode(codec) for byte in range(0x80, 0x100)}
        trail = "".join(char_of[byte] for byte in range(0x80, 0xC0))
        if name == "western":
            trail += "".join(map(chr, range(0x80, 0xA0)))
        lead = _class("".join(char_of[byte] for byte in range(0xC2, 0xF5)))
        parts.append(f"{lead}{_class(trail)}")
    return "|".join([*parts, "\u00e2\u20ac", "[\u0080-\u0084\u0086-\u009f]"])


class Repair(NamedTuple):
    """A run of characters, what it stands for, and the table through which it was misread."""

    start: int
    end: int
    replacement: str
    table: str


# What UTF-8 sequences in news stand for: letters, marks, punctuation, signs and emoji; never control or unassigned characters.
_PLAUSIBLE = frozenset(("Lu", "Ll", "Lo", "Lm", "Mn", "Mc", "Nd", "No", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs"))
_FORMAT = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2060\ufeff\ufe0f\u2009\u202f")


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """The script of a letter, by the first word of its name; empty for what is no letter."""
    if not char.isalpha():
        return ""
    name = unicodedata.name(char, "")
    script = name.split(" ", 1)[0]
    # Signs that Unicode counts as letters (ª, º, ƒ as used for florins) say nothing about a script.
    return "" if script in ("FEMININE", "MASCULINE", "MODIFIER", "MICRO") else script


def _mixed(text: str) -> bool:
    """Whether letters of two scripts stand side by side."""
    before = ""
    for char in text:
        script = _script(char)
        if script and before and script != before:
            return True
        before = script
    return False


@lru_cache(maxsize=4096)
def _plausible(text: str) -> bool:
    return all(unicodedata.category(char) in _PLAUSIBLE or char in _FORMAT for char in text)


def _decode(run: str, table: Table) -> str | None:
    """What the run stands for, layers of the same mistake peeled off; None where it is no UTF-8."""
    for _ in range(4):
        try:
            run = bytes(table.to_byte[ord(char)] for char in run).decode("utf-8")
        except UnicodeDecodeError:
            return None
        if not table.runs.fullmatch(run):
            return run
    return run


@lru_cache(maxsize=8192)
def _judge(before: str, run: str, after: str, name: str) -> tuple[str | None, bool]:
    """The reading of a run between two characters, and whether the run is bad beyond doubt."""
    table = next(table for table in tables() if table.name == name)
    read = _decode(run, table)
    if read is None or not _plausible(read):
        return None, False
    new = before + read + after
    if _mixed(new) or BADNESS_RE.search(new):
        return None, False
    old = before + run + after
    return read, bool(BADNESS_RE.search(old)) or (_mixed(old) and not _mixed(run))


_AGREED = 2  # sure runs of one table that make the doubtful runs of the same table believable


def misreadings(text: str) -> list[Repair]:
    """The runs of ``text`` that are misread UTF-8, in order and disjoint."""
    if text.isascii():
        return []
    sure: list[Repair] = []
    doubtful: list[Repair] = []
    taken: set[int] = set()
    for table in tables():
        for found in table.runs.finditer(text):
            start, end = found.span()
            if taken and not taken.isdisjoint(range(start, end)):
                continue
            read, certain = _judge(text[start - 1 : start], found[0], text[end : end + 1], table.name)
            if read is None:
                continue
            (sure if certain else doubtful).append(Repair(start, end, read, table.name))
            if certain:
                taken.update(range(start, end))
        if table.lossy is not None and "\u00e2\u20ac" in text:
            for found in table.lossy.finditer(text):
                if taken.isdisjoint(range(*found.span())):
                    sure.append(Repair(found.start(), found.end(), "\u201d", table.name))
                    taken.update(range(*found.span()))
    votes = Counter(repair.table for repair in sure)
    for repair in doubtful:
        if votes[repair.table] >= _AGREED and taken.isdisjoint(range(repair.start, repair.end)):
            sure.append(repair)
            taken.update(range(repair.start, repair.end))
    return sorted(sure)
