"""Cheap questions before costly ones: what a line must hold, or how it must begin or end, to fit a rule's pattern.

What belongs here: the gate of a rule, read off its pattern, so that it can never be older than that. What does not: the patterns
(``seeds/rules``), how patterns are read (:mod:`pipelines.clean.edges`, :mod:`pipelines.clean.needed`), and when rules are asked
(:mod:`pipelines.clean.grammar`). A gate may let a line pass in vain; it never stops one that the pattern fits.
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.clean import edges
from pipelines.clean.needed import words_needed
from pipelines.clean.nodes import parsed
from pipelines.rules import Rule

_ANY_LENGTH = 1 << 30


class Gate(NamedTuple):
    """What every line has that a pattern fits. Words and openings are in small letters (:func:`pipelines.clean.nodes.folded`)."""

    shortest: int
    longest: int
    """Characters; of a pattern that may stop inside the line, as many as there are."""
    starts: frozenset[str] | None
    """So one of them opens; ``None`` where anything may."""
    needs: frozenset[str] | None
    """One of these occurs; ``None`` where nothing must."""
    anchored: bool
    """It fits at the beginning of a line alone."""
    closed: bool
    """It fits at the end of a line alone."""


def gate(rule: Rule) -> Gate:
    """The gate of a rule's pattern."""
    nodes = parsed(rule.regex)
    shortest, longest = nodes.getwidth()
    anchored, closed = edges.anchored(nodes), edges.closed(list(nodes))
    return Gate(
        min(int(shortest), _ANY_LENGTH),
        min(int(longest), _ANY_LENGTH) if anchored and closed else _ANY_LENGTH,
        edges.starts(nodes) if anchored else None,
        words_needed(nodes),
        anchored,
        closed,
    )


def may_end(rule: Rule, char: str) -> bool:
    """Whether a line that ends in this character can fit the rule's pattern."""
    nodes = parsed(rule.regex)
    written = {letter for letter in (char, char.lower(), char.upper()) if len(letter) == 1}  # "ß" in capitals is two
    return not edges.closed(list(nodes)) or edges.may_end(nodes, written)[0]
