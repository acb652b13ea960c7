"""Measured values: how much of what.

What belongs here: the table's contract, and the walk over a block's numbers. What does not: numbers (:mod:`numbers`),
units (:mod:`units`), the words beside them (:mod:`around`, :mod:`things`, :mod:`levels`), each kind of quantity (:mod:`measured`
and :mod:`ties`, :mod:`counts`, :mod:`ages`, :mod:`shares`, :mod:`parts`), conversions (:mod:`conversions`),
and the reasons to leave a number out (:mod:`not_quantities`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import dataframely as dy
import polars as pl

from pipelines.contracts import Fact, frame
from pipelines.document import Document
from pipelines.extract.conversions import joined
from pipelines.extract.counts import bare
from pipelines.extract.measured import measured
from pipelines.extract.not_quantities import at_a_glance, at_a_terminal, without_rows
from pipelines.extract.numbers import numbers, places
from pipelines.extract.parts import fraction, ordinal, repeated
from pipelines.extract.plain_quantities import read as read_plain
from pipelines.extract.quantity import NO_MARKS, Marks, Place, Quantity, Spared
from pipelines.extract.units import MEASURES
from pipelines.extract.windows import Windows
from pipelines.languages import in_full
from pipelines.rules import load_rules


class Quantities(Fact):
    """A measured value with its unit and what is measured."""

    __table__ = "facts.quantities"

    value_low = dy.Float64(nullable=True, description="The value, or the lower end; NULL in 'up to 10'")
    value_high = dy.Float64(nullable=True, description="The value, or the upper end; NULL in 'at least 10'")
    approximate = dy.Bool(description="Stated as about, some, nearly, tens of …")
    unit = dy.String(
        nullable=True, description="UCUM code where one exists (km, a, %, [USD] for currencies), else NULL"
    )
    unit_name = dy.String(nullable=True, description="The unit's name (ref.units), rates as 'US dollar per share'")
    unit_text = dy.String(nullable=True, description="The unit as written")
    measure = dy.Enum(MEASURES, description="What kind of quantity")
    object = dy.String(nullable=True, description="What is measured: 'ballistic missiles' in 'two ballistic missiles'")
    also_low = dy.Float64(
        nullable=True,
        description="The same value in another unit, where the text gives it: 125 in '200 km (125 miles)'",
    )
    also_high = dy.Float64(nullable=True, description="Its upper end")
    also_unit = dy.String(nullable=True, description="UCUM code of that unit")
    change = dy.Enum(["up", "down"], nullable=True, description="Stated as a rise or a fall by this much")


_COLUMNS = [
    "fact_id", "capture_id", "publication_date", "block_no", "block_kind", "text", "span_start", "span_end", "rule_id",
    "confidence", "value_low", "value_high", "approximate", "unit", "unit_name", "unit_text", "measure", "object",
    "also_low", "also_high", "also_unit", "change",
]  # fmt: skip


_BATCH = 256
"""Documents whose texts are searched in one go."""


def _rows(document: Document, at_places: list[int], sure: dict[str, tuple[str, float]]) -> Iterator[tuple[Any, ...]]:
    if not at_places:
        return
    text = document.clean
    short = document.capture_id[:16]
    plain = not in_full(document.language)
    cited = document.text.cited
    for block in document.factual():
        low, high = block.start, block.end
        here = at_places[bisect_left(at_places, low - 1) : bisect_left(at_places, high)]
        if not (here or plain):
            continue
        for found in read_plain(text, low, high, document.language) if plain else read(text, low, high, here):
            first, last, words = cited(found.start, found.end)
            rule_id, confidence = sure[found.rule]
            yield (
                f"quantity:{short}:{first}-{last}", document.capture_id, document.publication_date, block.block_no,
                block.kind, words, first, last, rule_id, confidence, found.low,
                found.high, found.approximate, found.unit.ucum if found.unit else None,
                found.unit.name if found.unit else None, found.unit_text, found.measure, found.object, found.also_low,
                found.also_high, found.also_unit.ucum if found.also_unit else None, found.change,
            )  # fmt: skip


def quantities(documents: Iterable[Document]) -> pl.DataFrame:
    """The quantities that the documents' factual blocks state, one row each (``facts.quantities``)."""
    rules = load_rules("quantities")
    sure = {name: (rule.rule_id, rule.confidence) for name, rule in rules.items()}
    rows: list[tuple[Any, ...]] = []
    todo = iter(documents)
    while batch := list(islice(todo, _BATCH)):
        for document, at_places in zip(batch, places([document.clean for document in batch]), strict=True):
            rows += _rows(document, at_places, sure)
    return frame(Quantities, rows, _COLUMNS)


def read(text: str, start: int, end: int, at_places: list[int] | None = None) -> Iterator[Quantity]:
    """The quantities of ``text[start:end]`` in order, without overlaps; ``at_places`` where numbers may begin, if known.

    A conversion in brackets belongs to the quantity that it converts.

    >>> text = "Two rockets flew some 650 kilometers (404 miles)."
    >>> [(q.low, q.measure, q.unit.ucum if q.unit else q.object) for q in read(text, 0, len(text))]
    [(2.0, 'count', 'rockets'), (650.0, 'distance', 'km')]
    """
    return joined(text, _each(text, start, end, at_places))


def _each(text: str, start: int, end: int, at_places: list[int] | None) -> Iterator[Quantity]:
    """The quantities one by one."""
    found: Quantity | Spared | Place | None
    seen = without_rows(text, numbers(text, start, end, at_places))
    claimed, marks, windows = start, NO_MARKS, Windows(text, end)
    for index, number in enumerate(seen):
        if number.start < claimed:
            continue
        if at_a_glance(text, number, start) or (number.plain and at_a_terminal(text, number)):
            marks = Marks(number.end, marks.named, marks.aged) if number.digits else marks
            continue
        place = Place(text, start, end, claimed, marks, number, seen[index + 1 : index + 5], windows)
        if number.kind == "ordinal":
            found = ordinal(place)
        elif number.kind == "fraction":
            found = fraction(place)
        elif number.kind == "times":
            found = repeated(place)
        else:
            found = measured(place)
            if isinstance(found, Place):
                found = bare(place)
        if isinstance(found, Quantity):
            claimed = found.end
            if found.measure == "age":
                marks = marks._replace(aged=found.end)
            yield found
        elif isinstance(found, Spared):
            claimed = max(claimed, found.end)
            marks = marks._replace(
                dated=found.end if found.date else marks.dated, named=found.end if found.name else marks.named
            )
