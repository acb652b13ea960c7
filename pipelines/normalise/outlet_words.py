"""The words by which the outlet of a text is found, looked for in many texts at once.

What belongs here: which words, and whether a text holds them. What does not: what they tell (``outlet_evidence.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipelines.document import Block, Document
from pipelines.normalise.registry import outlets
from pipelines.scan import words_held

SELF = (
    (
        "self_reference",
        ("here in ", "here at ", "here on ", "here by ", "ore from ", "ead more ", "taff at ", "taff of "),
    ),
    ("learned", (" learned", " reveal", " can report", " can exclusively", " can disclose", " understands")),
)
"""Rules about what a text says of its outlet, and words without one of which there is nothing to find."""
_HELD = "words of outlets"
_MANY = 16  # documents from which on it costs less to look through them together
_LONGEST = 100_000  # characters of an article; what is longer may be one word over and over
COPYRIGHT_SIGNS = ("©", "opyright", "(c)", "(C)", "OPYRIGHT")
READ_ON = ("ead more ", "ead also ", "See ")
NOTE_WORDS = frozenset((
    "ontribut", "nput", "eporting", "aterial", "nformation", "ovided by", "upplied by", "istributed by", "roduced by", "epared by",
    "ritten by", "content", "gencies", " file", "ublished", "ppeared", "ompiled", "Principles", "//ap", "/www.ap", "receives support",
    "newsroom", "CNN-Wire", "help of", "syndicated", "reprinted", "eporting by", "riting by",
))  # fmt: skip
"""Parts of words without which no note says where a text is from: a cheap look before the patterns."""
_RUN = re.compile(r"[A-ZÀ-Þ0-9][^\W_]*")


@cache
def _written() -> tuple[tuple[str, frozenset[str]], ...]:
    """The writings of each outlet's name, each with the runs of letters that begin with a capital."""
    names = {name.removeprefix("The ") for outlet in outlets().values() for name in (outlet.name, *outlet.aliases)}
    names |= {name.upper() for name in names}
    return tuple((name, frozenset(_RUN.findall(name))) for name in sorted(names))


@cache
def _names() -> frozenset[str]:
    return frozenset(name for name, _ in _written())


@cache
def _by_run() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """The same by one of the runs; those without any by the empty one."""
    made: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for name, runs in _written():
        made.setdefault(min(runs, default=""), []).append((name, runs))
    return {run: tuple(names) for run, names in made.items()}


@cache
def _sought() -> list[str]:
    """All words that are looked for in the whole of a text."""
    signs = {*COPYRIGHT_SIGNS, *READ_ON, *NOTE_WORDS, "@"}.union(*(words for _, words in SELF))
    return sorted({*signs, *(name for name, _ in _written())})


def looked_through(documents: Sequence[Document]) -> Sequence[Document]:
    """The documents, which from now on know what they hold of the words by which outlets are found: one pass over all."""
    usual = [document for document in documents if len(document.clean) <= _LONGEST]
    if len(usual) >= _MANY:
        found = words_held([document.clean for document in usual], _sought())
        for document, words in zip(usual, found, strict=True):
            document.shared[_HELD] = frozenset(words)
    return documents


def holds(document: Document, words: Iterable[str]) -> bool:
    """Whether the text holds one of the words."""
    held = document.shared.get(_HELD)
    return any(map(document.clean.__contains__, words)) if held is None else not held.isdisjoint(words)


def held(document: Document, words: frozenset[str]) -> frozenset[str]:
    """Those of the words that the text may hold."""
    known = document.shared.get(_HELD)
    return words if known is None else words & known


def named_somewhere(document: Document, read: list[Block]) -> Iterator[str]:
    """The names of outlets that may stand in the blocks of ``read``."""
    held = document.shared.get(_HELD)
    if held is not None:
        yield from held & _names()
        return
    clean, by_run = document.clean, _by_run()
    runs = {"", *_RUN.findall("\n".join([clean[block.start : block.end] for block in read]))}
    for run in by_run.keys() & runs:
        yield from (name for name, needs in by_run[run] if needs <= runs)
