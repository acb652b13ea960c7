"""Every rule about lines does what its examples show."""

from __future__ import annotations

import pytest

from pipelines.clean.gates import LIMITS, NEEDS, STARTS, STOPPED, TO_READERS
from pipelines.clean.grammar import FAMILIES, SHORT_FAMILIES, known
from pipelines.rules import Rule, load_rules

RULES = [rule for family in (*SHORT_FAMILIES, *FAMILIES) for rule in load_rules(family).values()]


@pytest.mark.parametrize("rule", RULES, ids=[rule.rule_id for rule in RULES])
def test_examples_match_and_spares_do_not(rule: Rule) -> None:
    for line in rule.matches:
        assert rule.regex.search(line), f"{rule.rule_id} should match {line!r}"
    for line in rule.spares:
        assert not rule.regex.search(line), f"{rule.rule_id} should spare {line!r}"


@pytest.mark.parametrize("rule", RULES, ids=[rule.rule_id for rule in RULES])
def test_examples_are_known_by_the_rules_together(rule: Rule) -> None:
    """The short cuts of the grammar (length, words that must occur, precedence) may not lose an example's kind."""
    for line in rule.matches:
        found = known(line)
        assert found is not None, f"nothing knows {line!r}"
        assert found.kind == rule.kind, f"{line!r}: {found.rule_id} comes first"


def test_rules_about_short_lines_show_short_lines() -> None:
    for family, longest in SHORT_FAMILIES.items():
        for rule in load_rules(family).values():
            assert all(len(line) <= longest for line in rule.matches), rule.rule_id


def test_words_that_must_occur_belong_to_rules_that_exist() -> None:
    assert {*NEEDS, *STARTS, *LIMITS, *STOPPED, *TO_READERS} <= {rule.rule_id for rule in RULES}
