"""Speakers named by the layout: a label inside of the marks, a dash and a name under the words.

What belongs here: where such a name stands. What does not: whether it is a person's (:mod:`pipelines.extract.people`).
"""

from __future__ import annotations

import re

from pipelines.extract.quotemarks import Run
from pipelines.extract.words import Sentence

_LABEL = re.compile(r"\s*+((?:[A-Z][\w.'’-]*+[ ]){0,4}[A-Z][\w.'’-]*+)[ ]?:[ ]+(?=[^\s:])")
_SIGNATURE = re.compile(
    r"\s*+[-‐–—―]{1,3}[ ]?((?:[A-Z][\w.'’-]*+[ ]){0,5}[A-Z][\w.'’-]*+)(?:[ ]?[,(][^\n]{0,100}|[.]?)[ ]*$", re.MULTILINE
)
_LONGEST_LABEL = 60

Range = tuple[int, int]
"""Offsets of a text, end exclusive."""


def label(text: str, start: int, end: int) -> tuple[Range, int] | None:
    """The speaker's label at the start of the words ``[start, end)``, and where the words behind it begin.

    >>> text = "LEE: We go."
    >>> label(text, 0, len(text)), label("We go: now.", 0, 11)
    (((0, 3), 5), None)
    """
    if text.find(":", start, min(end, start + _LONGEST_LABEL)) < 0:
        return None
    match = _LABEL.match(text, start, min(end, start + _LONGEST_LABEL))
    return (match.span(1), match.end()) if match else None


def signature(text: str, at: int) -> Range | None:
    """The name behind a dash that follows ``at``, in the same line or the next one; not a list that goes on in sentences.

    >>> text = "It holds.”\\n— Ann Lee, farmer"
    >>> signature(text, 10), signature("It holds.” — Ann Lee said it did not hold", 10)
    ((13, 20), None)
    """
    match = _SIGNATURE.match(text, at)
    if match is None:
        return None
    start, end = match.span(1)
    if any(token.finite for token in Sentence(text, start, match.end())):
        return None
    return start, end


def is_crosshead(piece: str, run: Run, doubles: bool) -> bool:
    """Whether a run that stands alone reads like a heading: short, no sentence, or in single marks where all else is in double ones."""
    if not run.closed:
        return False
    rest = piece[run.past : run.past + 4].strip()
    if run.single and doubles and run.end - run.start < 60 and run.outer < 3 and len(rest) < 2:
        return True
    return run.end - run.start < 40 and piece[run.end - 1].isalnum() and not rest.startswith(".")
