"""The line rules of ``seeds/rules``, ready to be asked: which rule knows this line by itself?

What belongs here: putting the rules' patterns together so that a line costs a few microseconds. What does not: where the
line stands in the page (:mod:`pipelines.clean.reading`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.rules import Rule, load_rules

FAMILIES = ("furniture", "captions", "credits")
_HEAD = 400  # characters in which an opening must show itself
_TAIL = 240  # characters in which an ending must show itself


@lru_cache(maxsize=1)
def _rules() -> tuple[list[Rule], list[Rule]]:
    """Rules that look at the start of a line, and rules that look at its end."""
    known = [rule for family in FAMILIES for rule in load_rules(family).values() if rule.pattern]
    return (
        [rule for rule in known if (rule.pattern or "").lstrip().startswith("^")],
        [rule for rule in known if not (rule.pattern or "").lstrip().startswith("^")],
    )


@lru_cache(maxsize=65536)
def _known_short(words: str) -> Rule | None:
    return _known(words)


def _known(words: str) -> Rule | None:
    openings, endings = _rules()
    head = words if len(words) <= _HEAD else words[:_HEAD]
    for rule in openings:
        if rule.regex.match(head):
            return rule
    tail = words if len(words) <= _TAIL else words[-_TAIL:]
    for rule in endings:
        if rule.regex.search(tail):
            return rule
    return None


def known(words: str) -> Rule | None:
    """The first rule that knows the line by its words alone."""
    # Menus and buttons repeat from page to page; paragraphs do not.
    return _known_short(words) if len(words) <= 80 else _known(words)


def squeeze(words: str) -> str:
    """The line as it is compared with others: letters and digits only, case folded."""
    return re.sub(r"[\W_]+", " ", words).strip().casefold()
