"""Where figures stand in a document: no date is without one.

What belongs here: finding them, in many documents at once. What does not: what they say (``date_words.py``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipelines import scan
from pipelines.document import Document
from pipelines.normalise.layout import Line

_DIGIT = re.compile("[0-9]")
_FIGURES = "places of figures"


def with_figures(documents: Sequence[Document]) -> Sequence[Document]:
    """The documents, which from now on know where figures stand in them: one pass over all."""
    found = scan.places([document.clean for document in documents], "[0-9]", _DIGIT)
    for document, at in zip(documents, found, strict=True):
        document.shared[_FIGURES] = at
    return documents


def with_a_figure(document: Document, lines: list[Line]) -> list[Line]:
    """The lines with a figure, in reading order."""
    places = document.shared.get(_FIGURES)
    if places is None:
        places = [found.start() for found in _DIGIT.finditer(document.clean)]
    starts = [line.start for line in lines]
    made: list[Line] = []
    end = 0
    for place in places:
        if place >= end and (number := bisect_right(starts, place)):
            line = lines[number - 1]
            if place < line.start + len(line.text):
                end = line.start + len(line.text)
                made.append(line)
    return made
