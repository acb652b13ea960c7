"""The subjects that verbs borrow: of infinitives, gerunds, participles and light verbs.

What belongs here: who does what a verb says that has no subject of its own. What does not: finding the verbs of action
(:mod:`pipelines.extract.actions_verbs`) and nouns of action (:mod:`pipelines.extract.actions_nouns`).
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.extract.actions_clauses import Clauses
from pipelines.extract.actions_lexicon import light_verbs, words
from pipelines.extract.nounphrases import Piece

_GOVERNING_NOUNS = words("modality", "governing_nouns")
_INSTRUMENTS = words("modality", "instruments")
_ADJECTIVES = words("adjectives", "words")
_COPULAS = words("classes", "copulas")
_TEXTS = words("classes", "text_nouns")
_BY = frozenset(("by",))
NO_ADVERBS = str.maketrans("", "", 'a!"')


class Borrowed(NamedTuple):
    """The subject that an infinitive or gerund borrows, and the word on which it depends."""

    actor: Piece | None
    governor: int
    rule: str


def reduced_subject(clauses: Clauses, group: int) -> Piece | None:
    """Whom a participle tells about: the phrase before it, perhaps behind a comma; at the start, the subject of the sentence."""
    letters = clauses.letters
    at = group
    while at and letters[at - 1] in 'aw"':
        at -= 1
    if not at:
        return clauses.main_subject(group + 1)
    if at in clauses.ends:
        return clauses.nearest(at)
    if letters[at - 1] == "," and at - 1 in clauses.ends:
        if letters[clauses.ends[at - 1] : at - 1] == "q" and clauses.ends[at - 1] - 1 in clauses.ends:
            return clauses.governing(clauses.ends[at - 1] - 1)  # "Ann Lee, 23, charged with"
        return clauses.governing(at - 1)
    return clauses.subject(group)


def of_infinitive(clauses: Clauses, to: int) -> Borrowed:
    """Who does what an infinitive says: the object of a verb of asking, else the subject of the verb before it."""
    letters, tokens = clauses.letters, clauses.tokens
    at = to
    while at and letters[at - 1] in 'a!"w':
        at -= 1
    if not at:
        return Borrowed(clauses.main_subject(to), -1, "infinitive")
    left = letters[at - 1]
    if at in clauses.ends and letters[clauses.ends[at] : at] in ("n", "an", "qn") and clauses.ends[at]:
        verb = clauses.ends[at] - 1
        if (letters[verb] in "vb" and tokens[verb].low in _COPULAS) or tokens[at - 1].low in _ADJECTIVES:
            # "was ready to": an adjective
            subject = clauses.subject(clauses.group_start(verb)) if letters[verb] in "vb" else clauses.shared(verb + 1)
            if subject is not None and tokens[subject[0]].low in ("it", "it's"):
                subject = None
            return Borrowed(subject, at - 1, "infinitive")
    if left in "vgb":
        group = clauses.group_start(at - 1)
        if left == "g" and letters[group:at].translate(NO_ADVERBS)[:-1][-1:] != "b":
            return Borrowed(of_gerund(clauses, group).actor, at - 1, "infinitive")
        if group and letters[group - 1] == "t":
            return Borrowed(of_infinitive(clauses, group - 1).actor, at - 1, "infinitive")
        if (
            left == "v"
            and group == at - 1
            and group in clauses.ends
            and letters[clauses.ends[group] - 1 : clauses.ends[group]] in ("v", "i")
        ):
            return Borrowed(clauses.governing(group), at - 1, "infinitive")
        return Borrowed(clauses.subject(group), at - 1, "infinitive")
    if left == "c":
        return Borrowed(_of_infinitive_row(clauses, at), -1, "infinitive")
    if at in clauses.ends:
        start = clauses.ends[at]
        head = tokens[at - 1].low
        while start > 1 and letters[start - 1] == "f" and start - 1 in clauses.ends:
            start = clauses.ends[start - 1]
        before = letters[start - 1] if start else ""
        if tokens[clauses.starts[start] - 1].low in _GOVERNING_NOUNS or head in _GOVERNING_NOUNS:
            governor = clauses.starts[start] - 1 if head not in _GOVERNING_NOUNS else at - 1
            if before == "b":
                return Borrowed(clauses.subject(clauses.group_start(start - 1)), governor, "infinitive")
            owner = letters.rfind("P", start, at)
            if owner >= 0:
                return Borrowed((start, owner + 1), governor, "infinitive")
            return Borrowed(clauses.shared(start), governor, "infinitive")
        if before in ("v", "g"):
            if (
                tokens[start - 1].low in _INSTRUMENTS
                or not letters[start:at].strip("dq")
                or "$" in (tokens[start].text, tokens[start + 1].text)
            ):
                return Borrowed(clauses.shared(start), start - 1, "infinitive")
            return Borrowed((start, at), start - 1, "infinitive")
        if before == "i":
            row = clauses.row_start(start)
            if tokens[row - 1].low in ("for", "on", "upon"):
                return Borrowed((row, at), row - 2 if row > 1 else -1, "infinitive")
            if tokens[start - 1].low in ("for", "on", "upon"):
                return Borrowed((start, at), start - 2 if start > 1 else -1, "infinitive")
            return Borrowed(clauses.shared(start), _verb_before(clauses, start), "infinitive")
        return Borrowed((start, at), to, "infinitive")
    return Borrowed(clauses.shared(at), _verb_before(clauses, at), "infinitive")


def _of_infinitive_row(clauses: Clauses, at: int) -> Piece | None:
    return clauses.shared(at)


def _verb_at(letters: str, group: int) -> int:
    """Where the verb of the group that begins at ``group`` is."""
    while group < len(letters) - 1 and letters[group] not in "vg":
        group += 1
    return group


def _verb_before(clauses: Clauses, at: int) -> int:
    """The nearest verb before ``at``, or -1."""
    return max(clauses.letters.rfind("v", 0, at), clauses.letters.rfind("g", 0, at))


def of_gerund(clauses: Clauses, group: int, verbal: bool = False) -> Borrowed:
    """Who does what a verb in -ing says."""
    letters, tokens = clauses.letters, clauses.tokens
    at = group
    while at and letters[at - 1] in 'aw"!':
        at -= 1
    left = letters[at - 1] if at else ";"
    object_ = clauses.object_at(_verb_at(letters, group) + 1) if left in "Ts;kc," else None
    if object_ is not None and letters[object_[1] : object_[1] + 1] in ("b", "m", "v", "h"):
        return Borrowed(None, -1, "gerund")  # "that closing the border would help"
    if not at:
        return Borrowed(clauses.main_subject(group + 1), -1, "participle")
    if left in "fiy":
        if at - 1 in clauses.ends:
            start = clauses.ends[at - 1]
            if start and letters[start - 1] in "vg" and tokens[at - 1].low in ("of", "with", "from", "for"):
                return Borrowed((start, at - 1), start - 1, "gerund")  # "accused Israel of bombing"
            owner = letters.rfind("P", start, at - 1)
            actor = (start, owner + 1) if owner >= 0 else clauses.shared(start)
            return Borrowed(actor, at - 2, "gerund")
        if at > 1 and letters[at - 2] == "v":
            before = clauses.group_start(at - 2)
            if before == at - 2:
                return Borrowed(reduced_subject(clauses, before), at - 2, "gerund")
            return Borrowed(clauses.subject(before), at - 2, "gerund")
        main = clauses.main_subject(group + 1) if at < 2 or letters[at - 2] == ";" else None
        return Borrowed(main or clauses.shared(at - 1) or clauses.main_subject(group + 1), at - 1, "gerund")
    if left == "v":
        return Borrowed(clauses.subject(clauses.group_start(at - 1)), at - 1, "gerund")
    if at in clauses.ends:
        start = clauses.ends[at]
        governed = start > 0 and letters[start - 1] in "ivf"
        texts = tokens[at - 1].low in _TEXTS or (letters[start - 1] != "f" and tokens[start - 1].low != "with")
        if governed and verbal and texts:
            return Borrowed(clauses.shared(start), -1, "participle")  # "sent a letter urging"
        if start and letters[start - 1] in "iv" and tokens[start - 1].low not in ("with", "of", "by"):
            if letters[start - 1] == "v":
                return Borrowed((start, at), -1, "participle")
            if tokens[start - 1].low in ("in", "at", "near"):
                return Borrowed(clauses.governing(at), -1, "participle")
        return Borrowed((start, at), -1, "participle")
    if left == "r":
        return Borrowed(clauses.subject(at), -1, "participle")
    if left == "s":
        return Borrowed(clauses.shared(at - 1) or clauses.main_subject(group + 1), -1, "participle")
    return Borrowed(clauses.shared(at) or clauses.main_subject(group + 1), -1, "participle")


class Light(NamedTuple):
    """A light verb that governs a noun of action."""

    group: int
    at: int
    actor: Piece | None
    passive: bool


def read_light(clauses: Clauses, start: int, at: int) -> Light | None:
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
        return Light(group, before, actor, False)
    for place in range(at + 1, min(len(letters), at + 12)):
        if letters[place] == "v" and tokens[place].low in light_verbs():
            if letters[clauses.group_start(place) : place].translate(NO_ADVERBS).endswith("b"):
                by = clauses.behind(place + 1, _BY)
                return Light(place, place, by, True)
            return None
        if letters[place] in "vg;srT":
            return None
    return None
