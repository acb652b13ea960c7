"""Closed classes of English words, and what a token is by them.

What belongs here: which words are pronouns, determiners, helpers and so on (the lists are in ``seeds/reference/en``).
What does not: how they combine.
"""

from __future__ import annotations

from pipelines.extract.frames import FOLDED, Token
from pipelines.extract.speech import forms
from pipelines.rules import load_toml

_CLASSES = {name: frozenset(words.split()) for name, words in load_toml("reference/en/word_classes.toml").items()}
PRONOUNS = _CLASSES["pronouns"]
PERSONAL = _CLASSES["personal_pronouns"]
DETERMINERS = _CLASSES["determiners"]
AUXILIARIES = _CLASSES["auxiliaries"]
ADVERBS = _CLASSES["adverbs"]
SUBORDINATORS = _CLASSES["subordinators"]
CONJUNCTIONS = _CLASSES["conjunctions"]
PREPOSITIONS = _CLASSES["prepositions"]
RELATIVES = _CLASSES["relatives"]
NOMINAL = _CLASSES["nominal"]
SAID_THINGS = _CLASSES["said_things"]
WEEKDAYS = _CLASSES["weekdays"]
TIMES = _CLASSES["times"]
PAST = _CLASSES["irregular_past"]
BREAKS = frozenset(",;:—–()[]-") | FOLDED


def is_adverb(token: Token) -> bool:
    """Whether the token may stand between subject and verb without being part of either."""
    low = token.low
    return low in ADVERBS or (low.endswith("ly") and token.text[0].islower() and len(low) > 4)


def is_auxiliary(token: Token) -> bool:
    """Whether the token is a helper verb or a negation."""
    # "Will" and "May" are names.
    return token.low in AUXILIARIES and not (token.text[0].isupper() and token.low in ("will", "may", "might"))


def is_finite(token: Token) -> bool:
    """Whether the token is a helper verb, or a past or third-person form of a verb of saying."""
    if is_auxiliary(token):
        return True
    form = forms().get(token.low)
    return form is not None and form.shape in ("past", "s") and token.text[0].islower()
