"""The words of a frame sentence, each with all that the lists of word classes say about it.

What belongs here: what a word is by itself, whatever stands around it. What does not: how words combine.
An article has few distinct words, so each form is looked up once and its :class:`Token` shared by all sentences.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.extract.indirect_words import CUES, WORDS
from pipelines.extract.signs import AS, CLOSER, CUE, FINITE, FOLDS, HINT, LINK, TURN, VERBAL, pattern, sign
from pipelines.extract.speech import forms
from pipelines.extract.wordclasses import ADVERBS, AUXILIARIES, PAST, RELATIVES, VIEWS, WEEKDAYS

FOLDED = frozenset(FOLDS)
BREAKS = frozenset(",;:—–()[]-") | FOLDED
_CLOSERS = WORDS["object_ends"] | WEEKDAYS | {"and"}
_HINTS, _CUE = pattern(HINT, FOLDS), pattern(CUE)
LONGEST_LABEL = 8
"""So many words at most stand before a colon that tells who speaks."""
_TOKEN = re.compile(r"\w[\w’'&]*+(?:[.\-](?=\w)[\w’'&]*+)*+\.?|[^\w\s]")


class Token:
    """A word, a mark or a folded run. ``low`` is its form in the lists; what ``capital``,
    ``small``, ``letter`` and ``mark`` (no letter or figure) say is said of its first character."""

    __slots__ = (
        "adverb",
        "auxiliary",
        "capital",
        "cue",
        "finite",
        "folded",
        "form",
        "hint",
        "letter",
        "low",
        "mark",
        "sign",
        "small",
        "text",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = low = text.lower().replace("’", "'").rstrip(".")
        self.capital = text[0].isupper()
        self.small = text[0].islower()
        self.letter = text[0].isalpha()
        self.mark = not text[0].isalnum()
        self.folded = text in FOLDED
        self.form = forms().get(low)
        self.cue = CUES.get(low)
        """What it attributes, where it is a word of :mod:`pipelines.extract.indirect_words`"""
        self.hint = self.form is not None or low == "according" or low in VIEWS
        """A word that can tell who speaks"""
        self.adverb = low in ADVERBS or (low.endswith("ly") and self.small and len(low) > 4)
        """May stand between subject and verb without being part of either"""
        self.auxiliary = low in AUXILIARIES and not (self.capital and low in ("will", "may", "might"))
        """A helper verb or a negation; "Will" and "May" are names"""
        saying = self.form is not None and self.form.shape in ("past", "s") and self.small
        self.finite = self.auxiliary or saying
        """A helper verb, or a past or third-person form of a verb of saying"""
        past = low in PAST or (self.small and low.endswith("ed"))
        flags = (CUE * (self.cue is not None) | FINITE * self.finite | VERBAL * (self.finite or past)
                 | TURN * (low in ("and", "but", "according")) | AS * (low == "as") | CLOSER * (low in _CLOSERS)
                 | LINK * (low == "that" or low in RELATIVES) | HINT * self.hint)  # fmt: skip
        self.sign = sign(text, self.mark, flags)
        """What :mod:`pipelines.extract.signs` tells of it"""


_MOST_WORDS = 1 << 16


class _Several(Exception):
    """What stands between two blanks is several tokens."""


class _Words(dict[str, Token]):
    """Words by their letters, each the only token between two blanks. To look one up in an ``lru_cache`` costs twice as much."""

    def __missing__(self, word: str) -> Token:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = _TOKEN.match(word)
        if found is None or found.end() < len(word):
            raise _Several
        made = self[word] = _token(word)
        return made


_word = _Words().__getitem__
_token = lru_cache(maxsize=_MOST_WORDS)(Token)


def _tokens(text: str, start: int, end: int) -> list[Token]:
    piece = text[start:end]
    try:
        # A comma is always a token of its own; with most others blanks stand on either side.
        return list(map(_word, (piece.replace(",", " , ") if "," in piece else piece).split()))
    except _Several:
        return list(map(_token, _TOKEN.findall(piece)))


class Sentence(list[Token]):
    """The tokens of ``text[start:end]`` in order; where they stand is worked out only as far as it is asked for.

    >>> sentence = Sentence("“So.” Lee (D-Ohio) didn’t say 3.5%.", 6, 35)
    >>> [token.text for token in sentence]
    ['Lee', '(', 'D-Ohio', ')', 'didn’t', 'say', '3.5', '%', '.']
    >>> sentence.start(2), sentence.end(2), sentence.touches(2), sentence.touches(5)
    (11, 17, True, False)
    """

    __slots__ = ("_at", "_hints", "_signs", "_starts", "_text")

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__(_tokens(text, start, end))
        self._text = text
        self._at = start
        self._starts: list[int] = []
        self._hints: list[int] | None = None
        self._signs: str | None = None

    def may_attribute(self) -> bool:
        """Whether the sentence has a word that can attribute, or a colon near its beginning.

        >>> [Sentence(text, 0, len(text)).may_attribute() for text in ("It rained.", "Lee: it rained.")]
        [False, True]
        """
        signs = self.signs
        return _CUE.search(signs) is not None or signs.find(":", 1, LONGEST_LABEL) > 0

    @property
    def signs(self) -> str:
        """The signs of the tokens, see :mod:`pipelines.extract.signs`."""
        found = self._signs
        if found is None:
            found = self._signs = "".join([token.sign for token in self])
        return found

    @property
    def hints(self) -> list[int]:
        """The numbers of the tokens that can tell who speaks: folded runs, verbs of saying and a few words more."""
        found = self._hints
        if found is None:
            found = self._hints = [match.start() for match in _HINTS.finditer(self.signs)]
        return found

    @property
    def folds(self) -> list[int]:
        """The numbers of the folded runs among the tokens."""
        return [number for number in self.hints if self[number].folded]

    def start(self, number: int) -> int:
        """Where token ``number`` begins in the text."""
        starts = self._starts
        if number >= len(starts):
            text, at = self._text, self._at
            find, add = text.index, starts.append
            for token in self[len(starts) : number + 1]:
                # Nothing but blanks stands between tokens: the next one is found where it first occurs.
                word = token.text
                at = find(word, at)
                add(at)
                at += len(word)
            self._at = at
        return starts[number]

    def end(self, number: int) -> int:
        """Where token ``number`` ends in the text."""
        return self.start(number) + len(self[number].text)

    def reach(self, first: int, last: int) -> tuple[int, int]:
        """Where token ``first`` begins in the text and token ``last`` ends."""
        starts = self._starts
        end = (starts[last] if last < len(starts) else self.start(last)) + len(self[last].text)
        return starts[first] if first < len(starts) else self.start(first), end

    def touches(self, number: int) -> bool:
        """Whether nothing stands between token ``number`` and the one before it."""
        return self.start(number) == self.end(number - 1)
