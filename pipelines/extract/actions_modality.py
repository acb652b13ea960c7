"""Whether a deed was done: asserted, negated, hypothetical, in the future, or history.

What belongs here: what the words around a verb or noun of action make of it. What does not: what dates make of it
(:mod:`pipelines.extract.actions_setting`).
"""

from __future__ import annotations

from pipelines.extract.actions_clauses import Clauses
from pipelines.extract.actions_control import of_preposition
from pipelines.extract.actions_lexicon import words
from pipelines.extract.nounphrases import Piece

MODALITIES = ("asserted", "negated", "hypothetical", "future", "historical")

_NAMES = (
    "negated_before", "negated_verbs", "hypothetical_verbs", "future_verbs", "done_verbs", "conditions",
    "adverbs_hypothetical", "charges", "noun_future", "noun_hypothetical", "noun_negated", "noun_historical",
    "governed_hypothetical", "of_past_deeds",
)  # fmt: skip
_LISTS = {name: words("modality", name) for name in _NAMES}
_NOBODY = words("classes", "nobody")
_FUTURE_MODALS = frozenset(
    ("will", "shall", "won't", "'ll", "i'll", "he'll", "she'll", "we'll", "they'll", "it'll", "you'll")
)
_POSSIBLE = frozenset(
    ("would", "could", "may", "might", "can", "should", "must", "cannot", "can't", "couldn't", "wouldn't", "shouldn't")
)
_DENY = frozenset(("deny", "denied", "denies", "denying"))
_REACH = 14
_IN_PHRASES = (
    ("noun_negated", "negated"), ("noun_hypothetical", "hypothetical"), ("noun_future", "future"), ("noun_historical", "historical"),
)  # fmt: skip
_OF_CHARGES = frozenset(("of", "for", "over", "with", "on"))


def of_verb(clauses: Clauses, group: int, at: int, subject: Piece | None, governor: int, infinitive: bool) -> str:
    """The modality of the verb at ``at`` by its helpers, its subject, what governs it and the conjunction before its clause."""
    letters = clauses.letters
    told = _of_group(clauses, group, at)
    if subject is not None and told != "negated" and _is_nobody(clauses, subject):
        told = "negated"
    if told == "negated" or (group and _goes_on_negated(clauses, group)):
        return "negated"
    if infinitive and group > 1 and clauses.tokens[group - 2].low == "yet":
        return "negated"  # "has yet to apologise"
    if (
        subject is not None
        and subject[0]
        and told == "asserted"
        and clauses.tokens[subject[0] - 1].low in _LISTS["charges"]
    ):
        return "hypothetical"  # "allegations he beat"
    if governor >= 0:
        first = group and clauses.tokens[group - 1].low
        if first in ("and", "or") and any(token.low == "from" for token in clauses.tokens[governor:group]):
            first = "from"
        if first == "from" and of_preposition(clauses.tokens[governor].low, "from"):
            return "negated"  # "kept them from leaving"
        if group and clauses.tokens[group - 1].low == "against":
            return "hypothetical"  # "warned them against leaving"
        governed = _of_governor(clauses, governor, infinitive)
        finite = letters[governor] in "vb" and governor < group
        if finite and governed in ("asserted", "future") and infinitive:
            clause = _of_clause(clauses, clauses.group_start(governor))
            if clause == "hypothetical":
                return clause  # "if they were to win", "if they continue to attack"
        if governed != "asserted":
            return governed
    elif infinitive:
        return "hypothetical"
    if told != "asserted":
        return told
    progressive = "b" in letters[group:at]
    return _of_clause(clauses, group) if letters[at] == "v" or infinitive or progressive else told


def _of_group(clauses: Clauses, group: int, at: int) -> str:
    """What the helpers of a verb say."""
    told = "asserted"
    if group:
        before = clauses.tokens[group - 1].low
        told = (
            "future"
            if before.endswith("'ll")
            else "hypothetical"
            if before.endswith("'d") and clauses.letters[at] != "v"
            else told
        )
    first = group - 1 if group and clauses.letters[group - 1] == "a" else group
    for place in range(first, at):
        low = clauses.tokens[place].low
        if low in _LISTS["negated_before"] or low.endswith("n't") or low == "cannot":
            return "negated"
        if low in _FUTURE_MODALS:
            told = "future"
        elif low in _POSSIBLE or low in _LISTS["adverbs_hypothetical"]:
            told = "hypothetical"
    return told


def is_none(clauses: Clauses, recipient: Piece | None, part: int) -> bool:
    """Whether it is done to nobody, or with nothing: "arrested no one", "imposed no sanctions"; ``part`` is the noun's head, or -1."""
    if recipient is not None and _is_nobody(clauses, recipient):
        return True
    start = clauses.ends.get(part + 1) if part >= 0 else None
    return start is not None and clauses.tokens[start].low == "no"


