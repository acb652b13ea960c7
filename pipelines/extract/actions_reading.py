"""The actions of one sentence: its verbs and nouns of action together, in token numbers.

What belongs here: putting together what verbs (:mod:`actions_verbs`), nouns (:mod:`actions_nouns`) and the words around them
(:mod:`actions_modality`) say. What does not: names, places and days (:mod:`pipelines.extract.actions_setting`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.extract import actions_modality, actions_nouns, actions_verbs
from pipelines.extract.actions_borrowed import of_infinitive
from pipelines.extract.actions_clauses import Clauses
from pipelines.extract.actions_control import is_thing
from pipelines.extract.actions_lexicon import ALWAYS, LISTS, deeds, verb_conditions, verb_forms, words
from pipelines.extract.actions_words import FITS, Words
from pipelines.extract.nounphrases import Piece

_KNOWN = re.compile("[vdb]")
_OBJECT = frozenset("dqnNPpo")
_NEEDS = verb_conditions()
_MOST = 20
"""Verbs and nouns of action that are read in one sentence."""
_TEXTS = words("classes", "text_nouns")
_UNSPOKEN = words("classes", "unspoken")
_ACCIDENTS = frozenset(LISTS["accidents"]["words"].split())
BY_ACCIDENT = frozenset(("kill", "injure", "wound", "hurt", "attack", "killing", "killings", "gas"))
"""What a disaster does as well as an assailant."""
_WITH_PERSONS = frozenset(("meet", "confer", "negotiate", "parley", "speak", "talk"))
"""Verbs of meeting, which nobody does with a thing."""
_BY_PERSONS = frozenset(("capture", "seize", "hijack", "steal"))
"""Verbs that say something else of a thing: "the photos capture"."""
_PAIRS = 4
"""Actors, and recipients, of one action at most."""


class Action(NamedTuple):
    """An action of a sentence, in token numbers."""

    start: int
    end: int
    at: int
    verb: str
    event: str | None
    actor: Piece | None
    recipient: Piece | None
    modality: str
    rule: str


def candidates(tokens: Words, letters: str) -> list[int]:
    """The words of a sentence that the lexicon has as what their letters say, with what they need beside them."""
    known = tokens.known
    found: list[int] = []
    lows: set[str] = set()
    for match in _KNOWN.finditer(known):
        at = match.start()
        if letters[at] not in FITS[known[at]]:
            continue
        if known[at] == "v":
            needs = _NEEDS[tokens[at].low]
            # A passive is read all the same: the verbs of a row share its subject ("was taken away and charged").
            if (
                needs is not ALWAYS
                and letters[at - 1] != "b"
                and (letters[at] == "g" or letters[at + 1 : at + 2] in _OBJECT)
            ):
                lows = lows or {token.low for token in tokens}
                if needs.isdisjoint(lows):
                    continue
        found.append(at)
    return found


def read(clauses: Clauses, places: list[int]) -> list[Action]:
    """The actions of a sentence; ``places`` are its :func:`candidates`."""
    tokens, letters = clauses.tokens, clauses.letters
    passives: set[int] = set()
    parts: set[int] = set()
    forms, nouns = verb_forms(), deeds()
    found: list[Action] = []
    others: list[int] = []
    for at in places[:_MOST]:
        form = forms.get(tokens[at].low) if letters[at] in "vg" else None
        verb = actions_verbs.read(clauses, at, form, passives) if form is not None else None
        if verb is None:
            others.append(at)
            continue
        parts.add(verb.object)
        done = _done(clauses, verb)
        if done is not None:
            found.append(done)
    for at in others:
        senses = nouns.get(tokens[at].low) if letters[at] in "nN" and at not in parts else None
        noun = actions_nouns.read(clauses, at, senses) if senses is not None else None
        if noun is not None:
            deed = _of_noun(clauses, noun)
            if deed.actor is not None or deed.recipient is not None:
                found.append(deed)
    return found


def _done(clauses: Clauses, verb: actions_verbs.Verb) -> Action | None:
    actor, recipient = _spoken(clauses, verb.actor), _spoken(clauses, verb.recipient)
    if recipient is not None and verb.sense.lemma in _WITH_PERSONS and is_thing(clauses, recipient):
        return None  # "met with approval"
    if actor is None and (recipient is None or verb.actor is not None):
        return None  # "we arrested": who speaks is not told here
    if (
        actor is not None
        and (verb.sense.event == "THREATEN" or verb.sense.lemma in _BY_PERSONS)
        and (is_thing(clauses, actor) or clauses.head(actor).removesuffix("s") in _TEXTS)
    ):
        return None  # a danger is no threat, a film takes no captives
    infinitive = verb.rule == "infinitive" or (verb.group > 0 and clauses.letters[verb.group - 1] == "t")
    passive = verb.rule in ("passive", "reduced_passive", "row") and verb.recipient is not None and actor is None
    subject = recipient if passive else actor
    told = actions_modality.of_verb(clauses, verb.group, verb.at, subject, verb.governor, infinitive)
    if actions_modality.is_none(clauses, recipient, verb.object):
        told = "negated"
    end = verb.past
    if verb.object >= 0 and verb.past <= verb.object < verb.past + 5:
        end = verb.object + 1
    event = verb.sense.event
    if event == "ASSAULT" and verb.sense.lemma in BY_ACCIDENT and _is_accident(clauses, verb.at, actor):
        event = None
    elif event == "COERCE" and actor is not None and clauses.head(actor) in _ACCIDENTS:
        event = None  # a fire that destroyed a church
    return Action(verb.group, end, verb.at, verb.sense.lemma, event, actor, recipient, told, verb.rule)


def _is_accident(clauses: Clauses, at: int, actor: Piece | None) -> bool:
    """Whether what killed was an accident or a disease: the actor's words, or those beside a verb without one."""
    low, high = actor if actor is not None else (max(0, at - 8), at + 10)
    return any(token.low in _ACCIDENTS for token in clauses.tokens[low:high])


