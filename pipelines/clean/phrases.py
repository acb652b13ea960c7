"""Whole lines that pages say in the same words everywhere: a look into a list instead of a pattern.

What belongs here: finding a line in ``seeds/reference/phrases.toml``. What does not: lines whose words change from page to
page (``seeds/rules``), whose rules these lines are examples of.
"""

from __future__ import annotations

import re

from pipelines.rules import Rule, load_rules, load_toml

LONGEST = 90
"""Characters of the longest line that is looked up."""

_SIGNS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"[0-9]+")


def _key(words: str) -> str:
    """The line as it is looked up: letters and figures only, case folded, every number 0."""
    return _NUMBERS.sub("0", _SIGNS.sub(" ", words).strip().casefold())


def _read() -> dict[str, Rule]:
    families = load_toml("reference/phrases.toml")
    return {
        _key(line): load_rules(family)[name]
        for family, lists in families.items()
        for name, lines in lists.items()
        for line in re.split(r"[|\n]", lines)
        if line.strip()
    }


_PHRASES = _read()
_OPENING = 8
_OPENINGS = frozenset(phrase[:_OPENING] for phrase in _PHRASES)


def usual(words: str) -> Rule | None:
    """The rule that a line is a usual example of, whatever its case and its signs; ``None`` for all other lines."""
    # Most lines open in another way: that is cheaper to see than what they say.
    opening = words[:_OPENING]
    if len(words) > LONGEST or (opening.casefold() not in _OPENINGS and opening.replace(" ", "").isalpha()):
        return None
    return _PHRASES.get(_key(words))
