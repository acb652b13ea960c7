"""Which outlet published an article: declared, hosted, or named by the page when it speaks of itself.

What belongs here: evidence for the outlet. What does not: the registry (``registry.py``), and the agencies that the text
comes from (``agencies.py``). Without evidence there is no outlet; none is ever invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipelines.document import Block, Document
from pipelines.normalise.page_fields import addresses, declared_by_page
from pipelines.normalise.registry import (
    PAPER_WORD,
    Outlet,
    agency_by_name,
    host_of,
    outlet_by_host,
    outlet_by_name,
    outlets,
    site_of,
)
from pipelines.rules import load_rules

_RULES = load_rules("outlets")
_DECLARED_FIELDS = ("outlet", "site_name", "publisher", "hostname")
_HOUSE_BLOCKS = ("promo", "interface", "related", "copyright")
_LONGEST = 300
_MOST_BLOCKS = 2000

_SPLIT = re.compile(r"(?<!\s)\s*(?:[|•·/;\n]|,|\s[-–—]\s|\b[Ff]or\b|\bof\b|\bat\b)\s*")
_TITLE_TAIL = re.compile(r"\s[|–—-]\s([^|–—]{2,40})$")
_COMPANY = re.compile(
    r"\b(?:inc|llc|ltd|limited|plc|gmbh|ag|sa|corp|corporation|company|co|holdings?|group|network|networks|publishing|media|enterprises|"
    r"communications|partners|pty|bv|srl|technologies|rights|reserved|all|license|terms|privacy|policy|notice)\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"^(?:https?://\S+|[a-z0-9.-]+\.[a-z]{2,})$")
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


def _found(
    outlet_id: str,
    method: str,
    rule: str,
    text: str,
    start: int | None = None,
    end: int | None = None,
    factor: float = 1.0,
) -> OutletFound:
    return OutletFound(
        outlet_id, method, round(_RULES[rule].confidence * factor, 3), text, start, end, f"outlets/{rule}"
    )


def _host_id(host: str) -> str:
    outlet = outlet_by_host(host)
    return outlet.outlet_id if outlet else f"host:{site_of(host)}"


def _declared(document: Document) -> Iterator[OutletFound]:
    for field in _DECLARED_FIELDS:
        value = document.metadata.get(field)
        stated = " ".join(value.split())[:200] if isinstance(value, str) else ""
        if not stated:
            continue
        outlet = outlets().get(stated) or outlet_by_name(stated)
        host = host_of(stated if "/" in stated else f"//{stated}") if not outlet and _HOST.search(stated) else None
        yield _found(outlet.outlet_id if outlet else _host_id(host) if host else stated, "declared", "declared", stated)


def _hosted(document: Document) -> Iterator[OutletFound]:
    host = host_of(document.url) if document.url else None
    if host:
        yield _found(_host_id(host), "url", "url_host", host)


def _titled(document: Document) -> Iterator[OutletFound]:
    title = document.metadata.get("title")
    tail = _TITLE_TAIL.search(title[-80:]) if isinstance(title, str) else None
    outlet = outlet_by_name(tail[1]) if tail else None
    if tail and outlet:
        yield _found(outlet.outlet_id, "declared", "title_suffix", tail[1])


def _by_page(document: Document) -> Iterator[OutletFound]:
    """An outlet that an HTML page names as its own, then the site of the address that it gives for itself.

    The name comes first, since a page that took an article over often gives the address that it took it from. A name
    that is not registered comes last: it may be that of a publishing house.
    """
    names = [value[:200] for _, value in declared_by_page(document, "outlet")]
    for name in names:
        known = outlet_by_name(name) or outlet_by_name(name.split(" | ")[0].split(" - ")[0])
        if known:
            yield _found(known.outlet_id, "declared", "page_publisher", name)
    for address in addresses(document):
        host = host_of(address)
        if host:
            yield _found(_host_id(host), "url", "page_address", host)
    for name in names:
        if stated := _stated(name):
            yield _found(stated, "declared", "page_publisher", name, factor=0.85)


def _registered_start(name: str, whole: bool = False) -> tuple[Outlet, int] | None:
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


def _stated(name: str) -> str | None:
    """A name as it is stated, if it can be an outlet's: no company, no agency."""
    name = " ".join(name.split()).strip(" .,;:'’-")
    if not 3 <= len(name) <= 60 or _COMPANY.search(name) or agency_by_name(name):
        return None
    return name


def _phrases(document: Document, blocks: list[Block]) -> Iterator[OutletFound]:
    """House phrases: the page invites to more of itself."""
    clean = document.clean
    for rule in ("read_more_in", "own_newsletter"):
        regex, stated_counts = _RULES[rule].regex, _RULES[rule].kind == "stated"
        for block in blocks:
            for found in regex.finditer(clean, block.start, min(block.end, block.start + _LONGEST)):
                known = _registered_start(found["name"], whole=True)
                stated = None if known or not stated_counts else _stated(found["name"])
                if known:
                    end = found.start("name") + known[1]
                    yield _found(
                        known[0].outlet_id, "house_phrase", rule, clean[found.start() : end], found.start(), end
                    )
                elif stated:
                    yield _found(stated, "house_phrase", rule, found[0].strip(), found.start(), found.end(), 0.85)


@cache
def _phrases_of_outlets() -> tuple[tuple[str, str], ...]:
    return tuple((outlet.outlet_id, phrase) for outlet in outlets().values() for phrase in outlet.house_phrases)


def _own_phrases(document: Document) -> Iterator[OutletFound]:
    """The phrases that the registry gives for single outlets."""
    for outlet_id, phrase in _phrases_of_outlets():
        at = document.clean.find(phrase)
        if at >= 0:
            yield _found(outlet_id, "house_phrase", "own_phrase", phrase, at, at + len(phrase))


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
                yield _found(outlet.outlet_id, "byline", "staff_byline", name, place, place + len(name))
            at += len(part)
        if block.kind == "byline" and (special := _RULES["special_to"].regex.search(text)):
            stated = _stated(special["name"])
            if stated and PAPER_WORD.search(stated) and not outlet_by_name(stated):
                start = block.start + special.start("name")
                yield _found(stated, "byline", "special_to", special["name"], start, start + len(special["name"]))


def _copyrights(document: Document, blocks: list[Block]) -> Iterator[OutletFound]:
    clean = document.clean
    for block in blocks:
        for found in _RULES["copyright"].regex.finditer(clean, block.start, min(block.end, block.start + _LONGEST)):
            name = found["name"]
            if agency_by_name(name.rstrip(".")) and not outlet_by_name(name.rstrip(".")):
                continue
            known = _registered_start(name)
            if known and not agency_by_name(clean[found.start("name") : found.start("name") + known[1]]):
                end = found.start("name") + known[1]
                yield _found(
                    known[0].outlet_id, "copyright", "copyright", clean[found.start() : end], found.start(), end
                )
            elif " " in name and (stated := _stated(name.split(". ")[0])) and PAPER_WORD.search(stated):
                yield _found(stated, "copyright", "copyright", found[0], found.start(), found.end(), 0.75)


def outlet(document: Document) -> OutletFound | None:
    """The outlet with the strongest evidence, ``None`` without any; a phrase that most of the page repeats wins a tie."""
    for strong in (_declared, _hosted, _by_page, _titled):
        for found in strong(document):
            return found
    blocks = [block for block in document.blocks if block.kind in _HOUSE_BLOCKS][:_MOST_BLOCKS]
    for found in _phrases(document, blocks):
        return found
    for weak in (_own_phrases(document), _bylines(document), _copyrights(document, blocks)):
        for found in weak:
            return found
    return None
