"""Text that brings regular expressions to their knees, made from the expressions themselves.

For each place where a pattern repeats something, a bait is what leads up to it, the repeated thing over and over, and a
character with which the rest cannot go on. Patterns are those of the rules, and every compiled one in the modules.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import pipelines
from pipelines.rules import families, load_rules

LONG = 8
"""Repetitions from which something counts as repeated without end."""


class Bait(NamedTuple):
    """What leads up to a repetition, and what is repeated; ``name`` is the pattern's."""

    name: str
    head: str
    atom: str

    def text(self, size: int) -> str:
        """About ``size`` characters of it."""
        return self.head + self.atom * max(1, size // len(self.atom)) + "\x02"


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern of the rules and of the modules, with a name."""
    for family in families():
        for rule in load_rules(family).values():
            if rule.pattern is not None:
                yield rule.rule_id, rule.regex
    for found in pkgutil.walk_packages(pipelines.__path__, "pipelines."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            for n, pattern in enumerate(_inside(value)):
                yield f"{found.name}.{name}{f'[{n}]' if n else ''}", pattern


def _inside(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from _inside(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _inside(one)


def baits(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """What leads up to each repetition of a pattern, and what is repeated."""
    found: set[tuple[str, str]] = set()
    _walk(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG), "", found)
    return found


def _walk(parsed: Iterable[Any], head: str, found: set[tuple[str, str]]) -> str:
    """Collect the repetitions of a sequence behind ``head``; a shortest text that fits it."""
    fits = ""
    for code, value in parsed:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, most, inner = value
            once = _walk(inner, head + fits, found)
            if most >= LONG and once:
                for atom in {once, *_variants(inner)}:
                    found.add((head + fits, atom))
            fits += once * min(least, 3)
        elif code is codes.SUBPATTERN:
            fits += _walk(value[-1], head + fits, found)
        elif code is codes.ATOMIC_GROUP:
            fits += _walk(value, head + fits, found)
        elif code is codes.BRANCH:
            each = [_walk(branch, head + fits, found) for branch in value[1]]
            fits += min(each, key=len)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            _walk(value[1], head + fits, found)
        elif code is codes.GROUPREF_EXISTS:
            fits += _walk(value[1], head + fits, found)
        else:
            fits += _one(code, value)
    return fits


_SAMPLES = "aA1 ,.'’“\"-–()/:;@|&é\nぁ中%$"


def _one(code: Any, value: Any) -> str:
    """A character that a single node fits."""
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL:
        return next(char for char in _SAMPLES if ord(char) != value)
    if code is codes.ANY:
        return "a"
    if code is codes.IN:
        return _of_set(value)[0]
    return ""


def _of_set(members: list[Any]) -> str:
    """Characters of a set: samples that it holds, else its first member."""
    test = re.compile(_set_source(members))
    held = "".join(char for char in _SAMPLES if test.fullmatch(char))
    for code, value in members:
        if code is codes.LITERAL:
            held += chr(value)
        elif code is codes.RANGE:
            held += chr(value[0])
    return held or "a"


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_NOT_DIGIT: r"\D", codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S", codes.CATEGORY_WORD: r"\w", codes.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _set_source(members: list[Any]) -> str:
    parts = []
    for code, value in members:
        if code is codes.NEGATE:
            parts.append("^")
        elif code is codes.LITERAL:
            parts.append(re.escape(chr(value)))
        elif code is codes.RANGE:
            parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        elif code is codes.CATEGORY:
            parts.append(_CATEGORIES[value])
    return f"[{''.join(parts)}]"


def _variants(inner: Any) -> list[str]:
    """Other things that a repetition may repeat: a few characters of its set, or each of its branches."""
    nodes = list(inner)
    while len(nodes) == 1 and nodes[0][0] is codes.SUBPATTERN:
        nodes = list(nodes[0][1][-1])
    if len(nodes) == 1 and nodes[0][0] is codes.IN:
        held = _of_set(nodes[0][1])
        return [*held[:4], held[:6]]
    if len(nodes) == 1 and nodes[0][0] is codes.BRANCH:
        return [text for branch in nodes[0][1][1] if (text := _walk(branch, "", set()))]
    return []


def found_baits() -> Iterator[Bait]:
    """The baits of all patterns, each once, in a fixed order."""
    seen = set()
    for name, pattern in sorted(patterns(), key=lambda found: (found[0], found[1].pattern)):
        for head, atom in sorted(baits(pattern)):
            if (head, atom) not in seen:
                seen.add((head, atom))
                yield Bait(name, head, atom)
