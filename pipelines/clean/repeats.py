"""Lines that stand in many articles of their site: what is compared, from when on it is believed, and the record of it.

What belongs here: a document's lines in the form in which they are counted, the thresholds, the contract. What does not:
counting (assets/repeats.py, where the store can do it on disk), and what a repeated line is (:mod:`pipelines.clean.repeated`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import dataframely as dy
import polars as pl

from pipelines.clean.grammar import known
from pipelines.contracts import Table

WORDS, SENTENCE, LONG, QUOTED = range(4)
"""What a line is to the count: words, a short sentence, a long one, one with quotation marks: never believed to be boilerplate."""

ARTICLES: Final = 3
"""Articles, at least, in which a line that is believed stands."""
ROOT: Final = 2
"""A few words are believed if they stand in as many articles as the square root of all of the group's, over this."""
SENTENCES: Final = 6
"""Per cent of the articles of a site in which a sentence stands, at least: outlets use paragraphs on a story's background again."""
UNKNOWN_ARTICLES: Final = 4
"""Articles, at least, for a sentence where the drop is the group: outlets share what agencies write."""
UNKNOWN_SENTENCES: Final = 75
"""Per cent of the articles of such a drop in which a sentence stands, at least."""
OWN: Final = 40
"""Per cent of a document's long lines that no document before it has: from there on it counts as an article of its own."""
OWN_LINES: Final = 2
"""Long lines that it must have for itself, if what most documents of its site hold is to be passed over for that."""
COMMON: Final = 4
"""Documents of a site from which on a line that most of them hold says nothing about copies."""

LONGEST: Final = 2_000
"""Bytes of the longest line that is looked for elsewhere."""
MOST_LINES: Final = 5_000
"""Lines of a document behind which none is looked for elsewhere."""

BREAK = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
"""What ends a line here, as for the labeller; lines are numbered from 0 by these, each by itself."""

_ENDS = r"""[.!?…。！？।؟۔:;]["'”’»」』）)\]*]*$|[.,!?…]["”’»]$|["”»」]$"""
_QUOTES = """[“”"«»„「」]|''|``"""
_BREAKS = "[\r\x0b\x0c\x85\u2028\u2029]"
_PROSE = 60  # bytes of a long line: ten words or so, in any script
_PARAGRAPH = 150  # bytes from which a line is running text, however it ends
_ODD = 0x9E3779B97F4A7C15  # spreads the numbers of documents over 64 bits


class Repeats(Table):
    """A line that stood in many articles of a site, or of a drop, when the captures of a drop were cleaned.

    Learned from that drop and those that arrived before it. Documents that share most of their long lines count as one article.
    """

    __table__ = "clean.repeats"

    drop_id = dy.String(primary_key=True, description="The drop whose captures it was held against")
    site = dy.String(
        primary_key=True,
        description="Host of the captures' addresses; empty where they have none: then only the drop itself was counted",
    )
    line = dy.String(primary_key=True, min_length=1, description="The line, trimmed")
    articles = dy.Int64(min=1, description="Different articles that held it, in this drop and those before")
    of_articles = dy.Int64(min=1, description="Different articles that there were")


def site_of(url: pl.Expr) -> pl.Expr:
    """The host of addresses, in small letters and without ``www.``; empty where there is none."""
    host = url.str.extract(r"^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)", 1).str.to_lowercase()
    return host.str.strip_prefix("www.").fill_null("")


def said_anyway(lines: Sequence[str]) -> list[str]:
    """The lines of which it adds nothing that they repeat: a rule knows them by their words, as a byline or a button."""
    return [line for line, rule in zip(lines, known(lines), strict=True) if rule is not None]


def document_lines(captures: pl.DataFrame) -> pl.DataFrame:
    """The lines of captures (``number``, ``text``) as they are counted: ``number``, ``line_no``, ``line``, ``form``, ``first``.

    ``line`` is trimmed; ``form`` is one of WORDS, SENTENCE, LONG, QUOTED; ``first`` where the document has not had the line yet.
    """
    text = pl.col("text").str.replace_all(_BREAKS, "\n").str.split("\n").list.head(MOST_LINES)
    lines = (
        captures.lazy()
        .select("number", text.alias("line"), pl.int_ranges(0, text.list.len(), dtype=pl.Int32).alias("line_no"))
        .explode("line", "line_no", empty_as_null=False)
        .with_columns(pl.col("line").str.strip_chars())
        .with_columns(length=pl.col("line").str.len_bytes())
        .filter((pl.col("length") > 0) & (pl.col("length") <= LONGEST))
        .collect()
    )
    line, length = pl.col("line"), pl.col("length")
    return lines.select(
        "number",
        "line_no",
        "line",
        form=pl.when((length < _PARAGRAPH) & ~line.str.tail(8).str.contains(_ENDS))
        .then(WORDS)
        .when(line.str.contains(_QUOTES))
        .then(QUOTED)
        .when(length >= _PROSE)
        .then(LONG)
        .otherwise(SENTENCE)
        .cast(pl.UInt8),
        first=(line.hash() ^ (pl.col("number").cast(pl.UInt64) * _ODD)).is_first_distinct(),
    )
