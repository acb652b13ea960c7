"""Places inside a line where one block ends and another begins.

What belongs here: finding the character. What does not: naming the pieces, other than those that the cut itself names.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.clean.lines import Line, measure

_STAMP = r"[12][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[T ,]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
_LABEL = r"(?:DATE|Date|date|PUBLISHED|Published|published|UPDATED|Updated|updated|POSTED|Posted|posted)"
_DATE_BEHIND = re.compile(rf"(?:\s{{2,}}|\s){_LABEL}\s?:?\s{{0,4}}{_STAMP}$")
_DATE_BEFORE = re.compile(rf"{_LABEL}\s?:?\s{{0,4}}{_STAMP}(?=\s+\S)")
_ITEM = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}\s{0,3}\|\s{0,3}")
_SENTENCE_OPENER = re.compile(
    r"(?<=\S )(?=(?:The|A|An|In|On|At|As|But|And|For|From|It|He|She|They|We|I|This|That|These|Those|There|According|After|Before|While|When|If|With|By|To|His|Her|Their|Its|Both|Some|Many|Most|Meanwhile|However|Earlier|Also|Although|Despite|Under|Since|During|Last|[“\"‘])\b|[“\"‘])"
)
# A photo credit, then what a screen reader is told about the picture.
_CREDIT_TOGGLE = re.compile(
    r"[^\n.!?]{2,90}?(?:AP|AFP|EPA|Reuters|REUTERS|Getty Images|Getty(?! Images)|Shutterstock|Xinhua|TASS|Photo|NPR|Bloomberg)"
    r"(?=\s+(?:\S+\s){0,3}(?:toggles?|hides?|enlarges?)\s(?:the\s)?(?:caption|image|photo|picture)\b)"
)

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December)"
_PLACE = r"[A-ZÀ-ÞŁŚŽČŠ][\w.’'-]*(?:[ ][A-ZÀ-ÞŁŚŽČŠ][\w.’'-]*){0,3}"
_CAPS = r"[A-ZÀ-ÞŁŚŽČŠ][A-ZÀ-ÞŁŚŽČŠ.’'-]+(?:[ ](?:[A-ZÀ-ÞŁŚŽČŠ][A-ZÀ-ÞŁŚŽČŠ.’'-]*|de|la|el|do|da|al)){0,4}"
_DAY = rf"{_MONTH}\.?[ ][0-9]{{1,2}}(?:,?[ ][12][0-9]{{3}})?"
# The mark of a service that sends out press releases: "(BUSINESS WIRE)", "/PRNewswire/".
_WIRE = r"(?:\([A-Z][\w .-]{2,30}\)|/[A-Z][\w .-]{3,40}/)"
_STROKE = r"(?:—|–|--?)"
DATELINE = re.compile(
    rf"(?:(?:{_CAPS}|{_PLACE})(?:,[ ]{_PLACE}){{0,2}}(?:,[ ]{_DAY})?[ ]?{_STROKE}?[ ]?{_WIRE}(?:[ ]?{_STROKE}?[ ]?{_DAY})?"
    rf"|{_CAPS}(?:,[ ]{_PLACE}){{0,2}}[ ]?{_STROKE}[ ]?{_DAY}"
    rf"|{_CAPS}(?:,[ ]{_PLACE}){{0,2}}(?:,[ ]{_DAY})?(?:[ ]?\([A-Z][\w./ -]{{1,30}}\))?(?:[ ]{_MONTH}\.?[ ][0-9]{{1,2}})?"
    rf"|{_PLACE}(?:,[ ]{_PLACE}){{0,2}}(?:,[ ]{_DAY})?[ ]\([A-Z][\w./ -]{{1,30}}\)"
    rf"|{_PLACE}(?:,[ ]{_PLACE})?,[ ]{_DAY}(?:[ ]\([A-Z][\w./ -]{{1,30}}\))?"
    rf"|{_DAY}(?:[ ]\([A-Z][\w./ -]{{1,30}}\))?)"
    r"[ ]?(?:—|–|--|-(?=[ ]))(?=[ ]?\S)"
)


def _two(text: str, line: Line, cut: int) -> list[Line]:
    """The line in two pieces, cut at a character of its own text, white space between them dropped."""
    left, right = line.text[:cut].rstrip(), line.text[cut:].lstrip()
    return [measure(text, line.start, line.start + len(left)), measure(text, line.end - len(right), line.end)]


def _list_end(words: str) -> int | None:
    """Where a sentence begins behind a list of titles with dates and sections; None where nothing is glued."""
    items = list(_ITEM.finditer(words))
    if not items:
        return None
    rest = words[items[-1].end() :]
    if rest.count(" ") < 7 or rest[-1] not in '.!?”"':
        return None
    # The section's name is one that the list has used, or runs up to a word that opens sentences.
    used = {words[a.end() :][: len(name)] for a, b in pairwise(items) for name in _names(words[a.end() : b.start()])}
    for name in sorted(used, key=len, reverse=True):
        if rest.startswith(name + " "):
            return items[-1].end() + len(name) + 1
    opener = _SENTENCE_OPENER.search(rest[:60])
    if opener:
        return items[-1].end() + opener.start()
    return items[-1].end() + rest.index(" ") + 1


def _names(between: str) -> list[str]:
    """Section names that may open ``between``: what stands before a title that is said twice in a row."""
    words = between.split()
    names = []
    for size in range(1, min(4, len(words))):
        title = words[size:]
        half = len(title) // 2
        if len(title) % 2 == 0 and title[:half] == title[half:]:
            names.append(" ".join(words[:size]))
    return names


# What closes an article or leads away from it, glued behind a sentence.
_CLOSING = re.compile(
    r"(?<=[.!?”\"’)\]])\s*(?=\(?(?:(?:Additional\s)?[Rr]eporting\sby\s[A-Z][^.]{2,90}[;.,]\s?(?:[Ww]riting|[Ee]diting)\sby|Reporting\sby\s[A-Z]"
    r"|Additional\sreporting\sby\s[A-Z])|(?:READ\sMORE|Read\smore|RELATED|ALSO\sREAD|Also\sread|READ\sALSO|Read\salso|WATCH|SEE\sALSO)\s?:|Copyright\s(?:©|\([cC]\)|20[0-9]{2})|©\s?20[0-9]{2})"
)
CLOSERS = (
    "eporting by ",
    "EAD MORE",
    "ead more",
    "ELATED",
    "LSO READ",
    "lso read",
    "EAD ALSO",
    "ead also",
    "WATCH",
    "SEE ALSO",
    "opyright",
    "©",
)
"""Words without one of which no line holds such a thing."""
# A photo credit in brackets, then the text: the caption ends with the bracket.
_CREDITED = re.compile(
    r"[^\n]{20,600}?[(\[](?:[^()\[\]\n]{0,40}\b)?(?:Photo|photo by|PHOTO|Image|Picture|AP|AFP|EPA|Reuters|REUTERS|Getty|Xinhua|TASS|Yonhap|Kyodo)\b[^()\[\]\n]{0,60}[)\]]"
    r"(?=\s{0,3}[A-Z“\"‘][^\n]{60,})"
)
_CREDITS = (
    "hoto",
    "PHOTO",
    "mage",
    "Getty",
    "AP",
    "AFP",
    "EPA",
    "euters",
    "REUTERS",
    "Xinhua",
    "TASS",
    "Yonhap",
    "Kyodo",
    "icture",
)
# A byline in front of a dateline.
_SIGNED = re.compile(r"(?:By|BY)\s[A-ZÀ-Þ][\w.’'-]*(?:\s(?:and|[A-ZÀ-Þ][\w.’'-]*)){1,6}?(?=\s[A-Z]{3})")


def _glued(text: str, line: Line, closers: tuple[str, ...]) -> list[Line] | None:
    """The line cut before what closes the article, behind a caption's credit, or behind a byline; None where it is whole."""
    words = line.text
    for closer in closers:
        if closer in words:
            closing = _CLOSING.search(words, 20)
            if closing:
                return _two(text, line, closing.end())
            break
    if ")" in words or "]" in words:
        for credit in _CREDITS:
            if credit in words:
                credited = _CREDITED.match(words)
                # "(AP)" behind a place is a dateline, not a photo's credit.
                if credited and not re.match(r"\s?(?:—|–|--?\s)", words[credited.end() :]):
                    return _two(text, line, credited.end())
                break
    if words.startswith(("By ", "BY ")):
        signed = _SIGNED.match(words)
        if signed and DATELINE.match(words[signed.end() :].lstrip()):
            return _two(text, line, signed.end())
    return None


