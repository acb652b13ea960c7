"""How far each kind of fact is read in articles of each language: the table ``ref.languages``.

What belongs here: what each kind does with an article whose sentences are not read. What does not: doing it.
"""

from __future__ import annotations

from functools import cache

import dataframely as dy
import polars as pl

from pipelines.contracts import Table, frame
from pipelines.extract.kinds import KINDS
from pipelines.extract.plain_quantities import lists
from pipelines.languages import GRAMMAR
from pipelines.normalise.language import languages_told

COVERAGE = ("full", "lists", "neutral", "none")


class Languages(Table):
    """How far a kind of fact is read in articles of a language that the pipeline tells."""

    __table__ = "ref.languages"

    key = dy.String(primary_key=True, description="language/kind")
    language = dy.String(description="BCP 47 tag without region, as in clean.articles.language")
    kind = dy.String(description="Kind of fact: the table's name in facts")
    coverage = dy.Enum(
        COVERAGE,
        description="full: by rules made for the language; lists: by its words in seeds/reference; neutral: what needs no "
        "words; none: no rows",
    )
    reads = dy.String(description="What is read of such an article")


NEUTRAL = {
    "quotes": "What stands in quotation marks; a speaker only where a name and a colon or the layout tells",
    "attributions": "Quotations whose source a name and a colon or the layout tells",
    "quantities": "Numbers in figures beside a sign that all languages share (%, €, km); no counts",
    "times": "Days whose year is stated, in figures or with the name of the month; no hours, no durations",
    "mentions": "Agencies and outlets of the registry, by the names that it has",
    "actions": None,
}
"""What each kind reads of an article in a language that has nothing here, None for no rows; other kinds read all languages alike."""
LISTED = "Numbers in figures beside a sign or a word for a unit, with magnitudes and bounds; no counts"
"""What quantities read of a language that has ``seeds/reference/<language>/quantities.toml``."""


@cache
def languages_table() -> pl.DataFrame:
    """The table ``ref.languages``: a row for each language that is told and each kind of fact."""
    rows = []
    for language in languages_told():
        for kind in sorted(KINDS):
            told = NEUTRAL.get(kind)
            row = ("neutral", told) if told else ("none", "Nothing")
            if language == GRAMMAR or kind not in NEUTRAL:
                row = "full", "All that the kind reads"
            elif kind == "quantities" and language in lists():
                row = "lists", LISTED
            rows.append((f"{language}/{kind}", language, kind, *row))
    return frame(Languages, rows)
