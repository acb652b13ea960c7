"""The noun phrases of a sentence: where they begin and end, what hangs on them, rows of them.

What belongs here: phrases by patterns over the letters of a sentence, and the objects of verbs. What does not: the letters
(:mod:`pipelines.extract.actions_letters`), and the subjects of verbs (:mod:`pipelines.extract.actions_clauses`).
"""

from __future__ import annotations

import re

from pipelines.extract.actions_lexicon import words
from pipelines.extract.actions_words import Words
from pipelines.extract.names import nations
from pipelines.extract.nounphrases import Piece

PHRASE = re.compile(
    r"[dqnNPpo](?:(?<=[dq])[dq]*(?:(?<=d)a(?=[nq]))?(?:[nqNP]|\x22[nN]{1,4}\x22(?=n))*[nN]|(?<=[nNP])[nqNP]*(?<=[nN])|(?<=[dq])[dq]*(?<=q)|(?<=[po]))"
)
"""A noun phrase without what hangs on it. One set of letters comes first, look-behinds after it: the search then skips to candidates."""
QUANTITY_NOUNS = words("classes", "quantity_nouns")
_BARE = words("classes", "adjectives")
_ADJECTIVE = re.compile(r"(?:al|ic|ive|ous|ful|ian|ese|ary|able|ible)\Z")
_NATIONAL = nations()[2]


class Phrases:
    """A sentence spelled in letters, with its noun phrases by where they start and end."""

    __slots__ = ("ends", "letters", "starts", "tokens")

    def __init__(self, tokens: Words, letters: str) -> None:
        self.tokens = tokens
        self.letters = letters
        phrases = [match.span() for match in PHRASE.finditer(self.letters)]
        self.starts: dict[int, int] = dict(phrases)
        self.ends: dict[int, int] = {end: start for start, end in phrases}

    def head(self, piece: Piece) -> str:
        """The head of a noun phrase, without what hangs on it: of "a total of 11 rounds" it is the rounds."""
        end = self.starts.get(piece[0], piece[1])
        while (
            end + 1 < piece[1]
            and self.letters[end] == "c"
            and end + 1 in self.starts
            and self._is_adjective(piece[0], end)
        ):
            end = self.starts[end + 1]  # "liberal and black voters"
        word = self.tokens[end - 1].low
        if (
            (word in QUANTITY_NOUNS or self.letters[end - 1] == "q")
            and end < len(self.letters)
            and self.letters[end] == "f"
        ):
            behind = self.starts.get(self.past(end + 1))
            if behind is not None:
                return self.tokens[behind - 1].low
        return word

    def phrase_from(self, start: int) -> int:
        """The end of the noun phrase that begins at ``start``, with its of-phrases."""
        end = self.starts[start]
        while end + 1 < len(self.letters) and self.letters[end] == "f":
            further = self.starts.get(self.past(end + 1))
            if further is None:
                break
            end = further
        return end

    def past(self, at: int) -> int:
        """Behind quotation marks."""
        while at < len(self.letters) and self.letters[at] == '"':
            at += 1
        return at

    def nearest(self, end: int) -> Piece:
        """The phrase that ends at ``end``, with the words of quantity before it: "a group of men", "two men" of "the trial of two men"."""
        start = self.ends[end]
        while start > 1 and self.letters[start - 1] == "f" and start - 1 in self.ends:
            if self.tokens[start - 2].low not in QUANTITY_NOUNS:
                break
            start = self.ends[start - 1]
        return start, end

    def row_start(self, start: int) -> int:
        """Where a row that ends in the phrase at ``start`` begins, whatever stands before it."""
        while start > 1 and self.letters[start - 1] == "c" and start - 1 in self.ends:
            start = self.ends[start - 1]
        return start

    def object_at(self, at: int) -> Piece | None:
        """The noun phrase that begins at ``at``, adverbs and marks skipped, with its of-phrases and what is joined to it."""
        letters = self.letters
        while at < len(letters) and letters[at] in 'a"':
            at += 1
        if letters[at : at + 1] == "g" and at + 1 not in self.starts:
            self.starts[at] = at + 1  # "banned fracking"
            self.ends[at + 1] = at
        if at not in self.starts:
            return None
        end = self.phrase_from(at)
        listed = False
        while end + 1 < len(letters):
            follows = end + 1 if letters[end] == "c" else end + 2 if listed and letters[end : end + 2] == ",c" else -1
            if letters[end] == "," and end + 1 in self.starts:
                # "Israel, Egypt and Jordan": a row only if it ends with "and".
                behind = self.phrase_from(end + 1)
                if letters[end + 1] == "d" and "N" in letters[at:end]:
                    break  # the subject of another clause
                if behind < len(letters) and (letters[behind] == "c" or letters[behind : behind + 2] == ",c"):
                    follows, listed = end + 1, True
            if follows < 0 or follows not in self.starts:
                break
            past = self.phrase_from(follows)
            if past < len(letters) and letters[past] in "vbhm" and any(letter in "vbhm" for letter in letters[:at]):
                break  # the subject of the next clause
            if letters[follows] in "p":
                break
            end = past
        return at, end

    def behind(self, at: int, prepositions: frozenset[str], reach: int = 12) -> Piece | None:
        """The noun phrase behind one of the prepositions to the right of ``at``, in the same clause."""
        letters, tokens = self.letters, self.tokens
        for place in range(at, min(len(letters), at + reach)):
            letter = letters[place]
            if letter in "fiyt" and tokens[place].low in prepositions:
                return self.object_at(place + 1)
            if letter in ";vbhmsrTgk" or (letter == "," and place > at):
                break
        return None

    def conjuncts(self, piece: Piece) -> list[Piece]:
        """The parts of a row: "Egypt and Jordan" are two. An of-phrase stays with the first noun that has it."""
        start, end = piece
        letters = self.letters[start:end]
        if "c" not in letters:
            return [piece]
        if letters.find("f") in range(letters.find("c")) and self.head(piece).endswith("s"):
            return [piece]  # "the leaders of Norway and Denmark"
        cuts = [match.span() for match in re.finditer(r",?c|,", letters)]
        parts, at = [], start
        for first, last in cuts:
            if not (start + first in self.ends and start + last in self.starts):
                return [piece]
            if letters[last] == "n" and letters[0] != "n" and "N" not in letters[last:].partition("f")[0]:
                return [piece]  # "an immigration and customs agent"
            if self._is_adjective(at, start + first) and self.starts[start + last] - (start + last) > 1:
                return [piece]  # "military and civilian airports"
            parts.append((at, start + first))
            at = start + last
        return [part for part in (*parts, (at, end)) if self.letters[part[0] : part[1]] != "q"] or [piece]

    def _is_adjective(self, start: int, end: int) -> bool:
        """Whether a part of a row is a bare adjective, which shares the noun of the next: "Chinese and Japanese officials"."""
        while start < end and self.letters[start] == "q":
            start += 1
        token = self.tokens[start]
        if end - start != 1 or token.mark:
            return False
        return token.text in _NATIONAL or (
            token.small and (_ADJECTIVE.search(token.low) is not None or token.low in _BARE)
        )
