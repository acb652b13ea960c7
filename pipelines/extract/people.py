"""The cast of an article: its persons, and whom a name, a description or a pronoun means.

What belongs here: persons with their titles, roles and genders, read from the article alone. What does not: who said what.
The fullest form of a name in the article is its canonical form. Nothing is looked up outside, so a name that the article
never spells out stays as short as it is there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipelines.document import Document
from pipelines.extract.acronyms import acronyms
from pipelines.extract.described import Described
from pipelines.extract.known_names import listed_name
from pipelines.extract.names import (
    NAME,
    ORGANISATION_NOUNS,
    TRANSPARENT_NOUNS,
    WORDS,
    Name,
    bare_name,
    family_name,
    given_names,
    has_title_case,
    is_no_person,
    is_plain_word,
    nations,
    stands_inside,
    taken_apart,
)
from pipelines.extract.placenames import no_person
from pipelines.extract.roles import (
    WORD,
    is_kin,
    is_told,
    role_before,
    role_words,
)

_OF_PHRASE = re.compile(r"[ ](?:of|for)(?:[ ]the)?(?:[ ][A-Z][\w’-]*)+(?:[ ]and(?:[ ][A-Z]\w+)+)?")
_RELATIVE = re.compile(r"[ ](?:who|whose|which)[ ]")
_PHRASE_END = re.compile(r"[ ](?:who|that|which|in|at|from|for|with|on)[ ]")
_OF_WORDS, _NOT_MODIFIED = WORDS["governing"], WORDS["not_attributive"]
_INDEFINITE = WORDS["indefinite"]
_OFFICES = WORDS["offices"]
_APOSTROPHES = ("'", "’")
_LONGEST_HEADLINE = 200


class Person:
    """A person of the article."""

    __slots__ = ("gender", "mentions", "name", "roles")

    def __init__(self, name: str, gender: str) -> None:
        self.name = name
        self.gender = gender
        self.roles: set[str] = set()
        self.mentions = 0


class Mention(NamedTuple):
    """A name in the text: ``[start, end)`` of its words without title, and whom it means."""

    start: int
    end: int
    person: Person
    before: tuple[str, ...]


class Cast:
    """The persons of one article, with their mentions in order; ``spans`` are the pieces of the text that count."""

    def __init__(self, text: str, spans: list[tuple[int, int]]) -> None:
        self.text = text
        self._spans = spans
        self._by_key: dict[str, list[Person]] = {}
        self._full: dict[str, Person | None] = {}
        """Persons by full name; none where a name of several words is nobody's"""
        self._proper: dict[str, bool] = {}
        self.closed = False
        """Whether nobody becomes a person any more by speaking"""
        self.runs: list[tuple[int, int, str]] = []
        """Every run of capitalised words: where its piece of the text begins, where it begins, its words"""
        found: list[tuple[int, Name]] = []
        several: list[tuple[int, Name]] = []
        singles: set[str] = set()
        for start, end in spans:
            headline: bool | None = None if end - start < _LONGEST_HEADLINE else False
            for match in NAME.finditer(text, start, end):
                run = match.group()
                self.runs.append((start, match.start(), run))
                name = taken_apart(run)
                if not name.count:
                    continue
                at = match.start() + name.at
                if name.count > 1 and is_plain_word(text, name.words[0], at, start):
                    at += len(name.words[0]) + 1
                    name = taken_apart(run[at - match.start() :])
                    at += name.at
                    if not name.count:
                        continue
                found.append((at, name))
                if name.count == 1:
                    singles.add(name.written)
                elif name.count < 6:
                    if headline is None:
                        headline = has_title_case(text[start:end])
                    if not headline:
                        several.append((at, name))
        for at, name in several:
            self._count(at, name, singles)
        self._merge()
        self.mentions: list[Mention] = []
        meant: dict[str, Person | None] = {}
        unseen = Person("", "")
        for at, name in found:
            person = meant.get(name.key, unseen)
            if person is unseen:
                person = self.known(name)
                if person is None and name.count == 1 and (name.titled or is_kin(self.text, at, name.written)):
                    # Never named in full, but titled ("Mr. Lee") or akin to somebody ("her husband, Bill").
                    person = Person(name.written, name.gender)
                    self._by_key.setdefault(name.written, []).append(person)
                    meant.clear()
                meant[name.key] = person
                if person is not None:
                    person.gender = person.gender or name.gender
            if person is not None:
                self.mentions.append(Mention(at, at + name.length, person, name.before))
        self._starts = [mention.start for mention in self.mentions]

    @cached_property
    def described(self) -> Described:
        """The persons by their roles."""
        return Described(self.text, self.mentions, self._starts)

    @property
    def persons(self) -> list[Person]:
        """The persons in the order in which the article names them first."""
        return self.described.persons

    def _count(self, at: int, name: Name, singles: set[str]) -> None:
        """Note a name of two words or more; what tells a person is a given name, a title, a role or its use in short."""
        words, written = name.words, name.written
        if written in self._full:
            person = self._full[written]
        else:
            first = words[0].capitalize() if words[0].isupper() else words[0].partition("-")[0]
            known, person = given_names().get(first), None
            if known is not None or not (is_no_person(words) or written.isupper()):
                short = family_name(words) in singles or words[0] in singles
                initial = len(words[0]) == 2 and words[0][1] == "."
                told = short or initial or is_told(self.text, at, at + name.length) or role_before(self.text, at)
                if known is not None or name.titled or (told and not no_person(written)):
                    person = Person(written, known or "")
            self._full[written] = person
        if person is not None:
            person.mentions += 1
            person.gender = person.gender or name.gender

    def _merge(self) -> None:
        """A longer form of a name is the same person: Dana Q. Reed is Dana Reed. Then note each person's short forms."""
        persons = [
            (written, tuple(written.split(" ")), person) for written, person in self._full.items() if person is not None
        ]
        by_ends: dict[tuple[str, str], Person] = {}
        for written, words, person in sorted(persons, key=lambda item: (-len(item[1]), -len(item[0]))):
            longest = by_ends.setdefault((words[0], family_name(words)), person)
            if longest is not person:
                longest.mentions += person.mentions
                longest.gender = longest.gender or person.gender
                self._full[written] = longest
        for written, words, _ in persons:
            owner = self._full[written]
            for key in dict.fromkeys((words[0], family_name(words), written[len(words[0]) + 1 :])):
                owners = self._by_key.setdefault(key, [])
                if owner is not None and owner not in owners:
                    owners.append(owner)

    def known(self, name: Name) -> Person | None:
        """The person whom a full or short name means."""
        person = self._full.get(name.written)
        if person is not None:
            return person
        owners = self._by_key.get(name.written)
        if not owners:
            return None
        if len(owners) == 1:
            return owners[0]
        fitting = [owner for owner in owners if not name.gender or owner.gender in ("", name.gender)] or owners
        return max(fitting, key=lambda owner: owner.mentions)

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions of persons in ``[start, end)``."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, at: int, count: int = 12) -> list[Mention]:
        """Up to ``count`` mentions of persons before ``at``, nearest first."""
        index = bisect_right(self._starts, at)
        return self.mentions[max(0, index - count) : index][::-1]

    def name_of(self, start: int, end: int) -> tuple[str | None, Person | None]:
        """Whom the noun phrase ``[start, end)`` of the text means: canonical name, and the person if it is one."""
        text = self.text
        phrase = text[start:end]
        if phrase.islower():
            return self._description(phrase, start)
        whole = bare_name(phrase)
        if whole is not None and text[start - 1 : start] not in _APOSTROPHES:
            return self._means(whole, start + whole.at, end) or self._description(phrase, start)
        adjectives = nations()[2]
        organisation: str | None = None
        for match in NAME.finditer(text, start, end):
            if " wh" in text[start : match.start()] and _RELATIVE.search(text, start, match.start()):
                break
            name = taken_apart(match.group())
            if not name.count:
                continue
            words, written = name.words, name.written
            if len(words) == 1 and name.at == 0 and match.group() != words[0]:
                continue  # "U.S. Ambassador to …": the run ends with a title, the name is still to come
            after = text[match.end() : match.end() + 24]
            possessed = after[:2] in ("'s", "’s") or (after[:1] in ("'", "’") and words[-1].endswith("s"))
            if possessed and match.end() + 2 < end:
                continue  # the owner of what is named
            if self._is_governed(start, match.start(), name):
                continue
            following = after[1:].split(" ", 1)[0].strip(",.") if after[:1] == " " and match.end() + 1 < end else ""
            if following[:1].islower() and following not in _NOT_MODIFIED:
                if following in ORGANISATION_NOUNS and organisation is None and words[0] not in adjectives:
                    organisation = written if following in TRANSPARENT_NOUNS else f"{written} {following}"
                continue
            found = self._means(name, match.start() + name.at, match.end())
            if found is not None:
                return found
        return (organisation, None) if organisation else self._description(phrase, start)

    def _means(self, name: Name, at: int, end: int) -> tuple[str | None, Person | None] | None:
        """Whom or what a name in ``[at, end)`` of the text means; nothing where a single word may be no name."""
        person = self.known(name)
        if person is not None:
            return person.name, person
        words, written = name.words, name.written
        listed = listed_name(self.text, at, written)
        if listed is None and words[0].isupper():
            listed = self.acronyms.get(words[0])
        if listed is not None:
            return listed, None
        if name.titled and len(words) <= 3:
            return written, None
        if len(words) == 1:
            if not written.isupper() and not self._is_proper(written):
                return None
        elif len(words) < 5 and written in self._full and self._may_speak(name):
            return written, None if self.closed else self._speaks(name)
        of_phrase = _OF_PHRASE.match(self.text, end)
        return written + (of_phrase.group() if of_phrase else ""), None

    @staticmethod
    def _may_speak(name: Name) -> bool:
        return not name.written.isupper() and not is_no_person(name.words) and not no_person(name.written)

    def _is_governed(self, start: int, at: int, name: Name) -> bool:
        """Whether a name depends on a noun before it ("a friend of Ann Lee"), unless the two are a title ("Secretary of State Ann Lee")."""
        before = self.text[max(start, at - 30) : at].lower().split()
        if not before or before[-1] not in _OF_WORDS:
            return False
        return before[-1] != "of" or before[-2:-1] == [] or before[-2] not in _OFFICES or name.titled or not name.at

    def _is_proper(self, word: str) -> bool:
        """Whether a capitalised word is a name: it stands inside of a sentence somewhere."""
        if word not in self._proper:
            self._proper[word] = stands_inside(self.text, word)
        return self._proper[word]

    def _speaks(self, name: Name) -> Person:
        """A name that nothing marks as a person's until it speaks: from here on it is one."""
        person = Person(name.written, "")
        person.mentions = 1
        self._full[name.written] = person
        for key in (name.words[0], family_name(name.words)):
            self._by_key.setdefault(key, []).append(person)
        return person

    @cached_property
    def acronyms(self) -> dict[str, str]:
        """The acronyms that the article spells out."""
        return acronyms(self.text, self._spans)

    def _description(self, phrase: str, start: int) -> tuple[str | None, Person | None]:
        """The person whom "the North Korean leader" means; nothing for "a senior official"."""
        words, head, organisation = _told_by(phrase)
        if not head:
            return None, None
        person = self.described.person(words, head, start)
        return (person.name, person) if person is not None else (organisation, None)


@lru_cache(maxsize=1 << 14)
def _told_by(phrase: str) -> tuple[frozenset[str], str, str | None]:
    """What a description tells: the words of roles, the last of its words, and the organisation that it may name; no words if nothing."""
    phrase = _PHRASE_END.split(phrase.split(",")[0])[0]
    ordered = WORD.findall(phrase.split(" of ")[0].lower())
    words = frozenset(role_words(phrase)) if phrase.split(" ", 1)[0].lower() not in _INDEFINITE else frozenset()
    if not ordered or not words or len(words) > 6:
        return words, "", None
    if ordered[-1] in ORGANISATION_NOUNS and any(word[0].isupper() and word != "The" for word in phrase.split()):
        # "China's foreign ministry" is as much of a name as the article gives.
        return words, ordered[-1], phrase.removeprefix("the ").removeprefix("The ").strip()
    return words, ordered[-1], None


def cast_of(document: Document) -> Cast:
    """The cast of a document's factual blocks: read once, whichever kind of fact asks first."""
    cast = document.shared.get("cast")
    if cast is None:
        cast = document.shared["cast"] = Cast(
            document.clean, [(block.start, block.end) for block in document.factual()]
        )
    return cast
