"""Whether what a sentence says of a time lies ahead or behind: the verb beside the expression tells.

What belongs here: one question to the words around an expression. What does not: calendars.
"""

from __future__ import annotations

from typing import NamedTuple

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
_HAVE = frozenset(("have", "ve"))
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


class _Code(NamedTuple):
    """What a word tells, whatever stands beside it."""

    bare: str
    """Without the marks around it"""
    says: str | None
    """Its list in ``time_words.toml``; ``past_like`` for other words in -ed, ``will`` for those in 'll"""
    closes: bool
    """A sentence ends with it"""


class _Codes(dict[str, _Code]):
    """What words tell, each looked at once; forgotten when there are very many."""

    def __init__(self, edges: str) -> None:
        self._edges = edges

    def __missing__(self, word: str) -> _Code:
        if len(self) >= 1 << 16:
            self.clear()
        closes, bare, says = False, word, _SAYS.get(word)
        if says is None:
            if not word.isalpha():
                closes = _closes(word)
                bare = word.strip(self._edges)
                says = "will" if bare.endswith(("'ll", "’ll")) else _SAYS.get(bare)
            if says is None and len(bare) >= 5 and bare.endswith("ed"):
                says = "past_like"
        made = self[word] = _Code(bare, says, closes)
        return made


_CODES = _Codes(_EDGES)
_CODES_BEHIND = _Codes(_EDGES + ".!?;")


def _before(words: list[str]) -> int:
    """What the verbs among these words say, the last one counting first; doubled where it stands near."""
    count = len(words)
    for k in range(count - 1, max(-1, count - 1 - _FAR), -1):
        word, says, closes = _CODES[words[k]]
        if closes:
            return 0
        if says is None or says == "skipped":
            continue
        if says == "will":
            return 2 if count - k <= _NEAR else 1
        if says == "past_like":
            if k and words[k - 1] in _ARTICLES:
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
            for at in range(len(helpers) - 1, -1, -1):
                if helpers[at][-1] in ',.;:)”"':
                    helpers = helpers[at + 1 :]  # qualified to be president, said on Friday
                    break
            if "couldn't" in helpers or "couldn’t" in helpers or helpers[-3:-1] == ["could", "not"]:
                return -near
            for helper in helpers:
                if helper in _HAVE or helper.endswith(("'ve", "’ve")):
                    return -near  # would have met
            for helper in helpers:
                if helper == "be" or _SAYS.get(helper) in ("future", "modal"):
                    return near
            if helpers[-2:] == ["to", "get"]:
                return near
            if not (k and words[k - 1] in ("is", "are")):
                return -near
    return 0


def _behind(words: list[str]) -> int:
    """What the first verb among these words says."""
    for k, word in enumerate(words):
        bare, says, closes = _CODES_BEHIND[word]
        if says is not None:
            if (
                says == "will"
                or (says == "future" and bare != "would")
                or (says == "planning" and words[k + 1 : k + 2] == ["to"])
                or (says == "participle" and words[k + 1 : k + 2] and words[k + 1] in _EXPECTED)
            ):
                return 1
            if says in ("past", "past_like"):
                if k and (words[k - 1] in _NOW or (k > 1 and words[k - 2] in _NOW)):
                    continue  # the drill is largely meant for schools
                return -1
        if closes:
            return 0
    return 0
