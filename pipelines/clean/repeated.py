"""Lines that stand in many articles of their site: what that makes of them.

What belongs here: telling lines that they repeat, and names for those that nothing else names. What does not: learning which
lines repeat (:mod:`pipelines.clean.repeats`), and where the body is (:mod:`pipelines.clean.zone`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

from pipelines.clean.lines import Line
from pipelines.clean.repeats import BREAK
from pipelines.clean.zone import PROSE
from pipelines.rules import load_rules
from pipelines.text import Text

_FAMILY = "repeats/"
_GAP = 3  # lines at most of what stands between two lines that repeat
_TEXT = frozenset(("", "body"))


def tell_again(lines: Sequence[Line], text: Text, repeated: Collection[int]) -> None:
    """Tell the lines with these numbers (counted by line ends of the raw text, from 0) that they repeat.

    A paragraph between two paragraphs that do not is spared: outlets write a story's background once and use it again.
    """
    numbers = frozenset(repeated)
    starts = [0, *(end.end() for end in BREAK.finditer(text.raw))]
    for line in lines:
        at = text.to_raw(line.start, line.end).start if text.edits else line.start
        line.again = bisect_right(starts, at) - 1 in numbers
    spared = [
        line
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False)
        if line.again and _prose(line) and all(_prose(other) and not other.again for other in (before, after))
    ]
    for line in spared:
        line.again = False


def _prose(line: Line) -> bool:
    return line.ends and line.size >= PROSE


def say_again(lines: Sequence[Line]) -> None:
    """Name the lines that repeat and that nothing else names, and the few words between them."""
    last: int | None = None
    for i, line in enumerate(lines):
        if line.again:
            if not line.kind:
                _say(line, "sentence" if _prose(line) else "words")
            if last is not None and i - last - 1 <= _GAP:
                _between(lines[last + 1 : i])
            last = i
        elif line.kind in _TEXT and _prose(line):
            last = None


def _between(lines: Sequence[Line]) -> None:
    """What a box lists is another thing on each page; what frames it is not."""
    for line in lines:
        if not line.kind or line.rule_id == "blocks/list_item":
            _say(line, "between")


def _say(line: Line, name: str) -> None:
    rule = load_rules("repeats")[name]
    line.set(rule.kind or "unknown", rule.rule_id, rule.confidence)


def unsay_again(lines: Sequence[Line]) -> None:
    """Take those names back: over the body a line is what its place makes it, a headline that others link to as well."""
    for line in lines:
        if line.rule_id.startswith(_FAMILY):
            line.set("", "", 0.0)
