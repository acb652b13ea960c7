"""Roles: the words that say what a person is, before a name or instead of it.

What belongs here: reading roles off words. What does not: whose they are (:mod:`pipelines.extract.people`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipelines.extract.names import WORDS, given_names, nations
from pipelines.extract.speech import forms
from pipelines.rules import load_toml

_LISTS = load_toml("reference/en/persons.toml")
_ROLES, _ENDINGS = frozenset(_LISTS["roles"].split()), tuple(_LISTS["role_endings"].split())
_KIN = frozenset(_LISTS["kin"].split())
_BEHIND = re.compile(r",[ ](?:who|whose|\d{1,2},)[ ]")
"""Behind a name of which nothing else is known: only persons have an age, and are "who"."""
WORD = re.compile(r"[\w’'-]+")
_PLAIN_WORD = re.compile(r"\w+")
_ROLE_STOP = WORDS["not_roles"]
SAME_ROLE = dict(pair.split("=") for pair in sorted(WORDS["same_roles"]))
OTHER_ROLES = {role: tuple(word for word, same in SAME_ROLE.items() if same == role) for role in SAME_ROLE.values()}
ROLE_REACH = 80
"""Characters before a name in which its role is looked for."""


@cache
def country_keys() -> frozenset[str]:
    """The keys by which countries stand among role words."""
    return frozenset(nations()[0].values())


@cache
def _country_words() -> frozenset[str]:
    """The first words of all names and adjectives of countries: without one of them there is no country in a text."""
    return frozenset(_PLAIN_WORD.findall(name)[0] for name in nations()[0])


def role_words(text: str) -> set[str]:
    """The words of a title or a description that tell a role, countries and twin words by one key."""
    low = text.lower()
    if not _country_words().isdisjoint(_PLAIN_WORD.findall(low)):
        keys, pattern, _, _ = nations()
        low = pattern.sub(lambda match: keys[match.group()], low)
    words = (word.rstrip("'’").removesuffix("'s").removesuffix("’s") for word in WORD.findall(low))
    return {SAME_ROLE.get(word, word) for word in words if word and word not in _ROLE_STOP and word != "of"}


@lru_cache(maxsize=1 << 14)
def is_role(word: str) -> bool:
    """Whether a word says what somebody is, by the list of roles or by its ending.

    >>> is_role("Mayors,"), is_role("seismologist"), is_role("harbour")
    (True, True, False)
    """
    plain = word.rstrip(",.").lower().removesuffix("s")
    return plain in _ROLES or (len(plain) > 7 and plain.endswith(_ENDINGS))


def role_set_off(text: str, start: int) -> str:
    """Words in front of a name and a comma that tell a role, behind an article or whose it is; empty where none do.

    >>> role_set_off("the town's longtime mayor, Ann Lee,", 27), role_set_off("Speaking to reporters, Ann Lee,", 23)
    ('longtime mayor', '')
    """
    if not text.startswith(", ", start - 2):
        return ""
    ahead = text[max(0, start - ROLE_REACH) : start - 2].rpartition("\n")[2]
    words = ahead.split(" ")[-7:]
    if words[-1][-1:] == "s" or not is_role(words[-1]):
        return ""
    for number in range(len(words) - 2, -1, -1):
        word = words[number]
        if word.lower() in _WHOSE or word.endswith(("'s", "’s", "s'", "s’")):
            return "" if "for" in words[number:] else " ".join(words[number + 1 :])
        if word[-1:] in ",;:" or (word[-1:] == "." and "." not in word[:-1]):
            break
    return ""


def is_told(text: str, start: int, end: int) -> bool:
    """Whether an age, "who", or a role and a comma beside the name ``text[start:end]`` tell that it is a person's."""
    if text.startswith(", ", end) and _BEHIND.match(text, end):
        return True
    return text.count(" ", start, end) < 3 and text[end : end + 1] in (",", ".") and bool(role_set_off(text, start))


def is_kin(text: str, start: int, name: str) -> bool:
    """Whether a given name alone stands behind a word for a relative: "her husband, Bill"."""
    return name in given_names() and text[max(0, start - 24) : start].rstrip(" ,").rpartition(" ")[2].lower() in _KIN


_WHOSE = frozenset(["the", "a", "an", "his", "her", "its", "their", "my", "our", "your"])


def role_before(text: str, start: int) -> str:
    """Words in front of a name, as in "leader Ann Lee" or "the Danish envoy, Ann Lee"; empty where no lower-case word stands there."""
    table = forms()
    words: list[str] = []
    cut = max(0, start - ROLE_REACH)
    before = text[cut:start].split(" ")[:-1][-6:]
    if before and before[-1][-1:] == "," and before[-1][:-1] in _ROLES:
        before[-1] = before[-1][:-1]
    for word in reversed(before):
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
