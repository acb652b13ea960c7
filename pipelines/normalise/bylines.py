"""Who wrote an article, and who helped: names of people in bylines and in contributor lines.

What belongs here: names. What does not: organisations (``agencies.py``, ``outlets.py``), and finding the lines (clean).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.document import Block, Document
from pipelines.normalise.date_words import readings
from pipelines.normalise.layout import Page, page_of
from pipelines.normalise.page_fields import declared_by_page
from pipelines.normalise.registry import PAPER_WORD, agency_by_name, outlet_by_name

_LONGEST = 400
_LONGEST_CREDIT = 1500
_MOST_NAMES = 40

_BY = re.compile(
    r"^\W*(?:(?-i:By(?=[A-Z]))|(?:(?:written|reported|posted|published|words|story|text|analysis|opinion|review|exclusive)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|autore?|authors?)\b)\s*:?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"(?<!\s)\s*(?:[|•·;/\n\t,]|\s[-–—]\s|(?<![^\W\d_])(?:and|AND|und|et|y|e|en|og|och|with|&)(?![^\W\d_])|[()])\s*"
)
# What follows a name and is none: "at Millbrook Park", "for The Coast Mail", "reports from Rome".
_PLACED = re.compile(r"\b(?:in|at|for|from|reports?|reporting|IN|AT|FOR|FROM|REPORTS?)\b")
# A role in small letters behind capitals that say where or on what: "Middle East correspondent", "North of Alder editor".
_QUALIFIED = re.compile(
    r"(?:\s+of(?:\s+[^\W\d_a-z][\w-]*)+)?\s+(?:correspondents?|reporters?|editors?|bureau\schief)\s*$"
)
_PLACE = re.compile(
    r"(?:New|Los|Las|Port|Fort|Cape|Hong Kong|Tel Aviv|Abu Dhabi|Addis Ababa|Kuala Lumpur|Buenos Aires|NEW|LOS|LAS|PORT)\b"
)
_SPLIT_BY = re.compile(r"(?<=[\w.])\s+(?=[Bb]y\s+[A-Z])|(?<=[a-z])(?=By\s[A-Z])")
_PARTICLE = r"(?:de|da|das|do|dos|di|del|della|la|le|van|von|der|den|ter|ten|bin|ibn|bint|al|el|ben|mac|af|zu|st\.?|y)"
_WORD = r"[^\W\d_a-z][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_NAME = re.compile(rf"{_WORD}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_WORD}){{1,4}}")
_PERSON = re.compile(rf"(?:{_WORD}|{_PARTICLE})(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_WORD}){{0,4}}")
_ROLE = re.compile(
    r"\b(?:staff|writers?|reporters?|correspondents?|editors?|editorial|contributors?|contributing|journalists?|columnists?|producers?|"
    r"author|bureau|desk|chief|senior|deputy|associate|political|business|sports?|news|newsroom|team|special|agenc(?:y|ies)|updated|published|"
    r"posted|read|(?<!-)min|minutes?|ago|share|follow|email|twitter|photos?|images?|video|published|press|media|magazine|service|the|"
    r"health|science|technology|entertainment|world|national|international|politics|opinion|analyst|professor|director|manager)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_CUE = re.compile(
    r"(?:additional |other |further |more )?(?:reporting|writing|editing|written|edited|reported|compiled|translated|translation|research|graphics?|production)"
    r"(?: and (?:writing|editing|reporting|research))?\s*(?:by|:)\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\b(?:contributed|helped|assisted|reported|reports|in|from|at|of|for|to|on|was|were|has|have|aided|also)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_LEAD = re.compile(
    r"^.*?\b(?:aided|helped|assisted|supported|produced|compiled|prepared)\s+by\b|^.*?\b(?:journalists?|writers?|reporters?|correspondents?|editors?|staffers?|producers?)\s+(?=[A-Z])",
    re.DOTALL,
)
_REPORTED = re.compile(rf"(?P<names>{_WORD}(?:[ ]{_WORD}){{0,3}})\s+(?:reported|contributed|reports)\b")
_ONE_NAME = re.compile(_WORD)
_PIECES = re.compile(r"\s*(?:,|;|\band\b|&)\s*")


_NO_NAME = re.compile(
    r"\b(?:this|that|you|your|with|does|need|not|what|how|why|when|where|everything|related|topics?|commentary|partnership|policy|only|"
    r"gov|sen|rep|told|by)\b|['’]s\b",
    re.IGNORECASE,
)
# Scrapers glue the role to the name: "Ada MossStaff Writer".
_GLUED_ROLE = re.compile(
    r"(?<=[a-z])(?=(?:Staff|Published|Posted|Updated|Writer|Editor|Reporter|Senior|Contribut|Correspondent|City|News|Showbiz|Columnist|Freelance|"
    r"Feature|Politic|Sport|Business|Tech|Health|Science|Money|Political)[a-z]*\b)"
)


def _without_outlet(name: str) -> str:
    """The name without an outlet or agency that follows it: "Ada Moss Fox News"."""
    words = name.split(" ")
    for count in (3, 2, 1):
        tail = " ".join(words[-count:])
        if len(words) - count >= 2 and (outlet_by_name(tail) or agency_by_name(tail)):
            return " ".join(words[:-count])
    return name


def _person(words: str) -> str | None:
    """The words, if they can be a person's name; a role, an outlet or an agency cannot."""
    name = _without_outlet(" ".join(words.split()).strip(" .,:;-–—"))
    if not 3 <= len(name) <= 60 or _ROLE.search(name) or _NO_NAME.search(name) or not _PERSON.fullmatch(name):
        return None
    if agency_by_name(name) or outlet_by_name(name) or PAPER_WORD.search(name):
        return None
    words_ = name.split(" ")
    half = len(words_) // 2
    if half and words_[:half] == words_[half:]:  # "Ada Moss Ada Moss", the text of a picture and its name
        name = " ".join(words_[:half])
    return _cased(name)


