"""The clauses of a sentence: its noun phrases, the groups of its verbs, and who stands where around them.

What belongs here: noun phrases, and the subject and object of a verb, by patterns over the letters of a sentence. What does not:
the letters (:mod:`pipelines.extract.actions_letters`), and which verbs are actions (:mod:`pipelines.extract.actions_verbs`).
"""

from __future__ import annotations

import re

from pipelines.extract.actions_letters import spell
from pipelines.extract.actions_lexicon import words
from pipelines.extract.nounphrases import Piece
from pipelines.extract.words import Sentence

PHRASE = re.compile(
    r"[dqnNPpo](?:(?<=[dq])[dq]*(?:(?<=d)a(?=n))?[nqNP]*[nN]|(?<=[nNP])[nqNP]*(?<=[nN])|(?<=[dq])[dq]*(?<=q)|(?<=[po]))"
)
"""A noun phrase without what hangs on it. One set of letters comes first, look-behinds after it: the search then skips to candidates."""
HELPERS = 'bhm!a"'
_QUANTITY_NOUNS = words("classes", "quantity_nouns")


class Clauses:
    """A sentence spelled in letters, with its noun phrases by where they start and end."""

    __slots__ = ("ends", "letters", "starts", "tokens")

    def __init__(self, tokens: Sentence) -> None:
        self.tokens = tokens
        self.letters = spell(tokens)
        phrases = [match.span() for match in PHRASE.finditer(self.letters)]
        self.starts: dict[int, int] = dict(phrases)
        self.ends: dict[int, int] = {end: start for start, end in phrases}

    def head(self, piece: Piece) -> str:
        """The head of a noun phrase, without what hangs on it: of "a total of 11 rounds" it is the rounds."""
        end = self.starts.get(piece[0], piece[1])
        word = self.tokens[end - 1].low
        if word in _QUANTITY_NOUNS and end < len(self.letters) and self.letters[end] == "f":
            behind = self.starts.get(self._past(end + 1))
            if behind is not None:
                return self.tokens[behind - 1].low
        return word

    def phrase_from(self, start: int) -> int:
        """The end of the noun phrase that begins at ``start``, with its of-phrases."""
        end = self.starts[start]
        while end + 1 < len(self.letters) and self.letters[end] == "f":
            further = self.starts.get(self._past(end + 1))
            if further is None:
                break
            end = further
        return end

    def _past(self, at: int) -> int:
        """Behind quotation marks."""
        while at < len(self.letters) and self.letters[at] == '"':
            at += 1
        return at

    def group_start(self, at: int) -> int:
        """Where the helpers and adverbs before a verb begin."""
        letters = self.letters
        start = at
        while start and letters[start - 1] in HELPERS:
            start -= 1
        while start < at and letters[start] in 'a"' and not (start and letters[start - 1] == "t"):
            start += 1  # an adverb in front of the group belongs to the clause
        return start

    def subject(self, group: int, depth: int = 0) -> Piece | None:
        """The noun phrase that is the subject of the verb group that begins at ``group``."""
        letters = self.letters
        at = group
        while at and (letters[at - 1] in 'aw"' or (letters[at - 1] == "i" and letters[at : at + 1] == "w")):
            at -= 1  # "Lee on Tuesday met"
        if not at or depth > 4:
            return None
        left = letters[at - 1]
        if at in self.ends:
            return self.governing(at)
        if left in "rT":
            return self.antecedent(at - 1)
        if left == ",":
            return self._over_commas(at - 1, depth)
        if left == ";" and self.tokens[at - 1].text in ")—–-]":
            return self._over_brackets(at - 1)
        if left == "v":
            # "the soldiers whom the rebels captured were freed"
            inner = self.group_start(at - 1)
            before = self.ends.get(inner, 0) - 1
            return self.antecedent(before) if before > 0 and letters[before] in "rT" else None
        if left in "ck" or (left == "s" and self.tokens[group].low in ("being", "having")):
            return self.shared(at - 1, depth + 1)
        return None

    def antecedent(self, relative: int) -> Piece | None:
        """The noun phrase that *who* or *that* stands for."""
        at = relative
        while at and self.letters[at - 1] in ',"':
            at -= 1
        letters = self.letters
        if at and letters[at - 1] == ";" and self.tokens[at - 1].text == ")":
            return self._over_brackets(at - 1)
        if at not in self.ends:
            return None
        start, end = self.ends[at], at
        if letters[start:end] == "q" and start and letters[start - 1] == "," and start - 1 in self.ends:
            end = start - 1  # "Ann Lee, 61, who"
            start = self.ends[end]
        while start > 1:
            if letters[start - 1] == "," and start - 1 in self.ends and letters[start:end].strip("N") == "":
                outer = self.ends[start - 1]
                if outer and self.tokens[outer - 1].low in _LOCATIVE:
                    start = outer  # "attacks in Benghazi, Libya, that killed"
                    continue
            if letters[start - 1] == "f" and start - 1 in self.ends:
                if self.tokens[start - 2].low not in _QUANTITY_NOUNS:
                    break
                start = self.ends[start - 1]
            elif self.tokens[start - 1].low in _LOCATIVE and start - 1 in self.ends:
                end = start - 1  # "two explosions at the hotel that injured"
                start = self.ends[end]
            else:
                break
        return start, end

    def nearest(self, end: int) -> Piece:
        """The phrase that ends at ``end``, with the words of quantity before it: "a group of men", "two men" of "the trial of two men"."""
        start = self.ends[end]
        while start > 1 and self.letters[start - 1] == "f" and start - 1 in self.ends:
            if self.tokens[start - 2].low not in _QUANTITY_NOUNS:
                break
            start = self.ends[start - 1]
        return start, end

    def row_start(self, start: int) -> int:
        """Where a row that ends in the phrase at ``start`` begins, whatever stands before it."""
        while start > 1 and self.letters[start - 1] == "c" and start - 1 in self.ends:
            start = self.ends[start - 1]
        return start

    def governing(self, end: int) -> Piece:
        """The phrase that ends at ``end``, or the one on which it hangs: "a man in a car" is a man."""
        letters = self.letters
        start = self.ends[end]
        if letters[start] == "p":
            return start, end
        for _ in range(6):
            left = letters[start - 1] if start else ""
            if (
                left == "c"
                and (further := self.ends.get(start - 1))
                and letters[further - 1] == "i"
                and further - 1 in self.ends
            ):
                end = further - 1  # "talks between Russia and Ukraine"
                start = self.ends[end]
                continue
            if left and left in "fiy" and start - 1 in self.ends:
                if left == "f":
                    start = self.ends[start - 1]
                    continue
                end = start - 1
                start = self.ends[end]
                continue
            if left == "g" and start - 1 in self.ends:
                end = start - 1  # "two men seeking the post"
                start = self.ends[end]
                continue
            if left in "iy" and start > 1 and letters[start - 2] in "vg" and start - 2 in self.ends:
                end = start - 2  # "the man arrested in Ohio"
                start = self.ends[end]
                continue
            break
        return self._coordinated_left(start), end

    def _coordinated_left(self, start: int) -> int:
        """Where a row of names or nouns that ends in the phrase at ``start`` begins: "Israel, Egypt and Jordan"."""
        letters = self.letters
        first, at, joined = start, start, False
        while at:
            left = letters[at - 1]
            if left == "c":
                before = at - 2 if at > 1 and letters[at - 2] == "," else at - 1
                joined = True
            elif left == "," and joined:
                before = at - 1
            else:
                break
            if before not in self.ends:
                return first
            at = self.ends[before]
            if letters[at:before] == "q" and at and letters[at - 1] == "," and at - 1 in self.ends:
                at = self.ends[at - 1]  # "Ann Lee, 20, and Tom Hale, 24"
            while at and letters[at - 1] == "f" and at - 1 in self.ends:
                at = self.ends[at - 1]
            if at and letters[at - 1] in "vgiytT":
                return first  # the object of another verb: "Kim met Putin and Xi left"
            first = at
        return first

    def _over_commas(self, comma: int, depth: int) -> Piece | None:
        """The subject that an inserted phrase divides from its verb, or that an earlier verb of a row has."""
        letters = self.letters
        at = comma
        for _ in range(5):
            left = letters.rfind(",", 0, at)
            if left < 0:
                break
            if left and letters[left - 1] in "rT":
                return self.antecedent(left - 1)
            first = letters[self._past(left + 1)] if self._past(left + 1) < len(letters) else ";"
            inserted = first in "rdqvgiysaTwNnP" and letters.find(";", left, comma) < 0
            if left in self.ends and letters[self.ends[left] : left] == "q":
                at = left  # an age
                continue
            if left in self.ends and inserted:
                start = self.ends[left]
                if not (first in "nNP" and self._verb_between(left, comma)):
                    found = self._outermost(self.governing(left))
                    if found[0] == 0 or letters[found[0] - 1] not in "i" or first in "rvg":
                        return found
                    del start
            at = left
        if self._verb_between(-1, comma):
            return self.shared(comma, depth + 1)
        return None

    def _outermost(self, piece: Piece) -> Piece:
        """Before what is set off behind a name: "Ann Lee, 75, a farmer" is Ann Lee."""
        start, _ = piece
        letters = self.letters
        if start < 2 or letters[start - 1] != "," or self.tokens[start].low not in ("a", "an", "the"):
            return piece
        comma = start - 1
        before = self.ends.get(comma)
        if before and letters[before:comma] == "q" and letters[before - 1] == ",":
            comma = before - 1
            before = self.ends.get(comma)
        return (before, comma) if before is not None and "N" in letters[before:comma] else piece

    def _verb_between(self, start: int, end: int) -> bool:
        return any(letter in "vbhm" for letter in self.letters[start + 1 : end])

    def _over_brackets(self, closing: int) -> Piece | None:
        opening = {")": "(", "]": "["}.get(self.tokens[closing].text, self.tokens[closing].text)
        for at in range(closing - 1, max(-1, closing - 30), -1):
            if self.tokens[at].text == opening:
                return self.governing(at) if at in self.ends else None
        return None

    def shared(self, at: int, depth: int = 0) -> Piece | None:
        """The subject of the last finite verb before ``at``, which a second verb shares."""
        letters = self.letters
        for verb in range(at - 1, -1, -1):
            if letters[verb] in "vbhm":
                group = self.group_start(verb)
                if group and letters[group - 1] == "t":
                    continue  # an infinitive has no subject of its own
                found = self.subject(group, depth + 1)
                if found is not None:
                    return found
                if depth > 3:
                    break
        return None

    def main_subject(self, start: int) -> Piece | None:
        """The subject of the first finite verb behind ``start``: that of a participle in front of the main clause."""
        comma = self.letters.find(",", start)
        for at in range(comma + 1 if comma >= 0 else start, len(self.letters)):
            if self.letters[at] in "vbhm":
                return self.subject(self.group_start(at))
            if self.letters[at] == ";":
                break
        return None

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
            if letters[last] == "n" and letters[0] != "n":
                return [piece]  # "an immigration and customs agent"
            parts.append((at, start + first))
            at = start + last
        return [part for part in (*parts, (at, end)) if self.letters[part[0] : part[1]] != "q"] or [piece]


_LOCATIVE = frozenset(("in", "at", "on", "near", "during", "outside", "inside"))
