"""Who wrote an article, and who helped: names of people in bylines and in contributor lines.

What belongs here: names. What does not: organisations (``agencies.py``, ``outlets.py``), and finding the lines (clean).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.document import Document
from pipelines.normalise.date_words import readings
from pipelines.normalise.registry import agency_by_name, outlet_by_name

_LONGEST = 400
_LONGEST_CREDIT = 1500
_MOST_NAMES = 40

_BY = re.compile(
    r"^\W*(?:(?:written|reported|posted|published|words|story|text|analysis|opinion|review|exclusive)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|autore?|authors?)\b\s*:?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[|•·;/\n\t,]|\s[-–—]\s|(?<![^\W\d_])(?:and|und|et|y|e|en|og|och|with|&)(?![^\W\d_])|\bfor\b|\bin\b|\bat\b|[()])\s*"
)
_SPLIT_BY = re.compile(r"(?<=[\w.])\s+(?=[Bb]y\s+[A-Z])|(?<=[a-z])(?=By\s[A-Z])")
_PARTICLE = r"(?:de|da|das|do|dos|di|del|della|la|le|van|von|der|den|ter|ten|bin|ibn|bint|al|el|ben|mac|af|zu|st\.?|y)"
_WORD = r"[^\W\d_a-z][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_NAME = re.compile(rf"{_WORD}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_WORD}){{1,4}}")
_PERSON = re.compile(rf"(?:{_WORD}|{_PARTICLE})(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_WORD}){{0,4}}")
_ROLE = re.compile(
    r"\b(?:staff|writers?|reporters?|correspondents?|editors?|editorial|contributors?|contributing|journalists?|columnists?|producers?|"
    r"author|bureau|desk|chief|senior|deputy|associate|political|business|sports?|news|newsroom|team|special|agenc(?:y|ies)|updated|published|"
    r"posted|read|min|minutes?|ago|share|follow|email|twitter|photos?|images?|video|published|press|media|magazine|service|the|"
    r"health|science|technology|entertainment|world|national|international|politics|opinion|analyst|professor|director|manager)\b",
    re.IGNORECASE,
)
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
    r"^.*?\b(?:aided|helped|assisted)\s+by\b|^.*?\b(?:journalists?|writers?|reporters?|correspondents?|editors?|staffers?|producers?)\s+(?=[A-Z])",
    re.DOTALL,
)
_REPORTED = re.compile(rf"(?P<names>{_WORD}(?:[ ]{_WORD}){{0,3}})\s+(?:reported|contributed|reports)\b")
_PIECES = re.compile(r"\s*(?:,|;|\band\b|&)\s*")


def _person(words: str) -> str | None:
    """The words, if they can be a person's name; a role, an outlet or an agency cannot."""
    name = " ".join(words.split()).strip(" .,:;-–—")
    if not 3 <= len(name) <= 60 or _ROLE.search(name) or not _PERSON.fullmatch(name):
        return None
    if agency_by_name(name) or outlet_by_name(name):
        return None
    return _cased(name)


def _cased(name: str) -> str:
    """A name printed in capitals in the usual writing.

    >>> _cased("ADA McMOSS"), _cased("Ada Moss"), _cased("J.P. MOSS-FINN")
    ('Ada McMOSS', 'Ada Moss', 'J.P. Moss-Finn')
    """
    words = [
        re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
        if word.isupper() and "." not in word and len(word) > 2
        else word
        for word in name.split(" ")
    ]
    return (
        " ".join(words)
        if name.upper() == name or any(word.isupper() and len(word) > 3 for word in name.split(" "))
        else name
    )


def names_in_byline(text: str) -> list[str]:
    """The people whom a byline names, in order.

    >>> names_in_byline("By Ada Moss and Bo van Finn, Staff Writers | 5 March 2021")
    ['Ada Moss', 'Bo van Finn']
    >>> names_in_byline("By Reuters")
    []
    """
    for reading in reversed(readings(text)):
        text = text[: reading.start] + "|" + text[reading.end :]
    found: list[str] = []
    for credit in _SPLIT_BY.split(text):
        said_by = _BY.match(credit)
        for part in _SPLIT.split(credit[said_by.end() :] if said_by else credit):
            part = _BY.sub("", part)
            name = _person(part)
            if name and (" " in name or (said_by and not found)):
                found.append(name)
            elif (
                not name
                and (start := _NAME.match(part))
                and (name := _person(_ROLE.split(start[0])[0]))
                and " " in name
            ):
                found.append(name)  # "Ada Moss Staff Writer"
    return list(dict.fromkeys(found))[:_MOST_NAMES]


def authors(document: Document) -> list[str]:
    """The people in the bylines, else those that the record declares."""
    found: list[str] = []
    for block in document.of_kind("byline"):
        found += names_in_byline(document.clean[block.start : min(block.end, block.start + _LONGEST)])
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
        apart = re.compile(r"\s*(?:;|\band\b)\s*") if ";" in names.strip(" ;.)") else None
        for piece in (apart or _PIECES).split(names):
            for part in _PIECES.split(_TAIL.sub("", piece)) if apart else [_TAIL.sub("", piece)]:
                name = _person(part.strip(" ()."))
                if name and (" " in name or (len(lists) > 1 and names == part)):
                    found.append(name)
    return list(dict.fromkeys(found))[:_MOST_NAMES]


def contributors(document: Document) -> list[str]:
    """The people in the contributor lines, in order."""
    found: list[str] = []
    for block in document.of_kind("contributors"):
        found += names_in_credits(document.clean[block.start : min(block.end, block.start + _LONGEST_CREDIT)])
    return list(dict.fromkeys(found))
