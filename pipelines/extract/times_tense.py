"""Whether what a sentence says of a time lies ahead or behind: the verb beside the expression tells.

What belongs here: one question to the words around an expression. What does not: calendars.
"""

from __future__ import annotations

import re

from pipelines.rules import load_toml

_TENSE = {name: words.split() for name, words in load_toml("reference/en/time_words.toml")["tense"].items()}
_SAYS = {
    word: name for name in ("participle", "skipped", "past", "planning", "expected", "future") for word in _TENSE[name]
}
"""What a word tells of time; where it stands in several lists the last of them counts."""
_BE = frozenset(_TENSE["participle"])
_EXPECTED = frozenset(_TENSE["expected"])
_NEAR = 4
"""So many words before an expression a verb is near."""
_WORD = re.compile(r"[a-z]+(?:(?<=n)['’]t)?")
_SENTENCE_ENDS = re.compile(r"[a-z0-9)][.!?][\"'”’)]?\s+(?=[A-Z“\"‘(])|\n|;")
_REACH = 150


def _sided(words: list[str]) -> int:
    """What the verbs among these words say, the last word counting first; doubled where the verb stands near."""
    for k in range(len(words) - 1, -1, -1):
        word = words[k]
        says = _SAYS.get(word)
        if says is None:
            if len(word) < 5 or not word.endswith("ed"):
                continue
            says = "past"
        near = 2 if len(words) - k <= _NEAR else 1
        if says == "planning" and words[k + 1 : k + 2] != ["to"]:
            continue
        if says in ("future", "planning") or (says == "expected" and (k == 0 or words[k - 1] in _BE)):
            return near
        if says == "past" or (says == "expected" and word.endswith("ed")):
            helpers = words[max(0, k - 3) : k]
            if "have" in helpers or "ve" in helpers:
                return -near  # would have met
            if "be" in helpers or any(_SAYS.get(helper) == "future" for helper in helpers):
                return near
            if k and words[k - 1] in ("is", "are"):
                continue
            return -near
    return 0


def direction(text: str, start: int, end: int, low: int, high: int) -> int:
    """Below 0 where the sentence around ``text[start:end]`` tells of the past, above 0 of the future, 0 where no verb tells.

    Two where the verb stands near, one where it is far and may belong to something else.

    >>> direction("They will be heard on Friday, she said.", 22, 28, 0, 39)
    2
    """
    left = text[max(low, start - _REACH) : start]
    edges = [edge.end() for edge in _SENTENCE_ENDS.finditer(left)]
    if edges:
        left = left[edges[-1] :]
    told = _sided(_WORD.findall(left.lower())[-22:])
    if told:
        return told
    right = text[end : min(high, end + _REACH)]
    edge = _SENTENCE_ENDS.search(right)
    if edge:
        right = right[: edge.start() + 1]
    words = _WORD.findall(right.lower())[:12]
    return _first(words)


def _first(words: list[str]) -> int:
    """What the first verb among these words says."""
    for k, word in enumerate(words):
        says = _SAYS.get(word)
        if says == "planning" and words[k + 1 : k + 2] == ["to"]:
            return 1
        if says == "future" or (says == "participle" and words[k + 1 : k + 2] and words[k + 1] in _EXPECTED):
            return 1
        if says == "past" or (says is None and len(word) > 4 and word.endswith("ed")):
            return -1
    return 0
