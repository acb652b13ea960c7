"""Repairs of the characters: misread UTF-8, left-over markup, entities and control characters, as edits.

What belongs here: putting the repairs of :mod:`markup` and :mod:`mojibake` together, and the gate that keeps clean
documents cheap. What does not: what the text says.
"""

from __future__ import annotations

import polars as pl

from pipelines.clean.lost import LOST_APOSTROPHE, apostrophes
from pipelines.clean.markup import MARKUP, leftovers
from pipelines.clean.mojibake import misreadings, suspicion
from pipelines.clean.swaps import SWAPPED, swapped
from pipelines.rules import load_rules
from pipelines.text import Edit, Text


def repairs(text: str) -> list[Edit]:
    """The edits that repair a document, sorted and disjoint.

    >>> [(e.start, e.end, e.replacement, e.kind) for e in repairs("Russia‚Äôs <b>plan</b>")]
    [(6, 9, '’', 'mojibake'), (11, 14, '', 'markup'), (18, 22, '', 'markup')]
    >>> repairs("Nothing to do: it’s “clean”, café, Übung.")
    []
    """
    rules = load_rules("encoding")
    read = Text(text, leftovers(text))
    if lost := [Edit(*span, "’", "mojibake", rules["apostrophe"].rule_id) for span in apostrophes(read.clean)]:
        read = Text(text, _composed(read, lost))
    # Twice, because a repair can uncover another beside it.
    for _ in range(2):
        misread = [
            Edit(r.start, r.end, r.replacement, "mojibake", rules[r.table].rule_id) for r in misreadings(read.clean)
        ]
        if not misread:
            break
        read = Text(text, _composed(read, misread))
    if any(edit.kind == "mojibake" for edit in read.edits):
        return list(read.edits)
    strays = [Edit(at, at + 1, char, "mojibake", rules[way].rule_id) for at, char, way in swapped(read.clean)]
    return _composed(read, strays) if strays else list(read.edits)


def _composed(read: Text, later: list[Edit]) -> list[Edit]:
    """One list of edits of the raw text: those already in ``read``, then ``later`` ones, which count its clean text."""
    if not later:
        return list(read.edits)
    merged: list[Edit] = []
    for edit in later:
        span = read.to_raw(edit.start, edit.end)
        # A cut replacement is taken whole: what it holds outside of the later edit stays as it was.
        inside = read.to_clean(span.start, span.end)
        replacement = read.clean[inside.start : edit.start] + edit.replacement + read.clean[edit.end : inside.end]
        if merged and span.start < merged[-1].end:
            continue  # two misreadings inside one entity: the first is enough
        merged.append(Edit(span.start, span.end, replacement, edit.kind, edit.rule_id))
    taken = iter([*merged, Edit(len(read.raw) + 1, len(read.raw) + 1, "", "", "")])
    nearest = next(taken)
    kept = []
    for edit in read.edits:
        while nearest.end <= edit.start:
            nearest = next(taken)
        if edit.end <= nearest.start:
            kept.append(edit)
    return sorted([*kept, *merged])


def suspects(texts: pl.Series) -> list[bool]:
    """Which documents may need repairs: one pass over the whole frame, so that clean ones cost nearly nothing."""
    found = texts.str.contains(MARKUP) | texts.str.contains(suspicion()) | texts.str.contains(SWAPPED)
    found |= texts.str.contains(LOST_APOSTROPHE)
    return found.fill_null(False).to_list()
