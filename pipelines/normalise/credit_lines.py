"""Lines that say nothing but whose report a text is: names of agencies, with dates, roles, places and initials at most.

What belongs here: reading one line. What does not: in which lines of a document credits stand (``agencies.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.document import Block
from pipelines.normalise.agency_names import agencies_named, agency_alone
from pipelines.normalise.person_names import person
from pipelines.normalise.registry import Agency, outlet_by_name

_LONGEST = 120
PHOTO = re.compile(
    r"\b(?:photo(?:s|grapher|graphers|graphy|graphs?)?|foto|images?|imagery|pictures?|pool|getty|shutterstock|alamy|epa|video|illustration|graphic)\b",
    re.IGNORECASE,
)
"""Words of a credit for a picture."""

_LEAD_IN = re.compile(
    r"(?:(?:written|reported|posted|published|text|story|report)[ ])?(?:by|source|from|via|agency|author|quelle|fonte|fuente|von|par|por|avec|mit|con|with|text)\b[ ]?:?(?:[ ]the\b)?",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:[A-ZÀ-Þ][\w.&'’-]*[ ]){1,4}(?:with|avec|mit|con)\b")  # "Coast Mail with AFP"
_SPLIT = re.compile(
    r"[|•·/;,\n()\[\]]|[—–]|-{2,}|(?<![^\s])-|-(?![^\s])|\b(?:and|und|et|with|for|via|by|of|from|avec|mit|con)\b|&"
)
_STAFF = re.compile(
    r"\s+(?:(?:(?:[A-Z][a-z]+\s+){0,2}(?:[Ss]taff|[Ww]riters?|[Rr]eporters?|[Cc]orrespondents?|[Ee]ditors?|STAFF|WRITERS?|REPORTERS?|CORRESPONDENTS?|EDITORS?))"
    r"|(?i:news agency|foundation)|[Ss]port|in\s+[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,2})$"
)
_ROLE = re.compile(r"\s+(?i:staff|staff writers?|writers?|reporters?|correspondents?|editors?)$")
_EMPTY = re.compile(
    r"(?:staff|agenc(?:y|ies)|wires?|wire reports?|wire services?|news services?|staff reports?|reports?|news|"
    r"(?:(?:updated|published|posted|modified|created|last|on|at|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
    r"[ap]\.?m|gmt|utc|ist|e[sd]?t|p[sd]?t|c[sd]?t|bst|hrs?)[a-z]{0,8}+\.?:?\s*+|[0-9][0-9:.,-]*+\s*+(?:st|nd|rd|th)?+\s*+){1,9})",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[a-z]{2,4}|[A-Z]{2,3})(?:[ ](?:[a-z]{2,4}|[A-Z]{2,3}))*")
_SIGNED = re.compile(r"(?P<name>\S+)(?:[ ](?:[A-Z]{2,3}|[a-z]{2,3})){1,5}")  # "PTI AB CD": the agency's desk
_SIGNS = " .:*'’\"“”()[]-–—\t\xa0"
_GLUED_DATE = re.compile(r"(?<=[A-Za-z]{2})[0-9]{1,4}[-./][0-9][0-9:. /-]*$")  # "Xinhua2021-03-05"

Named = tuple[Agency, int, int]


def named_alone(part: str, at: int) -> list[Named]:
    """The agencies that a piece of a line consists of, with their places: "AFP", "AP writer", "AFP-JIJI"; none if it says more."""
    bare = _GLUED_DATE.sub("", part.strip(_SIGNS))
    start = at + part.find(bare)
    for name in dict.fromkeys((bare, _ROLE.sub("", bare), _STAFF.sub("", bare))):
        agency = agency_alone(name) if name else None
        if agency:
            return [(agency, start, start + len(name))]
    if "-" in bare:
        found, offset = [], 0
        for piece in bare.split("-"):
            agency = agency_alone(piece) if piece else None
            if agency is None:
                return []
            found.append((agency, start + offset, start + offset + len(piece)))
            offset += len(piece) + 1
        return found
    return []


def pieces(text: str) -> Iterator[tuple[str, int]]:
    """The pieces of a line between separators, with their starts."""
    at = 0
    for cut in _SPLIT.finditer(text):
        yield text[at : cut.start()], at
        at = cut.end()
    yield text[at:], at


def whole_credit(text: str, *, people: bool = False, initials: bool = False) -> list[Named]:
    """The agencies of a line that is nothing but a credit, with their places in it; none of any other line.

    ``people``: names of persons may stand beside them. ``initials``: and those of a desk, as agencies close.

    >>> [found[0].agency_id for found in whole_credit("— AFP/Reuters, 5 March 2021")]
    ['AFP', 'Reuters']
    >>> whole_credit("Ada Moss/AP Photo"), whole_credit("AP reported it first")
    ([], [])
    >>> [found[0].agency_id for found in whole_credit("bf/cd (AP, AFP)", initials=True)]
    ['AP', 'AFP']
    """
    if not 2 <= len(text) <= _LONGEST or PHOTO.search(text):
        return []
    if whole := named_alone(text, 0):
        capitals = text.isupper() and " " in text[whole[0][1] : whole[-1][2]]
        return [] if capitals else whole  # in capitals, alone: mostly who made a picture
    skipped = len(text) - len(text.lstrip(" \t-–—([*•"))
    lead = _LEAD_IN.match(text, skipped) or (_WITH.match(text, skipped) if people or initials else None)
    skipped = lead.end() if lead else skipped
    found: list[Named] = []
    pictured = False  # a name and an agency with a stroke between them: who made a picture
    for part, start in pieces(text[skipped:]):
        bare = part.strip(_SIGNS)
        named = named_alone(part, skipped + start) if bare else []
        if not bare or (not named and _EMPTY.fullmatch(bare)):
            continue
        if not named and initials and (signed := _SIGNED.fullmatch(bare)):
            named = named_alone(signed["name"], skipped + start + part.find(bare))
        if not named and people:
            named = _behind_name(part, skipped + start)
        if named:
            found += named
        elif not (initials and _INITIALS.fullmatch(bare)) and not (
            people and (_is_person(bare) or outlet_by_name(bare))
        ):
            return []
        pictured = pictured or (not named and _is_person(bare))
    return [] if pictured and "/" in text else found


def _behind_name(part: str, at: int) -> list[Named]:
    """The agency at the end of a piece that begins with a person's name: "ADA MOSS Associated Press"."""
    ends = len(part.rstrip())
    last = [one for one in agencies_named(part) if one[2] == ends]
    return [(last[0][0], at + last[0][1], at + ends)] if last and _is_person(part[: last[0][1]].strip()) else []


