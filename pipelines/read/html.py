"""The flattener: an HTML page as its visible text, one block-level element a line.

What belongs here: which elements are text and where a line ends. What does not: what a line is (clean's work).
The version changes with the output, since spans count the flattened text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BufferedReader

import lxml.html
from lxml import etree

from pipelines.read.dump import document
from pipelines.read.inputs import Input, Reject

SUFFIXES = (".html", ".htm", ".xhtml")

FLATTENER = "newsledger-html/1"

INVISIBLE = frozenset(
    {
        "applet", "audio", "base", "canvas", "datalist", "embed", "iframe", "link", "map", "math", "meta", "noembed",
        "noframes", "noscript", "object", "script", "style", "svg", "template", "textarea", "title", "video",
    }
)  # fmt: skip
INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
        "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
        "tt", "u", "var", "wbr",
    }
)  # fmt: skip

_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def _hidden(element: lxml.html.HtmlElement) -> bool:
    if "hidden" in element.attrib:
        return True
    style = element.get("style")
    return bool(style) and _HIDDEN.search(style) is not None


def _pieces(root: lxml.html.HtmlElement) -> Iterator[str]:
    """Text in reading order, with a newline wherever a block-level element begins or ends."""
    skip = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if not skip and element.tail:
                yield element.tail
            continue
        tag = element.tag
        if event == "start":
            if skip or tag in INVISIBLE or _hidden(element):
                skip += 1
                continue
            if tag not in INLINE:
                yield "\n"
            if element.text:
                yield _SPACE.sub(" ", element.text)
        else:
            if skip:
                skip -= 1
            elif tag not in INLINE:
                yield "\n"
            if not skip and element.tail and element is not root:
                yield _SPACE.sub(" ", element.tail)


def read(file: BufferedReader, uri: str, field_map: Mapping[str, str] | None = None) -> Iterator[Input | Reject]:
    """The one page of an open file. Its fields stand in it, so ``field_map`` does not concern it."""
    yield document(file, uri, "html")


def flatten(html: str) -> str:
    """The visible text of a page, one block-level element a line; blank lines and outer spaces dropped.

    >>> flatten("<p>Kim <b>met</b> Putin.<br>They ate.</p><script>x()</script><ul><li>One<li>Two</ul>")
    'Kim met Putin.\\nThey ate.\\nOne\\nTwo'
    """
    if not html.strip():
        return ""
    # The declaration has done its work when the bytes were decoded; lxml refuses str input that still carries one.
    html = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", html)
    parser = lxml.html.HTMLParser(huge_tree=True)
    try:
        root = lxml.html.document_fromstring(html, parser=parser)
    except (etree.ParserError, ValueError):
        return ""
    lines = ("".join(_pieces(root))).split("\n")
    return "\n".join(line for line in (_SPACE.sub(" ", line).strip() for line in lines) if line)
