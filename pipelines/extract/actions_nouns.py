"""Nouns of action with who acts and to whom it is done: "Israel's bombing of X", "talks between A and B", "held talks with C".

What belongs here: the owners, agents and recipients of nouns of action, and the light verbs that lend them a subject. What does not:
verbs of action (:mod:`pipelines.extract.actions_verbs`).
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.extract.actions_borrowed import NO_ADVERBS, of_gerund, of_infinitive
from pipelines.extract.actions_clauses import Clauses
from pipelines.extract.actions_control import party
from pipelines.extract.actions_lexicon import Deed, light_verbs, words
from pipelines.extract.actions_phrases import QUANTITY_NOUNS
from pipelines.extract.names import nations
from pipelines.extract.nounphrases import Piece

_NATIONS = words("classes", "nations")
_FORCES = words("classes", "forces")
_NEVER = words("classes", "never_before")
_SUFFERED = words("classes", "suffered")
_TREATIES = words("classes", "treaties")
_WISHED, _SOUGHT, _FRAMES = (words("light", name) for name in ("wished", "sought", "frames"))
_BY = frozenset(("by",))
_TOPICS = frozenset(
    ("discussions", "negotiations", "talks", "dialogue", "consultations", "conversation", "conversations")
)
"""What stands behind their *of* is spoken of."""
_BETWEEN = frozenset(("between",))
_OWNERS = frozenset(("his", "her", "their", "its"))


class Noun(NamedTuple):
    """A noun of action as read, in token numbers."""

    start: int
    """Where its words begin: at the light verb, if one lends its subject"""
    at: int
    deed: Deed
    actor: Piece | None
    recipient: Piece | None
    rule: str
    light: str
    """What a light verb says of the deed; empty without one"""
    phrase: Piece
    group: int
    """Where the light verb's group begins, or -1"""


def read(clauses: Clauses, at: int, senses: tuple[Deed, ...]) -> Noun | None:
    """The action of the noun at ``at``, where it is told who acts or to whom."""
    letters, tokens = clauses.letters, clauses.tokens
    if letters[at] not in "nN" or (letters[at] == "N" and at + 1 < len(letters) and letters[at + 1] == "N"):
        return None
    end = at + 1
    start = clauses.ends.get(end)
    if start is None:
        return None  # it leads another noun: "attack helicopter"
    if any(tokens[place].low in _NEVER for place in range(start, at)):
        return None
    if letters[at] == "N" and letters[at - 1 : at] == "N" and at > start and tokens[at].low in _TREATIES:
        return None  # the name of a treaty: "the Paris Agreement"
    for deed in senses:
        of_phrase = clauses.object_at(end + 1) if end < len(letters) and letters[end] == "f" else None
        if deed.objects and not _is_about(clauses, deed, start, at, of_phrase):
            continue
        found = _read(clauses, start, at, deed, of_phrase)
        if found is not None:
            return found
    return None


def _is_about(clauses: Clauses, deed: Deed, start: int, at: int, of_phrase: Piece | None) -> bool:
    if any(clauses.tokens[place].low in deed.objects for place in range(start, at)):
        return True
    return of_phrase is not None and clauses.tokens[clauses.starts[of_phrase[0]] - 1].low in deed.objects


