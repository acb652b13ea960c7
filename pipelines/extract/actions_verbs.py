"""Verbs of action with who acts and to whom it is done.

What belongs here: active and passive, full and reduced clauses, infinitives and gerunds with the subject that they borrow. What does
not: noun phrases (:mod:`pipelines.extract.actions_clauses`), whether the deed was done (:mod:`actions_modality`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.extract.actions_borrowed import NO_ADVERBS, of_gerund, of_infinitive, reduced_subject
from pipelines.extract.actions_clauses import Clauses
from pipelines.extract.actions_control import given_to, party
from pipelines.extract.actions_lexicon import Form, Sense, deeds, light_verbs, verb_forms, words
from pipelines.extract.nounphrases import Piece

_STATES = frozenset(
    ("supporting", "backing", "opposing", "favoring", "favouring", "defending", "representing", "resisting")
)
_VERBAL = frozenset(("ACCUSE", "REQUEST", "SUPPORT", "THREATEN", "REJECT", "CONSULT", "AGREE"))
_FIRED = frozenset(("shots", "shot", "rounds", "bullets", "gunfire"))
_COPULAS = words("classes", "copulas")
_WITH_THAT = words("classes", "nouns_with_that")
_TO = frozenset(("to",))
_TELLS = re.compile("[aw]*(?:T|,g)")
_FINITE = re.compile("[^,;srT]*[bhmv]")
"""A finite verb behind, before the clause ends."""
_BY = frozenset(("by",))
_WITH = frozenset(("with", "in", "over", "under"))


class Verb(NamedTuple):
    """A verb of action as read, in token numbers: its group with helpers, its sense, and who stands around it."""

    group: int
    at: int
    past: int
    """Behind the verb and its particle"""
    sense: Sense
    actor: Piece | None
    recipient: Piece | None
    rule: str
    governor: int
    """The word on which an infinitive or gerund depends, or -1"""
    object: int
    """The head of an object that is a part of the verb ("imposed sanctions"), or -1"""


def read(clauses: Clauses, at: int, form: Form, passives: set[int]) -> Verb | None:
    """The action of the verb at ``at``; ``passives`` holds the passive verbs before it, which a row continues."""
    letters = clauses.letters
    letter = letters[at]
    if letter not in "vg":
        return None
    group = clauses.group_start(at)
    helpers = letters[group:at].translate(NO_ADVERBS)
    if letter == "v" and not helpers and group and "base" not in form.shapes and _is_attribute(clauses, group, at):
        return None
    can_be_passive = letter == "v" and "participle" in form.shapes
    passive = can_be_passive and helpers.endswith("b")
    reduced = False
    object_ = None if passive else clauses.object_at(at + 1)
    if object_ is None and not passive and letters[at + 1 : at + 2] == "c" and letters[at + 2 : at + 3] in ("v", "g"):
        object_ = clauses.object_at(at + 3)  # "shot and killed a man"
    if object_ is None and not passive:
        object_ = _antecedent(clauses, group)
    joined = -1
    if can_be_passive and not helpers and object_ is None:
        joined = _row_of_passives(clauses, group, passives)
        by = clauses.behind(at + 1, _BY, 8)
        plain = [sense.frame for sense in form.senses if not sense.particle]
        needed = bool(plain) and all(frame.takes_object and not frame.may_lack for frame in plain)
        twin = verb_forms().get(clauses.tokens[at + 2].low) if letters[at + 1 : at + 3] == "cv" else None
        if twin is not None:  # "shot and killed by police"
            by = clauses.behind(at + 3, _BY, 8)
            needed = needed or all(sense.frame.takes_object and not sense.frame.may_lack for sense in twin.senses)
        passive = (
            joined >= 0
            or (by is not None and twin is None)
            or (
                (needed or _goes_on(letters, at + 1) or _is_predicate(clauses, group))
                and _may_be_reduced(clauses, group, at)
            )
        )
        reduced = passive and joined < 0
    if passive:
        passives.add(at)
        return _passive(clauses, group, at, form, reduced, joined)
    for sense in form.senses:
        found = _active(clauses, group, at, letter, helpers, sense, object_)
        if found is not None:
            return found
    return None


def _is_attribute(clauses: Clauses, group: int, at: int) -> bool:
    """Whether a participle belongs to the bare noun behind it: "to help released prisoners", "on threatened or rare species"."""
    letters = clauses.letters
    before = group - 1
    while before > 0 and letters[before] == "a":
        before -= 1
    left = letters[before]
    if left in "iyf" and letters[at + 1 : at + 2] in ("n", "c"):
        return True
    return letters[at + 1 : at + 2] == "n" and (left in "vg" or (left == ";" and clauses.tokens[group - 1].text == "-"))


def _row_of_passives(clauses: Clauses, group: int, passives: set[int]) -> int:
    """The passive verb that a second one continues ("was arrested and charged"), or -1."""
    letters = clauses.letters
    at = group - 1
    while at >= 0 and letters[at] in ",ca":
        at -= 1
    if at == group - 1:
        return -1
    for place in range(at, max(-1, at - 12), -1):
        if place in passives:
            return place
        if letters[place] in "vbhm;srT":
            break
    if at >= 0 and letters[at] == "v":
        before = clauses.group_start(at)
        if letters[before:at].translate(NO_ADVERBS).endswith("b"):
            return at
    return -1


def _is_predicate(clauses: Clauses, group: int) -> bool:
    """Whether the phrase before a verb follows *to be*: "is the fifth coach fired this season"."""
    start = clauses.ends.get(group, 0)
    return start > 0 and (clauses.letters[start - 1] == "b" or clauses.tokens[start - 1].low in _COPULAS)


def _goes_on(letters: str, at: int) -> bool:
    """Whether the main verb of the clause follows: "a paper approved on Monday would"."""
    while at < len(letters) and letters[at] in "aw":
        at += 1
    return letters[at : at + 1] in ("b", "h", "m", "v")


def _may_be_reduced(clauses: Clauses, group: int, at: int) -> bool:
    """Whether a past form without an object can be a participle: a noun phrase or a comma stands before it."""
    if not group:
        return True
    if clauses.letters[group - 1] == "p" or (at + 1 < len(clauses.tokens) and clauses.tokens[at + 1].low == "what"):
        return False
    if group in clauses.ends and clauses.letters[clauses.ends[group] - 1] in "rT" and clauses.ends[group]:
        return False  # "the man whom police arrested"
    if group in clauses.ends and clauses.ends[group] and clauses.letters[clauses.ends[group] - 1] == "s":
        return (
            clauses.letters[at + 1 : at + 2] == "f" or _FINITE.match(clauses.letters, at + 1) is not None
        )  # not in "while police investigated"
    if _TELLS.match(clauses.letters, at + 1) or (
        at + 1 < len(clauses.tokens) and clauses.tokens[at + 1].low in ("how", "why")
    ):
        return False  # "found that", "sued, saying"
    return group in clauses.ends or clauses.letters[group - 1] in ",;"


def _passive(clauses: Clauses, group: int, at: int, form: Form, reduced: bool, joined: int) -> Verb | None:
    letters, tokens = clauses.letters, clauses.tokens
    borrowed = None
    if joined >= 0:
        before = clauses.group_start(joined)
        subject = reduced_subject(clauses, before) if letters[before] == "v" else clauses.subject(before)
    elif reduced:
        subject = reduced_subject(clauses, group)
    elif group and letters[group - 1] == "t":
        borrowed = of_infinitive(clauses, group - 1)
        subject = borrowed.actor
    else:
        subject = clauses.subject(group)
    if subject is not None and clauses.tokens[subject[0]].low == "it" and form.senses[0].lemma == "discover":
        return None  # "it was found that"
    head = clauses.head(subject) if subject is not None else ""
    twin = letters[at + 1 : at + 3] == "cv" and tokens[at + 2].low in verb_forms()
    by = clauses.behind(at + 3 if twin else at + 1, _BY)
    if by is not None and letters[by[0]] == "q" and clauses.starts[by[0]] == by[1] == by[0] + 1:
        by = None  # "cut by 50"
    rule = "row" if joined >= 0 else "reduced_passive" if reduced else "passive"
    governor = borrowed.governor if borrowed else -1
    for sense in form.senses:
        past = at + 1
        if sense.particle:
            if past >= len(tokens) or tokens[past].low != sense.particle or sense.particle == "for":
                continue
            past += 1
        if sense.objects:
            if head not in sense.objects:
                continue
            recipient = clauses.behind(past, sense.frame.prepositions)
            if sense.frame.required and recipient is None:
                continue
            if recipient is None and sense.frame.takes_object:
                recipient = subject
            if recipient is None and by is None:
                continue
            return Verb(
                group, at, past, sense, by, recipient, rule, governor, clauses.starts[subject[0]] - 1 if subject else -1
            )
        if not sense.frame.takes_object and not sense.frame.needs:
            continue
        dated = letters[past + 1 : past + 2] == "w"  # "seized on Friday"
        if head in sense.not_objects or (past < len(tokens) and not dated and tokens[past].low in sense.not_objects):
            continue
        if sense.event == "CONSULT" and by is None:
            continue  # "was met with cynicism"
        if sense.lemma == "oppose" and by is None:
            return Verb(group, at, past, sense, subject, clauses.behind(past, _TO), "active", governor, -1)
        if sense.frame.needs == "to" and not (past < len(letters) and letters[past] == "t"):
            continue
        if sense.frame.needs == "with" and clauses.behind(past, _WITH) is None and not _followed(clauses, past, _WITH):
            continue
        if subject is None and by is None:
            return None
        return Verb(group, at, past, sense, by, subject, rule, governor, -1)
    return None


def _followed(clauses: Clauses, at: int, prepositions: frozenset[str]) -> bool:
    return at < len(clauses.tokens) and clauses.tokens[at].low in prepositions


def _active(
    clauses: Clauses, group: int, at: int, letter: str, helpers: str, sense: Sense, object_: Piece | None
) -> Verb | None:
    letters, tokens = clauses.letters, clauses.tokens
    frame = sense.frame
    past = at + 1
    if sense.particle:
        if past < len(tokens) and tokens[past].low == sense.particle:
            past += 1
            object_ = clauses.object_at(past)
        elif object_ is not None and object_[1] < len(tokens) and tokens[object_[1]].low == sense.particle:
            past = object_[1] + 1
        else:
            return None
    head = clauses.head(object_) if object_ is not None else ""
    part = -1
    recipient: Piece | None = None
    if sense.objects:
        given: Piece | None = None
        if object_ is not None and "to" in frame.prepositions:
            given, object_ = given_to(clauses, object_)
            head = clauses.head(object_)
        if object_ is None or head not in sense.objects:
            return None
        recipient = given or party(clauses, clauses.behind(object_[1], frame.prepositions))
        if recipient is None and frame.required:
            return None
        if recipient is None and frame.takes_object:
            recipient = object_
        part = clauses.starts[object_[0]] - 1
    elif frame.needs:
        if object_ is None or not _needed(clauses, object_[1], frame.needs):
            return None
        recipient = object_
    else:
        if head in sense.not_objects or (past < len(tokens) and tokens[past].low in sense.not_objects):
            return None
        if frame.takes_object:
            if object_ is not None:
                if head in deeds() and tokens[at].low in light_verbs():
                    return None  # "made an attack": the noun is the deed
                recipient = object_
            elif frame.prepositions:
                recipient = party(clauses, clauses.behind(past, frame.prepositions))
            if recipient is None and not frame.may_lack and clauses.letters[past : past + 1] != "s":
                return None
        else:
            recipient = party(clauses, clauses.behind(past, frame.prepositions))
            if frame.bare and object_ is not None:
                return None
            if recipient is None and (object_ is not None or frame.required):
                return None
            if recipient is not None and clauses.head(recipient) in sense.not_objects:
                return None
    if group and letters[group - 1] == "t":
        actor, governor, rule = of_infinitive(clauses, group - 1)
    elif letter == "g" and not helpers.endswith("b"):
        actor, governor, rule = of_gerund(clauses, group, sense.event in _VERBAL and tokens[at].low not in _STATES)
    elif tokens[group].low in ("having", "being"):
        actor, governor, rule = of_gerund(clauses, group)
    elif (infinitive := _row_of_infinitives(clauses, group, at)) >= 0:
        actor, governor, rule = of_infinitive(clauses, infinitive)
    else:
        actor, governor = clauses.subject(group), -1
        left = letters[group - 1] if group else ""
        rule = "relative" if left and left in "rT" else "row" if left and left in "ck" else "active"
    if actor is not None and sense.lemma == "fire" and clauses.head(actor) in _FIRED:
        return None  # "heard shots fired"
    if actor is None and (recipient is None or rule in ("gerund", "participle")):
        return None
    if rule == "gerund" and recipient is None and group and letters[group - 1] == "f":
        return None  # "days of rioting"
    return Verb(group, at, past, sense, actor, recipient, rule, governor, part)


def _row_of_infinitives(clauses: Clauses, group: int, at: int) -> int:
    """The *to* of the infinitive with which *and* joins a bare form ("to free them and close the border"), or -1."""
    letters = clauses.letters
    shapes = verb_forms()[clauses.tokens[at].low].shapes
    if group != at or not group or letters[group - 1] != "c" or "base" not in shapes or "past" in shapes:
        return -1
    for place in range(group - 2, max(-1, group - 16), -1):
        if letters[place] == "v":
            before = clauses.group_start(place)
            return before - 1 if before and letters[before - 1] == "t" else -1
        if letters[place] in "bhm;rTs":
            break
    return -1


def _needed(clauses: Clauses, at: int, needs: str) -> bool:
    """Whether the word that a verb needs behind its object is there."""
    if at >= len(clauses.tokens):
        return False
    if needs == "to":
        return clauses.letters[at] == "t"
    return clauses.tokens[at].low in _WITH


def _antecedent(clauses: Clauses, group: int) -> Piece | None:
    """Whom a relative clause without an object of its own is about: "the man whom police arrested"."""
    if group not in clauses.ends:
        return None
    start = clauses.ends[group]
    if start and clauses.letters[start - 1] in "rT":
        if clauses.letters[start - 1] == "T" and start > 1 and clauses.tokens[start - 2].low in _WITH_THAT:
            return None  # "no doubt that Lee would win"
        return clauses.antecedent(start - 1)
    return None
