"""Captions that no credit marks: known by their neighbours, their repetition and their manner.

What belongs here: decisions about pictures that need more than one line. What does not: credits and captions that show
themselves (``seeds/rules/captions.toml``).
"""

from __future__ import annotations

import re

from pipelines.clean.grammar import squeeze
from pipelines.clean.lines import Line, titled
from pipelines.clean.zone import PROSE

# one set of signs first: the search passes over all other characters quickly
_SIDES = re.compile(
    r"[(,](?:(?<=\()|(?<=,) )(?:left|right|cent(?:er|re)|L|R|top|bottom|above|below|second|third|far left|far right|front|back|foreground|background|pictured|seen here)(?:\)|,| from| and )"
)
_DAY = re.compile(
    r"(?:[0-9], [12][0-9]{3}|[A-Z][a-z]{2,8}\.? [12][0-9]{3}|, (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\)?\.?$"
)
# Who stands where, in the words that nothing but captions uses.
_ORDER = re.compile(
    r"\b(?:[Ll]eft to right|[Ff]rom (?:top )?left)[,:]|\b[Cc]lockwise from (?:top|left|upper|bottom)\b|\([Ll][-–][Rr]\)"
)
_DATED = re.compile(r"\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z][a-z]{2,8}\.? [0-9]{1,2}, [12][0-9]{3}\b")
_POSE = re.compile(
    r"^(?:(?!(?:which|who|that|said|says|had|was|were|has|have|will|would|if|when|as|to|and) )\S+ ){1,12}?(?:poses?|stands?|walks?|attends?|speaks?|arrives?|looks?|holds?|waves?|sits?|performs?|gestures?|reacts?|celebrates?|talks?|shakes? hands|greets?|signs?|watch(?:es)?|leaves?|appears?|carr(?:y|ies)|lines?|gathers?|listens?|plays?|delivers?|lifts?|departs?|enters?|exits?|drives?|throws?|hugs?|kisses?|cheers?|flies|lands?|leads?|hosts?|joins?|passes|pulls?|pushes|raises?|sings?|dances?|swims?|takes?|uses?|wears?|burns?|rises|shoots?|battles?|competes?|displays?|inspects?|smiles?|rides?|runs?|works?|prepares?|addresses|visits?|(?:is|are) (?:seen|pictured|shown)(?= )|(?:applaud|cheer|pose|stand|walk|gather|wait|shake hands|celebrate|march|look|listen|hold|wave|line|carry|sit|queue|pray|dance|inspect|board|leave) (?:as|in|on|at|up|for|outside|near|during|with|after|before|around|over|by|a|the|their|his|her)\b)(?! that\b)"
)

_SPOKEN = re.compile(r"[“\"]|\b(?:said|says|told|asked|added)\b|\bI\b")
_CAPITALS = re.compile(r"[A-ZÀ-Þ][\w.’'&-]*(?: (?:[A-ZÀ-Þ][\w.’'&-]*|[+&/]|and|of|for|the|by|via))*$")
_DAY_ENDS = frozenset("0123456789y")
_LONGEST = 80  # words of a caption with a mark of its own
_SHORT = 45  # words of the other captions
_BRIEF = 30  # words of a sentence that is a caption over a photographer's name, whoever speaks in it
_NAMED = "pictures/credit_named"
_HABIT = 0.8  # share of the places in a page that make a habit
_SURE = frozenset(
    ("pictures/credit_named", "pictures/credit_courtesy", "pictures/credit_brackets", "blocks/credit_again")
)


def signs(line: Line) -> int:
    """How many marks of a caption a sentence bears: who stands where, a day at its end, a pose in the present tense."""
    words = line.text
    if line.size > _LONGEST:
        return 0
    if ("left" in words or "(L" in words or "lockwise" in words) and _ORDER.search(words):
        return 3
    ends_in_day = not _DAY_ENDS.isdisjoint(words[-3:]) and _DAY.search(words[-30:]) is not None
    dated = ends_in_day or ("day, " in words and _DATED.search(words) is not None)
    marks = (_SIDES.search(words) is not None) + dated
    # One mark is nothing by itself: the costlier third is only asked where it can decide.
    return marks + (_POSE.match(words[:160]) is not None) if marks else 0


def captions(lines: list[Line]) -> list[tuple[int, str]]:
    """Unnamed lines that are captions or credits, with the name of the rule that says so."""
    found = [(i, "credit_again") for i in _credits_again(lines)]
    credits = {i for i, line in enumerate(lines) if line.kind == "credit"} | {i for i, _ in found}
    habit = _stand_over(lines, credits)
    for i, line in enumerate(lines):
        if line.kind or line.size < 4 or i in credits:
            continue
        marks = signs(line)
        # Captions stand over their credit more often than under it; a title stands there without a full stop as well.
        over = i + 1 in credits and line.size <= _LONGEST and _captions(line, lines[i + 1], marks, habit)
        if over or (i - 1 in credits and marks >= 2):
            found.append((i, "caption_by_credit"))
        elif marks >= (2 if line.size <= _SHORT else 3):
            found.append((i, "caption_signs"))
    return found + _again(lines, {i for i, _ in found})


def _captions(line: Line, credit: Line, marks: int, habit: bool) -> bool:
    """Whether a line over a credit is what the picture shows."""
    if marks or (not line.ends and line.size >= 8 and not titled(line.text)):
        return True
    if not line.ends or line.size > _SHORT:
        return False
    if line.size < PROSE or (line.size < _BRIEF and credit.rule_id == _NAMED):
        return True
    return (habit or credit.rule_id in _SURE) and not _SPOKEN.search(line.text)


def _stand_over(lines: list[Line], credits: set[int]) -> bool:
    """Whether short sentences stand over the credits of this page throughout: its editors put captions there."""
    over = [
        lines[i - 1] for i in credits if i and (i - 1) not in credits and not lines[i - 1].kind and lines[i - 1].ends
    ]
    short = sum(line.size <= _SHORT for line in over)
    return short >= 2 and short >= _HABIT * len(over)


def _credits_again(lines: list[Line]) -> list[int]:
    """Names that stand again and again between a short sentence and a paragraph: who took the pictures."""
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if not line.kind and not line.ends and line.size <= 5 and _CAPITALS.match(line.text):
            places.setdefault(line.text, []).append(i)
    found = []
    for at in places.values():
        if len(at) < 2:
            continue
        beside = [i for i in at if 0 < i < len(lines) - 1 and _beside_picture(lines[i - 1], lines[i + 1])]
        if len(beside) >= 2 and len(beside) >= _HABIT * len(at):
            found += at
    return found


def _beside_picture(over: Line, under: Line) -> bool:
    return (
        not over.kind and over.ends and 4 <= over.size <= _SHORT and not under.kind and under.ends and under.size >= 10
    )


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