def _read(clauses: Clauses, start: int, at: int, deed: Deed, of_phrase: Piece | None) -> Noun | None:
    letters, tokens = clauses.letters, clauses.tokens
    end = at + 1
    recipient: Piece | None = None
    actor: Piece | None = None
    rule = ""
    begins, group, light = start, -1, ""
    between = clauses.behind(end, _BETWEEN, 6)
    if between is not None:
        parts = clauses.conjuncts(between)
        if len(parts) == 2:
            return Noun(start, at, deed, parts[0], parts[1], "between", "", (start, end), -1)
        return None
    by = clauses.behind(end, _BY)
    if (
        by is not None
        and of_phrase is None
        and tokens[clauses.starts[by[0]] - 1].low not in QUANTITY_NOUNS
        and "of" in deed.prepositions
        and letters[clauses.starts[by[0]] :][:1] == "f"
    ):
        of_phrase = clauses.object_at(clauses.starts[by[0]] + 1)  # "the killing by police of a boy"
        by = by[0], clauses.starts[by[0]]
    owner = letters.rfind("P", start, at)
    if by is not None:
        actor, rule = by, "noun_by"
    elif owner >= 0 or tokens[start].low in _OWNERS:
        actor, rule = (start, max(owner, start) + 1), "noun_owner"
    else:
        named = _modifier(clauses, start, at)
        if named is not None:
            actor, rule = named, "noun_modifier"
    lent = _read_light(clauses, start, at)
    prepositions = deed.prepositions - {"of", "between"}
    if lent is not None and (lent.actor is not None or lent.passive):
        verb = tokens[lent.at].low
        says = light_verbs()[verb]
        wished = verb in _WISHED and not (verb in _SOUGHT and deed.event == "CONSULT")
        if rule == "noun_owner" and verb in _FRAMES:
            prepositions -= {"with"}  # "began their meeting with a tour"
        if says != "asserted" or actor is None or rule == "noun_owner":
            owned = rule == "noun_owner" and (owner >= 0 or wished)
            actor, rule, light = actor if owned else None if wished else lent.actor or actor, "light_verb", says
            if not lent.passive:
                begins = group = lent.group
    if of_phrase is not None and "of" in deed.prepositions:
        recipient = of_phrase
    elif of_phrase is not None and actor is None and deed.lemma not in _TOPICS:
        actor, rule = of_phrase, "noun_of"
    if recipient is None:
        recipient = party(clauses, clauses.behind(end, prepositions, 8))
    if rule == "noun_owner" and recipient is None and deed.lemma in _SUFFERED:
        actor, recipient = None, actor  # "his arrest"
    elif (
        rule == "noun_by"
        and recipient is None
        and deed.lemma in _SUFFERED
        and (owner >= 0 or tokens[start].low in _OWNERS)
    ):
        recipient = start, max(owner, start) + 1  # "his arrest by police"
    if not rule and recipient is not None:
        rule = "noun_recipient"
    if (actor is None and recipient is None) or (
        (deed.both or rule == "noun_modifier") and (actor is None or recipient is None)
    ):
        return None
    return Noun(begins, at, deed, actor, recipient, rule, light, (start, end), group)


def _modifier(clauses: Clauses, start: int, at: int) -> Piece | None:
    """Who acts where an adjective of a nation, an alliance or a kind of force stands before the noun: "Israeli strikes"."""
    adjectives = nations()[2]
    first = start
    while first < at and clauses.letters[first] in "dq":
        first += 1
    found = -1
    for place in range(first, at):
        token = clauses.tokens[place]
        if (
            token.text in adjectives
            or token.text.rstrip(".") in _NATIONS
            or token.low in _FORCES
            or token.low.endswith("-led")
        ):
            found = place
        elif found >= 0:
            break
    if found < 0:
        return None
    begin = found
    while begin > first and clauses.letters[begin - 1] == "N":
        begin -= 1
    return begin, found + 1


class _Light(NamedTuple):
    """A light verb that governs a noun of action."""

    group: int
    at: int
    actor: Piece | None
    passive: bool


def _read_light(clauses: Clauses, start: int, at: int) -> _Light | None:
    """The light verb whose object, or passive subject, is the noun phrase that begins at ``start`` and whose noun is at ``at``."""
    letters, tokens = clauses.letters, clauses.tokens
    before = start - 1
    while before >= 0 and letters[before] in 'a"':
        before -= 1
    if before >= 0 and tokens[before].low in ("out", "up", "off") and before:
        before -= 1
    if before >= 0 and letters[before] in "vgh" and tokens[before].low in light_verbs():
        group = clauses.group_start(before)
        helpers = letters[group:before].translate(NO_ADVERBS)
        if letters[before] == "v" and helpers.endswith("b"):
            return None
        if group and letters[group - 1] == "t":
            actor = of_infinitive(clauses, group - 1).actor
        elif letters[before] == "g" and not helpers.endswith("b"):
            actor = of_gerund(clauses, group).actor
        else:
            actor = clauses.subject(group)
        return _Light(group, before, actor, False)
    for place in range(at + 1, min(len(letters), at + 12)):
        if letters[place] == "v" and tokens[place].low in light_verbs():
            if letters[clauses.group_start(place) : place].translate(NO_ADVERBS).endswith("b"):
                by = clauses.behind(place + 1, _BY)
                return _Light(place, place, by, True)
            return None
        if letters[place] in "vg;srT":
            return None
    return None
