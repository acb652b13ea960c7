"""What closes an article: who wrote it, and what the sender of a press release says about itself.

What belongs here: last lines of the body that are known by the lines over them. What does not: closings that show
themselves (``seeds/rules/credits.toml``).
"""

from __future__ import annotations

import re

from pipelines.clean.lines import Line

_LAST = 3  # lines from the end of the body in which the author is introduced
_LONGEST = 70  # words of a biography
_INTRODUCED = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]*){1,3})(?:, [^,\n]{2,80},)? "
    r"(?:(?:is|was|are) (?:an?|the|now|also|currently|[A-Z][\w’'.-]+|[a-z]+ (?:of|at)|professor|director|author|chair)\b|teaches|writes|covers|serves|lives|edits|co-?hosts|has (?:written|taught|worked))"
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
    """Last lines of the body that introduce the author: the byline's name, or somebody of letters not spoken of before."""
    found = []
    signed = " ".join(line.text for line in lines[:start] if line.kind == "byline").casefold()
    for i in range(max(start + 2, stop - _LAST), stop):
        line = lines[i]
        if line.kind != "body" or line.size > _LONGEST:
            continue
        introduced = _INTRODUCED.match(line.text)
        if not introduced:
            continue
        name = introduced["name"]
        surname = name.rsplit(" ", 1)[1]
        if name.casefold() in signed or (
            _WRITER.search(line.text) and not any(surname in other.text for other in lines[start:i])
        ):
            found.append((i, "biography"))
    return found


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
