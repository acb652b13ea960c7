"""Where in texts the words of the lexicon of actions stand: one pass over many texts at once.

What belongs here: finding candidates, and the sentences that are worth reading for them. What does not: what they mean (:mod:`pipelines.extract.actions_lexicon`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pipelines import scan
from pipelines.document import Block, Document
from pipelines.extract.actions_lexicon import ALWAYS, conditions, deeds, verb_forms, words
from pipelines.normalise.sentences import sentences
from pipelines.text import Span


def _tree(listed: Iterable[str]) -> dict[str, Any]:
    """The words letter by letter; the empty string marks an end."""
    root: dict[str, Any] = {}
    for word in listed:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return root


def _pattern(node: dict[str, Any]) -> str:
    """A tree as a pattern: half the length of a row of alternatives, and a third faster."""
    ways = [re.escape(letter) + _pattern(node[letter]) for letter in sorted(filter(None, node))]
    if not ways:
        return ""
    return f"(?:{'|'.join(ways)})" + ("?" if "" in node else "") if len(ways) > 1 or "" in node else ways[0]


def _gate() -> str:
    tree = _tree(conditions())
    forms = "|".join(
        f"[{letter.upper()}{letter}]{_pattern(tree[letter])}" for letter in sorted(tree) if letter.isalpha()
    )
    return rf"(?-u:\b)(?:{forms})(?-u:\b)"


_GATE = _gate()
_GATE_PYTHON = re.compile(_GATE.replace(r"(?-u:\b)", r"(?a:\b)"))


def hits(texts: Sequence[str]) -> Iterator[list[int]]:
    r"""For each text the places, in order, where a form of the lexicon may stand: all in small letters or with a capital first.

    >>> list(hits(["Police arrested a man", "none", "Talks \x01 began"]))
    [[7], [], [0, 8]]
    """
    return scan.places(texts, _GATE, _GATE_PYTHON)


_WORD = re.compile(r"\w++(?![’'&]|[.\-]\w)")
"""A word that is one by itself: not the head of "won't" """
_BARE = frozenset(form for form, known in verb_forms().items() if known.shapes == {"base"}) - frozenset(deeds())
"""Forms that are verbs only behind a helper, a plural or a pronoun; most of them are nouns far more often."""
_BEFORE_BARE = (
    words("classes", "modals") | words("classes", "plurals") | words("classes", "contractions")
    | frozenset(["to", "not", "never", "and", "or", "they", "we", "you", "i", "who", "that", "also", "then"])
)  # fmt: skip
_BEHIND = frozenset(form for form, known in verb_forms().items() if all(sense.frame.needs for sense in known.senses))
"""Forms whose condition stands behind them."""
_REACH = 90
"""Characters on either side of a form in which its condition stands."""


class _Form(NamedTuple):
    """What a form needs beside it to be an action."""

    bare: bool
    needs: frozenset[str]
    """Words of which one must stand near, with the marks that may hang on them; none where nothing must"""
    back: int
    """Characters in front of it in which they may stand"""


def _forms() -> dict[str, _Form]:
    """The forms of the lexicon, in small letters and with a capital first."""
    found: dict[str, _Form] = {}
    for form, needs in conditions().items():
        marked = (word + mark for word in needs for mark in ("", ",", ".", ";", "’s", "'s", "”", '"'))
        made = _Form(
            form in _BARE, frozenset() if needs is ALWAYS else frozenset(marked), 0 if form in _BEHIND else _REACH
        )
        found[form] = found[form[:1].upper() + form[1:]] = made
    return found


_FORMS = _forms()


def _wanted(text: str, places: list[int], low: int) -> Iterator[int]:
    """The places of forms that can be actions: a bare form behind what makes it a verb, and each with what it needs beside it."""
    for at in places:
        match = _WORD.match(text, at)
        form = _FORMS.get(match.group()) if match else None
        if form is None:
            continue
        bare, needs, back = form
        if bare:
            before = text[at - 16 if at - 16 > low else low : at].rsplit(None, 1)[-1:]
            if not before or not (before[0].endswith(_BEFORE_ENDINGS) or before[0].lower() in _BEFORE_BARE):
                continue
        if not needs or not needs.isdisjoint(text[at - back if at - back > low else low : at + _REACH].lower().split()):
            yield at


_BEFORE_ENDINGS = ("s", "t", "ly")


def asked(document: Document, block: Block, found: list[int]) -> Iterator[Span]:
    """The sentences of a block that are worth reading; ``found`` are the places of the lexicon's words in the document."""
    text = document.clean
    end_of_block = block.end
    wanted = list(_wanted(text, found[bisect_left(found, block.start) : bisect_left(found, end_of_block)], block.start))
    done = block.start
    for place in wanted:
        if place < done:
            continue
        # A line break ends a sentence: only lines that hold a word are taken apart.
        line = text.rfind("\n", done, place) + 1 or done
        past = text.find("\n", place, end_of_block)
        past = end_of_block if past < 0 else past
        number = bisect_left(wanted, line)
        for begin, finish in sentences(text[line:past]):
            end = line + finish
            if number < len(wanted) and wanted[number] < end:
                yield Span(line + begin, end)
                while number < len(wanted) and wanted[number] < end:
                    number += 1
        done = past
