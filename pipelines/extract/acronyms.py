"""Acronyms that an article spells out itself: "Joint Harbour Board (JHB)".

What belongs here: the bracket, and the words before it. What does not: what else an organisation is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ACRONYM = re.compile(r"((?:[A-Z][\w’'-]*[ ](?:(?:of|for|the|and|on)[ ]){0,2}){1,6}[A-Z][\w’'-]*)[ ]\(([A-Z]{2,7})\)")
_BRACKETED = re.compile(r"[ ]\([A-Z]{2,7}\)")
_REACH = 160
"""Characters before a bracket in which the words that it shortens stand."""


def acronyms(text: str, spans: Iterable[tuple[int, int]]) -> dict[str, str]:
    """The acronyms in pieces of a text, each with the words that it stands for.

    >>> acronyms("The Joint Harbour Board (JHB) met.", [(0, 34)])
    {'JHB': 'Joint Harbour Board'}
    >>> acronyms("He was in New Alder (AFP) then.", [(0, 31)])
    {}
    """
    found: dict[str, str] = {}
    for start, end in spans:
        for bracket in _BRACKETED.finditer(text, start, end):
            # Only the words before a bracket are searched: from every capital on it would be quadratic.
            match = _ACRONYM.search(text, max(start, bracket.start() - _REACH), bracket.end())
            words = _spelled_out(match.group(1), match.group(2)) if match else None
            if match and words:
                found.setdefault(match.group(2), words)
    return found


def _spelled_out(words: str, acronym: str) -> str | None:
    """The last words whose capitals spell the acronym; nothing for "New York (AFP)"."""
    parts = words.split(" ")
    for first in range(len(parts) - 1, -1, -1):
        if "".join(part[0] for part in parts[first:] if part[0].isupper()) == acronym:
            return " ".join(parts[first:])
    letters = iter("".join(part[0] for part in parts).upper())
    return words if all(letter in letters for letter in acronym) else None
