"""The title of an article: the line that is read over it, checked against the titles that its page declares.

What belongs here: choosing a title and taking the outlet's name off it. What does not: which line is a headline
(:mod:`pipelines.clean.header`).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pipelines.document import Document
from pipelines.normalise.page_fields import addresses, declared_by_page

_WORD = re.compile(r"\w+")
_HEAD = re.compile(r"^([^|–—]{2,60}?)\s+(?:\||[–—-]|::|»|•)\s+")
_TAIL = re.compile(r"\s+(?:\||[–—-]|::|»|•)\s+([^|–—]{2,60})$")
_SHARED = 0.3
"""Share of the shorter title's words below which two titles are of different things."""

_FEWEST = 3
"""Words that a declared title must have to stand against a line of the page."""


def headline(document: Document) -> str | None:
    """The title over the article, on one line; that which the page declares where no line is it.

    A line that shares next to nothing with any declared title is the title of something else: a box, a notice, a series.
    """
    read = [" ".join(document.read(block).split()) for block in document.of_kind("headline")]
    stated = document.metadata.get("title")
    if isinstance(stated, str) and stated.split():
        return read[0] if read else " ".join(stated.split())
    titles = [" ".join(value.split()) for _, value in declared_by_page(document, "title")]
    titles = [title for title in titles if title]
    if not titles:
        return read[0] if read else None
    own = _own_names(document)
    bare = [_without_outlet(title, own, titles) for title in titles]
    alike = [line for line in read if any(_shared(line, title) >= _SHARED for title in bare)]
    if alike:
        return alike[0]
    told = next((title for title in bare if len(_WORD.findall(title)) >= _FEWEST and _squeezed(title) not in own), None)
    return told or (read[0] if read else bare[0])


def _squeezed(words: str) -> str:
    return "".join(_WORD.findall(words)).lower()


def _own_names(document: Document) -> set[str]:
    """The names by which the page calls its outlet, and the labels of its address, squeezed."""
    names = {_squeezed(value) for _, value in declared_by_page(document, "outlet")}
    for address in addresses(document):
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            continue
        names.update((_squeezed(host), *map(_squeezed, host.split(".")[:-1])))
    return names - {"", "www"}


def _without_outlet(title: str, own: set[str], titles: list[str]) -> str:
    """A declared title without the outlet's name beside it: one that the page gives itself, or that another title lacks."""
    found = _TAIL.search(title)
    if found and (_named(found[1], own) or title[: found.start()] in titles):
        return title[: found.start()]
    found = _HEAD.search(title)
    return title[found.end() :] if found and _named(found[1], own) else title


def _named(words: str, own: set[str]) -> bool:
    name = _squeezed(words)
    return name in own or f"the{name}" in own or name.removeprefix("the") in own


def _shared(one: str, two: str) -> float:
    """How many of the words of the shorter title are in the other, as a share."""
    words, others = set(_WORD.findall(one.lower())), set(_WORD.findall(two.lower()))
    return len(words & others) / max(1, min(len(words), len(others)))
