"""Which news organisations an article's text is credited to.

What belongs here: credits of the text. What does not: photo credits ("via AP"), sources in the prose ("according to
Reuters"), and the outlet that printed it (``outlets.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.document import Block, Document
from pipelines.normalise.registry import agencies as registered
from pipelines.normalise.registry import agency_by_name, agency_pattern
from pipelines.rules import load_rules

_RULES = load_rules("bylines")
_DATELINE = _RULES["agency_dateline"].regex
_REPORTING = _RULES["reporting_by"].regex
_COPYRIGHT = _RULES["agency_copyright"].regex
_SIGNOFF = _RULES["agency_signoff"].regex
_MATERIAL = _RULES["agency_material"].regex

_OPENING_BLOCKS = 4
_CLOSING_BLOCKS = 6
_OVER = 4  # blocks over the headline in which its credit can stand
_BEHIND = 12  # blocks behind the text
_LONGEST_CREDIT = 1500
_MATERIAL_WORDS = (
    "ontribut", "nput", "eporting", "upplement", "aterial", "nformation", "rovided by", "upplied by", "istributed by", "roduced by",
    "ritten by", "ontent", "gencies", "gency",
)  # fmt: skip
"""Parts of words without which no note says that a text uses an agency's material: a cheap look before the pattern."""
_LENT = re.compile(r"\b(?:Wire|Newsource|Monitoring)\b")
_SPLIT = re.compile(r"(?:(?<!\s)\s+)?(?:[|•·/;,\n]|\s[-–—]\s|\band\b|\bfor\b|\bof\b|\bwith\b)\s*")
_LEAD_IN = re.compile(r"^(?:by|source|from|via|agency)\b\s*:?\s*(?:the\s)?", re.IGNORECASE)
_PHOTO = re.compile(
    r"\b(?:photos?|photographs?|images?|pictures?|pool|getty|video|illustration|graphic)\b", re.IGNORECASE
)
_SOURCE = re.compile(r"\W*(?:source|agency|text)\s*:\s*(?P<name>[^\n:]{2,40}?)\W*", re.IGNORECASE)
_STAFF = re.compile(r"\s+(?:staff|staff writers?|reporters?|news agency)$", re.IGNORECASE)


class Credit(NamedTuple):
    """An agency that the text is credited to; offsets count the clean text."""

    agency_id: str
    start: int
    end: int
    rule_id: str


def _credit(agency_id: str, start: int, end: int, rule: str) -> Credit:
    return Credit(agency_id, start, end, f"bylines/{rule}")


def _named(names: str, at: int, rule: str) -> Iterator[Credit]:
    """The agencies that a credit such as "AP" or "Reuters/AFP" consists of."""
    offset = 0
    for part in re.split(r"[/,&]| and ", names):
        agency = agency_by_name(part)
        if agency:
            start = at + names.index(part, offset) + len(part) - len(part.lstrip())
            yield _credit(agency.agency_id, start, start + len(part.strip()), rule)
        offset += len(part)


def _inside(text: str, at: int, rule: str) -> Iterator[Credit]:
    """The agencies named anywhere in a line."""
    for found in agency_pattern().finditer(text):
        agency = agency_by_name(found[0])
        if agency:
            yield _credit(agency.agency_id, at + found.start(), at + found.end(), rule)


def _datelines(document: Document, body: list[Block]) -> Iterator[Credit]:
    for block in [*document.of_kind("dateline", "deck"), *body[:_OPENING_BLOCKS]]:
        text = document.clean[block.start : min(block.end, block.start + 200)]
        found = _DATELINE.match(text) if "(" in text or "/" in text else None
        if found:
            yield from _named(found["credit"], block.start + found.start("credit"), "agency_dateline")


def _own(document: Document, body: list[Block]) -> tuple[int, int]:
    """First and last number of the blocks that can belong to the article: those of other stories lie farther away."""
    if not body:
        return 0, len(document.blocks)
    heads = [block.block_no for block in document.of_kind("headline") if block.block_no < body[0].block_no]
    return (heads[-1] - _OVER if heads else 0), body[-1].block_no + _BEHIND


