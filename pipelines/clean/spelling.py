"""Which of a few letters stands between others: how a language spells, and how the document itself does.

What belongs here: the likelihood of letters between letters. What does not: which characters of a text are in doubt
(:mod:`pipelines.clean.lost`). The model counts single, pairs and triples of characters in lists of frequent words
(``seeds/reference/spelling.toml``, own work) and in the intact part of the document, and interpolates between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from pipelines.rules import load_toml

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)
_WHOLE = re.compile(r"(?<![\w\ufffd])[^\W\d_]+(?![\w\ufffd])")
_KNOWN = 30.0  # times as likely is a word that is known
_UNLIKELY = 1e-4  # times the likeliest state's weight, below which one is not followed
_BEST, _STATES = 6, 32  # readings of a place, and of two, that are followed
_OWN = 3  # what a triple in the document itself counts for, against one in a word list
_HITS = 4  # known words by which a language is known
_SMOOTH = (60.0, 4.0, 1.5)  # sightings that the shorter context is worth, by length of the context
_LETTER, _COMMON, _STRANGE = 1e-2, 2.5e-4, 1e-7  # what a character is worth that nobody has seen


def folded(text: str) -> str:
    """The text as the model sees it: small letters; digits are alike, and so are white space and ASCII punctuation.

    >>> folded("No. 12,\\nÁngel")
    'no  00  ángel'
    """
    return "".join(_fold(char) for char in text)


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    if char.isdigit():
        return "0"
    if char.isspace() or (not char.isalnum() and char < "\u3000" and not "\u0300" <= char < "\u1000"):
        return " "
    return char.lower() if len(char.lower()) == 1 else char


def _grams(text: str) -> list[Counter[str]]:
    return [Counter(text[at : at + size] for at in range(len(text) - size + 1)) for size in (1, 2, 3)]


@cache
def _languages() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Letters and known words of each language."""
    small = load_toml("reference/small_words.toml")
    return {
        tag: (frozenset(entry["letters"]), frozenset([*entry["words"].lower().split(), *small.get(tag, {"words": ()})["words"]]))
        for tag, entry in load_toml("reference/spelling.toml").items()
    }  # fmt: skip


@cache
def _learned(tag: str | None) -> list[Counter[str]]:
    """The counts of a language's list."""
    if tag is None:
        return _grams("")
    return _grams(folded(" ".join(load_toml("reference/spelling.toml")[tag]["words"].split())) + " ")


def tongue(text: str) -> str | None:
    """The language of a partly broken text, by its script or the words of it that are known; None where too few are.

    >>> tongue("Он не был в Ð¼осквÐµ, что и как это было до того")
    'ru'
    """
    for tag, script in _SCRIPTS:
        if len(script.findall(text)) > 10:
            return tag
    words = Counter(_WORD.findall(text.lower()))
    hits = {tag: sum(words[word] for word in known & words.keys()) for tag, (_, known) in _languages().items()}
    best = max(hits, key=lambda tag: (hits[tag], tag))
    return best if hits[best] >= _HITS else None


def writes(tag: str | None, char: str) -> bool:
    """Whether a character is a letter of a language; of an unknown one, whether it may be."""
    return char.lower() in _languages()[tag][0] if tag else len(char) == 1


@lru_cache(maxsize=8192)
def _unseen(char: str, tag: str | None) -> float:
    """What a character is worth by itself: letters of the language, and what its older character sets thought worth having."""
    if char.lower() in (_languages()[tag][0] if tag else ()) or char == " " or char == "0" or char.isascii():
        return _LETTER
    for codec, first, last in _LEVELS:
        try:
            code = char.encode(codec)
        except UnicodeEncodeError:
            continue
        if len(code) == 2 and first <= code[0] <= last:
            return _COMMON
    return _LETTER / 10 if tag is None and char.isalpha() and char < "\u0530" else _STRANGE


# The characters that makers of national character sets found frequent: the first levels of the Japanese and Chinese ones,
# all of the Korean one.
_LEVELS = (("euc_kr", 0xB0, 0xC8), ("euc_jp", 0xA1, 0xCF), ("gb2312", 0xA1, 0xD7), ("big5", 0xA1, 0xC6))


