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
_DAY = re.compile(r"(?:[12][0-9]{3}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\)?\.?$")
_POSE = re.compile(
    r"^(?:\S+ ){1,12}?(?:poses?|stands?|walks?|attends?|speaks?|arrives?|looks?|holds?|waves?|sits?|performs?|gestures?|reacts?|celebrates?|talks?|shakes? hands|greets?|signs?|watch(?:es)?|leaves?|appears?|carr(?:y|ies)|lines?|gathers?|listens?|plays?|smiles?|rides?|runs?|works?|prepares?|addresses|visits?|(?:is|are) (?:seen|pictured|shown)(?= )|(?:applaud|cheer|pose|stand|walk|gather|wait|shake hands|celebrate|march|look|listen|hold|wave|line|carry|sit|queue|pray|dance|inspect|board|leave) (?:as|in|on|at|up|for|outside|near|during|with|after|before|around|over|by|a|the|their|his|her)\b)(?! that\b)"
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
    known = {line.text[:24] for line in lines if line.kind == "caption"}
    known_texts = {squeeze(line.text) for line in lines if line.kind == "caption"} if known else set()
    credits = any(line.kind == "credit" for line in lines)
    for i, line in enumerate(lines):
        if line.kind or line.size < 5:
            continue
        if known and line.text[:24] in known and squeeze(line.text) in known_texts:
            found.append((i, "caption_pair"))
            continue
        marks = signs(line)
        over = credits and i + 1 < len(lines) and lines[i + 1].kind == "credit"
        under = credits and i > 0 and lines[i - 1].kind == "credit"
        # Captions stand over their credit more often than under it; a title stands there without a full stop as well.
        if (over and line.size <= 70 and (marks or (not line.ends and line.size >= 8))) or (under and marks >= 2):
            found.append((i, "caption_by_credit"))
        elif marks >= (2 if line.size <= 45 else 3):
            found.append((i, "caption_signs"))
    return found
