"""People's names in the words of a byline.

What belongs here: what can be a name, and the names in a line. What does not: which lines are bylines
(:mod:`pipelines.normalise.bylines`), and contributor lines (:mod:`pipelines.normalise.contributors`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.normalise.date_words import readings
from pipelines.normalise.registry import PAPER_WORD, agency_by_name, outlet_by_name
from pipelines.rules import load_toml

MOST_NAMES = 40

BY = re.compile(
    r"^\W*(?:(?-i:By(?=[A-Z]))|(?:(?:written|reported|posted|published|words|story|text|analysis|opinion|review|exclusive)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|autore?|authors?)\b)\s*:?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"(?:(?<!\s)\s+)?(?:[|•·;/\n\t,]|\s[-–—]\s|(?<![^\W\d_])(?:and|AND|und|et|y|e|en|og|och|with|&)(?![^\W\d_])|[()])\s*"
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
WORD = r"[^\W\d_a-z][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_NAME = re.compile(rf"{WORD}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{WORD}){{1,4}}")
_PERSON = re.compile(rf"(?:{WORD}|{_PARTICLE})(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{WORD}){{0,4}}")
_ROLES = load_toml("reference/en/roles.toml")
_ROLE = re.compile(
    rf"\b(?:{'|'.join([*_ROLES['makers']['words'], *_ROLES['nameless']['words']])}|(?<!-)min)\b", re.IGNORECASE
)
# "Harbour Product Licensing", "NJ Advance Media For": an organisation, whatever its first words look like.
_ORGANISATION = re.compile(
    r"\b(?:Media|Press|News|Network|Service|Magazine|Board|Institute|University|Licensing|Foundation|Staff)(?:\s[Ff]or\b.*)?$"
)
# "Ada Moss Harbour Telegram & Gazette": a name and its paper's, without a sign between them.
_PAPER_BEHIND = re.compile(
    rf"(?:[Bb]y )?(?P<name>{WORD} {WORD})(?: (?:{WORD}|&|of|the|[A-Z]+)){{1,5}} (?P<last>{WORD})$"
)
_SPACES = re.compile(r"[ \xa0\t]{2,}|\xa0")
_ACRONYM = re.compile(r"[A-Z]{3,}\s[^\W\d_]*[a-z]")  # "NASA Historian"
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_NAME = re.compile(
    r"\b(?:this|that|you|your|with|does|need|not|what|how|why|when|where|everything|related|topics?|commentary|partnership|policy|only|"
    r"gov|sen|rep|told|by|now|views?|shares?|comments?|save|button)\b|['’]s\b",
    re.IGNORECASE,
)
# Scrapers glue what follows to the name: "Ada MossStaff Writer", "Ada MossMay 5"; not in "McMoss", "MacMoss", "DiMoss".
_GLUED = re.compile(r"(?<=[a-zà-ÿ]{2})(?<!\bMac)(?<!\bVan)(?<!\bFitz)(?<!\bDes)(?<!\bDel)(?=[A-ZÀ-Þ][a-zà-ÿA-Z])")
# Degrees and letters behind a name: "Ada Moss, PhD", "Ada Moss MS, RDN".
_DEGREES = re.compile(
    r"(?:,?\s(?:(?:PhD|Ph\.D|M\.?D|Dr|Esq|M\.?[AS]c?|MBA|MPH|J\.?D|R\.?N|RDN?|LD|CPA|DVM|CFP|CFA|CNM|DO|DDS|PharmD|MSW|LCSW|BSc?|MSc|MEd|CLC)\b\.?))+(?=\s*(?:[,|;&]|and\b|$))"
)


def _without_outlet(name: str) -> str:
    """The name without an outlet or agency that follows it: "Ada Moss Fox News"."""
    words = name.split(" ")
    for count in (3, 2, 1):
        tail = " ".join(words[-count:])
        if len(words) - count >= 2 and (outlet_by_name(tail) or agency_by_name(tail)):
            return " ".join(words[:-count])
    return name


def person(words: str) -> str | None:
    """The words, if they can be a person's name; a role, an outlet or an agency cannot."""
    name = _without_outlet(" ".join(words.split()).strip(" .,:;-–—"))
    if not 3 <= len(name) <= 60 or _ROLE.search(name) or _NO_NAME.search(name) or not _PERSON.fullmatch(name):
        return None
    if _ACRONYM.match(name) or agency_by_name(name) or outlet_by_name(name) or PAPER_WORD.search(name):
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
    text = _SPACES.sub(" ", text)
    paper = _PAPER_BEHIND.match(text)
    if paper and (PAPER_WORD.search(paper["last"]) or paper["last"].casefold() == "network"):
        text = paper["name"]
    text = _DEGREES.sub("", _GLUED.sub("|", text))
    for reading in reversed(readings(text)):
        text = text[: reading.start] + "|" + text[reading.end :]
    found: list[str] = []
    for credit in _SPLIT_BY.split(text):
        said_by = BY.match(credit)
        for part in _credited(credit[said_by.end() :] if said_by else credit):
            part = BY.sub("", part)
            if _PLACE.match(part):
                continue
            name = person(part)
            if name and (" " in name or (said_by and not found)):
                found.append(name)
            elif (
                not name
                and not _ORGANISATION.search(part)
                and (start := _NAME.match(part))
                and (name := person(_ROLE.split(_unqualified(start[0], part[start.end() :]))[0]))
                and " " in name
            ):
                found.append(name)  # "Ada Moss Staff Writer"
    return list(dict.fromkeys(found))[:MOST_NAMES]