class Spelling:
    """A language's spelling, with what the intact part of a document adds to it."""

    def __init__(self, tag: str | None, intact: str) -> None:
        self._tag = tag
        self._seen = [learned.copy() for learned in _learned(tag)]
        for seen, own in zip(self._seen, _grams(folded(intact)), strict=True):
            for gram, count in own.items():
                if "\ufffd" not in gram:
                    seen[gram] += _OWN * count
        self._known: dict[str, float] = {}
        self._words = {word.lower() for word in _WHOLE.findall(intact)} | (_languages()[tag][1] if tag else set())
        self._total = sum(self._seen[0].values())

    def worth(self, word: str) -> float:
        """How many times likelier than its letters a word is because it is known, or stands elsewhere in the document."""
        return _KNOWN if word.lower() in self._words else 1.0

    def _likely(self, before: str, char: str) -> float:
        """How likely a folded character is behind two others."""
        gram = before + char
        if gram not in self._known:
            self._known[gram] = self._count(before, char)
        return self._known[gram]

    def _count(self, before: str, char: str) -> float:
        one, two, three = self._seen
        weights = _SMOOTH
        value = (one[char] + weights[0] * _unseen(char, self._tag)) / (self._total + weights[0])
        value = (two[before[-1:] + char] + weights[1] * value) / (one[before[-1:]] + weights[1])
        return (three[before + char] + weights[2] * value) / (two[before] + weights[2])

    def _alone(self, char: str) -> tuple[float, str]:
        """How seldom a character is, for sorting."""
        folded_char = _fold(char)
        return -(self._seen[0][folded_char] + _SMOOTH[0] * _unseen(folded_char, self._tag)), char

    def posteriors(self, places: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        """How probable each character of each place is, all places together; the first two places are given (one character).

        Forward and backward sums over the likeliest states of two characters: linear in the number of places.
        """
        forward: list[dict[tuple[str, str], float]] = [{(places[0][0], places[1][0]): 1.0}]
        steps: list[dict[tuple[str, str, str], float]] = []
        for whole in places[2:]:
            place = whole if len(whole) <= _BEST else sorted(whole, key=self._alone)[:_BEST]
            step: dict[tuple[str, str, str], float] = {}
            reached: dict[tuple[str, str], float] = {}
            for (first, second), weight in forward[-1].items():
                before = _fold(first) + _fold(second)
                for char in place:
                    value = self._likely(before, _fold(char)) * _case(second, char)
                    step[first, second, char] = value
                    reached[second, char] = reached.get((second, char), 0.0) + weight * value
            least = max(reached.values()) * _UNLIKELY
            kept = [item for item in reached.items() if item[1] >= least]
            kept = sorted(kept, key=lambda item: (-item[1], item[0]))[:_STATES]
            total = sum(weight for _, weight in kept)
            forward.append({state: weight / total for state, weight in kept})
            steps.append(step)
        backward = dict.fromkeys(forward[-1], 1.0)
        found: list[dict[str, float]] = []
        for at in range(len(forward) - 1, -1, -1):
            joint: dict[str, float] = {}
            for state, weight in forward[at].items():
                joint[state[1]] = joint.get(state[1], 0.0) + weight * backward[state]
            total = sum(joint.values())
            found.append({char: weight / total for char, weight in joint.items()})
            if at:
                earlier = dict.fromkeys(forward[at - 1], 0.0)
                for (first, second, char), value in steps[at - 1].items():
                    earlier[first, second] += value * backward.get((second, char), 0.0)
                scale = max(earlier.values())
                backward = {state: value / scale for state, value in earlier.items()}
        return [{places[0][0]: 1.0}, *reversed(found)]


def _case(before: str, char: str) -> float:
    """Whether small and capital letters may follow one another so."""
    if before.islower() and char.isupper():
        return 1e-3
    return 0.2 if before.isupper() and char.islower() and not char.isascii() else 1.0
