"""Every rule of this stage, on its own examples."""

from __future__ import annotations

import pytest
from pages import document

from pipelines.normalise.agencies import agencies_credited as agencies
from pipelines.normalise.dates import published
from pipelines.normalise.outlets import outlet
from pipelines.rules import Rule, load_rules

BODY = "\nbody: The harbour of the town was opened again by the mayor on a cold morning, two years after the storm."
FAMILIES = ("dates", "outlets", "bylines")


def examples(matching: bool, by_pattern: bool) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.rule_id}: {example[:40]}")
        for family in FAMILIES
        for rule in load_rules(family).values()
        if (rule.pattern is not None) == by_pattern
        for example in (rule.matches if matching else rule.spares)
    ]


@pytest.mark.parametrize(("rule", "example"), examples(matching=True, by_pattern=True))
def test_a_pattern_matches_its_examples(rule: Rule, example: str) -> None:
    assert rule.regex.search(example)


@pytest.mark.parametrize(("rule", "example"), examples(matching=False, by_pattern=True))
def test_a_pattern_spares_its_examples(rule: Rule, example: str) -> None:
    assert not rule.regex.search(example)


def rules_seen(rule: Rule, example: str) -> set[str]:
    """The rules that speak up on an example: a small page, or a declared value."""
    kind, _, value = example.partition(": ")
    field, _, source = kind.partition(" ")
    by_page = {"page": {"declared": {field: [[source, value]]}}}
    if rule.family == "dates":
        if source:
            made = document("headline: Harbour opens" + BODY, metadata=by_page)
        elif kind == "declared":
            made = document("headline: Harbour opens" + BODY, metadata={"date": value})
        else:
            made = document(example if "body: " in example else example + BODY)
        return {one.rule_id for one in published(made).candidates}
    if rule.family == "bylines":
        at_home = example.startswith("https:")
        if source or kind == "declared" or at_home:
            stated = by_page if source else {"authors": [value]} if kind == "declared" else {}
            page = document(BODY, metadata=stated, url=example if at_home else None)
            return {credit.rule_id for credit in agencies(page)}
        return {credit.rule_id for credit in agencies(document(example if "body: " in example else example + BODY))}
    if source:
        made = document("body: The port opened.", metadata=by_page)
    elif kind == "declared":
        made = document("body: The port opened.", metadata={"outlet": value})
    elif kind == "title":
        made = document("body: The port opened.", metadata={"title": value})
    elif kind in ("byline", "interface", "body"):
        made = document(example)
    else:
        made = document("body: The port opened.", url=example)
    found = outlet(made)
    return {found.rule_id} if found else set()


DECIDED_BY_THE_REGISTRY = "outlets/own_phrase"  # its examples are phrases of single outlets, in seeds/outlets


@pytest.mark.parametrize(("rule", "example"), examples(matching=True, by_pattern=False))
def test_a_decision_is_made_on_its_examples(rule: Rule, example: str) -> None:
    if rule.rule_id != DECIDED_BY_THE_REGISTRY:
        assert rule.rule_id in rules_seen(rule, example)


@pytest.mark.parametrize(("rule", "example"), examples(matching=False, by_pattern=False))
def test_a_decision_is_not_made_on_its_spared_examples(rule: Rule, example: str) -> None:
    if rule.rule_id != DECIDED_BY_THE_REGISTRY:
        assert rule.rule_id not in rules_seen(rule, example)
