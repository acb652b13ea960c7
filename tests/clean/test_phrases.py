"""Whole lines that pages say in the same words everywhere."""

from __future__ import annotations

import re

import pytest

from pipelines.clean.grammar import known
from pipelines.clean.phrases import LONGEST, usual
from pipelines.rules import load_rules, load_toml

LISTS = [
    (family, name, lines)
    for family, lists in load_toml("reference/phrases.toml").items()
    for name, lines in lists.items()
]


@pytest.mark.parametrize(("family", "name", "lines"), LISTS, ids=[f"{family}/{name}" for family, name, _ in LISTS])
def test_every_phrase_is_found_as_an_example_of_its_rule(family: str, name: str, lines: str) -> None:
    rule = load_rules(family)[name]
    for line in filter(None, map(str.strip, re.split(r"[|\n]", lines))):
        assert usual(line) is rule, f"{line!r} stands in another list too"


@pytest.mark.parametrize(
    ("line", "kind", "why"),
    [
        ("ABOUT AUTHOR", "byline", "case does not matter"),
        ("You May Also Like...", "related", "signs do not matter"),
        ("You must be logged in to post a comment.", "comment", "a phrase may be a sentence"),
        ("12 free articles left", "promo", "one number is like another"),
        ("Video Player is loading.", "interface", "players speak to nobody"),
    ],
)
def test_usual_lines(line: str, kind: str, why: str) -> None:
    (found,) = known([line])
    assert found is not None, why
    assert found.kind == kind, why


@pytest.mark.parametrize(
    "line",
    ["Background", "Highlights", "Key takeaways", "What happens next", "How it began", "The bottom line", "Weather", "Methods",
     "What to know", "Funding", "Ingredients", "A long way home", "Conclusion", "Analysis", "Red", "What we know so far"],
)  # fmt: skip
def test_what_headings_inside_articles_say_is_no_phrase(line: str) -> None:
    assert usual(line) is None


def test_patterns_go_first() -> None:
    """A list cannot take a line from a rule that knows it."""
    (found,) = known(["Share this article"])
    assert found is not None
    assert found.rule_id == "buttons/interface_words"


def test_a_paragraph_is_not_looked_up() -> None:
    assert usual("Read more " * LONGEST) is None
