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
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import ftfy.bad_codecs  # noqa: F401  (registers the sloppy-windows-* tables)
from ftfy.badness import BADNESS_RE

from pipelines.clean.lost import blanked, restored, shortened
from pipelines.text import Edit, Text

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
    sequence: re.Pattern[str]
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
    return Table(name, to_byte, re.compile(sequence), re.compile(f"(?:{sequence})+"), lossy)


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
    return "|".join([*parts, "\u00e2\u20ac", "[\u0080-\u009f]"])


class Repair(NamedTuple):
    """A run of characters, what it stands for, and the table through which it was misread."""

    start: int
    end: int
    replacement: str
    table: str


# What UTF-8 sequences in news stand for: letters, marks, punctuation, signs and emoji; never control or unassigned characters.
_PLAUSIBLE = frozenset(
    ("Lu", "Ll", "Lo", "Lm", "Mn", "Mc", "Nd", "No", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs")
)
_FORMAT = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2060\ufeff\ufe0f")
# Letters that no newspaper prints, but that two wrong characters often spell: long s, clicks, phonetics, N'Ko, Syriac, Samaritan.
_UNLIKELY = re.compile(
    "[\u017f-\u019f\u01a2-\u01ae\u01b1-\u01cc\u01dd-\u0217\u021c-\u02ba\u02bd-\u02c5\u02c8-\u02d7\u02de-\u02ff\u0305\u030d-\u0322\u0324-\u0326\u0329-\u0373"
    "\u03cf-\u03ff\u0460-\u048f\u04ba-\u058f\u0700-\u08ff]"
)
# Scripts whose words may hold letters of one another.
_TOGETHER = frozenset(
    ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "FULLWIDTH", "HALFWIDTH", "BOPOMOFO")
)


@lru_cache(maxsize=8192)
def _script(char: str) -> str:
    """The script of a letter of an alphabet, by the first word of its name; empty for what may stand beside any letter."""
    if not char.isalpha():
        return ""
    script = unicodedata.name(char, "").split(" ", 1)[0]
    # Signs that Unicode counts as letters (ª, º, µ) say nothing about a script.
    return "" if script in _TOGETHER or script in ("FEMININE", "MASCULINE", "MODIFIER", "MICRO") else script


def _mixed(text: str) -> bool:
    """Whether letters of two alphabets stand side by side."""
    before = ""
    for char in text:
        script = _script(char)
        if script and before and script != before:
            return True
        before = script
    return False


def _decode(run: str, table: Table) -> str | None:
    """What the run stands for, layers of the same mistake peeled off; None where it is no UTF-8."""
    for _ in range(4):
        try:
            run = bytes(table.to_byte[ord(char)] for char in run).decode("utf-8")
        except UnicodeDecodeError:
            return None
        if not table.runs.fullmatch(run):
            break
    plausible = all(unicodedata.category(char) in _PLAUSIBLE or char in _FORMAT for char in run)
    return run if plausible and not _UNLIKELY.search(run) else None


@lru_cache(maxsize=8192)
def _judge(before: str, run: str, after: str, name: str) -> tuple[str | None, bool]:
    """The reading of a run between two characters, and whether the run is bad beyond doubt."""
    read = _decode(run, next(table for table in tables() if table.name == name))
    if read is None:
        return None, False
    new = before + read + after
    if _mixed(new) or BADNESS_RE.search(new):
        return None, False
    old = before + run + after
    signs_for_letters = before.isalpha() and after.isalpha() and read.isalpha() and not any(map(str.isalpha, run))
    return read, signs_for_letters or _mixed(old) or bool(BADNESS_RE.search(old))


_AGREED = 2  # sure runs of one table that make the doubtful runs of the same table believable


def misreadings(text: str) -> list[Repair]:
    """The runs of ``text`` that are misread, in order and disjoint."""
    if text.isascii():
        return []
    sure, doubtful = _found(text)
    votes = _votes(sure)
    short = shortened(text) if votes["western"] >= _AGREED else []
    if short:
        # What stands beside a sequence that lost a byte is read as if it stood alone.
        alone = _found(blanked(text, short))
        if (counted := _votes(alone[0]))["western"] == max(counted.values(), default=0):
            (sure, doubtful), votes = alone, counted
        else:
            short = []  # it is another table's text
    believed = Counter(repair.table for repair in sure)
    kept = _disjoint([*sure, *(repair for repair in doubtful if believed[repair.table] >= _AGREED)], votes)
    if short:
        mended = Text(text, [Edit(*one[:3], "mojibake", one.table) for one in sorted(kept)])
        kept += [Repair(*one, "lost_byte") for one in restored(short, mended)]
    if believed["western"] >= _AGREED and "\xa0" not in text:
        kept += _lost_spaces(text, kept)
    if controls := _controls(text):
        taken = _places(kept)
        kept += [Repair(at, at + 1, read, "western") for at, read in controls if at not in taken]
    return sorted(kept)


