"""What closes an article: who wrote it, and what the sender of a press release says about itself.

What belongs here: last lines of the body that are known by the lines over them. What does not: closings that show
themselves (``seeds/rules/credits.toml``).
"""

from __future__ import annotations

import re

from pipelines.clean.lines import Line

_FIRST = 4  # lines from the start of the body in which the author is introduced
_LAST = 6  # lines from its end
_ABOVE = 3  # lines over the introduction in which the name may stand
_LONGEST = 90  # words of a biography
_INTRODUCED = re.compile(
    r"(?!(?:The|This|That|It|He|She|There|Here|What|Who|An?|My|Our|His|Her) )(?P<name>[A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]*){0,3})(?:, [^,\n]{2,80},| \([^()\n]{2,20}\))? "
    r"(?:(?:is|was|are) (?:an?|the|our|now|also|currently|based|[A-Z][\w’'.-]+|[a-z]+ (?:of|at)|professor|director|author|chair)\b|teaches|writes|covers|serves|lives|edits|reports|joined|specializes|specialises|co-?hosts|has (?:written|taught|worked|been|covered|reported))\b"
)
_WRITER = re.compile(
    r"\b(?:author of|co-author of|columnist|fellow (?:at|of|with)|professor (?:of|at|emerit)|lecturer|historian|teaches|writes (?:about|on|for)|writer|former .{0,40} (?:editor|correspondent|reporter))\b"
)
_ABOUT = re.compile(r"(?:About|ABOUT) (?:the )?[A-Z][^\n!?]{1,70}$")
_OUTLOOK = re.compile(
    r"(?:(?:Cautionary|CAUTIONARY|Safe[ -]Harbou?r|SAFE HARBOU?R|Disclosure|Note|Statement|Special Note)\b[^\n.]{0,60})?"
    r"(?:Forward[ -]Looking|FORWARD[ -]LOOKING|forward-looking) (?:Statements?|STATEMENTS?|Information|INFORMATION|statements)\b.?$"
)
_WIRED = re.compile(r"[^\n]{0,90}?(?:\([^()\n]{0,30}wire\)|/[^/\n]{0,30}wire[^/\n]{0,30}/)", re.IGNORECASE)
_SENT = frozenset(("furniture/release_banner", "furniture/release_contact"))


def biographies(lines: list[Line], start: int, stop: int) -> list[tuple[int, str]]:
    """Lines at the edges of the body that introduce the author.

    Somebody whom a byline names, or a line of nothing but the name just above; at the end also somebody of letters whom
    the text has not spoken of before.
    """
    found = []
    signed = " ".join(
        line.text for line in lines if line.kind in ("byline", "contributors") and line.size <= _LONGEST
    ).casefold()
    for i in (*range(min(start + _FIRST, stop)), *range(max(start + _FIRST, stop - _LAST), stop)):
        line = lines[i]
        if line.kind not in ("body", "deck", "unknown") or not 5 <= line.size <= _LONGEST:
            continue
        introduced = _INTRODUCED.match(line.text)
        if not introduced:
            continue
        name = introduced["name"].casefold()
        known = " " in name and name in signed
        if known or any(_names(other, name) for other in lines[max(0, i - _ABOVE) : i]):
            found.append((i, "biography"))
        elif i >= stop - 3 and " " in name and _WRITER.search(line.text):
            surname = introduced["name"].rsplit(" ", 1)[1]
            if not any(surname in other.text for other in lines[start:i]):
                found.append((i, "biography"))
    return found


def _names(line: Line, name: str) -> bool:
    """Whether a line is nothing but the name of the person whom a sentence calls ``name``."""
    if not 2 <= line.size <= 5 or line.ends or line.kind == "body" or "?" in line.text:
        return False
    words = line.text.casefold().split()
    return all(word in words for word in name.split())


def boilerplate(lines: list[Line], start: int, stop: int) -> list[tuple[int, str]]:
    """What a press release says about its sender and about the future, behind headings of their own."""
    sent = any(line.rule_id in _SENT for line in lines) or any(
        _WIRED.match(line.text) for line in lines[start : start + 2]
    )
    for i in range(start + 2, stop):
        line = lines[i]
        if line.kind not in ("crosshead", "body") or line.size > 12:
            continue
        if _OUTLOOK.match(line.text) or (sent and _ABOUT.match(line.text)):
            return [(k, "boilerplate") for k in range(i, stop) if lines[k].kind in ("crosshead", "body")]
    return []
