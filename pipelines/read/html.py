"""HTML pages: files, and what a page becomes in raw.captures: its visible text, layout and evidence.

What belongs here: the format, and parsing. What does not: which elements are text (flatten), what the page declares
(declared), what others take for its article (evidence).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import Any, NamedTuple

import lxml.html
from lxml import etree

from pipelines.read.declared import declarations
from pipelines.read.dump import document
from pipelines.read.evidence import EXTRACTOR, bounded, extracted, lines_in, plain
from pipelines.read.flatten import FLATTENER, Place, flatten_tree
from pipelines.read.inputs import Input, Reject

__all__ = ("FLATTENER", "SUFFIXES", "Read", "flatten", "parse", "read", "read_page")

SUFFIXES = (".html", ".htm", ".xhtml")

# The declaration has done its work when the bytes were decoded; lxml refuses str input that still carries one.
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


MOST_ELEMENTS = 1_000_000
"""A page of more is refused: no article has them, and it must not cost the others their time."""

MOST_ATTRIBUTES = 1_000
"""An element of more is refused: libxml2 takes time that grows with the square of their number (a million: hours)."""

MANY_CHARACTERS = 1_000_000
"""From here on attributes are counted in any case; below, only where a tag seems to be as long as many of them are."""

_COUNT = etree.XPath("count(//*) + count(//comment())")

_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{16000,}")


class TooLarge(ValueError):
    """A page that is no article's by the number of its elements, their depth, or their attributes."""


class _Attributes:
    """A target for the parser that makes no tree, in time that grows with the page alone: the most attributes of a tag."""

    def __init__(self) -> None:
        self.most = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if len(attributes) > self.most:
            self.most = len(attributes)

    def close(self) -> int:
        """The page is over."""
        return self.most


def _overloaded(html: str) -> bool:
    """Whether an element has more attributes than may be given to the parser."""
    if len(html) < MANY_CHARACTERS:
        long = max(_LONG_TAG.findall(html), key=len, default="")
        if len(long.split()) + long.count("/") + long.count("=") <= MOST_ATTRIBUTES:
            return False
    most: int = etree.fromstring(html, parser=etree.HTMLParser(target=_Attributes(), huge_tree=True))
    return most > MOST_ATTRIBUTES


class Read(NamedTuple):
    """A page as the read stage keeps it."""

    text: str
    places: list[Place]
    evidence: dict[str, Any]


def read(file: BufferedReader, uri: str, field_map: Mapping[str, str] | None = None) -> Iterator[Input | Reject]:
    """The one page of an open file. Its fields stand in it, so ``field_map`` does not concern it."""
    yield document(file, uri, "html")


def parse(html: str) -> lxml.html.HtmlElement | None:
    """The page as a tree; ``None`` where there is nothing in it. NUL characters are dropped, as browsers do.

    Raises :class:`TooLarge` where the parser would take too long, or leave out what is nested too deep for it.
    """
    html = _DECLARATION.sub("", html.replace("\0", ""))
    if not html.strip():
        return None
    parser = lxml.html.HTMLParser(huge_tree=True)
    try:
        overloaded = _overloaded(html)
        root = None if overloaded else lxml.html.document_fromstring(html, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if overloaded:
        raise TooLarge(f"an element with more than {MOST_ATTRIBUTES:,} attributes: it is no article's page")
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise TooLarge("its elements are nested deeper than any article's. If it is one, save its text instead")
    return root


def read_page(html: str) -> Read:
    """The visible text of a page with its layout, and the evidence about its article; one parse serves all.

    Raises :class:`TooLarge`.
    """
    root = parse(html)
    if root is None:
        return Read("", [], {})
    elements = int(_COUNT(root))
    if elements > MOST_ELEMENTS:
        raise TooLarge(f"more than {MOST_ELEMENTS:,} elements: it is no article's page")
    flat = flatten_tree(root)
    if not flat.places:
        return Read("", [], {})
    return Read(flat.text, flat.places, _evidence(root, flat.text) if bounded(elements, flat.text) else {})


def _evidence(root: lxml.html.HtmlElement, text: str) -> dict[str, Any]:
    """What raw.captures keeps under ``page``: declared fields, and the lines that each opinion takes for the article."""
    lines = text.split("\n")
    declared, article = declarations(root)
    evidence: dict[str, Any] = {"extractor": EXTRACTOR}
    if declared:
        evidence["declared"] = declared
    if article and (held := lines_in(plain(article), lines)):
        evidence["article_body"] = held
    if held := lines_in(extracted(root), lines):  # last, since it uses up the tree
        evidence["body"] = held
    return evidence


def flatten(html: str) -> str:
    """The visible text of a page, one block-level element a line; blank lines and outer spaces dropped.

    >>> flatten("<p>Kim <b>met</b> Putin.<br>They ate.</p><script>x()</script><ul><li>One<li>Two</ul>")
    'Kim met Putin.\\nThey ate.\\nOne\\nTwo'
    """
    root = parse(html)
    return "" if root is None else flatten_tree(root).text
