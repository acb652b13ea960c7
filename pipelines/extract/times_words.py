"""The words of time expressions: where one may stand, and the parts that the words around play.

What belongs here: the gate, the words and their parts. What does not: cutting text into tokens (:mod:`times_tokens`), phrases
(:mod:`times_phrases`), and what they stand for. All words are data, in ``seeds/reference/en``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines import scan
from pipelines.extract.times_calendar import HOLIDAYS
from pipelines.rules import load_toml

_DATA = load_toml("reference/en/time_words.toml")
_CALENDAR: dict[str, dict[str, list[str]]] = load_toml("reference/calendar.toml")
_WORDS: dict[str, str] = _DATA["words"]

PARTS = {
    name: chr(0x100 + number)
    for number, name in enumerate(
        [*_WORDS, "unit", "units", "cardinal", "nth", "decade", "day", "year", "number", "ordinal", "clocktime", "numeric",
         "holiday", "comma", "dash", "bracket", "lower", "capital", "stop", "decade_word", "short_year"]
    )
}  # fmt: skip
"""Each part a word can play, as the character that stands for it in a row of tokens."""

LEXICON: dict[str, str] = {}
"""A word in lower case to its part's character."""
VALUES: dict[str, int | str] = {}
"""What a word says: a month's number, a unit's code, a cardinal's value."""

for _name, _words in _WORDS.items():
    for _word in _words.split():
        LEXICON.setdefault(_word, PARTS[_name])
for _code, _forms in _DATA["unit"].items():
    for _part, _words in zip(("unit", "units"), _forms, strict=True):
        for _word in _words.split():
            LEXICON.setdefault(_word, PARTS[_part])
            VALUES[_word] = _code
for _table, _part in (("numbers", "cardinal"), ("ordinals", "nth"), ("decades", "decade_word")):
    for _word, _value in _DATA[_table].items():
        LEXICON.setdefault(_word, PARTS[_part])
        VALUES.setdefault(_word, _value)
for _table in ("frequency", "daypart", "clock", "season", "approximate"):
    for _code, _words in _DATA[_table].items():
        for _word in _words.split():
            VALUES.setdefault(_word, _code)
for _table in ("months", "weekdays"):
    for _code, _listed in _CALENDAR[_table].items():
        for _word in _listed:
            if LEXICON.get(_word) == PARTS[_table[:-1]]:
                VALUES[_word] = int(_code)
            if f"{_word}s" in LEXICON and _table == "weekdays":
                VALUES[f"{_word}s"] = int(_code)

MODIFIERS: dict[str, str] = {word: code for code, words in _DATA["approximate"].items() for word in words.split()}
SECOND = "second"
"""The unit that is also an ordinal."""
LEXICON[SECOND], VALUES[SECOND] = PARTS["nth"], 2

MODELS: dict[str, frozenset[str]] = {name: frozenset(words.split()) for name, words in _DATA["models"].items()}
"""Words beside four digits that are no year: makers of cars, things counted, things numbered."""

FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "½": 0.5, "¼": 0.25, "¾": 0.75}
ABBREVIATIONS = frozenset(
    word for name in ("month", "weekday") for word in _WORDS[name].split() if len(word) < 6 and (
        any(full != word and full.startswith(word[:3]) for full in _WORDS[name].split() if len(full) > len(word))
    )
) - {"march", "april", "may", "june", "july"}  # fmt: skip
"""Short forms of months and weekdays, many of them other words too: they need a full stop or a day beside them."""

_HEADS = (
    "month", "weekday", "weekday_plural", "weekend", "weekends", "daypart", "daypart_plural", "clock_name", "season", "quarter",
    "century", "day_word", "night_word", "now_word", "recent_word", "recent", "past_noun", "future_noun", "frequency", "ago",
    "fiscal_name", "clock", "glued", "unit", "units", "decade_word", "season_plural", "current",
)  # fmt: skip
"""Parts of which every expression has one, or a number."""
BY_CAPITAL = {PARTS["month"], PARTS["weekday"], PARTS["weekday_plural"]}


def _gate() -> str:
    heads = {PARTS[name] for name in _HEADS}
    words = sorted((word for word, part in LEXICON.items() if part in heads), key=lambda word: (-len(word), word))
    named = [word for word in words if LEXICON[word] in BY_CAPITAL]
    cased = "|".join(
        sorted({form for word in named for form in (word.title(), word.upper())}, key=lambda w: (-len(w), w))
    )
    any_case = "|".join(re.escape(word) for word in words if word not in named)
    holidays = "|".join(re.escape(name).replace(r"\ ", " ") for name in sorted(HOLIDAYS, key=len, reverse=True))
    return (
        rf"(?-u:\b)(?:(?:{cased})(?-u:\b)|(?i:{any_case}|{holidays}|this time|(?:at the|this) moment)(?-u:\b)"
        r"|[12][0-9]{3}|[0-9]{1,2}(?:[:/.][0-9]{2}|[ ]?(?i:[ap]\.?[ ]?m))|[0-9]0s|[0-9]-second)|['’‘][0-9]{2}"
    )


_GATE = _gate()
_GATE_PYTHON = re.compile(_GATE.replace(r"(?-u:\b)", r"(?a:\b)"))


def places(texts: Sequence[str]) -> Iterator[list[int]]:
    r"""For each text the places, in order, where the head of a time expression may stand: all of them, and few others.

    >>> list(places(["By late August, 12 of 90", "none", "on Friday \x01 at 9am"]))
    [[8], [], [3, 15]]
    """
    return scan.places(texts, _GATE, _GATE_PYTHON)
