"""The flattener: a parsed page as its visible text, one block-level element a line, with the place of each line.

What belongs here: which elements are text, where a line ends, where its element is. What does not: what a line is
(clean's work), and parsing (html). The version changes with the output, since spans count the flattened text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import lxml.html
from lxml import etree

from pipelines.read.marks import marks_of

FLATTENER = "newsledger-html/2"

INVISIBLE = frozenset(
    {
        "applet", "area", "audio", "base", "canvas", "datalist", "embed", "iframe", "link", "map", "math", "meta", "noembed",
        "noframes", "noscript", "object", "optgroup", "option", "param", "script", "select", "source", "style", "svg", "template",
        "textarea", "title", "track", "video",
    }
)  # fmt: skip
INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "input",
        "ins", "kbd", "label", "mark", "nobr", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
        "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip

MAX_DEPTH = 200
"""Levels to which elements are told apart; what stands deeper is at its ancestor of this level."""

MAX_PLACES = 20_000
"""Lines that get a place of their own; all behind them, of a page that is no article, share a last one, the root's."""

_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_BLANK = " \t\n\r\f\v"
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Names that style sheets give to text for screen readers only.
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|screen-reader(?:-text|-only)?|(?:is-)?visually-?hidden|visuallyHidden|u-hidden|is-hidden|a11y-only|hidden)(?=\s|$)"
)
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Place(NamedTuple):
    """Where a line stands: the element, what that stands in (outermost first), and its characters that are links."""

    xpath: str
    marks: str
    links: int


class Flat(NamedTuple):
    """The visible text, and the place of each of its lines (of the last of :data:`MAX_PLACES`, and of all behind it)."""

    text: str
    places: list[Place]


class _Frame(NamedTuple):
    """An open element. ``path`` is that of the nearest block-level element from here upwards."""

    path: str
    own: str
    marks: str
    block_marks: str
    linked: bool
    block: bool
    counts: dict[str, int] | None


def _hidden(tag: str, attributes: dict[str, str]) -> bool:
    """Whether a browser shows nothing of the element. ``aria-hidden`` hides it from screen readers only."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    if style and _HIDDEN.search(style):
        return True
    if tag == "dialog" and "open" not in attributes:
        return True
    if tag in _HEADINGS:
        return False
    named = attributes.get("class")
    return bool(named) and _UNSEEN.search(named or "") is not None


def _step(frame: _Frame, tag: str) -> tuple[str, dict[str, int] | None]:
    """The path of the next child of this tag, and the counters for its own children."""
    counts = frame.counts
    if counts is None:
        return frame.own, None
    counts["*"] = counts.get("*", 0) + 1
    if _NAME.fullmatch(tag):
        counts[tag] = place = counts.get(tag, 0) + 1
        return f"{frame.own}/{tag}[{place}]", {}
    return f"{frame.own}/*[{counts['*']}]", {}  # a name that XPath would read otherwise


def _merged(marks: str, more: str) -> str:
    """Marks with those of a child that are not among them yet."""
    if not more:
        return marks
    known = marks.split(" ")
    return " ".join([*filter(None, known), *(mark for mark in more.split(" ") if mark not in known)])


class _Writer:
    """Pieces of text to lines with their places."""

    def __init__(self, root: str) -> None:
        self.lines: list[str] = []
        self.places: list[Place] = []
        self._root = Place(root, "", 0)
        self._pieces: list[str] = []
        self._path = self._marks = self._block_marks = ""
        self._links = 0
        self._open = False

    def add(self, text: str, frame: _Frame) -> None:
        if not text.strip(_BLANK):
            if self._open:
                self._pieces.append(" ")
            return
        if not self._open:
            self._open = True
            self._path, self._marks, self._block_marks = frame.path, frame.marks, frame.block_marks
        elif frame.marks != self._marks:
            self._marks = self._block_marks  # the line is of several kinds: only what it stands in counts
        self._pieces.append(text)
        if frame.linked:
            self._links += len(text.strip(_BLANK))

    def end_line(self) -> None:
        if self._open:
            line = _SPACE.sub(" ", "".join(self._pieces)).strip()
            if line:
                self.lines.append(line)
                if len(self.places) < MAX_PLACES:
                    self.places.append(Place(self._path, self._marks, min(self._links, len(line))))
                elif len(self.places) == MAX_PLACES:
                    self.places.append(self._root)
        self._pieces.clear()
        self._links, self._open = 0, False


def flatten_tree(root: lxml.html.HtmlElement) -> Flat:
    """The visible text of a parsed page with the place of each line; blank lines and outer spaces are dropped."""
    top = f"/{root.tag}" if _NAME.fullmatch(str(root.tag)) else "/*"
    writer = _Writer(top)
    frames: list[_Frame] = []
    skip = 0
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            tag = element.tag
            attributes = dict(element.attrib)
            if skip or tag in INVISIBLE or ((attributes or tag == "dialog") and _hidden(tag, attributes)):
                if not skip:
                    if frames:
                        _step(frames[-1], tag)
                    walk.skip_subtree()
                skip += 1
                continue
            block = tag not in INLINE and ":" not in tag  # "o:p", as word processors write it
            if frames:
                above = frames[-1]
                own, counts = _step(above, tag) if len(frames) < MAX_DEPTH else (above.own, None)
                marks = _merged(above.marks, marks_of(tag, attributes)) if tag != "body" else ""
                linked = above.linked or tag == "a"
                frame = _Frame(
                    own if block else above.path,
                    own,
                    marks,
                    marks if block else above.block_marks,
                    linked,
                    block,
                    counts,
                )
            else:
                frame = _Frame(top, top, "", "", False, True, {})
            frames.append(frame)
            if block:
                writer.end_line()
            if element.text:
                writer.add(element.text, frame)
        else:
            if event == "end":
                if skip:
                    skip -= 1
                elif frames.pop().block:
                    writer.end_line()
            if not skip and frames and element.tail:
                writer.add(element.tail, frames[-1])
    writer.end_line()
    return Flat("\n".join(writer.lines), writer.places)
