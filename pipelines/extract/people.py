"""The cast of an article: its persons and organisations, and whom a name, a description or a pronoun means.

What belongs here: names, titles, roles, genders, read from the article alone. What does not: who said what.
The fullest form of a name in the article is its canonical form. Nothing is looked up outside, so a name that the article
never spells out stays as short as it is there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import NamedTuple

from pipelines.rules import load_csv

_PARTICLES = "de|da|das|do|dos|del|della|der|den|di|du|van|von|ten|ter|bin|ibn|bint|al|el|la|le|y"
_ABBREVIATED = "Mr|Mrs|Ms|Mx|Dr|Prof|Sens?|Reps?|Govs?|Lt|Gen|Maj|Col|Capt|Cmdr|Sgt|Cpl|Pvt|Adm|Pres|Rev|Hon|St|Atty|Supt|Jr|Sr|[A-Z]"
_NAME_WORD = rf"(?:(?:{_ABBREVIATED})\.(?:[A-Z]\.)*|[A-ZÀ-ÖØ-Þ]\w*(?:[’'-](?!s\b)\w+)*)"
NAME = re.compile(
    rf"(?<![\w’']){_NAME_WORD}(?:[ \u00a0](?:(?:{_PARTICLES})[ -]){{0,2}}{_NAME_WORD})*"
)
"""A run of capitalised words with the particles that names carry inside."""

_ACRONYM = re.compile(r"((?:[A-Z][\w’'-]*[ ](?:(?:of|for|the|and|on)[ ]){0,2}){1,6}[A-Z][\w’'-]*)[ ]\(([A-Z]{2,7})\)")
_WORD = re.compile(r"[\w’'-]+")
_LEFT = re.compile(r"[\w’'.-]+[ \u00a0]$")
_APPOSED = re.compile(r",[ ](?:the|a|an)[ ]([\w’'. -]{3,60})")

STOP = frozenset(
    "The A An And But Or Nor So Yet If When While As After Before Because Since Although Though In On At Of To For From With By "
    "About Against During Through Under Over Into Like He She It They We I You This That These Those His Her Their Its Our My Your "
    "What Who How Why Where Which Whose There Here Not No Yes Now Then Also Even Still Just Only Both Some Many Most All Each Every "
    "Such Other Another One Two Three Four Five Six Seven Eight Nine Ten Asked Speaking According Meanwhile However Instead Later Earlier "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October "
    "November December Yesterday Today Tonight Tomorrow Last Next First Second Third Once Again Perhaps Maybe Indeed Thus Moreover "
    "More Less Well Let Do Does Did Is Are Was Were Has Have Had Will Would Can Could Should May Might Must Be Being Been Despite Unlike "
    "Until Unless Whether Among Between Within Without Upon Per Via Photo Read Breaking Watch Video Live Update Exclusive Several Few "
    "Former Late Ex Than Too Very Thank Thanks Dear Hello Hi Oh Ok Okay Please".split()
)
_ORGANISATION = frozenset(
    "Times Post Journal News Herald Tribune Press Agency University College School Institute Center Centre Committee Commission "
    "Council Department Ministry House Senate Congress Court Party Union Association Foundation Company Corporation Corp Inc Ltd "
    "LLC Group Bank Army Navy Force Forces Guard Police Office Bureau Board Campaign Administration Government Parliament Assembly "
    "League Club Fund Trust Society Organization Organisation Network Radio TV Television Magazine Review Project Coalition Alliance "
    "Street Avenue Road City County State States Island River Lake Mountain Park Airport Church Hospital Hotel Stadium Day Week Act "
    "Cup Games War Bill Law Treaty Staff Security Service Services Authority Federation Republic Kingdom Nations Reuters Novosti "
    "Media Chamber Caucus Convention Conference Hall Square Tower Palace Hill East West North South America".split()
)
_ORGANISATION_NOUNS = frozenset(
    "campaign administration magazine newspaper agency network channel ministry department team group company firm organisation "
    "organization government committee commission party coalition website site foundation institute university association union "
    "statement report editorial board press media news police office court".split()
)
_ROLE_STOP = frozenset(
    "the a an and with by that to from in at on when as his her their its said says told of for but or who than between against about "
    "met meets asked".split()
)
_SAME_ROLE = {
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
    "sen": "senator", "rep": "congressman", "congresswoman": "congressman", "representative": "congressman", "lawmaker": "senator",
    "gov": "governor", "premier": "prime", "advisor": "adviser", "pres": "president", "billionaire": "businessman", "ruler": "leader",
    "dictator": "leader", "gen": "general", "prof": "professor", "dr": "doctor",
}  # fmt: skip


@cache
def _titles() -> tuple[frozenset[str], dict[str, str]]:
    rows = load_csv("en/titles.csv")
    return frozenset(row["title"] for row in rows), {row["title"]: row["gender"] for row in rows if row["gender"]}


@cache
def _genders() -> dict[str, str]:
    return {row["name"]: row["gender"] for row in load_csv("en/given_names.csv")}


@cache
def _nations() -> tuple[dict[str, str], re.Pattern[str], frozenset[str]]:
    """Country or adjective to one key; a pattern that finds them; the adjectives, whole and by word."""
    keys: dict[str, str] = {}
    adjectives: set[str] = set()
    for row in load_csv("en/demonyms.csv"):
        key = row["demonym"].lower().replace(" ", "_")
        keys[row["demonym"].lower()] = key
        keys[row["country"].lower()] = key
        adjectives.update(row["demonym"].split())
    pattern = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, keys), key=lambda k: (-len(k), k))) + r")(?!\w)")
    return keys, pattern, frozenset(adjectives)


class Entity:
    """A person or an organisation of the article."""

    __slots__ = ("gender", "is_person", "mentions", "name", "roles")

    def __init__(self, name: str, is_person: bool) -> None:
        self.name = name
        self.is_person = is_person
        self.gender: str | None = None
        self.roles: set[str] = set()
        self.mentions = 0


class Mention(NamedTuple):
    """A name in the text: ``[start, end)`` of the words without title, and whom it means."""

    start: int
    end: int
    entity: Entity


def _role_words(text: str) -> set[str]:
    keys, pattern, _ = _nations()
    low = pattern.sub(lambda match: keys[match.group()], text.lower())
    words = (word.rstrip("'’").removesuffix("'s").removesuffix("’s") for word in _WORD.findall(low))
    return {_SAME_ROLE.get(word, word) for word in words if word and word not in _ROLE_STOP}


class _Found(NamedTuple):
    start: int
    words: tuple[str, ...]
    before: tuple[str, ...]
    """Words in front that are no part of the name: titles, nationalities, roles."""
    possessed: bool


def _strip(words: list[str], titles: frozenset[str], adjectives: frozenset[str]) -> int:
    """How many words in front of a capitalised run are titles, nationalities, parties or sentence starters."""
    drop = 0
    for word in words[: len(words)]:
        bare = word.rstrip(".")
        if bare in STOP or bare in titles or bare in adjectives:
            drop += 1
        else:
            break
    return drop


class Cast:
    """Persons and organisations of one article, with their mentions in order."""

    def __init__(self, text: str, spans: list[tuple[int, int]]) -> None:
        self.text = text
        self._by_key: dict[str, list[Entity]] = {}
        self._full: dict[tuple[str, ...], Entity] = {}
        self._acronyms: dict[str, str] = {}
        self.mentions: list[Mention] = []
        found = [item for start, end in spans for item in self._names(start, end)]
        self._people(found)
        self._mention(found)
        self._starts = [mention.start for mention in self.mentions]
        for start, end in spans:
            if "(" in text[start:end]:
                for match in _ACRONYM.finditer(text, start, end):
                    self._acronyms.setdefault(match.group(2), _acronym_words(match.group(1), match.group(2)))

    def _names(self, start: int, end: int) -> list[_Found]:
        titles, _ = _titles()
        _, _, adjectives = _nations()
        text = self.text
        found = []
        for match in NAME.finditer(text, start, end):
            words = match.group().split()
            drop = _strip(words, titles, adjectives)
            kept = words[drop:]
            at = match.start()
            for word in words[:drop]:
                at = text.index(word, at) + len(word)
            if not kept:
                continue
            at = text.index(kept[0], at)
            while len(kept) > 1 and kept[-1].rstrip(".") in titles:
                kept.pop()
            if kept[0] in STOP:
                continue
            possessed = text[match.end() : match.end() + 2] in ("'s", "’s")
            found.append(_Found(at, tuple(kept), tuple(words[:drop]), possessed))
        return found

    def _people(self, found: list[_Found]) -> None:
        genders = _genders()
        _, title_genders = _titles()
        singles = {item.words[0] for item in found if len(item.words) == 1}
        for item in found:
            words = item.words
            if len(words) == 1 or len(words) > 5:
                continue
            entity = self._full.get(words)
            if entity is None:
                known = words[0] in genders
                titled = bool(item.before) and not all(word in STOP for word in item.before)
                role = self._role_before(item.start)
                organisation = any(word in _ORGANISATION for word in words) and not known
                person = not organisation and (known or titled or bool(role) or words[-1] in singles or words[0] in singles)
                entity = Entity(" ".join(words), person)
                self._full[words] = entity
            entity.mentions += 1
            if entity.is_person:
                self._describe(item, entity)
                gender = genders.get(words[0]) or next((title_genders[w] for w in item.before if w in title_genders), None)
                entity.gender = entity.gender or gender or None
        # A longer form of the same name is the same person: Dana Q. Reed is Dana Reed.
        by_ends: dict[tuple[str, str], Entity] = {}
        for words, entity in sorted(self._full.items(), key=lambda item: -len(item[0])):
            if not entity.is_person:
                continue
            last = words[-2] if words[-1] in ("Jr.", "Sr.", "Jr", "Sr", "II", "III") and len(words) > 2 else words[-1]
            longest = by_ends.setdefault((words[0], last), entity)
            if longest is not entity:
                longest.mentions += entity.mentions
                longest.roles |= entity.roles
                longest.gender = longest.gender or entity.gender
                self._full[words] = longest
        for words, entity in self._full.items():
            if entity.is_person:
                last = words[-2] if words[-1] in ("Jr.", "Sr.", "Jr", "Sr", "II", "III") and len(words) > 2 else words[-1]
                for key in {words[0], last, " ".join(words[1:])}:
                    owners = self._by_key.setdefault(key, [])
                    if entity not in owners:
                        owners.append(entity)

    def _role_before(self, start: int) -> str:
        """Lower-case words in front of a name, as in "leader Ann Lee"; empty where none stand there."""
        text = self.text
        at = start
        words: list[str] = []
        while len(words) < 6:
            match = _LEFT.search(text, max(0, at - 30), at)
            if match is None:
                break
            word = match.group().strip()
            if word.lower() in _ROLE_STOP and not (word == "of" and words):
                break
            if word.endswith(".") and len(word) > 5 or not word[0].isalpha():
                break
            words.append(word)
            at = match.start()
        words.reverse()
        if not any(word[0].islower() for word in words):
            return ""
        return " ".join(words)

    def _describe(self, item: _Found, entity: Entity) -> None:
        text = self.text
        role = " ".join(item.before)
        before_at = item.start - (len(role) + 1 if role else 0)
        role = f"{self._role_before(before_at)} {role}"
        if role.strip():
            entity.roles |= _role_words(role)
        end = item.start + sum(map(len, item.words)) + len(item.words) - 1
        if text[end : end + 1] == ",":
            match = _APPOSED.match(text, end)
            if match:
                entity.roles |= _role_words(match.group(1))

    def _mention(self, found: list[_Found]) -> None:
        title_genders = _titles()[1]
        for item in found:
            end = item.start + sum(map(len, item.words)) + len(item.words) - 1
            gender = next((title_genders[word.rstrip(".")] for word in item.before if word.rstrip(".") in title_genders), None)
            entity = self._full.get(item.words)
            if entity is None:
                entity = self._single(item.words, gender)
            if entity is None and item.before and len(item.words) == 1 and any(w not in STOP for w in item.before):
                # Titled, and never named in full: "Mr. Lee".
                entity = Entity(item.words[0], True)
                entity.gender = gender
                self._by_key.setdefault(item.words[0], []).append(entity)
            if entity is not None and entity.is_person:
                if gender and entity.gender is None:
                    entity.gender = gender
                if len(item.words) == 1:
                    self._describe(item, entity)
                self.mentions.append(Mention(item.start, end, entity))

    def _single(self, words: tuple[str, ...], gender: str | None) -> Entity | None:
        owners = self._by_key.get(" ".join(words)) or self._by_key.get(words[-1] if len(words) == 1 else "")
        if not owners:
            return None
        fitting = [owner for owner in owners if not gender or owner.gender in (None, gender)] or owners
        return max(fitting, key=lambda owner: owner.mentions)

    def known(self, name: str, gender: str | None = None) -> Entity | None:
        """The person whom a full or short name means."""
        words = tuple(name.split())
        entity = self._full.get(words)
        if entity is not None:
            return entity
        return self._single(words, gender)

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions of persons in ``[start, end)``."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, at: int, count: int = 12) -> list[Mention]:
        """Up to ``count`` mentions of persons before ``at``, nearest first."""
        index = bisect_right(self._starts, at)
        return self.mentions[max(0, index - count) : index][::-1]

    def described(self, words: set[str], head: str, at: int) -> Entity | None:
        """The person whose title or role has all these words, the one named last before ``at`` if there are several."""
        head = _SAME_ROLE.get(head, head)
        fitting = []
        seen: set[int] = set()
        for mention in self.mentions:
            entity = mention.entity
            if id(entity) not in seen:
                seen.add(id(entity))
                if head in entity.roles and words <= entity.roles:
                    fitting.append(entity)
        if len(fitting) <= 1:
            return fitting[0] if fitting else None
        for mention in self.before(at, 40):
            if mention.entity in fitting:
                return mention.entity
        return fitting[0]

    def name_of(self, start: int, end: int) -> tuple[str | None, Entity | None]:
        """Whom the noun phrase ``[start, end)`` of the text means: canonical name, and the person if it is one."""
        text = self.text
        titles, title_genders = _titles()
        _, _, adjectives = _nations()
        organisation: str | None = None
        for match in NAME.finditer(text, start, end):
            if any(mark in text[start : match.start()] for mark in (" who ", " whose ", " which ")):
                break
            words = match.group().split()
            drop = _strip(words, titles, adjectives)
            kept = words[drop:]
            while len(kept) > 1 and kept[-1].rstrip(".") in titles:
                kept.pop()
            if not kept:
                continue
            after = text[match.end() : match.end() + 24]
            if after[:2] in ("'s", "’s") or after[:1] in ("'", "’") and kept[-1].endswith("s"):
                continue
            before = text[max(start, match.start() - 8) : match.start()].rstrip().rpartition(" ")[2].lower()
            if before in ("of", "for", "with", "from", "at", "in", "to", "by", "against", "under", "about"):
                continue
            following = after[1:].split(" ", 1)[0].strip(",.") if after[:1] == " " else ""
            gender = next((title_genders[word.rstrip(".")] for word in words[:drop] if word.rstrip(".") in title_genders), None)
            name = " ".join(kept)
            modifies = following[:1].islower() and match.end() + 1 < end and following not in ("who", "of", "in", "at", "from", "and", "that", "for", "also", "then", "on", "himself", "herself", "is", "was")
            if modifies:
                if following in _ORGANISATION_NOUNS and organisation is None and kept[0] not in adjectives:
                    organisation = name if following in ("magazine", "newspaper", "news", "website", "site", "network", "channel", "statement", "report") else f"{name} {following}"
                continue
            entity = self.known(name, gender)
            if entity is not None:
                return entity.name, entity if entity.is_person else None
            if len(kept) == 1 and kept[0] in adjectives:
                continue
            if kept[0] in self._acronyms:
                return self._acronyms[kept[0]], None
            if drop and any(word.rstrip(".") in titles for word in words[:drop]) and len(kept) <= 3:
                return name, None
            return self._organisation(match.start(), match.end(), name), None
        if organisation:
            return organisation, None
        return self._description(start, end)

    def _organisation(self, start: int, end: int, name: str) -> str:
        """An organisation's name with the words behind *of*: "Ministry of Health"."""
        match = re.compile(r"[ ](?:of|for)[ ](?:the[ ])?(?:[A-Z][\w’-]*[ ]?)+(?:and[ ][A-Z]\w+)?").match(self.text, end)
        return (name + match.group().rstrip()) if match else name

    def _description(self, start: int, end: int) -> tuple[str | None, Entity | None]:
        """The person whom "the North Korean leader" means; nothing for "a senior official"."""
        phrase = self.text[start:end].split(",")[0]
        first = phrase.split(" ", 1)[0].lower()
        if first in ("a", "an", "another", "one", "some", "many", "several", "two", "three", "most"):
            return None, None
        phrase = re.split(r"\s(?:who|that|which|in|at|from|for|with|on)\s", phrase)[0]
        words = _role_words(phrase)
        ordered = [word for word in _WORD.findall(phrase.split(" of ")[0].lower())]
        if not ordered or not words or len(words) > 6:
            return None, None
        entity = self.described(words, ordered[-1], start)
        return (entity.name, entity) if entity else (None, None)


def _acronym_words(words: str, acronym: str) -> str:
    """The last words whose capitals spell the acronym."""
    parts = words.split(" ")
    for first in range(len(parts) - 1, -1, -1):
        if "".join(part[0] for part in parts[first:] if part[0].isupper()) == acronym:
            return " ".join(parts[first:])
    return words
