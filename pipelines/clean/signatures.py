"""Who signs: the names, roles and dates between a headline and the text that no rule about single lines knows.

What belongs here: deciding that a line of the header is a byline or a piece of one, by its words and its neighbours. What does
not: lines that say By themselves (``seeds/rules/credits.toml``), and reading the names (:mod:`pipelines.normalise.bylines`).
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.clean.grammar import say
from pipelines.clean.lines import Line
from pipelines.rules import load_csv, load_toml

_OVER = 3  # lines over the headline in which a name can stand
_WORD = r"[A-ZÀ-ÞŁŚŽČŠ][\w.’'-]*"
_FULL = rf"{_WORD}(?: (?:{_WORD}|de|van|von|der|den|al|bin|da|di|del|la|le)){{1,3}}"
_NAMES = re.compile(rf"{_FULL}(?:(?:,| and| &|, and) {_FULL}){{0,4}}/?$")
# Two names at most and the place where they are: "Ana Ruiz and Ben Olsen in Lima".
_PLACED = re.compile(
    rf"{_WORD}(?: {_WORD}){{1,2}}(?:(?:,| and) {_WORD}(?: {_WORD}){{1,2}}){{0,2}} (?:in|at) [A-ZÀ-Þ][\w’'-]+(?:,? (?:and )?[A-ZÀ-Þ][\w’'-]+){{0,3}}$"
)
_BY_ALONE = re.compile(
    r"(?:(?:written|reported|posted|published|words|story|text|commentary|opinion|analysis|photos? and story|story and photos?) by|authors?|by|from|"
    r"von|par|por)\s?:?$",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"(?i:(?:medically |expert )?reviewed|fact[ -]?checked|(?:recipe )?tested|edited|(?:with )?contributions?|photography|illustrations?|translated)"
    rf" (?i:by|from)(?: ?:)?(?P<name>$| {_FULL})"
)
_BY_LINE = re.compile(rf"(?:[Bb]y|BY):? ?{_WORD}(?: {_WORD}|$)")
_BY_INSIDE = re.compile(
    rf"(?:[|•·–—-] ?|\b[0-9]{{4}},? |\b(?:News|Story|Feature|Review|Opinion|Analysis) )[Bb]y {_WORD}"
)
_OF_PAPER = re.compile(
    rf"{_FULL}.* (?:news|times|post|herald|gazette|journal|daily|tribune|chronicle|observer|mail|star|courier|telegraph|standard|review|globe|examiner|"
    r"enquirer|inquirer|register|press|wire|weekly|today|dispatch|sentinel|bulletin|network|media|radio|tv)$",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"(?:{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{4}}|[0-9]{{1,2}}(?:st|nd|rd|th)? {_MONTH},? [0-9]{{4}}"
    rf"|\b[0-9]{{1,2}} (?:min|minute|hour|day|week|month|year)s?\b)"
)
_STARTS_NAMED = re.compile(rf"(?:[Bb]y:? ?)?(?P<name>{_WORD} (?:[A-Z]\.? )?{_WORD})")
_ROLES = load_toml("reference/en/roles.toml")
_ROLE = re.compile(
    rf"(?:{'|'.join([*_ROLES['makers']['words'], *_ROLES['signing']['words']])})\b[^.!?]{{0,30}}$", re.IGNORECASE
)
_BEGINS = re.compile(_FULL)
_HELPER, _BY_WORD = "blocks/helper_line", "blocks/by_line"
_BESIDE = re.compile(r"[|•·][ ]?\S")
_LONGEST_ROLE = 8  # words
_LONGEST_SIGNED = 14  # words of a line of name, role and date
_GLUED = 12  # characters between a name and its date, or of a date that a name runs into


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
    line, text = lines[i], lines[i].text
    before = lines[i - 1] if i and i - 1 != head else None
    signed = before is not None and before.kind == "byline"
    if _BY_ALONE.match(text):
        say(line, "by_line")
    elif _HELPED.match(text) or (before is not None and _announces_help(before) and _BEGINS.match(text)):
        say(line, "helper_line")
    elif line.size > _LONGEST_SIGNED or (line.ends and not _BY_LINE.match(text)):
        return
    elif before is not None and before.rule_id == _BY_WORD and _BEGINS.match(text):
        say(line, "name_line", 0.8)
    elif signed and not _named(text) and line.size <= _LONGEST_ROLE and _ROLE.search(text):
        say(line, "role_line")
    elif (_NAMES.match(text) or (line.size >= 4 and _PLACED.match(text))) and _believed(lines, i, head):
        say(line, "name_line", 0.75 if _named(text) else None)
    elif _BY_LINE.match(text) or _BY_INSIDE.search(text) or _dated_name(text, i - head) or _of_paper(line, i - head):
        say(line, "signed_line")
    elif i > head and _BESIDE.match(text) and _DATE.search(text):
        say(line, "date_beside")


def _announces_help(line: Line) -> bool:
    found = _HELPED.match(line.text) if line.rule_id == _HELPER else None
    return found is not None and not found["name"]


def _of_paper(line: Line, below: int) -> bool:
    """Whether a line is a name and a paper's name: a given name opens it, or it is the next line to the headline."""
    able = 4 <= line.size <= 8 and (below == 1 or _named(line.text)) and _OF_PAPER.match(line.text)
    return bool(able) and not any(word[0].islower() for word in line.text.split())


def _role(text: str) -> bool:
    return _ROLE.search(text) is not None


def _believed(lines: list[Line], i: int, head: int) -> bool:
    """Whether capitalised words are a name: a given name opens them, or, under the headline, a date or their double is near."""
    text = lines[i].text
    if i + 1 < len(lines) and lines[i + 1].kind == "credit":
        return False  # who made the picture
    if _named(text) or text.endswith("/"):
        return True
    if i < head or text.isupper():
        return False
    following = lines[i + 1 : i + 3]
    if any(other.text.startswith(text) for other in following):
        return True
    return _dated(lines, i) or (len(following) > 0 and following[0].size <= _LONGEST_ROLE and _role(following[0].text))


def _dated_name(text: str, below: int) -> bool:
    """Whether a line begins with a person's name and holds a date: "Ana RuizPublished: 3 May 2021".

    The next line to the headline (``below`` 1) may begin with any two capitalised words.
    """
    found = _STARTS_NAMED.match(text)
    date = _DATE.search(text, found.end("name") - _GLUED) if found else None
    if found is None or date is None:
        return False
    return _named(found["name"]) or (below == 1 and date.start() - found.end("name") <= _GLUED)


def _dated(lines: list[Line], i: int) -> bool:
    """Whether a date, or the word By, stands beside the line."""
    beside = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return any(line.kind == "metadata" or line.text in ("By", "BY", "by") for line in beside)