def _cased(name: str) -> str:
    """A name with words in capitals in the usual writing; initials and two letters stay.

    >>> _cased("ADA MOSS-FINN"), _cased("Ada McMoss"), _cased("J.P. MOSS"), _cased("DJ Moss")
    ('Ada Moss-Finn', 'Ada McMoss', 'J.P. Moss', 'DJ Moss')
    """
    return " ".join(
        _usual(word) if word.isupper() and "." not in word and len(word) > 2 else word for word in name.split(" ")
    )


def _usual(word: str) -> str:
    return _LETTERS.sub(lambda part: part[0].capitalize(), word)


def _credited(names: str) -> Iterator[str]:
    """The pieces of a byline that can be names: without the places and outlets behind them, and what a comma adds to those."""
    at, comma, placed = 0, False, False
    for end, after, sign in [
        *((cut.start(), cut.end(), cut[0]) for cut in _SPLIT.finditer(names)),
        (len(names),) * 2 + ("",),
    ]:
        name, *place = _PLACED.split(names[at:end], maxsplit=1)
        if place or not (placed and comma):
            yield name.strip()
            placed = bool(place)
        at, comma = after, sign.strip() == ","


def _unqualified(words: str, rest: str) -> str:
    """A name without the capitals behind it that belong to a role: "Ada Moss Middle East" of "… correspondent".

    >>> _unqualified("Ada Moss Middle East", " correspondent"), _unqualified("Ada B. Moss", " health editor")
    ('Ada Moss', 'Ada B. Moss')
    """
    pieces = words.split(" ")
    if len(pieces) < 3 or not _QUALIFIED.match(rest) or any(len(piece.rstrip(".")) < 3 for piece in pieces):
        return words
    return " ".join(pieces[:2])


def names_in_byline(text: str) -> list[str]:
    """The people whom a byline names, in order.

    >>> names_in_byline("By Ada Moss and Bo van Finn, Staff Writers | 5 March 2021")
    ['Ada Moss', 'Bo van Finn']
    >>> names_in_byline("By Ada Moss in Harbour Town, South Alder, and Bo Finn at Millbrook Park")
    ['Ada Moss', 'Bo Finn']
    >>> names_in_byline("By Reuters")
    []
    """
    for reading in reversed(readings(text)):
        text = text[: reading.start] + "|" + text[reading.end :]
    text = _GLUED_ROLE.sub("|", text)
    found: list[str] = []
    for credit in _SPLIT_BY.split(text):
        said_by = _BY.match(credit)
        for part in _credited(credit[said_by.end() :] if said_by else credit):
            part = _BY.sub("", part)
            if _PLACE.match(part):
                continue
            name = _person(part)
            if name and (" " in name or (said_by and not found)):
                found.append(name)
            elif (
                not name
                and (start := _NAME.match(part))
                and (name := _person(_ROLE.split(_unqualified(start[0], part[start.end() :]))[0]))
                and " " in name
            ):
                found.append(name)  # "Ada Moss Staff Writer"
    return list(dict.fromkeys(found))[:_MOST_NAMES]


_BIOGRAPHY = re.compile(
    r"\b(?:is|was|has|covers?|writes?|joined|lives|graduated|contact|about|mr|ms|mrs|dr)\b", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"\b(?:facebook|twitter|linkedin|whatsapp|reddit|pinterest|instagram|youtube|telegram|google|apple|sign|log|menu|search|subscribe|"
    r"comments?|copy|link|listen|print|save|home|more|advertisement|sponsored|latest|breaking|exclusive|live|watch|top|best|all|your|"
    r"privacy|cookies?|terms|contact|about|us|join|now|new|click|here|skip|content|stories|story|credit|getty|shutterstock|view|gallery|"
    r"january|february|march|april|june|july|august|september|october|november|december|north|south|east|west|united|kingdom|states|"
    r"day|night|week|year|war|city|street|school|university|house|court|police|league|cup|game|music|film|movies?|food|travel|money|"
    r"style|life|culture|arts?|books?|fashion|beauty|law|crime|weather|video|podcasts?|radio|tv|show|star|times|post|journal)\b",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    rf"\W*(?P<name>{_WORD}(?:[ ]{_WORD}){{1,3}})\s+(?:is\s+(?:an?|the|\w+['’]s?|our)\s+(?:[\w'’-]+\s+){{0,6}}?"
    r"(?:writer|reporter|editor|journalist|correspondent|columnist|contributor|intern|producer|author|critic)\b|covers\b|writes\b|reports\b)"
)
_AFTER = 12  # lines behind the text in which its writer is introduced
_HEAD = 60  # lines over the text in which its byline stands
_NEAR = 3  # lines between a name and a date that make the name a byline


