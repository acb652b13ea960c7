"""Quantities in languages whose sentences are not read: figures beside a unit's sign or word, and nothing else.

What belongs here: numbers as they are written round the world, and the unit that touches them. What does not: counts, number words,
what is measured, which all need a grammar. Signs hold everywhere; words, magnitudes and the decimal sign are a language's own, in
``seeds/reference/<language>/quantities.toml``. A number that can be read in two ways makes no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipelines.extract.numerals import times
from pipelines.extract.quantity import Quantity
from pipelines.extract.units import Unit, by_name, by_sign
from pipelines.languages import primary
from pipelines.rules import RuleError, load_each, load_toml

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z\u00c0-\u024f\u0370-\u052f_.,:/'’])"
    r"(?:[0-9]{1,3}(?:[.,'’ \xa0\u2009\u202f][0-9]{3}(?![0-9])){1,4}(?:[.,][0-9]{1,2}(?![0-9]))?|[0-9]{1,12}(?:[.,][0-9]{1,6})?)"
    r"(?![0-9]|[.,:/][0-9])"
)
"""A number in figures with whatever groups it; several groups are judged by :func:`_value`."""
_HARD = re.compile(r"['’\xa0\u2009\u202f]")
_LETTER = re.compile(r"[ \xa0\u202f]?[^\W\d_]")
_DASHES = frozenset("-−–")
_LONGEST_SIGN = 5
_LOOK_BACK = 32
_SIGNS: dict[str, list[str]] = {name: signs.split() for name, signs in load_toml("reference/signs.toml").items()}
_PAST = r"(?![0-9A-Za-z\u00c0-\u024f\u0370-\u052f²³])"
"""A word ends: letters of scripts that are written without blanks, and particles glued on, may follow."""


class _Lists(NamedTuple):
    """What is known of a language: its decimal sign if it has one, and its words by what they say."""

    decimal: str | None
    blanks: bool
    """Whether an ordinary blank groups figures"""
    behind: re.Pattern[str]
    """What can follow a number: magnitude, then a sign or word of a unit"""
    magnitudes: dict[str, float]
    words: dict[str, Unit]
    about: tuple[str, ...]
    least: tuple[str, ...]
    most: tuple[str, ...]


@cache
def lists() -> dict[str, _Lists]:
    """The lists of ``seeds/reference/<language>/quantities.toml`` by language; under "" what holds in every language."""
    made = {"": _lists("", {})}
    for language, found in load_each("quantities.toml").items():
        unknown = set(found) - {"decimal", "blanks", "magnitudes", "units", "about", "least", "most", "links"}
        if unknown or found.get("decimal") not in (".", ","):
            what = f"unknown keys {sorted(unknown)}" if unknown else '\'decimal\' must be "." or ","'
            raise RuleError(f"seeds/reference/{language}/quantities.toml: {what}")
        made[language] = _lists(language, found)
    return made


def _lists(language: str, found: dict[str, object]) -> _Lists:
    magnitudes = {word: float(value) for value, words in _table(found, "magnitudes") for word in words}
    magnitudes = dict(sorted(magnitudes.items(), key=lambda entry: (-len(entry[0]), entry[0])))
    units: dict[str, Unit] = {}
    for name, words in _table(found, "units"):
        unit = by_name(name)
        if unit is None:
            raise RuleError(f"seeds/reference/{language}/quantities.toml: no unit {name!r} in en/units.csv")
        units |= dict.fromkeys(words, unit)
    longest = sorted([*units, *_SIGNS["units"]], key=lambda word: (-len(word), word))
    greatest = "|".join(map(re.escape, magnitudes))
    link = "".join(rf"(?:[ ]{re.escape(word)})?" for word in _phrases(found, "links"))
    scaled = rf"(?:[ \xa0\u202f]?(?P<magnitude>{greatest}){_PAST}{link})?" if greatest else ""
    pattern = rf"{scaled}[ \xa0\u202f]?(?P<unit>(?:{'|'.join(map(re.escape, longest))}){_PAST}|[%‰])"
    return _Lists(
        decimal=str(found["decimal"]) if "decimal" in found else None,
        blanks=bool(found.get("blanks")),
        behind=re.compile(pattern),
        magnitudes=magnitudes,
        words=units,
        about=_phrases(found, "about"),
        least=_phrases(found, "least"),
        most=_phrases(found, "most"),
    )


def _table(found: dict[str, object], name: str) -> list[tuple[str, list[str]]]:
    table = found.get(name, {})
    return list(table.items()) if isinstance(table, dict) else []


def _phrases(found: dict[str, object], name: str) -> tuple[str, ...]:
    phrases = found.get(name, [])
    return tuple(phrases) if isinstance(phrases, list) else ()


def read(text: str, start: int, end: int, language: str | None) -> Iterator[Quantity]:
    """The quantities of ``text[start:end]``, in order, in a language whose sentences are not read.

    >>> [(q.low, q.unit.ucum) for q in read("Es kostet 1.234,50 € und wiegt 3,5 kg.", 0, 38, "de")]
    [(1234.5, '[EUR]'), (3.5, 'kg')]
    """
    known = lists().get(primary(language)) or lists()[""]
    ahead: tuple[int, int, float] | None = None
    for found in _NUMBER.finditer(text, start, end):
        value = _value(found.group(), known)
        if value is None:
            ahead = None
            continue
        first, past = found.span()
        behind = known.behind.match(text, past, end)
        if behind is not None:
            sign, past = behind["unit"], behind.end()
            factor = known.magnitudes.get(behind.groupdict().get("magnitude") or "", 1.0)
        else:
            sign = _money_before(text, first, start) or ""
            past, factor = _scaled(text, past, end, known) if sign else (past, 1.0)
            if not sign or (factor == 1.0 and _LETTER.match(text, past, end)):
                ahead = found.start(), found.end(), value
                continue
            first, sign = first - len(sign), sign.strip()
        unit = known.words.get(sign) or (None if sign in _SIGNS["shared"] else by_sign(sign))
        low = high = times(value, factor)
        dash = text[first - 1] if first > start and text[first - 1] in _DASHES else ""
        if dash and ahead is not None and ahead[1] == first - 1:
            low, first = times(ahead[2], factor), ahead[0]
        elif dash and first - 1 > start and not text[first - 2].isspace():
            ahead = None
            continue  # the figure is a part of a name: "Covid-19 %"
        elif dash and unit is not None and unit.measure in ("temperature", "percent"):
            low, high, first = -low, -high, first - 1
        yield _bounded(text, (first, past), start, (min(low, high), max(low, high)), unit, sign, known)
        ahead = None


def _bounded(
    text: str, span: tuple[int, int], start: int, ends: tuple[float, float], unit: Unit | None, sign: str, known: _Lists
) -> Quantity:
    """The quantity, with what the words before it make of it."""
    left = text[max(start, span[0] - _LOOK_BACK) : span[0]].rstrip().lower()
    bottom: float | None = ends[0]
    top: float | None = ends[1]
    if _ends_with(left, known.least):
        top = None
    elif _ends_with(left, known.most):
        bottom = None
    measure = unit.measure if unit else "money"
    return Quantity(*span, bottom, top, _ends_with(left, known.about), unit, sign, measure, None, None, "plain")


def _ends_with(left: str, phrases: tuple[str, ...]) -> bool:
    return any(left.endswith(phrase) and not left[: -len(phrase)][-1:].isalpha() for phrase in phrases)


def _money_before(text: str, at: int, start: int) -> str | None:
    """The sign of a currency right before a number, with its blank."""
    left = text[max(start, at - _LONGEST_SIGN) : at]
    bare = left.rstrip(" \xa0\u202f")
    sign: str | None = next((sign for sign in _SIGNS["before"] if bare.endswith(sign)), None)
    if sign is None or len(left) - len(bare) > 1 or bare[: -len(sign)][-1:].isalnum():
        return None
    return sign + left[len(bare) :]


def _scaled(text: str, past: int, end: int, known: _Lists) -> tuple[int, float]:
    """Where the magnitude behind a number ends, and the magnitude."""
    for word in known.magnitudes:
        for gap in ("", " ", "\xa0"):
            if text.startswith(gap + word, past, end):
                return past + len(gap + word), known.magnitudes[word]
    return past, 1.0


def _value(figures: str, known: _Lists) -> float | None:
    """What figures say in a language; None where they can be read in two ways."""
    if " " in figures and not known.blanks:
        return None
    plain = _HARD.sub("", figures).replace(" ", "")
    signs = [sign for sign in plain if sign in ".,"]
    if not signs:
        return float(plain)
    decimal: str | None = None
    if len(set(signs)) == 2:
        decimal = signs[-1]
    elif len(signs) == 1:
        whole, _, rest = plain.partition(signs[0])
        if len(rest) != 3 or len(whole) > 3 or whole == "0" or plain != figures:
            decimal = signs[0]
        elif known.decimal is None:
            return None
        else:
            decimal = signs[0] if signs[0] == known.decimal else None
    grouping = {".", ","} - {decimal}
    for sign in grouping:
        plain = plain.replace(sign, "")
    return float(plain.replace(decimal, ".") if decimal else plain)
