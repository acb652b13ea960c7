"""A time expression as read, and the text in which it is read.

What belongs here: the two records that the readers share, and the questions that all of them ask. What does not: the
readers (:mod:`times_days`, :mod:`times_spans`).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.extract.times_calendar import UNDERSPECIFIED, interval, shift, value_of
from pipelines.extract.times_tense import direction
from pipelines.extract.times_tokens import Tokens
from pipelines.extract.times_words import FRACTIONS, MODIFIERS, PARTS, VALUES


class Found(NamedTuple):
    """A reading of the tokens ``[first, last)``."""

    first: int
    last: int
    kind: str
    """DATE, TIME, DURATION or SET"""
    value: str
    rule: str
    modifier: str | None = None
    anchor: dt.date | None = None
    """The day that the value was counted from"""
    stated: bool = False
    """The text itself states the year"""
    span: tuple[dt.date, dt.date] | None = None
    """First and last day, where the value alone does not tell them"""
    also: tuple[Found, ...] = ()
    """What the same words state besides: the other end of a range"""


class _Characters(dict[tuple[str, ...], str]):
    """The characters of parts by their names, made once for each set of names that is asked for."""

    def __missing__(self, names: tuple[str, ...]) -> str:
        made = self[names] = "".join(PARTS[name] for name in names)
        return made


_CHARACTERS = _Characters()


_COUNTED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|only|[0-9]+(?:st|nd|rd|th)|most|least|lowest|highest"
    r"|worst|best|largest|biggest|smallest|longest)\b"
)


_BESIDE = 24
"""So many characters behind a day ahead, a weekday without a verb is ahead too."""
_NEAR = 500
"""So many characters behind a day, hours are still hours of it."""


@dataclass(slots=True)
class Passage:
    """A piece of text that is being read: a block of an article, and what was read in it before."""

    text: str
    low: int
    high: int
    published: dt.date | None
    told: str = ""
    """The value of the date that the text spoke of last"""
    told_day: str = ""
    """The value of the day that it spoke of last"""

    near_day: str = ""
    """The value of the day that it spoke of last, a weekday of no known week included, and where it ends"""
    near_end: int = 0

    tokens: Tokens = field(default_factory=lambda: Tokens("", [], [], []))

    def part(self, name: str, first: int, last: int) -> int:
        """The first token of a part in ``[first, last)``, or -1."""
        return self.tokens.row.find(PARTS[name], first, last)

    def is_part(self, at: int, *names: str) -> bool:
        """Whether the token at a place is there and plays one of these parts."""
        row = self.tokens.row
        return 0 <= at < len(row) and row[at] in _CHARACTERS[names]

    def word(self, at: int) -> str:
        """The token at a place in lower case; empty where there is none."""
        return self.tokens.words[at] if 0 <= at < len(self.tokens.words) else ""

    def value(self, at: int) -> int | str:
        """What the word of a token says (:data:`times_words.VALUES`)."""
        return VALUES[self.tokens.words[at].rstrip(".")]

    def direction(self, first: int, last: int) -> int:
        """Below 0, 0 or above 0: whether the sentence tells of what lies behind or ahead (:mod:`times_tense`)."""
        return direction(self.text, self.tokens.starts[first], self.tokens.ends[last - 1], self.low, self.high)

    def told_before(self, first: int) -> int:
        """As :meth:`direction`, by the words before the expression alone."""
        start = self.tokens.starts[first]
        return direction(self.text, start, start, self.low, start)

    def counted_before(self, first: int) -> bool:
        """Whether an ordinal or a superlative stands in the clause before: the fifth coach in four years."""
        return (
            _COUNTED.search(self.text, max(self.low, self.tokens.starts[first] - 60), self.tokens.starts[first])
            is not None
        )

    def base(self, word: str, unit: str = "Y") -> tuple[dt.date | None, str]:
        """The day that a relative expression counts from, and the unit at which the text stated it.

        ``that``, ``same``, ``following`` and their like count from the date told last, the others from publication.
        """
        told = (self.told_day or self.told) if unit in ("D", "W") else self.told
        if word in BACK_TO_TEXT and told and (days := interval(told)):
            return days[0], unit_of(told)
        return self.published, "D"

    def day_near(self, first: int) -> str:
        """The day whose hours a token tells: the one that the text spoke of last, if not far before; else nothing."""
        return self.near_day if self.tokens.starts[first] - self.near_end <= _NEAR else ""

    def follows_a_day(self, first: int) -> bool:
        """Whether a day ahead of publication was told in the words right before a token."""
        near = self.tokens.starts[first] - self.near_end <= _BESIDE and self.published is not None
        return near and self.near_day > str(self.published) and "X" not in self.near_day

    def at(self, day: dt.date | None, unit: str) -> str:
        """The value of a unit that holds a day; with X where the day is unknown."""
        return value_of(day, unit) if day else UNDERSPECIFIED[unit]

    def shifted(self, day: dt.date | None, unit: str, count: float) -> dt.date | None:
        """A day at a distance; ``None`` where there is none to count from."""
        return shift(day, "W" if unit == "WE" else unit, count) if day else None


BACK_TO_TEXT = frozenset(
    [
        "that",
        "those",
        "same",
        "following",
        "ensuing",
        "previous",
        "preceding",
        "prior",
        "later",
        "earlier",
        "after",
        "before",
        "other",
        "thereafter",
        "afterward",
        "afterwards",
    ]
)
"""Words that count from the date that the text spoke of last."""

_UNIT_OF = re.compile(
    r"(?P<D>[0-9]{4}-[0-9]{2}-[0-9]{2})|(?P<W>[0-9]{4}-W)|(?P<M>[0-9]{4}-[0-9]{2}$)|(?P<Q>[0-9]{4}-[A-Z])|(?P<Y>[0-9]{4}$)"
)


def unit_of(value: str) -> str:
    """How finely a value states a date: D, W, M, Q, Y, or DE for all that is coarser."""
    found = _UNIT_OF.match(value)
    return found.lastgroup or "DE" if found else "DE"


def number_of(passage: Passage, first: int, last: int) -> float | None:
    """The number that tokens ``[first, last)`` state; ``None`` for few, several, dozens.

    >>> from pipelines.extract.times_tokens import tokens
    >>> text = "two and a half years"
    >>> passage = Passage(text, 0, len(text), None, tokens=tokens(text, 0, 0, len(text)))
    >>> number_of(passage, 0, 4)
    2.5
    """
    total, group, seen, half = 0.0, 0.0, False, False
    for k in range(first, last):
        word, part = passage.word(k), passage.tokens.row[k]
        if part in (PARTS["few"], PARTS["dozens"]):
            return None
        if part == PARTS["cardinal"]:
            number = float(VALUES[word])
            if number >= 1000:
                total, group = total + max(group, 1) * number, 0.0
            elif number >= 100 or word == "dozen":
                group = max(group, 1) * number
            else:
                group += number
            seen = True
        elif part in (PARTS["day"], PARTS["number"], PARTS["year"]):
            part_of_one = FRACTIONS.get(word[-1], 0.0)
            try:
                group += float(word.rstrip("½¼¾").replace(",", "")) + part_of_one
            except ValueError:
                return None
            seen = True
        elif part == PARTS["fraction"]:
            group += FRACTIONS[word]
            seen = True
        elif part == PARTS["couple"]:
            return 2.0
        elif part == PARTS["half"]:
            half = True
        elif part == PARTS["article"] and not half and not seen and k == first:
            group = 1.0
    if half and not seen:
        return 0.5
    if first < last and not (total or group):
        return 1.0  # another year, all day
    return total + group + (0.5 if half else 0.0)


def period(number: float | None, unit: str) -> str:
    """A duration's value: ``P4M``, ``PT30M``, ``PXD``.

    >>> period(0.5, "TH"), period(18, "M"), period(None, "D"), period(2, "DE")
    ('PT30M', 'P18M', 'PXD', 'P2DE')
    """
    clock, unit = ("T", unit[1:]) if unit[0] == "T" else ("", unit)
    if number is None:
        return f"P{clock}X{unit}"
    if number == 0.5:
        halves = {"H": (30, "M"), "M": (30, "S"), "CE": (50, "Y"), "DE": (5, "Y"), "Y": (6, "M"), "D": (12, "H")}
        key = unit if clock or unit != "M" else ""
        if key in halves:
            count, unit = halves[key]
            clock = "T" if key == "D" else clock
            number = float(count)
    return f"P{clock}{number:g}{unit}" if number < 1e6 else f"P{clock}{int(number)}{unit}"


_MODIFYING = re.compile(
    "[" + "".join(PARTS[name] for name in ("part", "part_noun", "approximately", "more", "bound", "up")) + "]"
)


def modifier(p: Passage, first: int, last: int) -> str | None:
    """TIMEX3's ``mod``: early, the end of, about, more than, at least."""
    if not _MODIFYING.search(p.tokens.row, first, min(last, first + 4)):
        return None
    for k in range(first, min(last, first + 4)):
        word = p.word(k)
        if p.is_part(k, "part", "part_noun", "approximately") and word in MODIFIERS:
            return MODIFIERS[word]
        if p.is_part(k, "more") and p.is_part(k + 1, "than"):
            return (
                ("EQUAL_OR_LESS" if word == "more" else "EQUAL_OR_MORE")
                if p.is_part(k - 1, "no") and k > first
                else ("MORE_THAN" if word == "more" else "LESS_THAN")
            )
        if p.is_part(k, "bound"):
            return "EQUAL_OR_MORE" if word == "least" else "EQUAL_OR_LESS"
        if p.is_part(k, "up"):
            return "EQUAL_OR_LESS"
    return None


_STEPS = dict.fromkeys(("last", "past", "previous", "preceding", "prior"), -1) | dict.fromkeys(
    ("next", "coming", "following", "ensuing", "upcoming"), 1
)


def step(word: str) -> int:
    """Where a word points: -1 for last and previous, 1 for next and following, 0 for this and that."""
    return _STEPS.get(word, 0)
