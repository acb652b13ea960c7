"""Every rule about lines does what its examples show, and nothing that makes asking cheap changes an answer."""

from __future__ import annotations

import pytest

from pipelines.clean.gates import gate, may_end
from pipelines.clean.grammar import FAMILIES, SHORT_FAMILIES, known
from pipelines.clean.nodes import folded
from pipelines.clean.phrases import usual
from pipelines.rules import Rule, load_rules

RULES = [rule for family in (*FAMILIES, *SHORT_FAMILIES) for rule in load_rules(family).values()]
OPENINGS = [rule for rule in RULES if rule.family in FAMILIES and gate(rule).anchored]
ENDINGS = [rule for rule in RULES if rule.family in FAMILIES and not gate(rule).anchored]
IDS = [rule.rule_id for rule in RULES]
SENTENCE = (
    "The mayor told you and us that our bridge over the Alder, which may be closed, needs 45 workers and £3 million. "
)


def written(line: str) -> list[str]:
    """A line as it stands, in other writings, and as the beginning and the end of a paragraph."""
    return [
        line,
        line.upper(),
        line.title(),
        line.replace("i", "İ"),
        line + "ß",
        line + " " + SENTENCE * 2,
        SENTENCE * 2 + line,
    ]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_examples_match_and_spares_do_not(rule: Rule) -> None:
    for line in rule.matches:
        assert rule.regex.search(line), f"{rule.rule_id} should match {line!r}"
    for line in rule.spares:
        assert not rule.regex.search(line), f"{rule.rule_id} should spare {line!r}"


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_examples_are_known_by_the_rules_together(rule: Rule) -> None:
    """The short cuts of the grammar (length, words that must occur, precedence) may not lose an example's kind."""
    for line, found in zip(rule.matches, known(rule.matches), strict=True):
        assert found is not None, f"nothing knows {line!r}"
        assert found.kind == rule.kind, f"{line!r}: {found.rule_id} comes first"


def test_rules_about_short_lines_show_short_lines() -> None:
    for family, longest in SHORT_FAMILIES.items():
        for rule in load_rules(family).values():
            assert all(len(line) <= longest for line in rule.matches), rule.rule_id


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_what_a_pattern_fits_passes_its_gate(rule: Rule) -> None:
    """In whatever letters: a gate is read off the pattern, and only spares the asking."""
    shortest, longest, starts, needs, anchored, closed = gate(rule)
    for line in (line for example in (*rule.matches, *rule.spares) for line in written(example)):
        found = rule.regex.search(line)
        if found is None:
            continue
        assert shortest <= len(line), line
        assert not anchored or found.start() == 0, line
        assert not closed or (found.end() == len(line) and may_end(rule, line[-1])), line
        assert not (anchored and closed) or len(line) <= longest, line
        assert starts is None or folded(line).startswith(tuple(starts)), line
        assert needs is None or any(word in folded(line) for word in needs), line


def test_asking_behind_gates_is_asking_every_rule() -> None:
    lines = [line for rule in RULES for example in (*rule.matches, *rule.spares) for line in written(example)]
    for line, found in zip(lines, known(lines), strict=True):
        assert found is asked_in_turn(line), line


def asked_in_turn(line: str) -> Rule | None:
    """The first rule that fits a line, all of them being asked."""
    head = line[:400]
    speaks = len(line) <= 160 or any(word in head for word in ("you", " our ", " us ", "e may "))
    short = [rule for rule in RULES if len(line) <= SHORT_FAMILIES.get(rule.family, 0)]
    for rules, seen in ((OPENINGS, head), (short, line), (ENDINGS, line[-240:])):
        for rule in rules:
            asked = len(seen) <= (rule.longest or len(seen)) and (speaks or not rule.to_readers)
            if asked and rule.regex.search(seen):
                longest = {"caption": 500, "metadata": 600, "contributors": 600}.get(rule.kind or "", len(line))
                return rule if len(line) <= longest else None
    return usual(line)


@pytest.mark.parametrize(
    ("pattern", "ignore_case", "starts", "needs", "why"),
    [
        ("^Follow[ ]us", False, {"fol"}, {"follow us"}, "a plain opening is both"),
        ("^(?:Sign|Log)[ ]in", False, {"sig", "log"}, {"sign in", "log in"}, "each branch"),
        ("^[^|]*[|][ ]menu", True, None, {"| menu"}, "what opens it can be anything"),
        ("(?:Photo|[0-9]+)[ ]by[ ]", False, None, {" by "}, "the only word that all of it has"),
        ("^[0-9]+$", False, set("0123456789"), None, "no word at all"),
        ("^[^A-Z]+[ ]by[ ]Ana", False, None, {" by ana"}, "a set that is told by what it lacks is anything"),
        ("^(?:an[ ])?end[.]", False, {"an ", "end"}, {"end."}, "with and without what may be there"),
    ],
)  # fmt: skip
def test_gates_are_what_every_match_has(
    pattern: str, ignore_case: bool, starts: set[str] | None, needs: set[str] | None, why: str
) -> None:
    found = gate(Rule("f/x", "f", None, "d", 0.9, pattern, ignore_case, None, ("x",), ("y",)))
    assert (found.starts, found.needs) == (starts, needs), why
