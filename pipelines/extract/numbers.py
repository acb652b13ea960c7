"""Numbers as news text writes them, in digits and in words, found in one pass.

What belongs here: the scan. What does not: the values (:mod:`numerals`, :mod:`number_words`), and whether a number is
a quantity, a date or a part of a name (:mod:`quantities` and its rooms).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from pipelines import scan
from pipelines.extract import number_words
from pipelines.extract.numerals import CHAIN, VULGAR, Number, chain

_EDGES = r"\s\"'“”‘’«»„()\[\]{}<>$€£¥₹₽₺₩₪₦₿฿₫₡₾₭₸₼₱৳₴+~≈≤≥=.,:;!?/*#@&%_|^‐‑–—−\-"


@cache
def _scanner() -> re.Pattern[str]:
    # Letters before the digits may be a currency's sign (USD115, euro110); the reader of the chain decides.
    return re.compile(rf"[{_EDGES}](?:({CHAIN})|({number_words.pattern()})(?!\w)|(?:[A-Z]{{1,4}}|euro)({CHAIN}))")


@cache
def _may_begin(word_end: str) -> str:
    """A pattern for the character before all that the scanner may take, and few others, for Rust or for Python."""
    words = "|".join(sorted(number_words.known(), key=lambda word: (-len(word), word)))
    return rf"(?:^|[^0-9A-Za-z])(?:(?:[A-Z]{{0,4}}|euro)[0-9{VULGAR}]|(?i:{words}){word_end})"


def places(texts: Sequence[str]) -> Iterator[list[int]]:
    r"""For each text the places, in order, behind which a number may begin: all of them, and few others.

    >>> list(places(["Two or 3.", "it was none of 21 or \x01 five"]))
    [[0, 6], [14, 22]]
    """
    in_python = re.compile(_may_begin("(?![0-9A-Za-z_])"))
    return scan.places(texts, _may_begin(r"(?-u:\b)"), in_python)


def numbers(text: str, start: int, end: int, at_places: list[int] | None = None) -> list[Number]:
    """The numbers of ``text[start:end]`` in order; chains of digits that are none (dates, phone numbers) are left out.

    ``at_places`` are the text's :func:`places`, where they are known.

    >>> text = "two hundred and five, 3.5 million, tens of thousands, 21st"
    >>> [(n.low, n.high, n.kind) for n in numbers(text, 0, len(text))]
    [(205.0, 205.0, 'cardinal'), (3500000.0, 3500000.0, 'cardinal'), (10000.0, 100000.0, 'vague'), (21.0, 21.0, 'ordinal')]
    """
    if at_places is None:
        (at_places,) = places([text])
    candidates = at_places[bisect_left(at_places, start - 1) : bisect_left(at_places, end)]
    if not candidates:
        return []
    shift = 0
    if start == 0:
        # the scanner needs a character before the first candidate
        text, start, end, shift = " " + text[:end], 1, end + 1, 1
        candidates = [0, *(place + 1 for place in candidates)]
    at = start - 1
    found: list[Number] = []
    scan = _scanner().match
    for place in candidates:
        match = scan(text, place, end) if place >= at else None
        if match is None:
            continue
        group = match.lastindex or 1
        begin, finish = match.span(group)
        more, at = (number_words.run if group == 2 else chain)(text, begin, finish, end)
        found += more
    if shift:
        return [_new(Number, (number[0] - shift, number[1] - shift, *number[2:])) for number in found]
    return found


_new = tuple.__new__
