"""Roles: the words that say what a person is, before a name or instead of it.

What belongs here: reading roles off words. What does not: whose they are (:mod:`pipelines.extract.people`).
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.extract.names import WORDS, nations
from pipelines.extract.speech import forms

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


def role_before(text: str, start: int) -> str:
    """Words in front of a name, as in "leader Ann Lee"; empty where no lower-case word stands there."""
    table = forms()
    words: list[str] = []
    cut = max(0, start - ROLE_REACH)
    for word in reversed(text[cut:start].split(" ")[:-1][-6:]):
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