def _bylines(document: Document, body: list[Block]) -> Iterator[Credit]:
    first, last = _own(document, body)
    for block in document.of_kind("byline", "metadata", "dateline"):
        if not first <= block.block_no <= last:
            continue
        text = document.clean[block.start : min(block.end, block.start + 300)]
        if _PHOTO.search(text):
            continue
        if block.kind == "byline":
            yield from _inside(text, block.start, "agency_byline")
        offset = 0
        for part in _SPLIT.split(text):
            name = _STAFF.sub("", _LEAD_IN.sub("", part.strip()))
            agency = agency_by_name(name) if name else None
            place = text.find(name, offset) if agency else -1
            if agency and place >= 0:
                yield _credit(agency.agency_id, block.start + place, block.start + place + len(name), "agency_byline")
            offset += len(part)


def _sources(document: Document) -> Iterator[Credit]:
    """A line "Source: ..." by itself; under a picture, it names the picture's source."""
    before = ""
    for block in document.blocks:
        if block.kind == "credit" and before not in ("caption", "credit"):
            found = _SOURCE.fullmatch(document.clean[block.start : min(block.end, block.start + 80)])
            agency = agency_by_name(found["name"]) if found else None
            if found and agency:
                start = block.start + found.start("name")
                yield _credit(agency.agency_id, start, start + len(found["name"]), "agency_byline")
        before = block.kind


def _thanks(document: Document) -> Iterator[Credit]:
    """Contributor lines, and notes at the end of the text that a cleaner may have left in it."""
    for block in document.of_kind("contributors"):
        text = document.clean[block.start : min(block.end, block.start + _LONGEST_CREDIT)]
        named = list(_inside(text, block.start, "agency_contributors"))
        yield from named
        if not named and (found := _REPORTING.search(text)):
            yield _credit("Reuters", block.start + found.start(), block.start + found.end(), "reporting_by")
    for block in document.of_kind("body", "crosshead")[-_CLOSING_BLOCKS:]:
        start = max(block.start, block.end - _LONGEST_CREDIT)
        text = document.clean[start : block.end]
        if "eporting by" in text and (found := _REPORTING.search(text)):
            yield _credit("Reuters", start + found.start(), start + found.end(), "reporting_by")
        elif (
            len(text) < 400
            and any(word in text for word in _MATERIAL_WORDS)
            and _MATERIAL.search(text)
            and not _PHOTO.search(text)
        ):
            yield from _inside(text, start, "agency_material")


def _copyrights(document: Document) -> Iterator[Credit]:
    for block in document.of_kind("copyright"):
        text = document.clean[block.start : min(block.end, block.start + 600)]
        for found in _COPYRIGHT.finditer(text):
            if _PHOTO.search(found[0]):
                continue
            for credit in _inside(found[0], block.start + found.start(), "agency_copyright"):
                # A broadcaster's own pages bear its copyright; what it lends to others says so.
                if not registered()[credit.agency_id].broadcaster or _LENT.search(found[0]):
                    yield credit


def _signoffs(document: Document, body: list[Block]) -> Iterator[Credit]:
    for block in body[-2:]:
        start = max(block.start, block.end - 60)
        found = _SIGNOFF.search(document.clean[start : block.end])
        if found:
            yield from _named(found["credit"], start + found.start("credit"), "agency_signoff")


def agencies(document: Document) -> list[Credit]:
    """The credits of the text, the first of each agency, in order of the agencies' names."""
    body = document.of_kind("body")
    first: dict[str, Credit] = {}
    for found in (
        _datelines(document, body),
        _bylines(document, body),
        _sources(document),
        _thanks(document),
        _copyrights(document),
        _signoffs(document, body),
    ):
        for credit in found:
            first.setdefault(credit.agency_id, credit)
    return [first[agency_id] for agency_id in sorted(first)]
