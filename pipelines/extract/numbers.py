"""Numbers as news text writes them, in digits and in words, found in one pass.

What belongs here: the scan. What does not: the values (:mod:`numerals`, :mod:`number_words`), and whether a number is
a quantity, a date or a part of a name (:mod:`quantities` and its rooms).
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.extract import number_words
from pipelines.extract.numerals import CHAIN, Number, chain

_EDGES = r"\s\"'“”‘’«»„()\[\]{}<>$€£¥₹₽₺₩₪₦₿฿₫₡₾₭₸₼₱৳₴+~≈≤≥=.,:;!?/*#@&%_|^‐‑–—−\-"


@cache
def _scanner() -> re.Pattern[str]:
    # The character class first lets the engine skip to candidates; a look-behind would be asked at every character.
    # Capitals before the digits may be a currency's sign (USD115); the reader of the chain decides.
    return re.compile(rf"[{_EDGES}](?:({CHAIN})|({number_words.pattern()})(?!\w)|[A-Z]{{1,4}}({CHAIN}))")


def numbers(text: str, start: int, end: int) -> list[Number]:
    """The numbers of ``text[start:end]`` in order; chains of digits that are none (dates, phone numbers) are left out.

    >>> text = "two hundred and five, 3.5 million, tens of thousands, 21st"
    >>> [(n.low, n.high, n.kind) for n in numbers(text, 0, len(text))]
    [(205.0, 205.0, 'cardinal'), (3500000.0, 3500000.0, 'cardinal'), (10000.0, 100000.0, 'vague'), (21.0, 21.0, 'ordinal')]
    """
    shift = 0
    if start == 0:
        # the scanner needs a character before the first candidate
        text, start, end, shift = " " + text[:end], 1, end + 1, 1
    at = start - 1
    found: list[Number] = []
    search = _scanner().search
    while (match := search(text, at, end)) is not None:
        group = match.lastindex or 1
        begin, finish = match.span(group)
        more, at = (number_words.run if group == 2 else chain)(text, begin, finish, end)
        found += more
    if shift:
        return [number._replace(start=number.start - shift, end=number.end - shift) for number in found]
    return found
