"""Phrases of time: which rows of parts are read, and by which reader.

What belongs here: the grammar of ``seeds/reference/en/time_phrases.toml`` compiled, and the search for the next phrase. What
does not: words (:mod:`times_words`) and readings.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipelines.extract.times_words import PARTS
from pipelines.rules import RuleError, load_toml

_NAME = re.compile(r"[a-z_]+")
_GAP = re.compile(r"\s+")
_DEPTH = 2
"""So many parts tell which phrases may begin at a place."""


def _rows() -> list[tuple[str, str]]:
    """Each phrase's reader and its pattern over the characters of parts, macros filled in."""
    grammar = load_toml("reference/en/time_phrases.toml")
    macros: dict[str, str] = {}

    def expanded(match: re.Match[str]) -> str:
        name = match.group()
        if name in PARTS:
            return PARTS[name]
        if name not in macros:
            raise RuleError(f"time_phrases.toml: no word plays the part {name!r}, and no macro before it has the name")
        return macros[name]

    for name, row in grammar["macros"].items():
        macros[name] = "(?:" + _GAP.sub("", _NAME.sub(expanded, row)) + ")"
    return [(phrase["reads"], _GAP.sub("", _NAME.sub(expanded, phrase["row"]))) for phrase in grammar["phrase"]]


def openings(row: str) -> frozenset[str]:
    """The first parts, at most two, of all that a pattern matches; shorter ones are whole matches.

    Patterns know sequence, ``|``, ``(?:…)`` and ``? * +``, which is all that the grammar uses.

    >>> sorted(openings("a?(?:bc|d)e*"))
    ['ab', 'ad', 'bc', 'd', 'de']
    """
    found, rest = _either(row)
    if rest:
        raise RuleError(f"time_phrases.toml: a bracket too many before {rest!r}")
    return frozenset(found)


def _either(row: str) -> tuple[set[str], str]:
    found: set[str] = set()
    while True:
        one, row = _sequence(row)
        found |= one
        if not row.startswith("|"):
            return found, row
        row = row[1:]


def _sequence(row: str) -> tuple[set[str], str]:
    found = {""}
    while row and row[0] not in "|)":
        if row.startswith("(?:"):
            one, row = _either(row[3:])
            row = row[1:]
        else:
            one, row = {row[0]}, row[1:]
        if row[:1] in ("?", "*", "+"):
            more = one if row[0] == "?" else _joined(one, one) | one
            one, row = more | ({""} if row[0] in "?*" else set()), row[1:]
        found = _joined(found, one)
    return found, row


def _joined(before: set[str], after: set[str]) -> set[str]:
    return {(a + b)[:_DEPTH] for a in before for b in after}


class Grammar:
    """The phrases by what they begin with."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        self._rows = rows
        self._openings = [openings(row) for _, row in rows]
        pairs: dict[str, set[str]] = {}
        for opening in frozenset().union(*self._openings):
            pairs.setdefault(opening[0], set()).add(opening[1:])
        self._next = re.compile(
            "|".join(
                first if "" in seconds else f"{first}(?=[{''.join(sorted(seconds))}])"
                for first, seconds in sorted(pairs.items())
            )
        )
        self._at = cache(self._phrases_at)
        self.phrase = lru_cache(maxsize=1 << 16)(self._phrase)
        """The next phrase of a row of parts from a place on: reader, first token, token behind the last. Rows are alike."""

    def _phrases_at(self, opening: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
        """The phrases that may begin with two parts, as one pattern, and the readers of its groups."""
        kept = [k for k, known in enumerate(self._openings) if opening in known or opening[0] in known]
        pattern = re.compile("|".join(f"({self._rows[k][1]})" for k in kept) or "(?!)")
        return pattern, ("", *(self._rows[k][0] for k in kept))

    def _phrase(self, row: str, at: int) -> tuple[str, int, int] | None:
        while found := self._next.search(row, at):
            at = found.start()
            pattern, readers = self._at(row[at : at + _DEPTH])
            match = pattern.match(row, at)
            if match:
                return readers[match.lastindex or 0], at, match.end()
            at += 1
        return None


GRAMMAR = Grammar(_rows())
"""The grammar of English."""
