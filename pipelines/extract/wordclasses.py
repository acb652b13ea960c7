"""Closed classes of English words.

What belongs here: which words are pronouns, determiners, helpers and so on (the lists are in ``seeds/reference/en``).
What does not: what a token is by them (:mod:`pipelines.extract.words`), and how they combine.
"""

from __future__ import annotations

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
VIEWS = _CLASSES["views"]
WEEKDAYS = _CLASSES["weekdays"]
TIMES = _CLASSES["times"]
PAST = _CLASSES["irregular_past"]
