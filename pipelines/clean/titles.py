"""Which line over the body is the title, where nobody declares one.

What belongs here: weighing lines as titles. What does not: names for the other lines of the header
(:mod:`pipelines.clean.header`).

A page opens with menus, and the line next to the text is as often a credit or a label of a button. What tells a title is that
the article's first words speak of the same things, that a byline or a date follows, and that the line over it is short.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from pipelines.clean.lines import Line
from pipelines.clean.zone import TIME
from pipelines.rules import load_toml

_SHORTEST, _LONGEST = 3, 30  # words of a title
_ABOVE = 400  # lines over the text in which its title can stand
_BELOW = 8  # lines of the text in which it can stand, where a notice was taken for the first paragraph
_MOST_NOTICE = 80  # words of such notices
_WORDS = 300  # words of the text that show what it is about
_PARAGRAPH = 600  # characters of a paragraph that are read for them
_FEW = 30  # stems that are sooner looked for than all words are read
_STEM = 5  # letters in which two forms of a word agree: "shipping", "shipped"
_FAR = 10  # unnamed lines between title and text that are nothing unusual
_BY, _DATE, _BEFORE = 4, 5, 4  # lines behind a title in which its byline and its date stand; lines before it
_SURE = 1.5  # by how much the best line leads the second where nobody would argue

_WORD = re.compile(r"[^\W_]{3,}")
_NAME = re.compile(r"[A-ZÀ-Þ][\w.’'-]+(?: (?:[A-ZÀ-Þ][\w.’'-]*|de|van|von|der|al|bin|da|di|la|le)){1,3}$")
_DATED = re.compile(r"(?:[A-Z][a-zé]{2,8}\.? [0-9]{1,2}|[0-9]{1,2}\.? [A-Z][a-zé]{2,8}),? (?:19|20)[0-9]{2}\b")
_TIME_ENTRY = re.compile(r"[0-9]{1,2}[:.h][0-5][0-9](?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?[ :–—-]{1,3}\S")
_STOPPED = (".", ".”", '."', ".’", ":", "”")


@cache
def _small_words() -> frozenset[str]:
    """Words that every text has, and that sentences and titles have but the names of sections and people have not."""
    return frozenset(word for words in load_toml("reference/small_words.toml").values() for word in words["words"])


class Title(NamedTuple):
    """The line that reads most like the title, and whether another comes close."""

    line: int
    sure: bool


def _stems(words: str) -> set[str]:
    small = _small_words()
    return {word[:_STEM] for word in _WORD.findall(words.casefold()) if word not in small}


def _subjects(lines: list[Line], start: int, stop: int, asked: set[str]) -> Counter[str]:
    """How often the first words of the text speak of what is asked for: not at all, once, or more often."""
    texts = []
    words = 0
    for line in lines[start:stop]:
        if line.ends and line.kind in ("", "body"):
            texts.append(line.text[:_PARAGRAPH])
            words += line.size
            if words > _WORDS:
                break
    text = "\n".join(texts).casefold()
    if len(asked) <= _FEW:
        return Counter({stem: times for stem in asked if (times := _times(text, stem))})
    small = _small_words()
    return Counter([word[:_STEM] for word in _WORD.findall(text) if word[:_STEM] in asked and word not in small])


def _times(text: str, stem: str) -> int:
    """How often a text has a word of this stem; no more than twice matters."""
    found, at = 0, text.find(stem)
    while at >= 0 and found < 2:
        word = _WORD.match(text, at)
        if word and not text[max(0, at - 1) : at].isalnum() and word[0][:_STEM] == stem:
            found += word[0] not in _small_words()
        at = text.find(stem, at + 1)
    return found


def _able(lines: list[Line], i: int) -> bool:
    line = lines[i]
    return (
        _SHORTEST <= line.size <= _LONGEST
        and line.kind in ("", "body", "headline")
        and not (i and lines[i - 1].rule_id == TIME)
        and not _TIME_ENTRY.match(line.text)
    )


def likely_title(lines: list[Line], start: int, stop: int) -> Title | None:
    """The line that reads most like the title of the text ``lines[start:stop]``; none where no line can be one.

    The weights were found by search over half of a labelled set, then rounded.
    """
    first = max(0, start - _ABOVE)
    able = [i for i in range(first, start) if _able(lines, i)]
    able += _inside(lines, start, stop)
    if not able:
        return None
    stems = {i: _stems(lines[i].text) for i in able}
    subjects = _subjects(lines, start, stop, set().union(*stems.values()))
    open_lines = [0]  # unnamed lines up to each line
    for line in lines[first:start]:
        open_lines.append(open_lines[-1] + (line.kind in ("", "body")))
    best, second, chosen = float("-inf"), float("-inf"), able[0]
    for i in able:
        between = 0 if i >= start else open_lines[-1] - open_lines[i + 1 - first]
        score = _reads(lines[i], stems[i], subjects) + _stands(lines, i, start) - min(max(between - _FAR, 0), 40) / 25
        if score > best:
            if lines[i].text != lines[chosen].text:
                second = best
            best, chosen = score, i
        elif score > second and lines[i].text != lines[chosen].text:
            second = score
    return Title(_bare(lines, chosen, able), best - second >= _SURE)


def _bare(lines: list[Line], chosen: int, able: list[int]) -> int:
    """The line beside the chosen one that is its last words, where a label is glued to the title."""
    text = lines[chosen].text
    for i in (chosen + 1, chosen - 1):
        if i in able and len(lines[i].text) < len(text) and text.endswith(lines[i].text):
            return i
    return chosen


def _inside(lines: list[Line], start: int, stop: int) -> list[int]:
    """Lines at the beginning of the text that can be its title: no sentences, only notices before them, signed behind."""
    able: list[int] = []
    words = 0
    for i in range(start, min(start + _BELOW, stop)):
        line = lines[i]
        signed = any(other.kind in ("byline", "metadata") for other in lines[i + 1 : i + 1 + _BY])
        if signed and not line.ends and _able(lines, i):
            able.append(i)
        words += line.size
        if words > _MOST_NOTICE:
            break
    return able


def _reads(line: Line, stems: set[str], subjects: Counter[str]) -> float:
    """How much the words of a line (``stems``) speak for a title of a text with these subjects."""
    score = 0.0
    small = _small_words()
    text, size = line.text, line.size
    if size <= 4:
        score -= 1.5
        if _NAME.match(text):
            score -= 1.0
    elif size >= 20:
        score -= 1.5
    if line.ends and text.endswith(_STOPPED):
        score -= 2.0
    if size <= 8 and _DATED.match(text):
        score -= 2.0
    shared = [stem for stem in stems if stem in subjects]
    if shared:
        score += 1.5 * len(shared) / max(3, len(stems)) + 0.7 * min(4, sum(subjects[stem] > 1 for stem in shared))
    else:
        score -= 1.5
    if not any(word in small for word in text.casefold().split()):
        score -= 1.5
    return score


def _stands(lines: list[Line], i: int, start: int) -> float:
    """How much the place of a line speaks for a title."""
    score = 0.5 if i == 0 else 0.0
    if i >= start:
        score -= 2.0
    if i + 1 < len(lines) and lines[i + 1].size <= 2 and not lines[i + 1].kind:
        score -= 0.8
    if i and lines[i - 1].size >= 5 and lines[i - 1].kind in ("", "body"):
        score -= 1.7
    kinds = [line.kind for line in lines[i + 1 : i + 1 + _DATE]]
    if "byline" in kinds[:_BY]:
        score += 1.7
    if "metadata" in kinds:
        score += 2.0
    if any(line.kind in ("byline", "metadata") for line in lines[max(0, i - _BEFORE) : i]):
        score -= 0.6
    return score