_FOREIGN = re.compile("[^\x00-\x7f]{2,}")


def _found(text: str) -> tuple[list[Repair], list[Repair]]:
    """The runs that are bad beyond doubt and those that only may be, of all tables; they may overlap."""
    sure: list[Repair] = []
    doubtful: list[Repair] = []
    # Every sequence is two characters beyond ASCII at least: looked for once, not by each table.
    places = [found.span() for found in _FOREIGN.finditer(text)]
    for table in tables():
        for place in places:
            for found in table.runs.finditer(text, *place):
                for start, end, read, certain in _readings(text, *found.span(), table):
                    (sure if certain else doubtful).append(Repair(start, end, read, table.name))
        if table.lossy is not None and "\u00e2\u20ac" in text:
            sure += [Repair(*found.span(), "\u201d", table.name) for found in table.lossy.finditer(text)]
    return sure, doubtful


def _votes(sure: list[Repair]) -> Counter[str]:
    """How many characters each table explains."""
    votes = Counter[str]()
    for repair in sure:
        votes[repair.table] += repair.end - repair.start
    return votes


def _readings(text: str, start: int, end: int, table: Table) -> Iterator[tuple[int, int, str, bool]]:
    """The readings of a run: as a whole, else each of its sequences."""
    read, certain = _judge(text[max(0, start - 1) : start], text[start:end], text[end : end + 1], table.name)
    if read is not None:
        yield start, end, read, certain
        return
    for one in table.sequence.finditer(text, start, end):
        if one.span() == (start, end):
            return
        first, last = one.span()
        read, certain = _judge(text[max(0, first - 1) : first], one[0], text[last : last + 1], table.name)
        if read is not None:
            yield first, last, read, certain


def _places(repairs: list[Repair]) -> set[int]:
    return {at for repair in repairs for at in range(repair.start, repair.end)}


_RANK = {name: rank for rank, (name, _) in enumerate(TABLES)}


def _disjoint(found: list[Repair], votes: Counter[str]) -> list[Repair]:
    """Runs that do not overlap: the longest first, then those of the table that explains most of the text."""
    taken: set[int] = set()
    kept = []
    for repair in sorted(found, key=lambda one: (one.start - one.end, -votes[one.table], _RANK[one.table], one)):
        places = range(repair.start, repair.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(repair)
    return kept


_LINE_ENDS = re.compile("[\n\r\x0b\x0c\u2028\u2029]")
_C1 = re.compile("[\x80-\x9f]")


def _controls(text: str) -> list[tuple[int, str]]:
    """Control characters that Windows-1252 reads as signs, with their reading."""
    found = []
    for piece in _C1.finditer(text):
        at = piece.start()
        char = bytes([ord(piece[0])]).decode("sloppy-windows-1252")
        if "\x80" <= char <= "\x9f":
            continue
        # 85 is also a line end: it reads as an ellipsis only inside a line.
        if piece[0] == "\x85":
            before, after = text[max(0, at - 40) : at], text[at + 1 : at + 41]
            if not _LINE_ENDS.split(before)[-1].strip() or not _LINE_ENDS.split(after)[0].strip():
                continue
        found.append((at, char))
    return found


@lru_cache(maxsize=1)
def _spaced() -> re.Pattern[str]:
    """UTF-8 read as Windows-1252 whose byte A0 was turned into a plain space."""
    char_of = {byte: bytes([byte]).decode("sloppy-windows-1252") for byte in range(0x80, 0x100)}
    trail = _class("".join(char_of[byte] for byte in range(0x80, 0xC0)) + "".join(map(chr, range(0x80, 0xA0))))
    three = _class("".join(char_of[byte] for byte in range(0xE2, 0xF0)))
    two = _class("".join(char_of[byte] for byte in (0xC2, 0xC3, 0xC5, 0xCE, 0xD0, 0xD9)))
    return re.compile(f"{three} {trail}|{three}{trail} |{two} ")


def _lost_spaces(text: str, kept: list[Repair]) -> list[Repair]:
    """Sequences that lost a byte to a plain space, in a text that is misread elsewhere."""
    to_byte = tables()[0].to_byte
    taken = _places(kept)
    found = []
    for piece in _spaced().finditer(text):
        start, end = piece.span()
        if not taken.isdisjoint(range(start, end)):
            continue
        try:
            read = bytes(0xA0 if char == " " else to_byte[ord(char)] for char in piece[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        # One space before a word is the word's: the lost one fell together with it.
        if end - start == 2 and text[end : end + 1].isalpha() and read == "à":
            end -= 1
        found.append(Repair(start, end, read, "western"))
    return found
