"""What a page's own words tell of its outlet: mastheads, invitations, notes on authors, copyright lines, addresses.

What belongs here: evidence in the text. What does not: declared outlets and hosts, and the decision (``outlets.py``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipelines.document import Block, Document
from pipelines.normalise.outlet_words import COPYRIGHT_SIGNS, READ_ON, SELF, holds, named_somewhere
from pipelines.normalise.registry import (
    PAPER_WORD,
    Outlet,
    agency_by_name,
    outlet_by_host,
    outlet_by_name,
    outlets,
)
from pipelines.rules import load_rules

RULES = load_rules("outlets")
_LONGEST = 300
_OPENING = 160  # characters of a line in which an outlet speaks of itself
_MOST_BLOCKS = 2000
_HOUSE = ("promo", "interface", "related", "copyright", "section", "comment", "contributors", "crosshead", "deck")
_TELLING = ("body", *_HOUSE)
_INVITING = ("promo", "interface", "related", "copyright", "comment", "contributors", "crosshead")
_SPEAKING = ("promo", "copyright", "interface", "comment", "related")
_READ = (*_HOUSE, "byline")
_NOTES = ("byline", "contributors", "promo", "related", "comment", "interface")
_MOST_NAMED = 200  # places at which one word is looked at
_CLOSING = 6  # blocks of the text in which its writer may be introduced
_SPLIT = re.compile(r"(?:(?<!\s)\s+)?(?:[|•·/;\n]|,|\s[-–—]\s|\b[Ff]or\b|\bof\b|\bat\b)\s*")
_COMPANY = re.compile(
    r"\b(?:inc|llc|ltd|limited|plc|gmbh|ag|sa|corp|corporation|company|co|holdings?|group|network|networks|publishing|media|enterprises|"
    r"communications|partners|pty|bv|srl|technologies|rights|reserved|all|license|terms|privacy|policy|notice)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:News|Newsletters?|App|Apps|Daily|Plus|Premium|Magazine|Network|Media|Group|All|Inc|LLC|Ltd|Limited|Store|\+|&|and)\b"
)
_STAFF = re.compile(
    r"(?:['’]s)?\s+(?:staff|staff writers?|reporters?|correspondents?|newsroom|desk|online|bureau|editors?|team|web desk)$",
    re.IGNORECASE,
)


class OutletFound(NamedTuple):
    """The outlet of an article and what told it; offsets count the clean text, ``None`` where declared."""

    outlet_id: str
    method: str
    confidence: float
    text: str
    start: int | None
    end: int | None
    rule_id: str


def found_by(
    outlet_id: str,
    method: str,
    rule: str,
    text: str,
    start: int | None = None,
    end: int | None = None,
    factor: float = 1.0,
) -> OutletFound:
    """What a rule of ``seeds/rules/outlets.toml`` found, with its confidence times ``factor``."""
    return OutletFound(
        outlet_id, method, round(RULES[rule].confidence * factor, 3), text, start, end, f"outlets/{rule}"
    )


def registered_start(name: str, whole: bool = False) -> tuple[Outlet, int] | None:
    """The outlet that the first words of a phrase name, the longest name first, and the length of that name.

    ``whole``: one word that goes on in capitals is another name ("Science Museum", "Independent Journalism").
    """
    words = name.split(" ")
    for count in range(min(len(words), 6), 0, -1):
        head = " ".join(words[:count]).rstrip(".,'’")
        outlet = outlet_by_name(head) or outlet_by_name(re.sub(r"['’]s$", "", head))
        if outlet is None and count == 1 and "." in head:
            outlet = outlet_by_host(head.split("/")[0].lower())
        goes_on = whole and count == 1 and len(words) > 1 and not _OWN.match(words[1])
        if outlet and len(head) > 2 and not goes_on:
            return outlet, len(head)
    return None


def stated_name(name: str) -> str | None:
    """A name as it is stated, if it can be an outlet's: no company, no agency."""
    name = " ".join(name.split()).strip(" .,;:'’-")
    if not 3 <= len(name) <= 60 or _COMPANY.search(name) or agency_by_name(name):
        return None
    return name


