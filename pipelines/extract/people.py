"""The cast of an article: its persons, and whom a name, a description or a pronoun means.

What belongs here: persons with their titles, roles and genders, read from the article alone. What does not: who said what.
The fullest form of a name in the article is its canonical form. Nothing is looked up outside, so a name that the article
never spells out stays as short as it is there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from pipelines.extract.names import (
    NAME,
    OPENERS,
    ORGANISATION_NOUNS,
    ORGANISATIONS,
    PLACES,
    TRANSPARENT_NOUNS,
    WORDS,
    Name,
    family_name,
    given_names,
    has_title_case,
    nations,
    take_apart,
)
from pipelines.extract.speech import forms

_ACRONYM = re.compile(r"((?:[A-Z][\w’'-]*[ ](?:(?:of|for|the|and|on)[ ]){0,2}){1,6}[A-Z][\w’'-]*)[ ]\(([A-Z]{2,7})\)")
_OF_PHRASE = re.compile(r"[ ](?:of|for)(?:[ ]the)?(?:[ ][A-Z][\w’-]*)+(?:[ ]and(?:[ ][A-Z]\w+)+)?")
_WORD = re.compile(r"[\w’'-]+")
_APPOSED = re.compile(r",[ ](?:the|a|an)[ ]([\w’'. -]{3,60})")
_PHRASE_END = re.compile(r"[ ](?:who|that|which|in|at|from|for|with|on)[ ]")
_OF_WORDS, _NOT_MODIFIED = WORDS["governing"], WORDS["not_attributive"]
_INDEFINITE, _ROLE_STOP, _HEADS_OF_STATE = WORDS["indefinite"], WORDS["not_roles"], WORDS["heads_of_state"]
_OFFICES = WORDS["offices"]
_SAME_ROLE = dict(pair.split("=") for pair in sorted(WORDS["same_roles"]))
_OTHER_ROLES = {role: tuple(word for word, same in _SAME_ROLE.items() if same == role) for role in _SAME_ROLE.values()}


_LONGEST_HEADLINE = 200
_ROLE_REACH = 80
"""Characters before a name in which its role is looked for."""


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


def _role_words(text: str) -> set[str]:
    keys, pattern, _, _ = nations()
    low = pattern.sub(lambda match: keys[match.group()], text.lower())
    words = (word.rstrip("'’").removesuffix("'s").removesuffix("’s") for word in _WORD.findall(low))
    return {_SAME_ROLE.get(word, word) for word in words if word and word not in _ROLE_STOP and word != "of"}


def _is_no_person(words: tuple[str, ...]) -> bool:
    """Whether a run holds a word of organisations, places or countries."""
    _, _, adjectives, countries = nations()
    parts = [part for word in words for part in word.split("-")]
    return words[0] in PLACES or any(part in ORGANISATIONS or part in adjectives or part in countries for part in parts)


class Cast:
    """The persons of one article, with their mentions in order; ``spans`` are the pieces of the text that count."""

    def __init__(self, text: str, spans: list[tuple[int, int]]) -> None:
        self.text = text
        self._spans = spans
        self._by_key: dict[str, list[Person]] = {}
        self._full: dict[tuple[str, ...], Person | None] = {}
        self._described: set[int] = set()
        self._acronyms: dict[str, str] | None = None
        found: list[tuple[int, Name]] = []
        in_headlines: set[int] = set()
        for start, end in spans:
            headline = end - start < _LONGEST_HEADLINE and has_title_case(text[start:end])
            for match in NAME.finditer(text, start, end):
                name = take_apart(match.group())
                if name.words:
                    if headline:
                        in_headlines.add(len(found))
                    found.append((match.start() + name.at, name))
        singles = {name.words[0] for _, name in found if len(name.words) == 1}
        for number, (at, name) in enumerate(found):
            if 1 < len(name.words) < 6 and number not in in_headlines:
                self._count(at, name.words, name.gender, name.titled, singles)
        self._merge()
        self.mentions: list[Mention] = []
        meant: dict[tuple[tuple[str, ...], str], Person | None] = {}
        for at, name in found:
            key = name.words, name.gender
            if key in meant:
                person = meant[key]
            else:
                person = self.known(*key)
                if person is None and name.titled and len(name.words) == 1:
                    # Titled, and never named in full: "Mr. Lee".
                    person = Person(name.words[0], name.gender)
                    self._by_key.setdefault(name.words[0], []).append(person)
                    meant.clear()
                meant[key] = person
                if person is not None:
                    person.gender = person.gender or name.gender
            if person is not None:
                self.mentions.append(Mention(at, at + name.length, person, name.before))
        self._starts = [mention.start for mention in self.mentions]

    def _count(self, at: int, words: tuple[str, ...], gender: str, titled: bool, singles: set[str]) -> None:
        """Note a name of two words or more; what tells a person is a given name, a title, a role or its use in short."""
        if words in self._full:
            person = self._full[words]
        else:
            known = given_names().get(words[0])
            person = None
            if known is not None or not _is_no_person(words):
                short = family_name(words) in singles or words[0] in singles
                initial = len(words[0]) == 2 and words[0][1] == "."
                if known is not None or titled or short or initial or self._role_before(at):
                    person = Person(" ".join(words), known or "")
            self._full[words] = person
        if person is not None:
            person.mentions += 1
            person.gender = person.gender or gender

    def _merge(self) -> None:
        """A longer form of a name is the same person: Dana Q. Reed is Dana Reed. Then note each person's short forms."""
        by_ends: dict[tuple[str, str], Person] = {}
        for words, person in sorted(self._full.items(), key=lambda item: (-len(item[0]), -len(" ".join(item[0])))):
            if person is None:
                continue
            longest = by_ends.setdefault((words[0], family_name(words)), person)
            if longest is not person:
                longest.mentions += person.mentions
                longest.gender = longest.gender or person.gender
                self._full[words] = longest
        for words, person in self._full.items():
            if person is not None:
                for key in dict.fromkeys((words[0], family_name(words), " ".join(words[1:]))):
                    owners = self._by_key.setdefault(key, [])
                    if person not in owners:
                        owners.append(person)

    def _role_before(self, start: int) -> str:
        """Words in front of a name, as in "leader Ann Lee"; empty where no lower-case word stands there."""
        table = forms()
        words: list[str] = []
        cut = max(0, start - _ROLE_REACH)
        for word in reversed(self.text[cut:start].split(" ")[:-1][-6:]):
            low = word.lower()
            if not word or not word[0].isalpha() or (low in _ROLE_STOP and words[-1:] != ["of"]):
                break
            if not word[-1].isalnum() and not (word[-1] == "." and len(word) < 6):
                break
            if (word[0].islower() and (low in table or low.endswith("ed"))) or (low == "of" and not words):
                break
            words.append(word)
        if not any(word[0].islower() for word in words):
            return ""
        return " ".join(reversed(words))

    def _describe(self, near: tuple[str, ...] = ()) -> None:
        """Read the roles of persons: the words before a name, and those set off behind it.

        Only where one of ``near`` stands close to the name, if any is given, and only when first asked for.
        """
        text = self.text
        for number, mention in enumerate(self.mentions):
            if number in self._described:
                continue
            if near:
                window = text[max(0, mention.start - _ROLE_REACH) : mention.end + _ROLE_REACH].lower()
                if not any(word in window for word in near):
                    continue
            self._described.add(number)
            title = " ".join(word for word in mention.before if word not in OPENERS)
            role = f"{self._role_before(mention.start - (len(title) + 1 if title else 0))} {title}"
            if text.startswith(", ", mention.end):
                match = _APPOSED.match(text, mention.end)
                if match:
                    role += " " + match.group(1)
            if role.strip():
                mention.person.roles |= _role_words(role)

    def known(self, words: tuple[str, ...], gender: str = "") -> Person | None:
        """The person whom a full or short name means."""
        person = self._full.get(words)
        if person is not None:
            return person
        owners = self._by_key.get(" ".join(words))
        if not owners:
            return None
        if len(owners) == 1:
            return owners[0]
        fitting = [owner for owner in owners if not gender or owner.gender in ("", gender)] or owners
        return max(fitting, key=lambda owner: owner.mentions)

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions of persons in ``[start, end)``."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, at: int, count: int = 12) -> list[Mention]:
        """Up to ``count`` mentions of persons before ``at``, nearest first."""
        index = bisect_right(self._starts, at)
        return self.mentions[max(0, index - count) : index][::-1]

    def described(self, words: set[str], head: str, at: int) -> Person | None:
        """The person whose title or role has all these words, the one named last before ``at`` if there are several.

        Where nobody has them, a head of state is the person most spoken of whose country the article leaves open.
        """
        head = _SAME_ROLE.get(head, head)
        self._describe((head, *_OTHER_ROLES.get(head, ())))
        persons = list(dict.fromkeys(mention.person for mention in self.mentions))
        fitting = [person for person in persons if head in person.roles and words <= person.roles]
        if len(fitting) > 1:
            return next((mention.person for mention in self.before(at, 40) if mention.person in fitting), fitting[0])
        if fitting:
            return fitting[0]
        countries = frozenset(nations()[0].values())
        if head in _HEADS_OF_STATE and words & countries:
            self._describe()
            by_country = [person for person in persons if words & countries & person.roles]
            if by_country:
                return max(by_country, key=lambda person: person.mentions)
            free = [person for person in persons if not person.roles & countries]
            best = max(free, key=lambda person: person.mentions, default=None)
            if best is not None and best.mentions > 1:
                return best
        return None

    def name_of(self, start: int, end: int) -> tuple[str | None, Person | None]:
        """Whom the noun phrase ``[start, end)`` of the text means: canonical name, and the person if it is one."""
        text = self.text
        adjectives = nations()[2]
        organisation: str | None = None
        for match in NAME.finditer(text, start, end):
            if match.start() > start and any(
                mark in text[start : match.start()] for mark in (" who ", " whose ", " which ")
            ):
                break
            name = take_apart(match.group())
            if not name.words:
                continue
            words = name.words
            if len(words) == 1 and name.at == 0 and match.group() != words[0]:
                continue  # "U.S. Ambassador to …": the run ends with a title, the name is still to come
            after = text[match.end() : match.end() + 24]
            possessed = after[:2] in ("'s", "’s") or (after[:1] in ("'", "’") and words[-1].endswith("s"))
            if possessed and match.end() + 2 < end:
                continue  # the owner of what is named
            if self._is_governed(start, match.start(), name):
                continue
            following = after[1:].split(" ", 1)[0].strip(",.") if after[:1] == " " and match.end() + 1 < end else ""
            written = " ".join(words)
            if following[:1].islower() and following not in _NOT_MODIFIED:
                if following in ORGANISATION_NOUNS and organisation is None and words[0] not in adjectives:
                    organisation = written if following in TRANSPARENT_NOUNS else f"{written} {following}"
                continue
            person = self.known(words, name.gender)
            if person is not None:
                return person.name, person
            if words[0].isupper() and words[0] in self._acronym():
                return self._acronym()[words[0]], None
            if name.titled and len(words) <= 3:
                return written, None
            if 1 < len(words) < 5 and words in self._full and not _is_no_person(words):
                return written, self._speaks(words)
            if len(words) == 1 and not words[0].isupper() and not self._is_proper(words[0]):
                continue
            of_phrase = _OF_PHRASE.match(text, match.end())
            return written + (of_phrase.group() if of_phrase else ""), None
        if organisation:
            return organisation, None
        return self._description(start, end)

    def _is_governed(self, start: int, at: int, name: Name) -> bool:
        """Whether a name depends on a noun before it ("a friend of Ann Lee"), unless the two are a title ("Secretary of State Ann Lee")."""
        before = self.text[max(start, at - 30) : at].lower().split()
        if not before or before[-1] not in _OF_WORDS:
            return False
        return before[-1] != "of" or before[-2:-1] == [] or before[-2] not in _OFFICES or name.titled or not name.at

    def _is_proper(self, word: str) -> bool:
        """Whether a capitalised word is a name: it stands inside of a sentence somewhere."""
        return re.search(rf"[a-z,][ \u00a0](?:[“\"‘(])?{re.escape(word)}\b", self.text) is not None

    def _speaks(self, words: tuple[str, ...]) -> Person:
        """A name that nothing marks as a person's until it speaks: from here on it is one."""
        person = Person(" ".join(words), "")
        person.mentions = 1
        self._full[words] = person
        for key in (words[0], family_name(words)):
            self._by_key.setdefault(key, []).append(person)
        return person

    def _acronym(self) -> dict[str, str]:
        """The acronyms that the article spells out: "Joint Harbour Board (JHB)"."""
        if self._acronyms is None:
            self._acronyms = {}
            for start, end in self._spans:
                for match in _ACRONYM.finditer(self.text, start, end):
                    self._acronyms.setdefault(match.group(2), _spelled_out(match.group(1), match.group(2)))
        return self._acronyms

    def _description(self, start: int, end: int) -> tuple[str | None, Person | None]:
        """The person whom "the North Korean leader" means; nothing for "a senior official"."""
        phrase = _PHRASE_END.split(self.text[start:end].split(",")[0])[0]
        if phrase.split(" ", 1)[0].lower() in _INDEFINITE:
            return None, None
        words = _role_words(phrase)
        ordered = _WORD.findall(phrase.split(" of ")[0].lower())
        if not ordered or not words or len(words) > 6:
            return None, None
        person = self.described(words, ordered[-1], start)
        if person is not None:
            return person.name, person
        if ordered[-1] in ORGANISATION_NOUNS and any(word[0].isupper() and word != "The" for word in phrase.split()):
            # "China's foreign ministry" is as much of a name as the article gives.
            return phrase.removeprefix("the ").removeprefix("The ").strip(), None
        return None, None


def _spelled_out(words: str, acronym: str) -> str:
    """The last words whose capitals spell the acronym."""
    parts = words.split(" ")
    for first in range(len(parts) - 1, -1, -1):
        if "".join(part[0] for part in parts[first:] if part[0].isupper()) == acronym:
            return " ".join(parts[first:])
    return words
