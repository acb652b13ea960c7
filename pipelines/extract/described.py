"""Persons by what they are: whom "the North Korean leader" means in an article.

What belongs here: the roles of persons, read beside their names, and the choice among those who have one. What does not: names
(:mod:`pipelines.extract.people`), and which words tell a role (:mod:`pipelines.extract.roles`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from pipelines.extract.names import OPENERS, WORDS
from pipelines.extract.roles import OTHER_ROLES, ROLE_REACH, SAME_ROLE, country_keys, role_before, role_words

if TYPE_CHECKING:
    from pipelines.extract.people import Mention, Person

_APPOSED = re.compile(r",[ ](?:the|a|an)[ ]([\w’'. -]{3,60})")
_HEADS_OF_STATE = WORDS["heads_of_state"]


class Described:
    """The roles of an article's persons, each read only when a description asks for it; ``starts`` are those of the mentions."""

    def __init__(self, text: str, mentions: list[Mention], starts: list[int]) -> None:
        self.text = text
        self.mentions = mentions
        self._starts = starts
        self._read: set[int] = set()
        self._looked_for: set[str] = set()

    @cached_property
    def persons(self) -> list[Person]:
        """The persons in the order in which the article names them first."""
        return list(dict.fromkeys([mention.person for mention in self.mentions]))

    def person(self, words: frozenset[str], head: str, at: int) -> Person | None:
        """The person whose title or role has all these words, the one named last before ``at`` if there are several.

        Where nobody has them, a head of state is the person most spoken of whose country the article leaves open.
        """
        head = SAME_ROLE.get(head, head)
        self._describe((head, *OTHER_ROLES.get(head, ())))
        persons = self.persons
        fitting = [person for person in persons if head in person.roles and words <= person.roles]
        if fitting:
            return next((mention.person for mention in self._before(at) if mention.person in fitting), fitting[0])
        countries = country_keys()
        if head in _HEADS_OF_STATE and words & countries:
            self._describe()
            by_country = [person for person in persons if words & countries & person.roles]
            if by_country:
                return max(by_country, key=lambda person: person.mentions)
            free = [person for person in persons if person.mentions > 1 and not person.roles & countries]
            return max(free, key=lambda person: person.mentions, default=None)
        return None

    def _before(self, at: int) -> list[Mention]:
        index = bisect_right(self._starts, at)
        return self.mentions[max(0, index - 40) : index][::-1]

    def _describe(self, near: tuple[str, ...] = ()) -> None:
        """Read the roles of persons: the words before a name, and those set off behind it.

        Only where one of ``near`` stands close to the name, if any is given.
        """
        text = self.text
        for number in self._close_to(near) if near else range(len(self.mentions)):
            if number in self._read:
                continue
            mention = self.mentions[number]
            self._read.add(number)
            title = " ".join([word for word in mention.before if word not in OPENERS])
            role = f"{role_before(text, mention.start - (len(title) + 1 if title else 0))} {title}"
            if text.startswith(", ", mention.end):
                match = _APPOSED.match(text, mention.end)
                if match:
                    role += " " + match.group(1)
            if role.strip():
                mention.person.roles |= role_words(role)

    def _close_to(self, words: tuple[str, ...]) -> set[int]:
        """The numbers of the mentions that have one of the words within reach, small, with a capital letter or all in capitals."""
        found: set[int] = set()
        text, mentions = self.text, self.mentions
        for word in words:
            if word in self._looked_for:
                continue  # all mentions close to it are described already
            self._looked_for.add(word)
            for written in (word, word.capitalize(), word.upper()):
                at = text.find(written)
                while at >= 0:
                    number = bisect_right(self._starts, at + ROLE_REACH) - 1
                    while number >= 0 and mentions[number].end + ROLE_REACH >= at + len(word):
                        found.add(number)
                        number -= 1
                    at = text.find(written, at + 1)
        return found
