"""What the lines beside the body are, by their neighbours: topics, people, menus, other articles.

What belongs here: names for lines outside the body, once it is known where that is. What does not: the title and what
belongs to it (:mod:`pipelines.clean.header`), and lines that show by themselves what they are (``seeds/rules``).
"""

from __future__ import annotations

import re

from pipelines.clean.grammar import say
from pipelines.clean.lines import Line

_TAG = 5  # words of a topic
_TAGS = 25  # topics of an article
_MENU = 3  # words of a menu's entry
_ENTRIES = 4  # entries in a row that make a menu
_BY = re.compile(
    r"(?:(?:Written|Reported|Reviewed|Edited|Fact[- ]checked|Recipe tested|Medically reviewed|Posted|Published|Story|Words|Photos) )?"
    r"(?:by|By|BY):?$|(?:With c|C)ontributions (?:from|by):?$"
)
PERSON = re.compile(
    r"[A-ZÀ-Þ][\w.’'-]+(?:,? (?:(?:and|de|van|von|der|al|bin|da|di|la|le|&) )?[A-ZÀ-Þ][\w.’'-]*){1,6}(?: ?/| ?,)?$"
)
_ROLE = re.compile(
    r"(?:[A-Z][\w&’'/-]*,? (?:and |of |the )?){0,5}?"
    r"(?:Reporters?|Writers?|Editors?|Correspondents?|Columnists?|Journalists?|Producer|Critic|Analyst|Editor-in-Chief|Contributors?|Photographer|Fellow"
    r"|Historian|[Ss]taff|Meteorologist|Anchor|Contributor|Blogger)"
    r"(?:,? (?:at|for|to|of|with|on) (?:the |THE )?[A-Z][\w.&’' -]{1,40}|, [A-Z][\w.&’', -]{1,40})?$"
)
_LIST = 2  # dates and bylines behind the body that make a list
_PEOPLE = frozenset(("byline", "contributors"))
_LISTED = frozenset(
    ("furniture/date_line", "furniture/time_ago", "credits/byline", "furniture/byline_dated", "furniture/name_date")
)


def beside(lines: list[Line], start: int, stop: int) -> None:
    """Name what stands over the body, and behind it."""
    for first, last in ((0, start), (stop, len(lines))):
        _topics(lines, first, last)
        _people(lines, first, last)
    _menus(lines, stop)
    _listings(lines, stop)


def _topics(lines: list[Line], first: int, last: int) -> None:
    i = first
    while i < last:
        i += 1
        if lines[i - 1].rule_id != "furniture/tags":
            continue
        behind = i
        while i < last and i - behind < _TAGS and lines[i].kind in ("", "interface") and lines[i].size <= _TAG:
            if not lines[i].kind:
                say(lines[i], "topic")
            i += 1


def _people(lines: list[Line], first: int, last: int) -> None:
    for i in range(first, last):
        line = lines[i]
        if line.kind or line.size > 10 or line.ends:
            continue
        if _BY.match(line.text):
            say(line, "by_line")
        elif _ROLE.match(line.text) and i and _signs(lines[i - 1]):
            if not lines[i - 1].kind:
                say(lines[i - 1], "name_line")
            say(line, "role_line")
        elif i and lines[i - 1].rule_id == "blocks/by_line" and PERSON.match(line.text):
            say(line, "name_line")


def _signs(line: Line) -> bool:
    return line.kind in _PEOPLE or (not line.kind and line.size <= 6 and PERSON.match(line.text) is not None)


def _menus(lines: list[Line], stop: int) -> None:
    """Very short lines in a row behind the body lead through the site, not to an article."""
    i = stop
    while i < len(lines):
        j = i
        while j < len(lines) and lines[j].kind in ("", "interface") and lines[j].size <= _MENU and not lines[j].ends:
            j += 1
        if j - i >= _ENTRIES:
            for line in lines[i:j]:
                if not line.kind:
                    say(line, "menu_entry")
        i = max(j, i + 1)


def _listings(lines: list[Line], stop: int) -> None:
    """Dates and bylines behind the body are of the articles beside whose titles they stand."""
    if sum(line.rule_id in _LISTED for line in lines[stop:]) < _LIST:
        return
    for i in range(stop + 1, len(lines)):
        if lines[i].rule_id in _LISTED:
            near = (*lines[max(stop, i - 2) : i], *lines[i + 1 : i + 3])
            if any((not line.kind and line.size >= 4) or line.rule_id == "blocks/listed" for line in near):
                say(lines[i], "listed")
