"""The verbs of saying: their contract, and a table from each inflected form to its verb.

What belongs here: what ``seeds/reference/en/speech_verbs.csv`` says. What does not: who speaks.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import dataframely as dy
import polars as pl

from pipelines.contracts import Table, frame
from pipelines.rules import load_csv

TAKES = ("statement", "question", "thought", "naming", "accusing", "quoting", "document", "object", "manner")
STANCES = ("neutral", "factive", "assertive", "commissive", "directive", "approving", "critical", "negative", "doubtful", "denial", "doubt")  # fmt: skip


class SpeechVerbs(Table):
    """A verb that can introduce what somebody said."""

    __table__ = "ref.speech_verbs"

    verb = dy.String(primary_key=True, description="The verb, base form")
    language = dy.String(primary_key=True, description="BCP 47 tag of its language")
    takes = dy.Enum(
        TAKES, description="What it introduces: a statement, a question, a thought, a name for something, a charge …"
    )
    stance = dy.Enum(
        STANCES, description="What the verb says about the statement: factive takes it as true, doubtful as unproven …"
    )


class Form(NamedTuple):
    """An inflected form of a verb. ``shape`` is base, s, past, participle or ing; past wins where forms coincide."""

    verb: str
    shape: str
    takes: str


def speech_verbs() -> pl.DataFrame:
    """The table ref.speech_verbs."""
    rows = [(row["verb"], row["language"], row["takes"], row["stance"]) for row in load_csv("en/speech_verbs.csv")]
    return frame(SpeechVerbs, sorted(rows), ["verb", "language", "takes", "stance"])


def inflect(verb: str, past: str, participle: str, gerund: str) -> list[tuple[str, str]]:
    """The forms of a verb; the stated ones where the regular ones would be wrong."""
    consonant_y = verb.endswith("y") and verb[-2] not in "aeiou"
    stem = verb[:-1] if verb.endswith("e") else verb
    third = verb[:-1] + "ies" if consonant_y else verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    past = past or (verb[:-1] + "ied" if consonant_y else stem + "ed")
    if not gerund:
        # A doubled consonant shows in the stated past ("admitted"): -ing doubles it too.
        doubled = past.endswith(verb[-1] * 2 + "ed") and not verb.endswith(verb[-1] * 2)
        gerund = (verb + verb[-1] if doubled else verb if verb.endswith("ee") else stem) + "ing"
    return [(verb, "base"), (third, "s"), (gerund, "ing"), (participle or past, "participle"), (past, "past")]


@cache
def forms() -> dict[str, Form]:
    """Every form of every verb of saying.

    >>> forms()["denied"], forms()["writing"].verb, forms()["told"].shape
    (Form(verb='deny', shape='past', takes='statement'), 'write', 'past')
    """
    table: dict[str, Form] = {}
    for row in load_csv("en/speech_verbs.csv"):
        for form, shape in inflect(row["verb"], row["past"], row["participle"], row["gerund"]):
            table[form] = Form(row["verb"], shape, row["takes"])
    return table
