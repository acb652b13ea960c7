"""Persons as they are named in a text: which words, by which full name, in which role.

What belongs here: rows of an article's cast, with the roles written beside the names. What does not: who is a person
(:mod:`pipelines.extract.people`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.names import OPENERS, ORGANISATIONS, family_name, given_names, title_genders
from pipelines.extract.people import Cast, Mention, Person
from pipelines.extract.placenames import lookup, no_person
from pipelines.extract.roles import is_role, is_told, role_before, role_set_off
from pipelines.extract.wordclasses import WEEKDAYS
from pipelines.rules import load_toml

_SHORT = ("Mr", "Mrs", "Ms", "Dr", "St", "Gov", "Sen", "Rep", "[A-Z]")
_ABBREVIATED = "|".join(rf"(?<=\b{short}\.)" for short in _SHORT)
_FULL_STOP = r"\." + "".join(rf"(?<!\b{short}\.)" for short in _SHORT)
_APPOSED = re.compile(
    rf",[ ]((?:[^,.;:\n“”\"()—–]|\.(?:{_ABBREVIATED})){{3,160}}?)(?=[,;:“”\"()—–]|{_FULL_STOP}"
    r"|[ ](?:who|whose|whom|that|which|when|where|while|after|before|because|leading|at[ ]the[ ]time"
    r"|(?P<clause>is|was|are|were|has|had|said|says|told|will|would))\b)"
)
"""What is set off behind a name, as far as a clause in it begins: "a lawyer who …"."""
_ARTICLES = frozenset(("the", "a", "an", "his", "her", "its", "their", "then"))
_OFFICE_OF = re.compile(r"((?:[A-Z][\w’'-]*[ ]){0,3}([\w-]+)) of$")
_DEPARTMENTS = frozenset(
    ("State", "Staff", "Defense", "Defence", "Commerce", "Education", "Engineering", "Police", "Schools")
)
"""What a title goes on with behind "of", so that it is read as one by itself: "Secretary of State"."""
_PAST = re.compile(r"\b([Ff]ormer|[Ee]x|[Ll]ate|[Tt]hen)[ -]")
_AGED = re.compile(r",[ ]\d{1,3}(?=,)")
_LISTS = {name: frozenset(words.split()) for name, words in load_toml("reference/en/persons.toml").items()}
_INSIDE, _WEAK = _LISTS["inside"], _LISTS["weak_titles"]
_JOINTS = frozenset(["of", "for", "and", "the"])
_NEVER = (
    frozenset(load_toml("reference/en/persons.toml")["never"].split())
    | frozenset(day.title() for day in WEEKDAYS)
    | ORGANISATIONS
)
_HONORIFICS = frozenset(["Mr", "Mrs", "Ms", "Miss", "Mx"])


_DIRECTIONS = frozenset(["N.", "S.", "E.", "W."])
_THE = ("the ", "The ")


class Named(NamedTuple):
    """A person's name in the text."""

    start: int
    end: int
    name: str
    role: str | None
    rule: str


@lru_cache(maxsize=1 << 14)
def _folded(name: str) -> str:
    """A name without hyphens and case: Kim Jong-un is Kim Jong Un.

    >>> _folded("Kim Jong-un") == _folded("Kim Jong Un")
    True
    """
    return " ".join(name.replace("-", " ").replace("’", "'").lower().split())


def persons(text: str, cast: Cast) -> Iterator[Named]:
    """The persons whom a text names, in order, each by the form of the name that the article uses most."""
    forms: dict[str, Person] = {}
    for person in cast.persons:
        best = forms.setdefault(_folded(person.name), person)
        if person.mentions > best.mentions:
            forms[_folded(person.name)] = person
    read: list[tuple[Mention, str, str | None]] = []
    known: set[int] = set()
    """Persons with a role, or named by the family name alone"""
    family = {id(person): _family(person.name) for person in cast.persons if " " in person.name}
    with_article: dict[int, int] = {}
    """How often a person stands behind an article, as no person does"""
    strong: set[int] = set()
    """Persons with a title that is enough by itself"""
    for mention in cast.mentions:
        start, end, person, before = mention
        number = id(person)
        title: tuple[str, ...] = ()
        if before:
            title, is_strong = _title(before)
            if is_strong:
                strong.add(number)
        if before[-1:] == ("The",) or text.startswith(_THE, start - 4 if start > 4 else 0):
            with_article[number] = with_article.get(number, 0) + 1
        role = _role(text, start, end, title)
        words = text[start:end]
        if number not in known and (role or title or words == family.get(number) or is_told(text, start, end)):
            known.add(number)
        read.append((mention, words, role))
    sure: dict[int, bool] = {}
    names: dict[int, str] = {}
    for mention, words, role in read:
        number = id(mention.person)
        if number not in sure:
            sure[number] = (
                not no_person(mention.person.name)
                and _is_credible(mention.person, number in known)
                and (number in strong or " " in mention.person.name or mention.person.name in given_names())
                and (
                    2 * with_article.get(number, 0) <= mention.person.mentions
                    or " " not in mention.person.name
                    or mention.person.name.split(" ", 1)[0] in given_names()
                )
            )
        if not sure[number]:
            continue
        name = names.get(number)
        if name is None:
            name = names[number] = forms[_folded(mention.person.name)].name
        rule = "person_with_role" if role else "person_named" if " " in words or words == name else "person_short"
        yield Named(mention.start, mention.end, name, role, rule)


@lru_cache(maxsize=1 << 14)
def _family(name: str) -> str:
    return family_name(tuple(name.split()))


