"""A frame sentence while it is read for statements: what has been read, and small questions about its words.

What belongs here: helpers that look at a few words. What does not: where statements begin and end
(:mod:`pipelines.extract.indirect_bounds`), whose they are (:mod:`pipelines.extract.indirect_sources`).
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from pipelines.extract.indirect_words import WORDS, Cue
from pipelines.extract.nounphrases import Piece
from pipelines.extract.signs import FINITE, FOLDS, LINK, VERBAL, pattern
from pipelines.extract.wordclasses import (
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    TIMES,
    WEEKDAYS,
)
from pipelines.extract.words import Sentence

_BEFORE_BASE = WORDS["modals"] | WORDS["do"] | {"to"}
_BETWEEN = frozenset(("to", "yet"))
"""Words between helpers and their verb: "has yet to say" """
_SUBJECTS, _LEADS, _PLURALS, _NOT_PLURALS = (
    WORDS["subject_pronouns"],
    WORDS["leads"],
    WORDS["plurals"],
    WORDS["not_plurals"],
)
_ONLY_DETERMINERS = DETERMINERS - PRONOUNS
_NO_VERB_BEHIND = _ONLY_DETERMINERS | (WORDS["quantifiers"] - PRONOUNS)
_OPENING = DETERMINERS | PRONOUNS | WORDS["questions"] | WORDS["objects"] | {"that", "to"}
_MANY = WORDS["collectives"]
_VERBAL, _FINITE = pattern(VERBAL, FOLDS), pattern(FINITE)
_CLAUSE, _BREAK = pattern(FINITE | LINK), re.compile("[,;—]")
_NO_WORDS: frozenset[str] = frozenset()
_STOPS = frozenset(".!?…")
_TITLE = 0.7
"""A line in which this share of the words has a capital letter is in title case."""


class Report(NamedTuple):
    """A statement in token numbers: by which rule, who made it, the cue, its pieces."""

    rule: str
    source: Piece | None
    cue: Piece
    content: tuple[Piece, ...]
    polarity: str
    via: Piece | None = None


class Reading:
    """A frame sentence. ``end`` is behind its last word; statements so far end at ``low``, the last source is ``earlier``."""

    __slots__ = ("_title", "earlier", "end", "low", "signs", "size", "tokens")

    def __init__(self, tokens: Sentence) -> None:
        self.tokens = tokens
        self.signs = tokens.signs
        self.size = end = len(tokens)
        while end and tokens[end - 1].text in _STOPS:
            end -= 1
        self.end = end
        self.low = 0
        self.earlier: Piece | None = None
        self._title: bool | None = None

    @property
    def title(self) -> bool:
        """Whether the sentence is in title case, so that capital letters tell nothing."""
        if self._title is None:
            letters = [token.capital for token in self.tokens if token.letter]
            self._title = len(letters) > 3 and sum(letters) > _TITLE * len(letters)
        return self._title

    def since(self, at: int) -> int:
        """Where the clause of the word at ``at`` can begin: behind the last statement."""
        return self.low if self.low < at else 0

    def comma(self, at: int) -> bool:
        """Whether a comma stands at ``at`` that is none of a number."""
        tokens = self.tokens
        if tokens[at].text != ",":
            return False
        return not (at + 1 < self.size and tokens[at + 1].text[0].isdigit() and tokens.touches(at + 1))

    def next_comma(self, start: int, end: int) -> int:
        """The first comma in ``[start, end)``, else ``end``."""
        at = self.signs.find(",", start, end)
        while at >= 0 and not self.comma(at):
            at = self.signs.find(",", at + 1, end)
        return at if at >= 0 else end

    def helpers(self, at: int) -> tuple[int, AbstractSet[str]]:
        """The last token left of the verb at ``at`` that is neither helper nor adverb, and the helpers."""
        tokens = self.tokens
        back = at - 1
        if back > 0:
            token = tokens[back]
            if not (token.auxiliary or token.adverb or token.low in _BETWEEN):
                return back, _NO_WORDS
        found: set[str] = set()
        while back >= 0:
            token = tokens[back]
            helps = token.auxiliary or token.adverb or token.low == "to" or (token.low == "yet" and back > 0)
            if not helps or (back == 0 and token.low in WEEKDAYS):
                break
            found.add(token.low)
            back -= 1
        return back, found

    def is_verb(self, at: int, back: int, cue: Cue, helpers: AbstractSet[str]) -> bool:
        """Whether a form is a verb where it stands; ``back`` and ``helpers`` as :meth:`helpers` has them."""
        shape = cue.shape
        if back < 0:
            return shape in ("ing", "past") or bool(helpers)
        tokens = self.tokens
        low = tokens[back].low
        if helpers and shape == "base":
            return (
                not helpers.isdisjoint(_BEFORE_BASE)
                or any(word.endswith("n't") for word in helpers)
                or self.is_plural(back)
                or self.is_joined(back)
            )
        if tokens[at - 1].low in _NO_VERB_BEHIND or (back == at - 1 and low.endswith(("'s", "s'"))):
            return False
        if shape == "base":
            return self.is_plural(back) or ("noun" not in cue.governs and (low in _MANY or self.is_joined(back)))
        if low in _ONLY_DETERMINERS:
            return False
        return shape == "ing" or bool(helpers) or low not in PREPOSITIONS

    def is_plural(self, at: int) -> bool:
        """Whether the word at ``at`` can be the subject of a verb without -s."""
        token = self.tokens[at]
        low = token.low
        if low in _PLURALS:
            return True
        return token.letter and low[-1] == "s" and not low.endswith(("'s", "ss")) and low not in _NOT_PLURALS

    def is_joined(self, at: int) -> bool:
        """Whether the word at ``at`` ends two joined nouns, which are a plural: "Lee and Poe", "the board and the union"."""
        tokens = self.tokens
        if not tokens[at].letter:
            return False
        for back in range(at - 1, max(0, at - 5), -1):
            token = tokens[back]
            if token.low == "and":
                before, behind = tokens[back - 1], tokens[back + 1]
                named = behind.capital or behind.low in DETERMINERS
                return named and before.letter and not before.finite and before.low not in PREPOSITIONS
            if not token.letter or token.finite or token.low in PREPOSITIONS or token.low in RELATIVES:
                return False
        return False

    def opens_content(self, at: int, cue: Cue) -> bool:
        """Whether what ``cue`` governs can begin at ``at``; nothing does behind a noun of the same form."""
        if at >= self.end:
            return False
        token = self.tokens[at]
        low = token.low
        return (
            token.capital or token.folded or token.text[0].isdigit() or token.text == ":" or low in _OPENING
            or low in cue.governs
        )  # fmt: skip

    def has_verb(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` has a word that can be a clause's verb."""
        return _VERBAL.search(self.signs, start, end) is not None

    def has_finite(self, start: int) -> bool:
        """Whether a helper or a verb of saying follows within the clause that begins at ``start``."""
        found = _CLAUSE.search(self.signs, start, min(self.end, start + 14))
        if found is None or ord(found.group()) & LINK:
            return False
        return _BREAK.search(self.signs, start + 5, found.start()) is None

    def opens_clause(self, at: int) -> bool:
        """Whether a subject with a verb of its own begins at ``at``."""
        if at + 1 >= self.end or self.tokens[at].low == "that":
            return False
        first = self.tokens[at]
        opens = first.capital or first.low in DETERMINERS or first.low in PRONOUNS
        return opens and _FINITE.search(self.signs, at, at + 6) is not None

    def leads(self, at: int, source: Piece | None) -> bool:
        """Whether the clause of ``at`` ends at the next comma: "While she says so, …", "Lee, who says so, …"."""
        tokens = self.tokens
        past = source[1] if source is not None else 0
        if past > 1 and tokens[past - 1].low in RELATIVES and tokens[past - 2].text == ",":
            return True
        begin = 0
        while begin < at and (tokens[begin].low in CONJUNCTIONS or tokens[begin].low == "even" or tokens[begin].mark):
            begin += 1
        return tokens[begin].low in _LEADS and "," not in self.signs[begin:at]

    def opening(self, at: int) -> int:
        """Where a statement begins whose cue stands behind it, at ``at``."""
        tokens = self.tokens
        start = max(self.low, self.signs.rfind(";", self.low + 1, at) + 1)
        while start < at and (tokens[start].text in ",;—" or tokens[start].low in CONJUNCTIONS):
            start += 1
        return start

    def skip(self, at: int) -> int:
        """Behind adverbs and times: "said Monday", "said late last week", "said in 2019"."""
        tokens, end = self.tokens, self.end
        while at < end:
            token = tokens[at]
            low = token.low
            if low in _SUBJECTS or token.folded:
                break
            following = tokens[at + 1] if at + 1 < end else None
            if following is not None and low in ("last", "this", "next", "earlier") and following.low in TIMES:
                at += 2
            elif token.adverb or low in WEEKDAYS:
                at += 1
            elif following is None:
                break
            elif low in ("on", "in") and (
                following.low in TIMES or (len(following.text) == 4 and following.text.isdigit())
            ):
                at += 2
                if at < end and following.low not in WEEKDAYS and tokens[at].text[0].isdigit():
                    at += 1
            else:
                break
        return at