def _is_nobody(clauses: Clauses, subject: Piece) -> bool:
    tokens, start = clauses.tokens, subject[0]
    if start and tokens[start - 1].low == "not":  # "not one of them surrendered", but "whether or not Norway attacked"
        return start == 1 or tokens[start - 2].low != "or"
    return tokens[start].low in _NOBODY or tokens[start].low == "no"


def _goes_on_negated(clauses: Clauses, group: int) -> bool:
    """Whether a verb goes on with a negated one: "was not charged or arrested", "neither attacked nor threatened"."""
    low = clauses.tokens[group - 1].low
    if low != "or":
        return low == "nor"
    before = clauses.letters.rfind("v", max(0, group - 6), group - 1)
    return before >= 0 and _of_group(clauses, clauses.group_start(before), before) == "negated"


def _of_governor(clauses: Clauses, governor: int, infinitive: bool) -> str:
    """What the word says on which an infinitive or gerund depends, itself perhaps negated or only possible."""
    low = clauses.tokens[governor].low
    letter = clauses.letters[governor]
    own = "asserted"
    if letter in "vgb":
        own = _of_group(clauses, clauses.group_start(governor), governor)
    elif governor and letter == "n":
        verb = max(clauses.letters.rfind(helper, 0, governor) for helper in "vb")
        if verb >= governor - 4 and "!" in clauses.letters[clauses.group_start(verb) : governor]:
            own = "negated"  # "was not ready to"
    if own == "negated" and low not in _LISTS["negated_verbs"] and low != "hesitate":
        return own
    if low == "hesitate":
        return "future" if own == "negated" else "hypothetical"
    if low in _LISTS["negated_verbs"]:
        return "hypothetical" if own == "hypothetical" else "negated"
    if not infinitive:
        wished = letter == "n" and low in _LISTS["governed_hypothetical"]
        return "hypothetical" if wished or low in _LISTS["charges"] else own
    if low in _LISTS["done_verbs"]:
        return own
    if low in _LISTS["future_verbs"] or letter == "b" or low == "to":
        return "hypothetical" if own == "hypothetical" else "future"
    return "hypothetical"


def _of_clause(clauses: Clauses, group: int) -> str:
    """What stands before the clause: a condition, a denial."""
    letters, tokens = clauses.letters, clauses.tokens
    for place in range(group - 1, max(-1, group - _REACH), -1):
        low = tokens[place].low
        if low in _LISTS["conditions"]:
            return "hypothetical"
        if letters[place] == "T" and place and tokens[place - 1].low in _DENY:
            return "negated"
        if letters[place] in ",;" or (letters[place] in "vbhm" and letters[group - 1] not in "cv"):
            break
    return "asserted"


def of_phrase(clauses: Clauses, start: int, end: int) -> str:
    """The modality of a noun of action by the words in its phrase ``[start, end)`` alone."""
    for place in range(start, end):
        low = clauses.tokens[place].low
        for name, told in _IN_PHRASES:
            if low in _LISTS[name]:
                return told
    return "asserted"


def of_noun(clauses: Clauses, start: int, end: int, governing: int) -> str:
    """The modality of a noun of action: by the words in its phrase ``[start, end)``, and by what governs the phrase."""
    tokens, letters = clauses.tokens, clauses.letters
    told = of_phrase(clauses, start, end)
    if told != "asserted":
        return told
    before = start - 1
    if before < 0:
        return "asserted"
    if letters[before] in "fiyt":
        head = before - 1
        if (
            head >= 0
            and tokens[head].low in _LISTS["governed_hypothetical"]
            and tokens[before].low in ("of", "for", "to", "from", "on")
        ):
            return "hypothetical"
        if tokens[before].low == "without":
            return "negated"
        charged = head >= 0 and letters[head] == "v" and tokens[before].low in _OF_CHARGES
        if charged and tokens[head].low in _LISTS["charges"]:
            return "hypothetical"
    if letters[before] in "vg":
        group = clauses.group_start(before)
        low = tokens[before].low
        if low in _LISTS["negated_verbs"] or low in (
            "averted",
            "avert",
            "foiled",
            "foil",
            "thwarted",
            "thwart",
            "cancelled",
            "canceled",
        ):
            return "negated"
        if governing < 0 and low in (
            "plan",
            "plans",
            "planned",
            "planning",
            "plotting",
            "plotted",
            "threatened",
            "threatening",
        ):
            return "hypothetical"
        told = _of_group(clauses, group, before)
        if told != "asserted":
            return told
        if group and letters[group - 1] == "t" and low not in _LISTS["of_past_deeds"]:
            return "hypothetical"  # "to avoid a shooting"; not "to mark the shooting"
    return "asserted"