def _is_person(words: str) -> bool:
    return " " in words and person(words) is not None


def named_inside(text: str) -> Iterator[Named]:
    """The agencies named anywhere in a line; a name of one word behind another capital is a surname: "Ann Reuters"."""
    for agency, start, end in agencies_named(text):
        if (
            " " not in text[start:end]
            and text[start:end].istitle()
            and _SURNAME.search(text, max(0, start - 40), start)
        ):
            continue
        yield agency, start, end


_SURNAME = re.compile(r"(?:^|[,;|•/\n]\s*|\b(?:[Bb]y|BY|and)\s+)[A-Z][^\W\d_]*[ ]$")


Kinds = dict[str, list[Block]]
"""The blocks of each kind that a document has, in reading order."""


class Credit(NamedTuple):
    """An agency that the text is credited to; offsets count the clean text, ``None`` where declared."""

    agency_id: str
    start: int | None
    end: int | None
    rule_id: str


def credit_of(agency: Agency, start: int, end: int, rule: str) -> Credit:
    """A credit by a rule of ``seeds/rules/bylines.toml``."""
    return Credit(agency.agency_id, start, end, f"bylines/{rule}")


def inside(text: str, at: int, rule: str) -> Iterator[Credit]:
    """The agencies named anywhere in a line that begins ``at`` this place."""
    for agency, start, end in named_inside(text):
        yield credit_of(agency, at + start, at + end, rule)
