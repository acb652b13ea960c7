"""Where in texts the words of the lexicon of actions stand: one pass over many texts at once.

What belongs here: finding candidates, and the sentences that are worth reading for them. What does not: what they mean (:mod:`pipelines.extract.actions_lexicon`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

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


_WORD = re.compile(r"[\w'’-]+")
_BARE = frozenset(form for form, known in verb_forms().items() if known.shapes == {"base"}) - frozenset(deeds())
"""Forms that are verbs only behind a helper, a plural or a pronoun; most of them are nouns far more often."""
_BEFORE_BARE = (
    words("classes", "modals") | words("classes", "plurals") | words("classes", "contractions")
    | frozenset(["to", "not", "never", "and", "or", "they", "we", "you", "i", "who", "that", "also", "then"])
)  # fmt: skip
_BEHIND = frozenset(form for form, known in verb_forms().items() if all(sense.frame.needs for sense in known.senses))
"""Forms whose condition stands behind them."""
_CONDITIONS = {
    form: needs
    if needs is ALWAYS
    else frozenset(word + mark for word in needs for mark in ("", ",", ".", ";", "’s", "'s", "”", '"'))
    for form, needs in conditions().items()
}
"""As :func:`conditions`, with the marks that may hang on a word."""
_REACH = 90
"""Characters on either side of a form in which its condition stands."""


def _counts(text: str, at: int, low: int) -> bool:
    """Whether the form at ``at`` can be an action: a bare form behind what makes it a verb, and with what it needs beside it."""
    match = _WORD.match(text, at)
    if match is None:
        return True
    word = match.group().lower()
    needs = _CONDITIONS.get(word)
    if needs is None:
        return True
    if word in _BARE:
        before = text[max(low, at - 16) : at].rsplit(None, 1)[-1:]
        if not before or not (before[0].lower() in _BEFORE_BARE or before[0].endswith(("s", "t", "ly"))):
            return False
    if needs is ALWAYS:
        return True
    first = at if word in _BEHIND else max(low, at - _REACH)
    return not needs.isdisjoint(text[first : at + _REACH].lower().split())


def asked(document: Document, block: Block, found: list[int]) -> Iterator[Span]:
    """The sentences of a block that are worth reading; ``found`` are the places of the lexicon's words in the document."""
    at, last = bisect_left(found, block.start), bisect_left(found, block.end)
    text = document.clean
    wanted = [place for place in found[at:last] if _counts(text, place, block.start)]
    done = block.start
    for place in wanted:
        if place < done:
            continue
        # A line break ends a sentence: only lines that hold a word are taken apart.
        line = text.rfind("\n", done, place) + 1 or done
        past = text.find("\n", place, block.end)
        past = block.end if past < 0 else past
        for begin, finish in sentences(text[line:past]):
            start, end = line + begin, line + finish
            number = bisect_left(wanted, start)
            if number < len(wanted) and wanted[number] < end:
                yield Span(start, end)
        done = past
