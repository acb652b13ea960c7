"""Who signs: the names, roles and dates between a headline and the text that no rule about single lines knows.

What belongs here: deciding that a line of the header is a byline or a piece of one, by its words and its neighbours. What does
not: lines that say By themselves (``seeds/rules/credits.toml``), and reading the names (:mod:`pipelines.normalise.bylines`).
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.clean.grammar import say
from pipelines.clean.lines import Line
from pipelines.rules import load_csv

_OVER = 3  # lines over the headline in which a name can stand
_WORD = r"[A-ZÀ-ÞŁŚŽČŠ][\w.’'-]*"
_FULL = rf"{_WORD}(?: (?:{_WORD}|de|van|von|der|den|al|bin|da|di|del|la|le)){{1,3}}"
_NAMES = re.compile(rf"{_FULL}(?:(?:,| and| &|, and) {_FULL}){{0,4}}/?$")
# Two names at most and the place where they are: "Ana Ruiz and Ben Olsen in Lima".
_PLACED = re.compile(
    rf"{_WORD}(?: {_WORD}){{1,2}}(?:(?:,| and) {_WORD}(?: {_WORD}){{1,2}}){{0,2}} (?:in|at) [A-ZÀ-Þ][\w’'-]+(?:,? (?:and )?[A-ZÀ-Þ][\w’'-]+){{0,3}}$"
)
_ALONE = re.compile(
    r"(?:(?:written|reported|posted|published|words|story|text|reviewed|medically reviewed|fact[ -]?checked|tested|recipe tested|edited|contributions?|"
    r"with contributions?|photos? and story|story and photos?|authors?)(?: (?:by|from))?|by|from|von|par|por)\s?:?$",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"(?:{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{4}}|[0-9]{{1,2}}(?:st|nd|rd|th)? {_MONTH},? [0-9]{{4}}"
    rf"|\b[0-9]{{1,2}} (?:min|minute|hour|day|week|month|year)s?\b)"
)
_STARTS_NAMED = re.compile(rf"(?:[Bb]y:? ?)?(?P<name>{_WORD} (?:[A-Z]\.? )?{_WORD})")
_ROLE = re.compile(
    r"(?:editors?|writers?|reporters?|correspondents?|analysts?|staff|columnists?|contributors?|insider|fellow|directors?|specialist|expert|"
    r"journalists?|authors?|producers?|critic|professor|team|desk|bureau chief|newsroom)\b[^.!?]{0,30}$",
    re.IGNORECASE,
)
_COUNT = re.compile(r"[0-9][0-9.,]{0,8}[kKM]?$")
_BESIDE = re.compile(r"[|•·][ ]?\S")
_LONGEST_ROLE = 8  # words
_LONGEST_SIGNED = 14  # words of a line of name, role and date
_LONGEST_COUNT = 2  # lines from a byline or a date at which a bare number counts readers or comments


@cache
def _given() -> frozenset[str]:
    return frozenset(row["name"] for row in load_csv("en/given_names.csv"))


def _named(words: str) -> bool:
    """Whether the words begin with a given name."""
    first = words.partition(" ")[0]
    return (first.capitalize() if first.isupper() else first) in _given()


def sign(lines: list[Line], head: int | None, start: int) -> None:
    """Name the unnamed lines of the header that sign the text, in ``lines[head:start]`` and just over the headline."""
    if head is None:
        return
    for i in range(max(0, head - _OVER), start):
        if i != head and not lines[i].kind:
            _sign(lines, i, head)


def _sign(lines: list[Line], i: int, head: int) -> None:
    line = lines[i]
    before = lines[i - 1] if i else None
    signed = before is not None and before.kind == "byline" and i - 1 != head
    text = line.text
    if _ALONE.match(text):
        say(line, "by_word")
    elif signed and _NAMES.match(text) and before is not None and (_ALONE.match(before.text) or _named(text)):
        say(line, "name_line", 0.8)
    elif 2 <= line.size <= 12 and not line.ends and _NAMES.match(text) and _believed(lines, i, head):
        say(line, "name_line", 0.75 if _named(text) else None)
    elif line.size >= 4 and not line.ends and _PLACED.match(text) and _believed(lines, i, head):
        say(line, "name_line")
    elif line.size <= _LONGEST_SIGNED and not line.ends and _dated_name(text):
        say(line, "signed_line")
    elif i > head and signed and line.size <= _LONGEST_ROLE and not line.ends and _ROLE.search(text):
        say(line, "role_line")
    elif i > head and _COUNT.match(text) and _near(lines, i):
        say(line, "counter")
    elif i > head and _BESIDE.match(text) and _DATE.search(text):
        say(line, "date_beside")


def _believed(lines: list[Line], i: int, head: int) -> bool:
    """Whether capitalised words are a name: a given name opens them, or, under the headline, a date or their double is near."""
    text = lines[i].text
    if _named(text):
        return True
    if i < head or text.isupper():
        return False
    return _dated(lines, i) or any(other.text == text for other in lines[i + 1 : i + 3])


def _dated_name(text: str) -> bool:
    """Whether a line begins with a person's name and holds a date: "Ana RuizPublished: 3 May 2021"."""
    found = _STARTS_NAMED.match(text)
    return bool(found and _named(found["name"]) and _DATE.search(text, found.end("name") - 12))


def _dated(lines: list[Line], i: int) -> bool:
    """Whether a date, or the word By, stands beside the line."""
    beside = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return any(line.kind == "metadata" or line.text in ("By", "BY", "by") for line in beside)


def _near(lines: list[Line], i: int) -> bool:
    """Whether a byline or a date stands near the line."""
    return any(line.kind in ("byline", "metadata") for line in lines[max(0, i - _LONGEST_COUNT) : i + _LONGEST_COUNT])
