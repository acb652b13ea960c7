"""The subjects that verbs borrow: of infinitives, gerunds and participles.

What belongs here: who does what a verb says that has no subject of its own. What does not: finding the verbs of action
(:mod:`pipelines.extract.actions_verbs`) and nouns of action (:mod:`pipelines.extract.actions_nouns`).
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.extract import actions_control as control
from pipelines.extract.actions_clauses import Clauses
from pipelines.extract.actions_lexicon import words
from pipelines.extract.nounphrases import Piece

_GOVERNING_NOUNS = words("modality", "governing_nouns")
_ADJECTIVES = words("adjectives", "words")
_COPULAS = words("classes", "copulas")
_TEXTS = words("classes", "text_nouns")
_PROMISES = frozenset(
    ("promise", "promises", "pledge", "pledges", "commitment", "commitments", "offer", "offers", "vow", "vows")
)
_OWNERS = frozenset(("his", "her", "their", "its"))
_IN = frozenset(("in", "under", "as", "through", "via", "at", "on", "despite", "without"))
_SPENDS = frozenset(("spend", "spends", "spent", "spending"))
_EXPLETIVES = frozenset(("it's", "that's", "it"))
_WHOM = frozenset(("for", "on", "upon"))
_DISTINGUISHED = frozenset(("first", "last", "only", "latest", "second", "third"))
_ADJECTIVES_OF = words("adjectives", "before_gerunds")
_REACH = 14
"""Words between a verb and what depends on it."""
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
            return clauses.nearest(clauses.ends[at - 1] - 1)  # "Ann Lee, 23, charged with"
        name = not letters[clauses.ends[at - 1] : at - 1].strip("N")
        return clauses.nearest(at - 1) if name else clauses.governing(at - 1)
    return clauses.subject(group)


def of_infinitive(clauses: Clauses, to: int) -> Borrowed:
    """Who does what an infinitive says: the object of a verb of asking, else the subject of the verb before it; no thing does."""
    found = _of_infinitive(clauses, to)
    return found._replace(actor=None) if found.actor is not None and control.is_thing(clauses, found.actor) else found


def _of_infinitive(clauses: Clauses, to: int) -> Borrowed:
    letters, tokens = clauses.letters, clauses.tokens
    at = to
    while at and letters[at - 1] in 'a!"w':
        at -= 1
    if not at:
        return Borrowed(clauses.main_subject(to), -1, "infinitive")
    left = letters[at - 1]
    if at in clauses.ends and letters[clauses.ends[at] : at] in ("n", "an", "qn") and clauses.ends[at]:
        verb = clauses.ends[at] - 1
        while verb and letters[verb] == "a":
            verb -= 1
        if letters[verb] == "p" and tokens[verb].low in _EXPLETIVES:
            return Borrowed(None, at - 1, "infinitive")  # "it's important to"
        if (letters[verb] in "vb" and tokens[verb].low in _COPULAS) or tokens[at - 1].low in _ADJECTIVES:
            # "was ready to": an adjective
            subject = clauses.subject(clauses.group_start(verb)) if letters[verb] in "vb" else clauses.shared(verb + 1)
            if subject is not None and tokens[subject[0]].low in ("it", "it's"):
                subject = None
            return Borrowed(subject, at - 1, "infinitive")
    if left in "vgb":
        return Borrowed(_of_verb_before(clauses, at), at - 1, "infinitive")
    if left == "c":
        return Borrowed(clauses.shared(at), -1, "infinitive")
    if at not in clauses.ends:
        return Borrowed(clauses.shared(at), -1 if left == "s" else _verb_before(clauses, at), "infinitive")
    governor = _controller(clauses, at)
    if governor >= 0 and control.of_infinitive(tokens[governor].low):
        whom = _controlled(clauses, governor, at, False)
        if whom is not None and not control.is_thing(clauses, whom):
            return Borrowed(whom, governor, "infinitive")
    return _of_phrase_before(clauses, to, at)


def _of_verb_before(clauses: Clauses, at: int) -> Piece | None:
    """Who does what an infinitive says that stands right behind a verb: "plans to attack", "was seen to attack"."""
    letters, tokens = clauses.letters, clauses.tokens
    group = clauses.group_start(at - 1)
    helpers = letters[group : at - 1].translate(NO_ADVERBS)
    if letters[at - 1] == "g" and helpers[-1:] != "b":
        return of_gerund(clauses, group).actor
    if tokens[at - 1].low == "used" and helpers.endswith("b"):
        return None  # with what it is done
    if group and letters[group - 1] == "t":
        return of_infinitive(clauses, group - 1).actor
    if (
        letters[at - 1] == "v"
        and group == at - 1
        and group in clauses.ends
        and letters[clauses.ends[group] - 1 : clauses.ends[group]] in ("v", "i")
    ):
        return clauses.governing(group)
    return clauses.subject(group)


def _of_phrase_before(clauses: Clauses, to: int, at: int) -> Borrowed:
    """Who does what an infinitive says that stands behind a noun phrase, which ends at ``at``."""
    letters, tokens = clauses.letters, clauses.tokens
    start = clauses.ends[at]
    head = tokens[at - 1].low
    while start > 1 and letters[start - 1] == "f" and start - 1 in clauses.ends:
        start = clauses.ends[start - 1]
    row = clauses.row_start(start)
    before = letters[row - 1] if row else ""
    if tokens[clauses.starts[start] - 1].low in _GOVERNING_NOUNS or head in _GOVERNING_NOUNS:
        noun = clauses.starts[start] - 1 if head not in _GOVERNING_NOUNS else at - 1
        return Borrowed(_of_noun(clauses, start, at), noun, "infinitive")
    first = next((place for place in range(start, at) if tokens[place].low in _DISTINGUISHED), -1)
    if before in ("v", "g") and not (first >= 0 and tokens[start - 1].low in _COPULAS):
        return Borrowed(clauses.shared(start), start - 1, "infinitive")
    if before == "i":
        whom = tokens[row - 1].low in _WHOM and not control.is_thing(clauses, (row, at))
        if whom or (tokens[row - 1].low == "from" and tokens[row - 2].low in _PROMISES):
            return Borrowed((row, at), row - 2 if row > 1 else -1, "infinitive")
        if row > 1 and tokens[row - 1].low in ("to", "with") and control.of_infinitive(tokens[row - 2].low):
            return Borrowed((row, at), row - 2, "infinitive")
        return Borrowed(clauses.shared(start), _verb_before(clauses, start), "infinitive")
    if before in ("b", "v"):
        # "is the first to visit"
        return Borrowed(clauses.shared(start), first, "infinitive") if first >= 0 else Borrowed(None, to, "infinitive")
    if before in ("p", "o"):
        return Borrowed(clauses.shared(start), _verb_before(clauses, start), "infinitive")
    return Borrowed((start, at), to, "infinitive")


def _of_noun(clauses: Clauses, start: int, at: int) -> Piece | None:
    """Who does what an infinitive behind a noun like *plan* says: its owner, who has it, who was given it."""
    letters, tokens = clauses.letters, clauses.tokens
    before = letters[start - 1] if start else ""
    of = clauses.starts[start]
    if letters[of : of + 1] == "f" and of + 1 < at and not control.is_thing(clauses, (of + 1, at)):
        return of + 1, at  # "the right of owners to"
    if before == "b":
        return clauses.subject(clauses.group_start(start - 1))
    owned = _owner(clauses, start, at)
    if owned is not None:
        return owned
    if before == "i" and tokens[start - 1].low == "with" and start - 1 in clauses.ends:
        return clauses.nearest(start - 1)  # "the man with the power to"
    names = len(letters[start:at]) - len(letters[start:at].lstrip("dN"))
    if before in ("v", "g") and control.grants(tokens[start - 1].low):
        return (start, start + names) if 0 < names < at - start and letters[start + names - 1] == "N" else None
    if start in clauses.ends:
        given = clauses.ends[start] - 1
        return (given + 1, start) if given >= 0 and control.grants(tokens[given].low) else None
    if before == "i" and tokens[start - 1].low not in _IN:
        return None  # "could lead to a deal to"
    return clauses.shared(start) if before and before in "vgiyfh" else None


def _owner(clauses: Clauses, start: int, end: int) -> Piece | None:
    """Whose the phrase is: "Trump's plan", "his calls"."""
    owner = clauses.letters.rfind("P", start, end)
    if owner >= 0:
        return start, owner + 1
    return (start, start + 1) if clauses.tokens[start].low in _OWNERS else None


def _controller(clauses: Clauses, at: int) -> int:
    """The verb whose object or subject, with what hangs on it, ends at ``at``; -1 where none is near."""
    letters = clauses.letters
    for place in range(at - 1, max(-1, at - _REACH), -1):
        if letters[place] in "vg":
            return place
        if letters[place] in ";rTsbhmk":
            break
    return -1


def _controlled(clauses: Clauses, verb: int, at: int, reduced: bool) -> Piece | None:
    """The object of the verb, before what begins at ``at``; of a passive its subject, of a ``reduced`` one the noun before it."""
    letters = clauses.letters
    group = clauses.group_start(verb)
    if letters[verb] == "v" and letters[group:verb].translate(NO_ADVERBS).endswith("b"):
        if group and letters[group - 1] == "t":
            return of_infinitive(clauses, group - 1).actor
        return clauses.subject(group)
    object_ = clauses.object_at(verb + 1)
    if object_ is None:
        return reduced_subject(clauses, group) if reduced and letters[verb] == "v" and group == verb else None
    rest = letters[object_[1] : at]
    hangs = not rest or (rest[0] in "ifwa" and not rest.strip('iNdnPqwaf"'))
    return object_ if object_[1] <= at and hangs else None


def _verb_at(letters: str, group: int) -> int:
    """Where the verb of the group that begins at ``group`` is."""
    while group < len(letters) - 1 and letters[group] not in "vg":
        group += 1
    return group


def _verb_before(clauses: Clauses, at: int) -> int:
    """The nearest verb before ``at``, or -1."""
    return max(clauses.letters.rfind("v", 0, at), clauses.letters.rfind("g", 0, at))


def of_gerund(clauses: Clauses, group: int, verbal: bool = False) -> Borrowed:
    """Who does what a verb in -ing says; no thing does, except for texts that say something."""
    found = _of_gerund(clauses, group, verbal)
    if found.actor is None or not control.is_thing(clauses, found.actor):
        return found
    subject = clauses.shared(found.actor[0]) if found.rule == "participle" else None
    return found._replace(actor=None if subject is None or control.is_thing(clauses, subject) else subject)


def _of_gerund(clauses: Clauses, group: int, verbal: bool) -> Borrowed:
    letters, tokens = clauses.letters, clauses.tokens
    at = group
    while at and (letters[at - 1] in 'aw"!' or (letters[at - 1] == "i" and letters[at : at + 1] == "w")):
        at -= 1  # "attacked the port on Friday, killing"
    left = letters[at - 1] if at else ";"
    object_ = clauses.object_at(_verb_at(letters, group) + 1) if left in "Ts;kc," else None
    if object_ is not None and letters[object_[1] : object_[1] + 1] in ("b", "m", "v", "h"):
        return Borrowed(None, -1, "gerund")  # "that closing the border would help"
    if not at:
        return Borrowed(clauses.main_subject(group + 1), -1, "participle")
    if left in "fiy":
        return _of_preposition(clauses, group, at - 1)
    if left == "v":
        return Borrowed(clauses.subject(clauses.group_start(at - 1)), at - 1, "gerund")
    if at in clauses.ends and "w" in letters[at:group] and (subject := clauses.shared(at)) is not None:
        return Borrowed(subject, -1, "participle")  # "attacked a ship on Friday capturing"
    if at in clauses.ends:
        start = clauses.ends[at]
        governed = start > 0 and letters[start - 1] in "ivf"
        spent = _controller(clauses, start)
        if governed and spent >= 0 and tokens[spent].low in _SPENDS:
            return Borrowed(clauses.subject(clauses.group_start(spent)), -1, "participle")  # "spent the day defending"
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
    if left == "c":
        first = _row_of_gerunds(letters, at - 1)
        if first >= 0:
            return _of_gerund(clauses, clauses.group_start(first), verbal)
    return Borrowed(clauses.shared(at) or clauses.main_subject(group + 1), -1, "participle")


def _row_of_gerunds(letters: str, conjunction: int) -> int:
    """The word in -ing behind a preposition with which the conjunction joins another: "accused of bombing the port and killing"."""
    for place in range(conjunction - 1, max(-1, conjunction - _REACH), -1):
        if letters[place] in "vbhmt;srT":
            break
        if letters[place] == "g":
            return place if place and letters[place - 1] in "fi" else -1
    return -1


def _of_preposition(clauses: Clauses, group: int, preposition: int) -> Borrowed:
    """Who does what a word in -ing behind a preposition says: the object of a verb of accusing, thanking, preventing; else a subject."""
    letters, tokens = clauses.letters, clauses.tokens
    word = tokens[preposition].low
    first = _row_of_gerunds(letters, preposition) if word == "including" else -1
    if first >= 0:
        return _of_gerund(clauses, clauses.group_start(first), False)
    verb = _controller(clauses, preposition)
    if verb >= 0 and control.of_preposition(tokens[verb].low, word):
        whom = _controlled(clauses, verb, preposition, True)
        if whom is not None and not control.is_thing(clauses, whom):
            return Borrowed(whom, verb, "gerund")
    if preposition in clauses.ends:
        start = clauses.ends[preposition]
        before = letters[start - 1] if start else ""
        owned = _owner(clauses, start, preposition) if word != "by" else None
        if owned is not None:
            return Borrowed(owned, preposition - 1, "gerund")
        if tokens[preposition - 1].low in _ADJECTIVES_OF:
            whom = _whose_adjective(clauses, start, preposition)
            return Borrowed(whom, preposition - 1, "gerund")
        if word == "by":
            return Borrowed(clauses.shared(start), preposition - 1, "gerund")
        if not before or before not in "vgfiytbh" or (before in "vg" and control.gives(tokens[start - 1].low)):
            return Borrowed(None, preposition - 1, "gerund")
        return Borrowed(clauses.shared(start), preposition - 1, "gerund")
    if preposition and letters[preposition - 1] == "v":
        return Borrowed(clauses.subject(clauses.group_start(preposition - 1)), preposition - 1, "gerund")
    main = clauses.main_subject(group + 1) if preposition < 1 or letters[preposition - 1] == ";" else None
    return Borrowed(main or clauses.shared(preposition) or clauses.main_subject(group + 1), preposition, "gerund")


def _whose_adjective(clauses: Clauses, start: int, end: int) -> Piece | None:
    """Whom an adjective like *guilty* is about: the subject of its verb, or the name before it ("found Tom Hale guilty")."""
    letters = clauses.letters
    if end - start > 1:
        return start, end - 1
    before = letters[start - 1] if start else ""
    if before in ("b", "v"):
        group = clauses.group_start(start - 1)
        passive = before == "b" or letters[group : start - 1].translate(NO_ADVERBS).endswith("b")
        return clauses.subject(group) if passive else reduced_subject(clauses, group)
    return clauses.nearest(start) if start in clauses.ends else None
