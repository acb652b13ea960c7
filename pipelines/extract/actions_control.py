"""Whose deed an infinitive or a word in -ing is, by the verb that governs it: "accused Norway of bombing", "sent troops to attack".

What belongs here: verbs whose object does what follows, what can act or be acted on at all, and the two objects of giving. What does
not: where the governing verb and its object stand (:mod:`pipelines.extract.actions_borrowed`).
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.extract.actions_clauses import Clauses
from pipelines.extract.actions_lexicon import LISTS, Sense, forms_of, verb_forms, words
from pipelines.extract.nounphrases import Piece

_JUDGING = frozenset(("ACCUSE", "SUPPORT", "SANCTION", "COERCE"))
"""Types of deeds that are done to somebody for something."""


@cache
def _forms(name: str) -> frozenset[str]:
    return frozenset(form for verb in LISTS["control"][name].split() for form, _ in forms_of(verb))


def of_preposition(verb: str, preposition: str) -> bool:
    """Whether the object of the verb does what follows the preposition: "thanked Norway for freeing"."""
    return preposition in LISTS["control"]["by_preposition"] and verb in _forms_before(preposition)


@cache
def _forms_before(preposition: str) -> frozenset[str]:
    verbs = LISTS["control"]["by_preposition"][preposition].split()
    listed = frozenset(form for verb in verbs for form, _ in forms_of(verb))
    if preposition != "for":
        return listed
    return listed.union(form for form, known in verb_forms().items() if any(map(_judges, known.senses)))


def _judges(sense: Sense) -> bool:
    return sense.event in _JUDGING and sense.frame.takes_object and not sense.objects and not sense.particle


def of_infinitive(verb: str) -> bool:
    """Whether the object of the verb does what the infinitive behind it says: "ordered the army to leave"; not "took a plane to visit"."""
    return verb in _forms("infinitive")


def grants(verb: str) -> bool:
    """Whether the verb gives somebody a right or a chance: "gave Norway permission to leave"."""
    return verb in _forms("granting")


def gives(verb: str) -> bool:
    """Whether the verb passes on what its object is for: nobody tells who does it ("offered support for building")."""
    return verb in _forms("giving")


_ABSTRACT = re.compile(r"(?:tions?|sions?|ments?|ness|ances?|ences?|isms?|ships?|ities|ity|ings?|ures?)\Z")
"""How many nouns end that name nobody; those that can act are on a list."""
_ACTING = words("control", "acting")
_TEXTS = words("classes", "text_nouns")
_NO_PARTIES = words("classes", "no_parties")
_THINGS = words("control", "things") | words("modality", "governing_nouns") | words("classes", "units")


def is_thing(clauses: Clauses, piece: Piece) -> bool:
    """Whether a phrase names nobody who could act: a number, or a common noun of things and states."""
    start, end = piece
    end = min(end, clauses.starts.get(start, end))
    if not clauses.letters[start:end].strip("qd") and clauses.letters[end : end + 1] != "f":
        return clauses.letters[start:end] != "d" and not any(token.low.isalpha() for token in clauses.tokens[start:end])
    token = clauses.tokens[end - 1]
    if token.capital or clauses.letters[end - 1] not in "nq":
        return False
    head = clauses.head(piece)
    if head in _TEXTS or head.removesuffix("s") in _TEXTS or head in _ACTING:
        return False
    return head in _THINGS or _ABSTRACT.search(head) is not None


def party(clauses: Clauses, piece: Piece | None) -> Piece | None:
    """A phrase, unless what it names is nobody to whom something is done: "into the sea"."""
    if piece is None or clauses.head(piece) not in _NO_PARTIES:
        return piece
    named = clauses.tokens[clauses.starts.get(piece[0], piece[1]) - 1].capital
    return piece if named else None  # "the Los Angeles Times"


def given_to(clauses: Clauses, object_: Piece) -> tuple[Piece | None, Piece]:
    """The two objects of a verb of giving: to whom, and what ("gave Denmark weapons", "gave them the tents")."""
    start, end = object_
    letters = clauses.letters
    if end == clauses.starts.get(start) and end in clauses.starts and letters[end] != "p":
        return object_, (end, clauses.starts[end])
    names = start
    while names < end and letters[names] == "N":
        names += 1
    if start < names < clauses.starts.get(start, end) and letters[names] == "n":
        clauses.starts.setdefault(names, clauses.starts[start])
        return (start, names), (names, clauses.starts[start])
    return None, object_
