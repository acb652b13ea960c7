"""Measured values: how much of what."""

from __future__ import annotations

import dataframely as dy

from pipelines.contracts import Fact

MEASURES = (
    "distance", "area", "volume", "mass", "speed", "temperature", "energy", "power", "frequency", "data", "duration", "age",
    "money", "percent", "percentage_point", "count", "ordinal", "ratio", "score", "number",
)  # fmt: skip
"""What a quantity can measure; ``number`` where nothing tells."""


class Quantities(Fact):
    """A measured value with its unit and what is measured."""

    __table__ = "facts.quantities"

    value_low = dy.Float64(nullable=True, description="The value, or the lower end; NULL in 'up to 10'")
    value_high = dy.Float64(nullable=True, description="The value, or the upper end; NULL in 'at least 10'")
    approximate = dy.Bool(description="Stated as about, some, nearly, tens of …")
    unit = dy.String(
        nullable=True, description="UCUM code where one exists (km, a, %, [USD] for currencies), else NULL"
    )
    unit_text = dy.String(nullable=True, description="The unit as written")
    measure = dy.Enum(MEASURES, description="What kind of quantity")
    object = dy.String(nullable=True, description="What is measured: 'ballistic missiles' in 'two ballistic missiles'")
    change = dy.Enum(["up", "down"], nullable=True, description="Stated as a rise or a fall by this much")
