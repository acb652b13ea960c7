"""Captions that no credit marks: known by their neighbours, their repetition and their manner.

What belongs here: decisions about pictures that need more than one line. What does not: credits and captions that show
themselves (``seeds/rules/captions.toml``).
"""

from __future__ import annotations

import re

from pipelines.clean.grammar import squeeze
from pipelines.clean.lines import Line

_SIDES = re.compile(
    r"(?:\(|, )(?:left|right|cent(?:er|re)|L|R|top|bottom|above|below|second|third|far left|far right|front|back|foreground|background|pictured|seen here)(?:\)|,| from| and )"
)
_DAY = re.compile(
    r"(?:[0-9], [12][0-9]{3}|[A-Z][a-z]{2,8}\.? [12][0-9]{3}|, (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\)?\.?$"
)
_POSE = re.compile(
    r"^(?:(?!(?:which|who|that|said|says|had|was|were|has|have|will|would|if|when|as|to|and) )\S+ ){1,12}?(?:poses?|stands?|walks?|attends?|speaks?|arrives?|looks?|holds?|waves?|sits?|performs?|gestures?|reacts?|celebrates?|talks?|shakes? hands|greets?|signs?|watch(?:es)?|leaves?|appears?|carr(?:y|ies)|lines?|gathers?|listens?|plays?|smiles?|rides?|runs?|works?|prepares?|addresses|visits?|(?:is|are) (?:seen|pictured|shown)(?= )|(?:applaud|cheer|pose|stand|walk|gather|wait|shake hands|celebrate|march|look|listen|hold|wave|line|carry|sit|queue|pray|dance|inspect|board|leave) (?:as|in|on|at|up|for|outside|near|during|with|after|before|around|over|by|a|the|their|his|her)\b)(?! that\b)"
)


def signs(line: Line) -> int:
    """How many marks of a caption a sentence bears: who stands where, a day at its end, a pose in the present tense."""
    words = line.text
    if line.size > 70:
        return 0
    marks = (_SIDES.search(words) is not None) + (_DAY.search(words[-30:]) is not None)
    # One mark is nothing by itself: the costlier third is only asked where it can decide.
    return marks + (_POSE.match(words[:160]) is not None) if marks else 0


def captions(lines: list[Line]) -> list[tuple[int, str]]:
    """Unnamed lines that are captions, with the name of the rule that says so."""
    found = []
    credits = any(line.kind == "credit" for line in lines)
    for i, line in enumerate(lines):
        if line.kind or line.size < 5:
            continue
        marks = signs(line)
        over = credits and i + 1 < len(lines) and lines[i + 1].kind == "credit"
        under = credits and i > 0 and lines[i - 1].kind == "credit"
        # Captions stand over their credit more often than under it; a title stands there without a full stop as well.
        if (over and line.size <= 70 and (marks or (not line.ends and line.size >= 8))) or (under and marks >= 2):
            found.append((i, "caption_by_credit"))
        elif marks >= (2 if line.size <= 45 else 3):
            found.append((i, "caption_signs"))
    return found + _again(lines, {i for i, _ in found})


def _again(lines: list[Line], found: set[int]) -> list[tuple[int, str]]:
    """Unnamed lines that stand elsewhere in the page as captions."""
    known = [line.text for i, line in enumerate(lines) if line.kind == "caption" or i in found]
    if not known:
        return []
    openings = {text[:16] for text in known}
    texts = {squeeze(text) for text in known}
    return [
        (i, "caption_pair")
        for i, line in enumerate(lines)
        if not line.kind and i not in found and line.text[:16] in openings and squeeze(line.text) in texts
    ]
