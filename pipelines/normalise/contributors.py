"""Who helped with an article: names in the lines that credit reporting, writing and editing.

What belongs here: reading those lines. What does not: finding them (clean), and the writers in the byline
(:mod:`pipelines.normalise.bylines`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.document import Document
from pipelines.normalise.person_names import MOST_NAMES, WORD, person

_LONGEST_CREDIT = 1500
_CUE = re.compile(
    r"(?:additional |other |further |more )?(?:reporting|writing|editing|written|edited|reported|compiled|translated|translation|research|graphics?|production|reviewed|fact[ -]?checked|tested|photography)"
    r"(?: and (?:writing|editing|reporting|research))?\s*(?:by|:)\s*|(?:with )?contributions from\s*",
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
_REPORTED = re.compile(rf"(?P<names>{WORD}(?:[ ]{WORD}){{0,3}})\s+(?:reported|contributed|reports)\b")
_ONE_NAME = re.compile(WORD)
_PIECES = re.compile(r"\s*(?:,|;|\band\b|&)\s*")


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
            name = person(piece.strip(" ()."))
            if name and (" " in name or alone):
                found.append(name)
    return list(dict.fromkeys(found))[:MOST_NAMES]


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
