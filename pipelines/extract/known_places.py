"""What English-language news calls places: names, peoples and abbreviations, each with the place of the gazetteer that it means.

What belongs here: ``seeds/reference/en/place_names.csv`` and ``demonyms.csv``, as a look-up and as the table ref.places. What does not:
the gazetteer itself, which is a package's and is not copied into the store: a row of facts.mentions holds what is needed of it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import dataframely as dy
import polars as pl

from pipelines.contracts import Table, frame
from pipelines.extract.gazetteer import AREA, SETTLEMENT, Place, gazetteer
from pipelines.rules import load_csv

USES = ("name", "people", "short", "code")


class Places(Table):
    """A name, people or abbreviation by which news means a place, and that place (GeoNames, CC BY 4.0)."""

    __table__ = "ref.places"

    name = dy.String(primary_key=True, description="As it is written in news")
    use = dy.Enum(
        USES, description="A name; an adjective or people; an abbreviation; a code that counts behind a comma only"
    )
    means = dy.String(description="The name of the place that is meant")
    place_kind = dy.String(description="country, region, settlement, or area for what has no borders that a list knows")
    entity_id = dy.String(nullable=True, description="geonames:…")
    country_code = dy.String(nullable=True, regex="^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    latitude = dy.Float64(
        nullable=True, description="Degrees north (WGS 84); of anything larger than a town, the middle of its towns"
    )
    longitude = dy.Float64(nullable=True, description="Degrees east (WGS 84)")


class Listed(NamedTuple):
    """An entry of ``place_names.csv``: how the name is used (name, people, short, code), and what it means there."""

    use: str
    means: str

    @property
    def place(self) -> Place:
        """The place that is meant."""
        place = _meant(self.means)
        assert place is not None
        return place


@cache
def listed_names() -> dict[str, Listed]:
    """The names of ``seeds/reference/en/place_names.csv`` and ``demonyms.csv``, as they are written, each with what it means."""
    found: dict[str, Listed] = {}
    known = gazetteer()
    countries = {row["name"]: row["means"] for row in load_csv("en/place_names.csv") if len(row["means"]) == 2}
    for row in load_csv("en/demonyms.csv"):
        code = countries.get(row["country"]) or known.code_of(row["country"])
        if code and row["demonym"] not in found:
            found[row["demonym"]] = Listed("people", code)
    for row in load_csv("en/place_names.csv"):
        if row["use"] != "title":
            means = row["means"]
            found[row["name"]] = Listed(row["use"], f"{means}={row['name']}" if means.startswith("-") else means)
    return found


@lru_cache(maxsize=1 << 12)
def _meant(means: str) -> Place | None:
    """The place that an entry means: a country, a region, a town of a country, or an area that no list has."""
    known = gazetteer()
    if means.startswith("-"):
        country, _, name = means[1:].partition("=")
        return Place(None, name, AREA, None, None, country or None, 0, 0, 10_000_000, None)
    if ":" in means:
        code, town = means.split(":", 1)
        return next((p for p in known.named(town) if p.kind == SETTLEMENT and p.country == code), None)
    return known.country(means) if "." not in means else known.by_code(means)


def unresolved() -> list[str]:
    """The listed names whose place the data do not have: there should be none."""
    return [name for name, entry in listed_names().items() if _meant(entry.means) is None]


def places_table() -> pl.DataFrame:
    """The rows of ``ref.places``."""
    rows = []
    for name, entry in sorted(listed_names().items()):
        place = entry.place
        rows.append(
            (name, entry.use, place.name, place.kind, place.place_id, place.country, place.latitude, place.longitude)
        )
    return frame(Places, rows)