def _unmarked(page: Page) -> Iterator[str]:
    """Bylines between headline and text that a cleaner took for something else: "By ...", or a bare name beside a date."""
    head = [line for line in page.head() if line.kind not in ("byline", "section", "headline", "body", "contributors")]
    dated = [line.number for line in page.head() if len(line.text) <= 160 and readings(line.text)]
    for line in head:
        if len(line.text) > 160:
            continue
        if _BY.match(line.text):
            yield line.text
        elif line.kind not in ("caption", "credit") and any(-1 <= number - line.number <= _NEAR for number in dated):
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
        name = _person(found["name"]) if found else None
        if name and " " in name:
            yield name


def _named_in(document: Document, blocks: list[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        text = document.clean[block.start : min(block.end, block.start + _LONGEST)]
        if _BY.match(text) or not _BIOGRAPHY.search(text):
            found += names_in_byline(text)
    return found


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


def authors(document: Document, page: Page | None = None) -> list[str]:
    """The people whom an HTML page declares, else those in the bylines, else those that the record declares."""
    if found := _by_page(document):
        return found
    page = page or page_of(document)
    blocks = document.of_kind("byline")
    layout = page.layout
    near = page.lines[max(0, layout.body_line - _HEAD) : layout.body_line]
    above = [block for block in blocks if near and near[0].start <= block.start < layout.body_start]
    found = _named_in(document, above)
    if not found:
        found = _named_in(document, [block for block in blocks if block not in above])
    if not found:
        for text in _unmarked(page):
            found += names_in_byline(text)
    if not found:
        found = list(_biographies(page))
    if not found:
        for field in ("author", "authors", "byline"):
            declared = document.metadata.get(field)
            for value in declared if isinstance(declared, list) else [declared]:
                if isinstance(value, str):
                    found += names_in_byline(value[:_LONGEST])
    return list(dict.fromkeys(found))


def _after_cues(text: str) -> Iterator[str]:
    """The lists of names behind "Reporting by", "Editing by" and their like."""
    cues = list(_CUE.finditer(text))
    for number, cue in enumerate(cues):
        yield text[cue.end() : cues[number + 1].start() if number + 1 < len(cues) else len(text)]


def names_in_credits(text: str) -> list[str]:
    """The people whom a contributor line names, without the places that they wrote from.

    >>> names_in_credits("(Reporting by Ada Moss in Harbour Town, Bo Finn in Rome; Editing by Cy Dunn)")
    ['Ada Moss', 'Bo Finn', 'Cy Dunn']
    >>> names_in_credits("Moss reported from Rome. Coast Press writers Bo Finn in Paris, France; and Cy Dunn in Oslo contributed.")
    ['Moss', 'Bo Finn', 'Cy Dunn']
    """
    lists = list(_after_cues(text))
    if not lists:
        lists = []
        for sentence in re.split(r"(?<=[a-z)])\.\s+(?=[A-Z])", text):
            single = _REPORTED.match(sentence.strip())
            lists.append(single["names"] if single else _LEAD.sub("", sentence, count=1))
    found = []
    for names in lists:
        alone = len(lists) > 1 and bool(_ONE_NAME.fullmatch(names))
        for piece in _listed(names):
            name = _person(piece.strip(" ()."))
            if name and (" " in name or alone):
                found.append(name)
    return list(dict.fromkeys(found))[:_MOST_NAMES]


def _listed(names: str) -> Iterator[str]:
    """The names of a list, without the places: commas separate names, but places where semicolons separate the names."""
    if ";" not in names.strip(" ;.)"):
        yield from (_TAIL.sub("", piece) for piece in _PIECES.split(names))
        return
    for entry in names.split(";"):
        joined = re.split(r",?\s+and\s+", entry)
        for number, piece in enumerate(joined):
            before, *after = piece.split(",")
            yield _TAIL.sub("", before)
            at_place = _TAIL.search(before) is not None
            if after and (number < len(joined) - 1 or not at_place):
                yield from (_TAIL.sub("", other) for other in after)  # "A in X, B and C in Y": B is a name


def contributors(document: Document) -> list[str]:
    """The people in the contributor lines, in order."""
    found: list[str] = []
    for block in document.of_kind("contributors"):
        found += names_in_credits(document.clean[block.start : min(block.end, block.start + _LONGEST_CREDIT)])
    return list(dict.fromkeys(found))
