"""The clauses of a sentence: the groups of its verbs, and who stands before them.

What belongs here: the subject of a verb, by patterns over the letters of a sentence. What does not: noun phrases and objects
(:mod:`pipelines.extract.actions_phrases`), and which verbs are actions (:mod:`pipelines.extract.actions_verbs`).
"""

from __future__ import annotations

from pipelines.extract.actions_phrases import QUANTITY_NOUNS, Phrases
from pipelines.extract.nounphrases import Piece

HELPERS = 'bhm!a"'
_BEFORE_NOUNS = frozenset(("before", "after", "since", "as", "until", "than"))
"""Subordinators that are prepositions too."""
_LOCATIVE = frozenset(("in", "at", "on", "near", "during", "outside", "inside"))


class Clauses(Phrases):
    """The noun phrases of a sentence, and the groups of its verbs with who stands before them."""

    __slots__ = ()

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
                if self.tokens[start - 2].low not in QUANTITY_NOUNS and not self._is_title(start, end, relative):
                    break
                start = self.ends[start - 1]
            elif (
                self.tokens[start - 1].low in _LOCATIVE
                and start - 1 in self.ends
                and self.tokens[relative].low != "who"
            ):
                end = start - 1  # "two explosions at the hotel that injured"
                start = self.ends[end]
            else:
                break
        return start, end

    def _is_title(self, start: int, end: int, relative: int) -> bool:
        """Whether a name behind *of* tells more of the person before it: "Senator Ann Lee of Maine, who"."""
        return (
            self.tokens[relative].low == "who"
            and self.letters[relative - 1] == ","
            and not self.letters[start:end].strip("N")
            and self.letters[start - 2] == "N"
        )

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
            outer = self._of_relative(start)
            if outer is not None:
                return outer
            break
        return self._coordinated_left(start), end

    def _of_relative(self, start: int) -> Piece | None:
        """Whom the relative clause is about whose object begins at ``start``: "the man who killed two guards" is the man."""
        letters = self.letters
        verb = start - 1
        if verb > 1 and letters[verb] in "iyt":
            verb -= 1  # "who was confined to a chair"
        if verb < 2 or letters[verb] not in "vb" or self.tokens[verb].form is not None:
            return None  # "who said police …": not the object of a verb of saying
        group = self.group_start(verb)
        if group < 2 or letters[group - 1] not in "rT" or group - 1 not in self.ends:
            return None
        return self.antecedent(group - 1)

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
            close = left == "c" and letters[before] == "c" and (at == 1 or self.tokens[at - 1].low not in _BEFORE_NOUNS)
            if at and letters[at - 1] in ("vgiytf" if close else "vgiytTsf"):
                return first  # the object of another verb: "Kim met Putin and Xi left", "after the tour, Kim and Xi"
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
            first = letters[self.past(left + 1)] if self.past(left + 1) < len(letters) else ";"
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
        aside = at > 0 and letters[at - 1] == "," and letters[at : at + 1] in ("c", "k")
        for verb in range(at - 1, -1, -1):
            if letters[verb] in "vbhm":
                group = self.group_start(verb)
                if group and letters[group - 1] == "t":
                    continue  # an infinitive has no subject of its own
                if aside and group > 1 and letters[group - 1] == "r" and letters[group - 2] != ",":
                    continue  # "met the man who leads the party, and called for"
                if aside and group in self.ends and self._is_said(self.ends[group]):
                    continue  # "said the army had left, and called for"
                found = self.subject(group, depth + 1)
                if found is not None:
                    return found
                if depth > 3:
                    break
        return None

    def _is_said(self, start: int) -> bool:
        """Whether a verb of saying, or *that* behind one, stands before the phrase that begins at ``start``."""
        before = start - 1
        if before > 0 and self.letters[before] == "T":
            before -= 1
        return before >= 0 and self.letters[before] == "v" and self.tokens[before].form is not None

    def main_subject(self, start: int) -> Piece | None:
        """The subject of the first finite verb behind ``start``: that of a participle in front of the main clause."""
        comma = self.letters.find(",", start)
        for at in range(comma + 1 if comma >= 0 else start, len(self.letters)):
            if self.letters[at] in "vbhm":
                return self.subject(self.group_start(at))
            if self.letters[at] == ";":
                break
        return None