def _named(document: Document, rule: str, blocks: list[Block], whole: bool = False) -> Iterator[OutletFound]:
    """What a rule's pattern finds in blocks: registered names, and others where the phrase leaves no doubt.

    ``whole``: all of a block is read, not its opening only.
    """
    clean, regex, stated_counts = document.clean, RULES[rule].regex, RULES[rule].kind == "stated"
    for block in blocks:
        for found in regex.finditer(clean, block.start, block.end if whole else min(block.end, block.start + _LONGEST)):
            known = registered_start(found["name"].split("—")[0], whole=True)
            if known:
                end = found.start("name") + known[1]
                words = clean[found.start() : end]
                yield found_by(known[0].outlet_id, "house_phrase", rule, words, found.start(), end)
            elif stated_counts and (stated := stated_name(found["name"])):
                yield found_by(stated, "house_phrase", rule, found[0].strip(), found.start(), found.end(), 0.85)


def _naming(document: Document, read: list[Block]) -> list[Block]:
    """The blocks of ``read``, in order, in which a registered outlet is named: only they can tell which of them the page is."""
    clean = document.clean
    starts = [block.start for block in read]
    found: set[int] = set()
    for name in named_somewhere(document, read):
        at, seen = clean.find(name), 0
        while at >= 0 and seen < _MOST_NAMED:
            number = bisect_right(starts, at) - 1
            if number >= 0 and at < read[number].end:
                found.add(number)
            at, seen = clean.find(name, at + len(name)), seen + 1
    return [read[number] for number in sorted(found)]


def _opened(document: Document, blocks: list[Block]) -> Iterator[OutletFound]:
    """Lines that begin with an outlet's name: its masthead, its shop, what it says of itself."""
    clean = document.clean
    for block in blocks:
        text = clean[block.start : min(block.end, block.start + _OPENING)]
        known = registered_start(text)
        if known is None or known[0].everyday or not _same_writing(text[: known[1]], known[0]):
            continue
        rest = text[known[1] :].strip()
        for rule in ("masthead",) if not rest else ("own_product", "own_account", "speaks_of_itself"):
            if rest and not RULES[rule].regex.match(text, known[1]):
                continue
            if rule == "speaks_of_itself" and block.kind not in _SPEAKING:
                continue
            end = block.start + known[1]
            yield found_by(known[0].outlet_id, "house_phrase", rule, text[: known[1]], block.start, end)
            break


def _same_writing(words: str, outlet: Outlet) -> bool:
    """Whether a single word is written as the outlet writes it, or in capitals: "wired" is not WIRED."""
    return " " in words or words[0].isupper()


def _addresses(document: Document, blocks: list[Block]) -> Iterator[OutletFound]:
    """Mail addresses of a registered outlet's host."""
    clean = document.clean
    for block in blocks:
        if clean.find("@", block.start, block.end) < 0:
            continue
        for found in RULES["mail_address"].regex.finditer(clean, block.start, min(block.end, block.start + _LONGEST)):
            outlet = outlet_by_host(found["host"].lower())
            if outlet:
                yield found_by(outlet.outlet_id, "house_phrase", "mail_address", found[0], found.start(), found.end())


@cache
def _phrases_of_outlets() -> tuple[tuple[str, str], ...]:
    return tuple((outlet.outlet_id, phrase) for outlet in outlets().values() for phrase in outlet.house_phrases)


def _own_phrases(document: Document) -> Iterator[OutletFound]:
    """The phrases that the registry gives for single outlets."""
    for outlet_id, phrase in _phrases_of_outlets():
        at = document.clean.find(phrase)
        if at >= 0:
            yield found_by(outlet_id, "house_phrase", "own_phrase", phrase, at, at + len(phrase))


