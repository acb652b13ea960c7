"""The line rules of ``seeds/rules``, ready to be asked: which rule knows this line by itself?

What belongs here: putting the rules' patterns together so that a line costs a few microseconds. What does not: where the
line stands in the page (:mod:`pipelines.clean.reading`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipelines.clean.gates import LIMITS, NEEDS, STARTS, STOPPED, TO_READERS
from pipelines.clean.lines import Line
from pipelines.clean.phrases import LONGEST, usual
from pipelines.rules import Rule, load_rules

SHORT_FAMILIES = {"furniture": 120, "pictures": 120, "buttons": 64}
"""Rules about short lines, and the characters of the longest."""
FAMILIES = ("links", "credits", "captions")
"""Rules about lines of any length. Order is precedence; short lines ask the short families behind these."""

_HEAD = 400  # characters in which an opening must show itself
_LONGEST = {"caption": 500, "metadata": 600, "contributors": 600}  # characters of what is never a paragraph
_LONG = 160  # characters from which a line is a paragraph
_TAIL = 240  # characters in which an ending must show itself

_STOPS = frozenset('.!?”"')


class _Gate(NamedTuple):
    """A rule that is asked only of lines up to ``limit`` characters that open and hold what they must."""

    limit: int
    starts: tuple[str, ...]
    needs: tuple[str, ...]
    rule: Rule


class _Asked(NamedTuple):
    """Rules in one pattern, and the rules behind gates."""

    pattern: re.Pattern[str] | None
    rules: dict[str, Rule]
    starting: dict[str, list[_Gate]]
    """Gates that look at how a line begins, by its first character."""
    gates: list[_Gate]
    """The other gates."""
    long: list[_Gate]
    """Of these, those that a long line can pass."""
    plain: list[_Gate]
    """Of these, those that a long line can pass that does not speak to its readers."""


class _Grammar(NamedTuple):
    """The rules by what of a line they look at."""

    openings: _Asked
    short: list[tuple[int, _Asked]]
    endings: _Asked
    stopped: _Asked


def _asked(rules: list[Rule]) -> _Asked:
    free = {f"r{n}": rule for n, rule in enumerate(rules) if not _gated(rule)}
    parts = [f"(?P<{name}>(?{'i' if rule.ignore_case else ''}:{rule.pattern}\n))" for name, rule in free.items()]
    pattern = re.compile("|".join(parts), re.MULTILINE | re.VERBOSE) if parts else None
    gates = [_gate(rule) for rule in rules if rule.rule_id in NEEDS and rule.rule_id not in STARTS]
    starting: dict[str, list[_Gate]] = {}
    for gate in map(_gate, rules):
        for first in {start[0] for start in gate.starts}:
            starting.setdefault(first, []).append(gate)
    long = [gate for gate in gates if gate.limit > _LONG]
    return _Asked(pattern, free, starting, gates, long, [gate for gate in long if gate.rule.rule_id not in TO_READERS])


def _gated(rule: Rule) -> bool:
    return rule.rule_id in NEEDS or rule.rule_id in STARTS


def _gate(rule: Rule) -> _Gate:
    name = rule.rule_id
    return _Gate(LIMITS.get(name, _HEAD), STARTS.get(name, ()), NEEDS.get(name, ()), rule)


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    known = [rule for family in FAMILIES for rule in load_rules(family).values()]
    opening = [rule for rule in known if (rule.pattern or "").lstrip().startswith("^")]
    ending = [rule for rule in known if rule not in opening]
    return _Grammar(
        _asked(opening),
        [(limit, _asked(list(load_rules(family).values()))) for family, limit in SHORT_FAMILIES.items()],
        _asked(ending),
        _asked([rule for rule in ending if rule.rule_id in STOPPED]),
    )


def _opens(asked: _Asked, words: str) -> Rule | None:
    found = asked.pattern.match(words) if asked.pattern else None
    if found:
        return asked.rules[found.lastgroup or ""]
    length = len(words)
    for limit, starts, needs, rule in asked.starting.get(words[0], ()):
        if length <= limit and words.startswith(starts) and _holds(words, needs) and rule.regex.match(words):
            return rule
    gates = asked.gates
    if length > _LONG:
        # A long line that asks for something says to whom.
        gates = (
            asked.long if "you" in words or " our " in words or " us " in words or "e may " in words else asked.plain
        )
    for limit, _, needs, rule in gates:
        if length > limit:
            continue
        for need in needs:  # not any(): this is asked of every line, a hundred times
            if need in words:
                if rule.regex.match(words):
                    return rule
                break
    return None


def _holds(words: str, needs: tuple[str, ...]) -> bool:
    return not needs or any(need in words for need in needs)


def _ends(asked: _Asked, words: str) -> Rule | None:
    found = asked.pattern.search(words) if asked.pattern else None
    if found:
        return asked.rules[found.lastgroup or ""]
    for _, _, needs, rule in asked.gates:
        for need in needs:
            if need in words:
                if rule.regex.search(words):
                    return rule
                break
    return None


def _known(words: str) -> Rule | None:
    grammar = _grammar()
    length = len(words)
    rule = _opens(grammar.openings, words if length <= _HEAD else words[:_HEAD])
    if rule is None:
        for limit, asked in grammar.short:
            if length <= limit:
                rule = _opens(asked, words)
                if rule is not None:
                    return rule
        asked = grammar.stopped if words[-1] in _STOPS else grammar.endings
        rule = _ends(asked, words if length <= _TAIL else words[-_TAIL:])
        if rule is None and length <= LONGEST:
            rule = usual(words)
    # A long paragraph that opens or ends as something short is glued to it; the text outweighs it.
    return None if rule is not None and length > _LONGEST.get(rule.kind or "", length) else rule


_known_short = lru_cache(maxsize=65536)(_known)


def known(words: str) -> Rule | None:
    """The first rule that knows the line by its words alone."""
    # Menus and buttons repeat from page to page; paragraphs do not.
    return _known_short(words) if len(words) <= 80 else _known(words)


_SIGNS = re.compile(r"[\W_]+")


def squeeze(words: str) -> str:
    """The line as it is compared with others: letters and digits only, case folded."""
    return _SIGNS.sub(" ", words).strip().casefold()


def say(line: Line, name: str, confidence: float | None = None) -> None:
    """Say what a line is by a rule of ``seeds/rules/blocks.toml``, which holds what needs a line's neighbours."""
    rule = load_rules("blocks")[name]
    line.set(rule.kind or "unknown", rule.rule_id, rule.confidence if confidence is None else confidence)