def pieces(text: str, line: Line, closers: tuple[str, ...]) -> list[Line]:
    """The line, cut where another block begins inside it; ``closers`` are those of :data:`CLOSERS` that the text holds."""
    words = line.text
    if line.end - line.start > 20_000:
        return [line]
    if "|" in words:
        cut = _list_end(words)
        if cut:
            return _two(text, line, cut)
    if line.size < 40:
        behind = _DATE_BEHIND.search(words) if words[-1].isdigit() else None
        if behind and behind.start() > 0:
            first, last = _two(text, line, behind.start())
            last.set("metadata", "blocks/glued_date", 0.93)
            return [first, last]
        before = _DATE_BEFORE.match(words)
        if before and line.size < 25:
            first, last = _two(text, line, before.end())
            first.set("metadata", "blocks/glued_date", 0.93)
            return [first, last]
        if "toggle" in words or "hide" in words or "nlarge" in words:
            credit = _CREDIT_TOGGLE.match(words)
            if credit:
                return _two(text, line, credit.end())
    if line.size >= 12:
        return _glued(text, line, closers) or [line]
    return [line]


def dateline(line: Line) -> int | None:
    """The length of a dateline at the start of a paragraph, its dash included."""
    found = DATELINE.match(line.text[:120])
    return found.end() if found and found.end() < len(line.text) else None


def starts_with_dateline(line: Line) -> bool:
    """Whether a paragraph opens with a dateline that names an agency or spells its place in capitals."""
    opening = line.text[:90]
    if not opening[:2].isupper() and "(" not in opening and "/" not in opening:
        return False
    return ("—" in opening or "–" in opening or "- " in opening) and DATELINE.match(opening) is not None
