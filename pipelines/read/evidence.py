"""Second opinions on a page: which of its lines trafilatura, and the page's own JSON-LD, take for the article's text.

What belongs here: asking, and finding the answer again among the flattened lines. What does not: judging between the
opinions (clean's work), and what the page declares besides its text (:mod:`pipelines.read.declared`).
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import lxml.html

EXTRACTOR = "trafilatura/2.3.1"

MOST_ELEMENTS = 60_000
"""Elements from which a page is no article, and a second opinion is not worth what it may cost."""

MOST_CHARACTERS = 3_000_000
"""Visible characters from which the same holds."""

MOST_LEVELS = 250
"""Levels of nesting from which the same holds: some of its steps recurse, some grow with the depth of every element."""

_TOO_DEEP = "boolean(" + "/*" * (MOST_LEVELS + 1) + ")"
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,400}>")
_SHINGLE = 4
_SHARE = 0.5  # of a line's shingles in the answer that make the line a part of it


@lru_cache(maxsize=1)
def _options() -> Any:
    """trafilatura's settings: fast, without comments and tables; what it takes too much is weighed against other votes."""
    from trafilatura.settings import Extractor

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is no news: we go on without it
    return Extractor(output_format="txt", fast=True, recall=True, comments=False, tables=False)


def bounded(elements: int, text: str) -> bool:
    """Whether a page is small enough to be searched for evidence."""
    return elements <= MOST_ELEMENTS and len(text) <= MOST_CHARACTERS


def extracted(root: lxml.html.HtmlElement) -> str:
    """The article's text by trafilatura; empty where it finds none, or where the page is nested too deep to ask. The tree
    is used up by it.
    """
    from trafilatura import extract

    if root.xpath(_TOO_DEEP):
        return ""
    try:
        return extract(root, options=_options()) or ""
    except Exception:  # whatever a foreign extractor stumbles over, the page still has its blocks
        return ""


def plain(declared: str) -> str:
    """A declared text without the markup and entities that some pages put in it."""
    if "<" in declared or "&" in declared:
        declared = html.unescape(_TAG.sub("\n", html.unescape(declared)))
    return declared


def lines_in(answer: str, lines: Sequence[str]) -> list[list[int]]:
    """The lines that an answer holds, as ``[first, behind the last]`` pairs.

    A line is held if half of its runs of four words are; one of fewer words, if it is a line of the answer.

    >>> lines_in("The ferry sails again at ten.\\nNobody waved.", ["Home", "The ferry sails again at ten.", "Nobody waved.", "More"])
    [[1, 3]]
    """
    words = _WORD.findall(answer)
    if not words:
        return []
    known = {tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))}
    short = {tuple(_WORD.findall(line)) for line in answer.split("\n")} - {()}
    found: list[list[int]] = []
    for number, line in enumerate(lines):
        own = _WORD.findall(line)
        count = len(own) - _SHINGLE + 1
        if count > 0:
            taken = sum(tuple(own[at : at + _SHINGLE]) in known for at in range(count)) >= _SHARE * count
        else:
            taken = tuple(own) in short
        if taken:
            if found and found[-1][1] == number:
                found[-1][1] = number + 1
            else:
                found.append([number, number + 1])
    return found
