"""Whether what a sentence says of a time lies ahead or behind: the verb beside the expression tells.

What belongs here: one question to the words around an expression. What does not: calendars.
"""

from __future__ import annotations

from pipelines.rules import load_toml

_TENSE = {name: words.split() for name, words in load_toml("reference/en/time_words.toml")["tense"].items()}
_SAYS = {
    word: name
    for name in ("participle", "skipped", "modal", "past", "planning", "expected", "future")
    for word in _TENSE[name]
}
"""What a word tells of time; where it stands in several lists the last of them counts."""
_BE = frozenset(_TENSE["participle"])
_EXPECTED = frozenset(_TENSE["expected"])
_NOW = frozenset(("is", "are"))
_ARTICLES = frozenset(("a", "an", "the", "his", "her", "its", "their", "our"))
_NEAR = 4
"""So many words before an expression a verb is near."""
_FAR = 22
"""So many words before it a verb is another clause's."""
_REACH = 150
_EDGES = "\"'“”‘’,()[]—–-:"


def direction(text: str, start: int, end: int, low: int, high: int) -> int:
    """Below 0 where the sentence around ``text[start:end]`` tells of the past, above 0 of the future, 0 where no verb tells.

    Two where the verb stands near, one where it is far and may belong to something else. A line is read as text of its own.

    >>> direction("They will be heard on Friday, she said.", 22, 28, 0, 39)
    2
    """
    line = text.rfind("\n", low, start) + 1
    told = _before(text[max(low, line, start - _REACH) : start].lower().split())
    if told or high <= end:
        return told
    line = text.find("\n", end, high)
    return _behind(text[end : min(high if line < 0 else line, end + _REACH)].lower().split(None, 12)[:12])


def _closes(word: str) -> bool:
    """Whether a sentence ends with a word; short words with a stop are taken for abbreviations."""
    bare = word.rstrip(_EDGES)
    if not bare or bare[-1] not in ".!?;":
        return False
    return bare[-1] != "." or (len(bare) > 4 and "." not in bare[:-1])


def _before(words: list[str]) -> int:
    """What the verbs among these words say, the last one counting first; doubled where it stands near."""
    count = len(words)
    for k in range(count - 1, max(-1, count - 1 - _FAR), -1):
        word = words[k]
        says = _SAYS.get(word)
        if says is None and not word.isalpha():
            if _closes(word):
                return 0
            word = word.strip(_EDGES)
            if word.endswith(("'ll", "’ll")):
                return 2 if count - k <= _NEAR else 1
            says = _SAYS.get(word)
        if says is None:
            if len(word) < 5 or not word.endswith("ed") or (k and words[k - 1] in _ARTICLES):
                continue  # also "a contested vote"
            says = "past"
        near = 2 if count - k <= _NEAR else 1
        if says == "planning":
            if words[k + 1 : k + 2] == ["to"]:
                return near
        elif says == "modal":
            if near == 2:
                return near
        elif says == "future" or (says == "expected" and (k == 0 or words[k - 1] in _BE)):
            return 0 if k and words[k - 1] in ("was", "were") else near
        elif says == "past" or (says == "expected" and word.endswith("ed")):
            helpers = words[max(0, k - 3) : k]
            while any(helper[-1] in ',.;:)”"' for helper in helpers):
                helpers = helpers[1:]  # qualified to be president, said on Friday
            if "couldn't" in helpers or "couldn’t" in helpers or helpers[-3:-1] == ["could", "not"]:
                return -near
            if any(helper in ("have", "ve") or helper.endswith(("'ve", "’ve")) for helper in helpers):
                return -near  # would have met
            if (
                "be" in helpers
                or helpers[-2:] == ["to", "get"]
                or any(_SAYS.get(helper) in ("future", "modal") for helper in helpers)
            ):
                return near
            if not (k and words[k - 1] in ("is", "are")):
                return -near
    return 0


def _behind(words: list[str]) -> int:
    """What the first verb among these words says."""
    for k, word in enumerate(words):
        bare = word if word.isalpha() else word.strip(_EDGES + ".!?;")
        says = _SAYS.get(bare)
        if (
            (says == "future" and bare != "would")
            or bare.endswith(("'ll", "’ll"))
            or (says == "planning" and words[k + 1 : k + 2] == ["to"])
        ):
            return 1
        if says == "participle" and words[k + 1 : k + 2] and words[k + 1] in _EXPECTED:
            return 1
        if says == "past" or (says is None and len(bare) > 4 and bare.endswith("ed")):
            if k and (words[k - 1] in _NOW or (k > 1 and words[k - 2] in _NOW)):
                continue  # the drill is largely meant for schools
            return -1
        if bare != word and _closes(word):
            return 0
    return 0
