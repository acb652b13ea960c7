"""Whether what a sentence says of a time lies ahead or behind: the verb beside the expression tells.

What belongs here: one question to the words around an expression. What does not: calendars.
"""

from __future__ import annotations

import re

from pipelines.rules import load_toml

_TENSE = {name: frozenset(words.split()) for name, words in load_toml("reference/en/time_words.toml")["tense"].items()}
_FUTURE, _PAST, _BE, _EXPECTED = (_TENSE[name] for name in ("future", "past", "participle", "expected"))
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_SENTENCE_ENDS = re.compile(r"[a-z0-9)][.!?][\"'”’)]?\s+(?=[A-Z“\"‘(])|\n|;")
_REACH = 110


def _sided(words: list[str]) -> int:
    """What the verbs among these words say, the last word counting first."""
    for k in range(len(words) - 1, -1, -1):
        word = words[k]
        if word in _EXPECTED and (k == 0 or words[k - 1] in _BE or word in _FUTURE):
            return 1
        if word in _FUTURE:
            return 1
        if word == "to" and k and words[k - 1] in _EXPECTED:
            return 1
        if word in _PAST or (len(word) > 4 and word.endswith("ed")):
            helpers = words[max(0, k - 3) : k]
            if "be" in helpers or any(helper in _FUTURE for helper in helpers):
                return 1
            if k and words[k - 1] in ("is", "are"):
                continue
            return -1
    return 0


def direction(text: str, start: int, end: int, low: int, high: int) -> int:
    """-1 where the sentence around ``text[start:end]`` tells of the past, 1 of the future, 0 where no verb tells.

    >>> direction("They will be heard on Friday, she said.", 22, 28, 0, 39)
    1
    """
    left = text[max(low, start - _REACH) : start]
    edges = [edge.end() for edge in _SENTENCE_ENDS.finditer(left)]
    if edges:
        left = left[edges[-1] :]
    told = _sided(_WORD.findall(left.lower().replace("’", "'"))[-14:])
    if told:
        return told
    right = text[end : min(high, end + _REACH)]
    edge = _SENTENCE_ENDS.search(right)
    if edge:
        right = right[: edge.start() + 1]
    words = _WORD.findall(right.lower().replace("’", "'"))[:12]
    return _first(words)


def _first(words: list[str]) -> int:
    """What the first verb among these words says."""
    for k, word in enumerate(words):
        if word in _FUTURE:
            return 1
        if word in _PAST or (len(word) > 4 and word.endswith("ed")):
            return -1
        if word in _BE and words[k + 1 : k + 2] and words[k + 1] in _EXPECTED:
            return 1
    return 0
