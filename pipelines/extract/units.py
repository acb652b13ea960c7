"""Units of measure: the reference table ``ref.units`` and how a unit is recognised behind or before a number.

What belongs here: names, codes and written forms of units. What does not: numbers, and what is measured.
Written forms live in ``seeds/reference/en/units.csv``: ``words`` are read in any case, ``symbols`` exactly as written,
``attached`` only when no space stands before them (``100t``), ``before`` are signs that stand before the number (``US$``).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import dataframely as dy
import polars as pl

from pipelines.contracts import Table, frame
from pipelines.extract.tokens import TOKEN, Token
from pipelines.rules import load_csv

MEASURES = (
    "distance", "area", "volume", "mass", "speed", "temperature", "energy", "power", "frequency", "data", "duration", "age",
    "money", "percent", "percentage_point", "count", "ordinal", "ratio", "angle", "score", "number",
)  # fmt: skip
"""What a quantity can measure; ``number`` where nothing tells."""


class Units(Table):
    """A unit of measure or a currency: its UCUM code, what it measures, and how it converts."""

    __table__ = "ref.units"

    name = dy.String(primary_key=True, description="The unit's name in English, singular")
    ucum = dy.String(nullable=True, description="UCUM code where one exists; [USD] and the like for currencies")
    measure = dy.Enum(MEASURES, description="What it measures")
    words = dy.List(dy.String(), description="Written forms, any case")
    symbols = dy.List(dy.String(), description="Written forms, exactly so")
    base = dy.String(nullable=True, description="UCUM code of the unit that it converts to")
    factor = dy.Float64(
        nullable=True, description="value in base = value * factor + to_add; NULL for what does not convert"
    )
    to_add = dy.Float64(nullable=True, description="What is added after the factor (temperatures)")


class Unit(NamedTuple):
    """A unit as the reader needs it; ``scale`` is a magnitude that its sign includes (``MEUR``: a million)."""

    name: str
    ucum: str | None
    measure: str
    scale: float = 1.0


_HYPHENS = frozenset("-‑‐–")
_BETWEEN_WORDS = _HYPHENS | {"."}  # square-foot, sq. ft
_RATE = frozenset(("per", "a", "an", "each", "every", "/"))


@cache
def units() -> pl.DataFrame:
    """The table ``ref.units``."""
    rows = []
    for row in load_csv("en/units.csv"):
        forms = [
            [form for form in row[column].split("|") if form] for column in ("words", "symbols", "attached", "before")
        ]
        numbers = [float(row[column]) if row[column] else None for column in ("factor", "offset")]
        symbols = list(dict.fromkeys(forms[1] + forms[2] + forms[3]))
        rows.append(
            (row["name"], row["ucum"] or None, row["measure"], forms[0], symbols, row["base"] or None, *numbers)
        )
    return frame(Units, rows)


class _Index:
    """The written forms, arranged for look-up."""

    def __init__(self) -> None:
        self.words: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
        self.symbols: dict[str, Unit] = {}
        self.attached: dict[str, Unit] = {}
        self.before: dict[str, Unit] = {}
        self.by_name: dict[str, Unit] = {}
        for row in load_csv("en/units.csv"):
            unit = Unit(row["name"], row["ucum"] or None, row["measure"])
            self.by_name[unit.name] = unit
            for form in filter(None, row["words"].split("|")):
                first, *rest = (word for word in TOKEN.findall(form) if word != "-")
                self.words.setdefault(first, []).append((tuple(rest), unit))
            for form in filter(None, row["symbols"].split("|")):
                self.symbols[form] = unit
            for form in filter(None, row["attached"].split("|")):
                self.attached[form] = unit
            for form in filter(None, row["before"].split("|")):
                self.before[form] = unit
                # MEUR, MUSD: a million of it, as financial reports write
                if len(form) == 3 and form.isalpha() and form.isupper():
                    self.before["M" + form] = self.symbols["M" + form] = unit._replace(scale=1e6)
        for forms in self.words.values():
            forms.sort(key=lambda entry: -len(entry[0]))
        self.longest_before = max(map(len, self.before))
        self.last_of_before = frozenset(sign[-1] for sign in self.before)


@cache
def _index() -> _Index:
    return _Index()


def by_name(name: str) -> Unit | None:
    """The unit of a name of ``en/units.csv``."""
    return _index().by_name.get(name)


def by_sign(sign: str) -> Unit | None:
    """The unit or currency of a sign that stands before or behind a number."""
    return _index().symbols.get(sign) or _index().before.get(sign)


class Found(NamedTuple):
    """A unit that stands at a token: the unit, the number of tokens up to its end, and whether a hyphen led to it."""

    unit: Unit
    used: int
    hyphen: bool


def unit_after(after: list[Token], at: int, number_end: int) -> Found | None:
    """The unit at ``after[at]``, behind a number that ends at ``number_end``; with its rate (``per hour``), if any.

    >>> from pipelines.extract.tokens import tokens
    >>> text = "5 kilometers an hour"
    >>> unit_after(tokens(text, 1, len(text)), 0, 1).unit.ucum
    'km/h'
    """
    index = _index()
    hyphen = False
    begin = at
    if at < len(after) and after[at].text in _HYPHENS:
        hyphen, begin = True, at + 1
    if begin >= len(after):
        return None
    first = after[begin]
    if hyphen and first.start > after[at].end and not (len(first.text) > 2 and first.text.islower()):
        return None  # "May 27 - L, two rounds": a dash
    attached = not hyphen and first.start == number_end
    unit, used = None, begin
    for rest, candidate in index.words.get(first.text.lower(), ()):
        # the words of a unit follow each other, with a space or a hyphen between
        k = begin + 1
        for word in rest:
            if k < len(after) and after[k].text in _BETWEEN_WORDS:
                k += 1
            if k >= len(after) or after[k].text.lower() != word:
                break
            k += 1
        else:
            unit, used = candidate, k
            break
    if first.text in index.symbols and used <= begin + 1:
        unit, used = index.symbols[first.text], begin + 1
    if attached and unit is None and first.text in index.attached:
        unit, used = index.attached[first.text], begin + 1
    if unit is None:
        return None
    if first.text == "°" and used < len(after) and after[used].text[:1] in "CcFf":
        scale = {"c": "celsius", "celsius": "celsius", "celcius": "celsius", "centigrade": "celsius"}
        word = after[used].text.lower()
        name = scale.get(word) or ("fahrenheit" if word in ("f", "fahrenheit", "farenheit") else None)
        if name:
            unit, used = index.by_name[name], used + 1
    return _rate(after, Found(unit, used, hyphen))


def _rate(after: list[Token], found: Found) -> Found:
    """``found`` with the rate behind it: ``dollars a share``, ``km per hour``, ``12-cent-a-share``."""
    k = found.used
    if k < len(after) and after[k].text in _HYPHENS:
        k += 1
    marker = after[k].text.lower() if k < len(after) else ""
    if marker in _ADVERBS:  # $6,000 annually
        return _by(found, _ADVERBS[marker], k + 1)
    if k + 1 >= len(after) or marker not in _RATE:
        return found
    k += 1
    if after[k].text in _HYPHENS and k + 1 < len(after):
        k += 1
    word = after[k].text.lower()
    name = _denominators().get(word)
    if name is None:
        return found
    if (
        marker in ("a", "an")
        and k + 1 < len(after)
        and after[k + 1].text in _HYPHENS
        and after[k + 1].start == after[k].end
    ):
        return found  # "for $10 a year-old wine"
    return _by(found, name, k + 1)


_ADVERBS = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
}


def _by(found: Found, name: str, used: int) -> Found:
    """The unit of ``found`` per what ``name`` names."""
    index = _index()
    by = index.by_name.get(name)
    whole = index.by_name.get(f"{found.unit.name} per {name}")
    if whole is None:
        ucum = f"{found.unit.ucum}/{by.ucum if by and by.ucum else '{' + name + '}'}" if found.unit.ucum else None
        whole = Unit(
            f"{found.unit.name} per {name}", ucum, "speed" if _is_speed(found.unit, by) else found.unit.measure
        )
    return Found(whole, used, found.hyphen)


@cache
def begins_unit(word: str) -> bool:
    """Whether a unit of measure can begin with this word, as written.

    >>> begins_unit("Kilometers"), begins_unit("election")
    (True, False)
    """
    index = _index()
    return word.lower() in index.words or word in index.symbols


def rate_after(after: list[Token], at: int, unit: Unit) -> Found:
    """``unit``, whose sign stood before the number, with the rate at ``after[at]`` (``$98 a share``), if any."""
    return _rate(after, Found(unit, at, False))


def rate_of_count(after: list[Token], at: int) -> Found | None:
    """The rate at ``after[at]``, behind a thing that is counted: ``farms per mile``, ``rides a month``; else ``None``.

    >>> from pipelines.extract.tokens import tokens
    >>> text = "40 visits a month"
    >>> rate_of_count(tokens(text, 2, len(text)), 1).unit.ucum
    '/mo'
    """
    if at + 1 >= len(after) or after[at].text.lower() not in _RATE:
        return None
    name = _denominators().get(after[at + 1].text.lower())
    if name is None or after[at + 1].text.lower() == "ms":
        return None
    by = _index().by_name.get(name)
    time = by is not None and by.measure == "duration"
    if not time and after[at].text.lower() not in ("per", "/"):
        return None
    if at + 2 < len(after) and after[at + 2].text in _HYPHENS | {"ago", "earlier", "later", "before", "after"}:
        return None
    return Found(Unit(f"per {name}", f"/{by.ucum if by and by.ucum else '{' + name + '}'}", "count"), at + 2, False)


def _is_speed(unit: Unit, by: Unit | None) -> bool:
    return unit.measure == "distance" and by is not None and by.measure == "duration"


@cache
def _denominators() -> dict[str, str]:
    """What a rate can be counted by: the word as written, and its name (the unit's, where it is one)."""
    index = _index()
    names = {}
    for row in load_csv("en/quantity_words.csv"):
        if row["role"] == "denominator":
            for word in row["words"].split("|"):
                unit = next((unit for rest, unit in index.words.get(word, ()) if not rest), None)
                names[word] = unit.name if unit and unit.measure != "money" else word
    return names | {
        "annum": "year",
        "ms": "millisecond",
        "pound": "pound-mass",
        "sec": "second",
        "s": "second",
        "h": "hour",
    }


def sign_before(text: str, number_start: int, limit: int) -> tuple[Unit, int] | None:
    """The currency whose sign ends right before ``number_start`` (one space may stand between), and where it starts.

    >>> sign_before("costs US$ 5", 10, 0)[1]
    6
    """
    index = _index()
    end = number_start
    if end > limit and text[end - 1] in " \xa0\u202f-":
        end -= 1
    if end <= limit:
        return None
    if text[end - 1] not in index.last_of_before:
        return None
    for length in range(min(index.longest_before, end - limit), 0, -1):
        sign = text[end - length : end]
        unit = index.before.get(sign)
        if unit is None:
            continue
        before = text[end - length - 1] if end - length > limit else " "
        if sign[0].isalpha() and (before.isalnum() or before in "-'’"):
            continue
        # signs of letters stand apart or stick to the number, never with a hyphen
        if sign[-1].isalpha() and text[end] == "-":
            continue
        return unit, end - length
    return None


def named(name: str) -> Unit:
    """The unit of that name."""
    return _index().by_name[name]
