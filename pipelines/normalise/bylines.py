"""Who wrote an article: the people in its byline.

What belongs here: which lines say who wrote it. What does not: reading names in a line (``person_names.py``), those who
helped (``contributors.py``), organisations (``agencies.py``, ``outlets.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.document import Document
from pipelines.normalise.contributors import names_in_credits
from pipelines.normalise.date_words import readings
from pipelines.normalise.layout import Line, Page, page_of
from pipelines.normalise.page_fields import declared_by_page
from pipelines.normalise.person_names import BY, WORD, names_in_byline, person

_LONGEST = 400
_BIOGRAPHY = re.compile(
    r"\b(?:is|was|has|covers?|writes?|joined|lives|graduated|contact|about|mr|ms|mrs|dr)\b", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"\b(?:social|facebook|twitter|linkedin|whatsapp|reddit|pinterest|instagram|youtube|telegram|google|apple|sign|log|menu|search|subscribe|"
    r"comments?|copy|links?|listen|print|save|home|more|advertisement|sponsored|latest|breaking|exclusive|live|watch|top|best|all|your|"
    r"privacy|cookies?|terms|contact|about|us|join|now|new|click|here|skip|content|stories|story|credit|getty|shutterstock|view|gallery|"
    r"january|february|march|april|june|july|august|september|october|november|december|north|south|east|west|united|kingdom|states|"
    r"day|night|week|year|war|city|street|school|university|house|court|police|league|cup|game|music|film|movies?|food|travel|money|"
    r"style|life|culture|arts?|books?|fashion|beauty|law|crime|weather|video|podcasts?|radio|tv|show|star|times|post|journal)\b",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    rf"\W*(?P<name>{WORD}(?:[ ]{WORD}){{1,3}})\s+(?:is\s+(?:an?|the|\w+['’]s?|our)\s+(?:[\w'’-]+\s+){{0,6}}?"
    r"(?:writer|reporter|editor|journalist|correspondent|columnist|contributor|intern|producer|author|critic)\b|covers\b|writes\b|reports\b)"
)
_AFTER = 12  # lines behind the text in which its writer is introduced
_OVER = 3  # lines over the headline in which a byline can stand
_HEAD = 30  # lines over the text that are looked at for its byline
_OPENING = 4  # lines of the text before which a byline was not recognised
_NEAR = 3  # lines between a name and a date that make the name a byline


_WROTE = re.compile(r"\b(?:[Ww]ritten|[Rr]eport(?:ed|ing)|[Ww]riting|[Ww]ords|[Ss]tory)\b")
_BY_INSIDE = re.compile(r"(?<![\w-])(?:[Bb]y|BY):?\s+(?=[A-ZÀ-Þ])")
_BY_WORD = re.compile(
    r"\W*(?:(?:commentary|opinion|analysis|written|reported|posted|published|words|story|text)\s)?(?:by|authors?)\W*$",
    re.IGNORECASE,
)


def _header(page: Page) -> list[Line]:
    """The lines in which a byline stands: those just over the headline, those between it and the text, and the first of the text."""
    layout = page.layout
    first = layout.body_line - _HEAD
    if layout.headline is not None:
        first = max(first, layout.headline - _OVER)
    return page.lines[max(0, first) : min(layout.body_line + _OPENING, layout.body_end_line + 1)]


def _signed(header: list[Line]) -> list[str]:
    """The bylines of a header; where some say By, only these and what stands right behind them."""
    named: list[tuple[str, bool]] = []
    last, said = -2, False
    for line in header:
        if line.kind != "byline":
            continue
        text = line.text[:_LONGEST]
        said = BY.match(text) is not None or _BY_WORD.search(text) is not None or (said and line.number == last + 1)
        last = line.number
        if BY.match(text) or not _BIOGRAPHY.search(text):
            named.append((text, said))
    return [text for text, said in named if said] or [text for text, _ in named]


def _unmarked(header: list[Line], top: int) -> Iterator[str]:
    """Bylines that a cleaner took for something else: "By ...", or a bare name beside a date."""
    dated = [line.number for line in header if len(line.text) <= 160 and readings(line.text)]
    for line in header:
        if len(line.text) > 160 or line.kind in ("byline", "headline", "body", "contributors", "caption", "credit"):
            continue
        inside = _BY_INSIDE.search(line.text)
        if inside and line.kind != "deck":
            yield line.text[inside.start() :]
        elif BY.match(line.text):
            yield line.text
        elif (
            line.number > top
            and line.kind != "section"
            and any(-1 <= number - line.number <= _NEAR for number in dated)
        ):
            names = names_in_byline(line.text)
            if (
                names
                and not _FURNITURE.search(" ".join(names))
                and line.text.lstrip().lower().startswith(names[0].split(" ")[0].lower())
            ):
                yield line.text


def _biographies(page: Page) -> Iterator[str]:
    """The people whom a note at the end of the text introduces as its writers: "Ada Moss is a reporter for ..."."""
    end = page.layout.body_end_line
    for line in page.lines[max(0, end - 2) : end + _AFTER]:
        found = _INTRODUCED.match(line.text)
        name = person(found["name"]) if found else None
        if name and " " in name:
            yield name


def _behind(page: Page) -> Iterator[str]:
    """The bylines in the text and right behind it."""
    layout = page.layout
    for line in page.lines[layout.body_line : layout.body_end_line + _AFTER]:
        if line.kind == "byline" and (BY.match(line.text) or not _BIOGRAPHY.search(line.text)):
            yield line.text[:_LONGEST]


def _of_record(document: Document) -> Iterator[str]:
    for field in ("author", "authors", "byline"):
        declared = document.metadata.get(field)
        for value in declared if isinstance(declared, list) else [declared]:
            if isinstance(value, str):
                yield value[:_LONGEST]


_PAGE_SOURCES = (("json_ld",), ("og", "meta"), ("microdata", "rel_author"))
_SLUG = re.compile(r"https?:|www\.|[\w.-]+@|^[\w-]+$")
# What newsrooms put into the field beside the name: "Ada Moss | The Coast Mail", "Ada Moss, coastmail.example".
_BESIDE = re.compile(r"\s*(?:\||,\s(?=[^,]*(?:\.[a-z]{2,3}\b|[Ff]or\b)))")


def _by_page(document: Document) -> list[str]:
    """The people in the author fields of a page, from the surest source that names any."""
    stated = list(declared_by_page(document, "author"))
    for sources in _PAGE_SOURCES:
        found: list[str] = []
        for source, value in stated:
            if source in sources and not _SLUG.search(value):
                found += names_in_byline(_BESIDE.split(value)[0][:_LONGEST])
        if found:
            return list(dict.fromkeys(found))
    return []


def _helpers(document: Document, page: Page) -> set[str]:
    """Those whom lines over the text credit with other work than writing."""
    found: set[str] = set()
    for block in document.of_kind("contributors"):
        text = document.clean[block.start : min(block.end, block.start + _LONGEST)]
        if block.start < page.layout.body_start and not _WROTE.search(text):
            found.update(names_in_credits(text))
    return found


def authors(document: Document, page: Page | None = None) -> list[str]:
    """The people whom an HTML page declares, else those in the bylines, else those that the record declares; without those
    whom the header credits with other work, unless they are all that there are.
    """
    page = page or page_of(document)
    found = list(dict.fromkeys(_by_page(document) or _in_text(document, page)))
    helpers = _helpers(document, page) if len(found) > 1 else ()
    return [name for name in found if name not in helpers] or found


def _in_text(document: Document, page: Page) -> list[str]:
    """The people in the first of the places that names any."""
    header = _header(page)
    for lines in (_signed(header), _unmarked(header, page.layout.top), _behind(page)):
        found = [name for line in lines for name in names_in_byline(line)]
        if found:
            return found
    return list(_biographies(page)) or [name for line in _of_record(document) for name in names_in_byline(line)]
