"""The kinds of fact: a new kind is a module of its own and its line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

from pipelines.contracts import Fact
from pipelines.document import Document
from pipelines.extract import actions, attributions, mentions, quantities, quotes, times

Extractor = Callable[[Iterable[Document]], pl.DataFrame]

KINDS: dict[str, tuple[type[Fact], Extractor]] = {
    "quotes": (quotes.Quotes, quotes.quotes),
    "attributions": (attributions.Attributions, attributions.attributions),
    "quantities": (quantities.Quantities, quantities.quantities),
    "times": (times.Times, times.times),
    "actions": (actions.Actions, actions.actions),
    "mentions": (mentions.Mentions, mentions.mentions),
}
"""Name (of the module, the table and the asset) to contract and function. The last one clears what they share (``Document.shared``)."""
