"""The line rules of ``seeds/rules``, ready to be asked: which rule knows this line by itself?

What belongs here: asking the rules so that a line costs a few microseconds. What does not: what a line must have to fit a
pattern (:mod:`pipelines.clean.gates`), and where it stands in the page (:mod:`pipelines.clean.reading`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipelines.clean.edges import STARTING
from pipelines.clean.gates import Gate, gate, may_end
from pipelines.clean.lines import Line
from pipelines.clean.needed import chance
from pipelines.clean.nodes import folded
from pipelines.clean.phrases import usual
from pipelines.rules import Rule, load_rules
from pipelines.scan import words_held

SHORT_FAMILIES = {"furniture": 120, "pictures": 120, "buttons": 64}
"""Rules about short lines, and the characters of the longest."""
FAMILIES = ("credits", "links", "captions")
"""Rules about lines of any length; order is precedence. Short lines ask the short families behind these; endings come last."""

_HEAD = 400  # characters in which an opening must show itself
_TAIL = 240  # characters in which an ending must show itself
_LONGEST = {"caption": 500, "metadata": 600, "contributors": 600}  # characters of what is never a paragraph
_LONG = 160  # characters from which a line is a paragraph
_REPEATING = (
    80  # characters of lines that are remembered: menus and buttons repeat from page to page, paragraphs do not
)
_REMEMBERED = 65_536
_FEW = 50  # lines of which every rule is asked sooner than all are looked through for words
_HELD = 4_096  # lines that are looked through at once
_SHORT = max(SHORT_FAMILIES.values())
_RARE = 0.004  # share of the places of a text at which one of a rule's words may stand, to be looked for in paragraphs


class _Asked(NamedTuple):
    """A rule with the lengths of the lines that it is asked of."""

    fits: Callable[[str], re.Match[str] | None]
    shortest: int
    longest: int
    rule: Rule


class _Grammar(NamedTuple):
    """The rules in the order in which they are asked. Sets of rules are numbers: a bit for each, the first is the lowest."""

    asked: list[_Asked]
    openings: int
    endings: int
    to_readers: int
    free: int
    """Rules that need no word."""
    free_if_long: int
    """The same among long lines, in which frequent words are not looked for."""
    anyhow: int
    """Rules that lines of any beginning can fit."""
    by_start: dict[str, int]
    by_word: dict[str, int]
    words: list[str]
    words_of_long: list[str]
    """Those of rules that are not about short lines alone."""


def _gated(*families: str) -> list[tuple[Rule, Gate]]:
    """The rules of families in order, each with its gate."""
    return [(rule, gate(rule)) for family in families for rule in load_rules(family).values()]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    of_any_length = _gated(*FAMILIES)
    opening = [one for one in of_any_length if one[1].anchored]
    ending = [one for one in of_any_length if not one[1].anchored]
    asked: list[_Asked] = []
    made = _Grammar(asked, 0, 0, 0, 0, 0, 0, {}, {}, [], [])
    long: set[str] = set()
    for rule, found in (*opening, *_gated(*SHORT_FAMILIES), *ending):
        bit = 1 << len(asked)
        ends = not found.anchored and rule.family not in SHORT_FAMILIES
        asked.append(_Asked(rule.regex.search if ends else rule.regex.match, found.shortest, _most(rule, found), rule))
        for start in found.starts or ():
            made.by_start[start] = made.by_start.get(start, 0) | bit
        needs = found.needs or frozenset()
        # What must stand at the end of a line is told by the last character: hardly a paragraph is looked at further.
        rare = needs and chance(needs) <= _RARE and not (ends and not may_end(rule, "."))
        for word in needs:
            made.by_word[word] = made.by_word.get(word, 0) | bit
        if rare and asked[-1].longest > _SHORT:
            long.update(needs)
        made = made._replace(
            openings=made.openings | (0 if ends or rule.family in SHORT_FAMILIES else bit),
            endings=made.endings | (bit if ends else 0),
            to_readers=made.to_readers | (bit if rule.to_readers else 0),
            free=made.free | (0 if needs else bit),
            free_if_long=made.free_if_long | (0 if rare else bit),
            anyhow=made.anyhow | (0 if found.starts else bit),
        )
    return made._replace(words=sorted(made.by_word), words_of_long=sorted(long))


def _most(rule: Rule, found: Gate) -> int:
    """Characters of the longest line that a rule is asked of."""
    longest = min(found.longest, rule.longest or found.longest)
    return min(longest, SHORT_FAMILIES.get(rule.family, longest))


@lru_cache(maxsize=_REMEMBERED)
def _starting(first: str) -> int:
    """The rules that a line can fit that begins so (in small letters)."""
    grammar = _grammar()
    found = grammar.anyhow
    for size in range(1, len(first) + 1):
        found |= grammar.by_start.get(first[:size], 0)
    return found


@lru_cache(maxsize=1024)
def _ending(last: str) -> int:
    """The rules that a line can fit that ends in this character; those about openings do not look there."""
    grammar = _grammar()
    found = (1 << len(grammar.asked)) - 1
    for number, one in enumerate(grammar.asked):
        if grammar.endings >> number & 1 and not may_end(one.rule, last):
            found ^= 1 << number
    return found


def _held(lines: Sequence[str], words: list[str], free: int) -> list[int]:
    """For each line the rules of whose words it holds one, and those that need none: one pass over all lines."""
    grammar = _grammar()
    if len(lines) < _FEW:
        return [(1 << len(grammar.asked)) - 1] * len(lines)
    seen = [folded(line if len(line) <= _HEAD + _TAIL else f"{line[:_HEAD]}\n{line[-_TAIL:]}") for line in lines]
    made = []
    for found in words_held(seen, words):
        rules = free
        for word in found:
            rules |= grammar.by_word[word]
        made.append(rules)
    return made


def _speaks(words: str) -> bool:
    """Whether a long line speaks to its readers: one that asks for something says to whom."""
    return "you" in words or " our " in words or " us " in words or "e may " in words


def _first(words: str, held: int) -> Rule | None:
    """The first rule that fits a line, of those whose words it holds; else the one that it is a usual example of."""
    grammar = _grammar()
    able = held & _starting(folded(words[:STARTING])) & _ending(words[-1])
    length = len(words)
    if length > _LONG and able & grammar.to_readers and not _speaks(words[:_HEAD]):
        able &= ~grammar.to_readers
    while able:
        bit = able & -able
        able ^= bit
        fits, shortest, longest, rule = grammar.asked[bit.bit_length() - 1]
        if bit & grammar.openings:
            seen = words if length <= _HEAD else words[:_HEAD]
        elif bit & grammar.endings:
            seen = words if length <= _TAIL else words[-_TAIL:]
        else:
            seen = words
        if shortest <= len(seen) <= longest and fits(seen):
            # A long paragraph that opens or ends as something short is glued to it; the text outweighs it.
            return None if length > _LONGEST.get(rule.kind or "", length) else rule
    return usual(words)


_remembered: dict[str, Rule | None] = {}


def known(lines: Sequence[str]) -> list[Rule | None]:
    """For each line the first rule that knows it by its words alone. Many lines at once cost less than each by itself."""
    found: dict[str, Rule | None] = {}
    fresh: list[str] = []
    for words in dict.fromkeys(lines):
        if words in _remembered:
            found[words] = _remembered[words]
        else:
            fresh.append(words)
    short = [words for words in fresh if len(words) <= _SHORT]
    long = [words for words in fresh if len(words) > _SHORT]
    grammar = _grammar()
    for some, sought, free in (
        (short, grammar.words, grammar.free),
        (long, grammar.words_of_long, grammar.free_if_long),
    ):
        for at in range(0, len(some), _HELD):
            part = some[at : at + _HELD]
            found.update(
                (words, _first(words, held)) for words, held in zip(part, _held(part, sought, free), strict=True)
            )
    if len(_remembered) + len(fresh) > _REMEMBERED:
        _remembered.clear()
    _remembered.update((words, found[words]) for words in fresh if len(words) <= _REPEATING)
    return [found[words] for words in lines]


def tell(lines: Iterable[Line]) -> None:
    """Note the rules that know lines by their words alone, where that has not been done."""
    asked = [line for line in lines if not line.asked]
    for line, rule in zip(asked, known([line.text for line in asked]), strict=True):
        line.rule, line.asked = rule, True


_SIGNS = re.compile(r"[\W_]+")


def squeeze(words: str) -> str:
    """The line as it is compared with others: letters and digits only, case folded."""
    return _SIGNS.sub(" ", words).strip().casefold()


def say(line: Line, name: str, confidence: float | None = None) -> None:
    """Say what a line is by a rule of ``seeds/rules/blocks.toml``, which holds what needs a line's neighbours."""
    rule = load_rules("blocks")[name]
    line.set(rule.kind or "unknown", rule.rule_id, rule.confidence if confidence is None else confidence)