def _bylines(document: Document) -> Iterator[OutletFound]:
    clean = document.clean
    for block in document.of_kind("byline", "metadata", "dateline"):
        text = clean[block.start : min(block.end, block.start + _LONGEST)]
        at = block.start
        for part in [*_SPLIT.split(text), ""]:
            part_ = part.strip().removeprefix("By ").removeprefix("by ")
            name = _STAFF.sub("", part_)
            one_word = " " not in name and (
                name != part_ or block.kind != "byline"
            )  # "Science Correspondent", a section "Money"
            outlet = outlet_by_name(name) if 2 < len(name) <= 60 and not one_word else None
            if outlet and not agency_by_name(name):
                place = clean.find(name, at, block.end)
                yield found_by(outlet.outlet_id, "byline", "staff_byline", name, place, place + len(name))
            at += len(part)
        if block.kind == "byline" and (special := RULES["special_to"].regex.search(text)):
            stated = stated_name(special["name"])
            if stated and PAPER_WORD.search(stated) and not outlet_by_name(stated):
                start = block.start + special.start("name")
                yield found_by(stated, "byline", "special_to", special["name"], start, start + len(special["name"]))


def _copyrights(document: Document, blocks: list[Block]) -> Iterator[OutletFound]:
    clean = document.clean
    if not holds(document, COPYRIGHT_SIGNS):
        return
    for block in blocks:
        text = clean[block.start : min(block.end, block.start + _LONGEST)]
        if not any(sign in text for sign in COPYRIGHT_SIGNS):
            continue
        for found in RULES["copyright"].regex.finditer(clean, block.start, min(block.end, block.start + _LONGEST)):
            name = found["name"]
            if agency_by_name(name.rstrip(".")) and not outlet_by_name(name.rstrip(".")):
                continue
            known = registered_start(name)
            if known and not agency_by_name(clean[found.start("name") : found.start("name") + known[1]]):
                end = found.start("name") + known[1]
                yield found_by(
                    known[0].outlet_id, "copyright", "copyright", clean[found.start() : end], found.start(), end
                )
            elif " " in name and (stated := stated_name(name.split(". ")[0])) and PAPER_WORD.search(stated):
                yield found_by(stated, "copyright", "copyright", found[0], found.start(), found.end(), 0.87)


def _says(clean: str, block: Block, words: tuple[str, ...]) -> bool:
    return any(clean.find(word, block.start, block.end) >= 0 for word in words)


def evidence(document: Document) -> Iterator[OutletFound]:
    """Everything in the text that tells the outlet, one phrase at a time."""
    body = document.of_kind("body")
    closing = body[-_CLOSING:]
    selves = [(rule, needs) for rule, needs in SELF if holds(document, needs)]
    last = closing[0].start if closing and not selves else 0
    naming = _naming(
        document,
        [block for block in document.blocks if block.kind in _READ or (block.kind == "body" and block.start >= last)],
    )
    house = [block for block in naming if block.kind in _HOUSE]
    inviting = [block for block in house if block.kind in _INVITING]
    ends = [block for block in naming if closing and block.kind == "body" and block.start >= closing[0].start]
    notes = [block for block in naming if block.kind in _NOTES]
    if holds(document, READ_ON):
        yield from _named(document, "read_more_in", document.of_kind(*_INVITING)[:_MOST_BLOCKS])
    yield from _named(document, "own_newsletter", [*inviting, *ends])
    yield from _own_phrases(document)
    yield from _bylines(document)
    yield from _named(document, "author_note", [*notes, *ends])
    for rule, needs in selves:
        able = [block for block in naming if block.kind in _TELLING and _says(document.clean, block, needs)]
        yield from _named(document, rule, able, whole=True)
    yield from _copyrights(document, document.of_kind(*_INVITING)[:_MOST_BLOCKS])
    if holds(document, "@"):
        yield from _addresses(document, [*document.of_kind("byline", *_HOUSE)[:_MOST_BLOCKS], *closing])
    yield from _opened(document, house)
