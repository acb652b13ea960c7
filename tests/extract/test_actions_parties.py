"""Who acts and to whom, where the sentence tells it in another place than beside the verb: a row for each way of going wrong."""

from __future__ import annotations

import pytest
from deeds import rows

Party = tuple[str, str | None, str | None, str]
"""Verb, actor, recipient, modality."""


def parties(text: str) -> list[Party]:
    return [(row["verb"], row["actor"], row["recipient"], row["modality"]) for row in rows(text)]


WORDS: list[tuple[str, list[Party], str]] = [
    ("Lee said that attacks were spreading.", [], "a noun behind that, with its verb behind it"),
    ("Thanks to grant money the school stayed open.", [], "thanks to: no infinitive"),
    ("According to recently hacked papers, it rained.", [], "nor according to"),
    ("The ship sent its armed helicopter.", [], "an adjective that is spelled like a participle"),
    (
        "Norway and 14 national anti-doping agencies suspended Tom Hale.",
        [
            ("suspend", "Norway", "Tom Hale", "asserted"),
            ("suspend", "14 national anti-doping agencies", "Tom Hale", "asserted"),
        ],
        "a compound in -ing is no verb",
    ),
    (
        "Voters rejected a joint fundraising plan.",
        [("reject", "Voters", "a joint fundraising plan", "asserted")],
        "nor is a word in -ing between an adjective and its noun",
    ),
    ("It was a dangerous attacking moment.", [], "not even one that could be a deed"),
    ("Man Held After Westport Shooting", [], "in a headline: the deed, not somebody who shoots"),
    (
        "Ann Lee asked Norway to avoid the port.",
        [("ask", "Ann Lee", "Norway", "asserted")],
        "a verb behind to that the lexicon does not have",
    ),
    (
        "They gathered to mark the shooting of Tom Hale.",
        [("shooting", None, "Tom Hale", "asserted")],
        "what is remembered has happened",
    ),
    (
        "They met to prevent the shooting of Tom Hale.",
        [("meet", "They", None, "asserted"), ("shooting", None, "Tom Hale", "negated")],
        "what is prevented has not",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), WORDS, ids=[case[2] for case in WORDS])
def test_what_a_word_is(text: str, expected: list[Party], why: str) -> None:
    assert parties(text) == expected, why
