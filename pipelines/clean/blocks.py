"""Typed blocks: what each piece of a capture is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

import dataframely as dy
import polars as pl

from pipelines.clean.glue import CLOSERS, pieces
from pipelines.clean.hints import Page, hint, number_at
from pipelines.clean.lines import Line, lines_of
from pipelines.clean.reading import read_page
from pipelines.clean.repeated import tell_again
from pipelines.contracts import BLOCK_KINDS, Table
from pipelines.rules import Rule, load_rules
from pipelines.scan import words_held
from pipelines.text import Text

_MANY = 8  # documents that are sooner looked through together
_USUAL = 100_000  # characters of such a document
_LINE = re.compile(r"[^\n\r]+")
_new = tuple.__new__  # past the named tuples' own constructors: one is made for every line


class Blocks(Table):
    """A typed span. The blocks of a capture are disjoint, in order, and cover every non-blank character."""

    __table__ = "clean.blocks"

    capture_id = dy.String(primary_key=True, description="The capture it is a part of")
    block_no = dy.Int32(primary_key=True, min=0, description="Order in the text, from 0")
    span_start = dy.Int64(min=0, description="First code point in raw.captures.text")
    span_end = dy.Int64(description="Code point behind the last")
    kind = dy.Enum(BLOCK_KINDS, description="What the piece is")
    rule_id = dy.String(description="The rule that decided (ref.rules)")
    confidence = dy.Float64(min=0, max=1, description="How sure the rule is; what people would argue about is below .7")
    xpath = dy.String(nullable=True, description="HTML only: the element it was read from")

    @dy.rule()
    def span_is_not_empty(cls) -> pl.Expr:
        """A block has at least one character."""
        return pl.col("span_end") > pl.col("span_start")


class Labelled(NamedTuple):
    """A typed piece of a document; ``start`` and ``end`` count the repaired text."""

    start: int
    end: int
    kind: str
    rule_id: str
    confidence: float


class Covered(NamedTuple):
    """A typed piece of the raw text: the blocks of a document hold every non-blank raw character once."""

    start: int
    end: int
    kind: str
    rule_id: str
    confidence: float
    xpath: str | None = None


def split(texts: Sequence[Text]) -> list[list[Line]]:
    """The lines of repaired documents, cut where another block begins inside one."""
    able: list[tuple[str, ...]] = [CLOSERS] * len(texts)
    if len(texts) >= _MANY:
        seen = [text.clean if len(text.clean) <= _USUAL else "" for text in texts]
        able = [
            CLOSERS if not one else _held(words) for one, words in zip(seen, words_held(seen, [*CLOSERS]), strict=True)
        ]
    return [
        [piece for line in lines_of(text.clean) for piece in pieces(text.clean, line, closers)]
        for text, closers in zip(texts, able, strict=True)
    ]


def _held(words: list[str]) -> tuple[str, ...]:
    return tuple(closer for closer in CLOSERS if closer in words)


def label(
    text: Text,
    title: str | None = None,
    page: Page | None = None,
    repeated: Collection[int] = (),
    lines: list[Line] | None = None,
) -> list[Labelled]:
    """The typed pieces of a repaired document, in order; ``title`` is the declared one, where there is one, ``page`` what
    an HTML page says of its lines, ``repeated`` the numbers of those that repeat on its site, ``lines`` what :func:`split` made.
    """
    clean = text.clean
    lines = split([text])[0] if lines is None else lines
    if not lines:
        return []
    titles: tuple[str, ...] = (title,) if title else ()
    if page is not None:
        hint(lines, text, page)
        titles += page.titles
    if repeated:
        tell_again(lines, text, repeated)
    named = read_page(clean, lines, titles)
    return [_new(Labelled, (line.start, line.end, line.kind, line.rule_id, line.confidence)) for line in named]


def cover(
    text: Text,
    title: str | None = None,
    page: Page | None = None,
    repeated: Collection[int] = (),
    lines: list[Line] | None = None,
) -> list[Covered]:
    """The typed blocks of a document as raw spans: disjoint, in order, trimmed, over every non-blank raw character."""
    covered = _covered(text, label(text, title, page, repeated, lines))
    if page is None:
        return covered
    return [block._replace(xpath=page.xpaths[number_at(page, block.start)]) for block in covered]


def _covered(text: Text, labelled: list[Labelled]) -> list[Covered]:
    if not text.edits:
        return [_new(Covered, (*piece, None)) for piece in labelled]
    spans = [text.to_raw(piece.start, piece.end) for piece in labelled]
    rule = load_rules("blocks")["leftover"]
    covered: list[Covered] = []
    at = 0
    for piece, span in zip(labelled, spans, strict=True):
        start, end = max(span.start, at), span.end
        if end <= start:
            continue  # two pieces inside one replacement: the first has it
        start = _fill(text, at, start, covered, rule)
        covered.append(Covered(start, end, piece.kind, piece.rule_id, piece.confidence))
        at = end
    _fill(text, at, len(text.raw), covered, rule)
    return covered


def _fill(text: Text, at: int, start: int, covered: list[Covered], rule: Rule) -> int:
    """Give what edits deleted between two blocks to the neighbour on its line; where the next block then starts."""
    gap = text.raw[at:start]
    if not gap or gap.isspace():
        return start
    for piece in _LINE.finditer(gap):
        words = piece[0]
        bare = words.strip()
        if not bare:
            continue
        first = at + piece.start() + len(words) - len(words.lstrip())
        # A repair may end in white space (a no-break space was two characters): a block takes it whole or not at all.
        first, last = text.whole(first, first + len(bare))
        if piece.start() == 0 and covered:
            covered[-1] = covered[-1]._replace(end=last)
        elif piece.end() == len(gap) and start < len(text.raw):
            return first
        else:
            covered.append(Covered(first, last, rule.kind or "unknown", rule.rule_id, rule.confidence))
    return start