def _of_noun(clauses: Clauses, noun: actions_nouns.Noun) -> Action:
    recipient = _spoken(clauses, noun.recipient)
    if (
        noun.deed.event == "CONSULT"
        and "with" in noun.deed.prepositions
        and recipient is not None
        and is_thing(clauses, recipient)
    ):
        recipient = None  # "talks with a focus on trade"
    modality = actions_modality.of_noun(clauses, *noun.phrase, noun.group)
    if noun.light == "asserted" and noun.start == noun.group > 0 and clauses.letters[noun.group - 1] == "t":
        modality = actions_modality.of_phrase(clauses, *noun.phrase)
        if modality == "asserted":
            governor = of_infinitive(clauses, noun.group - 1).governor
            modality = actions_modality.of_verb(clauses, noun.group, noun.group, noun.actor, governor, True)
    elif noun.light and noun.light != "asserted":
        modality = noun.light
    elif noun.group >= 0 and noun.start == noun.group and modality == "asserted":
        modality = actions_modality.of_verb(clauses, noun.group, noun.group, noun.actor, -1, False)
    return Action(
        noun.start, noun.at + 1, noun.at, noun.deed.lemma, noun.deed.event, _spoken(clauses, noun.actor),
        recipient, modality, noun.rule,
    )  # fmt: skip


def _spoken(clauses: Clauses, piece: Piece | None) -> Piece | None:
    """A phrase, unless it is a pronoun whose person only the speaker of a quotation knows, or no person at all."""
    if piece is None:
        return None
    first = clauses.tokens[piece[0]].low.partition("'")[0]
    if piece[1] - piece[0] == 1 and (first in _UNSPOKEN or first in ("there", "this", "that", "what", "which", "who")):
        return None
    return piece


def pairs(clauses: Clauses, action: Action) -> Iterator[tuple[Piece | None, Piece | None]]:
    """Each actor with each recipient; those of a meeting are each other's."""
    actors = clauses.conjuncts(action.actor)[:_PAIRS] if action.actor else [None]
    recipients = clauses.conjuncts(action.recipient)[:_PAIRS] if action.recipient else [None]
    if action.event == "CONSULT" and len(actors) == 2 and recipients == [None]:
        yield actors[0], actors[1]
        return
    for actor in actors:
        for recipient in recipients:
            yield actor, recipient
