"""The words that attribute a statement, as the lists in ``seeds/reference/en`` have them.

What belongs here: verbs, nouns and adjectives with what they govern, each form looked up once. What does not: telling
whether a word attributes anything where it stands (:mod:`pipelines.extract.indirect`).
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.extract.speech import inflect
from pipelines.rules import load_csv, load_toml

WORDS = {name: frozenset(words.split()) for name, words in load_toml("reference/en/attribution_words.toml").items()}
"""The lists of ``attribution_words.toml`` by name"""


class Cue(NamedTuple):
    """A form of a word that attributes. ``kind`` is verb, noun, adjective or according; ``shape`` tells a verb's forms
    apart (base, s, past, participle, ing); ``governs`` are its frames: clause, to, object, quote, or a preposition."""

    kind: str
    word: str
    shape: str
    governs: frozenset[str]
    polarity: str


POLARITIES = ("positive", "negative", "doubtful", "open", "intended")


def _cues() -> dict[str, Cue]:
    table: dict[str, Cue] = {"according": Cue("according", "according", "", frozenset(), "positive")}
    for row in load_csv("en/attribution_adjectives.csv"):
        governs = frozenset(row["governs"].split())
        table[row["adjective"]] = Cue("adjective", row["adjective"], "", governs, row["polarity"])
    for row in load_csv("en/attribution_nouns.csv"):
        governs = frozenset(row["governs"].split())
        for form in filter(None, (row["noun"], row["plural"])):
            table[form] = Cue("noun", row["noun"], "", governs, row["polarity"])
    for row in load_csv("en/attribution_verbs.csv"):
        governs = frozenset(row["frames"].split())
        for form, shape in inflect(row["verb"], row["past"], row["participle"], row["gerund"]):
            table[form] = Cue("verb", row["verb"], shape, governs, row["polarity"])
    return table


def _nouns() -> dict[str, Cue]:
    return {
        form: Cue("noun", row["noun"], "", frozenset(row["governs"].split()), row["polarity"])
        for row in load_csv("en/attribution_nouns.csv")
        for form in (row["noun"], row["plural"])
        if form and CUES[form].kind == "verb"
    }


CUES = _cues()
"""Every form that can attribute, by its letters; a verb where a noun has the same form"""
ALSO_NOUNS = _nouns()
"""The forms of verbs that are nouns as well: claim, calls"""