@lru_cache(maxsize=1 << 14)
def _title(before: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The title among the words in front of a name in its run, and whether the last of them is enough to make a person of it."""
    title: tuple[str, ...] = ()
    for word in before:
        title = () if word.rstrip(".") in OPENERS else (*title, word)
    return title if any(map(_tells_role, title)) else (), before[-1].rstrip(".") not in _WEAK


def _tells_role(word: str) -> bool:
    """Whether a capitalised word before a name may make a title of it."""
    return (
        is_role(word) or word.rstrip(".") in title_genders() or is_role(word.rpartition("-")[2]) or word in _DEPARTMENTS
    )


def _is_credible(person: Person, known: bool) -> bool:
    """Whether a name is likely a person's. A given name tells; without one, a role, an initial, or the family name used alone."""
    told = _by_itself(person.name, bool(person.mentions))
    return known or bool(person.gender) if told is None else told


@lru_cache(maxsize=1 << 14)
def _by_itself(name: str, mentioned: bool) -> bool | None:
    """What a name tells of that by itself; nothing where a role or a gender must. ``mentioned``: it is named in full."""
    words = name.split()
    titles = title_genders()
    if any(word in _NEVER and word not in given_names() for word in words) or all(
        word.rstrip(".") in titles for word in words
    ):
        return False
    if any(len(word) == 2 and word.isupper() and word.isalpha() for word in words[1:]):
        return False
    if len(words) == 1 or words[0].partition("-")[0] in given_names():
        return True
    if words[0] in _LISTS["family_first"] and len(words) < 4 and mentioned:
        return True
    if (
        words[-1] in titles
        or words[0] in OPENERS
        or all(len(word) == 2 and word[1] == "." for word in words)
        or (words[0] in _DIRECTIONS and lookup(words[1]) is not None)
        or (words[0].endswith("ing") and len(words[0]) > 5)
        or any(len(word) > 2 and word.isupper() and "." not in word for word in words)
    ):
        return False
    looked = lookup(words[0])
    if looked and looked[0] in ("people", "known"):
        return False
    return True if any(len(word) == 2 and word[1] == "." for word in words) else None


def _role(text: str, start: int, end: int, title: tuple[str, ...]) -> str | None:
    """The role written in front of a name, else that set off behind it; a mere honorific is none."""
    if title and all(word.rstrip(".") in _HONORIFICS for word in title):
        return _role_behind(text, end)
    titled = " ".join(title)
    if not title:
        last = text[start - 24 if start > 24 else 0 : start].rsplit(None, 1)[-1:]
        if not last or not (is_role(last[0]) or ("-" in last[0] and is_role(last[0].split("-")[-1]))):
            return _role_behind(text, end) if text.startswith(", ", end) else None
        if last[0][-1] == ",":
            # "the town's mayor, Ann Lee,"
            ahead = role_set_off(text, start) if text[end : end + 1] in (",", ".") else ""
            return (ahead and _ending_in_role(role_before(f"{ahead} ", len(ahead) + 1), False)) or _role_behind(
                text, end
            )
    first = start - (len(titled) + 1 if titled else 0)
    set_off = text.startswith(", ", first - 2)  # "her colleague, Sen. Ann Lee": two roles, of which the title is enough
    before = "" if set_off else _ending_in_role(role_before(text, first), bool(titled))
    role = f"{before} {titled}".strip()
    office = (
        _OFFICE_OF.search(text, max(0, start - len(role) - 40), start - len(role) - 2) if role in _DEPARTMENTS else None
    )
    if office and is_role(office.group(2).rpartition("-")[2]):
        role = f"{office.group(1)} of {role}"
    if role:
        past = _PAST.search(text, max(0, start - len(role) - 12), start)
        return f"{past.group(1)} {role}" if past and text.startswith(role, past.end()) else role
    return _role_behind(text, end)


def _role_behind(text: str, end: int) -> str | None:
    """The role set off behind a name, and perhaps behind an age: ", 54, a retired teacher,"."""
    if not text.startswith(", ", end):
        return None
    aged = _AGED.match(text, end)
    behind = _APPOSED.match(text, aged.end() if aged else end)
    if behind is None or behind["clause"]:
        return None
    words = behind.group(1).split(" of ")[0].split()
    first = words[0].lower()
    if (
        not (
            first in _ARTICLES or (first in _INSIDE and first not in _JOINTS) or is_role(first) or words[0][0].isupper()
        )
        or len(words) > 12
    ):
        return None
    for word in words[:8]:
        if is_role(word):
            return behind.group(1).strip()
        if words[0][0].isupper() and first not in _ARTICLES and not (word[0].isupper() or word in _INSIDE):
            return None  # a clause, with a subject of its own
    return None


def _ending_in_role(words: str, titled: bool) -> str:
    """The words before a name that are its role: back from the last one as far as such words go."""
    line = words.rsplit("\n", 1)[-1].split()
    if not line or not (titled or is_role(line[-1]) or is_role(line[-1].split("-")[-1])):
        return ""
    kept = len(line)
    while kept:
        word = line[kept - 1]
        plain = word.rstrip(",").lower()
        ends = word[-1] == "." and word.rstrip(".") not in title_genders()
        if ends or not (
            word[0].isupper()
            or plain in _INSIDE
            or is_role(plain)
            or plain.split("-")[0] in _INSIDE
            or kept == len(line)
        ):
            break
        kept -= 1
    while kept < len(line) and (line[kept].lower() in _JOINTS or line[kept] in OPENERS):
        kept += 1
    return (
        " ".join(line[kept:]) if kept < len(line) and (not titled or line[-1][0].isupper() or _fits(line[-1])) else ""
    )


def _fits(word: str) -> bool:
    """Whether a small word may stand directly before a capitalised title."""
    return word.lower() in _INSIDE or is_role(word)
