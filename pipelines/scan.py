"""Which of many words each of many texts holds: one pass over all of them (Aho and Corasick's automaton, by Polars).

What belongs here: the pass. What does not: which words, and what it means that a text holds one. To build the automaton costs
about a millisecond for a thousand words, whatever there is to read: few or short texts are better asked word by word.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def words_held(texts: Sequence[str], words: list[str]) -> list[list[str]]:
    """For each text the words that it holds, as often as it does, in order of their ends; they may overlap.

    >>> words_held(["the harbour town", "a bay"], ["harbour", "our town", "our"])
    [['harbour', 'our', 'our town'], []]
    """
    found: list[list[str]] = pl.Series(texts, dtype=pl.String).str.extract_many(words, overlapping=True).to_list()
    return found
