"""Single bytes read with the wrong table: old Macintosh text read as Windows-1252, or the other way about.

What belongs here: mistakes that are no UTF-8, so that only the whole document can show them ("donÕt" in every line).
What does not: misread UTF-8 (:mod:`pipelines.clean.mojibake`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_FOREIGN = re.compile(r"[^\x00-\x7f]")
_LINE = re.compile(r"[^\n]+")
_WORSE = 0.5  # strain by which a line may read worse, since few letters are a poor sample
_ENOUGH = 3  # impossible places in a document before its letters are doubted
_TAILS = re.compile(r"(?:s|t|re|ve|ll|d|m)\b")
_ELIDED = re.compile(r"\b(?:[ldcjnsmtoLDCJNSMTO]|[Qq]u|[Dd]ell|[Nn]ell|[Aa]ll|[Ss]ull|[Uu]n)$")
# English places in which these letters stand for an apostrophe or a quotation mark.
_ENGLISH = re.compile(
    r"[a-z][íÕ](?:s|t|re|ve|ll|d|m)\b|(?:^|[\s(])[ìëÒÔ][A-Za-z]|[a-z.,!?][îÓ](?=[\s.,;)]|$)", re.MULTILINE
)
_SIGNS = re.compile("[íÕìëÒÔîÓ]")
_LATIN_END = "\u0250"


SWAPPED = (
    r"\p{Ll}[À-ÖØ-ÞŠŽŸŒ]|[A-Za-zÀ-ÿ][‡ˆ‰‹›Œ†¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶¸¹º»¼½¾¿÷√∂∆≈∑∏π∫Ω≠∞≤≥◊ıˆ˜˘˙˚¸˝˛ˇ][A-Za-zÀ-ÿ]"
    r"|[a-z][íÕ](?:s|t|re|ve|ll|d|m)(?-u:\b)|[\s(][ìëÒÔ][A-Za-z]|[.,!?][îÓ]"
)
"""For whole frames (Rust syntax): documents in which some letter sits in an impossible place."""


class Swap(NamedTuple):
    """A way in which bytes were misread: character for character."""

    name: str
    reading: dict[str, str]


@lru_cache(maxsize=1)
def swaps() -> tuple[Swap, Swap]:
    """Both ways, built once."""
    mac = {byte: bytes([byte]).decode("mac_roman") for byte in range(0x80, 0x100)}
    western = {byte: bytes([byte]).decode("sloppy-windows-1252") for byte in range(0x80, 0x100)}
    return (
        Swap("macroman_as_western", {western[byte]: mac[byte] for byte in mac}),
        Swap("western_as_macroman", {mac[byte]: western[byte] for byte in mac}),
    )


def _strain(head: str, char: str, tail: str) -> float:
    """How badly a character sits between its neighbours: above zero is hardly possible, below zero just right."""
    left, right = head[-1:], tail[:1]
    # Other scripts set their signs between letters as a matter of course.
    between = left.isalpha() and right.isalpha() and left < _LATIN_END and right < _LATIN_END
    if char in "’‘":
        return -1.0 if between and (_TAILS.match(tail) or _ELIDED.search(head)) else 0.0
    if char in "“”„«»–—…•·":
        return (0.5 if char in "“„«" else 0.0) if between else -0.5
    if not char.isalpha():
        return 1.0 if between or unicodedata.category(char) == "Cc" else 0.0
    if char.isupper():
        # A capital behind a small letter; or one alone, as in a sign that became a letter.
        return 1.0 if left.islower() else 0.6 if not left.isalnum() and not right.isalpha() else 0.0
    return 0.5 if between and left.isupper() and right.isupper() else 0.0


def _strains(text: str, reading: dict[str, str] | None) -> tuple[int, float]:
    """Impossible places, and the sum of all strains, of the text as read."""
    table = {ord(char): read for char, read in (reading or {}).items()}
    impossible = 0
    total = 0.0
    for found in _FOREIGN.finditer(text):
        at = found.start()
        # A reading stands character for character, so that only the neighbours need be read.
        head, char, tail = text[max(0, at - 5) : at], found[0], text[at + 1 : at + 4]
        if reading is not None:
            head, char, tail = head.translate(table), reading.get(char, char), tail.translate(table)
        strain = _strain(head, char, tail)
        impossible += strain >= 1.0
        total += strain
    return impossible, total


def swapped(text: str) -> list[tuple[int, str, str]]:
    """Characters that another table explains, with their readings and the way's name; only where the document as a whole
    reads better for it.
    """
    if text.isascii():
        return []
    impossible, before = _strains(text, None)
    told = len(_ENGLISH.findall(text)) if _SIGNS.search(text) and text.count(" the ") >= 3 else 0
    if impossible + told < _ENOUGH:
        return []
    best: tuple[float, Swap] | None = None
    for swap in swaps():
        left, after = _strains(text, swap.reading)
        if left * 5 <= impossible + told and after < before - _ENOUGH + 1.0 and (best is None or after < best[0]):
            best = (after, swap)
    if best is None:
        return []
    reading = best[1].reading
    found = []
    for line in _LINE.finditer(text):
        if line[0].isascii() or _strains(line[0], reading)[1] > _strains(line[0], None)[1] + _WORSE:
            continue  # it came from elsewhere: a line of its own table in a page of another
        found += [
            (line.start() + one.start(), reading[one[0]], best[1].name)
            for one in _FOREIGN.finditer(line[0])
            if reading.get(one[0], one[0]) != one[0] and one[0] != "\xa0"
        ]
    return found
